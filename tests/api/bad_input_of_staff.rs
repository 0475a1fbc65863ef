//! Bad input of staff: each a clear problem that names what is wrong, and nothing is changed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::too_many_lines, reason = "tests")]

use serde_json::{Value, json};
use uuid::Uuid;

use crate::studio::http::{anna, at};
use crate::studio::{LINK, MARCO, SOFIE, Studio, YOGA};

/// The value with that field set, at a pointer.
fn with(mut whole: Value, pointer: &str, value: Value) -> Value {
    if let Some(place) = whole.pointer_mut(pointer) {
        *place = value;
    } else {
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        whole.pointer_mut(parent).unwrap()[field] = value;
    }
    whole
}

fn new_event() -> Value {
    json!({
        "service_id": YOGA, "team_member_id": SOFIE, "starts_local": "2027-02-05T18:30:00",
        "duration_minutes": 60, "capacity": 12
    })
}

fn rules() -> Value {
    json!({
        "prepayment": false, "multiple_spots": 4, "duplicates": "refuse",
        "cancellation": {"allowed": true, "notice_minutes": 60},
        "rescheduling": {"allowed": false, "notice_minutes": 0}
    })
}

fn settings() -> Value {
    json!({"name": "Weekly", "service_ids": [YOGA], "multiple_event_booking": {"allowed": true, "max_events": 5}})
}

