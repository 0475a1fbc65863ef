//! Which problems an address may answer with, for `openapi.json`.
#![expect(dead_code, reason = "describes answers")]

use utoipa::IntoResponses;

use crate::web::problem::Body;

/// To whoever reads.
#[derive(IntoResponses)]
pub(super) enum Reading {
    /// The request was not understood.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(Body),
    /// There is no such thing, or it belongs to somebody else.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Body),
    /// Try again after `Retry-After`.
    #[response(status = 503, content_type = "application/problem+json")]
    Later(Body),
}

/// To whoever asks for something.
#[derive(IntoResponses)]
pub(super) enum Asking {
    /// The request was not understood.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(Body),
    /// There is no such thing, or it belongs to somebody else.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Body),
    /// It is confirmed already.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(Body),
    /// A rule says no, or the key belongs to another request.
    #[response(status = 422, content_type = "application/problem+json")]
    Refused(Body),
    /// Try again after `Retry-After`, with the same key.
    #[response(status = 503, content_type = "application/problem+json")]
    Later(Body),
}

/// To whoever asks too often: for a code, or for anything at all.
#[derive(IntoResponses)]
pub(super) enum TooOften {
    /// It was asked for too often. Try again after `Retry-After`.
    #[response(status = 429, content_type = "application/problem+json")]
    TooOften(Body),
}

/// To staff who change what they saw.
#[derive(IntoResponses)]
pub(super) enum Changing {
    /// The request was not understood.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(Body),
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Body),
    /// It was changed meanwhile.
    #[response(status = 412, content_type = "application/problem+json")]
    Stale(Body),
    /// A rule says no, or the key belongs to another request.
    #[response(status = 422, content_type = "application/problem+json")]
    Refused(Body),
    /// `If-Match` is missing.
    #[response(status = 428, content_type = "application/problem+json")]
    VersionMissing(Body),
    /// Try again after `Retry-After`, with the same key.
    #[response(status = 503, content_type = "application/problem+json")]
    Later(Body),
}

/// To whoever sends a body.
#[derive(IntoResponses)]
pub(super) enum Sending {
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Body),
    /// The body is not `application/json`.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(Body),
}

/// To whoever asks what goes with a selection that is empty.
#[derive(IntoResponses)]
pub(super) enum Empty {
    /// No event is selected.
    #[response(status = 422, content_type = "application/problem+json")]
    Refused(Body),
}
