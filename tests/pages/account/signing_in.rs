//! A number, then a code.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::TimeDelta;
use futures::future::join_all;

use super::browser::{ANNA, Browser, account, location, newest_code, open, sent, wrong};
use crate::studio::Studio;
use crate::studio::http::Answered;
use crate::studio::store::on_every_store;

on_every_store!(
    a_16_a_client_signs_in_with_the_code_that_was_sent_to_their_number,
    a_16_a_code_of_whom_nobody_knows_looks_the_same_and_is_never_sent,
    a_16_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_closes_it,
    a_16_another_code_has_to_wait_30_seconds,
    a_16_a_number_gets_ten_codes_a_day,
    ;
    a_16_of_many_who_guess_at_once_five_are_heard,
    a_16_a_code_that_is_typed_twice_at_once_lets_one_in,
);

pub async fn booked() -> Studio {
    let studio = open().await;
    let cart = studio.select(&studio.yoga[2..4]).await.unwrap();
    studio.confirm(cart, ANNA).await.unwrap();
    studio
}

async fn a_16_a_client_signs_in_with_the_code_that_was_sent_to_their_number() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);

    let first = browser.see(&account("/sign-in")).await;
    let next = location(&browser.type_phone(ANNA).await);
    let asks = browser.see(&next).await;
    let code = newest_code(&studio);
    let spaced = format!("+{}+{}+", &code[..3], &code[3..]);
    let in_ = browser.type_code(&spaced).await;

    assert!(first.body.contains("We send a code by text message."), "{}", first.body);
    assert!(asks.body.contains("If 030 23125014 has booked here, a code is on its way."), "{}", asks.body);
    assert!(asks.body.contains("inputmode=\"numeric\" autocomplete=\"one-time-code\""));
    let text = format!("{code} is your code for Riverside Studio. It works for 10 minutes. ");
    assert!(sent(&studio)[0].starts_with(&text), "{:?}", sent(&studio));
    assert_eq!(location(&in_), account(""));
    let mine = browser.see(&account("")).await.body;
    assert!(mine.contains("<h1>Your appointments</h1>") && mine.contains("Tue 12 Jan, 18:30"), "{mine}");
    assert_eq!(location(&browser.see(&account("/sign-in")).await), account(""), "who is in, is in");
    for address in [next, location(&in_)] {
        assert!(!address.contains("23125"), "a number in an address: {address}");
    }
}

/// Everything that a browser is told, without what is drawn anew each time.
fn told(answer: &Answered) -> (StatusCode, Vec<(String, String)>, String) {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .filter(|(name, _)| name != "x-request-id")
        .map(|(name, value)| match value.split_once('=') {
            Some((cookie, rest)) if name == "set-cookie" => {
                let (value, attributes) = rest.split_once(';').unwrap();
                (name, format!("{cookie}, {} letters;{attributes}", value.len()))
            }
            _ => (name, value),
        })
        .collect();
    headers.sort();
    (answer.status, headers, answer.body.replace("23125014", "23125077"))
}

