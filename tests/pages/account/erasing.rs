//! Whoever is signed in has everything erased that is known of them.

use axum::http::StatusCode;

use super::browser::{ANNA, Browser, account, location};
use super::signing_in::booked;
use crate::studio::pages::hrefs;
use crate::studio::store::on_every_store;

on_every_store!(b_17_a_client_erases_their_data_and_is_signed_out,);

async fn b_17_a_client_erases_their_data_and_is_signed_out() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    let mut elsewhere = Browser::of(&studio);
    studio.clock.advance(chrono::TimeDelta::minutes(1));
    elsewhere.sign_in(ANNA).await;

    let stored = browser.see(&account("/data")).await.body;
    let asks = browser.see(&account("/data/erase")).await;
    let still_there = browser.see(&account("/data")).await;
    let erased = browser.submit(&account("/data/erase"), "").await;
    let signed_out = browser.see(&location(&erased)).await;
    let over = elsewhere.see(&account("")).await;
    let code = browser.type_phone(ANNA).await;

    assert!(stored.contains("030 23125014"), "{stored}");
    assert_eq!(hrefs(&stored, "/data/erase"), [account("/data/erase")]);
    assert!(asks.body.contains("Your 2 upcoming dates are cancelled."), "{}", asks.body);
    assert!(asks.body.contains("This cannot be undone."));
    assert_eq!(still_there.status, StatusCode::OK, "a look changes nothing");
    assert_eq!(location(&erased), account("/sign-in?erased=1"));
    assert!(signed_out.body.contains("Your data is erased."), "{}", signed_out.body);
    assert!(browser.cookies.keys().all(|name| !name.contains("session")), "{:?}", browser.cookies);
    assert_eq!(location(&over), account("/sign-in?over=1"), "signed out everywhere");
    assert_eq!(location(&code), account("/code"), "as for any number that is not known");
    assert!(studio.app.mailbox.as_ref().unwrap().messages().is_empty());
    let facts = studio.facts().await;
    let erased = facts.iter().find(|fact| fact.event_type == "client.erased.v1").unwrap();
    assert!(erased.metadata.contains("\"actor\":\"client\"") && erased.payload.contains("\"by\":\"client\""));
    let cancelled = facts.iter().filter(|fact| fact.event_type == "appointment.cancelled.v1").count();
    assert_eq!(cancelled, 2);
    let journal =
        studio.staff_page(&format!("/journal/{}/events/{}", crate::studio::BRANCH, studio.yoga[2])).await;
    assert!(journal.body.contains("Erased client") && !journal.body.contains("Anna"), "{}", journal.body);
}
