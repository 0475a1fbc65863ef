//! Booking with a membership over the API.

use aggregates::branch::MembershipBooking;
use serde_json::{Value, json};

use crate::studio::http::{Answered, anna, at, ben};
use crate::studio::{BOXING, Studio, YOGA};

/// Ten visits of yoga for Anna, with those fields otherwise.
async fn grant(studio: &Studio, otherwise: Value) -> Value {
    let mut body = json!({
        "client_name": "Anna Berg", "client_phone": "+49 30 23125014", "name": "Ten visits",
        "service_ids": [YOGA], "visits": 10
    });
    for (field, value) in otherwise.as_object().unwrap() {
        body[field] = value.clone();
    }
    studio.ask_staff("POST", &at("/memberships"), &[], Some(body)).await.accepted()
}

async fn set_membership_booking(studio: &Studio, booking: MembershipBooking) {
    studio.set_yoga(|yoga| yoga.membership_booking = booking).await;
}

fn choosing_membership(mut person: Value) -> Value {
    person["with_membership"] = json!(true);
    person
}

async fn memberships(studio: &Studio, answer: &Answered) -> Vec<Value> {
    let mut found = vec![];
    for appointment in studio.appointments(&answer.accepted()) {
        found.push(appointment.see().await["membership_id"].clone());
    }
    found
}

#[tokio::test]
async fn s_06_s_08_three_events_are_booked_with_two_visits_left() {
    let studio = Studio::open().await;
    set_membership_booking(&studio, MembershipBooking::Required).await;
    let granted = grant(&studio, json!({"visits": 2})).await;

    let booked = studio.cart(&studio.yoga[..3]).await.confirm(anna()).await;

    let own = granted["membership_id"].clone();
    assert_eq!(memberships(&studio, &booked).await, vec![own; 3], "s_06: for each of them");
}

#[tokio::test]
async fn s_07_without_a_membership_that_applies_nothing_is_booked_where_one_is_required() {
    let studio = Studio::open().await;
    set_membership_booking(&studio, MembershipBooking::Required).await;
    grant(&studio, json!({"service_ids": [BOXING]})).await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let head = studio.head().await;

    for person in [anna(), ben(), choosing_membership(anna())] {
        let problem = cart.confirm(person.clone()).await.problem(422, "not-booked");
        for item in problem["items"].as_array().unwrap() {
            assert_eq!(item["reason"], "no-membership");
        }
        assert_eq!(cart.dry_run(person).await.accepted()["accepted"], false);
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn a_24_off_optional_or_required_by_whether_one_applies_and_is_chosen() {
    use MembershipBooking::{Off, Optional, Required};

    let studio = Studio::open().await;
    let granted = grant(&studio, json!({})).await["membership_id"].clone();
    let with = |granted: &Value| Some(granted.clone());
    let without = Some(Value::Null);
    let mut events = studio.yoga.iter();

    for (setting, applies, chosen, expected) in [
        (Off, true, false, without.clone()),
        (Off, true, true, without.clone()),
        (Off, false, true, without.clone()),
        (Optional, true, false, without.clone()),
        (Optional, true, true, with(&granted)),
        (Optional, false, false, without),
        (Optional, false, true, None),
        (Required, true, false, with(&granted)),
        (Required, true, true, with(&granted)),
        (Required, false, false, None),
    ] {
        set_membership_booking(&studio, setting).await;
        let person = if applies { anna() } else { ben() };
        let person = if chosen { choosing_membership(person) } else { person };

        let answer = studio.cart(&[*events.next().unwrap()]).await.confirm(person).await;

        let case = format!("{setting:?}, applies: {applies}, chosen: {chosen}");
        if let Some(membership) = expected {
            assert_eq!(memberships(&studio, &answer).await, [membership], "{case}");
        } else {
            let problem = answer.problem(422, "not-booked");
            assert_eq!(problem["items"][0]["reason"], "no-membership", "{case}");
        }
    }
}

#[tokio::test]
async fn a_24_released_and_frozen_ones_apply_and_used_up_or_expired_ones_do_not() {
    let studio = Studio::open().await;
    set_membership_booking(&studio, MembershipBooking::Required).await;

    for (n, (terms, applies)) in [
        (json!({"status": "released"}), true),
        (json!({"status": "frozen"}), true),
        (json!({"visits": null, "service_ids": null}), true),
        (json!({"visits": 1}), true),
        (json!({"visits": 0}), false),
        (json!({"expires_on": "2027-01-05"}), true),
        (json!({"expires_on": "2027-01-04"}), false),
    ]
    .into_iter()
    .enumerate()
    {
        let phone = format!("030 2312 502{n}");
        let mut otherwise = terms.clone();
        otherwise["client_phone"] = json!(phone);
        grant(&studio, otherwise).await;

        let person = json!({"name": "Anna Berg", "phone": phone});
        let answer = studio.cart(&studio.yoga[..1]).await.confirm(person).await;

        assert_eq!(answer.status.is_success(), applies, "{terms}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_24_a_membership_that_expires_between_two_dates_covers_only_the_first() {
    let studio = Studio::open().await;
    set_membership_booking(&studio, MembershipBooking::Required).await;
    grant(&studio, json!({"expires_on": "2027-01-05"})).await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    let problem = cart.confirm(anna()).await.problem(422, "not-booked");

    assert_eq!(problem["items"][0]["reason"], Value::Null);
    assert_eq!(problem["items"][1]["reason"], "no-membership");

    let first = &studio.book(&studio.yoga[..1], anna()).await[0];
    first.reschedule(studio.yoga[1]).await.problem(422, "no-membership");
    set_membership_booking(&studio, MembershipBooking::Off).await;
    first.reschedule(studio.yoga[1]).await.accepted();
}
