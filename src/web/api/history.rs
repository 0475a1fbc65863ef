//! What happened to one thing, for audits.

use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId};
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Subject, history};
use crate::web::api::refusals::Reading;
use crate::web::extract::Ids;
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_history))
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
struct HistoryEntry {
    /// Place in the ledger of the branch.
    position: u64,
    at: DateTime<Utc>,
    /// `client`, `staff`, `user:` or `token:` with an id, `import` or `demonstration`.
    actor: String,
    /// What that user or token is called, while they are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_name: Option<String>,
    /// The id of the request that brought the command.
    request: String,
    /// The command that it followed from.
    cause: String,
    sentence: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct History {
    items: Vec<HistoryEntry>,
}

/// What happened to one cart, activity or appointment, in order.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/history/{kind}/{id}",
    operation_id = "get_history",
    tag = "journal",
    params(
        ("branch" = Uuid, Path),
        ("kind" = String, Path, description = "`carts`, `activities` or `appointments`"),
        ("id" = Uuid, Path)
    ),
    responses((status = 200, body = History), Reading)
)]
async fn get_history(
    State(app): State<App>,
    Ids((branch, kind, id)): Ids<(Uuid, String, Uuid)>,
) -> Result<axum::Json<History>, Problem> {
    let subject = match kind.as_str() {
        "carts" => Subject::Cart(CartId(id)),
        "activities" => Subject::Activity(ActivityId(id)),
        "appointments" => Subject::Appointment(AppointmentId(id)),
        _ => return Err(Problem::not_found("kind of history")),
    };
    let entries = history(app.ledger.as_ref(), BranchId(branch), subject).await?;
    if entries.is_empty() {
        return Err(Problem::not_found("thing with a history"));
    }
    let items = entries
        .into_iter()
        .map(|entry| HistoryEntry {
            position: entry.position,
            at: entry.at,
            actor: entry.actor,
            actor_name: entry.actor_name,
            request: entry.request,
            cause: entry.cause,
            sentence: entry.sentence,
        })
        .collect();
    Ok(axum::Json(History { items }))
}
