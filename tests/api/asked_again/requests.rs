//! A request that is sent again, and what has to be the same then.

use aggregates::booking_link::Settings;
use aggregates::branch::{Details, Rules};
use axum::Router;
use cartwheel::command::Command;
use serde_json::Value;

use crate::studio::http::{Answered, Held, at, call};
use crate::studio::{BOXING, LINK, MARCO, SOFIE, Studio, YOGA, name};

/// A request that can be sent again.
pub struct Request<'a> {
    pub staff: bool,
    pub method: &'a str,
    pub path: String,
    pub headers: Vec<(&'a str, String)>,
    pub body: Option<Value>,
}

impl<'a> Request<'a> {
    pub fn of_staff(method: &'a str, below: &str, body: Option<Value>) -> Self {
        Self { staff: true, method, path: at(below), headers: vec![], body }
    }

    /// A change of what `address` shows now.
    pub async fn changing(
        studio: &Studio,
        method: &'a str,
        address: &str,
        below: &str,
        body: Option<Value>,
    ) -> Self {
        let version = studio.ask_staff("GET", &at(address), &[], None).await.etag();
        let headers = vec![("if-match", version)];
        Self { headers, ..Self::of_staff(method, &format!("{address}{below}"), body) }
    }

    pub fn of_client(held: &Held<'_>, method: &'a str, below: &str, body: Option<Value>) -> Self {
        let headers = vec![("authorization", held.token.clone())];
        Self { staff: false, method, path: format!("{}{below}", held.path), headers, body }
    }

    pub fn with(&self, body: Value) -> Self {
        let headers = self.headers.clone();
        Self { body: Some(body), headers, path: self.path.clone(), ..*self }
    }

    pub async fn send(&self, studio: &Studio, key: &str) -> Answered {
        let routes = if self.staff { studio.staff_routes() } else { studio.public() };
        self.send_to(routes, key).await
    }

    pub async fn send_to(&self, routes: Router, key: &str) -> Answered {
        let mut headers: Vec<_> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("idempotency-key", key));
        call(routes, self.method, &self.path, &headers, self.body.as_ref().map(Value::to_string)).await
    }
}

pub fn is_replayed(answer: &Answered) -> bool {
    answer.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
}

#[track_caller]
pub fn assert_same(again: &Answered, first: &Answered) {
    assert!(is_replayed(again), "{} {}", again.status, again.body);
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    for name in ["etag", "location", "content-type"] {
        assert_eq!(again.headers.get(name), first.headers.get(name), "{name}");
    }
}

/// Changes whatever an answer could be made of: names, rules, settings, the time zone, the time.
pub async fn turn_everything_round(studio: &Studio) {
    let time_zone = chrono_tz::America::Denver;
    let details = Details { name: name("Elsewhere"), address: None, time_zone, ..Studio::details() };
    let settings = Settings { active: false, ..Settings::named(name("Another link")) };
    for command in [
        Command::SetDetails(details),
        Command::SetRules(Rules::default()),
        Command::SetService(YOGA, Studio::service("Pilates")),
        Command::SetService(BOXING, Studio::service("Judo")),
        Command::SetTeamMember(SOFIE, name("Sophia")),
        Command::SetTeamMember(MARCO, name("Mark")),
        Command::SetUpLink(LINK, Box::new(settings)),
    ] {
        studio.staff(command).await.unwrap();
    }
    // Within the time that tokens open what they were given for.
    studio.clock.advance(chrono::TimeDelta::days(20));
}

/// Sends it with a key, and again at once and after everything has changed. `other` is a body that asks for something
/// else.
pub async fn assert_kept(studio: &Studio, request: &Request<'_>, other: Option<Value>) {
    let what = format!("{} {}", request.method, request.path);
    let first = request.send(studio, &what).await;
    first.accepted();
    assert!(!is_replayed(&first), "{what}");
    let head = studio.head().await;

    assert_same(&request.send(studio, &what).await, &first);
    if let Some(other) = other {
        let reused = request.with(other).send(studio, &what).await;
        reused.problem(422, "idempotency-key-reused");
    }
    assert_eq!(studio.head().await, head, "{what}");
    turn_everything_round(studio).await;
    let head = studio.head().await;
    assert_same(&request.send(studio, &what).await, &first);
    assert_eq!(studio.head().await, head, "{what}");
}
