//! Who changed settings, when, and from what to what (S-43).

use aggregates::ids::{BranchId, LinkId};
use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::settings::Change;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Save, branch_saves, link_saves};
use crate::web::api::refusals::Reading;
use crate::web::extract::Ids;
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_link_saves)).routes(routes!(list_branch_saves))
}

/// One save of settings.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Save)]
struct SaveView {
    /// The version that it led to.
    version: u64,
    at: DateTime<Utc>,
    /// `staff`, `user:` or `token:` with an id, `import` or `demonstration`.
    actor: String,
    /// What that user or token is called, while they are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_name: Option<String>,
    /// The id of the request that brought it.
    request: String,
    changes: Vec<ChangeView>,
}

/// One value that a save changed, in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SettingChange)]
struct ChangeView {
    what: &'static str,
    /// The service or team member that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Uuid>,
    was: Option<String>,
    is: Option<String>,
    /// All of it as a sentence.
    sentence: String,
}

/// The newest first.
#[derive(Debug, Serialize, ToSchema)]
struct SaveList {
    items: Vec<SaveView>,
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        let sentence = change.to_string();
        Self {
            what: change.what.name(),
            of: change.of,
            was: change.was.map(|was| was.to_string()),
            is: change.is.map(|is| is.to_string()),
            sentence,
        }
    }
}

fn list(saves: Vec<Save>, what: &str) -> Result<axum::Json<SaveList>, Problem> {
    if saves.is_empty() {
        return Err(Problem::not_found(what));
    }
    let view = |save: Save| SaveView {
        version: save.version,
        at: save.entry.at,
        actor: save.entry.actor,
        actor_name: save.entry.actor_name,
        request: save.entry.request,
        changes: save.changes.into_iter().map(ChangeView::from).collect(),
    };
    Ok(axum::Json(SaveList { items: saves.into_iter().map(view).collect() }))
}

/// Who changed the settings of a booking link, when, and what; the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/links/{link}/saves",
    operation_id = "list_link_saves",
    tag = "studio",
    params(("branch" = Uuid, Path), ("link" = Uuid, Path)),
    responses((status = 200, body = SaveList), Reading)
)]
async fn list_link_saves(
    State(app): State<App>,
    Ids((branch, link)): Ids<(Uuid, Uuid)>,
) -> Result<axum::Json<SaveList>, Problem> {
    list(link_saves(app.ledger.as_ref(), BranchId(branch), LinkId(link)).await?, "booking link")
}

/// Who changed the details, rules, services and team of a branch, when, and what; the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/saves",
    operation_id = "list_branch_saves",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = SaveList), Reading)
)]
async fn list_branch_saves(
    State(app): State<App>,
    Ids(branch): Ids<Uuid>,
) -> Result<axum::Json<SaveList>, Problem> {
    list(branch_saves(app.ledger.as_ref(), BranchId(branch)).await?, "branch")
}
