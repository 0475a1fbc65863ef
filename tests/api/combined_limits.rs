//! The limits of one booking combine (S-15): prepayment, membership, limit, spots and kind of link, over the API.

use aggregates::branch::MembershipBooking;
use aggregates::ids::LinkId;
use aggregates::values::{MultipleEventBooking, MultipleSpots};
use serde_json::{Value, json};

use crate::studio::http::{anna, at};
use crate::studio::{LINK, Studio, YOGA};

/// What is set, and what a client asks for.
#[derive(Debug, Clone, Copy)]
struct Case {
    kind: &'static str,
    /// The limit of the link; 0 is off.
    limit: u32,
    prepayment: bool,
    prepaid_service: bool,
    membership: MembershipBooking,
    has_membership: bool,
    /// The limit of the branch; 1 is off.
    max_spots: u32,
    events: usize,
    spots: u32,
}

const PLAIN: Case = Case {
    kind: "group",
    limit: 10,
    prepayment: false,
    prepaid_service: false,
    membership: MembershipBooking::Off,
    has_membership: false,
    max_spots: 4,
    events: 3,
    spots: 2,
};

/// Sets it up, asks for it, and gives the code of the first "no", if there is one.
async fn outcome(studio: &Studio, links: &[(&str, LinkId); 3], case: Case) -> Option<String> {
    studio
        .set_rules(|rules| {
            rules.prepayment = case.prepayment;
            rules.multiple_spots = match case.max_spots {
                1 => MultipleSpots::Off,
                limit => MultipleSpots::UpTo(limit.try_into().unwrap()),
            };
        })
        .await;
    studio
        .set_yoga(|yoga| {
            yoga.prepayment_required = case.prepaid_service;
            yoga.membership_booking = case.membership;
        })
        .await;
    studio
        .set_up_link(|settings| {
            settings.multiple_events = match case.limit {
                0 => MultipleEventBooking::Off,
                max => MultipleEventBooking::UpTo(max.try_into().unwrap()),
            };
        })
        .await;
    let link = links.iter().find(|(kind, _)| *kind == case.kind).unwrap().1;
    let events = studio.yoga[..case.events].iter().map(|id| json!({"activity_id": id, "spots": case.spots}));
    let body = json!({"link_id": link, "events": events.collect::<Value>()});
    let opened = studio.ask("POST", &at("/carts"), &[], Some(body)).await;
    if opened.status != 201 {
        let problem = opened.json();
        let reason = problem["items"][0]["reason"].as_str().or(problem["code"].as_str());
        return reason.map(str::to_owned);
    }
    let cart = opened.json();
    let token = format!("Bearer {}", cart["token"].as_str().unwrap());
    let path = at(format!("/carts/{}/confirmation/dry-run", cart["cart_id"].as_str().unwrap()));
    let person =
        if case.has_membership { anna() } else { json!({"name": "Ben Holm", "phone": "030 2312 5015"}) };
    let dry = studio.ask("POST", &path, &[("authorization", &token)], Some(person)).await.accepted();
    if dry["accepted"] == true {
        return None;
    }
    dry["items"].as_array().unwrap().iter().find_map(|item| item["reason"].as_str()).map(str::to_owned)
}

#[tokio::test]
async fn s_15_the_limits_combine() {
    use MembershipBooking::{Optional, Required};

    let studio = Studio::open().await;
    let membership = json!({
        "client_name": "Anna Berg", "client_phone": "030 2312 5014", "name": "Ten visits",
        "service_ids": [YOGA], "visits": 1
    });
    studio.ask_staff("POST", &at("/memberships"), &[], Some(membership)).await.accepted();
    let mut links = [("group", LINK), ("mixed", LINK), ("individual", LINK)];
    for (kind, link) in &mut links[1..] {
        let group = json!({"allowed": *kind == "mixed", "max_events": 2});
        let new = json!({"kind": kind, "settings": {"name": "Other", "multiple_event_booking": group}});
        let made = studio.ask_staff("POST", &at("/links"), &[], Some(new)).await.accepted();
        *link = LinkId(made["link_id"].as_str().unwrap().parse().unwrap());
    }
    let with_membership = Case { membership: Required, has_membership: true, ..PLAIN };

    for (case, expected) in [
        (PLAIN, None),
        (Case { events: 10, spots: 4, ..PLAIN }, None),
        (Case { events: 11, ..PLAIN }, Some("too-many-events")),
        (Case { spots: 5, ..PLAIN }, Some("too-many-spots")),
        (Case { events: 11, spots: 5, ..PLAIN }, Some("too-many-events")),
        (Case { max_spots: 1, ..PLAIN }, Some("too-many-spots")),
        (Case { max_spots: 1, spots: 1, events: 10, ..PLAIN }, None),
        (Case { limit: 0, ..PLAIN }, Some("too-many-events")),
        (Case { limit: 0, events: 1, spots: 4, ..PLAIN }, None),
        (Case { limit: 1, ..PLAIN }, Some("too-many-events")),
        (Case { limit: 3, ..PLAIN }, None),
        (Case { limit: 3, events: 4, ..PLAIN }, Some("too-many-events")),
        (Case { prepayment: true, ..PLAIN }, Some("prepayment-enabled")),
        (Case { prepayment: true, events: 1, ..PLAIN }, None),
        (Case { prepayment: true, limit: 0, events: 1, ..PLAIN }, None),
        (Case { prepaid_service: true, ..PLAIN }, Some("prepayment-required")),
        (Case { prepaid_service: true, events: 1, spots: 4, ..PLAIN }, None),
        (Case { prepayment: true, prepaid_service: true, ..PLAIN }, Some("prepayment-enabled")),
        (with_membership, None),
        (Case { events: 10, ..with_membership }, None),
        (Case { prepayment: true, ..with_membership }, Some("prepayment-enabled")),
        (Case { limit: 2, ..with_membership }, Some("too-many-events")),
        (Case { has_membership: false, ..with_membership }, Some("no-membership")),
        (Case { has_membership: false, events: 1, ..with_membership }, Some("no-membership")),
        (Case { membership: Optional, ..PLAIN }, None),
        (Case { kind: "mixed", events: 2, ..PLAIN }, None),
        (Case { kind: "mixed", ..PLAIN }, Some("too-many-events")),
        (Case { kind: "mixed", prepayment: true, events: 2, ..PLAIN }, Some("prepayment-enabled")),
        (Case { kind: "individual", ..PLAIN }, Some("link-closed")),
        (Case { kind: "individual", events: 1, spots: 1, ..PLAIN }, Some("link-closed")),
    ] {
        let outcome = outcome(&studio, &links, case).await;
        assert_eq!(outcome.as_deref(), expected, "{case:?}");
    }
}
