//! What leaves the house, and what is kept of it.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::browser::{ANNA, Browser, account, newest_code};
use super::signing_in::booked;
use crate::studio::Studio;

#[tokio::test]
async fn without_a_way_to_send_codes_the_page_says_so_and_there_is_no_mailbox() {
    let studio = Studio::open().await;
    let mut browser = Browser::of(&studio);

    let page = browser.see(&account("/sign-in")).await;
    let refused = browser.type_phone(ANNA).await;

    assert_eq!((page.status, refused.status), (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE));
    for body in [page.body, refused.body] {
        assert!(body.contains("Signing in is not set up here yet.") && !body.contains("<form"), "{body}");
    }
    studio.ask("GET", "/dev/mailbox", &[], None).await.problem(404, "not-found");
    let nobody = format!("/account/{}/sign-in", uuid::Uuid::nil());
    assert_eq!(browser.see(&nobody).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_mailbox_shows_what_would_have_left_the_house() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.submit(&account("/sign-in"), "phone=030+23125014&lang=de").await;

    let page = browser.see("/dev/mailbox").await;

    assert!(page.body.contains("Text message to +493023125014"), "{}", page.body);
    assert!(
        page.body.contains("ist Ihr Code für Riverside Studio."),
        "in the client's language: {}",
        page.body
    );
    assert_eq!(page.headers["cache-control"], "no-store");
    studio.ask_staff("GET", "/dev/mailbox", &[], None).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_copy_of_the_store_tells_neither_number_nor_code() {
    let studio = booked().await;
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;
    studio.clock.advance(TimeDelta::minutes(1));
    browser.cookies.retain(|name, _| name.starts_with("session"));
    let session = browser.cookies.values().next().unwrap().clone();
    Browser::of(&studio).type_phone(ANNA).await;
    let code = newest_code(&studio);
    studio.app.close().await;

    let stored = std::fs::read(studio.path()).unwrap();

    for secret in ["23125014", code.as_str(), session.as_str()] {
        assert!(!stored.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}
