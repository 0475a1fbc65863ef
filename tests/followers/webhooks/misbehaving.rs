//! Receivers that fail, hang, redirect, talk too much, or are where nobody may be called.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cartwheel::outbound::Reach;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{below, follow, last_outcome, studio};
use crate::receiver::{Behaviour, Receiver};
use crate::studio::Studio;
use crate::studio::http::{anna, at};
use crate::studio::store::on_every_store;

on_every_store!(
    b_11_what_failed_comes_again_later_under_the_same_id,
    b_11_a_receiver_that_fails_for_three_days_is_switched_off_and_can_be_switched_on_again,
    b_11_a_receiver_that_is_gone_is_switched_off_at_once,
    b_11_redirects_are_not_followed_and_endless_answers_not_read,
    b_11_private_addresses_are_neither_taken_nor_called,
    ;
    b_11_one_that_hangs_holds_up_neither_others_nor_bookings,
);

async fn b_11_what_failed_comes_again_later_under_the_same_id() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Fails(Arc::new(AtomicUsize::new(2)))).await;
    let made = studio.add_webhook(&receiver, Some(&["cart.confirmed.v1"])).await;
    let following = follow(&studio);

    studio.book(&studio.yoga[2..4], anna()).await;

    receiver.has(1).await;
    let failed = |count: usize| {
        move |all: &[Value]| all.len() == 1 && all[0]["attempts"].as_array().unwrap().len() == count
    };
    studio.deliveries_when(&made, failed(1)).await;
    assert!(!studio.webhook(&made).await["failing_since"].is_null());
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(receiver.came().len(), 1, "not before its time");
    studio.clock.advance(TimeDelta::seconds(7));
    receiver.has(2).await;
    studio.deliveries_when(&made, failed(2)).await;
    studio.clock.advance(TimeDelta::minutes(7));
    let came = receiver.has(3).await;
    let done = studio.deliveries_when(&made, |all| all[0]["state"] == "delivered").await;
    following.stop().await;
    let outcomes: Vec<_> = done[0]["attempts"].as_array().unwrap().iter().collect();
    assert_eq!(
        outcomes.iter().map(|it| it["outcome"].as_str().unwrap()).collect::<Vec<_>>(),
        ["status", "status", "delivered"]
    );
    assert_eq!(outcomes.iter().map(|it| it["status"].as_u64().unwrap()).collect::<Vec<_>>(), [500, 500, 200]);
    assert!(came.iter().all(|request| request.id() == came[0].id()));
    assert!(came.iter().all(|request| request.is_signed_with(made["secret"].as_str().unwrap())));
    assert!(studio.webhook(&made).await["failing_since"].is_null());
}

async fn b_11_a_receiver_that_fails_for_three_days_is_switched_off_and_can_be_switched_on_again() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(503)).await;
    let made = studio.add_webhook(&receiver, Some(&["cart.confirmed.v1"])).await;
    let following = follow(&studio);
    studio.book(&studio.yoga[12..13], anna()).await;

    let mut hours = 0;
    for attempts in 1..=10 {
        receiver.has(attempts).await;
        let tried = move |all: &[Value]| all[0]["attempts"].as_array().unwrap().len() == attempts;
        studio.deliveries_when(&made, tried).await;
        if attempts < 10 {
            assert_eq!(studio.webhook(&made).await["state"], "on", "after {hours} hours");
            // Longer than any pause with its luck.
            studio.clock.advance(TimeDelta::hours(29));
            hours += 29;
        }
    }

    let failed = studio.deliveries(&made).await;
    let endpoint = studio.webhook(&made).await;
    assert_eq!((failed[0]["state"].as_str(), failed[0]["next_attempt_at"].is_null()), (Some("failed"), true));
    assert_eq!(
        (endpoint["state"].as_str(), endpoint["disabled_because"].as_str()),
        (Some("disabled"), Some("failing"))
    );
    studio.book(&studio.yoga[14..15], anna()).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!((receiver.came().len(), studio.deliveries(&made).await.len()), (10, 1));
    receiver.behaves(Behaviour::Answers(200));
    let version = format!("\"v{}\"", endpoint["version"]);
    let body = json!({"url": receiver.url(), "types": ["cart.confirmed.v1"], "active": true});
    let on =
        studio.ask_staff("PUT", &below(&made, ""), &[("if-match", &version)], Some(body)).await.accepted();
    assert_eq!((on["state"].as_str(), on["failing_since"].is_null()), (Some("on"), true));
    studio.book(&studio.yoga[16..17], anna()).await;
    receiver.has(11).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    following.stop().await;
    assert_eq!(receiver.came().len(), 11, "what was recorded while it was off is not sent");
}

