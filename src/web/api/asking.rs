//! Commands over the API: who asks, on which version of a thing, and an answer that stays the same.

use std::fmt::Debug;
use std::sync::Arc;

use aggregates::ids::BranchId;
use async_trait::async_trait;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::app::booking::Caller;
use crate::capability::Kind;
use crate::command::{Answer, Command, Failure, Show, Shown};
use crate::ledger::StoreError;
use crate::read_models::Rows;
use crate::web::extract::{ByClient, ByStaff, check_token, etag, idempotency_key, if_match};
use crate::web::problem::Problem;

/// Makes a retry safe.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes a header")]
pub(super) struct Retry {
    /// 1 to 255 printable ASCII characters, unique within the cart or the appointment; for staff within the branch. The
    /// same key with the same request changes nothing again and gets the first answer, with `Idempotency-Replayed`.
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 255, pattern = "^[!-~]([ -~]*[!-~])?$")]
    idempotency_key: Option<String>,
}

/// A change is refused if the thing is not as it was seen.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes a header")]
pub(super) struct Based {
    /// The `ETag` of what was seen.
    #[param(rename = "If-Match")]
    if_match: String,
}

/// What an address shows: read from there, and the answer to whoever changes it.
#[async_trait]
pub(super) trait View: Debug + Send + Sync + 'static {
    /// What it is, for whoever finds that there is none.
    const WHAT: &'static str;
    type Body: Serialize + Send;

    /// The thing and its version.
    async fn see(&self, rows: &Rows<'_>, at: DateTime<Utc>) -> Result<Option<(Self::Body, u64)>, StoreError>;
}

#[async_trait]
impl<V: View> Show for V {
    async fn show(&self, _: &Answer, at: DateTime<Utc>, rows: &Rows<'_>) -> Result<Shown, Failure> {
        let (body, version) =
            self.see(rows, at).await?.ok_or_else(|| Failure::Broken(format!("no {} to show", V::WHAT)))?;
        let shown = shown(StatusCode::OK, &body)?;
        Ok(Shown { version: Some(version), ..shown })
    }
}

/// Something that was made just now.
#[derive(Debug)]
pub(super) struct Created<V>(pub(super) V);

#[async_trait]
impl<V: View> Show for Created<V> {
    async fn show(&self, answer: &Answer, at: DateTime<Utc>, rows: &Rows<'_>) -> Result<Shown, Failure> {
        let shown = self.0.show(answer, at, rows).await?;
        Ok(Shown { status: StatusCode::CREATED.as_u16(), ..shown })
    }
}

/// An answer that is known before the command is asked.
#[async_trait]
impl Show for Shown {
    async fn show(&self, _: &Answer, _: DateTime<Utc>, _: &Rows<'_>) -> Result<Shown, Failure> {
        Ok(self.clone())
    }
}

