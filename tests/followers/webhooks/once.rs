//! Nothing is sent twice, and nothing is lost, whoever stops when.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cartwheel::followers;
use cartwheel::outbound::Reach;
use cartwheel::read_models::rebuild;

use super::{follow, studio};
use crate::receiver::{Behaviour, Receiver};
use crate::studio::http::anna;
use crate::studio::store::on_every_store;

on_every_store!(
    b_11_a_restart_and_a_rebuild_send_nothing_again,
    b_11_what_was_on_its_way_when_the_service_stopped_comes_again_under_its_id,
    ;
    b_11_two_processes_send_each_fact_once,
);

async fn b_11_a_restart_and_a_rebuild_send_nothing_again() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let made = studio.add_webhook(&receiver, None).await;
    let following = follow(&studio);
    studio.book(&studio.yoga[2..5], anna()).await;
    let done = |all: &[serde_json::Value]| !all.is_empty() && all.iter().all(|it| it["state"] == "delivered");
    receiver.has(9).await;
    studio.deliveries_when(&made, done).await;
    let sent = receiver.came().len();
    following.stop().await;

    rebuild::all(&studio.app.ledger, 2, Arc::new(|_| ())).await.unwrap();
    let following = follow(&studio);
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(receiver.came().len(), sent);

    // It still hears what is new.
    studio.book(&studio.yoga[6..7], anna()).await;
    receiver.has(sent + 1).await;
    following.stop().await;
}

async fn b_11_what_was_on_its_way_when_the_service_stopped_comes_again_under_its_id() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Hangs).await;
    studio.add_webhook(&receiver, Some(&["cart.confirmed.v1"])).await;
    let following = follow(&studio);
    studio.book(&studio.yoga[2..4], anna()).await;
    receiver.has(1).await;
    following.stop().await;
    receiver.behaves(Behaviour::Answers(200));

    let following = follow(&studio);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(receiver.came().len(), 1, "the other process may still be at it");
    studio.clock.advance(chrono::TimeDelta::minutes(3));
    let came = receiver.has(2).await;
    following.stop().await;

    assert_eq!(came[0].id(), came[1].id());
}

async fn b_11_two_processes_send_each_fact_once() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let made = studio.add_webhook(&receiver, None).await;
    let other = studio.another_process().await.reaching(Reach::Anywhere);
    let followings = [follow(&studio), followers::start(&other).unwrap()];
    let before = studio.head().await;

    for n in 0..10 {
        let person = serde_json::json!({"name": "Anna Berg", "phone": format!("030 2312 50{n:02}")});
        studio.book(&studio.yoga[2..4], person).await;
    }

    let facts = usize::try_from(studio.head().await - before).unwrap();
    receiver.has(facts).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    for following in followings {
        following.stop().await;
    }
    let mut times = BTreeMap::<String, usize>::new();
    for request in receiver.came() {
        *times.entry(request.id()).or_default() += 1;
    }
    assert_eq!((times.len(), times.values().max()), (facts, Some(&1)));
    assert!(!studio.deliveries(&made).await.is_empty());
}
