//! What programs show to the API.

use axum::http::StatusCode;
use cartwheel::staff::Role;
use cartwheel::staff::tokens::{ApiToken, Scope};
use chrono::TimeDelta;
use serde_json::json;

use super::browser::{Browser, hire, location, settings};
use crate::studio::http::at;
use crate::studio::pages::value;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    a_token_is_made_once_works_for_the_api_alone_and_is_revoked,
    a_token_opens_what_its_scope_says_in_its_branch_until_it_ends,
    a_token_is_stored_as_its_hash,
);

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

async fn make(studio: &Studio, scope: Scope) -> ApiToken {
    let name = "Till".to_owned().try_into().unwrap();
    let now = studio.clock.now();
    studio.app.staff.make_token(BRANCH, (&name, scope), 30, None, now).await.unwrap().1
}

async fn a_token_is_made_once_works_for_the_api_alone_and_is_revoked() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let mut anna = Browser::signed_in(&studio, "anna").await;
    let fields = |name, days| [("do", "make"), ("name", name), ("scope", "settings"), ("days", days)];
    for (name, days) in [("", "90"), ("Till", "0"), ("Till", "731"), ("Till", "soon")] {
        let refused = anna.submit(&settings("tokens"), &fields(name, days)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {days}");
    }

    let made = anna.submit(&settings("tokens"), &fields("Till", "90")).await.body;
    let token = made.split("id=\"made\" readonly value=\"").nth(1).unwrap().split('"').next().unwrap();

    assert!(token.starts_with("cw_"));
    let page = anna.see(&settings("tokens")).await.body;
    assert!(!page.contains(token) && page.contains("never used"), "{page}");
    let shown = bearer(token);
    let headers = [("authorization", shown.as_str())];
    let added = studio.ask_staff("POST", &at("/team"), &headers, Some(json!({"name": "Lena"}))).await;
    added.accepted();
    let entries = studio.ask_staff("GET", &at("/saves"), &headers, None).await.accepted();
    let actor = entries["items"][0]["actor"].as_str().unwrap();
    assert!(actor.starts_with("token:"), "{actor}");
    assert_eq!(entries["items"][0]["actor_name"], "Till");
    assert!(anna.see(&settings("tokens")).await.body.contains("last used Mon 4 Jan"));
    let page = studio.ask_staff("GET", &settings("rules"), &headers, None).await;
    assert!(location(&page).starts_with("/staff/sign-in"), "pages are for people");

    let id = value(&anna.see(&settings("tokens")).await.body, "token");
    location(&anna.submit(&settings("tokens"), &[("do", "revoke"), ("token", &id)]).await);
    studio.ask_staff("GET", &at("/saves"), &headers, None).await.problem(401, "sign-in-needed");
    let cookie = format!("staff={}", anna.cookies["staff"]);
    let both = [("authorization", shown.as_str()), ("cookie", cookie.as_str())];
    studio.ask_staff("GET", &at("/saves"), &both, None).await.problem(401, "sign-in-needed");
    assert!(anna.see(&settings("tokens")).await.body.contains("revoked Mon 4 Jan"));
}

async fn a_token_opens_what_its_scope_says_in_its_branch_until_it_ends() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    hire(&studio, "anna", Role::Owner).await;
    let attendance = at(format!("/journal/appointments/{}/attendance", uuid::Uuid::nil()));
    for (scope, attendance_status, rules_status) in
        [(Scope::Read, 403, 403), (Scope::Book, 428, 403), (Scope::Settings, 428, 428)]
    {
        let shown = bearer(&make(&studio, scope).await.to_string());
        let headers = [("authorization", shown.as_str())];
        let ask = async |method: &str, path: &str, body| studio.ask_staff(method, path, &headers, body).await;

        ask("GET", &at("/journal"), None).await.accepted();
        let noted = ask("PUT", &attendance, Some(json!({"attendance": "arrived"}))).await;
        assert_eq!(noted.status.as_u16(), attendance_status, "{scope:?}");
        let rules = json!({"prepayment": false, "multiple_spots": 3, "duplicates": "allow",
            "cancellation": {"allowed": false}, "rescheduling": {"allowed": false}});
        let changed = ask("PUT", &at("/rules"), Some(rules)).await;
        assert_eq!(changed.status.as_u16(), rules_status, "{scope:?}");
        let foreign = format!("/api/v1/branches/{}/journal", there.branch);
        ask("GET", &foreign, None).await.problem(404, "not-found");
        let branches = ask("GET", "/api/v1/branches", None).await.accepted();
        assert_eq!(branches["items"].as_array().unwrap().len(), 1, "{branches}");
    }
    let shown = bearer(&make(&studio, Scope::Read).await.to_string());
    studio.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    studio.ask_staff("GET", &at("/journal"), &[("authorization", &shown)], None).await.accepted();
    studio.clock.advance(TimeDelta::seconds(1));
    let ended = studio.ask_staff("GET", &at("/journal"), &[("authorization", &shown)], None).await;
    ended.problem(401, "sign-in-needed");
}

async fn a_token_is_stored_as_its_hash() {
    use sha2::{Digest, Sha256};
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let token = make(&studio, Scope::Read).await.to_string();

    let kept = studio.app.staff.tokens(BRANCH).await.unwrap().remove(0);

    let stored = format!("{kept:?}");
    assert!(stored.contains(&format!("{:?}", Sha256::digest(&token).to_vec())), "{stored}");
    assert!(!stored.contains(&token[3..]), "{stored}");
}
