//! What people are told instead of a problem: every page that could not be made, with a way on.

use std::sync::{Arc, OnceLock};

use aggregates::booking_link::Kind;
use aggregates::ids::{BranchId, LinkId};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::html::{FRAMED, NEVER_FRAMED, Page, accepted, policy};
use super::pages::form::Pairs;
use super::pages::language::Language;
use super::pages::shell::{Along, Studio};
use super::pages::sorry::{Next as Way, SorryPage};
use super::pages::urls;
use super::problem::Problem;
use crate::app::App;
use crate::capability::Token;

/// Where pages are; everything else is for programs, unless a browser asks for it.
const PAGES: [&str; 6] = ["/w/", "/c/", "/m/", "/account/", "/journal/", "/settings/"];

/// Where no person goes.
const FOR_PROGRAMS: [&str; 4] = ["/api/", "/assets/", "/healthz", "/readyz"];

/// The form that a page was sent, kept so that it can be sent again.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent(Arc<OnceLock<Pairs>>);

impl Sent {
    pub(super) fn keep(&self, pairs: &Pairs) {
        let _kept_already = self.0.set(pairs.clone());
    }
}

/// What was asked for, as far as a page that says sorry needs it.
struct Asked {
    method: Method,
    path: String,
    query: String,
    accepted: Option<Language>,
    request: String,
    sent: Sent,
}

/// Answers people with pages where programs get problem details.
pub(super) async fn tell_people(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let html = |accept: &str| accept.contains("text/html");
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    let starts = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
    if !starts(&PAGES) && (starts(&FOR_PROGRAMS) || !accept.is_some_and(html)) {
        return next.run(request).await;
    }
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    let asked = Asked {
        method: request.method().clone(),
        path: path.to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        accepted: accepted(request.headers()),
        request: id.unwrap_or_default().to_owned(),
        sent: Sent::default(),
    };
    request.extensions_mut().insert(asked.sent.clone());
    let mut answer = next.run(request).await;
    match answer.extensions_mut().remove::<Problem>() {
        Some(problem) => asked.page(&app, &problem, answer.headers()).await,
        None => answer,
    }
}

