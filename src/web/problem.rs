//! A "no" over HTTP: problem details after RFC 9457, with stable codes.

mod codes;

use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::booking_link::LinkRefusal;
use aggregates::branch::BranchRefusal;
use aggregates::cart::{CartRefusal, Changed, Value};
use aggregates::membership::MembershipRefusal;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use codes::CODES;

use crate::app::NotReady;
use crate::audit::HistoryError;
use crate::command::{Failure, ItemOutcome, Refusal};
use crate::ledger::StoreError;

/// Why a request was not carried out.
#[derive(Debug, Clone)]
pub struct Problem {
    pub status: StatusCode,
    /// Stable; programs depend on it.
    pub code: &'static str,
    /// For people; may change.
    pub detail: String,
    pub errors: Vec<FieldError>,
    pub items: Vec<Item>,
    pub changed: Vec<Change>,
    /// Seconds after which it is worth trying again.
    pub retry_after: Option<u32>,
    /// Where to go instead.
    pub location: Option<String>,
}

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) to the field in the request body.
    pub pointer: String,
    pub code: String,
    pub detail: String,
}

/// What became, or would become, of one event of a confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Item {
    pub activity_id: Uuid,
    /// Whether this event by itself could be booked.
    pub bookable: bool,
    /// The stable code of what stands in the way.
    pub reason: Option<String>,
    /// The same as a sentence.
    pub detail: Option<String>,
    pub spots_asked: u32,
    pub spots_left: u32,
}

impl From<&ItemOutcome> for Item {
    fn from(outcome: &ItemOutcome) -> Self {
        Self {
            activity_id: outcome.activity.0,
            bookable: outcome.obstacle.is_none(),
            reason: outcome.obstacle.as_ref().map(|obstacle| obstacle.code().to_owned()),
            detail: outcome.obstacle.as_ref().map(ToString::to_string),
            spots_asked: outcome.asked.into(),
            spots_left: outcome.left.into(),
        }
    }
}

/// Something that is different now from what the client was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Change {
    /// `max_events`, `prepayment`, `consent_version`, `starts_at` or `bookable`.
    pub what: String,
    /// The event it concerns, if it concerns one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    pub was: serde_json::Value,
    pub is: serde_json::Value,
}

impl From<&Changed> for Change {
    fn from(changed: &Changed) -> Self {
        let (what, activity_id, was) = value(changed.was);
        let (_, _, is) = value(changed.is);
        Self { what: what.to_owned(), activity_id, was, is }
    }
}

fn value(value: Value) -> (&'static str, Option<Uuid>, serde_json::Value) {
    match value {
        Value::MaxEvents(max) => ("max_events", None, max.map(u32::from).into()),
        Value::Prepayment(on) => ("prepayment", None, on.into()),
        Value::ConsentVersion(version) => ("consent_version", None, version.into()),
        Value::Start { activity, starts_at } => {
            ("starts_at", Some(activity.0), starts_at.to_rfc3339().into())
        }
        Value::Bookable { activity, bookable } => ("bookable", Some(activity.0), bookable.into()),
    }
}

/// Problem details as they are sent (`application/problem+json`).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Body {
    /// `/problems/{code}`.
    pub r#type: String,
    /// What kind of problem it is, in one short sentence.
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// The path of the request that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Stable; programs depend on it.
    pub code: String,
    /// Every wrong field of the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// One entry per event of a confirmation that could not be carried out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// What changed since the cart last showed it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Change>,
    /// The result of a cart that is confirmed already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

