//! What an integrator does: asks for a code, and sends it along.

use cartwheel::contact::Phone;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{ask_for_consent, newest_code, open, sent, with_capacity, wrong};
use crate::studio::http::{Answered, Held, anna, at, ben};
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, Studio};

on_every_store!(
    a_16_one_code_confirms_every_event_of_a_cart,
    a_16_asked_again_with_the_same_key_nobody_types_a_code_again,
    a_16_after_a_lost_race_the_others_are_booked_without_another_code,
);

pub fn with(mut person: Value, field: &str, value: impl Into<Value>) -> Value {
    person[field] = value.into();
    person
}

pub fn coded(person: Value, code: &str) -> Value {
    with(person, "code", code)
}

pub async fn send_code(cart: &Held<'_>, person: Value) -> Answered {
    cart.ask("POST", "/confirmation/code", Some(person)).await
}

/// The code that was sent for a cart.
pub async fn code_for(studio: &Studio, cart: &Held<'_>, person: Value) -> String {
    send_code(cart, person).await.accepted();
    newest_code(studio)
}

async fn confirm_with(cart: &Held<'_>, key: &str, person: Value) -> Answered {
    cart.ask_with("PUT", "/confirmation", &[("idempotency-key", key)], Some(person)).await
}

async fn a_16_one_code_confirms_every_event_of_a_cart() {
    let studio = open().await;
    let cart = studio.cart(&studio.yoga[..10]).await;
    let head = studio.head().await;

    let link = studio.ask("GET", &at(format!("/links/{LINK}")), &[], None).await.accepted();
    cart.confirm(anna()).await.wrong_fields(422, "phone-code-needed", &["/code"]);
    let answer = send_code(&cart, anna()).await;
    let code = newest_code(&studio);

    assert_eq!(link["phone_code"], true);
    assert_eq!(answer.status, 202);
    assert_eq!(answer.json(), json!({"works_for_seconds": 600, "again_in_seconds": 30}));
    assert_eq!(studio.head().await, head, "nothing is taken before");
    let text = format!("{code} is your code to confirm your booking at Riverside Studio. ");
    assert!(sent(&studio)[0].starts_with(&text), "{:?}", sent(&studio));
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let booked = cart.confirm(coded(anna(), &spaced)).await.accepted();
    assert_eq!(booked["appointments"].as_array().unwrap().len(), 10);
    assert_eq!(sent(&studio).len(), 1, "one for all ten");
}

#[tokio::test]
async fn a_16_nobody_becomes_known_by_a_number_that_they_did_not_prove() {
    let studio = open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let phone = Phone::parse("030 2312 5014", "DE".to_owned().try_into().unwrap()).unwrap();

    cart.confirm(anna()).await.problem(422, "phone-code-needed");
    let code = code_for(&studio, &cart, anna()).await;
    cart.confirm(coded(anna(), wrong(&code))).await.problem(422, "phone-code-wrong");
    assert!(studio.app.vault.find(BRANCH, &phone).await.unwrap().is_none());

    cart.confirm(coded(anna(), &code)).await.accepted();
    assert!(studio.app.vault.find(BRANCH, &phone).await.unwrap().is_some());
}

#[tokio::test]
async fn a_16_a_code_opens_neither_another_cart_nor_another_number() {
    let studio = open().await;
    let [cart, other] = [studio.cart(&studio.yoga[..2]).await, studio.cart(&studio.yoga[2..4]).await];
    let code = code_for(&studio, &cart, anna()).await;

    other.confirm(coded(anna(), &code)).await.problem(422, "phone-code-ended");
    cart.confirm(coded(ben(), &code)).await.problem(422, "phone-code-ended");
    let others = code_for(&studio, &other, anna()).await;
    let bens = code_for(&studio, &cart, ben()).await;
    if code != others {
        other.confirm(coded(anna(), &code)).await.wrong_fields(422, "phone-code-wrong", &["/code"]);
    }
    if code != bens {
        cart.confirm(coded(ben(), &code)).await.problem(422, "phone-code-wrong");
    }

    // It was typed right, and still stands for this cart and number alone.
    studio.set_up_link(|settings| (settings.phone_code, settings.active) = (true, false)).await;
    cart.confirm(coded(anna(), &code)).await.problem(422, "link-closed");
    studio.set_up_link(|settings| settings.phone_code = true).await;
    other.confirm(anna()).await.problem(422, "phone-code-needed");
    cart.confirm(ben()).await.problem(422, "phone-code-needed");
    cart.confirm(anna()).await.accepted();
}

async fn a_16_asked_again_with_the_same_key_nobody_types_a_code_again() {
    let studio = open().await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let code = code_for(&studio, &cart, anna()).await;
    let first = confirm_with(&cart, "once", coded(anna(), &code)).await;
    first.accepted();
    let head = studio.head().await;

    for later in [TimeDelta::zero(), TimeDelta::minutes(11), TimeDelta::days(20)] {
        studio.clock.advance(later);
        for person in [anna(), coded(anna(), &code), coded(anna(), wrong(&code))] {
            let again = confirm_with(&cart, "once", person).await;
            assert_eq!(again.body, first.body);
            assert_eq!(again.headers["idempotency-replayed"], "true");
        }
    }
    confirm_with(&cart, "once", ben()).await.problem(422, "idempotency-key-reused");
    confirm_with(&cart, "twice", anna()).await.problem(409, "already-confirmed");
    send_code(&cart, anna()).await.problem(409, "already-confirmed");
    assert_eq!((studio.head().await, sent(&studio).len()), (head, 1));
}

