//! Pages on their way out, and what people are told when there is none.

use aggregates::appearance::Sites;
use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::access::Visitor;
use super::extract::{RequestId, body, staff};
use super::pages::appointment::{AppointmentPage, CancelPage, ReschedulePage, SpotsPage};
use super::pages::code_step::CodeStep;
use super::pages::contact::ContactPage;
use super::pages::event_list::EventList;
use super::pages::event_page::{EventPage, NotOffered};
use super::pages::form::Pairs;
use super::pages::language::Language;
use super::pages::result::ResultPage;
use super::pages::shell::{Shell, You};
use super::pages::urls::Address;
use super::problem::Problem;
use super::sorry::Sent;
use crate::app::booking::Caller;
use crate::command::Actor;

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

/// A page of the widget with its status: the sites that its link allows may frame it.
pub(super) struct Framed<T>(pub StatusCode, pub T);

/// A page that has a shell.
pub(super) trait InShell {
    fn shell(&self) -> &Shell;
}

macro_rules! in_shell {
    ($($page:ty),+ $(,)?) => {$(
        impl InShell for $page {
            fn shell(&self) -> &Shell {
                &self.shell
            }
        }
    )+};
}

in_shell! {
    EventList, EventPage, NotOffered, ContactPage, CodeStep, ResultPage, AppointmentPage, CancelPage, ReschedulePage, SpotsPage,
}

impl<T: Template + InShell> IntoResponse for Framed<T> {
    fn into_response(self) -> Response {
        let shell = self.1.shell();
        if shell.account {
            // The personal account has a policy of its own, and is never framed.
            return Page(self.0, self.1).into_response();
        }
        let frames = match &shell.looks.sites {
            Sites::Any => FRAMED.to_owned(),
            Sites::Only(sites) if sites.is_empty() => NEVER_FRAMED.to_owned(),
            Sites::Only(sites) => {
                sites.iter().fold("frame-ancestors".to_owned(), |all, site| format!("{all} {site}"))
            }
        };
        let policy = HeaderValue::from_str(&policy(&frames));
        let mut answer = Page(self.0, self.1).into_response();
        if let Ok(policy) = policy {
            answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        answer
    }
}

/// A [`Problem`] on its way to a person; `sorry` makes the page of it.
pub(super) type Sorry = Problem;

/// What a page handler does: everything that fails becomes a page that says so.
pub(super) type Answer = Result<Response, Sorry>;

/// The visit of a page, so that what it changes can name the request.
pub(super) struct Visit {
    request: String,
    /// Who of staff it is, on their listener.
    staff: Actor,
}

impl Visit {
    /// Whoever signed in stands for staff.
    pub(super) fn caller(&self, actor: Actor) -> Caller {
        let actor = if actor == Actor::Staff { self.staff } else { actor };
        Caller { actor, request: self.request.clone() }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, std::convert::Infallible> {
        let RequestId(request) = RequestId::from_request_parts(parts, state).await?;
        Ok(Self { request, staff: staff(&parts.extensions) })
    }
}

/// What is not there, or cannot be asked, on its way to a page.
pub(super) trait OrSorry<T> {
    fn or_sorry(self) -> Result<T, Sorry>;
}

impl<T, E: Into<Problem>> OrSorry<T> for Result<T, E> {
    fn or_sorry(self) -> Result<T, Sorry> {
        self.map_err(Into::into)
    }
}

impl<T> OrSorry<T> for Option<T> {
    fn or_sorry(self) -> Result<T, Sorry> {
        self.ok_or_else(not_found)
    }
}

/// There is nothing at this address.
pub(super) fn not_found() -> Sorry {
    Problem::not_found("thing at this address")
}

/// A posted form.
pub(super) struct Form(pub Pairs);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Sorry;

    async fn from_request(request: Request, state: &S) -> Result<Self, Sorry> {
        let sent = request.extensions().get::<Sent>().cloned();
        let best = best(request.extensions(), request.headers());
        let you = you(request.extensions());
        let pairs = Pairs::parse(&body(request, state).await?).accepting(best).by(you);
        if let Some(sent) = sent {
            sent.keep(&pairs);
        }
        Ok(Self(pairs))
    }
}

/// The query of an address.
pub(super) struct Asked(pub Pairs);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, std::convert::Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = Pairs::parse(query.as_bytes()).accepting(best(&parts.extensions, &parts.headers));
        Ok(Self(pairs.by(you(&parts.extensions))))
    }
}

/// The language that somebody chose for good: it comes before what their browser would like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen(pub Language);

pub(super) fn best(extensions: &Extensions, headers: &HeaderMap) -> Option<Language> {
    extensions.get().map(|Chosen(language)| *language).or_else(|| accepted(headers))
}

/// Who looks at a page for staff.
pub(super) fn you(extensions: &Extensions) -> You {
    extensions.get::<Visitor>().map_or(You::Anybody, Visitor::you)
}

/// The language that a browser would like best.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Language> {
    Language::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}

/// After a POST: the browser goes on with a GET (303).
pub(super) fn see_other(address: &Address) -> Response {
    Redirect::to(&address.to_string()).into_response()
}

/// After a limit was met: when it is worth trying again.
pub(super) fn retry_after(mut answer: Response, seconds: u32) -> Response {
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

/// Headers of pages that may be framed by the sites that embed the widget.
pub(super) fn embeddable(routes: axum::Router<crate::app::App>) -> axum::Router<crate::app::App> {
    headers(routes, FRAMED, &[("cross-origin-resource-policy", "cross-origin")])
}

/// Headers of pages that nobody frames.
pub(super) fn unframed(routes: axum::Router<crate::app::App>) -> axum::Router<crate::app::App> {
    let alone = [("x-frame-options", "DENY"), ("cross-origin-resource-policy", "same-origin")];
    headers(routes, NEVER_FRAMED, &alone)
}

/// The same for pages that can be installed on a phone: with a manifest and a service worker of ours.
pub(super) fn installable(routes: axum::Router<crate::app::App>) -> axum::Router<crate::app::App> {
    let policy = format!("{}; manifest-src 'self'; worker-src 'self'", policy(NEVER_FRAMED));
    let routes = match HeaderValue::from_str(&policy) {
        Ok(policy) => with(routes, "content-security-policy", policy),
        Err(_) => routes,
    };
    unframed(routes)
}

/// What a page may load, and who may frame it.
pub(super) fn policy(frames: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; {frames}"
    )
}

/// Any site may frame it.
pub(super) const FRAMED: &str = "frame-ancestors *";

/// No site may.
pub(super) const NEVER_FRAMED: &str = "frame-ancestors 'none'";

fn headers(
    mut routes: axum::Router<crate::app::App>,
    frames: &str,
    others: &[(&'static str, &'static str)],
) -> axum::Router<crate::app::App> {
    let policy = policy(frames);
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