/// An answer with that status and body.
pub(super) fn shown(status: StatusCode, body: &impl Serialize) -> Result<Shown, Failure> {
    let body = serde_json::to_string(body).map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(Shown { status: status.as_u16(), version: None, location: None, body })
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let json = HeaderValue::from_static("application/json");
        let mut response = (status, [(header::CONTENT_TYPE, json)], self.body).into_response();
        let more = [(header::ETAG, self.version.map(etag)), (header::LOCATION, self.location)];
        for (name, value) in more {
            if let Some(value) = value.and_then(|value| value.try_into().ok()) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// What that address shows now.
pub(super) async fn see(app: &App, branch: BranchId, view: impl View) -> Result<Response, Problem> {
    fn not_found<V: View>(_: &V) -> Problem {
        Problem::not_found(V::WHAT)
    }
    let seen = view.see(&app.rows_of(branch), app.clock.now()).await?;
    let (body, version) = seen.ok_or_else(|| not_found(&view))?;
    Ok(Shown { version: Some(version), ..shown(StatusCode::OK, &body)? }.into_response())
}

/// The header of an answer that was given before.
pub(super) fn replayed(replayed: bool) -> Option<(HeaderName, &'static str)> {
    replayed.then_some((HeaderName::from_static("idempotency-replayed"), "true"))
}

/// Who sent a request, and what beside its body it says.
struct Sent {
    app: App,
    caller: Caller,
    headers: HeaderMap,
    /// Method and path: a key belongs to one of them.
    route: String,
}

impl Sent {
    fn new(app: &App, caller: Caller, parts: &Parts) -> Self {
        let route = format!("{} {}", parts.method, parts.uri.path());
        Self { app: app.clone(), caller, headers: parts.headers.clone(), route }
    }

    /// Asks, and answers as the view shows it; with a key, that answer is kept. What is `based` on something seen is
    /// refused if that has changed: the version of `If-Match`.
    async fn ask(
        &self,
        branch: BranchId,
        scope: &str,
        based: bool,
        command: Command,
        request: &impl Serialize,
        show: Arc<dyn Show>,
    ) -> Result<Response, Problem> {
        let mut envelope = self.app.envelope(&self.caller, branch, command);
        if let Some(key) = idempotency_key(&self.headers)? {
            envelope.key = Some(self.app.key(scope.to_owned(), key, &self.route, request)?);
        }
        envelope.if_match = if based { Some(if_match(&self.headers)?) } else { None };
        envelope.show = Some(Arc::clone(&show));
        let at = envelope.at;
        let reply = self.app.ask(envelope).await?;
        let shown = match reply.answer {
            Answer::Shown(shown) => shown,
            answer => show.show(&answer, at, &self.app.rows_of(branch)).await?,
        };
        Ok((axum::response::AppendHeaders(replayed(reply.replayed)), shown).into_response())
    }
}

/// A request by staff; keys are the principal's own.
pub(super) struct Staff(Sent);

impl FromRequestParts<App> for Staff {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, std::convert::Infallible> {
        let ByStaff(caller) = ByStaff::from_request_parts(parts, app).await?;
        Ok(Self(Sent::new(app, caller, parts)))
    }
}

impl Staff {
    pub(super) fn app(&self) -> &App {
        &self.0.app
    }

    pub(super) fn caller(&self) -> &Caller {
        &self.0.caller
    }

    /// Asks for something new.
    pub(super) async fn add(
        &self,
        branch: BranchId,
        command: Command,
        request: &impl Serialize,
        show: impl Show + 'static,
    ) -> Result<Response, Problem> {
        self.0.ask(branch, &self.0.caller.actor.name(), false, command, request, Arc::new(show)).await
    }

    /// Asks for a change of what was seen.
    pub(super) async fn change(
        &self,
        branch: BranchId,
        command: Command,
        request: &impl Serialize,
        show: impl Show + 'static,
    ) -> Result<Response, Problem> {
        self.0.ask(branch, &self.0.caller.actor.name(), true, command, request, Arc::new(show)).await
    }
}

/// A request by a client, who opens one thing with its token.
pub(super) struct Client(Sent);

impl FromRequestParts<App> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, std::convert::Infallible> {
        let ByClient(caller) = ByClient::from_request_parts(parts, app).await?;
        Ok(Self(Sent::new(app, caller, parts)))
    }
}

impl Client {
    pub(super) fn app(&self) -> &App {
        &self.0.app
    }

    pub(super) fn caller(&self) -> &Caller {
        &self.0.caller
    }

    /// The key of the request, if it has one.
    pub(super) fn key(&self) -> Result<Option<String>, Problem> {
        idempotency_key(&self.0.headers)
    }

    /// Refuses with 404 unless the token of the request opens exactly this thing.
    pub(super) async fn opens(&self, branch: BranchId, kind: Kind, id: Uuid) -> Result<(), Problem> {
        check_token(&self.0.app, &self.0.headers, branch, kind, id).await
    }

    /// Asks for a change of what the token opens.
    pub(super) async fn change(
        &self,
        branch: BranchId,
        id: Uuid,
        command: Command,
        request: &impl Serialize,
        show: impl Show + 'static,
    ) -> Result<Response, Problem> {
        self.0.ask(branch, &id.to_string(), false, command, request, Arc::new(show)).await
    }
}
