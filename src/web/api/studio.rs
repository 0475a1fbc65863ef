//! What staff set: the branch and its rules, services, team, booking links, memberships.

mod branch;
mod links;
mod memberships;
mod rules;
mod services;
mod team;

use aggregates::ids::BranchId;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use projections::branches::BranchRow;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use crate::app::App;
use crate::app::booking::Caller;
use crate::command::Command;
use crate::web::extract::{etag, if_match};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    branch::routes()
        .merge(rules::routes())
        .merge(services::routes())
        .merge(team::routes())
        .merge(memberships::routes())
        .merge(links::routes())
}

async fn found(app: &App, branch: Uuid) -> Result<BranchRow, Problem> {
    app.branch(BranchId(branch)).await?.ok_or_else(|| Problem::not_found("branch"))
}

fn with_etag(version: u64, body: impl Serialize) -> Response {
    ([(header::ETAG, etag(version))], axum::Json(body)).into_response()
}

/// Asks for a change that is based on the version of `If-Match`.
async fn ask(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    branch: Uuid,
    command: Command,
) -> Result<(), Problem> {
    let mut envelope = app.envelope(caller, BranchId(branch), command);
    envelope.if_match = Some(if_match(headers)?);
    app.ask(envelope).await?;
    Ok(())
}
