//! One appointment in the hands of its client: cancelled, moved, made smaller, while the others stay as they are.

use aggregates::branch::Duplicates;
use aggregates::change_rules::ChangeRule;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::studio::http::{Held, anna, at, ben};
use crate::studio::{BOXING, MARCO, SOFIE, Studio, YOGA};

fn rule(allowed: bool, minutes: u32) -> ChangeRule {
    ChangeRule { allowed, notice: minutes.try_into().unwrap() }
}

async fn free(studio: &Studio, event: aggregates::ids::ActivityId) -> Value {
    studio.ask_staff("GET", &at(format!("/activities/{event}")), &[], None).await.accepted()["spots_left"]
        .clone()
}

async fn all(appointments: &[Held<'_>]) -> Vec<Value> {
    let mut seen = vec![];
    for appointment in appointments {
        seen.push(appointment.see().await);
    }
    seen
}

#[tokio::test]
async fn s_35_both_rules_on_and_off_before_at_and_after_the_boundary() {
    // The first event starts 33.5 hours after the studio opens.
    const STARTS_IN: i64 = 33 * 60 + 30;
    let notice = |hours: u32| hours * 60;
    let mut cases = vec![];
    for cancelling in [true, false] {
        for rescheduling in [true, false] {
            cases.extend([-1_i64, 0, 1].map(|after| (cancelling, rescheduling, after)));
        }
    }

    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..1], anna()).await;
    let appointment = &booked[0];
    // Cancelling closes ten hours before the start, rescheduling two: each is tried around its own boundary.
    studio.clock.advance(TimeDelta::minutes(STARTS_IN - i64::from(notice(10))));
    let clock = |after: i64| studio.clock.advance(TimeDelta::microseconds(after));
    for (cancelling, rescheduling, after) in &cases {
        studio
            .set_rules(|rules| {
                rules.cancellation = rule(*cancelling, notice(10));
                rules.rescheduling = rule(*rescheduling, notice(2));
            })
            .await;
        clock(*after);
        let case = format!("{cancelling} {rescheduling} {after}");
        let shown = appointment.see().await;
        let open = *cancelling && *after <= 0;
        assert_eq!(shown["cancellation"]["allowed"], open, "{case}");
        let reason =
            if open { Value::Null } else { json!(if *cancelling { "notice-passed" } else { "not-allowed" }) };
        assert_eq!(shown["cancellation"]["reason"], reason, "{case}");
        let until = if *cancelling { json!("2027-01-05T08:30:00+01:00") } else { Value::Null };
        assert_eq!(shown["cancellation"]["until"], until, "{case}");
        assert_eq!(shown["rescheduling"]["allowed"], *rescheduling, "{case}: each on its own");
        if !open {
            let head = studio.head().await;
            appointment.cancel().await.problem(422, "cancelling-closed");
            assert_eq!(studio.head().await, head);
        }
        clock(-*after);
    }
    studio.clock.advance(TimeDelta::hours(8));
    for (cancelling, rescheduling, after) in cases {
        studio
            .set_rules(|rules| {
                rules.cancellation = rule(cancelling, notice(0));
                rules.rescheduling = rule(rescheduling, notice(2));
            })
            .await;
        clock(after);
        let open = rescheduling && after <= 0;
        let shown = appointment.see().await;
        assert_eq!(shown["rescheduling"]["allowed"], open, "{cancelling} {rescheduling} {after}");
        assert_eq!(shown["cancellation"]["allowed"], cancelling);
        let moved = appointment.reschedule(studio.yoga[5]).await;
        if open {
            moved.accepted();
            let back = json!({"activity_id": studio.yoga[0]});
            let journal = format!("/journal/appointments/{}", appointment.id);
            studio.change("POST", &journal, "/rescheduling", Some(back)).await.accepted();
        } else {
            moved.problem(422, "rescheduling-closed");
        }
        clock(-after);
    }
    studio.set_rules(|rules| rules.cancellation = rule(true, 120)).await;
    appointment.cancel().await.accepted();
}

#[tokio::test]
async fn a_12_after_the_start_nothing_is_changed_even_without_notice() {
    let studio = Studio::open().await;
    studio.set_rules(|rules| (rules.cancellation, rules.rescheduling) = (rule(true, 0), rule(true, 0))).await;
    let appointment = &studio.book(&studio.yoga[..1], anna()).await[0];
    studio.clock.advance(TimeDelta::minutes(33 * 60 + 30) + TimeDelta::microseconds(1));

    appointment.cancel().await.problem(422, "cancelling-closed");
    appointment.reschedule(studio.yoga[3]).await.problem(422, "rescheduling-closed");
}

#[tokio::test]
async fn e_23_s_29_s_31_a_client_cancels_one_of_five_inside_and_outside_the_notice() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..5], anna()).await;
    let before = all(&booked).await;
    studio.clock.advance(TimeDelta::hours(12));

    booked[0].cancel().await.problem(422, "cancelling-closed");
    let cancelled = booked[3].cancel().await.accepted();

    assert_eq!((&cancelled["status"], &cancelled["cancelled_by"]), (&json!("cancelled"), &json!("client")));
    assert_eq!(free(&studio, studio.yoga[3]).await, 12);
    for (n, appointment) in booked.iter().enumerate().filter(|(n, _)| *n != 3) {
        let now = appointment.see().await;
        for field in ["status", "version", "starts_at", "spots"] {
            assert_eq!(now[field], before[n][field], "s_31: the others are not touched");
        }
    }
    let head = studio.head().await;
    assert_eq!(booked[3].cancel().await.accepted(), cancelled, "cancelling again changes nothing");
    booked[3].reschedule(studio.yoga[9]).await.problem(422, "appointment-cancelled");
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn s_30_the_four_values_are_independent_and_count_at_once() {
    let studio = Studio::open().await;
    let appointment = &studio.book(&studio.yoga[..1], anna()).await[0];

    for (cancellation, rescheduling) in
        [((true, 60), (false, 2880)), ((false, 0), (true, 1440)), ((true, 525_600), (true, 0))]
    {
        let body = json!({
            "prepayment": false, "multiple_spots": 4, "duplicates": "refuse",
            "cancellation": {"allowed": cancellation.0, "notice_minutes": cancellation.1},
            "rescheduling": {"allowed": rescheduling.0, "notice_minutes": rescheduling.1}
        });
        let saved = studio.change("PUT", "/rules", "", Some(body.clone())).await.accepted();
        assert_eq!(saved, body);
        let shown = appointment.see().await;
        assert_eq!(shown["cancellation"]["allowed"], cancellation.0 && cancellation.1 <= 60);
        assert_eq!(shown["rescheduling"]["allowed"], rescheduling.0);
    }
}