impl Asked {
    async fn page(&self, app: &App, problem: &Problem, headers: &HeaderMap) -> Response {
        let found = if problem.status == StatusCode::NOT_FOUND { self.studio(app).await } else { None };
        let pairs = Pairs::parse(self.query.as_bytes()).accepting(self.accepted);
        let sent = self.sent.0.get().unwrap_or(&pairs);
        let (language, along) = (sent.language(), Along::parse(sent));
        let (heading, text, next) = self.told(problem, found.as_ref(), language);
        let studio = found.map(|found| found.studio);
        let page = SorryPage { heading, text, next, studio, language, along, request: self.request.clone() };
        let mut answer = Page(problem.status, page).into_response();
        for (name, value) in headers {
            if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name) {
                answer.headers_mut().insert(name, value.clone());
            }
        }
        let alone = self.for_staff() || self.path.starts_with("/account/");
        let policy = policy(if alone { NEVER_FRAMED } else { FRAMED });
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            answer.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
        }
        answer
    }

    fn for_staff(&self) -> bool {
        ["/journal/", "/settings/"].iter().any(|place| self.path.starts_with(place))
    }

    /// *Confirm booking*, also by one of the buttons that come with a refusal.
    fn confirms(&self) -> bool {
        self.method == Method::POST
            && self.path.strip_prefix("/c/").is_some_and(|capability| !capability.contains('/'))
    }

    fn told(
        &self,
        problem: &Problem,
        found: Option<&Found>,
        language: Language,
    ) -> (&'static str, String, Option<Way>) {
        let wait = problem.retry_after.map_or_else(String::new, |seconds| language.try_again_in(seconds));
        match (problem.status, problem.code) {
            (StatusCode::SERVICE_UNAVAILABLE, "outcome-unknown" | "timed-out")
            | (StatusCode::INTERNAL_SERVER_ERROR, _)
                if self.confirms() =>
            {
                let text = "We could not see whether your booking arrived. Check again: it cannot book anything twice.";
                ("We are not sure yet", text.to_owned(), Some(self.again("Check again")))
            }
            (StatusCode::SERVICE_UNAVAILABLE, "outcome-unknown" | "timed-out")
                if self.method == Method::POST =>
            {
                let text = "We could not see whether your change arrived. Check again: it is not made twice.";
                ("We are not sure yet", text.to_owned(), Some(self.again("Check again")))
            }
            (StatusCode::CONFLICT, _) if self.confirms() => {
                let text = "This takes a moment.".to_owned();
                ("Your booking is being made", text, Some(self.again("Check again")))
            }
            (StatusCode::SERVICE_UNAVAILABLE, _) => {
                let text = format!("This step was not taken in, so nothing was changed. {wait}");
                ("Very busy right now", text, Some(self.again("Try again")))
            }
            (StatusCode::TOO_MANY_REQUESTS, _) => {
                let text = format!("Many requests came from your connection. Nothing was changed. {wait}");
                ("One moment, please", text, Some(self.again("Try again")))
            }
            (StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED, _) => {
                let ask = found
                    .map_or_else(|| "Please ask the studio.".to_owned(), |found| found.studio.please_call());
                let text = format!("It may be cut off, or it has ended. {ask}");
                ("This address opens nothing", text, found.and_then(|found| found.next.clone()))
            }
            (StatusCode::FORBIDDEN, _) => {
                let text = "The site around this page does not let it send forms. Nothing was booked.";
                ("Please open this page on its own", text.to_owned(), Some(self.alone()))
            }
            (status, _) if status.is_client_error() => {
                let text = format!("Nothing was changed: {}.", problem.detail);
                ("This did not work", text, Some(Way::link(self.before(), "Back")))
            }
            _ => {
                let text = format!(
                    "Nothing was changed. If it happens again, please tell the studio this number: {}.",
                    self.request
                );
                ("Something went wrong on our side", text, Some(self.again("Try again")))
            }
        }
    }

    /// The same once more: the address, or the form with everything that was typed.
    fn again(&self, label: &'static str) -> Way {
        match self.sent.0.get() {
            Some(sent) if self.method == Method::POST => {
                let fields = sent.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                Way::Form { action: self.path.clone(), fields, label }
            }
            _ => Way::link(self.address(&self.query), label),
        }
    }

    /// The page by itself; nothing that was typed goes along in its address.
    fn alone(&self) -> Way {
        Way::Link { address: self.before(), label: "Open in a new tab", new_tab: true }
    }

    /// The page that the form stood on.
    fn before(&self) -> String {
        self.path.strip_suffix("/selection").unwrap_or(&self.path).to_owned()
    }

    fn address(&self, query: &str) -> String {
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// Whose page it would have been, as far as the address tells.
    async fn studio(&self, app: &App) -> Option<Found> {
        let mut segments = self.path.split('/').skip(1);
        let named = segments.nth(1)?;
        let branch = match named.parse::<Token>() {
            Ok(token) => token.branch(),
            Err(_) => BranchId(named.parse::<Uuid>().ok()?),
        };
        let row = app.branch(branch).await.ok()??;
        let details = row.branch.details()?;
        let studio = Studio {
            name: details.name.to_string(),
            address: details.address.as_ref().map(ToString::to_string),
            phone: details.phone.as_ref().map(ToString::to_string),
        };
        let next = if self.for_staff() {
            Some(Way::link(urls::journal(branch).to_string(), "Journal"))
        } else {
            let list = |link| Way::link(urls::event_list(branch, link).to_string(), "See all events");
            first_open(app, branch).await.map(list)
        };
        Some(Found { studio, next })
    }
}

/// A studio, and what its address leads to.
struct Found {
    studio: Studio,
    next: Option<Way>,
}

/// A link of the branch through which events can be booked.
pub(super) async fn first_open(app: &App, branch: BranchId) -> Option<LinkId> {
    let links = app.links(branch).await.ok()?;
    let open = links
        .iter()
        .find(|row| row.settled().is_some_and(|link| link.settings.active && link.kind != Kind::Individual));
    open.map(|row| row.link_id)
}
