//! Whoever is erased is gone from everywhere, and the ledger stays whole.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "erasing/dump.rs"]
mod dump;
#[path = "erasing/meanwhile.rs"]
mod meanwhile;
#[path = "erasing/staff.rs"]
mod staff;
mod studio;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aggregates::booking_link::Field;
use aggregates::ids::{AppointmentId, ClientId};
use axum::http::{StatusCode, header};
use cartwheel::app::App;
use cartwheel::app::searching::Wanted;
use cartwheel::audit::{export, verify};
use cartwheel::contact::{Contact, Phone};
use cartwheel::feeds::Subject;
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::{CLIENTS, Cell};
use cartwheel::mirror;
use chrono::TimeDelta;
use dump::Dump;
use eventstore_server::Server;
use eventstore_server::store::{From, Stored};
use serde_json::{Value, json};
use studio::http::{Held, at, ben};
use studio::pages::value;
use studio::store::{Kind, on_every_store};
use studio::{BRANCH, Studio, name};
use uuid::Uuid;

on_every_store!(b_17_after_an_erasure_nothing_anywhere_tells_who_the_client_was,);

/// Tables that hold something of people, or that only their key opens.
const PERSONAL: [&str; 7] = ["clients", "contacts", "commands", "sessions", "feeds", "codes", "capabilities"];

/// What nobody may find, however it is written.
const SECRETS: [&str; 12] = [
    "Anneliese",
    "Bergmann",
    "23125077",
    "2312 5077",
    "2312 50 77",
    "+49 30 23125077",
    "anneliese@example.org",
    "left knee",
    "Wiesenweg",
    "anneliese%40",
    "left+knee",
    "left%20knee",
];

fn anneliese() -> Value {
    json!({
        "name": "Anneliese Bergmann",
        "phone": "030 2312 5077",
        "email": "anneliese@example.org",
        "comment": "Please mind my left knee, Wiesenweg 4",
    })
}

/// Everything that the process writes to its log, at the most talkative level.
static LOG: Mutex<Vec<u8>> = Mutex::new(vec![]);

/// Writes to [`LOG`].
struct Log;

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn listen_to_the_log() {
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    // Only the first of several tests is the one who sets it up.
    let _ = subscriber.with_writer(|| Log).try_init();
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn open() -> Studio {
    let mut studio = Studio::open().await;
    studio.app = studio.app.clone().with_mailbox();
    studio.set_up_link(|link| (link.email, link.comment) = (Field::Optional, Field::Optional)).await;
    studio
}

/// Everybody whom the branch knows.
async fn known(app: &App) -> BTreeSet<ClientId> {
    let rows = app.ledger.select(&Select::of(&CLIENTS, BRANCH)).await.unwrap();
    let id = |row: Vec<Cell>| if let Cell::Id(id) = row[1] { ClientId(id) } else { panic!("{row:?}") };
    rows.into_iter().map(id).collect()
}

/// Others whose rows stand between those of one person.
async fn crowd(studio: &Studio, from: u32, to: u32) {
    for n in from..to {
        let phone = Phone::parse(&format!("+49 30 9{n:07}"), "DE".to_owned().try_into().unwrap()).unwrap();
        let contact = Contact { name: name("Crowd"), phone, email: None, comment: None };
        studio.app.vault.admit(BRANCH, &contact).await.unwrap();
    }
}

/// What one client does with a studio: books online and at the desk, has a membership, signs in, subscribes.
struct Life<'a> {
    appointments: Vec<Held<'a>>,
    client: ClientId,
    cookie: String,
    feed: String,
    result: String,
}