#[tokio::test]
async fn a_13_an_appointment_moves_to_another_bookable_event_of_the_same_kind() {
    let studio = Studio::open().await;
    let boxing_by_sofie = studio.schedule(BOXING, SOFIE, &["2027-01-08T10:00:00"], 12).await;
    let yoga_by_marco = studio.schedule(YOGA, MARCO, &["2027-01-08T12:00:00"], 12).await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    cart.set_spots(studio.yoga[0], 3).await.accepted();
    let booked = studio.appointments(&cart.confirm(anna()).await.accepted());
    studio.leave(studio.yoga[4], 2).await;
    let closed = format!("/activities/{}", studio.yoga[5]);
    studio.change("PUT", &closed, "/online-booking", Some(json!({"open": false}))).await.accepted();

    let dates = booked[0].ask("GET", "/rescheduling", None).await.accepted();
    let dates: Vec<_> =
        dates["items"].as_array().unwrap().iter().map(|it| it["activity_id"].as_str().unwrap()).collect();
    let possible = [&studio.yoga[1..4], &studio.yoga[6..]].concat();
    assert_eq!(dates, possible.iter().map(ToString::to_string).collect::<Vec<_>>());

    let head = studio.head().await;
    booked[0].reschedule(boxing_by_sofie[0]).await.problem(422, "different-services");
    booked[0].reschedule(yoga_by_marco[0]).await.problem(422, "different-team-members");
    booked[0].reschedule(studio.yoga[4]).await.problem(422, "not-enough-spots");
    booked[0].reschedule(studio.yoga[5]).await.problem(422, "booking-closed");
    booked[0].reschedule(studio.yoga[1]).await.problem(422, "already-booked");
    assert_eq!(studio.head().await, head);

    let moved = booked[0].reschedule(studio.yoga[6]).await.accepted();
    assert_eq!((&moved["activity_id"], &moved["spots"]), (&json!(studio.yoga[6]), &json!(3)));
    assert_eq!(moved["moved_from"], "2027-01-05T18:30:00+01:00");
    assert_eq!([free(&studio, studio.yoga[0]).await, free(&studio, studio.yoga[6]).await], [12, 9]);
    assert_eq!(booked[1].see().await["activity_id"], json!(studio.yoga[1]), "s_31");
}

#[tokio::test]
async fn a_29_moving_into_an_event_that_the_client_already_has_is_judged_by_the_same_rule() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..2], anna()).await;
    studio.book(&studio.yoga[2..3], ben()).await;

    booked[0].reschedule(studio.yoga[1]).await.problem(422, "already-booked");
    booked[0].reschedule(studio.yoga[2]).await.accepted();
    studio.set_rules(|rules| rules.duplicates = Duplicates::Allow).await;
    booked[0].reschedule(studio.yoga[1]).await.accepted();
    assert_eq!(free(&studio, studio.yoga[1]).await, 10);
}

#[tokio::test]
async fn a_28_spots_are_reduced_under_the_cancellation_rule() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    for event in &studio.yoga[..2] {
        cart.set_spots(*event, 4).await.accepted();
    }
    let booked = studio.appointments(&cart.confirm(anna()).await.accepted());
    let keep =
        async |n: usize, spots: u32| booked[n].ask("PUT", "/spots", Some(json!({"spots": spots}))).await;

    assert_eq!(keep(0, 2).await.accepted()["spots"], 2);
    assert_eq!([free(&studio, studio.yoga[0]).await, free(&studio, studio.yoga[1]).await], [10, 8]);
    keep(0, 3).await.problem(422, "not-fewer-spots");
    studio.clock.advance(TimeDelta::hours(10));
    keep(0, 1).await.problem(422, "cancelling-closed");
    keep(1, 1).await.accepted();
    assert_eq!([free(&studio, studio.yoga[0]).await, free(&studio, studio.yoga[1]).await], [10, 11]);
}

#[tokio::test]
async fn a_23_a_change_with_a_key_is_made_once() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..1], anna()).await;
    let key = [("idempotency-key", "move")];
    let to = |n: usize| Some(json!({"activity_id": studio.yoga[n]}));

    booked[0].ask_with("POST", "/rescheduling", &key, to(4)).await.accepted();
    let head = studio.head().await;
    let again = booked[0].ask_with("POST", "/rescheduling", &key, to(4)).await;
    again.accepted();
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let other = booked[0].ask_with("POST", "/rescheduling", &key, to(5)).await;
    other.problem(422, "idempotency-key-reused");
    booked[0].ask_with("POST", "/cancellation", &key, None).await.problem(422, "idempotency-key-reused");
    assert_eq!(studio.head().await, head);
}
