//! The journal over the API: what staff see, and what they may do that clients may not.

use aggregates::change_rules::ChangeRule;
use aggregates::ids::ActivityId;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::studio::http::{anna, at, ben};
use crate::studio::{LINK, MARCO, SOFIE, Studio};

async fn journal(studio: &Studio, query: &str) -> Value {
    studio.ask_staff("GET", &at(format!("/journal{query}")), &[], None).await.accepted()
}

fn starts(journal: &Value) -> Vec<&str> {
    journal["items"].as_array().unwrap().iter().map(|item| item["starts_at"].as_str().unwrap()).collect()
}

fn appointment(id: &str) -> String {
    format!("/journal/appointments/{id}")
}

async fn taken(studio: &Studio, event: ActivityId) -> (u64, u64) {
    let event = studio.ask_staff("GET", &at(format!("/activities/{event}")), &[], None).await.accepted();
    (event["taken"].as_u64().unwrap(), event["spots_left"].as_u64().unwrap())
}

#[tokio::test]
async fn s_32_staff_cancel_and_reschedule_and_are_not_bound_by_the_clients_notice() {
    let studio = Studio::open().await;
    let off = ChangeRule::default();
    studio.set_rules(|rules| (rules.cancellation, rules.rescheduling) = (off, off)).await;
    let booked = studio.book(&studio.yoga[..3], anna()).await;
    studio.clock.advance(TimeDelta::hours(33));
    booked[0].cancel().await.problem(422, "cancelling-closed");

    let moved = Some(json!({"activity_id": studio.boxing[2]}));
    let moved = studio.change("POST", &appointment(&booked[0].id), "/rescheduling", moved).await.accepted();
    let kind = (&moved["service"], &moved["team_member"]);
    assert_eq!(kind, (&json!("Boxing"), &json!("Marco")), "a_13: staff move to any event");
    let cancelled =
        studio.change("POST", &appointment(&booked[1].id), "/cancellation", None).await.accepted();
    assert_eq!((&cancelled["status"], &cancelled["cancelled_by"]), (&json!("cancelled"), &json!("staff")));

    assert_eq!(booked[0].see().await["service"], "Boxing", "the client sees it");
    assert_eq!(booked[2].see().await["version"], 1, "s_31: the third is not touched");
    assert_eq!(taken(&studio, studio.boxing[2]).await, (1, 11));
    assert_eq!(taken(&studio, studio.yoga[1]).await, (0, 12));
    studio.clock.advance(TimeDelta::days(10));
    studio.change("POST", &appointment(&booked[2].id), "/cancellation", None).await.accepted();
}

#[tokio::test]
async fn a_28_staff_reduce_spots_also_inside_the_notice() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    cart.set_spots(studio.yoga[0], 4).await.accepted();
    let booked = studio.appointments(&cart.confirm(anna()).await.accepted());
    studio.clock.advance(TimeDelta::hours(33));
    let address = appointment(&booked[0].id);

    let kept = studio.change("PUT", &address, "/spots", Some(json!({"spots": 1}))).await.accepted();

    assert_eq!((&kept["spots"], taken(&studio, studio.yoga[0]).await), (&json!(1), (1, 11)));
    let more = studio.change("PUT", &address, "/spots", Some(json!({"spots": 2}))).await;
    more.problem(422, "not-fewer-spots");
}

#[tokio::test]
async fn a_20_staff_overbook_on_purpose_with_force_and_free_spots_are_never_below_0() {
    let studio = Studio::with_capacity(1).await;
    let here = studio.book(&studio.yoga[..1], anna()).await;
    studio.book(&studio.yoga[1..2], ben()).await;
    let (address, full) = (appointment(&here[0].id), studio.yoga[1]);
    let into_full = |force: bool| Some(json!({"activity_id": full, "force": force}));

    let head = studio.head().await;
    let refused = studio.change("POST", &address, "/rescheduling", into_full(false)).await;
    refused.problem(422, "not-enough-spots");
    assert_eq!(studio.head().await, head);
    studio.change("POST", &address, "/rescheduling", into_full(true)).await.accepted();

    assert_eq!(taken(&studio, full).await, (2, 0));
    let facts = studio.facts().await;
    let taken = facts.iter().rev().find(|fact| fact.event_type == "activity.spots-taken.v1").unwrap();
    assert!(taken.payload.contains("\"overbooked\":true"), "it is recorded: {}", taken.payload);
    assert!(taken.metadata.contains("\"actor\":\"staff\""), "{}", taken.metadata);
    let third = studio.try_cart(LINK, &[full]).await.problem(422, "items-refused");
    assert_eq!(third["items"][0]["spots_left"], 0);
}

