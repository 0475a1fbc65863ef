//! A cart over the API: how many events, which ones together, how many spots.

use aggregates::values::{MultipleEventBooking, MultipleSpots};
use serde_json::{Value, json};

use crate::studio::http::{Held, anna, at, ben};
use crate::studio::{BOXING, LINK, SOFIE, Studio};

fn spots(cart: &Value) -> Vec<u64> {
    cart["events"].as_array().unwrap().iter().map(|event| event["spots"].as_u64().unwrap()).collect()
}

fn selected(cart: &Value) -> Vec<&str> {
    cart["events"].as_array().unwrap().iter().map(|event| event["activity_id"].as_str().unwrap()).collect()
}

fn limit(max: u32) -> MultipleEventBooking {
    MultipleEventBooking::UpTo(max.try_into().unwrap())
}

#[tokio::test]
async fn s_04_team_members_and_services_are_not_mixed() {
    let studio = Studio::open().await;
    let boxing_by_sofie = studio.schedule(BOXING, SOFIE, &["2027-01-08T10:00:00"], 12).await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let head = studio.head().await;

    cart.select(&[studio.yoga[0], studio.boxing[0]]).await.problem(422, "different-team-members");
    cart.select(&[studio.yoga[0], boxing_by_sofie[0]]).await.problem(422, "different-services");
    studio.try_cart(LINK, &[studio.yoga[0], boxing_by_sofie[0]]).await.problem(422, "different-services");
    assert_eq!(studio.head().await, head);

    cart.select(&studio.boxing[..2]).await.accepted();
}

