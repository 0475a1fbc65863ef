//! A problem as it is sent.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::telemetry;

use super::{CODES, Change, FieldError, Item, Problem};

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
        telemetry::problem(self.code);
        // For those who tell it in other words, or more of it.
        response.extensions_mut().insert(self);
        response
    }
}

impl Problem {
    fn title(&self) -> &'static str {
        match self.status {
            StatusCode::BAD_REQUEST => "The request was not understood",
            StatusCode::FORBIDDEN => "This is not allowed from here",
            StatusCode::NOT_FOUND => "There is no such thing",
            StatusCode::REQUEST_TIMEOUT => "The request did not arrive in time",
            StatusCode::CONFLICT => "Something else came first",
            StatusCode::PRECONDITION_FAILED => "It was changed meanwhile",
            StatusCode::PRECONDITION_REQUIRED => "Say which version you saw",
            StatusCode::PAYLOAD_TOO_LARGE => "The request is too large",
            StatusCode::UNPROCESSABLE_ENTITY => "A rule says no",
            StatusCode::TOO_MANY_REQUESTS => "This was asked for often",
            StatusCode::SERVICE_UNAVAILABLE => "Please try again",
            status if status.is_client_error() => "The request cannot be served",
            _ => "Something went wrong on our side",
        }
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
pub(in crate::web) fn about(path: String, response: Response) -> Response {
    let Some(problem) = response.extensions().get::<Problem>().cloned() else { return response };
    let (mut parts, _) = response.into_parts();
    // A new body has another length.
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = Json(Body::of(problem, Some(path))).into_response().into_body();
    Response::from_parts(parts, body)
}
