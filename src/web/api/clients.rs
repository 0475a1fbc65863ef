//! What is known of one client: handed over, or erased; and their private addresses, ended. Each is recorded, with who
//! asked for it.

use aggregates::appointment::By;
use aggregates::ids::{BranchId, ClientId};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::asking::{Retry, Staff, shown};
use super::refusals::{Asking, Reading};
use crate::app::App;
use crate::command::Command;
use crate::web::api;
use crate::web::everything::{ClientData, Everything};
use crate::web::extract::{Ids, Json};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(export_client))
        .routes(routes!(end_links))
        .routes(routes!(erase_client))
}

/// Hands over everything that is stored about a client.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/clients/{client}/export",
    operation_id = "export_client",
    tag = "journal",
    params(("branch" = Uuid, Path), ("client" = Uuid, Path)),
    responses((status = 200, body = ClientData), Reading)
)]
async fn export_client(
    staff: Staff,
    Ids((branch, client)): Ids<(BranchId, ClientId)>,
) -> Result<Response, Problem> {
    let app = staff.app();
    let row = api::branch(app, branch).await?;
    let all = Everything::of(app, row, client).await?.ok_or_else(|| Problem::not_found("client"))?;
    let command = Command::ExportClient { client, by: By::Staff };
    app.ask(app.envelope(staff.caller(), branch, command)).await?;
    let json = all.written(app.clock.now()).map_err(Problem::unwritable)?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, json).into_response())
}

#[derive(Debug, Serialize, ToSchema)]
struct EndedLinks {
    client_id: Uuid,
}

/// Ends the private addresses of a client: nothing opens any more with those of results, appointments and the calendar
/// feed that they were given so far. What is booked stays booked.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/clients/{client}/links/ending",
    operation_id = "end_client_links",
    tag = "journal",
    params(("branch" = Uuid, Path), ("client" = Uuid, Path), Retry),
    responses((status = 200, body = EndedLinks), Asking)
)]
async fn end_links(
    staff: Staff,
    Ids((branch, client)): Ids<(BranchId, ClientId)>,
) -> Result<Response, Problem> {
    let app = staff.app();
    api::branch(app, branch).await?;
    if app.vault.people(branch, [client]).await?.is_empty() {
        return Err(Problem::not_found("client"));
    }
    let command = Command::EndLinks { client, by: By::Staff };
    let view = shown(StatusCode::OK, &EndedLinks { client_id: client.0 })?;
    staff.add(branch, command, &(), view).await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Erasing {
    /// Cancel the appointments that are still to come, in the same step. Without it a client who has any is not erased.
    #[serde(default)]
    cancel_upcoming: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct ErasedClient {
    client_id: Uuid,
}

/// Erases a client: nobody can tell any more who they were. What they booked stays, without a name.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/clients/{client}/erasure",
    operation_id = "erase_client",
    tag = "journal",
    params(("branch" = Uuid, Path), ("client" = Uuid, Path), Retry),
    request_body = Erasing,
    responses((status = 200, body = ErasedClient), Asking)
)]
async fn erase_client(
    staff: Staff,
    Ids((branch, client)): Ids<(BranchId, ClientId)>,
    Json(body): Json<Erasing>,
) -> Result<Response, Problem> {
    api::branch(staff.app(), branch).await?;
    let command = staff.app().erasure(branch, client, By::Staff, body.cancel_upcoming).await?;
    let command = command.ok_or_else(|| Problem::not_found("client"))?;
    let view = shown(StatusCode::OK, &ErasedClient { client_id: client.0 })?;
    staff.add(branch, command, &body, view).await
}