impl Problem {
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            errors: vec![],
            items: vec![],
            changed: vec![],
            retry_after: None,
            location: None,
        }
    }

    /// There is no such thing, or it belongs to somebody else.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", format!("there is no such {what}"))
    }

    /// The request cannot be understood.
    #[must_use]
    pub fn malformed(code: &'static str, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self::new(StatusCode::BAD_REQUEST, code, detail.clone()).at(pointer, code, detail)
    }

    /// Adds a wrong field.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        self.errors.push(FieldError {
            pointer: pointer.into(),
            code: code.to_owned(),
            detail: detail.into(),
        });
        self
    }

    /// The same about a part of the request: its pointers start there.
    #[must_use]
    pub fn below(mut self, pointer: &str) -> Self {
        for error in &mut self.errors {
            error.pointer.insert_str(0, pointer);
        }
        self
    }

    /// It is worth trying again after so many seconds.
    #[must_use]
    pub fn later(code: &'static str, seconds: u32, detail: &str) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail) }
    }

    fn refused(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    fn title(&self) -> &'static str {
        match self.status {
            StatusCode::BAD_REQUEST => "The request was not understood",
            StatusCode::FORBIDDEN => "This is not allowed from here",
            StatusCode::NOT_FOUND => "There is no such thing",
            StatusCode::CONFLICT => "Something else came first",
            StatusCode::PRECONDITION_FAILED => "It was changed meanwhile",
            StatusCode::PRECONDITION_REQUIRED => "Say which version you saw",
            StatusCode::PAYLOAD_TOO_LARGE => "The request is too large",
            StatusCode::UNPROCESSABLE_ENTITY => "A rule says no",
            StatusCode::SERVICE_UNAVAILABLE => "Please try again",
            status if status.is_client_error() => "The request cannot be served",
            _ => "Something went wrong on our side",
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => (*refusal).into(),
            Failure::Busy => Self::later("busy", 1, "too much is waiting; nothing was changed"),
            Failure::Unknown => {
                Self::later("outcome-unknown", 5, "the outcome is unknown; retry with the same key")
            }
            Failure::Away(error) => {
                tracing::error!(%error, "the store is away");
                Self::later("store-away", 5, "the store cannot be asked; nothing was changed")
            }
            Failure::Broken(error) => {
                tracing::error!(%error, "a command broke");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something went wrong on our side")
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Failure::Away(error).into()
    }
}

impl From<NotReady> for Problem {
    fn from(why: NotReady) -> Self {
        match why {
            NotReady::Store(error) => error.into(),
            newer => Self::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", newer.to_string()),
        }
    }
}

impl From<HistoryError> for Problem {
    fn from(error: HistoryError) -> Self {
        match error {
            HistoryError::Store(error) => error.into(),
            unreadable => Failure::Broken(format!("a history cannot be told: {unreadable}")).into(),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            Refusal::NotFound { what, pointer } => {
                let problem = Self::not_found(what);
                if pointer.is_empty() { problem } else { problem.at(pointer, "not-found", detail) }
            }
            Refusal::Stale { .. } => Self::new(StatusCode::PRECONDITION_FAILED, "stale", detail),
            Refusal::KeyReused => Self::refused("idempotency-key-reused", detail),
            Refusal::Gap { pointer, .. } => {
                Self::refused("no-such-local-time", detail.clone()).at(pointer, "no-such-local-time", detail)
            }
            Refusal::Cart { refusal, changed } => {
                Self { changed: changed.iter().map(Change::from).collect(), ..refusal.into() }
            }
            Refusal::NotBooked { items, changed } => Self {
                items: items.iter().map(Item::from).collect(),
                changed: changed.iter().map(Change::from).collect(),
                ..Self::refused("not-booked", detail)
            },
            Refusal::Activity(refusal) => activity(&refusal),
            Refusal::Appointment(refusal) => appointment(&refusal),
            Refusal::Branch(BranchRefusal::NotOpen) => Self::not_found("branch"),
            Refusal::Branch(refusal @ BranchRefusal::AlreadyOpen) => {
                Self::refused("already-open", refusal.to_string())
            }
            Refusal::Link(LinkRefusal::NotCreated) => Self::not_found("booking link"),
            Refusal::Link(refusal @ LinkRefusal::AlreadyCreated) => {
                Self::refused("already-created", refusal.to_string())
            }
            Refusal::Link(refusal @ LinkRefusal::NotForIndividualLinks) => Self::refused(
                "not-for-individual-links",
                refusal.to_string(),
            )
            .at("/multiple_event_booking", "not-for-individual-links", refusal.to_string()),
            Refusal::Link(refusal @ LinkRefusal::ConsentEmpty) => {
                let detail = refusal.to_string();
                Self::refused("consent-empty", detail.clone()).at("/consent_text", "consent-empty", detail)
            }
            Refusal::Membership(refusal @ MembershipRefusal::AlreadyGranted) => {
                Self::refused("already-granted", refusal.to_string())
            }
        }
    }
}

/// Not an `Error`, so that every one of these can turn into it with `?`.
impl From<CartRefusal> for Problem {
    fn from(refusal: CartRefusal) -> Self {
        let (code, detail) = (refusal.code(), refusal.to_string());
        let problem = Self::refused(code, detail.clone());
        match refusal {
            CartRefusal::NotOpened => Self::not_found("cart"),
            CartRefusal::AlreadyConfirmed => Self { status: StatusCode::CONFLICT, ..problem },
            CartRefusal::EmailMissing => problem.at("/email", code, detail),
            CartRefusal::CommentMissing => problem.at("/comment", code, detail),
            CartRefusal::ConsentMissing | CartRefusal::ConsentChanged => {
                problem.at("/consent_version", code, detail)
            }
            CartRefusal::ItemsRefused(items) => items.iter().fold(problem, |problem, item| {
                let mut problem = problem.at("/events", item.obstacle.code(), item.obstacle.to_string());
                let (asked, left) = match item.obstacle {
                    aggregates::Obstacle::NotEnoughSpots { asked, left } => {
                        (u32::from(asked), u32::from(left))
                    }
                    _ => (0, 0),
                };
                problem.items.push(Item {
                    activity_id: item.activity_id.0,
                    bookable: false,
                    reason: Some(item.obstacle.code().to_owned()),
                    detail: Some(item.obstacle.to_string()),
                    spots_asked: asked,
                    spots_left: left,
                });
                problem
            }),
            _ => problem,
        }
    }
}

fn activity(refusal: &ActivityRefusal) -> Problem {
    let code = match refusal {
        ActivityRefusal::NotScheduled => return Problem::not_found("event"),
        ActivityRefusal::AlreadyScheduled => "already-scheduled",
        ActivityRefusal::Cancelled => "activity-cancelled",
        ActivityRefusal::CapacityBelowTaken { .. } => "capacity-below-taken",
        ActivityRefusal::Obstacle(obstacle) => obstacle.code(),
    };
    Problem::refused(code, refusal.to_string())
}

fn appointment(refusal: &AppointmentRefusal) -> Problem {
    let code = match refusal {
        AppointmentRefusal::NotBooked => return Problem::not_found("appointment"),
        AppointmentRefusal::AlreadyBooked => "already-booked",
        AppointmentRefusal::Cancelled => "appointment-cancelled",
        AppointmentRefusal::CancellingClosed(_) => "cancelling-closed",
        AppointmentRefusal::ReschedulingClosed(_) => "rescheduling-closed",
        AppointmentRefusal::DifferentTeamMembers => "different-team-members",
        AppointmentRefusal::DifferentServices => "different-services",
        AppointmentRefusal::NotFewerSpots { .. } => "not-fewer-spots",
        AppointmentRefusal::Obstacle(obstacle) => obstacle.code(),
    };
    Problem::refused(code, refusal.to_string())
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let known = CODES.contains(&(self.code, self.status.as_u16()));
        debug_assert!(known, "{} with {} is in no table", self.code, self.status);
        let mut response = (self.status, Json(Body::of(self.clone(), None))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        // For those who tell it in other words, or more of it.
        response.extensions_mut().insert(self);
        response
    }
}

impl Body {
    fn of(problem: Problem, instance: Option<String>) -> Self {
        Self {
            r#type: format!("/problems/{}", problem.code),
            title: problem.title().to_owned(),
            status: problem.status.as_u16(),
            detail: problem.detail,
            instance,
            code: problem.code.to_owned(),
            errors: problem.errors,
            items: problem.items,
            changed: problem.changed,
            location: problem.location,
        }
    }
}

/// The answer to a request for that path: a problem names it (`instance`), anything else is as it was.
pub(super) fn about(path: String, response: Response) -> Response {
    let Some(problem) = response.extensions().get::<Problem>().cloned() else { return response };
    let (mut parts, _) = response.into_parts();
    // A new body has another length.
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = Json(Body::of(problem, Some(path))).into_response().into_body();
    Response::from_parts(parts, body)
}