/// A body of staff, and everything that can be wrong with it: pointer, value, and whether it is not even understood.
struct Body {
    method: &'static str,
    /// What shows the version, and what is asked below it.
    address: (String, &'static str),
    right: Value,
    malformed: Vec<(&'static str, Value)>,
    invalid: Vec<(&'static str, Value)>,
}

fn bodies(event: &str, appointment: &str) -> Vec<Body> {
    let event = format!("/activities/{event}");
    let appointment = format!("/journal/appointments/{appointment}");
    let branch = || ("/rules".to_owned(), "");
    let long = || json!("a".repeat(201));
    vec![
        Body {
            method: "PUT",
            address: branch(),
            right: rules(),
            malformed: vec![
                ("/cancellation/notice_minutes", json!("a day")),
                ("/cancellation/hours", json!(1)),
                ("/rescheduling", json!(true)),
                ("/multiple_spots", json!("off")),
                ("/duplicates", json!("sometimes")),
                ("/prepayment", json!(1)),
                ("/holds", json!(true)),
            ],
            invalid: vec![
                ("/multiple_spots", json!(0)),
                ("/multiple_spots", json!(1)),
                ("/multiple_spots", json!(256)),
                ("/cancellation/notice_minutes", json!(525_601)),
                ("/rescheduling/notice_minutes", json!(u32::MAX)),
            ],
        },
        Body {
            method: "PUT",
            address: (format!("/links/{LINK}/settings"), ""),
            right: settings(),
            malformed: vec![
                ("/multiple_event_booking/max_events", json!("ten")),
                ("/multiple_event_booking/max_events", json!(1.5)),
                ("/multiple_event_booking/max_events", json!(-1)),
                ("/multiple_event_booking/minimum", json!(1)),
                ("/service_ids/0", json!("yoga")),
                ("/email", json!("perhaps")),
                ("/kind", json!("group")),
            ],
            invalid: vec![
                ("/multiple_event_booking/max_events", json!(0)),
                ("/multiple_event_booking/max_events", json!(11)),
                ("/name", json!("")),
                ("/name", long()),
                ("/lead_minutes", json!(525_601)),
                ("/horizon_days", json!(0)),
                ("/horizon_days", json!(3651)),
                ("/consent_text", json!("a".repeat(5001))),
            ],
        },
        Body {
            method: "PUT",
            address: (String::new(), ""),
            right: json!({"name": "Riverside", "time_zone": "Europe/Berlin", "country": "DE"}),
            malformed: vec![("/name", json!(null)), ("/city", json!("Berlin")), ("/address", json!(12))],
            invalid: vec![
                ("/name", json!("\u{7}")),
                ("/time_zone", json!("Berlin")),
                ("/time_zone", json!("+01:00")),
                ("/country", json!("Germany")),
                ("/country", json!("de")),
                ("/address", json!("")),
                ("/phone", long()),
            ],
        },
        Body {
            method: "PUT",
            address: (event.clone(), "/capacity"),
            right: json!({"capacity": 20}),
            malformed: vec![("/capacity", json!("20")), ("/capacity", json!(-1)), ("/spots", json!(1))],
            invalid: vec![("/capacity", json!(0)), ("/capacity", json!(65_536))],
        },
        Body {
            method: "POST",
            address: (event.clone(), "/moving"),
            right: json!({"starts_local": "2027-01-08T19:00:00"}),
            malformed: vec![
                ("/starts_local", json!("tomorrow")),
                ("/starts_local", json!("2027-01-08T19:00:00Z")),
                ("/starts_local", json!("2027-02-29T19:00:00")),
                ("/force", json!(true)),
            ],
            invalid: vec![
                ("/duration_minutes", json!(0)),
                ("/duration_minutes", json!(1441)),
                ("/starts_local", json!("+262142-12-31T23:59:59")),
                ("/starts_local", json!("-262143-01-01T00:00:00")),
                ("/starts_local", json!("1969-12-31T23:59:59")),
            ],
        },
        Body {
            method: "PUT",
            address: (event.clone(), "/team-member"),
            right: json!({"team_member_id": MARCO}),
            malformed: vec![("/team_member_id", json!("Marco")), ("/name", json!("Marco"))],
            invalid: vec![],
        },
        Body {
            method: "PUT",
            address: (event, "/online-booking"),
            right: json!({"open": false}),
            malformed: vec![("/open", json!("no")), ("/until", json!("noon"))],
            invalid: vec![],
        },
        Body {
            method: "POST",
            address: (appointment.clone(), "/rescheduling"),
            right: json!({"activity_id": Uuid::nil()}),
            malformed: vec![("/activity_id", json!(1)), ("/force", json!("yes")), ("/reason", json!(""))],
            invalid: vec![],
        },
        Body {
            method: "PUT",
            address: (appointment, "/spots"),
            right: json!({"spots": 1}),
            malformed: vec![("/spots", json!([1])), ("/force", json!(true))],
            invalid: vec![("/spots", json!(0)), ("/spots", json!(256))],
        },
    ]
}

#[tokio::test]
async fn every_wrong_field_of_a_change_is_named_and_nothing_changes() {
    let studio = Studio::open().await;
    let appointment = studio.book(&studio.yoga[..1], anna()).await.remove(0).id;
    let head = studio.head().await;

    for Body { method, address: (shown, below), right, malformed, invalid } in
        bodies(&studio.yoga[1].to_string(), &appointment)
    {
        for (wrong, status, code) in [(malformed, 400, "malformed"), (invalid, 422, "invalid-fields")] {
            for (pointer, value) in wrong {
                let body = with(right.clone(), pointer, value);
                let answer = studio.change(method, &shown, below, Some(body)).await;
                answer.wrong_fields(status, code, &[pointer]);
            }
        }
        let everything = studio.change(method, &shown, below, Some(json!({"nonsense": {}}))).await;
        assert_eq!(everything.status, 400, "{}", everything.body);
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn every_wrong_field_of_something_new_is_named_and_nothing_is_made() {
    let studio = Studio::open().await;
    let head = studio.head().await;
    let link = json!({"kind": "group", "settings": settings()});
    let service = json!({"name": "Pilates", "duration_minutes": 50, "price": {"amount_minor": 1500, "currency": "EUR"}});
    let membership = json!({"client_name": "Anna Berg", "client_phone": "030 2312 5014", "name": "Ten visits", "service_ids": [YOGA]});

    let malformed = [
        ("/activities", new_event(), "/weeks", json!("ten")),
        ("/activities", new_event(), "/starts_local", json!("2027-02-30T10:00:00")),
        ("/activities", new_event(), "/starts_local", json!("2027-02-05 18:30")),
        ("/activities", new_event(), "/service_id", json!(null)),
        ("/activities", new_event(), "/price", json!(1)),
        ("/links", link.clone(), "/kind", json!("mixed-up")),
        ("/links", link.clone(), "/settings/max_events", json!(3)),
        ("/links", link.clone(), "/settings/multiple_event_booking/max_events", json!("three")),
        ("/services", service.clone(), "/price/amount_minor", json!(15.5)),
        ("/services", service.clone(), "/price/tax", json!(19)),
        ("/services", service.clone(), "/membership", json!("maybe")),
        ("/team", json!({}), "/name", json!(3)),
        ("/team", json!({"name": "Nils"}), "/surname", json!("Holm")),
        ("/memberships", membership.clone(), "/expires_on", json!("2027-13-01")),
        ("/memberships", membership.clone(), "/status", json!("lost")),
        ("/memberships", membership.clone(), "/visits", json!(-1)),
        ("/memberships", membership.clone(), "/service_ids/0", json!("yoga")),
    ];
    let invalid = [
        ("/activities", new_event(), "/weeks", json!(0)),
        ("/activities", new_event(), "/weeks", json!(521)),
        ("/activities", new_event(), "/duration_minutes", json!(0)),
        ("/activities", new_event(), "/capacity", json!(0)),
        ("/activities", new_event(), "/capacity", json!(65_536)),
        ("/activities", new_event(), "/starts_local", json!("+262142-12-31T23:59:59")),
        ("/activities", new_event(), "/starts_local", json!("1969-12-31T23:59:59")),
        ("/links", link.clone(), "/settings/name", json!(" ")),
        ("/links", link, "/settings/multiple_event_booking/max_events", json!(11)),
        ("/services", service.clone(), "/name", json!("")),
        ("/services", service.clone(), "/price/currency", json!("euro")),
        ("/services", service, "/price/amount_minor", json!(-1)),
        ("/team", json!({}), "/name", json!("Ni\u{0}ls")),
        ("/memberships", membership.clone(), "/client_phone", json!("12")),
        ("/memberships", membership.clone(), "/client_name", json!("")),
        ("/memberships", membership, "/name", json!("")),
    ];
    for (wrong, status, code) in [(&malformed[..], 400, "malformed"), (&invalid[..], 422, "invalid-fields")] {
        for (path, right, pointer, value) in wrong {
            let body = with(right.clone(), pointer, value.clone());
            let answer = studio.ask_staff("POST", &at(path), &[], Some(body)).await;
            answer.wrong_fields(status, code, &[pointer]);
        }
    }
    let several = json!({"client_name": "", "client_phone": "", "name": ""});
    let several = studio.ask_staff("POST", &at("/memberships"), &[], Some(several)).await;
    several.wrong_fields(422, "invalid-fields", &["/client_name", "/client_phone", "/name"]);
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn what_belongs_to_another_branch_is_not_found_here() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    let appointment = studio.book(&studio.yoga[..1], anna()).await.remove(0);
    let head = studio.head().await;
    let event = format!("/activities/{}", studio.yoga[1]);

    for (path, body, pointer) in [
        ("/activities", with(new_event(), "/service_id", json!(there.service)), "/service_id"),
        ("/activities", with(new_event(), "/team_member_id", json!(there.team_member)), "/team_member_id"),
    ] {
        let answer = studio.ask_staff("POST", &at(path), &[], Some(body)).await;
        answer.wrong_fields(404, "not-found", &[pointer]);
    }
    let replaced = json!({"team_member_id": there.team_member});
    let replaced = studio.change("PUT", &event, "/team-member", Some(replaced)).await;
    replaced.wrong_fields(404, "not-found", &["/team_member_id"]);
    let journal = format!("/journal/appointments/{}", appointment.id);
    let moved = json!({"activity_id": there.event, "force": true});
    let moved = studio.change("POST", &journal, "/rescheduling", Some(moved)).await;
    moved.wrong_fields(404, "not-found", &["/activity_id"]);
    for (field, id) in [("/service_ids", there.service.0), ("/team_member_ids", there.team_member.0)] {
        let offer = with(settings(), field, json!([id]));
        let changed = studio.change("PUT", &format!("/links/{LINK}/settings"), "", Some(offer.clone())).await;
        changed.wrong_fields(404, "not-found", &[field]);
        let new = json!({"kind": "group", "settings": offer});
        let new = studio.ask_staff("POST", &at("/links"), &[], Some(new)).await;
        new.wrong_fields(404, "not-found", &[&format!("/settings{field}")]);
    }
    let membership = json!({
        "client_name": "Anna Berg", "client_phone": "030 2312 5014", "name": "Ten visits",
        "service_ids": [YOGA, there.service]
    });
    let membership = studio.ask_staff("POST", &at("/memberships"), &[], Some(membership)).await;
    membership.wrong_fields(404, "not-found", &["/service_ids"]);
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn nothing_is_found_of_a_branch_that_is_not_there() {
    let studio = Studio::open().await;
    let nowhere = |below: &str| format!("/api/v1/branches/{}{below}", Uuid::nil());
    let version = ("if-match", "\"v1\"");

    for below in ["", "/rules", "/services", "/team", "/links", "/activities", "/journal"] {
        studio.ask_staff("GET", &nowhere(below), &[], None).await.problem(404, "not-found");
    }
    let link = json!({"kind": "group", "settings": settings()});
    let membership = json!({"client_name": "Anna", "client_phone": "030 2312 5014", "name": "Ten visits"});
    for (method, below, body) in [
        ("POST", "/activities", new_event()),
        ("POST", "/links", link),
        ("POST", "/services", json!({"name": "Pilates", "duration_minutes": 50})),
        ("POST", "/team", json!({"name": "Nils"})),
        ("POST", "/memberships", membership),
        ("PUT", "/rules", rules()),
        ("PUT", "", json!({"name": "Riverside", "time_zone": "Europe/Berlin", "country": "DE"})),
    ] {
        studio.ask_staff(method, &nowhere(below), &[version], Some(body)).await.problem(404, "not-found");
    }
    assert_eq!(
        studio.ask_staff("GET", "/api/v1/branches", &[], None).await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_day_or_a_status_that_is_none_is_named() {
    let studio = Studio::open().await;

    for (query, pointer) in [
        ("day=today", "/day"),
        ("day=2027-02-30", "/day"),
        ("status=lost", "/status"),
        ("from=2027-01-05", "/from"),
        ("team_member_id=sofie", "/team_member_id"),
        ("limit=0", "/limit"),
        ("cursor=!", "/cursor"),
        ("client=anna", "/client"),
    ] {
        let answer = studio.ask_staff("GET", &at(format!("/journal?{query}")), &[], None).await;
        answer.wrong_fields(400, "malformed-query", &[pointer]);
    }
    for day in ["-262143-01-01", "%2B262142-12-31", "0000-01-01"] {
        studio.ask_staff("GET", &at(format!("/journal?day={day}")), &[], None).await.accepted();
    }
}
