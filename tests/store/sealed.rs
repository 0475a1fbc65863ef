//! Who a client is stands nowhere in clear: not in a column, not in any byte of the store's files.

use aggregates::cart::{Mode, Pick};
use aggregates::ids::CartId;
use cartwheel::app::{App, AppError, StoreAt};
use cartwheel::capability::{Kind, Token};
use cartwheel::command::{Actor, Command, Envelope, IdempotencyKey};
use cartwheel::contact::{Contact, Phone};
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::{CAPABILITIES, CLIENTS, COMMANDS, CONTACTS, Cell};
use cartwheel::vault::{Client, Typed, Vault};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::studio::http::at;
use crate::studio::{BRANCH, LINK, Studio, confirmed, name};

const PHONE: &str = "030 2312 5077";
/// What nobody may find, also in other ways to write it.
const SECRETS: [&str; 7] =
    ["Anneliese", "ANNELIESE", "23125077", "2312 5077", "anneliese@example.org", "left knee", "Bergmann"];

fn contact() -> Contact {
    Contact {
        name: name("Anneliese Bergmann"),
        phone: Phone::parse(PHONE, "DE".to_owned().try_into().unwrap()).unwrap(),
        email: Some("anneliese@example.org".to_owned()),
        comment: Some("Please mind my left knee".to_owned()),
    }
}

struct Booked {
    cart: CartId,
    client: Client,
    cart_token: Token,
    tokens: Vec<Token>,
}

/// Books two events with everything that a client can type, and an idempotency key.
async fn book(studio: &Studio) -> Booked {
    let cart = CartId(Uuid::now_v7());
    let cart_token = Token::draw(BRANCH);
    let picks = studio.yoga[..2].iter().map(|id| Pick { activity: *id, spots: None }).collect();
    studio.client(Command::OpenCart { cart, link: LINK, picks, token: cart_token.clone() }).await.unwrap();

    let client = studio.app.vault.admit(BRANCH, &contact()).await.unwrap();
    let mut envelope: Envelope = studio.confirmation(cart, PHONE, None, Mode::AllOrNothing).await;
    let Command::ConfirmMultiBooking(confirm) = &mut envelope.command else { panic!("{envelope:?}") };
    confirm.client = client.id;
    let typed = Typed {
        contact: contact(),
        tokens: confirm.tokens.clone(),
        result: confirm.result.clone(),
        language: None,
    };
    confirm.typed = Vault::seal_typed(BRANCH, cart, &client, &typed).unwrap();
    envelope.seal = client.key.clone();
    let fingerprint = studio.app.vault.fingerprint(PHONE.as_bytes());
    envelope.key = Some(IdempotencyKey { scope: cart.to_string(), key: "once".to_owned(), fingerprint });
    let booked = confirmed(studio.app.ask(envelope).await).unwrap();
    assert_eq!(booked.booked.len(), 2);
    let tokens = booked.booked.iter().map(|it| it.token.clone()).chain([booked.result.clone()]).collect();
    Booked { cart, client, cart_token, tokens }
}

