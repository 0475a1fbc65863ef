//! Pages on their way out, and what people are told when there is none.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::extract::{RequestId, body};
use super::pages::form::Pairs;
use super::pages::sorry::SorryPage;
use super::pages::urls::Address;
use super::problem::Problem;
use crate::app::booking::Caller;
use crate::audit::HistoryError;
use crate::command::{Actor, Failure};
use crate::ledger::StoreError;

/// A page with its status.
pub(super) struct Page<T>(pub StatusCode, pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.1.render() {
            Ok(page) => (self.0, Html(page)).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page could not be written");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// A [`Problem`] told to a person instead of a program.
#[derive(Debug)]
pub(super) struct Sorry {
    problem: Problem,
    request: String,
}

/// What a page handler does: everything that fails becomes a page that says so.
pub(super) type Answer = Result<Response, Sorry>;

/// Who asks for a page, so that what fails can name the request.
pub(super) struct Visit {
    request: String,
}

impl Visit {
    pub(super) fn caller(&self, actor: Actor) -> Caller {
        Caller { actor, request: self.request.clone() }
    }

    pub(super) fn sorry(&self, problem: impl Into<Problem>) -> Sorry {
        Sorry { problem: problem.into(), request: self.request.clone() }
    }

    pub(super) fn not_found(&self) -> Sorry {
        self.sorry(Problem::not_found("thing at this address"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, std::convert::Infallible> {
        let RequestId(request) = RequestId::from_request_parts(parts, state).await?;
        Ok(Self { request })
    }
}

/// Turns what a store or a lane says into a page for this visit.
pub(super) trait OrSorry<T> {
    fn or_sorry(self, visit: &Visit) -> Result<T, Sorry>;
}

impl<T> OrSorry<T> for Result<T, StoreError> {
    fn or_sorry(self, visit: &Visit) -> Result<T, Sorry> {
        self.map_err(|error| visit.sorry(error))
    }
}

impl<T> OrSorry<T> for Result<T, Failure> {
    fn or_sorry(self, visit: &Visit) -> Result<T, Sorry> {
        self.map_err(|failure| visit.sorry(failure))
    }
}

impl<T> OrSorry<T> for Result<T, HistoryError> {
    fn or_sorry(self, visit: &Visit) -> Result<T, Sorry> {
        self.map_err(|error| visit.sorry(error))
    }
}

impl<T> OrSorry<T> for Result<T, Problem> {
    fn or_sorry(self, visit: &Visit) -> Result<T, Sorry> {
        self.map_err(|problem| visit.sorry(problem))
    }
}

impl<T> OrSorry<T> for Option<T> {
    fn or_sorry(self, visit: &Visit) -> Result<T, Sorry> {
        self.ok_or_else(|| visit.not_found())
    }
}

impl IntoResponse for Sorry {
    fn into_response(self) -> Response {
        let Problem { status, code, retry_after, .. } = self.problem;
        let wait = retry_after.map_or_else(String::new, super::pages::words::try_again_in);
        let (heading, text) = match (status, code) {
            (_, "outcome-unknown") => (
                "We are not sure yet",
                "We could not see whether your booking arrived. Go back and send it again: it cannot book anything \
                 twice."
                    .to_owned(),
            ),
            (StatusCode::NOT_FOUND, _) => {
                ("This address opens nothing", "It may be cut off, or it has ended. Please ask the studio.".to_owned())
            }
            (StatusCode::SERVICE_UNAVAILABLE, _) => {
                ("Very busy right now", format!("This step was not taken in, so nothing was changed. {wait}"))
            }
            (status, _) if status.is_client_error() => {
                ("This did not work", format!("Nothing was changed: {}.", self.problem.detail))
            }
            _ => (
                "Something went wrong on our side",
                "Nothing was changed. If it happens again, please tell the studio the number below.".to_owned(),
            ),
        };
        let page = SorryPage { heading, text, next: None, request: self.request };
        let mut response = Page(status, page).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// A posted form.
pub(super) struct Form(pub Pairs);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Sorry;

    async fn from_request(request: Request, state: &S) -> Result<Self, Sorry> {
        let id = request
            .headers()
            .get("x-request-id")
            .and_then(|id| id.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        match body(request, state).await {
            Ok(bytes) => Ok(Self(Pairs::parse(&bytes))),
            Err(problem) => Err(Sorry { problem, request: id }),
        }
    }
}

/// The query of an address.
pub(super) struct Asked(pub Pairs);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, std::convert::Infallible> {
        Ok(Self(Pairs::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// After a POST: the browser goes on with a GET (303).
pub(super) fn see_other(address: &Address) -> Response {
    Redirect::to(&address.to_string()).into_response()
}

/// Headers of pages that may be framed by the sites that embed the widget.
pub(super) fn embeddable(routes: axum::Router<crate::app::App>) -> axum::Router<crate::app::App> {
    headers(routes, "frame-ancestors *", &[("cross-origin-resource-policy", "cross-origin")])
}

/// Headers of pages that nobody frames.
pub(super) fn unframed(routes: axum::Router<crate::app::App>) -> axum::Router<crate::app::App> {
    let alone = [("x-frame-options", "DENY"), ("cross-origin-resource-policy", "same-origin")];
    headers(routes, "frame-ancestors 'none'", &alone)
}

fn headers(
    mut routes: axum::Router<crate::app::App>,
    frames: &str,
    others: &[(&'static str, &'static str)],
) -> axum::Router<crate::app::App> {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; {frames}"
    );
    let always = [("referrer-policy", "same-origin"), ("cache-control", "private, no-cache")];
    for (name, value) in always.iter().chain(others) {
        routes = with(routes, name, HeaderValue::from_static(value));
    }
    match HeaderValue::from_str(&policy) {
        Ok(policy) => with(routes, "content-security-policy", policy),
        Err(_) => routes,
    }
}

fn with(
    routes: axum::Router<crate::app::App>,
    name: &'static str,
    value: HeaderValue,
) -> axum::Router<crate::app::App> {
    let name = HeaderName::from_static(name);
    routes.layer(tower_http::set_header::SetResponseHeaderLayer::if_not_present(name, value))
}
