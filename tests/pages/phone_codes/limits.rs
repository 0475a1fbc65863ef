//! How often codes are sent and tried, for confirmations and sign-ins each.

use chrono::TimeDelta;
use futures::future::join_all;

use super::over_the_api::{code_for, coded, send_code};
use super::{newest_code, open, sent, wrong};
use crate::studio::http::anna;
use crate::studio::pages::FORM;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio, http};

on_every_store!(
    a_16_the_fifth_wrong_code_closes_it_and_another_can_be_had,
    a_16_a_number_gets_ten_codes_a_day_for_all_carts_together,
    ;
    a_16_of_many_guesses_at_once_five_are_heard,
    a_16_of_many_who_ask_for_a_code_at_once_one_gets_it,
);

async fn a_16_the_fifth_wrong_code_closes_it_and_another_can_be_had() {
    let studio = open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let code = code_for(&studio, &cart, anna()).await;

    for left in ["4 tries are left", "3 tries are left", "2 tries are left", "1 tries are left"] {
        let problem = cart.confirm(coded(anna(), wrong(&code))).await.problem(422, "phone-code-wrong");
        assert!(problem["detail"].as_str().unwrap().contains(left), "{problem}");
    }
    cart.confirm(coded(anna(), "12345")).await.wrong_fields(422, "invalid-fields", &["/code"]);
    for typed in [wrong(&code), code.as_str()] {
        cart.confirm(coded(anna(), typed)).await.problem(422, "phone-code-closed");
    }
    let early = send_code(&cart, anna()).await;
    early.problem(429, "phone-code-sent-just-now");
    assert_eq!(early.headers["retry-after"], "30");
    studio.clock.advance(TimeDelta::seconds(30));
    let another = code_for(&studio, &cart, anna()).await;
    cart.confirm(coded(anna(), &another)).await.accepted();
}

async fn a_16_a_number_gets_ten_codes_a_day_for_all_carts_together() {
    let studio = open().await;
    let first = studio.cart(&studio.yoga[..1]).await;
    for _ in 0..9 {
        let cart = studio.cart(&studio.yoga[..1]).await;
        send_code(&cart, anna()).await.accepted();
        send_code(&cart, anna()).await.problem(429, "phone-code-sent-just-now");
    }
    let code = code_for(&studio, &first, anna()).await;

    let eleventh = studio.cart(&studio.yoga[..1]).await;
    let enough = send_code(&eleventh, anna()).await;
    enough.problem(429, "enough-phone-codes");
    // 08:00 UTC.
    assert_eq!(enough.headers["retry-after"], (16 * 3_600).to_string());
    assert_eq!(sent(&studio).len(), 10);
    sign_in(&studio, "again").await;
    first.confirm(coded(anna(), &code)).await.accepted();
    studio.clock.advance(TimeDelta::hours(16));
    send_code(&eleventh, anna()).await.accepted();
}

/// Begins a sign-in, which has to lead to the step of the code.
async fn sign_in(studio: &Studio, why: &str) -> http::Answered {
    let address = format!("/account/{BRANCH}/sign-in");
    let answer = studio.submit(&address, "phone=030+23125014").await;
    assert_eq!(answer.status, 303, "{why}: {}", answer.body);
    answer
}

#[tokio::test]
async fn a_16_codes_to_sign_in_and_to_confirm_neither_open_nor_end_what_the_other_is_for() {
    let studio = open().await;
    let known = studio.cart(&studio.yoga[2..3]).await;
    let code = code_for(&studio, &known, anna()).await;
    known.confirm(coded(anna(), &code)).await.accepted();
    let cart = studio.cart(&studio.yoga[..2]).await;

    let begun = sign_in(&studio, "known").await;
    let cookie = begun.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let to_sign_in = newest_code(&studio);
    let to_confirm = code_for(&studio, &cart, anna()).await;
    let enter = async |code: &str| {
        let headers = [FORM, ("cookie", cookie.as_str())];
        let body = Some(format!("code={code}"));
        http::call(studio.public(), "POST", &format!("/account/{BRANCH}/code"), &headers, body).await
    };

    if to_sign_in != to_confirm {
        cart.confirm(coded(anna(), &to_sign_in)).await.problem(422, "phone-code-wrong");
        assert_eq!(enter(&to_confirm).await.status, 422);
    }
    assert_eq!(enter(&to_sign_in).await.status, 303);
    cart.confirm(coded(anna(), &to_confirm)).await.accepted();
}

#[tokio::test]
async fn a_16_who_asked_for_all_codes_to_sign_in_with_keeps_nobody_from_booking() {
    let studio = open().await;
    for n in 0..12 {
        let answer = studio.submit(&format!("/account/{BRANCH}/sign-in"), "phone=030+23125014").await;
        assert_eq!(answer.status, if n < 10 { 303 } else { 429 });
        studio.clock.advance(TimeDelta::seconds(30));
    }
    let cart = studio.cart(&studio.yoga[..2]).await;

    let code = code_for(&studio, &cart, anna()).await;

    cart.confirm(coded(anna(), &code)).await.accepted();
}

async fn a_16_of_many_guesses_at_once_five_are_heard() {
    let studio = open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let code = code_for(&studio, &cart, anna()).await;

    let guesses = join_all((0..12).map(|_| cart.confirm(coded(anna(), wrong(&code))))).await;

    let heard = guesses.iter().filter(|guess| guess.json()["code"] == "phone-code-wrong").count();
    assert_eq!(heard, 4, "and the fifth closed it");
    cart.confirm(coded(anna(), &code)).await.problem(422, "phone-code-closed");
}

async fn a_16_of_many_who_ask_for_a_code_at_once_one_gets_it() {
    let studio = open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;

    let asked = join_all((0..6).map(|_| send_code(&cart, anna()))).await;

    let got = asked.iter().filter(|answer| answer.status == 202).count();
    assert_eq!((got, sent(&studio).len()), (1, 1));
    cart.confirm(coded(anna(), &newest_code(&studio))).await.accepted();
}
