//! What an auditor asks: what happened to one thing, how it stood at a moment, what changed between two, what was refused.

use axum::http::StatusCode;
use cartwheel::audit::{When, position_at, sign};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::studio::http::{anna, at, ben};
use crate::studio::pages::hrefs;
use crate::studio::store::on_every_store;
use crate::studio::{BRANCH, LINK, Studio};

on_every_store!(
    b_09_a_thing_stands_as_the_facts_up_to_a_moment_say,
    b_09_between_two_moments_only_what_differs_is_told,
    b_09_an_auditor_asks_on_a_page,
);

async fn head(studio: &Studio) -> u64 {
    studio.app.ledger.tail(BRANCH).await.unwrap().head
}

async fn b_09_a_thing_stands_as_the_facts_up_to_a_moment_say() {
    let studio = Studio::open().await;
    let event = studio.yoga[0];
    let opened = studio.clock.now();
    let planned = head(&studio).await;
    studio.clock.advance(TimeDelta::minutes(10));
    let appointment = studio.book(&[event], anna()).await.remove(0);
    let booked = head(&studio).await;
    studio.clock.advance(TimeDelta::minutes(10));
    let capacity = json!({"capacity": 7});
    studio.change("PUT", &format!("/activities/{event}"), "/capacity", Some(capacity)).await.accepted();
    let state = async |kind: &str, id: &str, when: &str| {
        let address = at(format!("/history/{kind}/{id}/state?at={when}"));
        studio.ask_staff("GET", &address, &[], None).await
    };
    let event = event.to_string();

    let before = state("activities", &event, &planned.to_string()).await.accepted();
    let then = state("activities", &event, "2027-01-04T08:10:00Z").await.accepted();
    let now = state("activities", &event, "999999").await.accepted();

    for (state, capacity, taken) in [(&before, 12, 0), (&then, 12, 1), (&now, 7, 1)] {
        let vacancy = &state["state"]["vacancy"];
        assert_eq!(
            (&vacancy["plan"]["capacity"], &vacancy["taken"]),
            (&json!(capacity), &json!(taken)),
            "{state}"
        );
    }
    assert_eq!(
        (&then["as_of"], &before["version"], &then["version"]),
        (&json!(booked), &json!(1), &json!(2))
    );
    state("appointments", &appointment.id, &planned.to_string()).await.problem(404, "not-found");
    state("appointments", &appointment.id, "yesterday").await.problem(400, "malformed-query");
    for (when, position) in [
        (When::Moment(opened - TimeDelta::seconds(1)), 0),
        (When::Moment(opened), planned),
        (When::Moment(opened + TimeDelta::minutes(9)), planned),
        (When::Moment(opened + TimeDelta::minutes(10)), booked),
        (When::Moment(opened + TimeDelta::days(1)), head(&studio).await),
        (When::Position(3), 3),
    ] {
        let found = position_at(studio.app.ledger.as_ref(), BRANCH, Some(when)).await.unwrap();
        assert_eq!(found, position, "{when}");
    }
}

async fn b_09_between_two_moments_only_what_differs_is_told() {
    let studio = Studio::open().await;
    let from = head(&studio).await;
    let appointment = studio.book(&studio.yoga[..1], anna()).await.remove(0);
    studio.set_rules(|rules| rules.prepayment = true).await;
    let capacity = json!({"capacity": 7});
    let event = studio.yoga[1].to_string();
    studio.change("PUT", &format!("/activities/{event}"), "/capacity", Some(capacity)).await.accepted();
    let to = head(&studio).await;
    appointment.cancel().await.accepted();
    let ask = async |from: u64, to: u64| {
        let address = at(format!("/differences?from={from}&to={to}"));
        studio.ask_staff("GET", &address, &[], None).await.accepted()
    };

    let found = ask(from, to).await;
    let same = ask(to, to).await;
    let back_and_forth = ask(from, to + 2).await;

    let things = found["things"].as_array().unwrap();
    let of = |kind: &str, id: &str| {
        let mut of = things.iter().filter(|it| it["kind"] == kind && it["id"] == id);
        of.next().unwrap_or_else(|| panic!("{kind} {id} in {found}"))["values"].clone()
    };
    assert_eq!(
        of("branch", &BRANCH.to_string()),
        json!([{"path": "rules.prepayment", "was": false, "is": true}])
    );
    assert_eq!(of("activity", &event), json!([{"path": "vacancy.plan.capacity", "was": 12, "is": 7}]));
    let booked = of("appointment", &appointment.id);
    assert!(booked.as_array().unwrap().iter().all(|value| value["was"] == Value::Null), "{booked}");
    assert_eq!(things.len(), 4, "and the event that was booked: {found}");
    assert_eq!(found["facts"]["appointment.booked.v1"], 1);
    assert_eq!(same["things"], json!([]));
    let taken = back_and_forth["things"].as_array().unwrap();
    assert!(!taken.iter().any(|it| it["id"] == studio.yoga[0].to_string()), "{back_and_forth}");
}

