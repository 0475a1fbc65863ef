//! `verify` finds whatever was changed behind the service's back, and nothing else.

use std::sync::Arc;

use cartwheel::audit::{CannotTell, Place, Subject, Verdict, history, verify};

use crate::studio::store::{Kind, on_every_store};
use crate::studio::{BRANCH, Studio};

on_every_store!(
    b_09_a_store_that_only_the_service_wrote_is_clean,
    b_09_every_change_behind_the_back_of_the_service_is_named,
    b_09_whoever_mends_the_hashes_too_is_found_by_the_sequence_or_the_rows,
    a_fact_of_an_unknown_type_is_named_and_never_skipped,
    rows_of_another_release_cannot_be_judged,
    a_history_says_what_happened_when_and_on_whose_request,
    ;
    a_store_is_clean_while_clients_book,
);

const ANNA: &str = "030 2312 5014";

async fn verdict(studio: &Studio) -> Verdict {
    verify(&studio.app.ledger, Arc::new(|_| ())).await.unwrap()
}

async fn booked() -> Studio {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..3]).await.unwrap();
    studio.confirm(cart, ANNA).await.unwrap();
    studio
}

async fn b_09_a_store_that_only_the_service_wrote_is_clean() {
    let studio = booked().await;

    let verdict = verdict(&studio).await;

    assert_eq!(verdict.difference, None);
    assert_eq!((verdict.branches, verdict.facts), (1, studio.facts().await.len() as u64));
}

async fn b_09_every_change_behind_the_back_of_the_service_is_named() {
    let last = booked().await.facts().await.len();
    let cases = [
        (
            "UPDATE events SET payload = replace(payload, 'Yoga', 'Yogi') WHERE position = 3",
            "position 3: is hash",
        ),
        (
            "UPDATE events SET metadata = replace(metadata, 'staff', 'stuff') WHERE position = 5",
            "position 5: is hash",
        ),
        ("DELETE FROM events WHERE position = 4", "position 4: is missing: the next fact is at position 5"),
        (
            "DELETE FROM events WHERE position >= 20",
            "position 20: is missing; should be a fact, since the head",
        ),
        ("UPDATE ledgers SET head = head - 1", "head: is position"),
        ("UPDATE ledgers SET head_hash = ZEROS", "head: is position"),
        (
            "UPDATE events SET recorded_at = recorded_at - 1000000 WHERE position = 9",
            "position 9: is recorded at",
        ),
        ("UPDATE availability SET taken = taken + 1 WHERE taken = 1", "taken = 2; should be taken = 1"),
        ("DELETE FROM appointments", "table appointments, row"),
        ("UPDATE appointments SET status = 'cancelled'", "status = cancelled; should be status = booked"),
        ("UPDATE carts SET document = replace(document, '1', '2')", "table carts, row"),
        ("UPDATE carts SET version = version + 1", "table carts, row"),
        ("UPDATE links SET document = replace(document, 'Yoga', 'Yogi')", "table links, row"),
        ("UPDATE branches SET document = replace(document, 'Quay', 'Quiet')", "table branches, row"),
        ("DELETE FROM ledgers", "head"),
        (
            "INSERT INTO links SELECT OTHER, link_id, document, version FROM links",
            "table links, row 00000000-0000-0000-0000-000000000011: is there; should be absent",
        ),
    ];
    for (change, named) in cases {
        let studio = booked().await;
        studio.store.tamper(&in_the_words_of(studio.store.kind(), change)).await;

        let difference = verdict(&studio).await.difference.unwrap_or_else(|| panic!("not found: {change}"));

        assert!(difference.to_string().contains(named), "{change}: {difference}");
        if change.starts_with("UPDATE ledgers SET head = ") {
            assert!(difference.is.contains(&format!("position {}", last - 1)), "{difference}");
        }
    }
}

/// PostgreSQL keeps every column to its kind.
#[tokio::test]
async fn b_09_a_value_of_the_wrong_shape_is_a_difference_too() {
    let cases = [
        ("UPDATE events SET hash = x'00ff' WHERE position = 7", "table events, column hash: is 2 bytes"),
        (
            "UPDATE events SET branch_id = x'00ff' WHERE position = 7",
            "table events, column branch_id: is 2 bytes",
        ),
        (
            "UPDATE events SET payload = CAST(x'7bff7d' AS text) WHERE position = 7",
            "table events, column payload: is ",
        ),
        ("UPDATE ledgers SET head_hash = x''", "table ledgers, column head_hash: is 0 bytes"),
        (
            "UPDATE ledgers SET branch_id = x''",
            "table ledgers, column branch_id: is 0 bytes; should be an id of 16 bytes",
        ),
        ("UPDATE carts SET cart_id = substr(cart_id, 2)", "table carts, column cart_id: is 15 bytes"),
        (
            "UPDATE appointments SET client_id = x'00'",
            "table appointments, column client_id: is 1 bytes; should be an id of 16 bytes",
        ),
        (
            "INSERT INTO links SELECT x'00ff', link_id, document, version FROM links",
            "table links, column branch_id: is 2 bytes",
        ),
    ];
    for (change, named) in cases {
        let studio = booked().await;
        studio.store.tamper(change).await;

        let told = verify(&studio.app.ledger, Arc::new(|_| ())).await;

        let Ok(Verdict { difference: Some(difference), .. }) = told else { panic!("{change}: {told:?}") };
        assert!(difference.to_string().contains(named), "{change}: {difference}");
    }
}

