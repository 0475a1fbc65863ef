//! What happens between the page and the confirmation: judged by the settings of the moment, and told (E-19, A-14).

use aggregates::ids::ActivityId;
use aggregates::values::MultipleEventBooking;
use serde_json::{Value, json};

use crate::studio::http::anna;
use crate::studio::{LINK, MARCO, Studio};

fn with_seen(seen: &Value) -> Value {
    let mut person = anna();
    person["seen"] = seen.clone();
    person
}

fn event(id: ActivityId) -> String {
    format!("/activities/{id}")
}

#[tokio::test]
async fn e_19_prepayment_switched_on() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    studio.set_rules(|rules| rules.prepayment = true).await;
    let head = studio.head().await;

    for answer in [cart.confirm(anna()).await, cart.dry_run(anna()).await] {
        let problem = answer.problem(422, "prepayment-enabled");
        assert_eq!(problem["changed"], json!([{"what": "prepayment", "was": false, "is": true}]));
    }
    assert_eq!(studio.head().await, head);
    studio.set_rules(|_| {}).await;
    cart.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn e_19_the_limit_lowered_or_the_setting_switched_off() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let up_to_two = MultipleEventBooking::UpTo(2.try_into().unwrap());

    for (setting, is) in [(up_to_two, 2), (MultipleEventBooking::Off, 1)] {
        studio.set_up_link(|settings| settings.multiple_events = setting).await;
        let problem = cart.confirm(anna()).await.problem(422, "too-many-events");
        assert_eq!(problem["changed"], json!([{"what": "max_events", "was": 10, "is": is}]));
    }
    cart.select(&studio.yoga[..1]).await.accepted();
    cart.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn e_19_an_event_moved() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let moved = json!({"starts_local": "2027-01-07T19:00:00"});
    studio.change("POST", &event(studio.yoga[1]), "/moving", Some(moved)).await.accepted();

    let problem = cart.confirm(anna()).await.problem(422, "not-booked");

    assert_eq!(
        problem["changed"],
        json!([{
            "what": "starts_at", "activity_id": studio.yoga[1],
            "was": "2027-01-07T17:30:00+00:00", "is": "2027-01-07T18:00:00+00:00"
        }])
    );
    assert_eq!(problem["items"][1]["reason"], "activity-moved");

    let fresh = cart.see().await;
    cart.confirm(with_seen(&fresh["seen"])).await.accepted();
}

#[tokio::test]
async fn e_19_an_event_started() {
    let studio = Studio::open().await;
    studio.clock.advance(chrono::TimeDelta::hours(23));
    let cart = studio.cart(&studio.yoga[..2]).await;
    studio.clock.advance(chrono::TimeDelta::hours(11));

    let problem = cart.confirm(anna()).await.problem(422, "not-booked");

    assert_eq!(problem["items"][0]["reason"], "already-started");
    let changed = json!([{"what": "bookable", "activity_id": studio.yoga[0], "was": true, "is": false}]);
    assert_eq!(problem["changed"], changed);
}

#[tokio::test]
async fn e_19_an_event_closed_cancelled_or_sold_out() {
    let studio = Studio::with_capacity(1).await;
    let [closed, cancelled, full] = [0, 1, 2].map(|n| studio.yoga[n]);
    let cart = studio.cart(&studio.yoga[..4]).await;
    studio.change("PUT", &event(closed), "/online-booking", Some(json!({"open": false}))).await.accepted();
    studio.change("POST", &event(cancelled), "/cancellation", None).await.accepted();
    studio.book(&[full], crate::studio::http::ben()).await;

    let problem = cart.confirm(anna()).await.problem(422, "not-booked");

    let reasons: Vec<_> = (0..4).map(|n| problem["items"][n]["reason"].clone()).collect();
    let expected = json!(["booking-closed", "activity-cancelled", "not-enough-spots", null]);
    assert_eq!(json!(reasons), expected);
    let changed = |id| json!({"what": "bookable", "activity_id": id, "was": true, "is": false});
    let mut expected = [closed, cancelled, full].map(changed);
    expected.sort_by_key(|change| change["activity_id"].as_str().unwrap().to_owned());
    assert_eq!(problem["changed"], json!(expected));

    let fresh = cart.see().await;
    let problem = cart.confirm(with_seen(&fresh["seen"])).await.problem(422, "not-booked");
    assert!(problem.get("changed").is_none(), "they were marked in what was shown: {problem}");
}

#[tokio::test]
async fn e_19_the_consent_text_reworded() {
    let studio = Studio::open().await;
    studio.set_up_link(|settings| settings.consent = Some("We keep your name.".to_owned())).await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    studio.set_up_link(|settings| settings.consent = Some("We keep your number.".to_owned())).await;
    let mut person = anna();
    person["consent_version"] = json!(1);

    let problem = cart.confirm(person).await.problem(422, "consent-changed");

    assert_eq!(problem["changed"], json!([{"what": "consent_version", "was": 1, "is": 2}]));
}

#[tokio::test]
async fn e_19_a_consent_text_that_was_not_there_before() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let seen = cart.see().await["seen"].clone();
    studio.set_up_link(|settings| settings.consent = Some("We keep your name.".to_owned())).await;

    for person in [anna(), with_seen(&seen)] {
        let problem = cart.confirm(person).await.problem(422, "consent-missing");
        assert_eq!(problem["changed"], json!([{"what": "consent_version", "was": null, "is": 1}]));
    }
}

#[tokio::test]
async fn a_14_what_does_not_stand_in_the_way_does_not_stop_the_booking() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    studio
        .set_up_link(|settings| settings.multiple_events = MultipleEventBooking::UpTo(2.try_into().unwrap()))
        .await;

    cart.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn a_14_the_link_closed_the_team_member_replaced_the_service_prepaid() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    studio.set_up_link(|settings| settings.active = false).await;
    cart.confirm(anna()).await.problem(422, "link-closed");
    studio.try_cart(LINK, &studio.yoga[..1]).await.problem(422, "link-closed");
    cart.set_spots(studio.yoga[0], 2).await.problem(422, "link-closed");
    cart.select(&studio.yoga[..1]).await.problem(422, "link-closed");
    studio.set_up_link(|_| {}).await;

    studio.set_yoga(|yoga| yoga.prepayment_required = true).await;
    cart.confirm(anna()).await.problem(422, "prepayment-required");
    studio.set_yoga(|_| {}).await;

    let marco = json!({"team_member_id": MARCO});
    studio.change("PUT", &event(studio.yoga[1]), "/team-member", Some(marco)).await.accepted();
    cart.confirm(anna()).await.problem(422, "different-team-members");
}
