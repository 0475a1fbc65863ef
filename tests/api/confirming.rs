//! One confirmation over the API: everything or what can be, once, with a reason per event.

use aggregates::booking_link::Field;
use aggregates::branch::Duplicates;
use cartwheel::contact::Phone;
use serde_json::{Value, json};

use crate::studio::http::{Answered, Held, anna, at, ben};
use crate::studio::{BRANCH, LINK, Studio};

/// What stands in the way of each event, in the order of the cart.
fn reasons(problem: &Value) -> Vec<Option<&str>> {
    problem["items"].as_array().unwrap().iter().map(|item| item["reason"].as_str()).collect()
}

fn with(mut person: Value, field: &str, value: impl Into<Value>) -> Value {
    person[field] = value.into();
    person
}

async fn confirm_with(cart: &Held<'_>, key: &str, person: Value) -> Answered {
    cart.ask_with("PUT", "/confirmation", &[("idempotency-key", key)], Some(person)).await
}

#[tokio::test]
async fn a_10_e_03_e_04_one_full_event_leaves_all_unbooked_and_b_01_every_event_has_its_reason() {
    let studio = Studio::with_capacity(2).await;
    let cart = studio.cart(&studio.yoga[..5]).await;
    cart.set_spots(studio.yoga[4], 2).await.accepted();
    studio.book(&[studio.yoga[3], studio.yoga[4]], ben()).await;
    studio.change("POST", &format!("/activities/{}", studio.yoga[2]), "/cancellation", None).await.accepted();
    let other = studio.cart(&[studio.yoga[3]]).await;
    other.confirm(with(ben(), "phone", "030 2312 5016")).await.accepted();
    let head = studio.head().await;

    let problem = cart.confirm(anna()).await.problem(422, "not-booked");

    let expected =
        [None, None, Some("activity-cancelled"), Some("not-enough-spots"), Some("not-enough-spots")];
    assert_eq!(reasons(&problem), expected, "e_03: not only the first two are checked");
    let last = &problem["items"][4];
    let numbers = (&last["bookable"], &last["spots_asked"], &last["spots_left"]);
    assert_eq!(numbers, (&json!(false), &json!(2), &json!(1)), "e_02: although one is left");
    assert_eq!(studio.head().await, head, "e_04: no part of it is booked");
    let dry = cart.dry_run(anna()).await.accepted();
    assert_eq!((&dry["accepted"], reasons(&dry)), (&json!(false), expected.to_vec()));
    assert_eq!(cart.see().await["status"], "open");
}

#[tokio::test]
async fn a_10_best_effort_books_what_can_be_booked_with_one_result_per_event() {
    let studio = Studio::with_capacity(1).await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    studio.book(&[studio.yoga[1]], ben()).await;
    let best_effort = with(anna(), "mode", "best_effort");

    assert_eq!(cart.dry_run(best_effort.clone()).await.accepted()["accepted"], true);
    let booked = cart.confirm(best_effort.clone()).await.accepted();

    let events: Vec<_> =
        booked["appointments"].as_array().unwrap().iter().map(|it| &it["activity_id"]).collect();
    assert_eq!(events, [&json!(studio.yoga[0]), &json!(studio.yoga[2])]);
    assert_eq!(booked["refused"][0]["activity_id"], json!(studio.yoga[1]));
    assert_eq!(booked["refused"][0]["reason"], "not-enough-spots");
    assert_eq!(cart.see().await["appointment_ids"].as_array().unwrap().len(), 2);

    let hopeless = studio.cart(&studio.yoga[3..4]).await;
    studio.book(&studio.yoga[3..4], ben()).await;
    let head = studio.head().await;
    hopeless.confirm(best_effort).await.problem(422, "not-booked");
    assert_eq!(studio.head().await, head, "nothing could be booked, so the cart stays open");
}

