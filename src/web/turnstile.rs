//! The limits as requests meet them: who asks, how often they may, and what they are told.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Once};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::extract;
use super::pages::form::Pairs;
use super::problem::Problem;
use super::sorry::Sent;
use crate::app::App;
use crate::codes::Purpose;
use crate::contact::Phone;
use crate::limits::connections::TurnedAway;
use crate::limits::{Limited, Limits, Network, What, is_this_machine};

/// How many requests may be worked on at the same time; streams that are open count no more.
const AT_ONCE: usize = 1_024;

/// When somebody who is turned away may come again, in seconds.
const COME_AGAIN: u32 = 5;

/// What is asked for without end, or by those who watch over the service.
const UNCOUNTED: [&str; 3] = ["/assets/", "/healthz", "/readyz"];

/// Where a request came from; what came through no listener has none, and no limits.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub peer: IpAddr,
    pub limits: Arc<Limits>,
    /// The connection is there only to be told to come later.
    pub turned_away: Option<TurnedAway>,
}

/// The limits of whoever asks, for handlers that count something themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Turnstile(Option<(Arc<Limits>, Network)>);

impl Turnstile {
    /// Counts a code that is asked for, for the one who asks and for the number.
    ///
    /// # Errors
    ///
    /// If either had as many as they may.
    pub(super) fn code(&self, app: &App, phone: &Phone, purpose: Purpose) -> Result<(), Limited> {
        self.take(What::Codes)?;
        let Some((limits, _)) = &self.0 else { return Ok(()) };
        limits.take(What::Numbers, &app.codes.whose(phone, purpose))
    }

    /// Counts a code or a password that was typed.
    ///
    /// # Errors
    ///
    /// If there were as many as there may be.
    pub(super) fn attempt(&self) -> Result<(), Limited> {
        self.take(What::Attempts)
    }

    fn take(&self, what: What) -> Result<(), Limited> {
        let Some((limits, network)) = &self.0 else { return Ok(()) };
        limits.take(what, &network.bytes())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Turnstile {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

impl From<Limited> for Problem {
    fn from(limited: Limited) -> Self {
        let detail = limited.to_string();
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail);
        Self { retry_after: Some(limited.seconds), ..problem }
    }
}

impl From<TurnedAway> for Problem {
    fn from(why: TurnedAway) -> Self {
        match why {
            TurnedAway::TooManyOfOne => {
                let detail = "there are too many connections from this address";
                let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail);
                Self { retry_after: Some(COME_AGAIN), ..problem }
            }
            TurnedAway::TooMany => Self::later("busy", COME_AGAIN, "there are too many connections"),
        }
    }
}

/// Places for requests that are worked on.
pub(super) fn places() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(AT_ONCE))
}

/// Lets a request pass, unless its sender had as many as they may.
pub(super) async fn turn(State(places): State<Arc<Semaphore>>, mut request: Request, next: Next) -> Response {
    let arrived = request.extensions().get::<Arrived>().cloned();
    if let Some(arrived) = arrived {
        if let Some(why) = arrived.turned_away {
            return refused(request, why.into()).await;
        }
        match count(arrived, &request) {
            Ok(turnstile) => request.extensions_mut().insert(turnstile),
            Err(limited) => return refused(request, limited.into()).await,
        };
    }
    let Ok(_place) = places.try_acquire_owned() else {
        let busy = Problem::later("busy", 1, "too much is worked on; nothing was changed");
        return refused(request, busy).await;
    };
    next.run(request).await
}

/// What was typed into a form is not lost: the page that says so can send it again.
async fn refused(request: Request, problem: Problem) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded"))
        && let Some(sent) = request.extensions().get::<Sent>().cloned()
        && let Ok(form) = extract::body(request, &()).await
    {
        sent.keep(&Pairs::parse(&form));
    }
    problem.into_response()
}

fn count(arrived: Arrived, request: &Request) -> Result<Turnstile, Limited> {
    let Arrived { peer, limits, .. } = arrived;
    let lines = request.headers().get_all(limits.proxies().header.name()).iter();
    // A line that is no text is none of a proxy.
    let lines: Vec<&str> = lines.map(|line| line.to_str().unwrap_or("unknown")).collect();
    if !lines.is_empty() && is_this_machine(peer) && !limits.proxies().include(peer) {
        say_once_that_a_proxy_is_not_named();
    }
    let Some(network) = limits.proxies().who(peer, lines.into_iter()) else {
        return Ok(Turnstile::default());
    };
    let path = request.uri().path();
    if UNCOUNTED.iter().any(|start| path.starts_with(start)) {
        return Ok(Turnstile(Some((limits, network))));
    }
    limits.take(What::Requests, &network.bytes())?;
    if ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        limits.take(What::Changes, &network.bytes())?;
    }
    if let Some(token) = token(path, request.headers()) {
        limits.take(What::Tokens, token)?;
    }
    Ok(Turnstile(Some((limits, network))))
}

fn say_once_that_a_proxy_is_not_named() {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        tracing::warn!(
            "a proxy on this machine asks for others, and they are counted together: name it with --trusted-proxy"
        );
    });
}

/// What opens the thing that is asked for.
fn token<'a>(path: &'a str, headers: &'a HeaderMap) -> Option<&'a [u8]> {
    let in_header = |name| headers.get(name).map(HeaderValue::as_bytes);
    let in_path = || {
        let mut segments = path.split('/').skip(1);
        let place = segments.next()?;
        ["c", "m", "cal"].contains(&place).then(|| segments.next().map(str::as_bytes))?
    };
    in_header(header::AUTHORIZATION).or_else(in_path).or_else(|| in_header(header::COOKIE))
}
