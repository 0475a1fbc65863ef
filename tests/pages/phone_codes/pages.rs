//! What a client does, in a browser without scripts.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use super::{ask_for_consent, newest_code, open, sent, with_capacity, wrong};
use crate::studio::http::{Answered, ben};
use crate::studio::pages::{value, values};
use crate::studio::{BRANCH, Studio};

fn form(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Every hidden field of a page and more, as a browser sends them.
fn filled(page: &str, more: &[(&str, &str)]) -> String {
    let hidden = page.split("<input type=\"hidden\" name=\"").skip(1).map(|rest| {
        let (name, rest) = rest.split_once("\" value=\"").unwrap();
        let value = rest.split('"').next().unwrap().to_owned();
        let value = [("&#34;", "\""), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")]
            .into_iter()
            .fold(value, |value, (written, meant)| value.replace(written, meant));
        (name.to_owned(), value)
    });
    let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    form(&hidden.chain(more).collect::<Vec<_>>())
}

const ANNA: [(&str, &str); 4] = [
    ("name", "Anna Berg"),
    ("phone", "030 23125014"),
    ("email", "a@example.org"),
    ("comment", "knee & <hip>"),
];

/// Confirms what a contact step shows, up to the step that asks for the code.
async fn asked_for_a_code(studio: &Studio, contact: &str) -> Answered {
    let page = studio.page(contact).await.body;
    let step = studio.submit(contact, &filled(&page, &ANNA)).await;
    assert_eq!(step.status, StatusCode::OK, "{}", step.body);
    assert!(step.body.contains("<h1>Enter the code</h1>"), "{}", step.body);
    step
}

#[track_caller]
fn result(answer: &Answered) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let address = answer.headers[header::LOCATION].to_str().unwrap().to_owned();
    assert!(address.starts_with("/m/") && !address.contains("231"), "{address}");
    address
}

async fn booked(studio: &Studio) -> usize {
    let rows = studio.facts().await;
    rows.iter().filter(|fact| fact.event_type.starts_with("appointment.booked")).count()
}

#[tokio::test]
async fn a_16_a_client_types_one_code_for_three_dates() {
    let studio = open().await;
    let contact = studio.go_on(&studio.yoga[..3]).await;
    let page = studio.page(&contact).await.body;

    let step = studio.submit(&contact, &filled(&page, &ANNA)).await;
    let code = newest_code(&studio);

    assert_eq!(step.status, StatusCode::OK);
    for expected in [
        "<title>Enter the code · Riverside Studio</title>",
        "<span id=\"sent\">We sent 6 digits to 030 23125014.</span> <span id=\"yet\">Nothing is booked yet.</span>",
        "inputmode=\"numeric\" autocomplete=\"one-time-code\"",
        "name=\"again\" value=\"1\">Send a new code",
        "name=\"number\" value=\"1\">Change the number",
        &format!("name=\"key\" value=\"{}\"", value(&page, "key")),
    ] {
        assert!(step.body.contains(expected), "{expected}: {}", step.body);
    }
    assert_eq!(booked(&studio).await, 0);
    let none = studio.submit(&contact, &filled(&step.body, &[("code", " ")])).await;
    let wrong = studio.submit(&contact, &filled(&step.body, &[("code", wrong(&code))])).await;
    for (answer, sentence) in [
        (none, "Please enter the 6 digits of the message."),
        (wrong, "That code does not match. You have 4 tries left."),
    ] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("<title>Problem: Enter the code"), "{}", answer.body);
        assert_eq!(answer.body.matches(sentence).count(), 2, "in the box and at the field: {}", answer.body);
        assert_eq!(filled(&answer.body, &[]), filled(&step.body, &[]), "everything typed is kept");
    }
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let confirmed = studio.submit(&contact, &filled(&step.body, &[("code", &spaced)])).await;
    let address = result(&confirmed);
    assert!(studio.page(&address).await.body.contains("<h1>3 dates are booked</h1>"));
    let again = studio.submit(&contact, &filled(&step.body, &[("code", &spaced)])).await;
    assert_eq!(result(&again), address, "asked again with the same key");
    for late in [("code", " "), ("code", "12"), ("again", "1"), ("number", "1")] {
        let answer = studio.submit(&contact, &filled(&step.body, &[late])).await;
        assert_eq!(result(&answer), address, "{late:?} after the booking");
    }
    assert_eq!((booked(&studio).await, sent(&studio).len()), (3, 1));
    let comment = studio.page(&format!("/dev/mailbox?x={BRANCH}")).await.body;
    assert!(comment.contains(&format!("{code} is your code to confirm your booking at Riverside Studio.")));
}