async fn a_16_a_code_of_whom_nobody_knows_looks_the_same_and_is_never_sent() {
    let studio = booked().await;
    let [mut known, mut unknown] = [Browser::of(&studio), Browser::of(&studio)];

    for (step, form) in [
        ("/sign-in", "phone="),
        ("/code", "code=12345"),
        ("/code", "code=000000"),
        ("/code", "again=1"),
        ("/code", "code=000001"),
        ("/code", "code=000002"),
        ("/code", "code=000003"),
        ("/code", "code=000004"),
        ("/code", "code=000005"),
    ] {
        let number =
            |number: &str| if step == "/sign-in" { format!("{form}{number}") } else { form.to_owned() };
        let one = known.submit(&account(step), &number("030+23125014")).await;
        let other = unknown.submit(&account(step), &number("030+23125077")).await;

        assert_eq!(told(&one), told(&other), "{step} {form}");
        let pages = [known.see(&account("/code")).await, unknown.see(&account("/code")).await];
        assert_eq!(told(&pages[0]), told(&pages[1]), "{step} {form}");
    }

    studio.clock.advance(TimeDelta::seconds(30));
    let again = [
        known.submit(&account("/code"), "again=1").await,
        unknown.submit(&account("/code"), "again=1").await,
    ];
    assert_eq!(told(&again[0]), told(&again[1]));
    studio.clock.advance(TimeDelta::minutes(10));
    let ended = [known.type_code("000000").await, unknown.type_code("000000").await];
    assert_eq!(told(&ended[0]), told(&ended[1]));
    assert!(ended[0].body.contains("This code has ended; codes work for 10 minutes."), "{}", ended[0].body);
    assert_eq!(sent(&studio).len(), 2, "both to Anna");
}

async fn a_16_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_closes_it() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.type_phone(ANNA).await;
    let code = newest_code(&studio);

    for left in ["4 tries", "3 tries", "2 tries", "1 try"] {
        let answer = browser.type_code(wrong(&code)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sentence = format!("That code does not match. You have {left} left.");
        assert!(answer.body.contains(&sentence), "{}", answer.body);
        assert!(answer.body.contains("<title>Problem: Enter the code"), "{}", answer.body);
    }
    let six = browser.type_code("12345").await;
    assert!(six.body.contains("Please enter the 6 digits"), "it is no try: {}", six.body);
    for typed in [wrong(&code), code.as_str(), wrong(&code)] {
        let answer = browser.type_code(typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("For your safety this code is closed. Please ask for a new one."));
    }
    studio.clock.advance(TimeDelta::seconds(30));
    assert_eq!(location(&browser.submit(&account("/code"), "again=1").await), account("/code"));
    let new = newest_code(&studio);
    assert_eq!(location(&browser.type_code(&new).await), account(""));
    let mut other = Browser::of(&studio);
    other.type_phone(ANNA).await;
    assert!(other.type_code(&new).await.body.contains("this code is closed"), "it worked once");
}

async fn a_16_another_code_has_to_wait_30_seconds() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.type_phone(ANNA).await;
    let code = newest_code(&studio);
    studio.clock.advance(TimeDelta::seconds(10));

    let early = browser.submit(&account("/code"), "again=1").await;
    let typed_again = browser.type_phone("+49 30 23125014").await;

    assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(early.headers["retry-after"], "20");
    assert!(early.body.contains("You can ask for a new code in 20 seconds."), "{}", early.body);
    assert_eq!(location(&typed_again), account("/code"));
    assert_eq!(sent(&studio).len(), 1, "the first is still good");
    assert_eq!(location(&browser.type_code(&code).await), account(""));
}

async fn a_16_a_number_gets_ten_codes_a_day() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    for _ in 0..10 {
        assert_eq!(location(&browser.type_phone(ANNA).await), account("/code"));
        studio.clock.advance(TimeDelta::seconds(30));
    }

    let phone = browser.type_phone(ANNA).await;
    let again = browser.submit(&account("/code"), "again=1").await;
    let mut unknown = Browser::of(&studio);
    let other = unknown.type_phone("030 23125077").await;

    for answer in [phone, again] {
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        // 08:05 UTC; the day ends 15 hours and 55 minutes later.
        assert_eq!(answer.headers["retry-after"], (15 * 3_600 + 55 * 60).to_string());
        assert!(answer.body.contains("No more codes are sent to this number today."), "{}", answer.body);
    }
    assert_eq!(location(&other), account("/code"), "of each number");
    assert_eq!(sent(&studio).len(), 10);
    studio.clock.advance(TimeDelta::hours(16));
    assert_eq!(location(&browser.type_phone(ANNA).await), account("/code"));
}

