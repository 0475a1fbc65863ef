//! The schedule over the API: what staff change about events, and what follows for appointments.

use serde_json::{Value, json};

use crate::studio::http::{anna, at, ben};
use crate::studio::{MARCO, SOFIE, Studio, YOGA};

fn yoga_at(starts_local: &str) -> Value {
    json!({
        "service_id": YOGA, "team_member_id": SOFIE, "starts_local": starts_local,
        "duration_minutes": 60, "capacity": 12
    })
}

async fn schedule(studio: &Studio, event: Value) -> crate::studio::http::Answered {
    studio.ask_staff("POST", &at("/activities"), &[], Some(event)).await
}

#[tokio::test]
async fn e_20_a_cancelled_event_cancels_each_of_its_appointments_with_a_fact_of_its_own() {
    let studio = Studio::open().await;
    let annas = studio.book(&studio.yoga[..2], anna()).await;
    let bens = studio.book(&studio.yoga[..1], ben()).await;
    let event = format!("/activities/{}", studio.yoga[0]);
    let before = studio.facts().await.len();

    let cancelled = studio.change("POST", &event, "/cancellation", None).await.accepted();

    assert_eq!((&cancelled["cancelled"], &cancelled["taken"]), (&json!(true), &json!(0)));
    let names: Vec<_> = studio.facts().await[before..].iter().map(|fact| fact.event_type.clone()).collect();
    let each = "appointment.cancelled.v1";
    assert_eq!(names, ["activity.cancelled.v1", each, each], "a_19: nothing changes in silence");
    for appointment in [&annas[0], &bens[0]] {
        let seen = appointment.see().await;
        assert_eq!((&seen["status"], &seen["cancelled_by"]), (&json!("cancelled"), &json!("studio")));
    }
    assert_eq!(annas[1].see().await["status"], "booked");
    let capacity = studio.change("PUT", &event, "/capacity", Some(json!({"capacity": 3}))).await;
    capacity.problem(422, "activity-cancelled");
}

#[tokio::test]
async fn a_19_a_moved_event_moves_each_of_its_appointments() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..2], anna()).await;
    let event = format!("/activities/{}", studio.yoga[0]);
    let move_to = json!({"starts_local": "2027-01-06T20:00:00", "duration_minutes": 90});

    studio.change("POST", &event, "/moving", Some(move_to)).await.accepted();

    let seen = booked[0].see().await;
    assert_eq!(seen["starts_at"], "2027-01-06T20:00:00+01:00");
    assert_eq!(seen["ends_at"], "2027-01-06T21:30:00+01:00");
    assert_eq!(seen["moved_from"], "2027-01-05T18:30:00+01:00");
    let calendar = booked[0].ask("GET", "/calendar.ics", None).await;
    assert!(calendar.body.contains("DTSTART:20270106T190000Z") && calendar.body.contains("SEQUENCE:1"));
    assert_eq!(studio.facts().await.last().unwrap().event_type, "appointment.moved.v1");
    assert_eq!(booked[1].see().await["version"], 1);
}

#[tokio::test]
async fn e_21_a_replaced_team_member_is_seen_by_every_client_of_that_event() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..3], anna()).await;
    let event = format!("/activities/{}", studio.yoga[1]);
    let marco = Some(json!({"team_member_id": MARCO}));

    studio.change("PUT", &event, "/team-member", marco.clone()).await.accepted();

    let mut members = vec![];
    for appointment in &booked {
        members.push(appointment.see().await["team_member"].clone());
    }
    assert_eq!(members, ["Sofie", "Marco", "Sofie"]);
    let head = studio.head().await;
    studio.change("PUT", &event, "/team-member", marco).await.accepted();
    assert_eq!(studio.head().await, head, "once is enough");
    booked[1].reschedule(studio.yoga[5]).await.problem(422, "different-team-members");
    booked[1].cancel().await.accepted();
}

#[tokio::test]
async fn a_25_a_single_event_in_a_gap_of_daylight_saving_is_refused_with_both_neighbours_named() {
    let studio = Studio::open().await;
    let head = studio.head().await;

    let single = schedule(&studio, yoga_at("2027-03-28T02:30:00")).await;
    let moved = Some(json!({"starts_local": "2027-03-28T02:30:00"}));
    let moved = studio.change("POST", &format!("/activities/{}", studio.yoga[0]), "/moving", moved).await;
    for refused in [single, moved] {
        let problem = refused.wrong_fields(422, "no-such-local-time", &["/starts_local"]);
        let detail = problem["detail"].as_str().unwrap();
        let neighbours = ["2027-03-28T01:30:00", "2027-03-28T03:30:00"];
        assert!(neighbours.iter().all(|neighbour| detail.contains(neighbour)), "{detail}");
    }
    assert_eq!(studio.head().await, head);
    let twice = schedule(&studio, yoga_at("2026-10-25T02:30:00")).await.accepted();
    assert_eq!(twice["items"][0]["starts_at"], "2026-10-25T02:30:00+02:00", "the first of two");
}

#[tokio::test]
async fn e_08_a_weekly_series_keeps_wall_time_across_both_changes_of_the_clock() {
    let studio = Studio::open().await;
    let series = async |first: &str| {
        let mut event = yoga_at(first);
        event["weeks"] = json!(3);
        let made = schedule(&studio, event).await.accepted();
        let start = |it: &Value| (it["starts_at"].as_str().unwrap().to_owned(), it["shifted"] == json!(true));
        made["items"].as_array().unwrap().iter().map(start).collect::<Vec<_>>()
    };
    let all = |starts: [(&str, bool); 3]| starts.map(|(start, shifted)| (start.to_owned(), shifted));

    assert_eq!(
        series("2027-03-21T18:30:00").await,
        all([
            ("2027-03-21T18:30:00+01:00", false),
            ("2027-03-28T18:30:00+02:00", false),
            ("2027-04-04T18:30:00+02:00", false),
        ])
    );
    assert_eq!(
        series("2027-03-21T02:30:00").await,
        all([
            ("2027-03-21T02:30:00+01:00", false),
            ("2027-03-28T03:30:00+02:00", true),
            ("2027-04-04T02:30:00+02:00", false),
        ]),
        "a_25: in a gap it starts later by the gap, and says so"
    );
    assert_eq!(
        series("2027-10-24T02:30:00").await,
        all([
            ("2027-10-24T02:30:00+02:00", false),
            ("2027-10-31T02:30:00+02:00", false),
            ("2027-11-07T02:30:00+01:00", false),
        ]),
        "a_25: in an overlap it takes the first"
    );
}
