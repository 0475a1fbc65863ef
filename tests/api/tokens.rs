//! Who may open what.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::studio::http::{anna, at, ben, picks};
use crate::studio::{LINK, Studio};

#[tokio::test]
async fn a_30_nothing_opens_without_its_own_token() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    let [cart, other_cart] = [studio.cart(&studio.yoga[..2]).await, studio.cart(&studio.yoga[..2]).await];
    let confirmed = studio.cart(&studio.yoga[4..6]).await.confirm(anna()).await.accepted();
    let booked = studio.appointments(&confirmed);
    let result = confirmed["result_url"].as_str().unwrap().strip_prefix("/m/").unwrap();
    let open_there = json!({"link_id": there.link, "events": picks(&[there.event])});
    let carts_there = format!("/api/v1/branches/{}/carts", there.branch);
    let opened_there = studio.ask("POST", &carts_there, &[], Some(open_there)).await.accepted();
    let head = studio.head().await;

    let own = cart.token.strip_prefix("Bearer ").unwrap();
    let wrong = [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        "Bearer x".to_owned(),
        format!("Basic {own}"),
        own.to_owned(),
        format!("Bearer {}", &own[..42]),
        format!("Bearer {own}A"),
        format!("Bearer {} {own}", cart.id),
        format!("Bearer {}", opened_there["token"].as_str().unwrap()),
        format!("Bearer {result}"),
        other_cart.token.clone(),
        booked[1].token.clone(),
    ];
    let spots = format!("/activities/{}/spots", studio.yoga[0]);
    let doors: Vec<(&str, String, Option<Value>)> = vec![
        ("GET", cart.path.clone(), None),
        ("GET", format!("{}/offer", cart.path), None),
        ("PUT", format!("{}/selection", cart.path), Some(json!({"events": []}))),
        ("PUT", format!("{}{spots}", cart.path), Some(json!({"spots": 2}))),
        ("POST", format!("{}/confirmation/dry-run", cart.path), Some(ben())),
        ("PUT", format!("{}/confirmation", cart.path), Some(ben())),
        ("GET", booked[0].path.clone(), None),
        ("GET", format!("{}/calendar.ics", booked[0].path), None),
        ("POST", format!("{}/cancellation", booked[0].path), None),
        ("GET", format!("{}/rescheduling", booked[0].path), None),
        ("POST", format!("{}/rescheduling", booked[0].path), Some(json!({"activity_id": studio.yoga[9]}))),
        ("PUT", format!("{}/spots", booked[0].path), Some(json!({"spots": 1}))),
    ];
    for (method, path, body) in &doors {
        let key = ("idempotency-key", "k");
        studio.ask(method, path, &[key], body.clone()).await.problem(404, "not-found");
        for token in &wrong {
            let headers = [("authorization", token.as_str()), key];
            let answer = studio.ask(method, path, &headers, body.clone()).await;
            answer.problem(404, "not-found");
        }
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn a_30_tokens_are_all_different_and_say_nothing_of_what_they_open() {
    let studio = Studio::open().await;
    let mut tokens = BTreeSet::new();

    for event in &studio.yoga[..3] {
        let cart = studio.cart(&[*event]).await;
        tokens.insert(cart.token.clone());
        let booked = cart.confirm(anna()).await.accepted();
        tokens.insert(format!("Bearer {}", booked["result_url"].as_str().unwrap().trim_start_matches("/m/")));
        tokens.extend(studio.appointments(&booked).into_iter().map(|appointment| appointment.token));
    }

    assert_eq!(tokens.len(), 9);
    assert!(tokens.iter().all(|token| token.len() == "Bearer ".len() + 43));
    let stored = std::fs::read(studio.path()).unwrap();
    let log = std::fs::read(format!("{}-wal", studio.path().display())).unwrap_or_default();
    for token in tokens {
        let token = token.strip_prefix("Bearer ").unwrap().as_bytes();
        let found = |bytes: &[u8]| bytes.windows(token.len()).any(|window| window == token);
        assert!(!found(&stored) && !found(&log), "only a hash of it is stored");
    }
}

#[tokio::test]
async fn a_30_a_cart_can_still_be_read_with_its_token_once_it_is_confirmed() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let booked = studio.appointments(&cart.confirm(anna()).await.accepted());

    let seen = cart.see().await;

    assert_eq!(seen["status"], "confirmed");
    let ids: Vec<_> = booked.iter().map(|appointment| json!(appointment.id)).collect();
    assert_eq!(seen["appointment_ids"], json!(ids));
    assert!(seen.get("token").is_none(), "it is shown once");
    cart.select(&studio.yoga[..1]).await.problem(409, "already-confirmed");
    cart.set_spots(studio.yoga[0], 2).await.problem(409, "already-confirmed");
    cart.dry_run(anna()).await.problem(409, "already-confirmed");
}

#[tokio::test]
async fn what_was_typed_is_in_no_fact() {
    let studio = Studio::open().await;
    let person = json!({
        "name": "Anna Berg", "phone": "030 2312 5014", "email": "anna@example.org", "comment": "Left knee."
    });
    let path = at(format!("/links/{LINK}"));
    studio.ask("GET", &path, &[], None).await.accepted();
    studio.book(&studio.yoga[..2], person).await;

    for fact in studio.facts().await {
        for typed in ["Anna", "Berg", "23125014", "anna@example.org", "knee"] {
            let hidden = !fact.payload.contains(typed) && !fact.metadata.contains(typed);
            assert!(hidden || fact.aggregate_type == "branch", "{typed} in {}", fact.event_type);
        }
    }
}

#[tokio::test]
async fn a_30_what_a_client_was_given_opens_nothing_any_more_30_days_after_its_last_event() {
    let studio = Studio::open().await;
    let confirmed = studio.cart(&studio.yoga[..2]).await.confirm(anna()).await.accepted();
    let booked = studio.appointments(&confirmed);
    let result = confirmed["result_url"].as_str().unwrap().to_owned();
    let left = studio.cart(&studio.yoga[..1]).await;
    let mut ends = vec![];
    for event in &studio.yoga[..2] {
        let row = studio.app.activity(crate::studio::BRANCH, *event).await.unwrap().unwrap();
        ends.push(row.vacancy.plan.ends_at());
    }
    let days = TimeDelta::days(30);
    let until = async |moment: DateTime<Utc>| studio.clock.advance(moment - studio.clock.now());
    let opens = async |held: &crate::studio::http::Held<'_>| held.ask("GET", "", None).await.status.as_u16();
    let page = async || studio.page(&result).await;

    until(ends[0] + days - TimeDelta::seconds(1)).await;
    assert_eq!([opens(&booked[0]).await, opens(&booked[1]).await], [200, 200]);
    until(ends[0] + days).await;
    assert_eq!([opens(&booked[0]).await, opens(&booked[1]).await], [404, 200], "each for itself");
    assert_eq!(page().await.status, 200, "the last of them counts");
    until(ends[1] + days).await;
    assert_eq!([opens(&booked[0]).await, opens(&booked[1]).await], [404, 404]);
    assert_eq!(opens(&left).await, 404, "what nobody confirmed is long over");
    let gone = page().await;
    assert_eq!(gone.status, 404);
    assert!(gone.body.contains("This address opens nothing"), "{}", gone.body);
}

#[tokio::test]
async fn a_30_a_revoked_token_opens_nothing() {
    let studio = Studio::open().await;
    let held = studio.book(&studio.yoga[..1], anna()).await.remove(0);
    held.see().await;

    studio.store.tamper("UPDATE capabilities SET revoked_at = 1").await;

    held.ask("GET", "", None).await.problem(404, "not-found");
}