async fn a_16_of_many_who_guess_at_once_five_are_heard() {
    let studio = booked().await;
    let mut first = Browser::of(&studio);
    first.type_phone(ANNA).await;
    let code = newest_code(&studio);
    let cookies = first.cookies.clone();

    let guesses = join_all((0..12).map(|_| async {
        let mut browser = Browser { cookies: cookies.clone(), ..Browser::of(&studio) };
        browser.type_code(wrong(&code)).await
    }));

    let guesses = guesses.await;
    let heard = guesses.iter().filter(|answer| answer.body.contains("That code does not match.")).count();
    assert_eq!(heard, 4, "and the fifth closed it");
    assert!(first.type_code(&code).await.body.contains("this code is closed"));
}

async fn a_16_a_code_that_is_typed_twice_at_once_lets_one_in() {
    let studio = booked().await;
    let mut first = Browser::of(&studio);
    first.type_phone(ANNA).await;
    let code = newest_code(&studio);
    let cookies = first.cookies.clone();

    let tries = join_all((0..6).map(|_| async {
        let mut browser = Browser { cookies: cookies.clone(), ..Browser::of(&studio) };
        browser.type_code(&code).await.status
    }));

    let let_in = tries.await.into_iter().filter(|status| *status == StatusCode::SEE_OTHER).count();
    assert_eq!(let_in, 1);
}

#[tokio::test]
async fn e_25_any_form_of_a_number_is_the_same_client() {
    let studio = booked().await;

    for form in ["+49 30 23125014", "0049 30 231 25014", "(030) 23125-014"] {
        let mut browser = Browser::of(&studio);
        browser.sign_in(form).await;
        let mine = browser.see(&account("")).await.body;
        assert_eq!(mine.matches("class=\"opener\"").count(), 2, "{form}");
        studio.clock.advance(TimeDelta::minutes(1));
    }
}

#[tokio::test]
async fn what_is_no_number_is_told_in_words_and_kept() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);

    for typed in ["", "12", "Anna", "<script>"] {
        let answer = browser.type_phone(typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        let sentence = "Please enter a phone number, like 030 23125 014 or +49 30 23125 014.";
        assert!(answer.body.contains(sentence) && answer.body.contains("aria-invalid=\"true\""));
        assert!(!answer.body.contains("value=\"<script>\""));
    }
    assert!(browser.type_phone("12").await.body.contains("value=\"12\""));
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn a_code_page_without_a_number_leads_back_to_it() {
    let studio = booked().await;
    let again = account("/sign-in?again=1");
    let mut browser = Browser::of(&studio);
    browser.type_phone(ANNA).await;
    let kept = browser.cookies.clone();

    let mut changed = kept.clone();
    for value in changed.values_mut() {
        value.replace_range(10..11, if &value[10..11] == "A" { "B" } else { "A" });
    }
    for cookies in [BTreeMap::new(), changed] {
        let mut other = Browser { cookies, ..Browser::of(&studio) };
        assert_eq!(location(&other.see(&account("/code")).await), again);
        assert_eq!(location(&other.type_code("123456").await), again);
    }
    let page = browser.see(&again).await.body;
    assert!(page.contains("Please enter your number again."), "{page}");
    studio.clock.advance(TimeDelta::hours(1));
    assert_eq!(location(&browser.see(&account("/code")).await), again, "it is not kept for ever");
}

#[tokio::test]
async fn a_sign_in_at_one_branch_stands_for_no_number_at_another() {
    let studio = booked().await;
    let there = studio.another_branch().await;
    let mut browser = Browser::of(&studio);
    browser.type_phone(ANNA).await;
    let value = browser.cookies.values().next().unwrap().clone();

    browser.cookies = [(format!("sign-in-{}", there.branch), value)].into();
    let answer = browser.see(&format!("/account/{}/code", there.branch)).await;

    assert_eq!(location(&answer), format!("/account/{}/sign-in?again=1", there.branch));
}
