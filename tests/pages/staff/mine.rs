//! What somebody changes of their own sign-in.

use axum::http::StatusCode;
use cartwheel::staff::Role;
use cartwheel::staff::second_factor::Secret;
use chrono::TimeDelta;

use super::browser::{Browser, PASSWORD, hire, location};
use crate::studio::Studio;
use crate::studio::pages::value;
use crate::studio::store::on_every_store;

on_every_store!(
    a_second_factor_is_asked_for_once_it_is_on,
    after_too_many_codes_none_is_taken_for_a_while,
    another_password_ends_every_session_but_this_one,
    sessions_are_listed_and_ended_one_by_one,
);

/// Switches it on; the secret, and the codes for paper.
async fn switch_on(studio: &Studio, browser: &mut Browser<'_>) -> (Secret, Vec<String>) {
    let page = browser.see("/staff/me?second=1").await.body;
    assert!(page.contains("<svg class=\"code-picture\"") && !page.contains("style="), "{page}");
    let kept = value(&page, "offer");
    let user = studio.app.staff.with_login(&"anna".parse().unwrap()).await.unwrap().unwrap();
    let secret = studio.app.staff.offered(user.id, &kept).unwrap();
    let code = secret.code(studio.clock.now());
    let fields =
        |password, code| [("do", "on"), ("offer", kept.as_str()), ("current", password), ("code", code)];

    let wrong = browser.submit("/staff/me/second-factor", &fields(PASSWORD, "000000")).await;
    assert!(wrong.body.contains("This code does not match."), "{}", wrong.body);
    let wrong = browser.submit("/staff/me/second-factor", &fields("no password", &code)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(&kept), "what was offered stays");
    let codes = browser.submit("/staff/me/second-factor", &fields(PASSWORD, &code)).await;
    assert_eq!(codes.status, StatusCode::OK, "{}", codes.body);
    let codes = codes.body.split("<code translate=\"no\">").skip(1);
    (secret, codes.map(|rest| rest.split('<').next().unwrap().to_owned()).collect())
}

async fn a_second_factor_is_asked_for_once_it_is_on() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut own = Browser::signed_in(&studio, "anna").await;
    let (secret, codes) = switch_on(&studio, &mut own).await;
    assert_eq!(codes.len(), 10);
    let user = studio.app.staff.with_login(&"anna".parse().unwrap()).await.unwrap().unwrap();
    assert!(user.has_second_factor());

    studio.clock.advance(TimeDelta::minutes(5));
    let code = secret.code(studio.clock.now());
    let mut browser = Browser::of(&studio);
    assert_eq!(location(&browser.type_password("anna", PASSWORD).await), "/staff/code");
    assert!(!browser.is_in().await, "a password alone opens nothing");
    let wrong = browser.submit("/staff/code", &[("code", "12345")]).await;
    assert!(wrong.body.contains("This code does not match, or was used already."), "{}", wrong.body);
    assert_eq!(location(&browser.submit("/staff/code", &[("code", &code)]).await), "/staff");
    assert!(browser.is_in().await);
    assert!(!browser.cookies.contains_key("staff-code"));

    let mut second = Browser::of(&studio);
    second.type_password("anna", PASSWORD).await;
    let twice = second.submit("/staff/code", &[("code", &code)]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "a code works once");
    assert_eq!(location(&second.submit("/staff/code", &[("code", &codes[0])]).await), "/staff");
    assert!(second.see("/staff/me").await.body.contains("You have 9 codes on paper left."));
    let mut third = Browser::of(&studio);
    third.type_password("anna", PASSWORD).await;
    let twice = third.submit("/staff/code", &[("code", &codes[0])]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "so does one on paper");
    studio.clock.advance(TimeDelta::minutes(10));
    let late = third.submit("/staff/code", &[("code", &codes[1])]).await;
    assert_eq!(location(&late), "/staff/sign-in?again=1", "the password was typed too long ago");

    let off = own.submit("/staff/me/second-factor", &[("do", "off"), ("current", "wrong")]).await;
    assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY);
    let off = own.submit("/staff/me/second-factor", &[("do", "off"), ("current", PASSWORD)]).await;
    assert_eq!(location(&off), "/staff/me?done=off");
    Browser::signed_in(&studio, "anna").await;
}

async fn after_too_many_codes_none_is_taken_for_a_while() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let (_, codes) = switch_on(&studio, &mut Browser::signed_in(&studio, "anna").await).await;
    let mut browser = Browser::of(&studio);
    for _ in 0..5 {
        browser.type_password("anna", PASSWORD).await;
        let wrong = browser.submit("/staff/code", &[("code", "000 000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    let closed = browser.submit("/staff/code", &[("code", &codes[0])]).await;

    assert_eq!(closed.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(closed.headers["retry-after"], "901");
    assert!(closed.body.contains("Please try again in 16 minutes."), "{}", closed.body);
    studio.clock.advance(TimeDelta::minutes(15));
    browser.type_password("anna", PASSWORD).await;
    assert_eq!(location(&browser.submit("/staff/code", &[("code", &codes[0])]).await), "/staff");
}

async fn another_password_ends_every_session_but_this_one() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let (mut own, mut other) =
        (Browser::signed_in(&studio, "anna").await, Browser::signed_in(&studio, "anna").await);
    let before = own.cookies["staff"].clone();
    let fields = |current, password| [("current", current), ("password", password)];

    for (current, password) in [("wrong", "a longer password"), (PASSWORD, "short"), (PASSWORD, "")] {
        let refused = own.submit("/staff/me/password", &fields(current, password)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("<title>Problem: "), "{}", refused.body);
    }
    let changed = own.submit("/staff/me/password", &fields(PASSWORD, "a longer password")).await;

    assert_eq!(location(&changed), "/staff/me?done=password");
    assert!(own.is_in().await && !other.is_in().await);
    assert_ne!(own.cookies["staff"], before, "this one got a new id");
    let old = Browser::of(&studio).type_password("anna", PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(location(&Browser::of(&studio).type_password("anna", "a longer password").await), "/staff");
}

async fn sessions_are_listed_and_ended_one_by_one() {
    let studio = Studio::open().await;
    for login in ["anna", "emma"] {
        hire(&studio, login, Role::Owner).await;
    }
    let mut own = Browser::signed_in(&studio, "anna").await;
    let mut phone = Browser { name: "Safari on a phone", ..Browser::of(&studio) };
    phone.type_password("anna", PASSWORD).await;
    let mut third = Browser::signed_in(&studio, "anna").await;
    let mut emmas = Browser::signed_in(&studio, "emma").await;

    let page = own.see("/staff/me").await.body;
    assert_eq!(page.matches("(this browser)").count(), 1);
    assert_eq!(page.matches("Sign out there").count(), 2);
    let of_phone = page.split("Safari on a phone").nth(1).unwrap();
    let session = value(of_phone, "session");
    let foreign = emmas.submit("/staff/me/sessions", &[("session", &session)]).await;
    assert_eq!(location(&foreign), "/staff/me?done=sessions");
    assert!(phone.is_in().await, "nobody ends the sessions of others");
    own.submit("/staff/me/sessions", &[("session", &session)]).await;
    assert!(own.is_in().await && third.is_in().await && !phone.is_in().await);
    own.submit("/staff/me/sessions", &[("session", "others")]).await;
    assert!(own.is_in().await && emmas.is_in().await && !third.is_in().await);
}
