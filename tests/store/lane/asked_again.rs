//! Point 3: answers that are kept with the append, as their requesters got them.

use std::time::Duration;

use aggregates::cart::Mode;
use axum::Router;
use cartwheel::command::{Command, Failure, Refusal};
use cartwheel::web::{self, Hosts};
use serde_json::json;
use tokio::task::JoinHandle;

use super::double::{Fault, double};
use super::{all_done, assert_clean, busy, change};
use crate::studio::Studio;
use crate::studio::http::{Answered, at, call};
use crate::studio::store::on_every_store;

on_every_store!(
    a_23_an_answer_shows_what_its_own_command_left_although_another_shared_the_append,
    a_23_whoever_never_heard_the_answer_of_a_stored_command_gets_it_from_the_next_process,
    a_23_what_another_process_accepted_is_known_also_in_a_cart_that_was_opened_here,
);

/// Sets the capacity of the first event over the API, with a key, as it was seen at the beginning.
fn set_capacity(routes: Router, studio: &Studio, capacity: u32) -> impl Future<Output = Answered> + use<> {
    let address = at(format!("/activities/{}/capacity", studio.yoga[0]));
    let body = json!({"capacity": capacity}).to_string();
    async move {
        let headers = [("if-match", "\"v1\""), ("idempotency-key", "once")];
        call(routes, "PUT", &address, &headers, Some(body)).await
    }
}

/// Asks without waiting for the answer; the command is in its mailbox when this returns. On its way there the store is
/// asked whether staff sign in.
async fn hand_in(asked: impl Future<Output = Answered> + Send + 'static) -> JoinHandle<Answered> {
    let asked = tokio::spawn(asked);
    tokio::time::sleep(Duration::from_millis(300)).await;
    asked
}

async fn a_23_an_answer_shows_what_its_own_command_left_although_another_shared_the_append() {
    let (studio, ledger) = double(Studio::open().await).await;
    let before = ledger.arrived();
    let held = busy(&studio, &ledger).await;
    let one = hand_in(set_capacity(studio.staff_routes(), &studio, 20)).await;
    let later =
        Command::SetCapacity { activity: studio.yoga[0], capacity: 30.try_into().unwrap(), force: false };
    let later = super::send(&studio, cartwheel::command::Actor::Staff, later).await;
    let again = hand_in(set_capacity(studio.staff_routes(), &studio, 20)).await;
    ledger.let_through(1_000);
    all_done(held).await;
    later.await.unwrap().unwrap();

    let (one, again) = (one.await.unwrap(), again.await.unwrap());
    assert_eq!(ledger.arrived(), before + 3, "all three were in one batch");
    let shown = one.accepted();
    assert_eq!((&shown["capacity"], &shown["version"], one.etag()), (&json!(20), &json!(2), "\"v2\"".into()));
    assert_eq!((again.body.as_str(), again.etag()), (one.body.as_str(), one.etag()));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert!(!one.headers.contains_key("idempotency-replayed"));
    assert_clean(&studio).await;
}

/// Time that stands still would pass while a server is asked.
#[tokio::test]
async fn a_22_a_request_that_takes_too_long_is_told_so_and_the_same_key_gives_the_truth() {
    let (studio, ledger) = double(Studio::open().await).await;
    ledger.hold();
    let arrived = ledger.arrived();
    let asked = hand_in(set_capacity(studio.staff_routes(), &studio, 20)).await;
    ledger.has_seen(arrived + 1).await;

    // From here on nothing but the patience of the service is waited for.
    tokio::time::pause();
    let late = asked.await.unwrap();
    tokio::time::resume();

    let problem = late.problem(503, "timed-out");
    assert_eq!(late.headers["retry-after"], "5");
    assert_eq!(problem["instance"], at(format!("/activities/{}/capacity", studio.yoga[0])));
    ledger.let_through(1_000);
    let again = set_capacity(studio.staff_routes(), &studio, 20).await;
    assert_eq!(again.accepted()["capacity"], 20);
    assert_eq!(again.headers["idempotency-replayed"], "true");
}

async fn a_23_whoever_never_heard_the_answer_of_a_stored_command_gets_it_from_the_next_process() {
    let (studio, ledger) = double(Studio::open().await).await;
    ledger.hold();
    ledger.next([Fault::Stored]);
    ledger.fence_is_away(true);
    let arrived = ledger.arrived();
    let asked = hand_in(set_capacity(studio.staff_routes(), &studio, 20)).await;
    ledger.has_seen(arrived + 1).await;
    ledger.let_through(1);
    ledger.has_tried_the_fence().await;
    // The process dies here: the append is stored, and nobody was answered.
    asked.abort();

    let next = studio.another_process().await;
    next.ask(studio.envelope(cartwheel::command::Actor::Staff, None, change(&studio, 20))).await.unwrap();
    let routes = web::staff(next, Hosts::and_loopback([]));
    let answer = set_capacity(routes.clone(), &studio, 20).await;

    let shown = answer.accepted();
    assert_eq!((&shown["capacity"], &shown["version"]), (&json!(20), &json!(2)), "not what it is now");
    assert_eq!(answer.headers["idempotency-replayed"], "true");
    set_capacity(routes, &studio, 25).await.problem(422, "idempotency-key-reused");
    assert_clean(&studio).await;
}

async fn a_23_what_another_process_accepted_is_known_also_in_a_cart_that_was_opened_here() {
    let studio = Studio::open().await;
    let there = studio.another_process().await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let asked = studio.confirmation(cart, super::ANNA, Some("once"), Mode::AllOrNothing).await;
    let original = there.ask(asked.clone()).await.unwrap();

    let again = studio.app.ask(asked).await.unwrap();

    assert!(again.replayed && !original.replayed);
    assert_eq!((again.answer, again.position), (original.answer, original.position));
    let other = studio.confirmation(cart, super::BEN, Some("once"), Mode::AllOrNothing).await;
    let refused = studio.app.ask(other).await;
    assert!(matches!(refused, Err(Failure::Refused(refusal)) if matches!(*refusal, Refusal::KeyReused)));
    assert_clean(&studio).await;
}
