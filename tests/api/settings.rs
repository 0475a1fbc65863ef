//! What staff set over the API: booking links and rules.

use aggregates::ids::LinkId;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::studio::http::{Answered, at};
use crate::studio::{BRANCH, LINK, Studio};

fn settings(allowed: bool, max_events: impl Into<Value>) -> Value {
    let group = json!({"allowed": allowed, "max_events": max_events.into()});
    json!({"name": "Weekly", "multiple_event_booking": group})
}

fn address() -> String {
    format!("/links/{LINK}/settings")
}

async fn create(studio: &Studio, kind: &str, settings: Value) -> Answered {
    let body = json!({"kind": kind, "settings": settings});
    studio.ask_staff("POST", &at("/links"), &[], Some(body)).await
}

fn id_of(link: &Value) -> LinkId {
    LinkId(link["link_id"].as_str().unwrap().parse().unwrap())
}

#[tokio::test]
async fn s_36_staff_list_the_booking_links_and_open_one() {
    let studio = Studio::open().await;

    let links = studio.ask_staff("GET", &at("/links"), &[], None).await.accepted();
    assert_eq!(links["items"].as_array().unwrap().len(), 1);
    let link = studio.ask_staff("GET", &at(address()), &[], None).await;
    assert_eq!(link.accepted(), links["items"][0]);
    let shown = &links["items"][0];
    assert_eq!((&shown["kind"], &shown["settings"]["name"]), (&json!("group"), &json!("Yoga weekly")));
    let group = json!({"allowed": true, "max_events": 10});
    assert_eq!(shown["settings"]["multiple_event_booking"], group, "s_11: the setting group");
    assert_eq!(shown["url"], format!("/w/{BRANCH}/{LINK}"));
}

#[tokio::test]
async fn s_37_a_new_link_for_group_booking_has_it_off_and_s_39_staff_switch_it_on() {
    let studio = Studio::open().await;

    let made = create(&studio, "group", json!({"name": "Second"})).await;
    assert_eq!(made.status, 201);
    let link = made.accepted();
    assert_eq!(link["settings"]["multiple_event_booking"], json!({"allowed": false, "max_events": 10}));
    let id = id_of(&link);
    let public = async || studio.ask("GET", &at(format!("/links/{id}")), &[], None).await.accepted();
    assert_eq!(public().await["limit"], 1);

    let on = json!({"name": "Second", "multiple_event_booking": {"allowed": true}});
    let on = studio.change("PUT", &format!("/links/{id}/settings"), "", Some(on)).await.accepted();
    assert_eq!(on["settings"]["multiple_event_booking"]["max_events"], 10, "at most 10 when switched on");
    assert_eq!(public().await["limit"], 10);
}

#[tokio::test]
async fn s_38_an_individual_link_refuses_the_setting_group_and_books_no_events() {
    let studio = Studio::open().await;
    let head = studio.head().await;

    let refused = create(&studio, "individual", settings(true, 3)).await;
    refused.wrong_fields(422, "not-for-individual-links", &["/settings/multiple_event_booking"]);
    assert_eq!(studio.head().await, head);

    let id = id_of(&create(&studio, "individual", json!({"name": "Single"})).await.accepted());
    let address = format!("/links/{id}/settings");
    let changed = studio.change("PUT", &address, "", Some(settings(true, 3))).await;
    changed.wrong_fields(422, "not-for-individual-links", &["/multiple_event_booking"]);
    let listed = studio.ask("GET", &at(format!("/links/{id}/activities")), &[], None).await.accepted();
    assert_eq!(listed["items"], json!([]));
    studio.try_cart(id, &studio.yoga[..1]).await.problem(422, "link-closed");

    let mixed = id_of(&create(&studio, "mixed", settings(true, 3)).await.accepted());
    studio.try_cart(mixed, &studio.yoga[..3]).await.accepted();
}

