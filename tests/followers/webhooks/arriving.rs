//! What arrives at a receiver that behaves.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{below, follow, studio};
use crate::receiver::{Behaviour, Receiver};
use crate::studio::BRANCH;
use crate::studio::http::{anna, ben};
use crate::studio::store::on_every_store;

on_every_store!(
    b_11_every_fact_of_a_booking_arrives_once_and_signed_and_says_nothing_of_a_person,
    b_11_an_endpoint_is_sent_what_is_recorded_after_it_was_made_and_only_what_it_wants,
    b_11_a_new_secret_signs_beside_the_old_one_for_a_day,
    b_11_a_test_event_and_what_is_sent_again,
);

async fn b_11_every_fact_of_a_booking_arrives_once_and_signed_and_says_nothing_of_a_person() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(204)).await;
    let made = studio.add_webhook(&receiver, None).await;
    let secret = made["secret"].as_str().unwrap();
    let before = studio.head().await;
    let following = follow(&studio);

    let person = json!({"name": "Anna Berg", "phone": "030 2312 5014", "email": "anna@example.org"});
    studio.book(&studio.yoga[2..5], person).await;

    let facts = studio.facts().await.split_off(usize::try_from(before).unwrap());
    let came = receiver.has(facts.len()).await;
    studio.deliveries_when(&made, |all| all.iter().all(|it| it["state"] == "delivered")).await;
    following.stop().await;
    assert_eq!(receiver.came().len(), facts.len(), "each fact once");
    let ids: BTreeSet<String> = came.iter().map(crate::receiver::Came::id).collect();
    assert_eq!(ids.len(), facts.len(), "each with an id of its own");
    assert!(secret.starts_with("whsec_") && 24 < secret.len());
    for request in &came {
        assert!(request.is_signed_with(secret));
        assert!(!request.is_signed_with("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assert_eq!(request.header("content-type"), "application/json");
        let text = String::from_utf8(request.body.to_vec()).unwrap();
        for personal in ["Anna", "Berg", "2312", "5014", "anna@", "example.org"] {
            assert!(!text.contains(personal), "{personal} in {text}");
        }
    }
    let mut told: Vec<_> = came.iter().map(crate::receiver::Came::json).collect();
    told.sort_by_key(|body| body["data"]["position"].as_u64());
    for (body, fact) in told.iter().zip(&facts) {
        assert_eq!(body["type"], fact.event_type);
        let data = &body["data"];
        assert_eq!(data["branch_id"], BRANCH.to_string());
        assert_eq!(data["position"], fact.position);
        assert_eq!(data["aggregate_type"], fact.aggregate_type);
        assert!(fact.aggregate_id.ends_with(data["aggregate_id"].as_str().unwrap()));
        assert_eq!(data["payload"], serde_json::from_str::<Value>(&fact.payload).unwrap());
        assert!(chrono::DateTime::parse_from_rfc3339(body["timestamp"].as_str().unwrap()).is_ok());
    }
}

async fn b_11_an_endpoint_is_sent_what_is_recorded_after_it_was_made_and_only_what_it_wants() {
    let studio = studio().await;
    let following = follow(&studio);
    let all = Receiver::start(Behaviour::Answers(200)).await;
    studio.add_webhook(&all, None).await;
    studio.book(&studio.yoga[2..3], ben()).await;
    let some = Receiver::start(Behaviour::Answers(200)).await;
    studio.add_webhook(&some, Some(&["appointment.booked.v1", "appointment.cancelled.v1"])).await;
    let before = studio.head().await;

    let appointment = studio.book(&studio.yoga[2..3], anna()).await.remove(0);
    appointment.cancel().await.accepted();

    let came = some.has(2).await;
    all.has(8).await;
    following.stop().await;
    let mut told: Vec<_> =
        came.iter().map(|request| (request.json()["data"]["position"].as_u64(), request.kind())).collect();
    told.sort();
    let kinds: Vec<_> = told.iter().map(|(_, kind)| kind.as_str()).collect();
    assert_eq!(kinds, ["appointment.booked.v1", "appointment.cancelled.v1"]);
    assert!(told.iter().all(|(position, _)| Some(before) < *position));
    assert_eq!(some.came().len(), 2);
}

async fn b_11_a_new_secret_signs_beside_the_old_one_for_a_day() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let made = studio.add_webhook(&receiver, None).await;
    let following = follow(&studio);
    let stale = studio.ask_staff("POST", &below(&made, "/secret"), &[("if-match", "\"v9\"")], None).await;
    stale.problem(412, "stale");

    let renewed = studio.ask_staff("POST", &below(&made, "/secret"), &[("if-match", "\"v1\"")], None).await;

    let (old, new) = (made["secret"].as_str().unwrap(), renewed.accepted()["secret"].clone());
    let new = new.as_str().unwrap();
    assert_ne!(old, new);
    let path = below(&made, "/test");
    let test = || studio.ask_staff("POST", &path, &[], None);
    test().await.accepted();
    let came = receiver.has(1).await;
    assert!(came[0].is_signed_with(old) && came[0].is_signed_with(new));
    studio.clock.advance(chrono::TimeDelta::hours(24));
    test().await.accepted();
    let came = receiver.has(2).await;
    following.stop().await;
    assert!(!came[1].is_signed_with(old) && came[1].is_signed_with(new));
    assert!(studio.webhook(&made).await.get("secret").is_none(), "it is told only once");
}

async fn b_11_a_test_event_and_what_is_sent_again() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let made = studio.add_webhook(&receiver, None).await;
    let following = follow(&studio);

    let test = studio.ask_staff("POST", &below(&made, "/test"), &[], None).await;
    let came = receiver.has(1).await;

    assert_eq!(test.status, 202);
    assert_eq!(came[0].kind(), "webhook.test");
    assert_eq!(came[0].id(), test.json()["delivery_id"].as_str().unwrap());
    let done = |all: &[Value]| all[0]["state"] == "delivered";
    let delivery = studio.deliveries_when(&made, done).await.remove(0);
    assert_eq!(delivery["attempts"][0]["status"], 200);
    let again = format!("/deliveries/{}/redelivery", delivery["delivery_id"].as_str().unwrap());
    let again = studio.ask_staff("POST", &below(&made, &again), &[], None).await;
    assert_eq!((again.status.as_u16(), again.json()["state"].as_str()), (202, Some("waiting")));
    let came = receiver.has(2).await;
    let twice = |all: &[Value]| all[0]["attempts"].as_array().unwrap().len() == 2;
    studio.deliveries_when(&made, twice).await;
    following.stop().await;
    assert_eq!(came[0].id(), came[1].id(), "whoever took it once can tell");
}
