//! What facts remember of who asked.

use cartwheel::audit::{Subject, branch_saves, history};
use cartwheel::staff::Role;
use serde_json::json;

use super::browser::{Browser, hire, journal, location, settings};
use crate::studio::http::at;
use crate::studio::pages::value;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, Studio};

on_every_store!(
    b_09_a_fact_remembers_who_signed_in_and_pages_say_their_name,
    a_23_keys_are_the_principals_own,
);

async fn b_09_a_fact_remembers_who_signed_in_and_pages_say_their_name() {
    let studio = Studio::open().await;
    hire(&studio, "anna", Role::Owner).await;
    let ben = hire(&studio, "ben", Role::Manager).await;
    let mut bens = Browser::signed_in(&studio, "ben").await;
    let version = value(&bens.see(&settings("team")).await.body, "version");
    location(&bens.submit(&settings("team"), &[("version", &version), ("name", "Lena")]).await);
    let event = format!("{}/events/{}", journal(), studio.yoga[0]);
    let version = value(&bens.see(&event).await.body, "version");
    location(&bens.submit(&format!("{event}/online"), &[("version", &version), ("open", "")]).await);

    let saves = branch_saves(studio.app.ledger.as_ref(), BRANCH).await.unwrap();
    assert_eq!(saves[0].entry.actor, format!("user:{ben}"));
    assert_eq!(saves[0].entry.actor_name.as_deref(), Some("ben of the team"));
    assert!(bens.see(&settings("team")).await.body.contains("Changed by ben of the team, "));
    assert!(bens.see(&format!("{event}/history")).await.body.contains("by ben of the team"));
    let cookie = format!("staff={}", bens.cookies["staff"]);
    let told = studio.ask_staff("GET", &at("/saves"), &[("cookie", &cookie)], None).await.accepted();
    assert_eq!(told["items"][0]["actor"], format!("user:{ben}"));
    assert_eq!(told["items"][0]["actor_name"], "ben of the team");
    assert!(told["items"][1]["actor_name"].is_null(), "{told}");

    studio.app.staff.remove(BRANCH, ben).await.unwrap().unwrap();
    let mut anna = Browser::signed_in(&studio, "anna").await;
    assert!(anna.see(&settings("team")).await.body.contains("Changed by a former member of staff, "));
    assert!(anna.see(&format!("{event}/history")).await.body.contains("by a former member of staff"));
    let entries =
        history(studio.app.ledger.as_ref(), BRANCH, Subject::Activity(studio.yoga[0])).await.unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.actor.clone(), last.actor_name.clone()), (format!("user:{ben}"), None));
}

async fn a_23_keys_are_the_principals_own() {
    let studio = Studio::open().await;
    for login in ["anna", "ben"] {
        hire(&studio, login, Role::Owner).await;
    }
    let add = async |login: &str, name: &str| {
        let cookie = format!("staff={}", Browser::signed_in(&studio, login).await.cookies["staff"]);
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "k")];
        studio.ask_staff("POST", &at("/team"), &headers, Some(json!({"name": name}))).await
    };

    let first = add("anna", "Lena").await;
    let again = add("anna", "Lena").await;
    let other = add("ben", "Nils").await;

    assert_eq!(first.accepted()["team_member_id"], again.accepted()["team_member_id"]);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_ne!(first.accepted()["team_member_id"], other.accepted()["team_member_id"]);
    add("ben", "Lena").await.problem(422, "idempotency-key-reused");
}
