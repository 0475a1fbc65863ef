//! Whoever is signed in, and for how long.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use super::browser::{ANNA, Browser, account, location, newest_code};
use super::signing_in::booked;
use crate::studio::BRANCH;
use crate::studio::pages::hrefs;
use crate::studio::store::on_every_store;

on_every_store!(a_session_ends_after_30_days, signing_out_ends_the_session_everywhere_it_was_copied_to,);

async fn a_session_ends_after_30_days() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let kept = browser.cookies.clone();

    studio.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    assert_eq!(browser.see(&account("")).await.status, StatusCode::OK);
    studio.clock.advance(TimeDelta::seconds(1));
    assert_eq!(location(&browser.see(&account("")).await), account("/sign-in?over=1"));
    assert!(browser.cookies.is_empty(), "it is of no use any more");

    browser.cookies = kept;
    let page = browser.see(&account("/sign-in?over=1")).await.body;
    assert!(page.contains("Please sign in again. Nothing was changed."), "{page}");
}

async fn signing_out_ends_the_session_everywhere_it_was_copied_to() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let mut copy = Browser { cookies: browser.cookies.clone(), ..Browser::of(&studio) };
    studio.clock.advance(TimeDelta::minutes(1));
    let mut other = Browser::of(&studio);
    other.sign_in(ANNA).await;

    let out = location(&browser.submit(&account("/sign-out"), "").await);

    assert!(browser.see(&out).await.body.contains("You are signed out."));
    assert!(browser.cookies.is_empty());
    assert_eq!(location(&copy.see(&account("")).await), account("/sign-in?over=1"));
    assert_eq!(other.see(&account("")).await.status, StatusCode::OK, "another browser stays signed in");
}

#[tokio::test]
async fn without_a_session_nothing_is_shown_and_nothing_is_changed() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let cancel = hrefs(&browser.see(&account("")).await.body, "/cancel").remove(0);
    let mine = cancel.trim_end_matches("/cancel").to_owned();
    let head = studio.head().await;

    for below in ["", "/cancel", "/reschedule", "/spots", "/calendar.ics"] {
        let answer = Browser::of(&studio).see(&format!("{mine}{below}")).await;
        assert_eq!(location(&answer), account("/sign-in"), "who comes for the first time has lost nothing");
    }
    for below in ["/cancel", "/reschedule", "/spots"] {
        let form = format!("to={}&spots=1", studio.yoga[6]);
        for cookies in [BTreeMap::new(), [(format!("session-{BRANCH}"), "A".repeat(43))].into()] {
            let mut stranger = Browser { cookies, ..Browser::of(&studio) };
            let answer = stranger.submit(&format!("{mine}{below}"), &form).await;
            assert_eq!(location(&answer), account("/sign-in?over=1"));
        }
    }
    assert_eq!(studio.head().await, head);
    for below in ["/data", "/data.json", "?past=1"] {
        assert_eq!(location(&Browser::of(&studio).see(&account(below)).await), account("/sign-in"));
    }
}

#[tokio::test]
async fn a_30_a_session_opens_its_own_appointments_of_its_own_branch_only() {
    let studio = booked().await;
    let there = studio.another_branch().await;
    let other = studio.select(&studio.yoga[2..3]).await.unwrap();
    let others = studio.confirm(other, "030 23125099").await.unwrap().booked[0].appointment;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let head = studio.head().await;

    for below in ["", "/cancel", "/reschedule", "/spots", "/calendar.ics"] {
        for id in [others.to_string(), uuid::Uuid::nil().to_string(), "none".to_owned()] {
            let path = account(&format!("/appointments/{id}{below}"));
            assert_eq!(browser.see(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let path = account(&format!("/appointments/{others}/cancel"));
    assert_eq!(browser.submit(&path, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(studio.head().await, head);

    let value = browser.cookies[&format!("session-{BRANCH}")].clone();
    browser.cookies.insert(format!("session-{}", there.branch), value);
    let elsewhere = browser.see(&format!("/account/{}", there.branch)).await;
    assert_eq!(location(&elsewhere), format!("/account/{}/sign-in?over=1", there.branch));
}

#[tokio::test]
async fn beyond_this_machine_cookies_are_for_https_only() {
    let studio = booked().await;
    let app = cartwheel::web::public(
        studio.app.clone(),
        cartwheel::web::Hosts::and_loopback(["book.example".to_owned()]),
    );
    let form = Some("phone=030+23125014".to_owned());
    let headers = [("host", "book.example"), crate::studio::pages::FORM];

    let answer = crate::studio::http::call(app, "POST", &account("/sign-in"), &headers, form).await;

    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with(&format!("__Host-sign-in-{BRANCH}=")), "{cookie}");
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600"), "{cookie}");
    assert_eq!(newest_code(&studio).len(), 6);
}

#[tokio::test]
async fn account_pages_are_never_framed_and_never_kept() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;

    let mine = hrefs(&browser.see(&account("")).await.body, "/cancel").remove(0);
    for path in [account(""), account("/data"), account("/data.json"), mine, account("/appointments/none")] {
        let answer = browser.see(&path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(answer.headers["x-frame-options"], "DENY", "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "same-origin", "{path}");
        if answer.status == StatusCode::OK {
            assert!(policy.ends_with("manifest-src 'self'; worker-src 'self'"), "{path}: {policy}");
        }
    }
    let widget = studio.page(&format!("/w/{BRANCH}/{}", crate::studio::LINK)).await;
    assert!(!widget.headers["content-security-policy"].to_str().unwrap().contains("worker-src"));
}