async fn b_09_an_auditor_asks_on_a_page() {
    let studio = Studio::open().await;
    let page = async |query: &str| studio.staff_page(&format!("/audit/{BRANCH}{query}")).await;
    assert!(page("").await.body.contains("The ledger was not signed yet."));
    let cart = studio.cart(&studio.yoga[..1]).await;
    let confirmed = cart.confirm(anna()).await.accepted();
    let appointment = studio.appointments(&confirmed).remove(0);
    cart.confirm(ben()).await.problem(409, "already-confirmed");
    let signer = studio.app.vault.signer().unwrap();
    sign(studio.app.ledger.as_ref(), &signer, studio.clock.now()).await.unwrap();
    let row =
        studio.app.journal(BRANCH, cartwheel::app::reading::Journal::default()).await.unwrap().remove(0);

    let last = page("").await.body;
    let of_cart = page(&format!("?what=cart&id={}", cart.id)).await.body;
    let of_event = page(&format!("?what=activity&id={}&to=1000", studio.yoga[0])).await.body;
    let of_client = page(&format!("?what=client&id={}", row.client_id)).await.body;
    let of_link = page(&format!("?what=link&id={LINK}")).await.body;
    let first = page("?what=branch&id=").await.body;
    let changed = page("?from=0").await.body;
    let german = page(&format!("?what=appointment&id={}&lang=de", appointment.id)).await.body;
    let no_id = page("?what=cart&id=abc").await;
    let no_moment = page("?from=yesterday").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let refusals = page("/refusals").await.body;

    assert!(
        last.contains("The ledger was last signed on") && last.contains("still is as it was then"),
        "{last}"
    );
    assert!(
        of_cart.contains("A selection was begun.")
            && of_cart.contains("Everything was confirmed at once. Events: 1.")
    );
    assert!(of_cart.contains("by the client, a selection was made"), "{of_cart}");
    assert!(
        of_event.contains("vacancy.plan.capacity") && of_event.contains("As it stood at position"),
        "{of_event}"
    );
    assert!(of_client.contains("Booked for Tue 5 Jan, 18:30. Spots: 1."), "{of_client}");
    assert!(of_link.contains("The booking link was created."), "{of_link}");
    assert!(
        first.contains("The branch Riverside Studio was opened.")
            && first.contains("The service Yoga was added.")
    );
    assert!(
        changed.contains("What changed from position 0 to position") && changed.contains("cart.confirmed.v1")
    );
    assert_eq!(hrefs(&changed, &format!("id={}", appointment.id)).len(), 1, "{changed}");
    assert!(german.contains("Gebucht für"), "{german}");
    assert_eq!(no_id.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        no_id.body.contains("Please enter the id of what you look for.")
            && no_id.body.contains("value=\"abc\"")
    );
    assert!(no_moment.body.contains("Please enter a position, like 120"), "{}", no_moment.body);
    assert!(
        refusals.contains("This is no part of the ledger.") && refusals.contains("already-confirmed"),
        "{refusals}"
    );
    for body in [&of_cart, &of_event, &of_client, &changed, &refusals] {
        assert!(!body.contains("Anna") && !body.contains("Berg"), "{body}");
    }
    // More than a page holds.
    for _ in 0..30 {
        cart.confirm(ben()).await;
    }
    let long = studio.cart(&studio.yoga[1..2]).await;
    for n in 0..60 {
        let events = if n % 2 == 0 { &studio.yoga[1..3] } else { &studio.yoga[1..2] };
        long.select(events).await.accepted();
    }
    let paged = page(&format!("?what=cart&id={}", long.id)).await.body;
    let next = paged.split("href=\"").find(|it| it.contains("after=")).unwrap().split('"').next().unwrap();
    let second = studio.staff_page(&next.replace("&amp;", "&").replace("&#38;", "&")).await.body;
    assert_eq!(
        paged.matches("The selection was set.").count() + second.matches("The selection was set.").count(),
        61
    );
}
