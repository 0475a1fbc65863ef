//! What was refused lately is kept for a while, with its reasons and nobody's name, and never stands in the way.

use std::time::{Duration, Instant};

use cartwheel::command::Command;
use cartwheel::refusals::{Asked, Refused};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::studio::http::{anna, at, ben};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(b_09_why_something_was_refused_can_be_told_later, b_09_old_refusals_are_thrown_away,);

/// The refusals once there are so many: they are written behind the answers.
async fn kept(studio: &Studio, of: Option<Uuid>, count: usize) -> Vec<Refused> {
    let began = Instant::now();
    loop {
        let found = studio.app.refusals.newest(BRANCH, of, None, 100).await.unwrap();
        if found.len() == count {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{count} expected: {found:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn b_09_why_something_was_refused_can_be_told_later() {
    let studio = Studio::with_capacity(1).await;
    studio.book(&studio.yoga[1..2], ben()).await;
    let full = studio.yoga[1].to_string();
    let cart = studio.cart(&studio.yoga[..1]).await;
    // Somebody is faster than the confirmation.
    let head = studio.head().await;
    let late = studio.cart(&studio.yoga[..1]).await;
    late.confirm(ben()).await.accepted();
    let before = studio.head().await;
    let confirmed = cart.confirm(anna()).await;
    confirmed.problem(422, "not-booked");
    cart.dry_run(anna()).await;
    let fewer = json!({"capacity": 1});
    studio.change("PUT", &format!("/activities/{full}"), "/capacity", Some(fewer)).await.accepted();

    let found = kept(&studio, None, 1).await;
    let listed = studio.ask_staff("GET", &at("/refusals"), &[], None).await.accepted();
    let of_cart =
        studio.ask_staff("GET", &at(format!("/refusals?id={}", cart.id)), &[], None).await.accepted();
    let of_other = studio.ask_staff("GET", &at(format!("/refusals?id={full}")), &[], None).await.accepted();

    let refused = &found[0];
    assert_eq!((refused.command.as_str(), refused.code.as_str()), ("confirm-multi-booking", "not-booked"));
    assert_eq!(refused.subject, Some(("cart".to_owned(), cart.id.parse().unwrap())));
    assert_eq!((refused.actor.as_str(), refused.at), ("client", studio.clock.now()));
    let reason = json!([{
        "code": "not-enough-spots",
        "activity_id": studio.yoga[0],
        "spots_asked": 1,
        "spots_left": 0,
    }]);
    assert_eq!(refused.reasons, reason);
    assert_eq!(listed["items"][0]["reasons"], reason);
    assert_eq!(listed["items"][0]["request"], refused.request);
    assert_eq!(listed["items"], of_cart["items"]);
    assert_eq!(of_other["items"], Value::Array(vec![]));
    for secret in ["Anna", "Berg", "2312"] {
        assert!(!listed.to_string().contains(secret) && !format!("{refused:?}").contains(secret));
    }
    assert!(head < before);
    let facts = studio.facts().await;
    assert!(facts.iter().skip(usize::try_from(before).unwrap()).all(|fact| fact.aggregate_type != "cart"));
}

async fn b_09_old_refusals_are_thrown_away() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    cart.confirm(anna()).await.accepted();
    cart.confirm(ben()).await.problem(409, "already-confirmed");
    kept(&studio, None, 1).await;

    studio.clock.advance(TimeDelta::days(8));
    // Another process, which has thrown nothing away yet.
    let other = studio.another_process().await;
    let command = Command::SetSpots {
        cart: aggregates::ids::CartId(cart.id.parse().unwrap()),
        activity: studio.yoga[0],
        spots: 2.try_into().unwrap(),
    };
    let envelope = studio.envelope(cartwheel::command::Actor::Client, None, command);
    other.ask(envelope).await.unwrap_err();

    let began = Instant::now();
    loop {
        let found = studio.app.refusals.newest(BRANCH, None, None, 100).await.unwrap();
        if found.len() == 1 && found[0].command == "set-spots" {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{found:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn b_09_a_flood_of_refusals_waits_for_nothing_and_is_counted() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    cart.confirm(anna()).await.accepted();
    let id = aggregates::ids::CartId(cart.id.parse().unwrap());
    let command = Command::SetSpots { cart: id, activity: studio.yoga[0], spots: 2.try_into().unwrap() };
    let envelope = studio.envelope(cartwheel::command::Actor::Client, None, command);
    let cartwheel::command::Failure::Refused(refusal) = studio.app.ask(envelope.clone()).await.unwrap_err()
    else {
        panic!("not refused");
    };
    kept(&studio, None, 1).await;

    // Nobody writes meanwhile: the test holds the only thread.
    let began = Instant::now();
    for _ in 0..10_000 {
        studio.app.refusals.note(Asked::of(&envelope), &refusal);
    }

    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(studio.app.refusals.dropped(), 10_000 - 256);
    let stored = kept(&studio, None, 100).await;
    assert_eq!(stored.len(), 100);
    let head = studio.head().await;
    studio.book(&studio.yoga[1..2], ben()).await;
    assert!(head < studio.head().await, "bookings go on");
}
