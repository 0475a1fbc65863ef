//! The studio through HTTP, without a network.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use cartwheel::web::{self, Hosts};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{BRANCH, LINK, Studio};

/// An answer, read.
#[derive(Debug)]
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Studio {
    pub fn public(&self) -> Router {
        web::public(self.app.clone(), Hosts::and_loopback([]))
    }

    pub fn staff_routes(&self) -> Router {
        web::staff(self.app.clone(), Hosts::and_loopback([]))
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

    /// Opens a cart over the API with these events, one spot each.
    pub async fn open_cart(&self, events: &[aggregates::ids::ActivityId]) -> (String, String) {
        let events: Vec<_> = events.iter().map(|id| json!({"activity_id": id.to_string()})).collect();
        let body = json!({"link_id": LINK.to_string(), "events": events});
        let opened = self.ask("POST", &format!("/api/v1/branches/{BRANCH}/carts"), &[], Some(body)).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
        let cart = opened.json();
        (cart["cart_id"].as_str().unwrap().to_owned(), format!("Bearer {}", cart["token"].as_str().unwrap()))
    }
}

pub async fn call(
    routes: Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<String>,
) -> Answered {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
    let response = routes.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answered { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
}
