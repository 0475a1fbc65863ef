//! Lists that are asked for again and again: the same answer for a moment, but never an older one than one's own booking.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::studio::http::{anna, at, ben, call};
use crate::studio::{LINK, Studio};
use axum::Router;
use cartwheel::web::{self, Hosts};

/// Spots that are left in the first event, as the list of the link says.
async fn left(routes: &Router, query: &str) -> Value {
    let list = at(format!("/links/{LINK}/activities{query}"));
    call(routes.clone(), "GET", &list, &[], None).await.accepted()["items"][0]["spots_left"].clone()
}

#[tokio::test]
async fn a_booking_shows_at_once_although_the_list_was_asked_for_just_before() {
    let studio = Studio::open().await;
    assert_eq!(left(&studio.public(), "").await, 12);

    let booked = studio.book(&studio.yoga[..1], anna()).await;
    assert_eq!(left(&studio.public(), "").await, 11);
    booked[0].cancel().await.accepted();
    assert_eq!(left(&studio.public(), "").await, 12);
    studio.leave(studio.yoga[0], 3).await;
    assert_eq!(left(&studio.public(), "").await, 3);
}

#[tokio::test]
async fn what_another_process_stored_shows_within_half_a_second() {
    let studio = Studio::open().await;
    let elsewhere = web::public(studio.another_process().await, Hosts::and_loopback([]));
    assert_eq!((left(&studio.public(), "").await, left(&elsewhere, "").await), (json!(12), json!(12)));

    studio.book(&studio.yoga[..1], anna()).await;
    let soon = left(&elsewhere, "").await;
    assert!(soon == 11 || soon == 12, "{soon}");
    studio.clock.advance(TimeDelta::milliseconds(500));
    assert_eq!(left(&elsewhere, "").await, 11);
}

#[tokio::test]
async fn every_question_has_its_own_answer() {
    let studio = Studio::open().await;
    studio.book(&studio.yoga[..1], ben()).await;

    for (query, spots) in [("", 11), ("?weekday=4", 12), ("?limit=1", 11), ("", 11), ("?weekday=4", 12)] {
        assert_eq!(left(&studio.public(), query).await, spots, "{query}");
    }
    let list = at(format!("/links/{LINK}/activities?limit=1"));
    let twice = [studio.ask("GET", &list, &[], None).await, studio.ask("GET", &list, &[], None).await];
    assert_eq!(twice[0].body, twice[1].body);
    for header in ["link", "content-type"] {
        assert_eq!(twice[0].headers[header], twice[1].headers[header]);
    }
    studio
        .ask("GET", &at(format!("/links/{LINK}/activities?limit=0")), &[], None)
        .await
        .problem(400, "malformed-query");
}

#[tokio::test]
async fn an_event_that_has_begun_is_listed_half_a_second_longer_at_most() {
    let studio = Studio::open().await;
    let first = |list: Value| list["items"][0]["activity_id"].clone();
    let list = at(format!("/links/{LINK}/activities"));
    assert_eq!(first(studio.ask("GET", &list, &[], None).await.accepted()), json!(studio.yoga[0]));

    studio.clock.advance(TimeDelta::days(1) + TimeDelta::hours(12));
    assert_ne!(first(studio.ask("GET", &list, &[], None).await.accepted()), json!(studio.yoga[0]));
}
