//! A "no" over HTTP: problem details after RFC 9457, with stable codes.

mod codes;
mod refused;
mod sent;

use aggregates::cart::{Changed, Value};
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use codes::CODES;
pub use sent::Body;
pub(super) use sent::about;

use crate::app::NotReady;
use crate::audit::HistoryError;
use crate::command::{Failure, ItemOutcome};
use crate::ledger::StoreError;
use crate::telemetry;

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

    /// Something that cannot be written as JSON.
    #[expect(clippy::needless_pass_by_value, reason = "for map_err")]
    pub(crate) fn unwritable(error: serde_json::Error) -> Self {
        tracing::error!(%error, "an answer cannot be written");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something went wrong on our side")
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
                telemetry::store_error();
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
