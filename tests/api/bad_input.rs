//! Bad input of clients: each a clear problem that names what is wrong, and nothing is changed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::too_many_lines, reason = "tests")]

use axum::body::Body;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::studio::http::{Held, anna, at, picks, send};
use crate::studio::{LINK, Studio};

/// A PUT or POST below a cart, sent as it stands.
async fn sent(
    cart: &Held<'_>,
    studio: &Studio,
    method: &str,
    below: &str,
    body: &[u8],
) -> crate::studio::http::Answered {
    let headers = [("authorization", cart.token.as_str()), ("idempotency-key", "k")];
    let path = format!("{}{below}", cart.path);
    send(studio.public(), method, &path, &headers, Some(Body::from(body.to_vec()))).await
}

#[tokio::test]
async fn malformed_json_and_broken_utf_8_are_not_understood() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let head = studio.head().await;
    let spots = format!("/activities/{}/spots", studio.yoga[0]);
    let deep = [b"[".repeat(60_000), b"]".repeat(5)].concat();

    for body in [
        &b""[..],
        b"{",
        b"[]",
        b"[2]",
        b"null",
        b"\"text\"",
        b"{\"events\": []} {}",
        b"{\"events\": [], \"events\": []}",
        b"{\"name\": \"\xff\xfe\", \"phone\": \"1\"}",
        b"{\"name\": \"\\ud800\"}",
        b"\xef\xbb\xbf{}",
        &deep,
    ] {
        for (method, below) in [
            ("PUT", "/selection"),
            ("PUT", &*spots),
            ("POST", "/confirmation/dry-run"),
            ("PUT", "/confirmation"),
        ] {
            let answer = sent(&cart, &studio, method, below, body).await;
            answer.problem(400, "malformed");
        }
        send(studio.public(), "POST", &at("/carts"), &[], Some(Body::from(body.to_vec())))
            .await
            .problem(400, "malformed");
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn wrong_types_and_unknown_fields_are_named_by_a_pointer_also_nested_ones() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let head = studio.head().await;
    let id = studio.yoga[0];
    let with = |field: &str, value: Value| {
        let mut person = anna();
        person[field] = value;
        person
    };

    let opening = [
        (json!({"link_id": 7}), "/link_id"),
        (json!({"link_id": "none"}), "/link_id"),
        (json!({"link_id": LINK, "events": {}}), "/events"),
        (json!({"link_id": LINK, "events": ["x"]}), "/events/0"),
        (
            json!({"link_id": LINK, "events": [{"activity_id": id}, {"activity_id": null}]}),
            "/events/1/activity_id",
        ),
        (json!({"link_id": LINK, "events": [{"activity_id": id, "seats": 1}]}), "/events/0/seats"),
        (json!({"link_id": LINK, "price": 0}), "/price"),
        (json!({}), ""),
    ];
    for (body, pointer) in opening {
        let answer = studio.ask("POST", &at("/carts"), &[], Some(body)).await;
        answer.wrong_fields(400, "malformed", &[pointer]);
    }

    let spots = format!("/activities/{id}/spots");
    let selection = |spots: Value| json!({"events": [{"activity_id": id, "spots": spots}]});
    let start = format!("/seen/starts/{id}");
    let below = [
        ("/selection", json!({}), ""),
        ("/selection", json!({"events": [], "link_id": LINK}), "/link_id"),
        ("/selection", selection(json!("two")), "/events/0/spots"),
        ("/selection", selection(json!(1.5)), "/events/0/spots"),
        ("/selection", selection(json!(-1)), "/events/0/spots"),
        ("/selection", selection(json!(4_294_967_296_u64)), "/events/0/spots"),
        (&*spots, json!({"spots": "2"}), "/spots"),
        (&*spots, json!({"spots": null}), "/spots"),
        (&*spots, json!({"spots": 2, "force": true}), "/force"),
        ("/confirmation", json!({"name": "Anna"}), ""),
        ("/confirmation", with("name", json!(["Anna"])), "/name"),
        ("/confirmation", with("phone", json!(493_023_125_014_u64)), "/phone"),
        ("/confirmation", with("mode", json!("whatever")), "/mode"),
        ("/confirmation", with("with_membership", json!("yes")), "/with_membership"),
        ("/confirmation", with("consent_version", json!(-1)), "/consent_version"),
        ("/confirmation", with("client_id", json!(Uuid::nil())), "/client_id"),
        ("/confirmation", with("seen", json!({"limit": 3})), "/seen/limit"),
        ("/confirmation", with("seen", json!({"starts": {"x": "y"}})), "/seen/starts/x"),
        ("/confirmation", with("seen", json!({"starts": {(id.to_string()): "noon"}})), &start),
    ];
    for (path, body, pointer) in below {
        let answer = sent(&cart, &studio, "PUT", path, body.to_string().as_bytes()).await;
        answer.wrong_fields(400, "malformed", &[pointer]);
        if path == "/confirmation" {
            cart.dry_run(body).await.wrong_fields(400, "malformed", &[pointer]);
        }
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn s_25_an_event_that_a_selection_names_twice_is_pointed_at() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let head = studio.head().await;
    let [one, other] = [studio.yoga[0], studio.yoga[1]];
    let twice = json!([
        {"activity_id": one, "spots": 2}, {"activity_id": other}, {"activity_id": one, "spots": 3}
    ]);

    let opening = json!({"link_id": LINK, "events": twice});
    for answer in [
        studio.ask("POST", &at("/carts"), &[], Some(opening)).await,
        cart.ask("PUT", "/selection", Some(json!({"events": twice}))).await,
    ] {
        let problem = answer.wrong_fields(422, "invalid-fields", &["/events/2/activity_id"]);
        assert_eq!(problem["errors"][0]["code"], "named-twice");
        assert_eq!(problem["detail"], "a selection names each event once");
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn eleven_events_are_too_many_and_none_cannot_be_confirmed() {
    let studio = Studio::open().await;
    let cart = studio.cart(&[]).await;
    let head = studio.head().await;

    studio.try_cart(LINK, &studio.yoga[..11]).await.problem(422, "too-many-events");
    cart.select(&studio.yoga[..11]).await.problem(422, "too-many-events");
    cart.confirm(anna()).await.problem(422, "nothing-selected");
    cart.dry_run(anna()).await.problem(422, "nothing-selected");
    cart.ask("GET", "/offer", None).await.problem(422, "nothing-selected");
    let crowd: Vec<_> = (0..101).map(|n| json!({"activity_id": Uuid::from_u128(n)})).collect();
    let crowd = cart.ask("PUT", "/selection", Some(json!({"events": crowd}))).await;
    crowd.wrong_fields(422, "invalid-fields", &["/events"]);
    assert_eq!(studio.head().await, head);

    cart.select(&studio.yoga[..10]).await.accepted();
}

#[tokio::test]
async fn zero_and_256_spots_are_out_of_range() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    let cart = studio.cart(&[event]).await;
    let appointment = &studio.book(&studio.yoga[5..6], anna()).await[0];
    let head = studio.head().await;

    for spots in [0, 256, u32::MAX] {
        cart.set_spots(event, spots).await.wrong_fields(422, "invalid-fields", &["/spots"]);
        let events = json!([{"activity_id": studio.yoga[1]}, {"activity_id": event, "spots": spots}]);
        let selected = cart.ask("PUT", "/selection", Some(json!({"events": events}))).await;
        selected.wrong_fields(422, "invalid-fields", &["/events/1/spots"]);
        let body = json!({"link_id": LINK, "events": events});
        let opened = studio.ask("POST", &at("/carts"), &[], Some(body)).await;
        opened.wrong_fields(422, "invalid-fields", &["/events/1/spots"]);
        let kept = appointment.ask("PUT", "/spots", Some(json!({"spots": spots}))).await;
        kept.wrong_fields(422, "invalid-fields", &["/spots"]);
        let offer = at(format!("/links/{LINK}/activities/{event}/offer?spots={spots}"));
        studio.ask("GET", &offer, &[], None).await.wrong_fields(400, "malformed-query", &["/spots"]);
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn unknown_ids_and_those_of_another_branch_are_not_found() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let appointment = &studio.book(&studio.yoga[3..4], anna()).await[0];
    let head = studio.head().await;

    for event in [there.event, aggregates::ids::ActivityId(Uuid::nil())] {
        let opened = studio.try_cart(LINK, &[studio.yoga[0], event]).await;
        opened.wrong_fields(404, "not-found", &["/events/1/activity_id"]);
        let selected = cart.select(&[event]).await;
        selected.wrong_fields(404, "not-found", &["/events/0/activity_id"]);
        cart.set_spots(event, 2).await.wrong_fields(404, "not-found", &[]);
        let moved = appointment.reschedule(event).await;
        moved.wrong_fields(404, "not-found", &["/activity_id"]);
        let offer = at(format!("/links/{LINK}/activities/{event}/offer"));
        studio.ask("GET", &offer, &[], None).await.problem(404, "not-found");
    }
    for link in [there.link, aggregates::ids::LinkId(Uuid::nil())] {
        studio.try_cart(link, &studio.yoga[..1]).await.wrong_fields(404, "not-found", &["/link_id"]);
        for below in ["", "/activities"] {
            let path = at(format!("/links/{link}{below}"));
            studio.ask("GET", &path, &[], None).await.problem(404, "not-found");
        }
    }
    for branch in [there.branch.0, Uuid::nil()] {
        let carts = format!("/api/v1/branches/{branch}/carts");
        let body = json!({"link_id": LINK, "events": picks(&studio.yoga[..1])});
        studio.ask("POST", &carts, &[], Some(body)).await.problem(404, "not-found");
        for thing in [format!("carts/{}", cart.id), format!("appointments/{}", appointment.id)] {
            let path = format!("/api/v1/branches/{branch}/{thing}");
            for token in [&cart.token, &appointment.token] {
                let answer = studio.ask("GET", &path, &[("authorization", token)], None).await;
                answer.problem(404, "not-found");
            }
        }
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn an_event_that_has_started_is_neither_selected_nor_booked_nor_moved_to() {
    let studio = Studio::open().await;
    let waiting = studio.cart(&studio.yoga[..2]).await;
    let appointment = &studio.book(&studio.yoga[5..6], anna()).await[0];
    studio.clock.advance(chrono::TimeDelta::days(1) + chrono::TimeDelta::minutes(9 * 60 + 29));
    let cart = studio.cart(&studio.yoga[..1]).await;
    studio.clock.advance(chrono::TimeDelta::minutes(1));
    let head = studio.head().await;

    let opened = studio.try_cart(LINK, &studio.yoga[..1]).await;
    assert_eq!(opened.problem(422, "items-refused")["items"][0]["reason"], "already-started");
    let confirmed = cart.confirm(anna()).await;
    assert_eq!(confirmed.problem(422, "not-booked")["items"][0]["reason"], "already-started");
    appointment.reschedule(studio.yoga[0]).await.problem(422, "already-started");
    waiting.confirm(anna()).await.problem(422, "cart-expired");
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn e_25_what_is_no_telephone_number_is_named_with_every_other_wrong_field() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let head = studio.head().await;

    for phone in ["", " ", "12", "abc", "+", "0", "+49", "110", "1".repeat(5000).as_str(), "٣٣٣", "\u{0}"]
    {
        let person = json!({"name": "Anna Berg", "phone": phone});
        cart.confirm(person.clone()).await.wrong_fields(422, "invalid-fields", &["/phone"]);
        cart.dry_run(person).await.wrong_fields(422, "invalid-fields", &["/phone"]);
    }
    for name in ["", "  ", "Anna\nBerg", "Anna\u{0}", "a".repeat(201).as_str()] {
        let person = json!({"name": name, "phone": "030 2312 5014"});
        cart.confirm(person).await.wrong_fields(422, "invalid-fields", &["/name"]);
    }
    let all_wrong = json!({"name": "", "phone": "no", "email": "anna@", "comment": "a".repeat(2001)});
    let problem = cart.confirm(all_wrong).await;
    let problem = problem.wrong_fields(422, "invalid-fields", &["/name", "/phone", "/email", "/comment"]);
    assert_eq!(problem["errors"][1]["code"], "invalid-phone");
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn queries_name_the_parameter_that_is_wrong() {
    let studio = Studio::open().await;
    let events = at(format!("/links/{LINK}/activities"));
    let offer = at(format!("/links/{LINK}/activities/{}/offer", studio.yoga[0]));

    for (path, query, pointer) in [
        (&events, "limit=0", "/limit"),
        (&events, "limit=101", "/limit"),
        (&events, "limit=ten", "/limit"),
        (&events, "limit=-1", "/limit"),
        (&events, "limit=4294967296", "/limit"),
        (&events, "limit=1&limit=2", ""),
        (&events, "weekday=0", "/weekday"),
        (&events, "weekday=8", "/weekday"),
        (&events, "weekday=256", "/weekday"),
        (&events, "weekday=tuesday", "/weekday"),
        (&events, "service_id=yoga", "/service_id"),
        (&events, "service_id=", "/service_id"),
        (&events, "team_member_id=%FF%FE", "/team_member_id"),
        (&events, "from=tomorrow", "/from"),
        (&events, "before=2027-01-05", "/before"),
        (&events, "cursor=abc", "/cursor"),
        (&events, "cursor=%FF", "/cursor"),
        (&events, "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "/cursor"),
        (&events, "page=2", "/page"),
        (&events, "%FF=1", "/\u{fffd}"),
        (&offer, "weekday=9", "/weekday"),
        (&offer, "spots=0", "/spots"),
        (&offer, "spots=two", "/spots"),
        (&offer, "limit=3", "/limit"),
    ] {
        let answer = studio.ask("GET", &format!("{path}?{query}"), &[], None).await;
        answer.wrong_fields(400, "malformed-query", &[pointer]);
    }
    let far = "from=-262143-01-01T00:00:00Z&before=%2B262142-12-31T23:59:59Z";
    studio.ask("GET", &format!("{events}?{far}"), &[], None).await.accepted();
}

#[tokio::test]
async fn a_23_a_confirmation_needs_a_key_that_is_one() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let appointment = &studio.book(&studio.yoga[5..6], anna()).await[0];
    let head = studio.head().await;

    let without = cart.ask("PUT", "/confirmation", Some(anna())).await;
    without.problem(400, "idempotency-key-required");
    for key in ["", &"k".repeat(256), "schlüssel", "one\ttwo"] {
        let headers = [("idempotency-key", key)];
        let answer = cart.ask_with("PUT", "/confirmation", &headers, Some(anna())).await;
        answer.problem(400, "malformed-idempotency-key");
        let answer = appointment.ask_with("POST", "/cancellation", &headers, None).await;
        answer.problem(400, "malformed-idempotency-key");
    }
    assert_eq!(studio.head().await, head);

    let longest = [("idempotency-key", &*"k".repeat(255))];
    cart.ask_with("PUT", "/confirmation", &longest, Some(anna())).await.accepted();
}

#[tokio::test]
async fn a_whole_number_may_be_written_with_a_point() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let path = format!("/activities/{}/spots", studio.yoga[0]);
    let set = cart.ask("PUT", &path, Some(json!({"spots": 2.0}))).await.accepted();
    assert_eq!(set["events"][0]["spots"], 2);
    let half = cart.ask("PUT", &path, Some(json!({"spots": 2.5}))).await;
    half.wrong_fields(400, "malformed", &["/spots"]);
}
