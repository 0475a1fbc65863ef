//! Whoever asks again with the same key gets the first answer, whatever has happened since, and nothing happens twice.

mod requests;

use cartwheel::web::{self, Hosts};
use requests::{Request, assert_kept, assert_same, is_replayed, turn_everything_round};
use serde_json::json;

use crate::studio::http::{anna, at, picks};
use crate::studio::{LINK, MARCO, SOFIE, Studio, YOGA};

#[tokio::test]
async fn a_23_a_cancelled_appointment_gives_its_first_answer_for_ever() {
    let studio = Studio::open().await;
    let booked = &studio.book(&studio.yoga[3..4], anna()).await[0];

    assert_kept(&studio, &Request::of_client(booked, "POST", "/cancellation", None), None).await;
}

#[tokio::test]
async fn a_23_a_moved_appointment_gives_its_first_answer_for_ever() {
    let studio = Studio::open().await;
    let booked = &studio.book(&studio.yoga[3..4], anna()).await[0];
    let to = |n: usize| json!({"activity_id": studio.yoga[n]});

    let moving = Request::of_client(booked, "POST", "/rescheduling", Some(to(7)));
    assert_kept(&studio, &moving, Some(to(8))).await;
}

#[tokio::test]
async fn a_23_an_appointment_with_fewer_spots_gives_its_first_answer_for_ever() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[3..4]).await;
    cart.set_spots(studio.yoga[3], 3).await.accepted();
    let booked = &studio.appointments(&cart.confirm(anna()).await.accepted())[0];

    let fewer = Request::of_client(booked, "PUT", "/spots", Some(json!({"spots": 2})));
    assert_kept(&studio, &fewer, Some(json!({"spots": 1}))).await;
}

#[tokio::test]
async fn a_23_an_edited_cart_gives_its_first_answer_for_ever() {
    let studio = Studio::open().await;
    let selection = |n: usize| json!({"events": picks(&studio.yoga[..n])});
    let cart = studio.cart(&studio.yoga[..1]).await;
    let select = Request::of_client(&cart, "PUT", "/selection", Some(selection(3)));
    assert_kept(&studio, &select, Some(selection(2))).await;

    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..2]).await;
    let spots = format!("/activities/{}/spots", studio.yoga[1]);
    let set = Request::of_client(&cart, "PUT", &spots, Some(json!({"spots": 2})));
    assert_kept(&studio, &set, Some(json!({"spots": 3}))).await;
}

#[tokio::test]
async fn a_23_what_staff_do_in_the_journal_gives_its_first_answer_for_ever() {
    let to = |studio: &Studio, n: usize| Some(json!({"activity_id": studio.boxing[n]}));
    for (method, below, spots) in
        [("POST", "/cancellation", 0), ("POST", "/rescheduling", 0), ("PUT", "/spots", 2)]
    {
        let studio = Studio::open().await;
        let cart = studio.cart(&studio.yoga[3..4]).await;
        cart.set_spots(studio.yoga[3], 3).await.accepted();
        let booked = &studio.appointments(&cart.confirm(anna()).await.accepted())[0];
        let address = format!("/journal/appointments/{}", booked.id);
        let (body, other) = match below {
            "/cancellation" => (None, None),
            "/rescheduling" => (to(&studio, 5), to(&studio, 6)),
            _ => (Some(json!({"spots": spots})), Some(json!({"spots": 1}))),
        };

        let request = Request::changing(&studio, method, &address, below, body).await;
        assert_kept(&studio, &request, other).await;
    }
}

#[tokio::test]
async fn a_23_new_events_are_scheduled_once() {
    let studio = Studio::open().await;
    let series = |weeks: u32| {
        json!({
            "service_id": YOGA, "team_member_id": SOFIE, "starts_local": "2027-03-21T18:30:00", "weeks": weeks,
            "duration_minutes": 60, "capacity": 9
        })
    };

    let schedule = Request::of_staff("POST", "/activities", Some(series(3)));
    assert_kept(&studio, &schedule, Some(series(4))).await;
}

#[tokio::test]
async fn a_23_a_changed_event_gives_its_first_answer_for_ever() {
    for (method, below, body, other) in [
        ("PUT", "/capacity", Some(json!({"capacity": 20})), Some(json!({"capacity": 21}))),
        (
            "POST",
            "/moving",
            Some(json!({"starts_local": "2027-01-14T19:00:00"})),
            Some(json!({"starts_local": "2027-01-14T19:15:00"})),
        ),
        ("POST", "/cancellation", None, None),
        (
            "PUT",
            "/team-member",
            Some(json!({"team_member_id": MARCO})),
            Some(json!({"team_member_id": SOFIE})),
        ),
        ("PUT", "/online-booking", Some(json!({"open": false})), Some(json!({"open": true}))),
    ] {
        let studio = Studio::open().await;
        let address = format!("/activities/{}", studio.yoga[3]);

        let request = Request::changing(&studio, method, &address, below, body).await;
        assert_kept(&studio, &request, other).await;
    }
}