#[tokio::test]
async fn a_20_a_capacity_below_what_is_taken_needs_force() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    studio.book(&[event], anna()).await;
    studio.book(&[event], ben()).await;
    let address = format!("/activities/{event}");
    let capacity = |force: bool| Some(json!({"capacity": 1, "force": force}));

    let refused = studio.change("PUT", &address, "/capacity", capacity(false)).await;
    refused.problem(422, "capacity-below-taken");
    studio.change("PUT", &address, "/capacity", capacity(true)).await.accepted();

    assert_eq!(taken(&studio, event).await, (2, 0));
}

#[tokio::test]
async fn the_journal_shows_a_day_a_range_a_team_member_an_event_or_a_status() {
    let studio = Studio::open().await;
    let anna_booked = studio.book(&[studio.yoga[0], studio.yoga[2]], anna()).await;
    studio.book(&[studio.boxing[0], studio.boxing[1]], ben()).await;
    anna_booked[1].cancel().await.accepted();
    let [tuesday, wednesday, next_tuesday, next_wednesday] = [
        "2027-01-05T18:30:00+01:00",
        "2027-01-06T19:00:00+01:00",
        "2027-01-12T18:30:00+01:00",
        "2027-01-13T19:00:00+01:00",
    ];

    assert_eq!(starts(&journal(&studio, "").await), [tuesday, wednesday, next_tuesday, next_wednesday]);
    assert_eq!(starts(&journal(&studio, "?day=2027-01-06").await), [wednesday]);
    assert_eq!(starts(&journal(&studio, "?day=2027-01-08").await), [""; 0]);
    let range = "?from=2027-01-06T18:00:00Z&before=2027-01-13T18:00:00Z";
    assert_eq!(starts(&journal(&studio, range).await), [wednesday, next_tuesday], "the end is not in it");
    let sofie = format!("?team_member_id={SOFIE}");
    assert_eq!(starts(&journal(&studio, &sofie).await), [tuesday, next_tuesday]);
    let marco = format!("?team_member_id={MARCO}&day=2027-01-13");
    assert_eq!(starts(&journal(&studio, &marco).await), [next_wednesday]);
    let event = format!("?activity_id={}", studio.boxing[0]);
    assert_eq!(starts(&journal(&studio, &event).await), [wednesday]);
    assert_eq!(starts(&journal(&studio, "?status=cancelled").await), [next_tuesday]);
    let booked = journal(&studio, "?status=booked").await;
    assert_eq!(starts(&booked), [tuesday, wednesday, next_wednesday]);
    let people =
        booked["items"].as_array().unwrap().iter().map(|item| item["client"]["name"].as_str().unwrap());
    assert_eq!(people.collect::<Vec<_>>(), ["Anna Berg", "Ben Holm", "Ben Holm"]);

    studio.clock.advance(TimeDelta::days(2));
    let from_today = journal(&studio, "").await;
    assert_eq!(starts(&from_today), [wednesday, next_tuesday, next_wednesday]);
}

#[tokio::test]
async fn the_journal_of_one_branch_shows_nothing_of_another() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    studio.book(&studio.yoga[..1], anna()).await;

    let path = format!("/api/v1/branches/{}/journal", there.branch);
    assert_eq!(studio.ask_staff("GET", &path, &[], None).await.accepted()["items"], json!([]));
}

#[tokio::test]
async fn s_32_attendance_is_noted_and_taken_back() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..1], anna()).await;
    studio.clock.advance(TimeDelta::days(2));
    let note = async |attendance: Value| {
        let body = Some(json!({"attendance": attendance}));
        studio.change("PUT", &appointment(&booked[0].id), "/attendance", body).await
    };

    let noted = note(json!("no_show")).await.accepted();
    assert_eq!((&noted["attendance"], &noted["version"]), (&json!("no_show"), &json!(2)));
    assert_eq!(journal(&studio, "?day=2027-01-05").await["items"][0]["attendance"], "no_show");
    let back = note(Value::Null).await.accepted();
    assert_eq!(back["attendance"], Value::Null);
    note(json!("late")).await.wrong_fields(400, "malformed", &["/attendance"]);
}
