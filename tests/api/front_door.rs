//! What is turned away before any rule is asked: foreign names and origins, wrong addresses, bodies of the wrong kind.

use axum::body::Body;
use serde_json::json;

use crate::studio::http::{anna, at, picks, send};
use crate::studio::{LINK, Studio};

#[tokio::test]
async fn a_host_by_another_name_is_turned_away() {
    let studio = Studio::open().await;

    for host in ["example.org", "localhost.example.org:8080", "", "127.0.0.1.nip.io", "user@", "[::1"] {
        for answer in [
            studio.ask("GET", &at(format!("/links/{LINK}")), &[("host", host)], None).await,
            studio.ask_staff("GET", &at("/rules"), &[("host", host)], None).await,
        ] {
            answer.problem(421, "unknown-host");
        }
    }
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"] {
        studio.ask("GET", &at(format!("/links/{LINK}")), &[("host", host)], None).await.accepted();
    }
}

#[tokio::test]
async fn commands_from_pages_of_other_origins_are_turned_away_and_change_nothing() {
    let studio = Studio::open().await;
    let head = studio.head().await;
    let open = json!({"link_id": LINK, "events": picks(&studio.yoga[..1])});
    let new = json!({"name": "Nils"});

    for foreign in [
        &[("origin", "https://example.org")][..],
        &[("origin", "http://localhost:9999")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ] {
        let cart = studio.ask("POST", &at("/carts"), foreign, Some(open.clone())).await;
        cart.problem(403, "foreign-origin");
        let staff = studio.ask_staff("POST", &at("/team"), foreign, Some(new.clone())).await;
        staff.problem(403, "foreign-origin");
    }
    assert_eq!(studio.head().await, head);

    let own = &[("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")];
    studio.ask("POST", &at("/carts"), own, Some(open)).await.accepted();
}

#[tokio::test]
async fn unknown_addresses_are_problems_too() {
    let studio = Studio::open().await;

    for path in ["/api/v1/nothing", "/api/v2/branches", &at("/nothing"), &at("/links/none"), "/api/v1/%ff"] {
        studio.ask("GET", path, &[], None).await.problem(404, "not-found");
        studio.ask_staff("GET", path, &[], None).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn staff_routes_are_not_on_the_public_listener() {
    let studio = Studio::open().await;

    for path in [at("/rules"), at("/journal"), at("/links"), at("/activities"), "/api/v1/branches".to_owned()]
    {
        studio.ask("GET", &path, &[], None).await.problem(404, "not-found");
        studio.ask_staff("GET", &path, &[], None).await.accepted();
    }
    let open = json!({"link_id": LINK, "events": []});
    studio.ask_staff("POST", &at("/carts"), &[], Some(open)).await.problem(404, "not-found");
}

#[tokio::test]
async fn other_methods_are_told_which_ones_there_are() {
    let studio = Studio::open().await;
    let (link, rules) = (at(format!("/links/{LINK}")), at("/rules"));

    let answer = studio.ask("DELETE", &link, &[], None).await;
    answer.problem(405, "method-not-allowed");
    assert!(answer.headers["allow"].to_str().unwrap().contains("GET"), "{:?}", answer.headers);
    for method in ["POST", "PATCH", "OPTIONS", "BREW"] {
        studio.ask(method, &link, &[], None).await.problem(405, "method-not-allowed");
        studio.ask_staff(method, &rules, &[], None).await.problem(405, "method-not-allowed");
    }
}

#[tokio::test]
async fn a_body_over_64_kib_is_too_large_and_one_of_exactly_that_is_read() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let head = studio.head().await;
    let of_length = |length: usize| {
        let person = anna().to_string();
        format!("{person}{}", " ".repeat(length - person.len()))
    };
    let confirm = async |length| {
        let headers = [("authorization", cart.token.as_str()), ("idempotency-key", "large")];
        let path = format!("{}/confirmation", cart.path);
        send(studio.public(), "PUT", &path, &headers, Some(Body::from(of_length(length)))).await
    };

    confirm((64 << 10) + 1).await.problem(413, "too-large");
    let streamed = futures::stream::iter([of_length(40_000), of_length(40_000)].map(Ok::<_, std::io::Error>));
    let streamed = Some(Body::from_stream(streamed));
    send(studio.public(), "POST", &at("/carts"), &[], streamed).await.problem(413, "too-large");
    let large = json!({"name": "a".repeat(64 << 10)});
    studio.ask_staff("POST", &at("/team"), &[], Some(large)).await.problem(413, "too-large");
    assert_eq!(studio.head().await, head);

    confirm(64 << 10).await.accepted();
}

#[tokio::test]
async fn a_body_that_is_not_json_by_its_own_word_is_not_read() {
    let studio = Studio::open().await;
    let head = studio.head().await;
    let open = json!({"link_id": LINK, "events": picks(&studio.yoga[..1])}).to_string();

    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", "json"] {
        let headers = [("content-type", kind)];
        let body = Some(Body::from(open.clone()));
        send(studio.public(), "POST", &at("/carts"), &headers, body).await.problem(415, "not-json");
    }
    assert_eq!(studio.head().await, head);

    for kind in ["application/json", "application/json; charset=utf-8", "Application/JSON"] {
        let headers = [("content-type", kind)];
        let body = Some(Body::from(open.clone()));
        send(studio.public(), "POST", &at("/carts"), &headers, body).await.accepted();
    }
}

#[tokio::test]
async fn every_answer_carries_the_id_of_its_request_and_a_harmful_one_is_replaced() {
    let studio = Studio::open().await;
    let path = at(format!("/links/{LINK}"));

    let kept = studio.ask("GET", &path, &[("x-request-id", "front-desk_7.1")], None).await;
    assert_eq!(kept.headers["x-request-id"], "front-desk_7.1");
    let long = "a".repeat(65);
    for harmful in ["a b", "<script>", &long] {
        let answer = studio.ask("GET", &path, &[("x-request-id", harmful)], None).await;
        assert_ne!(answer.headers["x-request-id"], harmful);
    }
}