#[tokio::test]
async fn a_23_a_new_link_and_a_changed_one_give_their_first_answer_for_ever() {
    let studio = Studio::open().await;
    let new = |text: &str| json!({"kind": "group", "settings": {"name": text}});
    let create = Request::of_staff("POST", "/links", Some(new("Mornings")));
    assert_kept(&studio, &create, Some(new("Evenings"))).await;
    let links = studio.ask_staff("GET", &at("/links"), &[], None).await.accepted();
    assert_eq!(links["items"].as_array().unwrap().len(), 2, "one link was created");

    let settings = |text: &str| json!({"name": text, "consent_text": "We keep your name."});
    let address = format!("/links/{LINK}/settings");
    let change = Request::changing(&studio, "PUT", &address, "", Some(settings("Mornings"))).await;
    assert_kept(&studio, &change, Some(settings("Evenings"))).await;
}

#[tokio::test]
async fn a_23_a_changed_branch_gives_its_first_answer_for_ever() {
    let studio = Studio::open().await;
    let details = |text: &str| json!({"name": text, "time_zone": "Europe/Vienna", "country": "AT"});
    let change = Request::changing(&studio, "PUT", "", "", Some(details("Hillside"))).await;
    assert_kept(&studio, &change, Some(details("Lakeside"))).await;

    let rules = |prepayment: bool| {
        let off = json!({"allowed": false});
        json!({"prepayment": prepayment, "cancellation": off, "rescheduling": off, "duplicates": "allow"})
    };
    let change = Request::changing(&studio, "PUT", "/rules", "", Some(rules(true))).await;
    assert_kept(&studio, &change, Some(rules(false))).await;
}

#[tokio::test]
async fn a_23_services_and_team_members_are_added_once_and_changed_once() {
    let studio = Studio::open().await;
    let service = |minutes: u32| json!({"name": "Tai Chi", "duration_minutes": minutes});
    let add = Request::of_staff("POST", "/services", Some(service(45)));
    assert_kept(&studio, &add, Some(service(50))).await;
    let services = studio.ask_staff("GET", &at("/services"), &[], None).await;
    assert_eq!(services.accepted()["items"].as_array().unwrap().len(), 3);
    let change = Request {
        headers: vec![("if-match", services.etag())],
        ..Request::of_staff("PUT", &format!("/services/{YOGA}"), Some(service(45)))
    };
    assert_kept(&studio, &change, Some(service(50))).await;

    let member = |text: &str| json!({"name": text});
    assert_kept(&studio, &Request::of_staff("POST", "/team", Some(member("Ada"))), Some(member("Eve"))).await;
    let team = studio.ask_staff("GET", &at("/team"), &[], None).await;
    assert_eq!(team.accepted()["items"].as_array().unwrap().len(), 3);
    let rename = Request {
        headers: vec![("if-match", team.etag())],
        ..Request::of_staff("PUT", &format!("/team/{SOFIE}"), Some(member("Sofia")))
    };
    assert_kept(&studio, &rename, Some(member("Eve"))).await;
}

#[tokio::test]
async fn a_23_a_membership_is_granted_once() {
    let studio = Studio::open().await;
    let grant = |phone: &str, visits: u32| json!({"client_name": "Anna Berg", "client_phone": phone, "name": "Ten visits", "visits": visits});
    let request = Request::of_staff("POST", "/memberships", Some(grant("030 2312 5014", 10)));
    assert_kept(&studio, &request, Some(grant("030 2312 5014", 11))).await;

    let somebody_else = request.with(grant("030 2312 5015", 10));
    let key = format!("POST {}", request.path);
    somebody_else.send(&studio, &key).await.problem(422, "idempotency-key-reused");
}