#[tokio::test]
async fn a_16_change_the_number_leads_back_with_everything_typed() {
    let studio = open().await;
    ask_for_consent(&studio).await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let page = studio.page(&contact).await.body;
    let agreed = [&ANNA[..], &[("consent", "1")]].concat();
    let step = studio.submit(&contact, &filled(&page, &agreed)).await.body;
    let first = newest_code(&studio);

    let back = studio.submit(&contact, &filled(&step, &[("code", ""), ("number", "1")])).await;

    assert_eq!(back.status, StatusCode::OK);
    for kept in
        ["value=\"Anna Berg\"", "value=\"a@example.org\"", "knee &#38; &#60;hip&#62;", "value=\"1\" checked"]
    {
        assert!(back.body.contains(kept), "{kept}: {}", back.body);
    }
    assert!(back.body.contains("value=\"030 23125014\" autofocus"), "{}", back.body);
    assert_eq!(value(&back.body, "key"), value(&page, "key"));
    let bens = [&agreed[..], &[("phone", "030 23125015")]].concat();
    let step = studio.submit(&contact, &filled(&back.body, &bens)).await.body;
    assert!(step.contains("We sent 6 digits to 030 23125015."), "{step}");
    let second = newest_code(&studio);
    if first != second {
        let old = studio.submit(&contact, &filled(&step, &[("code", &first)])).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "a code is for one number");
    }
    result(&studio.submit(&contact, &filled(&step, &[("code", &second)])).await);
    assert_eq!(sent(&studio).len(), 2);
}

