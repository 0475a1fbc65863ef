//! What people are told instead of a problem: every page that could not be made, with a way on.

use std::sync::{Arc, OnceLock};

use aggregates::booking_link::Kind;
use aggregates::ids::{BranchId, LinkId};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::access::Known;
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
const PAGES: [&str; 7] = ["/w/", "/c/", "/m/", "/account/", "/journal/", "/settings/", "/staff"];

/// Where no person goes.
const FOR_PROGRAMS: [&str; 4] = ["/api/", "/assets/", "/healthz", "/readyz"];

/// What the problem details said of themselves; a page says it anew.
const OF_THE_PROBLEM: [HeaderName; 3] =
    [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING];

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
    let known = answer.extensions_mut().remove::<Known>().is_some();
    match answer.extensions_mut().remove::<Problem>() {
        Some(problem) => asked.page(&app, &problem, known, answer.headers()).await,
        None => answer,
    }
}

impl Asked {
    /// A page of what went wrong. Whose studio it is, is told only to those who may know that it is there.
    async fn page(&self, app: &App, problem: &Problem, known: bool, headers: &HeaderMap) -> Response {
        let pairs = Pairs::parse(self.query.as_bytes()).accepting(self.accepted);
        let sent = self.sent.0.get().unwrap_or(&pairs);
        let (language, along) = (sent.language(), Along::parse(sent));
        let leads_on = problem.status == StatusCode::NOT_FOUND || problem.code == "not-allowed";
        let found = if known && leads_on { self.studio(app, language, &along).await } else { None };
        let (heading, text, next) = self.told(problem, found.as_ref(), language, &along);
        let studio = found.map(|found| found.studio);
        let page = SorryPage { heading, text, next, studio, language, along, request: self.request.clone() };
        let mut answer = Page(problem.status, page).into_response();
        for (name, value) in headers {
            if !OF_THE_PROBLEM.contains(name) {
                answer.headers_mut().insert(name, value.clone());
            }
        }
        let unframed = self.for_staff() || self.path.starts_with("/account/");
        let policy = policy(if unframed { NEVER_FRAMED } else { FRAMED });
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            answer.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
        }
        answer
    }

    fn for_staff(&self) -> bool {
        ["/journal/", "/settings/", "/staff"].iter().any(|place| self.path.starts_with(place))
    }

    /// What opens with something that a client was given.
    fn is_of_client(&self) -> bool {
        ["/c/", "/m/"].iter().any(|place| self.path.starts_with(place))
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
        along: &Along,
    ) -> (String, String, Option<Way>) {
        let wait = problem.retry_after.map_or_else(String::new, |seconds| language.try_again_in(seconds));
        let say = |name: &str| language.say(name);
        let again = |name: &str| Some(self.again(language.say(name)));
        match (problem.status, problem.code) {
            (StatusCode::SERVICE_UNAVAILABLE, "outcome-unknown" | "timed-out")
            | (StatusCode::INTERNAL_SERVER_ERROR, _)
                if self.confirms() =>
            {
                (say("not-sure"), say("unsure-booking"), again("check-again"))
            }
            (StatusCode::SERVICE_UNAVAILABLE, "outcome-unknown" | "timed-out")
                if self.method == Method::POST =>
            {
                (say("not-sure"), say("unsure-change"), again("check-again"))
            }
            (StatusCode::SERVICE_UNAVAILABLE, _) => {
                let text = format!("{} {wait}", say("not-taken-in"));
                (say("very-busy"), text, again("try-again"))
            }
            (StatusCode::TOO_MANY_REQUESTS, _) => {
                let text = format!("{} {wait}", say("many-requests"));
                (say("one-moment"), text, again("try-again"))
            }
            (StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED, _) => {
                let ask = match found {
                    Some(found) if found.may_sign_in => say("ask-or-sign-in"),
                    Some(found) => found.studio.please_call(language),
                    None => say("ask-the-studio"),
                };
                let text = format!("{} {ask}", say("cut-off"));
                (say("opens-nothing"), text, found.and_then(|found| found.next.clone()))
            }
            (StatusCode::FORBIDDEN, "not-allowed") => {
                let next = found.and_then(|found| found.next.clone());
                (say("not-allowed-title"), say("not-allowed"), next)
            }
            (StatusCode::FORBIDDEN, _) => {
                (say("open-on-its-own"), say("framed"), Some(self.alone(language, along)))
            }
            (status, _) if status.is_client_error() => {
                let text = not_understood(problem, language);
                (say("did-not-work"), text, Some(Way::link(self.before(along), say("back"))))
            }
            _ => {
                let text = language.say_with("tell-the-number", [("request", self.request.as_str().into())]);
                (say("our-side"), text, again("try-again"))
            }
        }
    }

    /// The same once more: the address, or the form with everything that was typed.
    fn again(&self, label: String) -> Way {
        match self.sent.0.get() {
            Some(sent) if self.method == Method::POST => {
                let fields = sent.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                Way::Form { action: self.path.clone(), fields, label }
            }
            _ => Way::link(self.address(&self.query), label),
        }
    }

    /// The page by itself; nothing that was typed goes along in its address.
    fn alone(&self, language: Language, along: &Along) -> Way {
        Way::Link { address: self.before(along), label: language.say("open-in-new-tab"), new_tab: true }
    }

    /// The page that the form stood on.
    fn before(&self, along: &Along) -> String {
        urls::asked(self.path.strip_suffix("/selection").unwrap_or(&self.path)).along(along).to_string()
    }

    fn address(&self, query: &str) -> String {
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// Whose page it would have been, as far as the address tells.
    async fn studio(&self, app: &App, language: Language, along: &Along) -> Option<Found> {
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
        let may_sign_in = app.sends_texts() && self.is_of_client();
        let next = if self.for_staff() {
            Some(Way::link(urls::journal(branch).along(along).to_string(), language.say("journal")))
        } else if may_sign_in {
            let address = urls::sign_in(branch).along(along).to_string();
            Some(Way::Link { address, label: language.say("account-sign-in"), new_tab: true })
        } else {
            let list = |link| {
                let address = urls::event_list(branch, link).along(along);
                Way::link(address.to_string(), language.say("see-all-events"))
            };
            first_open(app, branch).await.map(list)
        };
        Some(Found { studio, may_sign_in, next })
    }
}

/// What was wrong with a request. Few people meet it: details are written for programs.
fn not_understood(problem: &Problem, language: Language) -> String {
    let why = match (problem.code, language) {
        (_, Language::English) => problem.detail.clone(),
        ("too-large", _) => language.say("why-too-large"),
        ("malformed", _) => language.say("why-broke-off"),
        _ => return language.say("nothing-changed"),
    };
    language.because("nothing-changed-because", why)
}

/// A studio, and what its address leads to.
struct Found {
    studio: Studio,
    /// Whether what somebody looked for may stand in their account.
    may_sign_in: bool,
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
