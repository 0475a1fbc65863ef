//! S-34: the account on a phone.

use axum::http::StatusCode;
use serde_json::Value;

use super::browser::{ANNA, Browser, account, open};
use crate::studio::http::send;

#[tokio::test]
async fn s_34_the_manifest_leads_to_the_account_and_its_icons_are_there() {
    let studio = open().await;

    let page = studio.page(&account("/sign-in")).await.body;
    let answer = studio.page(&account("/manifest.webmanifest?lang=de")).await;

    assert!(page.contains(&format!("<link rel=\"manifest\" href=\"{}\"", account("/manifest.webmanifest"))));
    assert_eq!(answer.headers["content-type"], "application/manifest+json");
    let manifest: Value = answer.json();
    assert_eq!(manifest["name"], "Riverside Studio: Ihre Termine");
    assert_eq!((&manifest["start_url"], &manifest["scope"]), (&account("").into(), &account("").into()));
    assert_eq!(manifest["display"], "standalone");
    for (icon, start) in
        manifest["icons"].as_array().unwrap().iter().zip([&b"<svg"[..], b"\x89PNG", b"\x89PNG"])
    {
        let request = axum::http::Request::get(icon["src"].as_str().unwrap()).header("host", "localhost");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let answer = tower::ServiceExt::oneshot(studio.public(), request).await.unwrap();
        assert_eq!(answer.headers()["content-type"], icon["type"].as_str().unwrap());
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert!(body.starts_with(start) && body.len() < 4_096, "{icon}");
    }
}

#[tokio::test]
async fn s_34_the_service_worker_may_see_the_account_and_keeps_nothing_of_anybody() {
    let studio = open().await;
    let cart = studio.select(&studio.yoga[2..4]).await.unwrap();
    studio.confirm(cart, ANNA).await.unwrap();
    let mut browser = Browser::of(&studio);
    browser.sign_in(ANNA).await;

    let worker = browser.see(&account("/service-worker.js")).await;
    let stranger = studio.page(&account("/offline")).await;
    let anna = browser.see(&account("/offline")).await;

    assert_eq!(worker.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(worker.headers["service-worker-allowed"], account(""));
    let kept: Vec<String> = worker.body.split('"').skip(1).step_by(2).take(2).map(str::to_owned).collect();
    assert_eq!(kept[0], account("/offline"));
    assert!(kept[1].ends_with("/cartwheel.css"), "{kept:?}");
    for path in kept {
        let answer = send(studio.public(), "GET", &path, &[], None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
    assert_eq!(anna.body, stranger.body);
    assert!(
        anna.body.contains("You are offline")
            && anna.body.contains("Your dates are safe and appear when you are back.")
    );
}
