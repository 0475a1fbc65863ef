//! Setting webhooks up over the API.

use serde_json::json;

use super::{below, follow, studio};
use crate::receiver::{Behaviour, Receiver};
use crate::studio::Studio;
use crate::studio::http::{anna, at};
use crate::studio::store::on_every_store;

on_every_store!(
    b_11_webhooks_are_made_changed_and_taken_away,
    b_11_what_is_wrong_with_a_webhook_is_named,
    b_11_those_of_another_branch_are_not_there,
);

async fn b_11_webhooks_are_made_changed_and_taken_away() {
    let studio = studio().await;
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let made = studio.add_webhook(&receiver, None).await;

    let listed = studio.ask_staff("GET", &at("/webhooks"), &[], None).await.accepted();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["url"], receiver.url());
    assert!(listed["items"][0]["types"].is_null() && listed["items"][0].get("secret").is_none());
    let off = json!({"url": receiver.url(), "types": ["cart.opened.v1"], "active": false});
    let unversioned = studio.ask_staff("PUT", &below(&made, ""), &[], Some(off.clone())).await;
    unversioned.problem(428, "if-match-required");
    let changed = studio.ask_staff("PUT", &below(&made, ""), &[("if-match", "\"v1\"")], Some(off)).await;
    let changed = changed.accepted();
    assert_eq!((changed["state"].as_str(), &changed["types"]), (Some("off"), &json!(["cart.opened.v1"])));

    let following = follow(&studio);
    studio.book(&studio.yoga[2..3], anna()).await;
    let stale = studio.ask_staff("DELETE", &below(&made, ""), &[("if-match", "\"v1\"")], None).await;
    stale.problem(412, "stale");
    let gone = studio.ask_staff("DELETE", &below(&made, ""), &[("if-match", "\"v2\"")], None).await;
    following.stop().await;
    assert_eq!(gone.status, 204);
    studio.ask_staff("GET", &below(&made, ""), &[], None).await.problem(404, "not-found");
    assert!(receiver.came().is_empty());
}

async fn b_11_what_is_wrong_with_a_webhook_is_named() {
    let studio = Studio::open().await;
    let post = |body| {
        let studio = &studio;
        async move { studio.ask_staff("POST", &at("/webhooks"), &[], Some(body)).await }
    };

    for (url, code) in [
        ("no address", "invalid-url"),
        ("http://hooks.example.org/", "not-https"),
        ("https://10.0.0.1/", "private-address"),
        ("https://localhost/", "private-address"),
    ] {
        let problem = post(json!({"url": url})).await.wrong_fields(422, "invalid-fields", &["/url"]);
        assert_eq!(problem["errors"][0]["code"], code, "{url}");
    }
    let both = post(json!({"url": "", "types": ["cart.exploded.v1"]})).await;
    both.wrong_fields(422, "invalid-fields", &["/url", "/types"]);
    post(json!({"url": "https://hooks.example.org/", "types": []})).await.wrong_fields(
        422,
        "invalid-fields",
        &["/types"],
    );
    for n in 0..20 {
        post(json!({"url": format!("https://hooks{n}.example.org/")})).await.accepted();
    }
    post(json!({"url": "https://hooks.example.org/"})).await.problem(422, "too-many-webhooks");
}

async fn b_11_those_of_another_branch_are_not_there() {
    let studio = studio().await;
    let there = studio.another_branch().await;
    let receiver = Receiver::start(Behaviour::Answers(200)).await;
    let made = studio.add_webhook(&receiver, None).await;
    let id = made["webhook_id"].as_str().unwrap();
    let foreign = |path: &str| format!("/api/v1/branches/{}/webhooks/{id}{path}", there.branch);

    for (method, path) in
        [("GET", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/test"), ("GET", "/deliveries")]
    {
        let headers = [("if-match", "\"v1\"")];
        studio.ask_staff(method, &foreign(path), &headers, None).await.problem(404, "not-found");
    }
    assert_eq!(studio.webhook(&made).await["version"], 1);
}

#[test]
fn b_11_the_documentation_names_every_fact() {
    let documentation = std::fs::read_to_string("docs/webhooks.md").unwrap();

    for name in cartwheel::webhooks::types().flat_map(|(_, names)| names) {
        assert!(documentation.contains(&format!("`{name}`")), "{name}");
    }
}