async fn a_16_after_a_lost_race_the_others_are_booked_without_another_code() {
    let studio = with_capacity(1).await;
    let cart = studio.cart(&studio.yoga[..3]).await;
    let code = code_for(&studio, &cart, anna()).await;
    studio.set_up_link(|_| ()).await;
    studio.book(&studio.yoga[1..2], ben()).await;
    studio.set_up_link(|settings| settings.phone_code = true).await;

    cart.confirm(coded(anna(), &code)).await.problem(422, "not-booked");
    send_code(&cart, anna()).await.problem(422, "phone-code-not-needed");
    cart.select(&[studio.yoga[0], studio.yoga[2]]).await.accepted();
    studio.clock.advance(TimeDelta::seconds(599));
    let booked = cart.confirm(anna()).await.accepted();

    assert_eq!(booked["appointments"].as_array().unwrap().len(), 2);
    assert_eq!(sent(&studio).len(), 1);
}

#[tokio::test]
async fn a_16_what_was_proved_is_asked_for_again_after_ten_minutes() {
    let studio = with_capacity(1).await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let code = code_for(&studio, &cart, anna()).await;
    studio.change("POST", &format!("/activities/{}", studio.yoga[1]), "/cancellation", None).await.accepted();
    cart.confirm(coded(anna(), &code)).await.problem(422, "not-booked");
    cart.select(&studio.yoga[..1]).await.accepted();

    studio.clock.advance(TimeDelta::minutes(10));

    cart.confirm(anna()).await.problem(422, "phone-code-needed");
    cart.confirm(coded(anna(), &code)).await.problem(422, "phone-code-ended");
    let code = code_for(&studio, &cart, anna()).await;
    cart.confirm(coded(anna(), &code)).await.accepted();
}

#[tokio::test]
async fn a_16_the_desk_is_not_asked_for_a_code() {
    let studio = open().await;
    let form = format!(
        "do=book&like={0}&event={0}&client=new&name=Anna+Berg&phone=030+23125014&key=k1",
        studio.yoga[0]
    );

    let booked = studio.staff_submit(&format!("/journal/{BRANCH}/book"), &form).await;

    assert_eq!(booked.status, 303, "{}", booked.body);
    let journal = studio.ask_staff("GET", &at("/journal"), &[], None).await.accepted();
    assert_eq!(journal["items"].as_array().unwrap().len(), 1);
    assert!(sent(&studio).is_empty());
}

#[tokio::test]
async fn b_15_a_dry_run_says_that_a_code_is_needed_and_nothing_of_what_the_number_has_booked() {
    let studio = open().await;
    studio.set_up_link(|_| ()).await;
    studio.book(&studio.yoga[..1], anna()).await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let open_to_all = cart.dry_run(anna()).await.accepted();
    studio.set_up_link(|settings| settings.phone_code = true).await;

    let before = cart.dry_run(anna()).await.accepted();
    let code = code_for(&studio, &cart, anna()).await;
    let unasked = cart.dry_run(coded(anna(), &code)).await.accepted();
    cart.confirm(coded(anna(), &code)).await.problem(422, "not-booked");
    let proved = cart.dry_run(anna()).await.accepted();

    let told = |dry: &Value| (dry["phone_code_needed"].clone(), dry["items"][0]["reason"].clone());
    assert_eq!(told(&open_to_all), (json!(false), json!("already-booked")));
    assert_eq!(told(&before), (json!(true), Value::Null));
    assert_eq!(told(&unasked), (json!(true), Value::Null), "a dry run tries no code");
    assert_eq!(told(&proved), (json!(false), json!("already-booked")));
}

#[tokio::test]
async fn a_16_no_code_is_sent_where_it_would_be_in_vain() {
    let studio = open().await;
    ask_for_consent(&studio).await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    send_code(&cart, anna()).await.problem(422, "consent-missing");
    let agreed = with(anna(), "consent_version", 1);
    let both = with(coded(agreed.clone(), "12345"), "phone", "12");
    cart.confirm(both).await.wrong_fields(422, "invalid-fields", &["/phone", "/code"]);
    studio.set_up_link(|_| ()).await;
    send_code(&cart, agreed.clone()).await.problem(422, "phone-code-not-needed");
    assert!(sent(&studio).is_empty());
    cart.confirm(coded(agreed, "123456")).await.accepted();
}

#[tokio::test]
async fn a_16_where_codes_cannot_be_sent_the_answer_says_so() {
    let studio = Studio::open().await;
    studio.set_up_link(|settings| settings.phone_code = true).await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    cart.confirm(anna()).await.problem(422, "phone-code-needed");
    send_code(&cart, anna()).await.problem(503, "phone-codes-not-set-up");
}

#[tokio::test]
async fn a_16_a_code_is_sent_in_the_language_of_the_client() {
    let studio = open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    let german = [("accept-language", "de-AT,de;q=0.9")];
    cart.ask_with("POST", "/confirmation/code", &german, Some(anna())).await.accepted();

    assert!(sent(&studio)[0].contains("ist Ihr Code, um Ihre Buchung bei Riverside Studio"));
    let mut theirs = studio.cart(&studio.yoga[..1]).await;
    theirs.path = cart.path;
    send_code(&theirs, anna()).await.problem(404, "not-found");
}