#[tokio::test]
async fn s_05_ten_events_fit_into_a_cart_and_never_eleven() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..10]).await;

    let refused = cart.select(&studio.yoga[..11]).await.problem(422, "too-many-events");

    assert!(refused["detail"].as_str().unwrap().contains("10"), "{refused}");
    assert_eq!(cart.see().await["events"].as_array().unwrap().len(), 10);
    let confirmed = cart.confirm(anna()).await.accepted();
    assert_eq!(confirmed["appointments"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn s_12_while_the_setting_is_off_a_cart_holds_one_event() {
    let studio = Studio::open().await;
    studio.set_up_link(|settings| settings.multiple_events = MultipleEventBooking::Off).await;

    let cart = studio.cart(&studio.yoga[..1]).await;
    assert_eq!(cart.see().await["limit"], 1);
    cart.select(&studio.yoga[..2]).await.problem(422, "too-many-events");
    cart.confirm(anna()).await.accepted();

    cart.select(&studio.yoga[1..2]).await.problem(409, "already-confirmed");
    let again = studio.cart(&studio.yoga[1..2]).await;
    again.confirm(json!({})).await.problem(400, "malformed");
    again.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn s_13_while_it_is_on_the_setting_is_the_limit_and_a_04_the_first_event_counts() {
    let studio = Studio::open().await;
    for max in [2, 3, 9] {
        studio.set_up_link(|settings| settings.multiple_events = limit(max)).await;
        let count = max as usize;

        let cart = studio.cart(&studio.yoga[..count]).await;

        assert_eq!(cart.see().await["limit"], max);
        let refused = cart.select(&studio.yoga[..=count]).await.problem(422, "too-many-events");
        assert!(refused["detail"].as_str().unwrap().contains(&max.to_string()), "{refused}");
    }
}

#[tokio::test]
async fn s_09_while_the_branch_takes_prepayment_events_are_booked_one_at_a_time() {
    let studio = Studio::open().await;
    studio.set_rules(|rules| rules.prepayment = true).await;

    studio.try_cart(LINK, &studio.yoga[..2]).await.problem(422, "prepayment-enabled");

    let cart = studio.cart(&studio.yoga[..1]).await;
    assert_eq!(cart.see().await["limit"], 1);
    cart.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn a_01_an_event_that_has_to_be_prepaid_is_not_one_of_several() {
    let studio = Studio::open().await;
    studio.set_yoga(|yoga| yoga.prepayment_required = true).await;

    studio.try_cart(LINK, &studio.yoga[..2]).await.problem(422, "prepayment-required");

    studio.cart(&studio.yoga[..1]).await.confirm(anna()).await.accepted();
    studio.cart(&studio.boxing[..2]).await.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn s_22_several_people_come_under_one_telephone_number() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    assert_eq!(spots(&cart.set_spots(studio.yoga[0], 3).await.accepted()), [3, 1]);

    let confirmed = cart.confirm(anna()).await.accepted();
    assert_eq!(confirmed["appointments"][0]["spots"], 3);
    let event = studio.ask_staff("GET", &at(format!("/activities/{}", studio.yoga[0])), &[], None).await;
    assert_eq!((&event.json()["taken"], &event.json()["spots_left"]), (&json!(3), &json!(9)));
}

#[tokio::test]
async fn a_03_spots_are_set_for_all_or_for_one_and_e_22_differ_within_a_cart() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let all = studio.yoga[..3].iter().map(|id| json!({"activity_id": id, "spots": 2})).collect::<Value>();

    let for_all = cart.ask("PUT", "/selection", Some(json!({"events": all}))).await.accepted();
    assert_eq!(spots(&for_all), [2, 2, 2]);
    let for_one = cart.set_spots(studio.yoga[1], 4).await.accepted();
    assert_eq!(spots(&for_one), [2, 4, 2]);
    let kept = cart.select(&studio.yoga[1..4]).await.accepted();
    assert_eq!(spots(&kept), [4, 2, 1], "what stays selected keeps its spots");

    let booked = cart.confirm(anna()).await.accepted();
    let booked: Vec<_> = booked["appointments"].as_array().unwrap().iter().map(|it| &it["spots"]).collect();
    assert_eq!(booked, [4, 2, 1]);
}

#[tokio::test]
async fn s_25_unchecking_removes_also_what_was_picked_first_and_what_is_selected_is_always_shown() {
    let studio = Studio::open().await;
    let cart = studio.cart(&[studio.yoga[0], studio.yoga[19]]).await;
    let beyond_the_three = studio.yoga[12];

    let seen = cart.select(&[studio.yoga[19], beyond_the_three]).await.accepted();

    let by_start = [beyond_the_three, studio.yoga[19]].map(|id| id.to_string());
    assert_eq!(selected(&seen), by_start);
    assert_eq!(selected(&cart.see().await), by_start);
    cart.select(&[]).await.accepted();
    assert_eq!(cart.see().await["events"], json!([]));
    cart.confirm(anna()).await.problem(422, "nothing-selected");
}

#[tokio::test]
async fn s_41_the_limit_of_events_does_not_limit_spots_nor_the_other_way_round() {
    let studio = Studio::open().await;
    studio.set_up_link(|settings| settings.multiple_events = limit(2)).await;
    studio.set_rules(|rules| rules.multiple_spots = MultipleSpots::UpTo(5.try_into().unwrap())).await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    for event in &studio.yoga[..2] {
        cart.set_spots(*event, 5).await.accepted();
    }
    assert_eq!(spots(&cart.see().await), [5, 5]);

    studio.set_up_link(|_| {}).await;
    studio.set_rules(|rules| rules.multiple_spots = MultipleSpots::Off).await;
    studio.cart(&studio.yoga[..10]).await.confirm(ben()).await.accepted();
}

#[tokio::test]
async fn s_42_e_02_spots_are_limited_by_the_journal_setting_and_by_what_is_free() {
    let studio = Studio::open().await;
    let (event, small) = (studio.yoga[0], studio.yoga[1]);
    let cart = studio.cart(&[event, small]).await;
    studio.leave(small, 3).await;
    let reason = |answer: crate::studio::http::Answered| {
        answer.problem(422, "items-refused")["items"][0]["reason"].as_str().unwrap().to_owned()
    };

    assert_eq!(reason(cart.set_spots(event, 5).await), "too-many-spots");
    assert_eq!(reason(cart.set_spots(small, 4).await), "not-enough-spots", "e_02: although three are left");
    cart.set_spots(small, 3).await.accepted();
    studio.set_rules(|rules| rules.multiple_spots = MultipleSpots::Off).await;
    assert_eq!(reason(cart.set_spots(event, 2).await), "too-many-spots");
    let link = studio.ask("GET", &at(format!("/links/{LINK}")), &[], None).await.accepted();
    assert_eq!(link["max_spots"], 1);
}

#[tokio::test]
async fn a_21_a_full_or_closed_event_stays_in_the_cart_marked_until_it_is_removed() {
    let studio = Studio::open().await;
    let [full, closed, good] = [0, 1, 2].map(|n| studio.yoga[n]);
    let cart = studio.cart(&[full, closed, good]).await;
    studio.leave(full, 1).await;
    studio.book(&[full], ben()).await;
    let close = json!({"open": false});
    studio.change("PUT", &format!("/activities/{closed}"), "/online-booking", Some(close)).await.accepted();

    let marks = |cart: &Value| -> Vec<Value> {
        cart["events"].as_array().unwrap().iter().map(|event| event["reason"].clone()).collect()
    };
    let marked = [json!("not-enough-spots"), json!("booking-closed"), Value::Null];
    assert_eq!(marks(&cart.see().await), marked);
    let edited = cart.select(&[full, closed, good, studio.yoga[3]]).await.accepted();
    assert_eq!(marks(&edited), [&marked[..], &[Value::Null]].concat(), "never dropped in silence");
    cart.select(&[good, studio.yoga[3]]).await.accepted();
    cart.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn e_17_an_abandoned_cart_costs_no_capacity_and_ends_after_a_day() {
    let studio = Studio::with_capacity(1).await;
    let abandoned = studio.cart(&studio.yoga[..10]).await;

    studio.book(&studio.yoga[1..3], ben()).await;

    studio.clock.advance(chrono::TimeDelta::hours(24));
    assert_eq!(abandoned.see().await["status"], "open", "to the last moment");
    studio.clock.advance(chrono::TimeDelta::microseconds(1));
    assert_eq!(abandoned.see().await["status"], "expired");
    ended(&studio, &abandoned, "cart-expired").await;
}

#[tokio::test]
async fn a_cart_takes_a_hundred_edits() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    for edit in 0..99 {
        cart.set_spots(studio.yoga[0], 2 - edit % 2).await.accepted();
    }

    cart.select(&studio.yoga[..2]).await.problem(422, "too-many-edits");

    cart.confirm(anna()).await.accepted();
}

async fn ended(studio: &Studio, cart: &Held<'_>, code: &str) {
    let head = studio.head().await;
    cart.select(&studio.yoga[4..5]).await.problem(422, code);
    cart.set_spots(studio.yoga[4], 2).await.problem(422, code);
    cart.confirm(anna()).await.problem(422, code);
    assert_eq!(studio.head().await, head);
}
