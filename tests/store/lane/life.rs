//! How lanes begin and end, and what every stored fact looks like.

use std::time::{Duration, Instant};

use aggregates::cart::Mode;
use cartwheel::command::{Actor, Failure};
use cartwheel::ledger::{Position, stored_id};
use chrono::TimeDelta;

use super::double::{Call, double};
use super::{ANNA, assert_clean, change, send};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    closing_answers_what_was_taken_in_and_takes_in_nothing_more,
    a_lane_that_waits_for_work_does_not_hold_up_closing,
    a_clock_that_was_set_back_does_not_set_the_ledger_back,
    b_09_a_fact_says_who_asked_what_and_why_in_strings_and_belongs_to_its_branch,
);

/// Time that stands still would pass while a server is asked.
#[tokio::test]
async fn an_idle_lane_ends_and_the_next_command_finds_a_new_one() {
    let (studio, ledger) = double(Studio::open().await).await;
    studio.staff(change(&studio, 0)).await.unwrap();
    ledger.calls();
    studio.staff(change(&studio, 1)).await.unwrap();
    assert!(!ledger.calls().contains(&Call::Tail), "a lane remembers where the ledger ends");

    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(61)).await;
    tokio::time::resume();

    studio.staff(change(&studio, 2)).await.unwrap();
    assert!(ledger.calls().contains(&Call::Tail), "a new one has to look");
    assert_clean(&studio).await;
}

async fn closing_answers_what_was_taken_in_and_takes_in_nothing_more() {
    let (studio, ledger) = double(Studio::open().await).await;
    ledger.hold();
    let mut waiting = vec![];
    for n in 0..20 {
        waiting.push(send(&studio, Actor::Staff, change(&studio, n)).await);
    }
    let app = studio.app.clone();
    let began = Instant::now();
    let closing = tokio::spawn(async move { app.close().await });
    tokio::task::yield_now().await;

    assert!(matches!(studio.staff(change(&studio, 20)).await, Err(Failure::Busy)));
    assert!(!closing.is_finished());
    ledger.let_through(1_000);
    for asked in waiting {
        asked.await.unwrap().unwrap();
    }
    closing.await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(10), "closing does not wait for a lane to become idle");
}

async fn a_lane_that_waits_for_work_does_not_hold_up_closing() {
    let studio = Studio::open().await;

    tokio::time::timeout(Duration::from_secs(10), studio.app.close()).await.unwrap();
}

async fn a_clock_that_was_set_back_does_not_set_the_ledger_back() {
    let studio = Studio::open().await;
    studio.staff(change(&studio, 0)).await.unwrap();
    studio.clock.advance(TimeDelta::hours(-3));
    studio.staff(change(&studio, 1)).await.unwrap();
    let restarted = studio.another_process().await;
    restarted.ask(studio.envelope(Actor::Staff, None, change(&studio, 2))).await.unwrap();

    let facts = studio.facts().await;

    assert!(facts.is_sorted_by_key(|fact| fact.recorded_at), "{facts:#?}");
    assert_eq!(
        facts.iter().map(|fact| fact.position).collect::<Vec<_>>(),
        (1..=facts.len() as Position).collect::<Vec<_>>()
    );
}

async fn b_09_a_fact_says_who_asked_what_and_why_in_strings_and_belongs_to_its_branch() {
    let studio = Studio::open().await;
    let cart = studio.select(&studio.yoga[..2]).await.unwrap();
    let envelope = studio.confirmation(cart, ANNA, Some("once"), Mode::AllOrNothing).await;
    let request = envelope.request.clone();
    studio.app.ask(envelope).await.unwrap();

    let facts = studio.facts().await;

    for fact in &facts {
        let (branch, id) = fact.aggregate_id.split_once('/').unwrap();
        assert_eq!(branch, BRANCH.to_string());
        assert_eq!(fact.aggregate_id, stored_id(BRANCH, id.parse().unwrap()));
        let metadata: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&fact.metadata).unwrap();
        assert_eq!(metadata.keys().collect::<Vec<_>>(), ["actor", "cause", "command", "request"]);
    }
    let last: serde_json::Value = serde_json::from_str(&facts.last().unwrap().metadata).unwrap();
    let expected = serde_json::json!({
        "actor": "client", "cause": "confirm-multi-booking", "command": "once", "request": request,
    });
    assert_eq!(last, expected);
}
