//! Changes of staff are based on a version: what is stale is refused, and of two who race one is told.

use serde_json::{Value, json};

use crate::studio::http::{anna, at};
use crate::studio::{LINK, MARCO, Studio, YOGA};

struct Change {
    method: &'static str,
    /// What shows the version.
    shown: String,
    below: &'static str,
    body: Option<Value>,
}

fn changes(studio: &Studio, appointment: &str) -> Vec<Change> {
    let change = |method, shown: String, below, body| Change { method, shown, below, body };
    let event = || format!("/activities/{}", studio.yoga[1]);
    let appointment = || format!("/journal/appointments/{appointment}");
    let rules = json!({
        "prepayment": false, "multiple_spots": 3, "duplicates": "allow",
        "cancellation": {"allowed": false}, "rescheduling": {"allowed": false}
    });
    let details = json!({"name": "Riverside", "time_zone": "Europe/Berlin", "country": "DE"});
    vec![
        change("PUT", String::new(), "", Some(details)),
        change("PUT", "/rules".to_owned(), "", Some(rules)),
        change("PUT", format!("/links/{LINK}/settings"), "", Some(json!({"name": "Weekly"}))),
        change("PUT", event(), "/capacity", Some(json!({"capacity": 20}))),
        change("POST", event(), "/moving", Some(json!({"starts_local": "2027-01-08T18:30:00"}))),
        change("PUT", event(), "/team-member", Some(json!({"team_member_id": MARCO}))),
        change("PUT", event(), "/online-booking", Some(json!({"open": false}))),
        change("POST", event(), "/cancellation", None),
        change("PUT", appointment(), "/spots", Some(json!({"spots": 1}))),
        change("POST", appointment(), "/rescheduling", Some(json!({"activity_id": studio.yoga[7]}))),
        change("POST", appointment(), "/cancellation", None),
    ]
}

#[tokio::test]
async fn a_22_a_change_without_a_version_or_of_another_one_is_refused_and_changes_nothing() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    cart.set_spots(studio.yoga[0], 2).await.accepted();
    let appointment = studio.appointments(&cart.confirm(anna()).await.accepted()).remove(0).id;

    for Change { method, shown, below, body } in changes(&studio, &appointment) {
        let path = at(format!("{shown}{below}"));
        let head = studio.head().await;
        let current = studio.ask_staff("GET", &at(&shown), &[], None).await.etag();

        studio.ask_staff(method, &path, &[], body.clone()).await.problem(428, "if-match-required");
        for stale in
            ["\"v0\"", "\"v99\"", "v1", "W/\"v1\"", "*", "", "\"\"", "\"v-1\"", &format!("{current}, \"v9\"")]
        {
            let answer = studio.ask_staff(method, &path, &[("if-match", stale)], body.clone()).await;
            answer.problem(412, "stale");
        }
        assert_eq!(studio.head().await, head, "{path}");

        let fresh = [("if-match", current.as_str())];
        let changed = studio.ask_staff(method, &path, &fresh, body.clone()).await;
        changed.accepted();
        assert_ne!(changed.etag(), current, "{path}");
        assert_eq!(studio.ask_staff("GET", &at(&shown), &[], None).await.etag(), changed.etag());
        let after = studio.head().await;
        studio.ask_staff(method, &path, &fresh, body).await.problem(412, "stale");
        assert_eq!(studio.head().await, after);
    }
}

#[tokio::test]
async fn services_and_team_members_are_changed_by_the_branchs_version() {
    let studio = Studio::open().await;
    let listed = studio.ask_staff("GET", &at("/services"), &[], None).await;
    let service = json!({"name": "Yin yoga", "duration_minutes": 75, "price": {"amount_minor": 1500, "currency": "EUR"}});
    let path = at(format!("/services/{YOGA}"));

    studio.ask_staff("PUT", &path, &[], Some(service.clone())).await.problem(428, "if-match-required");
    let version = listed.etag();
    let fresh = [("if-match", version.as_str())];
    let changed = studio.ask_staff("PUT", &path, &fresh, Some(service.clone())).await.accepted();
    assert_eq!((&changed["name"], &changed["price"]["amount_minor"]), (&json!("Yin yoga"), &json!(1500)));
    let marco = at(format!("/team/{MARCO}"));
    let renamed = Some(json!({"name": "Marco P."}));
    studio.ask_staff("PUT", &marco, &fresh, renamed.clone()).await.problem(412, "stale");
    let version = studio.ask_staff("GET", &at("/team"), &[], None).await.etag();
    studio.ask_staff("PUT", &marco, &[("if-match", &version)], renamed).await.accepted();

    let nobody = at(format!("/team/{}", uuid::Uuid::nil()));
    let fresh = [("if-match", "\"v1\"")];
    studio.ask_staff("PUT", &nobody, &fresh, Some(json!({"name": "Nobody"}))).await.problem(404, "not-found");
}

#[tokio::test]
async fn of_two_staff_who_save_at_once_one_is_told_that_it_was_changed_meanwhile() {
    let studio = Studio::open().await;
    for round in 2..8 {
        let address = at(format!("/links/{LINK}/settings"));
        let version = studio.ask_staff("GET", &address, &[], None).await.etag();
        let headers = [("if-match", version.as_str())];
        let save = |name: String| {
            let settings = Some(json!({"name": name}));
            studio.ask_staff("PUT", &address, &headers, settings)
        };

        let (one, other) =
            tokio::join!(save(format!("One, round {round}")), save(format!("Other, round {round}")));

        let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
        lost.problem(412, "stale");
        let shown = studio.ask_staff("GET", &address, &[], None).await.accepted();
        assert_eq!(shown, won.accepted());
        assert_eq!(shown["version"], round);
    }
}

#[tokio::test]
async fn two_staff_race_over_one_appointment_and_it_moves_once() {
    let studio = Studio::open().await;
    let booked = studio.book(&studio.yoga[..1], anna()).await;
    let address = at(format!("/journal/appointments/{}", booked[0].id));
    let to = |n: usize| {
        let headers = [("if-match", "\"v1\"")];
        let body = json!({"activity_id": studio.yoga[n]});
        let path = format!("{address}/rescheduling");
        let studio = &studio;
        async move { studio.ask_staff("POST", &path, &headers, Some(body)).await }
    };

    let answers = futures::future::join_all((1..6).map(to)).await;

    let moved: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(moved.len(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 412).count(), 4);
    assert_eq!(booked[0].see().await["activity_id"], moved[0].json()["activity_id"]);
    let activities = studio.ask_staff("GET", &at("/activities?limit=100"), &[], None).await.accepted();
    let taken = activities["items"].as_array().unwrap().iter().map(|it| it["taken"].as_u64().unwrap());
    assert_eq!(taken.sum::<u64>(), 1);
}
