//! What every request passes before its handler: the row of the table, and who asks.

use aggregates::ids::BranchId;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::table::{Row, rows};
use super::visitor::{Seen, Visitor, look};
use super::{Listener, Who};
use crate::app::App;
use crate::web::html::{not_found, see_other};
use crate::web::pages::form::Pairs;
use crate::web::pages::shell::Along;
use crate::web::pages::urls;
use crate::web::problem::Problem;
use crate::web::staff::cookies::{self, Kind};

/// One listener's.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) app: App,
    pub(crate) listener: Listener,
}

/// An answer to somebody who may know that the branch of the address is there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known;

/// Lets a request through to its handler, or answers in its place.
pub(crate) async fn guard(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()) else {
        // Nothing is at this address: whoever is told so learns nothing.
        return known_if_public(&gate, next.run(request).await);
    };
    let Some(row) = row(gate.listener, &path, request.method()) else {
        return refused(gate.listener, &path, request.method());
    };
    if matches!(row.who, Who::Anyone | Who::Client) {
        if row.is_on(Listener::Staff) && row.path.starts_with("/staff/") {
            // Those pages greet whoever is signed in already.
            let headers = request.headers().clone();
            if let Ok(Seen::Visitor(visitor)) = look(&gate.app, &headers, false).await {
                request.extensions_mut().insert(visitor);
            }
        }
        return known_if_public(&gate, next.run(request).await);
    }
    match let_in(&gate.app, row, Asked::of(&request)).await {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            let mut answer = next.run(request).await;
            answer.extensions_mut().insert(Known);
            answer
        }
        Err(answer) => answer,
    }
}

/// The row of what is asked for.
fn row(listener: Listener, path: &str, method: &Method) -> Option<&'static Row> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    rows(listener, path).find(|row| row.method == method)
}

/// What of a request tells who asks for what.
struct Asked {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        Self { method, uri, headers: request.headers().clone() }
    }
}

/// Who asks, if they may.
async fn let_in(app: &App, row: &Row, asked: Asked) -> Result<Visitor, Response> {
    let is_api = row.path.starts_with("/api/");
    let broken = |error| Problem::from(error).into_response();
    let mut visitor = match look(app, &asked.headers, is_api).await.map_err(broken)? {
        Seen::Visitor(visitor) => visitor,
        Seen::Nobody { .. } | Seen::NotYet if is_api => return Err(sign_in_needed()),
        Seen::Nobody { over } => return Err(to_sign_in(&asked, over)),
        Seen::NotYet => return Err(see_other(&urls::staff_sign_in())),
    };
    let roles = match row.who {
        Who::Role(roles) | Who::SignedInRole(roles) => roles,
        _ if visitor.is_anybody() && row.who == Who::SignedIn => {
            return Err(see_other(&urls::staff_sign_in()));
        }
        _ => return Ok(visitor),
    };
    let Some(branch) = branch_of(row.path, &asked.uri) else { return Err(not_found().into_response()) };
    if visitor.is_anybody() {
        let may = matches!(row.who, Who::Role(_));
        return if may { Ok(visitor) } else { Err(see_other(&urls::staff_sign_in())) };
    }
    // Whether a branch is there that is none of theirs, nobody learns.
    let role = visitor.role_in(app, branch).await.map_err(broken)?;
    let Some(role) = role else { return Err(not_found().into_response()) };
    visitor.role = Some(role);
    if roles.contains(&role) { Ok(visitor) } else { Err(not_allowed()) }
}

/// The branch that an address names, where the router's path has its place.
fn branch_of(path: &str, uri: &Uri) -> Option<BranchId> {
    let place = path.split('/').position(|segment| segment == "{branch}")?;
    uri.path().split('/').nth(place)?.parse::<Uuid>().ok().map(BranchId)
}

/// Where the studio of a page is no secret.
fn known_if_public(gate: &Gate, mut answer: Response) -> Response {
    if gate.listener == Listener::Public {
        answer.extensions_mut().insert(Known);
    }
    answer
}

/// Other methods are told which there are; a route without a row is refused, whoever asks.
fn refused(listener: Listener, path: &str, method: &Method) -> Response {
    let methods: Vec<&str> = rows(listener, path).map(|row| row.method).collect();
    if methods.is_empty() {
        tracing::error!(%method, path, "this route has no row in the table of who may (src/web/access/table.rs)");
        return not_allowed();
    }
    let head = methods.contains(&"GET").then_some("HEAD");
    let allow = methods.into_iter().chain(head).collect::<Vec<_>>().join(",");
    let detail = "this address takes other methods";
    let mut answer =
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail).into_response();
    if let Ok(allow) = HeaderValue::from_str(&allow) {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer.extensions_mut().insert(Known);
    answer
}

fn sign_in_needed() -> Response {
    let detail = "sign in, or send Authorization: Bearer with an API token of this branch";
    let mut answer = Problem::new(StatusCode::UNAUTHORIZED, "sign-in-needed", detail).into_response();
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    answer
}

fn not_allowed() -> Response {
    let detail = "your role here does not include this";
    let mut answer = Problem::new(StatusCode::FORBIDDEN, "not-allowed", detail).into_response();
    answer.extensions_mut().insert(Known);
    answer
}

/// To the sign-in, keeping where somebody wanted to go.
fn to_sign_in(asked: &Asked, over: bool) -> Response {
    let uri = &asked.uri;
    let pairs = Pairs::parse(uri.query().unwrap_or_default().as_bytes());
    let mut address = urls::staff_sign_in();
    if asked.method == Method::GET {
        let wanted = uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string);
        address = address.with("to", wanted);
    } else if let Some(branch) = uri.path().split('/').nth(2).and_then(|id| id.parse().ok()) {
        address = address.with("to", urls::journal(BranchId(branch)));
    }
    let over = over || asked.method != Method::GET;
    let address = if over { address.with("over", 1) } else { address };
    let mut answer = see_other(&address.along(&Along::parse(&pairs)));
    if let Some(forget) = cookies::forget(&asked.headers, Kind::Session).filter(|_| over) {
        answer.headers_mut().append(header::SET_COOKIE, forget);
    }
    answer
}