async fn live(studio: &Studio) -> Life<'_> {
    let before = known(&studio.app).await;
    let confirmed = studio.cart(&studio.yoga[..3]).await.confirm(anneliese()).await.accepted();
    let client = *known(&studio.app).await.difference(&before).next().unwrap();
    let booked = studio.staff_page(&format!("/journal/{BRANCH}/book?event={}", studio.yoga[3])).await.body;
    let event = studio.yoga[3].to_string();
    let typed = [
        ("do", "book"),
        ("like", &event),
        ("event", &event),
        ("client", "new"),
        ("name", "Anneliese Bergmann"),
        ("phone", "+49 30 2312 50 77"),
        ("email", "anneliese@example.org"),
        ("spots", "1"),
        ("comment", "left knee"),
        ("key", &value(&booked, "key")),
    ];
    let at_desk = studio.staff_submit(&format!("/journal/{BRANCH}/book"), &form(&typed)).await;
    assert_eq!(at_desk.status, StatusCode::SEE_OTHER, "{}", at_desk.body);
    let grant = json!({
        "client_name": "Anneliese Bergmann", "client_phone": "030 2312 5077", "name": "Ten visits",
    });
    let key = [("idempotency-key", "granted-once")];
    studio.ask_staff("POST", &at("/memberships"), &key, Some(grant)).await.accepted();
    let appointments = studio.appointments(&confirmed);
    let key = [("idempotency-key", "cancelled-once")];
    appointments[2].ask_with("POST", "/cancellation", &key, None).await.accepted();
    let cookie = sign_in(studio).await;
    let feed = studio.app.feeds.renew(BRANCH, Subject::Client(client), studio.clock.now()).await.unwrap();
    // Asked for and not typed.
    studio.clock.advance(TimeDelta::minutes(1));
    studio.submit(&format!("/account/{BRANCH}/sign-in"), &form(&[("phone", "030 23125077")])).await;
    let result = confirmed["result_url"].as_str().unwrap().to_owned();
    Life { appointments, client, cookie, feed: format!("/cal/{feed}.ics"), result }
}

/// The cookie of a session.
async fn sign_in(studio: &Studio) -> String {
    use studio::pages::FORM;
    let kept = |answer: &studio::http::Answered, name: &str| {
        let cookies = answer.headers.get_all(header::SET_COOKIE).iter().map(|it| it.to_str().unwrap());
        let mut kept = cookies.filter_map(|it| it.split(';').next()).filter(|it| it.starts_with(name));
        kept.next().unwrap().to_owned()
    };
    let asked =
        studio.submit(&format!("/account/{BRANCH}/sign-in"), &form(&[("phone", "030 23125077")])).await;
    let begun = kept(&asked, "sign-in");
    let text = studio.app.mailbox.as_ref().unwrap().messages().remove(0).text;
    let code = form(&[("code", text.split(' ').next().unwrap())]);
    let headers = [FORM, ("cookie", begun.as_str())];
    let address = format!("/account/{BRANCH}/code");
    let let_in = studio::http::call(studio.public(), "POST", &address, &headers, Some(code)).await;
    kept(&let_in, "session")
}

