//! What a link offers: its events, the block *Book another*, and a reason for whatever is hidden.

use aggregates::ids::ActivityId;
use aggregates::values::{MaxEvents, MultipleEventBooking, Offered};
use serde_json::{Value, json};

use crate::studio::http::{Answered, anna, at};
use crate::studio::{BOXING, LINK, MARCO, SOFIE, Studio, YOGA};

/// The offer beside an event.
async fn offer(studio: &Studio, event: ActivityId, query: &str) -> Value {
    let path = at(format!("/links/{LINK}/activities/{event}/offer{query}"));
    studio.ask("GET", &path, &[], None).await.accepted()
}

async fn listed(studio: &Studio, query: &str) -> Answered {
    studio.ask("GET", &at(format!("/links/{LINK}/activities{query}")), &[], None).await
}

fn ids(events: &Value) -> Vec<String> {
    events.as_array().unwrap().iter().map(|it| it["activity_id"].as_str().unwrap().to_owned()).collect()
}

fn of(events: &[ActivityId]) -> Vec<String> {
    events.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn s_17_a_06_similar_events_are_offered_by_start_and_never_what_is_picked_already() {
    let studio = Studio::open().await;

    let beside_the_fourth = offer(&studio, studio.yoga[3], "").await;
    let others = [&studio.yoga[..3], &studio.yoga[4..]].concat();
    assert_eq!(ids(&beside_the_fourth["candidates"]), of(&others), "a_06: by start");
    assert_eq!(beside_the_fourth["opened"]["activity_id"], json!(studio.yoga[3]));

    let cart = studio.cart(&[studio.yoga[0], studio.yoga[2]]).await;
    let of_the_cart = cart.ask("GET", "/offer", None).await.accepted();
    let others = [&studio.yoga[1..2], &studio.yoga[3..]].concat();
    assert_eq!(
        ids(&of_the_cart["candidates"]),
        of(&others),
        "neither the first nor any other that is selected"
    );
}

#[tokio::test]
async fn s_14_another_team_member_or_service_is_another_booking_and_that_is_said_in_plain_words() {
    let studio = Studio::open().await;
    let boxing_by_sofie = studio.schedule(BOXING, SOFIE, &["2027-01-08T10:00:00"], 12).await;
    let yoga_by_marco = studio.schedule(YOGA, MARCO, &["2027-01-08T12:00:00"], 12).await;

    let offer = offer(&studio, studio.yoga[0], "").await.to_string();

    for other in [&boxing_by_sofie, &yoga_by_marco, &studio.boxing].into_iter().flatten() {
        assert!(!offer.contains(&other.to_string()));
    }
    let mixed = studio.try_cart(LINK, &[studio.yoga[0], yoga_by_marco[0]]).await;
    let problem = mixed.problem(422, "different-team-members");
    assert_eq!(problem["detail"], "all events in one booking are run by the same team member");
    studio.cart(&yoga_by_marco[..1]).await.confirm(anna()).await.accepted();
    studio.cart(&studio.yoga[..1]).await.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn s_18_view_all_dates_appears_only_beyond_three() {
    let studio = Studio::open().await;
    let first = studio.yoga[0];

    let many = offer(&studio, first, "").await;
    assert_eq!((&many["shown"], &many["more"]), (&json!(3), &json!(true)));
    for event in &studio.yoga[4..] {
        let close = json!({"open": false});
        studio
            .change("PUT", &format!("/activities/{event}"), "/online-booking", Some(close))
            .await
            .accepted();
    }
    let three = offer(&studio, first, "").await;
    assert_eq!(ids(&three["candidates"]), of(&studio.yoga[1..4]));
    assert_eq!((&three["shown"], &three["more"]), (&json!(3), &json!(false)));
}

#[tokio::test]
async fn s_20_the_weekday_filter_shows_every_date_of_that_weekday_beyond_the_three() {
    let studio = Studio::open().await;
    let tuesdays: Vec<_> = studio.yoga.iter().copied().step_by(2).collect();
    let thursdays: Vec<_> = studio.yoga.iter().copied().skip(1).step_by(2).collect();

    let filtered = offer(&studio, tuesdays[0], "?weekday=4").await;
    assert_eq!(ids(&filtered["candidates"]), of(&thursdays));
    assert_eq!((&filtered["shown"], &filtered["more"]), (&json!(10), &json!(false)));
    let filtered = offer(&studio, tuesdays[0], "?weekday=2").await;
    assert_eq!(ids(&filtered["candidates"]), of(&tuesdays[1..]));
    assert_eq!(ids(&listed(&studio, "?weekday=2").await.accepted()["items"]), of(&tuesdays));

    let nothing = offer(&studio, tuesdays[0], "?weekday=7").await;
    assert_eq!(nothing["candidates"], json!([]));
    assert_eq!(nothing["offered"], true, "a filter hides dates, not the block");
}

#[tokio::test]
async fn s_20_a_weekday_is_the_branchs_not_that_of_utc() {
    let studio = Studio::open().await;
    // Half past midnight on a Saturday in Berlin is Friday in UTC.
    let late = studio.schedule(YOGA, SOFIE, &["2027-01-09T00:30:00"], 12).await;

    assert_eq!(ids(&offer(&studio, studio.yoga[0], "?weekday=6").await["candidates"]), of(&late));
    assert_eq!(offer(&studio, studio.yoga[0], "?weekday=5").await["candidates"], json!([]));
}

#[tokio::test]
async fn s_10_a_09_the_block_is_not_shown_and_says_why() {
    let studio = Studio::open().await;
    let first = studio.yoga[0];
    let hidden = async |reason: &str| {
        let offer = offer(&studio, first, "").await;
        assert_eq!((&offer["offered"], &offer["reason"]), (&json!(false), &json!(reason)));
        assert_eq!((&offer["limit"], &offer["candidates"]), (&json!(1), &json!([])));
        let link = studio.ask("GET", &at(format!("/links/{LINK}")), &[], None).await.accepted();
        if reason != "prepayment-required" && reason != "link-closed" {
            assert_eq!(link["limit"], 1, "{reason}");
        }
    };

    studio.set_rules(|rules| rules.prepayment = true).await;
    hidden("prepayment-enabled").await;
    studio.set_rules(|_| {}).await;

    studio.set_yoga(|yoga| yoga.prepayment_required = true).await;
    hidden("prepayment-required").await;
    studio.set_yoga(|_| {}).await;

    studio.set_up_link(|settings| settings.multiple_events = MultipleEventBooking::Off).await;
    hidden("multiple-events-off").await;
    studio
        .set_up_link(|settings| settings.multiple_events = MultipleEventBooking::UpTo(MaxEvents::MIN))
        .await;
    hidden("limit-of-one").await;
    studio.set_up_link(|settings| settings.active = false).await;
    hidden("link-closed").await;
    studio.set_up_link(|_| {}).await;

    assert_eq!(offer(&studio, first, "").await["offered"], true);
}

#[tokio::test]
async fn b_15_everything_hidden_has_its_reason() {
    let studio = Studio::open().await;
    let [opened, full, closed, cancelled, few] = [0, 1, 2, 3, 4].map(|n| studio.yoga[n]);
    studio.leave(full, 1).await;
    studio.book(&[full], anna()).await;
    let event = |id: ActivityId| format!("/activities/{id}");
    studio.change("PUT", &event(closed), "/online-booking", Some(json!({"open": false}))).await.accepted();
    studio.change("POST", &event(cancelled), "/cancellation", None).await.accepted();
    studio.leave(few, 1).await;
    studio.set_up_link(|settings| settings.horizon = 60.try_into().unwrap()).await;

    let offer = offer(&studio, opened, "?spots=2").await;

    let reasons: Vec<_> = offer["hidden"].as_array().unwrap().iter().map(|it| &it["reason"]).collect();
    assert_eq!(
        reasons[..4],
        ["not-enough-spots", "booking-closed", "activity-cancelled", "not-enough-spots"]
    );
    assert!(reasons[4..].iter().all(|reason| **reason == json!("too-far-ahead")), "{reasons:?}");
    let candidates = offer["candidates"].as_array().unwrap().len();
    assert_eq!(candidates + reasons.len(), 19, "nothing is hidden in silence");
    assert_eq!(offer["hidden"][0]["spots_left"], 0);
    assert_eq!(offer["hidden"][3]["spots_left"], 1);
}

#[tokio::test]
async fn a_07_a_full_event_is_listed_as_sold_out_and_not_among_the_dates_of_book_another() {
    let studio = Studio::open().await;
    let full = studio.yoga[1];
    studio.leave(full, 1).await;
    studio.book(&[full], anna()).await;

    let items = listed(&studio, "").await.accepted()["items"].clone();
    let sold_out = items.as_array().unwrap().iter().find(|it| it["activity_id"] == json!(full)).unwrap();
    assert_eq!((&sold_out["sold_out"], &sold_out["bookable"]), (&json!(true), &json!(false)));
    assert_eq!((&sold_out["spots_left"], &sold_out["reason"]), (&json!(0), &json!("not-enough-spots")));
    assert!(!ids(&offer(&studio, studio.yoga[0], "").await["candidates"]).contains(&full.to_string()));
    let picked = studio.try_cart(LINK, &[full]).await.problem(422, "items-refused");
    assert_eq!(
        (&picked["items"][0]["reason"], &picked["items"][0]["spots_left"]),
        (&json!("not-enough-spots"), &json!(0))
    );
}

#[tokio::test]
async fn s_16_the_list_has_what_can_be_booked_through_the_link_and_nothing_else() {
    let studio = Studio::open().await;
    let all = listed(&studio, "?limit=100").await.accepted();
    assert_eq!(all["items"].as_array().unwrap().len(), 30);
    let first = &all["items"][0];
    assert_eq!((&first["service"], &first["team_member"]), (&json!("Yoga"), &json!("Sofie")));
    assert_eq!(
        (&first["starts_at"], &first["time_zone"]),
        (&json!("2027-01-05T18:30:00+01:00"), &json!("Europe/Berlin"))
    );

    let boxing = listed(&studio, &format!("?service_id={BOXING}")).await.accepted();
    assert_eq!(ids(&boxing["items"]), of(&studio.boxing));
    let marco =
        listed(&studio, &format!("?team_member_id={MARCO}&before=2027-01-20T00:00:00Z")).await.accepted();
    assert_eq!(ids(&marco["items"]), of(&studio.boxing[..2]));
    studio.set_up_link(|settings| settings.services = Offered::Only([BOXING].into())).await;
    assert_eq!(ids(&listed(&studio, "").await.accepted()["items"]), of(&studio.boxing));

    studio.set_up_link(|settings| settings.lead = (48 * 60).try_into().unwrap()).await;
    studio.clock.advance(chrono::TimeDelta::hours(24));
    let later = listed(&studio, "?limit=100").await.accepted();
    assert_eq!(ids(&later["items"])[0], studio.yoga[1].to_string(), "minimum lead");
    studio.set_up_link(|settings| settings.active = false).await;
    assert_eq!(listed(&studio, "").await.accepted()["items"], json!([]));
}
