//! The studio through HTTP, without a network.

use aggregates::booking_link::Settings;
use aggregates::branch::{Rules, Service};
use aggregates::ids::{ActivityId, LinkId};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use cartwheel::command::Command;
use cartwheel::ledger::Position;
use cartwheel::web::{self, Hosts};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{BRANCH, LINK, Studio, YOGA};

/// An answer, read.
#[derive(Debug)]
pub struct Answered {
    /// The path that was asked for.
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The answer to something that was accepted.
    #[track_caller]
    pub fn accepted(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.json()
    }

    /// The problem with that status and code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["instance"], self.path.split('?').next().unwrap());
        for sentence in ["title", "detail"] {
            assert!(problem[sentence].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
        problem
    }

    /// The problem with these wrong fields, by pointer.
    #[track_caller]
    pub fn wrong_fields(&self, status: u16, code: &str, pointers: &[&str]) -> Value {
        let problem = self.problem(status, code);
        let named: Vec<_> = problem["errors"].as_array().into_iter().flatten().collect();
        let named: Vec<_> = named.iter().filter_map(|field| field["pointer"].as_str()).collect();
        assert_eq!(named, pointers, "{problem}");
        problem
    }

    /// The version that the answer is of.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.headers[header::ETAG].to_str().unwrap().to_owned()
    }
}

impl Studio {
    pub fn public(&self) -> Router {
        let routes = || web::public(self.app.clone(), Hosts::and_loopback([]));
        self.routes[0].get_or_init(routes).clone()
    }

    pub fn staff_routes(&self) -> Router {
        let routes = || web::staff(self.app.clone(), Hosts::and_loopback([]));
        self.routes[1].get_or_init(routes).clone()
    }

    /// Asks the public listener.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answered {
        call(self.public(), method, path, headers, body.map(|body| body.to_string())).await
    }

    /// Asks the staff listener.
    pub async fn ask_staff(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answered {
        call(self.staff_routes(), method, path, headers, body.map(|body| body.to_string())).await
    }

    /// A cart with these events, one spot each.
    pub async fn cart(&self, events: &[ActivityId]) -> Held<'_> {
        self.cart_from(LINK, events).await
    }

    pub async fn cart_from(&self, link: LinkId, events: &[ActivityId]) -> Held<'_> {
        let opened = self.try_cart(link, events).await.accepted();
        let id = opened["cart_id"].as_str().unwrap().to_owned();
        let token = format!("Bearer {}", opened["token"].as_str().unwrap());
        Held { studio: self, path: at(format!("/carts/{id}")), id, token }
    }

    pub async fn try_cart(&self, link: LinkId, events: &[ActivityId]) -> Answered {
        let body = json!({"link_id": link, "events": picks(events)});
        self.ask("POST", &at("/carts"), &[], Some(body)).await
    }

    /// The appointments that a confirmation answered with.
    pub fn appointments(&self, confirmation: &Value) -> Vec<Held<'_>> {
        let appointment = |booked: &Value| {
            let id = booked["appointment_id"].as_str().unwrap().to_owned();
            let token = format!("Bearer {}", booked["token"].as_str().unwrap());
            Held { studio: self, path: at(format!("/appointments/{id}")), id, token }
        };
        confirmation["appointments"].as_array().unwrap().iter().map(appointment).collect()
    }

    /// Books these events, one spot each.
    pub async fn book(&self, events: &[ActivityId], person: Value) -> Vec<Held<'_>> {
        let confirmed = self.cart(events).await.confirm(person).await.accepted();
        self.appointments(&confirmed)
    }

    /// Where the ledger ends: unchanged if nothing was.
    pub async fn head(&self) -> Position {
        self.app.ledger.tail(BRANCH).await.unwrap().head
    }

    /// Asks for a change by staff, based on what the address shows now.
    pub async fn change(&self, method: &str, address: &str, below: &str, body: Option<Value>) -> Answered {
        let version = self.ask_staff("GET", &at(address), &[], None).await.etag();
        self.ask_staff(method, &at(format!("{address}{below}")), &[("if-match", &version)], body).await
    }

    pub async fn set_rules(&self, change: impl FnOnce(&mut Rules)) {
        let mut rules = Self::rules();
        change(&mut rules);
        self.staff(Command::SetRules(rules)).await.unwrap();
    }

    pub async fn set_up_link(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = Self::settings();
        change(&mut settings);
        self.staff(Command::SetUpLink(LINK, Box::new(settings))).await.unwrap();
    }

    pub async fn set_yoga(&self, change: impl FnOnce(&mut Service)) {
        let mut yoga = Self::service("Yoga");
        change(&mut yoga);
        self.staff(Command::SetService(YOGA, yoga)).await.unwrap();
    }

    /// Lets others take all but so many spots of an event.
    pub async fn leave(&self, event: ActivityId, spots: u32) {
        let capacity = json!({"capacity": spots});
        self.change("PUT", &format!("/activities/{event}"), "/capacity", Some(capacity)).await.accepted();
    }

    /// Opens a cart over the API with these events, one spot each.
    pub async fn open_cart(&self, events: &[ActivityId]) -> (String, String) {
        let events: Vec<_> = events.iter().map(|id| json!({"activity_id": id.to_string()})).collect();
        let body = json!({"link_id": LINK.to_string(), "events": events});
        let opened = self.ask("POST", &format!("/api/v1/branches/{BRANCH}/carts"), &[], Some(body)).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
        let cart = opened.json();
        (cart["cart_id"].as_str().unwrap().to_owned(), format!("Bearer {}", cart["token"].as_str().unwrap()))
    }
}