async fn b_09_whoever_mends_the_hashes_too_is_found_by_the_sequence_or_the_rows() {
    let studio = booked().await;
    studio.store.tamper("UPDATE events SET sequence = sequence + 1 WHERE position = 30").await;
    rehash(&studio).await;

    let difference = verdict(&studio).await.difference.unwrap();

    assert_eq!(difference.place, Place::Position(30));
    assert!(difference.should_be.starts_with("sequence 1 of "), "{difference}");
}

async fn a_fact_of_an_unknown_type_is_named_and_never_skipped() {
    let studio = booked().await;
    studio
        .store
        .tamper("UPDATE events SET event_type = 'cart.eaten.v9' WHERE event_type = 'cart.confirmed.v1'")
        .await;
    rehash(&studio).await;

    let difference = verdict(&studio).await.difference.unwrap();

    assert!(difference.is.contains("cart has no fact called cart.eaten.v9"), "{difference}");
}

/// Forges a chain that fits what is stored.
async fn rehash(studio: &Studio) {
    let mut hash = cartwheel::ledger::Hash::of_branch(BRANCH);
    for entry in studio.facts().await {
        hash = hash.then(&entry);
        let (position, bytes) = (entry.position, blob(studio.store.kind(), &hash.to_string()));
        studio.store.tamper(&format!("UPDATE events SET hash = {bytes} WHERE position = {position}")).await;
        studio.store.tamper(&format!("UPDATE ledgers SET head_hash = {bytes} WHERE head = {position}")).await;
    }
}

/// Bytes as each store writes them.
fn blob(kind: Kind, hexadecimal: &str) -> String {
    match kind {
        Kind::Sqlite => format!("x'{hexadecimal}'"),
        Kind::Postgres => format!("decode('{hexadecimal}', 'hex')"),
    }
}

/// A change as each store writes it.
fn in_the_words_of(kind: Kind, change: &str) -> String {
    let other = "0000000000000000000000000000dead";
    let zeros = blob(kind, &"00".repeat(32));
    let change = change.replace("ZEROS", &zeros);
    match kind {
        Kind::Sqlite => change.replace("OTHER", &blob(kind, other)),
        Kind::Postgres => change
            .replace("OTHER", &format!("'{other}'::uuid"))
            .replace("replace(payload, 'Yoga', 'Yogi')", "replace(payload::text, 'Yoga', 'Yogi')::json")
            .replace(
                "replace(metadata, 'staff', 'stuff')",
                "replace(metadata::text, 'staff', 'stuff')::json",
            ),
    }
}

async fn rows_of_another_release_cannot_be_judged() {
    let studio = booked().await;
    studio.store.tamper("UPDATE ledgers SET rows_version = rows_version + 1").await;

    let told = verify(&studio.app.ledger, Arc::new(|_| ())).await;

    assert!(matches!(told, Err(CannotTell::OtherFolds(BRANCH))), "{told:?}");
}

async fn a_store_is_clean_while_clients_book() {
    let studio = Arc::new(Studio::with_capacity(200).await);
    let booking = tokio::spawn({
        let studio = Arc::clone(&studio);
        async move {
            for n in 0..60 {
                let cart = studio.select(&studio.yoga[..10]).await.unwrap();
                studio.confirm(cart, &format!("030 2312 5{n:03}")).await.unwrap();
            }
        }
    });

    let mut verified = 0;
    while !booking.is_finished() {
        assert_eq!(verdict(&studio).await.difference, None);
        verified += 1;
    }

    booking.await.unwrap();
    assert!(2 < verified, "it was verified {verified} times");
}

async fn a_history_says_what_happened_when_and_on_whose_request() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let booked = studio.confirm(cart, ANNA).await.unwrap();
    let ledger = studio.app.ledger.as_ref();

    let of_the_cart = history(ledger, BRANCH, Subject::Cart(cart)).await.unwrap();
    let of_an_appointment =
        history(ledger, BRANCH, Subject::Appointment(booked.booked[1].appointment)).await.unwrap();
    let of_an_event = history(ledger, BRANCH, Subject::Activity(studio.yoga[0])).await.unwrap();

    let sentences: Vec<_> = of_the_cart.iter().map(|entry| entry.sentence.as_str()).collect();
    assert_eq!(
        sentences,
        [
            "A selection was begun.",
            "The selection was set to 2 events.",
            "2 events were confirmed at once, all or nothing."
        ]
    );
    let confirmed = &of_the_cart[2];
    assert_eq!((confirmed.actor.as_str(), confirmed.cause.as_str()), ("client", "confirm-multi-booking"));
    assert_eq!(confirmed.at, studio.clock.now());
    assert_eq!(of_an_appointment.len(), 1);
    assert_eq!(of_an_appointment[0].request, confirmed.request, "one request, one step");
    assert_eq!(of_an_event[0].actor, "staff");
    assert!(of_an_event[1].sentence.ends_with("took 1 spot."), "{}", of_an_event[1].sentence);
    assert_eq!(history(ledger, BRANCH, Subject::Cart(aggregates::ids::CartId(BRANCH.0))).await.unwrap(), []);
}