#[tokio::test]
async fn b_02_the_same_key_gives_the_same_answer_and_e_06_books_nothing_twice() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let first = confirm_with(&cart, "once", anna()).await;
    let booked = studio.appointments(&first.accepted());
    let head = studio.head().await;

    let international = with(anna(), "phone", "+49 30 23125014");
    for same in [anna(), international, with(anna(), "comment", " "), with(anna(), "mode", "all_or_nothing")]
    {
        let again = confirm_with(&cart, "once", same).await;
        assert_eq!(again.body, first.body);
        assert_eq!(again.headers["idempotency-replayed"], "true");
    }
    assert!(!first.headers.contains_key("idempotency-replayed"));
    confirm_with(&cart, "once", ben()).await.problem(422, "idempotency-key-reused");
    confirm_with(&cart, "once", with(anna(), "mode", "best_effort"))
        .await
        .problem(422, "idempotency-key-reused");
    let other = confirm_with(&cart, "twice", anna()).await.problem(409, "already-confirmed");
    assert_eq!(other["location"], first.json()["result_url"], "a_23: where its result is");
    assert_eq!(studio.head().await, head);

    booked[0].cancel().await.accepted();
    booked[1].reschedule(studio.yoga[9]).await.accepted();
    studio.set_up_link(|settings| settings.active = false).await;
    studio.clock.advance(chrono::TimeDelta::days(20));
    assert_eq!(
        confirm_with(&cart, "once", anna()).await.body,
        first.body,
        "a_23: as long as the token opens it"
    );
}

#[tokio::test]
async fn e_06_a_double_click_is_one_booking() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..10]).await;

    let answers = futures::future::join_all((0..8).map(|_| confirm_with(&cart, "click", anna()))).await;

    let bodies: std::collections::BTreeSet<_> = answers.iter().map(|answer| answer.body.clone()).collect();
    assert_eq!(bodies.len(), 1);
    answers[0].accepted();
    let replayed = |answer: &&Answered| answer.headers.contains_key("idempotency-replayed");
    assert_eq!(answers.iter().filter(replayed).count(), 7);
    let journal = studio.ask_staff("GET", &at("/journal"), &[], None).await.accepted();
    assert_eq!(journal["items"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn a_23_a_refusal_is_not_kept_and_a_key_is_the_carts_own() {
    let studio = Studio::with_capacity(1).await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let in_the_way = &studio.book(&studio.yoga[..1], ben()).await[0];

    confirm_with(&cart, "once", anna()).await.problem(422, "not-booked");
    in_the_way.cancel().await.accepted();
    confirm_with(&cart, "once", anna()).await.accepted();

    let another = studio.cart(&studio.yoga[1..2]).await;
    let booked = confirm_with(&another, "once", ben()).await;
    booked.accepted();
    assert!(!booked.headers.contains_key("idempotency-replayed"));
}

#[tokio::test]
async fn e_01_of_twenty_clients_who_confirm_the_last_spot_at_once_exactly_one_wins() {
    let studio = Studio::with_capacity(1).await;
    let mut carts = vec![];
    for _ in 0..20 {
        carts.push(studio.cart(&studio.yoga[..2]).await);
    }
    let person = |n: usize| with(anna(), "phone", format!("030 2312 50{n}"));

    let all = carts.iter().enumerate().map(|(n, cart)| cart.confirm(person(n + 10)));
    let answers = futures::future::join_all(all).await;

    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 19));
    for answer in lost {
        assert_eq!(reasons(&answer.problem(422, "not-booked")), [Some("not-enough-spots"); 2]);
    }
}

#[tokio::test]
async fn a_15_the_same_client_is_refused_twice_in_one_event_unless_the_branch_allows_it() {
    let studio = Studio::open().await;
    studio.book(&studio.yoga[..1], anna()).await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    for phone in ["030 2312 5014", "+49 30 23125014", "0049 (30) 23125-014"] {
        let same = with(with(anna(), "phone", phone), "name", "A. Berg");
        let problem = cart.confirm(same).await.problem(422, "not-booked");
        assert_eq!(reasons(&problem), [Some("already-booked"), None], "e_25: one client");
    }
    studio.set_rules(|rules| rules.duplicates = Duplicates::Allow).await;
    cart.confirm(anna()).await.accepted();
}