/// Every address that ever said something of the client, and those where staff look for people.
async fn responses(studio: &Studio, life: &Life<'_>) -> String {
    let mut said = String::new();
    let client = life.client;
    for page in [
        format!("/journal/{BRANCH}?day=2027-01-05&view=week"),
        format!("/journal/{BRANCH}/events/{}", studio.yoga[0]),
        format!("/journal/{BRANCH}/events/{}/history", studio.yoga[0]),
        format!("/journal/{BRANCH}/events/{}", studio.yoga[3]),
        format!("/journal/{BRANCH}/print?day=2027-01-05"),
        format!("/journal/{BRANCH}/clients/{client}"),
    ] {
        let answer = studio.staff_page(&page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
        said += &answer.body;
    }
    for wanted in ["neliese", "077", "030 2312 5077"] {
        let form = form(&[("q", wanted)]);
        let found = studio.staff_submit(&format!("/journal/{BRANCH}/search"), &form).await.body;
        // What was typed stands in its field again.
        said += &found.replace(wanted, "");
    }
    for below in [
        "/journal?from=2027-01-01T00:00:00Z".to_owned(),
        format!("/history/appointments/{}", life.appointments[0].id),
    ] {
        said += &studio.ask_staff("GET", &at(below), &[], None).await.accepted().to_string();
    }
    for page in [life.result.clone(), life.feed.clone(), "/dev/mailbox".to_owned()] {
        said += &studio.page(&page).await.body;
    }
    for appointment in &life.appointments {
        said += &appointment.ask("GET", "", None).await.body;
    }
    for page in ["", "?past=1", "/data", "/data.json"] {
        let headers = [("cookie", life.cookie.as_str())];
        let path = format!("/account/{BRANCH}{page}");
        said += &studio::http::call(studio.public(), "GET", &path, &headers, None).await.body;
    }
    said
}

fn assert_nowhere(place: &str, text: &str) {
    let text = text.to_lowercase();
    for secret in SECRETS {
        assert!(!text.contains(&secret.to_lowercase()), "{place} holds {secret}");
    }
}

/// All that EventStoreDB holds, once it holds the last fact.
async fn mirrored(studio: &Studio, server: &Server) -> String {
    let facts = studio.facts().await.len();
    loop {
        let events = server.store().read_all(From::Start, true, usize::MAX);
        if events.len() == facts {
            let text = |event: &Stored| {
                let said =
                    [&event.event.data, &event.event.custom_metadata].map(|it| String::from_utf8_lossy(it));
                format!("{} {} {}\n", event.stream, event.event.event_type, said.join(" "))
            };
            let all: String = events.iter().map(text).collect();
            assert!(all.contains("client.erased.v1"));
            return all;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn b_17_after_an_erasure_nothing_anywhere_tells_who_the_client_was() {
    listen_to_the_log();
    let studio = open().await;
    let other = studio.another_process().await;
    let server = Server::start().await.unwrap();
    let mirroring =
        mirror::follow(&studio.store.place().address, &studio.app.wake, &server.url().parse().unwrap())
            .await
            .unwrap();
    crowd(&studio, 0, 150).await;
    studio.book(&studio.yoga[..2], ben()).await;
    let nobody = Dump::of(&studio).await;
    let life = live(&studio).await;
    let traces = Dump::of(&studio).await.beyond(&nobody, &PERSONAL);
    for table in PERSONAL {
        assert!(traces.iter().any(|(of, _)| of == table), "the client left something in {table}");
    }
    crowd(&studio, 150, 300).await;
    studio.book(&studio.yoga[4..6], ben()).await;
    studio.clock.advance(TimeDelta::days(2));
    let seen = responses(&studio, &life).await;
    assert!(seen.contains("Anneliese Bergmann") && seen.contains("left knee") && seen.contains("anneliese@"));
    let wanted = Wanted::parse("nneliese", None).unwrap();
    assert!(!other.search(BRANCH, &wanted).await.unwrap().hits.is_empty());

    let erasure = at(format!("/clients/{}/erasure", life.client));
    let refused = studio.ask_staff("POST", &erasure, &[], Some(json!({}))).await;
    refused.problem(422, "upcoming-appointments");
    let before = studio.head().await;
    let with_dates = json!({"cancel_upcoming": true});
    studio.ask_staff("POST", &erasure, &[("idempotency-key", "gone")], Some(with_dates)).await.accepted();
    let said = responses(&studio, &life).await;

    assert_nowhere("an answer", &said);
    assert!(said.contains("Erased client"), "the journal says so");
    let left = Dump::of(&studio).await;
    for table in left.tables() {
        assert_nowhere(&table, &left.text(&table));
    }
    for (table, row) in &traces {
        assert!(!left.has(table, row), "{table} still holds {row}");
    }
    if studio.store.kind() == Kind::Sqlite {
        dump::assert_gone_from_files(&studio, &SECRETS, &traces).await;
    }
    let mut file = vec![];
    let (ledger, signer) = (studio.app.ledger.as_ref(), studio.app.vault.signer().unwrap());
    export(ledger, &[], &signer, studio.clock.now(), &mut file, &|_| ()).await.unwrap();
    assert_nowhere("the export", &String::from_utf8(file).unwrap());
    assert_nowhere("the mirror", &mirrored(&studio, &server).await);
    mirroring.stop().await;
    let log = String::from_utf8_lossy(&LOG.lock().unwrap()).into_owned();
    assert!(10_000 < log.len() && log.contains("TRACE"), "there is a log at all");
    assert_nowhere("the log", &log);
    assert_eq!(verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap().difference, None);

    let new = studio.facts().await.split_off(usize::try_from(before).unwrap());
    let names: Vec<_> = new.iter().map(|fact| fact.event_type.as_str()).collect();
    assert_eq!(names.iter().filter(|name| **name == "client.erased.v1").count(), 1, "{names:?}");
    assert_eq!(names.iter().filter(|name| **name == "appointment.cancelled.v1").count(), 2, "{names:?}");
    for app in [&studio.app, &other] {
        for text in ["nneliese", "077"] {
            let wanted = Wanted::parse(text, None).unwrap();
            assert!(app.search(BRANCH, &wanted).await.unwrap().hits.is_empty(), "{text}");
        }
    }
    let again = studio.book(&studio.yoga[6..7], anneliese()).await;
    let row = studio.app.appointment(BRANCH, AppointmentId(again[0].id.parse::<Uuid>().unwrap())).await;
    assert_ne!(row.unwrap().unwrap().client_id, life.client, "whoever comes again is a new client");
}