#[tokio::test]
async fn s_40_how_many_at_once_is_1_to_10() {
    let studio = Studio::open().await;

    for max in 1..=10 {
        let saved = studio.change("PUT", &address(), "", Some(settings(true, max))).await.accepted();
        assert_eq!(saved["settings"]["multiple_event_booking"]["max_events"], max);
    }
    let head = studio.head().await;
    for max in [0, 11] {
        let refused = studio.change("PUT", &address(), "", Some(settings(true, max))).await;
        let problem = refused.wrong_fields(422, "invalid-fields", &["/multiple_event_booking/max_events"]);
        let detail = problem["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("from 1 to 10"), "{detail}");
    }
    let text = studio.change("PUT", &address(), "", Some(settings(true, "ten"))).await;
    text.wrong_fields(400, "malformed", &["/multiple_event_booking/max_events"]);
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn s_42_the_journal_setting_is_off_or_2_to_255() {
    let studio = Studio::open().await;
    let rules = studio.ask_staff("GET", &at("/rules"), &[], None).await.accepted();

    for (limit, max_spots) in [(json!(null), 1), (json!(2), 2), (json!(255), 255)] {
        let mut rules = rules.clone();
        rules["multiple_spots"] = limit;
        assert_eq!(studio.change("PUT", "/rules", "", Some(rules.clone())).await.accepted(), rules);
        let link = studio.ask("GET", &at(format!("/links/{LINK}")), &[], None).await.accepted();
        assert_eq!(link["max_spots"], max_spots);
    }
}

#[tokio::test]
async fn s_43_saving_is_explicit_audited_and_versioned() {
    let studio = Studio::open().await;
    let before = studio.ask_staff("GET", &at(address()), &[], None).await;

    let headers = [("if-match", &*before.etag()), ("x-request-id", "save-1")];
    let saved = studio.ask_staff("PUT", &at(address()), &headers, Some(settings(true, 4))).await;
    saved.accepted();

    assert_eq!((&*before.etag(), &*saved.etag()), ("\"v1\"", "\"v2\""));
    let facts = studio.facts().await;
    let fact = facts.last().unwrap();
    assert_eq!((fact.event_type.as_str(), fact.sequence), ("link.set-up.v1", 2));
    let metadata: Value = serde_json::from_str(&fact.metadata).unwrap();
    assert_eq!((&metadata["actor"], &metadata["request"]), (&json!("staff"), &json!("save-1")));
    assert_eq!(metadata["cause"], "set-up-link");

    let again = studio.change("PUT", &address(), "", Some(settings(true, 4))).await;
    assert_eq!(again.etag(), saved.etag(), "saving what is saved already records nothing");
    assert_eq!(studio.facts().await.len(), facts.len());
}

#[tokio::test]
async fn s_43_who_changed_a_link_when_and_from_what_to_what_the_newest_first() {
    let studio = Studio::open().await;
    studio.clock.advance(TimeDelta::hours(1));
    let on = studio.change("PUT", &address(), "", Some(settings(true, 4))).await;
    on.accepted();
    studio.clock.advance(TimeDelta::hours(1));
    let headers = [("if-match", &*on.etag()), ("x-request-id", "off-again")];
    studio.ask_staff("PUT", &at(address()), &headers, Some(settings(false, 4))).await.accepted();

    let saves = studio.ask_staff("GET", &at(format!("/links/{LINK}/saves")), &[], None).await.accepted();

    let saves = saves["items"].as_array().unwrap();
    let versions: Vec<_> = saves.iter().map(|save| &save["version"]).collect();
    assert_eq!(versions, [3, 2, 1]);
    assert_eq!((&saves[0]["actor"], &saves[0]["request"]), (&json!("staff"), &json!("off-again")));
    assert_eq!(saves[0]["at"], "2027-01-04T10:00:00Z");
    assert_eq!(
        saves[0]["changes"],
        json!([{
            "what": "Multiple event booking", "was": "up to 4 events", "is": "off",
            "sentence": "Multiple event booking: was up to 4 events, now off"
        }])
    );
    let names = [&saves[1]["changes"][0]["was"], &saves[1]["changes"][0]["is"]];
    assert_eq!(names, ["Yoga weekly", "Weekly"]);
    let unknown = format!("/links/{}/saves", uuid::Uuid::nil());
    studio.ask_staff("GET", &at(unknown), &[], None).await.problem(404, "not-found");
}

#[tokio::test]
async fn s_43_who_changed_the_rules_of_a_branch_when_and_from_what_to_what() {
    let studio = Studio::open().await;
    studio.set_rules(|rules| rules.prepayment = true).await;

    let saves = studio.ask_staff("GET", &at("/saves"), &[], None).await.accepted();

    let sentence = &saves["items"][0]["changes"][0]["sentence"];
    assert_eq!(sentence, "Online prepayment: was off, now on");
    let first = saves["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&first["version"], &first["changes"][0]["is"]), (&json!(1), &json!("Riverside Studio")));
    let nowhere = format!("/api/v1/branches/{}/saves", uuid::Uuid::nil());
    studio.ask_staff("GET", &nowhere, &[], None).await.problem(404, "not-found");
}

#[tokio::test]
async fn s_44_a_new_branch_and_a_new_link_start_with_everything_switched_off() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;

    let rules = format!("/api/v1/branches/{}/rules", there.branch);
    let rules = studio.ask_staff("GET", &rules, &[], None).await.accepted();

    let off = json!({"allowed": false, "notice_minutes": 0});
    assert_eq!(
        rules,
        json!({
            "prepayment": false, "multiple_spots": null, "duplicates": "refuse",
            "cancellation": off, "rescheduling": off
        })
    );
    let link = create(&studio, "group", json!({"name": "New"})).await.accepted();
    assert_eq!(
        (&link["settings"]["lead_minutes"], &link["settings"]["horizon_days"]),
        (&json!(0), &json!(365))
    );
}

#[tokio::test]
async fn a_26_a_consent_text_that_says_nothing_is_refused_and_none_is_said_by_leaving_it_out() {
    let studio = Studio::open().await;
    let settings = |text: Value| json!({"name": "Yoga weekly", "consent_text": text});
    let set_up = async |text: Value| {
        studio.change("PUT", &format!("/links/{LINK}/settings"), "", Some(settings(text))).await
    };

    for nothing in ["", " \n "] {
        set_up(json!(nothing)).await.wrong_fields(422, "consent-empty", &["/consent_text"]);
        let new = json!({"kind": "group", "settings": settings(json!(nothing))});
        let created = studio.ask_staff("POST", &at("/links"), &[], Some(new)).await;
        created.wrong_fields(422, "consent-empty", &["/settings/consent_text"]);
    }
    set_up(json!("We keep your name.")).await.accepted();
    assert_eq!(set_up(json!(null)).await.accepted()["settings"]["consent_text"], Value::Null);
}