#[tokio::test]
async fn a_16_a_new_code_can_be_had_after_30_seconds_and_ends_the_first() {
    let studio = open().await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let step = asked_for_a_code(&studio, &contact).await.body;
    let first = newest_code(&studio);
    studio.clock.advance(TimeDelta::seconds(10));

    let early = studio.submit(&contact, &filled(&step, &[("code", ""), ("again", "1")])).await;
    asked_for_a_code(&studio, &contact).await;
    assert_eq!(sent(&studio).len(), 1, "the first is good");
    studio.clock.advance(TimeDelta::seconds(20));
    let another = studio.submit(&contact, &filled(&step, &[("code", ""), ("again", "1")])).await;

    assert_eq!(
        (early.status, &early.headers["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"20".parse().unwrap())
    );
    assert!(
        early.body.contains("<a href=\"#again\">You can ask for a new code in 20 seconds.</a>"),
        "{}",
        early.body
    );
    assert_eq!(another.status, StatusCode::OK);
    assert!(another.body.contains("We sent another 6 digits to 030 23125014;"), "{}", another.body);
    let second = newest_code(&studio);
    if first != second {
        let old = studio.submit(&contact, &filled(&another.body, &[("code", &first)])).await;
        assert!(old.body.contains("That code does not match."), "{}", old.body);
    }
    studio.clock.advance(TimeDelta::minutes(10));
    let ended = studio.submit(&contact, &filled(&another.body, &[("code", &second)])).await;
    assert!(ended.body.contains("This code has ended; codes work for 10 minutes."), "{}", ended.body);
    assert_eq!(booked(&studio).await, 0);
}

#[tokio::test]
async fn a_16_after_a_lost_race_the_other_dates_are_booked_without_another_code() {
    let studio = with_capacity(1).await;
    let contact = studio.go_on(&studio.yoga[..3]).await;
    let step = asked_for_a_code(&studio, &contact).await.body;
    studio.set_up_link(|_| ()).await;
    studio.book(&studio.yoga[1..2], ben()).await;
    studio.set_up_link(|settings| settings.phone_code = true).await;

    let lost = studio.submit(&contact, &filled(&step, &[("code", &newest_code(&studio))])).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lost.body.contains("Book the other 2 dates"), "{}", lost.body);
    let others = filled(&lost.body, &[&ANNA[..], &[("fix", "drop")]].concat());
    let booked = studio.submit(&contact, &others).await;

    assert!(studio.page(&result(&booked)).await.body.contains("<h1>2 dates are booked</h1>"));
    assert_eq!(sent(&studio).len(), 1);
}

#[tokio::test]
async fn a_16_what_a_button_of_a_refusal_chose_rides_along() {
    let studio = open().await;
    studio.set_yoga(|yoga| yoga.membership_booking = aggregates::branch::MembershipBooking::Optional).await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let page = studio.page(&contact).await.body;
    let wished = [&ANNA[..], &[("membership", "1")]].concat();
    let step = studio.submit(&contact, &filled(&page, &wished)).await.body;
    assert_eq!(values(&step, "membership"), ["1"]);

    let none = studio.submit(&contact, &filled(&step, &[("code", &newest_code(&studio))])).await;
    assert!(none.body.contains("Book without membership"), "{}", none.body);
    studio.clock.advance(TimeDelta::minutes(10));
    let plain = [&wished[..], &[("fix", "plain")]].concat();
    let step = studio.submit(&contact, &filled(&none.body, &plain)).await.body;

    assert!(step.contains("<h1>Enter the code</h1>"), "the first has ended: {step}");
    assert!(values(&step, "membership").is_empty(), "{step}");
    result(&studio.submit(&contact, &filled(&step, &[("code", &newest_code(&studio))])).await);
}

#[tokio::test]
async fn a_16_where_no_code_can_be_sent_the_contact_step_says_so_and_whom_to_call() {
    let studio = Studio::open().await;
    studio.set_up_link(|settings| settings.phone_code = true).await;
    let contact = studio.go_on(&studio.yoga[..2]).await;
    let page = studio.page(&contact).await.body;

    let refused = studio.submit(&contact, &filled(&page, &ANNA)).await;

    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    let sentence = "Nothing is booked yet: a code is needed, and none can be sent at the moment. \
                    Please call the studio: 030 2312 5014.";
    assert!(refused.body.contains(sentence), "{}", refused.body);
    assert!(refused.body.contains("value=\"Anna Berg\"") && refused.body.contains("<h1>Your details</h1>"));
}

#[tokio::test]
async fn a_16_after_ten_codes_of_a_day_the_contact_step_says_so() {
    let studio = open().await;
    let mut last = String::new();
    for _ in 0..10 {
        last = studio.go_on(&studio.yoga[..2]).await;
        asked_for_a_code(&studio, &last).await;
    }
    let step = asked_for_a_code(&studio, &last).await.body;
    studio.clock.advance(TimeDelta::seconds(30));
    let contact = studio.go_on(&studio.yoga[..2]).await;

    let page = studio.page(&contact).await.body;
    let refused = studio.submit(&contact, &filled(&page, &ANNA)).await;
    let again = studio.submit(&last, &filled(&step, &[("again", "1")])).await;

    for answer in [&refused, &again] {
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.headers.contains_key("retry-after"));
    }
    assert!(refused.body.contains("Nothing is booked yet: no more codes are sent to this number today."));
    assert!(again.body.contains("No more codes are sent to this number today."), "{}", again.body);
    result(&studio.submit(&last, &filled(&again.body, &[("code", &newest_code(&studio))])).await);
}
