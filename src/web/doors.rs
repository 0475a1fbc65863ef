//! What every request passes on its way in and out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::classify::ServerErrorsFailureClass;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use super::access::{self, Gate};
use super::problem::{self, Problem};
use super::sorry::tell_people;
use super::turnstile;
use crate::telemetry;

/// How long a request may take; a step of a branch is bounded more tightly.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The names under which this service may be addressed. Any other `Host` is refused, so that a page elsewhere whose
/// name is pointed at this machine cannot speak to it (DNS rebinding).
#[derive(Debug, Clone)]
pub struct Hosts(Arc<Vec<String>>);

impl Hosts {
    /// The names of this machine to itself, and these.
    #[must_use]
    pub fn and_loopback(names: impl IntoIterator<Item = String>) -> Self {
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        Self(Arc::new(own.into_iter().chain(names.into_iter().map(|name| name.to_lowercase())).collect()))
    }

    fn include(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let name = authority.host().to_lowercase();
        self.0.contains(&name)
    }
}

/// The routes behind all layers.
pub(super) fn guarded(routes: Router, gate: Gate, hosts: Hosts) -> Router {
    let headers = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    let routes = routes.layer(
        ServiceBuilder::new()
            .layer(middleware::from_fn(count))
            .layer(middleware::from_fn(drop_foreign_request_id))
            .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
            .layer(PropagateRequestIdLayer::x_request_id())
            .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(failed))
            .layer(middleware::from_fn_with_state(gate.app.clone(), tell_people))
            .layer(middleware::from_fn(name_instance))
            .layer(CatchPanicLayer::custom(|_| panicked()))
            .layer(middleware::from_fn_with_state(turnstile::places(), turnstile::turn))
            .layer(middleware::from_fn_with_state(hosts, check_host))
            .layer(CsrfLayer::new().with_rejection_response(|_: ProtectionError| foreign()))
            .layer(middleware::from_fn(in_time))
            .layer(middleware::from_fn_with_state(gate, access::guard)),
    );
    headers.into_iter().fold(routes, |routes, (name, value)| {
        routes.layer(tower_http::set_header::SetResponseHeaderLayer::if_not_present(
            name,
            HeaderValue::from_static(value),
        ))
    })
}

/// Routes that are reached by the names of this machine alone, and by these.
pub(super) fn named(routes: Router, hosts: Hosts) -> Router {
    routes.layer(middleware::from_fn_with_state(hosts, check_host))
}

/// Counts a request, by what was asked for and never by whom.
async fn count(request: Request, next: Next) -> Response {
    let (began, method) = (Instant::now(), method(request.method()));
    let route = request.extensions().get::<MatchedPath>().cloned();
    let answer = next.run(request).await;
    let route = route.as_ref().map_or("unmatched", MatchedPath::as_str);
    telemetry::request(route, method, answer.status().as_u16(), began.elapsed());
    answer
}

/// Anybody can invent methods.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}

/// A span with the matched route, never the path: capabilities stand in paths.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), route, id)
}

/// Says that something went wrong on our side; that somebody has to come again later is counted, and nothing to wake
/// anybody up for, however many are told so.
fn failed(class: ServerErrorsFailureClass, latency: Duration, _: &tracing::Span) {
    match class {
        ServerErrorsFailureClass::StatusCode(StatusCode::SERVICE_UNAVAILABLE) => {
            tracing::debug!(?latency, "told to come again later");
        }
        class => tracing::error!(%class, ?latency, "a request failed"),
    }
}

async fn name_instance(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    problem::about(path, next.run(request).await)
}

async fn in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(TIMEOUT, next.run(request)).await.unwrap_or_else(|_| {
        let detail =
            "this took too long; a command may have been carried out or not: retry with the same key";
        Problem::later("timed-out", 5, detail).into_response()
    })
}

fn panicked() -> Response<Body> {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something went wrong on our side")
        .into_response()
}

fn foreign() -> Response<Body> {
    let detail = "forms and commands of other sites are refused";
    Problem::new(StatusCode::FORBIDDEN, "foreign-origin", detail).into_response()
}

/// A request id from outside is kept only if it is harmless in a log.
async fn drop_foreign_request_id(mut request: Request, next: Next) -> Response {
    const LONGEST: usize = 64;
    let harmless = |id: &HeaderValue| {
        let id = id.as_bytes();
        (1..=LONGEST).contains(&id.len())
            && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte))
    };
    if request.headers().get("x-request-id").is_some_and(|id| !harmless(id)) {
        request.headers_mut().remove("x-request-id");
    }
    next.run(request).await
}

async fn check_host(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| request.uri().authority().map(Authority::as_str));
    if host.is_some_and(|host| hosts.include(host)) {
        return next.run(request).await;
    }
    let detail = "this service is not addressed by that name; start it with --host NAME to allow it";
    Problem::new(StatusCode::MISDIRECTED_REQUEST, "unknown-host", detail).into_response()
}