#[tokio::test]
async fn e_25_a_client_who_writes_their_number_differently_is_one_client_in_the_journal() {
    let studio = Studio::open().await;
    let local = studio.book(&studio.yoga[..1], anna()).await;
    let international = studio.book(&studio.yoga[1..2], with(anna(), "phone", "+49 30 23125014")).await;
    let foreign = studio.book(&studio.yoga[2..3], with(anna(), "phone", "+1 212 555 0100")).await;
    assert_eq!([local.len(), international.len(), foreign.len()], [1; 3]);

    let journal = studio.ask_staff("GET", &at("/journal"), &[], None).await.accepted();

    let clients: Vec<_> = (0..3).map(|n| &journal["items"][n]["client"]).collect();
    assert_eq!(clients[0]["client_id"], clients[1]["client_id"]);
    assert_ne!(clients[0]["client_id"], clients[2]["client_id"]);
    assert_eq!(
        (&clients[0]["phone"], &clients[2]["phone"]),
        (&json!("+493023125014"), &json!("+12125550100"))
    );
}

#[tokio::test]
async fn a_26_a_link_asks_for_what_it_says_and_consent_is_given_to_the_present_text() {
    let studio = Studio::open().await;
    studio
        .set_up_link(|settings| {
            (settings.email, settings.comment) = (Field::Required, Field::Required);
            settings.consent = Some("We keep your name and number.".to_owned());
        })
        .await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let link = studio.ask("GET", &at(format!("/links/{LINK}")), &[], None).await.accepted();
    assert_eq!((&link["email"], &link["consent"]["version"]), (&json!("required"), &json!(1)));
    let refused = async |person: &Value, code: &str, pointer: &str| {
        cart.confirm(person.clone()).await.wrong_fields(422, code, &[pointer]);
        cart.dry_run(person.clone()).await.wrong_fields(422, code, &[pointer]);
    };

    let mut person = anna();
    refused(&person, "consent-missing", "/consent_version").await;
    person["consent_version"] = json!(1);
    refused(&person, "email-missing", "/email").await;
    person["email"] = json!("anna@example.org");
    refused(&person, "comment-missing", "/comment").await;
    person["comment"] = json!("  ");
    refused(&person, "comment-missing", "/comment").await;
    person["comment"] = json!("Left knee.");
    studio.set_up_link(|settings| settings.consent = Some("We keep your name only.".to_owned())).await;
    refused(&person, "consent-changed", "/consent_version").await;
    person["consent_version"] = json!(2);
    cart.confirm(person).await.accepted();

    let confirmed =
        studio.facts().await.into_iter().find(|fact| fact.event_type == "cart.confirmed.v1").unwrap();
    let payload: Value = serde_json::from_str(&confirmed.payload).unwrap();
    assert!(payload.to_string().contains("\"consent_version\":2"), "{payload}");
    assert!(payload.to_string().contains("2027-01-04T08:00:00Z"), "its time is recorded too: {payload}");
}

#[tokio::test]
async fn b_15_a_dry_run_says_what_would_be_and_changes_nothing() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let head = studio.head().await;

    let dry = cart.dry_run(anna()).await.accepted();

    assert_eq!((&dry["accepted"], reasons(&dry)), (&json!(true), vec![None; 3]));
    assert_eq!(dry["items"][0]["spots_left"], 12);
    assert_eq!(studio.head().await, head);
    let phone = Phone::parse("030 2312 5014", "DE".to_owned().try_into().unwrap()).unwrap();
    assert!(studio.app.vault.find(BRANCH, &phone).await.unwrap().is_none(), "nobody is remembered");
    let journal = studio.ask_staff("GET", &at("/journal"), &[], None).await.accepted();
    assert_eq!(journal["items"], json!([]));
    cart.confirm(anna()).await.accepted();
}