/// A cart or an appointment, with the token that opens it.
pub struct Held<'a> {
    studio: &'a Studio,
    pub id: String,
    pub path: String,
    pub token: String,
}

impl Held<'_> {
    /// Asks for something below its address.
    pub async fn ask(&self, method: &str, below: &str, body: Option<Value>) -> Answered {
        self.ask_with(method, below, &[], body).await
    }

    pub async fn ask_with(
        &self,
        method: &str,
        below: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answered {
        let headers = [&[("authorization", self.token.as_str())], headers].concat();
        self.studio.ask(method, &format!("{}{below}", self.path), &headers, body).await
    }

    /// As it is now.
    pub async fn see(&self) -> Value {
        self.ask("GET", "", None).await.accepted()
    }

    pub async fn select(&self, events: &[ActivityId]) -> Answered {
        self.ask("PUT", "/selection", Some(json!({"events": picks(events)}))).await
    }

    pub async fn set_spots(&self, event: ActivityId, spots: u32) -> Answered {
        self.ask("PUT", &format!("/activities/{event}/spots"), Some(json!({"spots": spots}))).await
    }

    /// Confirms with a key of its own.
    pub async fn confirm(&self, person: Value) -> Answered {
        let key = uuid::Uuid::now_v7().to_string();
        self.ask_with("PUT", "/confirmation", &[("idempotency-key", &key)], Some(person)).await
    }

    pub async fn dry_run(&self, person: Value) -> Answered {
        self.ask("POST", "/confirmation/dry-run", Some(person)).await
    }

    pub async fn cancel(&self) -> Answered {
        self.ask("POST", "/cancellation", None).await
    }

    pub async fn reschedule(&self, to: ActivityId) -> Answered {
        self.ask("POST", "/rescheduling", Some(json!({"activity_id": to}))).await
    }
}

/// These events, one spot each unless they have more already.
pub fn picks(events: &[ActivityId]) -> Value {
    events.iter().map(|id| json!({"activity_id": id})).collect()
}

pub fn anna() -> Value {
    json!({"name": "Anna Berg", "phone": "030 2312 5014"})
}

pub fn ben() -> Value {
    json!({"name": "Ben Holm", "phone": "030 2312 5015"})
}

/// An address below that of the branch.
pub fn at(below: impl std::fmt::Display) -> String {
    format!("/api/v1/branches/{BRANCH}{below}")
}

pub async fn call(
    routes: Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<String>,
) -> Answered {
    send(routes, method, path, headers, body.map(Body::from)).await
}

/// Sends a request, whatever its body is; it is JSON from this machine unless the headers say otherwise.
pub async fn send(
    routes: Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Body>,
) -> Answered {
    let given = |name: &str| headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
    let mut request = Request::builder().method(method).uri(path);
    if !given("host") {
        request = request.header(header::HOST, "localhost:8080");
    }
    if body.is_some() && !given("content-type") {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = routes.oneshot(request.body(body.unwrap_or_default()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    Answered { path: path.to_owned(), status: parts.status, headers: parts.headers, body }
}