#[tokio::test]
async fn a_23_a_key_belongs_to_one_route_of_its_scope() {
    let studio = Studio::open().await;
    let capacity = json!({"capacity": 20});
    let [one, other] = [0, 1].map(|n| format!("/activities/{}", studio.yoga[n]));
    let change = Request::changing(&studio, "PUT", &one, "/capacity", Some(capacity.clone())).await;
    change.send(&studio, "once").await.accepted();
    let head = studio.head().await;

    let elsewhere = Request::changing(&studio, "PUT", &other, "/capacity", Some(capacity)).await;
    elsewhere.send(&studio, "once").await.problem(422, "idempotency-key-reused");
    let cancel = Request::changing(&studio, "POST", &one, "/cancellation", None).await;
    cancel.send(&studio, "once").await.problem(422, "idempotency-key-reused");
    assert_eq!(studio.head().await, head);
    elsewhere.send(&studio, "twice").await.accepted();

    let cart = studio.cart(&studio.yoga[..1]).await;
    let selection = json!({"events": picks(&studio.yoga[..2])});
    let select = Request::of_client(&cart, "PUT", "/selection", Some(selection.clone()));
    assert!(!is_replayed(&select.send(&studio, "once").await), "the cart's keys are its own");
    let confirmation = Request::of_client(&cart, "PUT", "/confirmation", Some(anna()));
    confirmation.send(&studio, "once").await.problem(422, "idempotency-key-reused");
    let another = studio.cart(&studio.yoga[..1]).await;
    let select = Request::of_client(&another, "PUT", "/selection", Some(selection));
    assert!(!is_replayed(&select.send(&studio, "once").await));
}

#[tokio::test]
async fn a_23_what_is_no_key_is_refused() {
    let studio = Studio::open().await;
    let booked = &studio.book(&studio.yoga[3..4], anna()).await[0];
    let address = format!("/activities/{}", studio.yoga[0]);
    let staff = Request::changing(&studio, "POST", &address, "/cancellation", None).await;
    let head = studio.head().await;

    for key in ["", "\u{e9}", &"k".repeat(256)] {
        for request in [&Request::of_client(booked, "POST", "/cancellation", None), &staff] {
            request.send(&studio, key).await.problem(400, "malformed-idempotency-key");
        }
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn a_23_a_command_that_changed_nothing_is_not_kept() {
    let studio = Studio::open().await;
    let address = format!("/activities/{}", studio.yoga[0]);
    let same = Request::changing(&studio, "PUT", &address, "/capacity", Some(json!({"capacity": 12}))).await;
    let head = studio.head().await;
    same.send(&studio, "once").await.accepted();
    assert_eq!(studio.head().await, head);

    let other = same.with(json!({"capacity": 20}));
    let changed = other.send(&studio, "once").await;

    assert_eq!(changed.accepted()["capacity"], 20);
    assert!(!is_replayed(&changed));
    assert_same(&other.send(&studio, "once").await, &changed);
}

#[tokio::test]
async fn a_23_a_refused_change_is_judged_anew() {
    let studio = Studio::with_capacity(1).await;
    let booked = &studio.book(&studio.yoga[..1], anna()).await[0];
    studio.book(&studio.yoga[1..2], crate::studio::http::ben()).await;
    let to = json!({"activity_id": studio.yoga[1]});
    let client = Request::of_client(booked, "POST", "/rescheduling", Some(to.clone()));
    let address = format!("/journal/appointments/{}", booked.id);
    let staff = Request::changing(&studio, "POST", &address, "/rescheduling", Some(to)).await;

    for request in [&client, &staff] {
        request.send(&studio, "once").await.problem(422, "not-enough-spots");
    }
    let stale = Request {
        headers: vec![("if-match", "\"v9\"".to_owned())],
        ..staff.with(json!({"activity_id": studio.yoga[1]}))
    };
    stale.send(&studio, "once").await.problem(412, "stale");
    studio.leave(studio.yoga[1], 2).await;

    let moved = client.send(&studio, "once").await;
    assert_eq!(moved.accepted()["activity_id"], json!(studio.yoga[1]));
    assert!(!is_replayed(&moved));
}

#[tokio::test]
async fn a_23_two_processes_give_one_answer_and_so_does_one_that_starts_later() {
    let studio = Studio::open().await;
    let other = web::staff(studio.another_process().await, Hosts::and_loopback([]));
    let address = format!("/activities/{}", studio.yoga[0]);
    let change =
        Request::changing(&studio, "PUT", &address, "/capacity", Some(json!({"capacity": 20}))).await;
    let facts = studio.head().await;

    let asked = (0..8).map(|n| {
        let routes = if n % 2 == 0 { studio.staff_routes() } else { other.clone() };
        change.send_to(routes, "once")
    });
    let answers = futures::future::join_all(asked).await;

    assert_eq!(studio.head().await, facts + 1);
    assert_eq!(answers.iter().filter(|answer| !is_replayed(answer)).count(), 1);
    let first = answers.iter().find(|answer| !is_replayed(answer)).unwrap();
    first.accepted();
    for again in answers.iter().filter(|answer| is_replayed(answer)) {
        assert_same(again, first);
    }
    turn_everything_round(&studio).await;
    let later = web::staff(studio.another_process().await, Hosts::and_loopback([]));
    assert_same(&change.send_to(later, "once").await, first);
}