async fn b_11_a_receiver_that_is_gone_is_switched_off_at_once() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(410)).await;
    let made = studio.add_webhook(&receiver, Some(&["cart.confirmed.v1"])).await;
    let following = follow(&studio);

    studio.book(&studio.yoga[2..4], anna()).await;

    let all = studio.deliveries_when(&made, |all| all.len() == 1 && all[0]["state"] == "dropped").await;
    assert_eq!((last_outcome(&all[0]), all[0]["attempts"][0]["status"].as_u64()), ("gone", Some(410)));
    following.stop().await;
    let endpoint = studio.webhook(&made).await;
    assert_eq!(
        (endpoint["state"].as_str(), endpoint["disabled_because"].as_str()),
        (Some("disabled"), Some("gone"))
    );
}

async fn b_11_redirects_are_not_followed_and_endless_answers_not_read() {
    let studio = studio().await;
    let other = Receiver::start(Behaviour::Answers(200)).await;
    let redirects = Receiver::start(Behaviour::RedirectsTo(other.url())).await;
    let talks = Receiver::start(Behaviour::TalksForEver).await;
    let of_redirects = studio.add_webhook(&redirects, Some(&["cart.confirmed.v1"])).await;
    let of_talks = studio.add_webhook(&talks, Some(&["cart.confirmed.v1"])).await;
    let following = follow(&studio);

    studio.book(&studio.yoga[2..4], anna()).await;

    let tried = |all: &[Value]| all.len() == 1 && !all[0]["attempts"].as_array().unwrap().is_empty();
    let redirected = studio.deliveries_when(&of_redirects, tried).await;
    assert_eq!(
        (last_outcome(&redirected[0]), redirected[0]["attempts"][0]["status"].as_u64()),
        ("status", Some(307))
    );
    let talked = studio.deliveries_when(&of_talks, tried).await;
    assert_eq!((talked[0]["state"].as_str(), last_outcome(&talked[0])), (Some("delivered"), "delivered"));
    let chunks = talks.chunks.load(Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(500)).await;
    following.stop().await;
    assert_eq!(talks.chunks.load(Ordering::SeqCst), chunks, "nobody listens any more");
    // What the connection buffered on its way was never read.
    assert!(chunks < (16 << 20) / 4096, "{chunks} chunks");
    assert!(other.came().is_empty());
}

async fn b_11_private_addresses_are_neither_taken_nor_called() {
    let mut studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let made = studio.add_webhook(&receiver, Some(&["cart.confirmed.v1"])).await;
    let by_name = json!({"url": format!("http://localhost:{}/", receiver.at.port())});
    let by_name = studio.ask_staff("POST", &at("/webhooks"), &[], Some(by_name)).await.accepted();
    // From now on as on every other machine.
    studio.app = studio.app.clone().reaching(Reach::Public);
    let following = follow(&studio);

    studio.book(&studio.yoga[2..4], anna()).await;

    for (made, count) in [(&made, 1), (&by_name, 2)] {
        let tried =
            |all: &[Value]| count <= all.len() && all.iter().all(|it| last_outcome(it) == "private-address");
        studio.deliveries_when(made, tried).await;
    }
    following.stop().await;
    assert!(receiver.came().is_empty());
}

async fn b_11_one_that_hangs_holds_up_neither_others_nor_bookings() {
    let (studio, quiet) = (studio().await, studio().await);
    let followings = [follow(&studio), follow(&quiet)];
    let hangs = Receiver::start(Behaviour::Hangs).await;
    let of_hanging = studio.add_webhook(&hangs, None).await;
    let well = Receiver::start(Behaviour::Answers(200)).await;
    studio.add_webhook(&well, Some(&["cart.confirmed.v1"])).await;

    let mut took = [vec![], vec![]];
    for client in 0..20 {
        for (studio, took) in [&studio, &quiet].into_iter().zip(&mut took) {
            took.push(time_to_book(studio, client).await);
        }
    }

    let [with, without] = took.map(|mut took| {
        took.sort();
        took[10]
    });
    let began = Instant::now();
    well.has(20).await;
    println!("a booking took {without:?}, and {with:?} with a receiver that hangs");
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(with < 3 * without + Duration::from_millis(20), "{with:?} {without:?}");
    let timed_out = |all: &[Value]| all.iter().any(|it| last_outcome(it) == "timed-out");
    let all = studio.deliveries_when(&of_hanging, timed_out).await;
    for following in followings {
        following.stop().await;
    }
    let late = all.iter().find(|it| last_outcome(it) == "timed-out").unwrap();
    let took = late["attempts"][0]["milliseconds"].as_u64().unwrap();
    assert!((9_500..13_000).contains(&took), "{took}");
}

async fn time_to_book(studio: &Studio, client: usize) -> Duration {
    let person = json!({"name": "Anna Berg", "phone": format!("030 2312 50{client:02}")});
    let event = 2 + client % 2;
    let began = Instant::now();
    studio.book(&studio.yoga[event..=event], person).await;
    began.elapsed()
}