/// Every byte of the store's files, as they are while the service runs.
fn bytes(studio: &Studio) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(studio.path().parent().unwrap()).unwrap().map(|file| file.unwrap().path());
    files
        .filter(|path| !path.to_string_lossy().ends_with(".key"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect()
}

fn assert_nowhere(files: &[(String, Vec<u8>)], secret: &[u8]) {
    for (file, bytes) in files {
        let found = bytes.windows(secret.len()).any(|window| window == secret);
        assert!(!found, "{file} holds {}", String::from_utf8_lossy(secret));
    }
}

#[tokio::test]
async fn b_17_no_file_of_the_store_holds_a_name_a_number_or_a_token() {
    let studio = Studio::open().await;
    let booked = book(&studio).await;

    let files = bytes(&studio);
    assert!(files.iter().any(|(name, bytes)| name.ends_with("-wal") && 100_000 < bytes.len()));
    for secret in SECRETS {
        assert_nowhere(&files, secret.as_bytes());
    }
    for token in booked.tokens.iter().chain([&booked.cart_token]) {
        assert_nowhere(&files, token.to_string().as_bytes());
        // The second half is what is random in it.
        assert_nowhere(&files, &token.to_string().as_bytes()[22..]);
    }
    studio.app.close().await;
    let closed = bytes(&studio);
    assert!(!closed.iter().any(|(name, _)| name.ends_with("-wal")));
    for secret in SECRETS {
        assert_nowhere(&closed, secret.as_bytes());
    }
}

#[tokio::test]
async fn a_30_only_a_hash_of_each_token_is_stored_and_each_opens_its_own_thing() {
    let studio = Studio::open().await;
    let booked = book(&studio).await;

    let rows = studio.app.ledger.select(&Select::of(&CAPABILITIES, BRANCH)).await.unwrap();

    let stored: std::collections::BTreeSet<Vec<u8>> = rows
        .iter()
        .map(|row| if let Cell::Bytes(hash) = &row[1] { hash.clone() } else { panic!("{row:?}") })
        .collect();
    let tokens = || booked.tokens.iter().chain([&booked.cart_token]);
    let hashes: std::collections::BTreeSet<_> =
        tokens().map(|token| Sha256::digest(token.to_string()).to_vec()).collect();
    assert_eq!(
        stored.iter().map(|stored| stored[4..].to_vec()).collect::<std::collections::BTreeSet<_>>(),
        hashes
    );
    let of_the_booking = booked.tokens.iter().map(|token| token.to_string()[22..26].to_owned());
    assert_eq!(
        of_the_booking.collect::<std::collections::BTreeSet<_>>().len(),
        1,
        "its records lie together"
    );
    let mut kinds = vec![];
    for token in tokens() {
        kinds.push(token.open(studio.app.ledger.as_ref()).await.unwrap().unwrap().kind);
    }
    assert_eq!(kinds, [Kind::Appointment, Kind::Appointment, Kind::Result, Kind::Cart]);
    assert_eq!(Token::draw(BRANCH).open(studio.app.ledger.as_ref()).await.unwrap(), None);
}

#[tokio::test]
async fn a_token_of_the_first_release_still_opens() {
    let studio = Studio::open().await;
    let booked = book(&studio).await;

    studio.store.tamper("UPDATE capabilities SET hash = substr(hash, 5)").await;

    for token in &booked.tokens {
        assert!(token.open(studio.app.ledger.as_ref()).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn b_17_what_is_sealed_opens_with_the_key_of_its_client_only() {
    let studio = Studio::open().await;
    let booked = book(&studio).await;
    let sealed = async |table, column: usize| {
        let rows = studio.app.ledger.select(&Select::of(table, BRANCH)).await.unwrap();
        rows.into_iter()
            .map(
                |row| if let Cell::Bytes(sealed) = &row[column] { sealed.clone() } else { panic!("{row:?}") },
            )
            .collect::<Vec<_>>()
    };
    let context = [BRANCH.0.into_bytes(), booked.client.id.0.into_bytes()].concat();
    let typed = sealed(&CONTACTS, 3).await.remove(0);
    let person = sealed(&CLIENTS, 4).await.remove(0);
    let answer = sealed(&COMMANDS, 6).await.remove(0);

    let key = &booked.client.key;
    assert!(String::from_utf8(key.open(&context, &typed).unwrap()).unwrap().contains("left knee"));
    assert!(String::from_utf8(key.open(&context, &person).unwrap()).unwrap().contains("Anneliese"));
    let answer_text =
        String::from_utf8(key.open(booked.cart.to_string().as_bytes(), &answer).unwrap()).unwrap();
    assert!(answer_text.contains(&booked.tokens[0].to_string()));

    let other = studio.app.vault.answer_key();
    for value in [&typed, &person, &answer] {
        assert!(other.open(&context, value).is_err());
        assert!(key.open(b"another place", value).is_err());
        assert_eq!(value[0], 1, "the format is named");
    }
}

#[tokio::test]
async fn a_23_an_answer_to_staff_is_kept_sealed_with_a_key_of_the_store() {
    let studio = Studio::open().await;
    let grant = json!({"client_name": "Anneliese Bergmann", "client_phone": PHONE, "name": "Ten visits"});
    let key = [("idempotency-key", "once")];
    let granted = studio.ask_staff("POST", &at("/memberships"), &key, Some(grant)).await;

    let rows = studio.app.ledger.select(&Select::of(&COMMANDS, BRANCH)).await.unwrap();

    let [row] = &rows[..] else { panic!("one command has a key: {rows:?}") };
    let Cell::Bytes(sealed) = &row[6] else { panic!("{row:?}") };
    let opened = studio.app.vault.answer_key().open(b"staff", sealed).unwrap();
    let kept: Value = serde_json::from_slice(&opened).unwrap();
    assert_eq!(kept["shown"]["body"], granted.body);
    assert_eq!(kept["shown"]["status"], 201);
    let client = granted.accepted()["client_id"].as_str().unwrap().to_owned();
    assert!(!sealed.windows(client.len()).any(|window| window == client.as_bytes()));
    let files = bytes(&studio);
    for secret in SECRETS {
        assert_nowhere(&files, secret.as_bytes());
    }
}

#[tokio::test]
async fn a_store_opens_with_its_own_master_key_only() {
    let studio = Studio::open().await;
    studio.app.close().await;
    let another = studio.path().parent().unwrap().join("another.key");
    std::fs::write(&another, [7; 32]).unwrap();
    let with = |master_key| StoreAt { master_key, ..StoreAt::sqlite(&studio.path()) };

    let wrong = App::open(&with(Some(another)), studio.clock.clone()).await;
    let missing = studio.path().parent().unwrap().join("missing.key");
    let none = App::open(&with(Some(missing.clone())), studio.clock.clone()).await;

    assert!(matches!(wrong, Err(AppError::Vault(_))));
    assert!(matches!(none, Err(AppError::MasterKey(_))));
    assert!(!missing.exists(), "no key is made for a store that has one");
    let right = App::open(&with(None), studio.clock.clone()).await.unwrap();
    right.ask(studio.envelope(Actor::Staff, None, Command::CancelActivity(studio.yoga[0]))).await.unwrap();
}
