//! Whoever asks for a route, and what comes of it.

use aggregates::ids::{ActivityId, AppointmentId, BranchId, LinkId};
use cartwheel::staff::Role;
use cartwheel::web::{self, Hosts};
use reqwest::{Method, StatusCode};
use uuid::Uuid;

use crate::studio::{SOFIE, Studio, YOGA};

/// Open to anyone, with or without a sign-in.
pub fn is_anyones(path: &str) -> bool {
    ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/docs", "/embed.js", "/assets/"]
        .iter()
        .any(|open| path.starts_with(open))
        || ["sign-in", "code", "sign-out"].iter().any(|page| path == format!("/staff/{page}"))
        || path.starts_with("/staff/invitation/")
}

/// What comes of a request, as far as it says who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Whatever the handler said.
    In,
    SignIn,
    NotAllowed,
    Nothing,
}

/// What there is in the studio to be asked for.
pub struct Things {
    pub event: ActivityId,
    pub appointment: AppointmentId,
    pub client: Uuid,
}

impl Things {
    pub fn path(&self, route: &str, branch: BranchId, link: LinkId) -> String {
        let change = if route.contains("/appointments/") { "cancel" } else { "capacity" };
        let (event, appointment) = (self.event.to_string(), self.appointment.to_string());
        [
            ("{branch}", branch.to_string()),
            ("{link}", link.to_string()),
            ("{event}", event.clone()),
            ("{activity}", event.clone()),
            ("{appointment}", appointment),
            ("{client}", self.client.to_string()),
            ("{change}", change.to_owned()),
            ("{member}", SOFIE.to_string()),
            ("{team_member}", SOFIE.to_string()),
            ("{service}", YOGA.to_string()),
            ("{kind}", "activities".to_owned()),
            ("{id}", event),
            ("{upload}", Uuid::nil().to_string()),
            ("{webhook}", Uuid::nil().to_string()),
            ("{delivery}", Uuid::nil().to_string()),
            ("{version}", "1".to_owned()),
            ("{name}", "cartwheel.css".to_owned()),
            ("{accent}", "0f6b5f".to_owned()),
            ("{*rest}", "index.html".to_owned()),
            ("{invitation}", "A".repeat(43)),
        ]
        .iter()
        .fold(route.to_owned(), |path, (name, value)| path.replace(name, value))
    }
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Asker {
    pub name: String,
    /// What they are in the branch of the studio.
    pub role: Option<Role>,
    pub cookie: Option<String>,
    pub token: Option<String>,
}

pub struct Served {
    client: reqwest::Client,
    pub staff: String,
    pub public: String,
    /// An event to move to.
    event: ActivityId,
}

impl Served {
    pub async fn new(studio: &Studio) -> Self {
        let serve = async |router: axum::Router| {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = format!("http://{}", listener.local_addr().unwrap());
            tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
            address
        };
        let hosts = || Hosts::and_loopback([]);
        Self {
            client: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
            staff: serve(web::staff(studio.app.clone(), hosts())).await,
            public: serve(web::public(studio.app.clone(), hosts())).await,
            event: studio.yoga[5],
        }
    }

    pub async fn ask(&self, (method, path): (&str, &str), asker: &Asker) -> (StatusCode, String, String) {
        let mut request = self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
        if let Some(cookie) = &asker.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(token) = &asker.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if method != "GET" {
            // What no handler accepts, but each understands well enough to say so.
            request = if path.contains("/api/") {
                let body = match path.rsplit('/').next() {
                    Some("rescheduling") => format!("{{\"activity_id\": \"{}\"}}", self.event),
                    Some("spots") => "{\"spots\": 1}".to_owned(),
                    _ => "{}".to_owned(),
                };
                request.header("content-type", "application/json").body(body)
            } else if path.ends_with("/import") {
                request.header("content-type", "multipart/form-data; boundary=x").body("--x--\r\n")
            } else {
                let form = "do=add&login=&name=&member=&service=&version=0&kind=none";
                request.header("content-type", "application/x-www-form-urlencoded").body(form)
            };
        }
        let answer = request.send().await.unwrap();
        let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let status = answer.status();
        // A stream goes on.
        let streams = answer.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let body = if streams { String::new() } else { answer.text().await.unwrap() };
        (status, location.unwrap_or_default(), body)
    }

    /// What comes of it, and what was told.
    pub async fn outcome(&self, route: (&str, &str), asker: &Asker) -> (Outcome, String) {
        let (status, location, body) = self.ask(route, asker).await;
        let outcome = match status {
            StatusCode::UNAUTHORIZED => Outcome::SignIn,
            StatusCode::SEE_OTHER if location.starts_with("/staff/sign-in?to=") => Outcome::SignIn,
            StatusCode::SEE_OTHER if location.starts_with("/staff/sign-in?over=") => Outcome::SignIn,
            StatusCode::FORBIDDEN => Outcome::NotAllowed,
            StatusCode::NOT_FOUND => Outcome::Nothing,
            status => {
                assert!(!status.is_server_error(), "{route:?}: {status} {body}");
                Outcome::In
            }
        };
        (outcome, body)
    }
}
