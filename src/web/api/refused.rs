//! What was refused lately, and why.

use aggregates::ids::BranchId;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::paging::{self, Limit, Page};
use super::refusals::Reading;
use crate::app::App;
use crate::app::reading::Cursor;
use crate::ledger::micros;
use crate::refusals::Refused;
use crate::web::api;
use crate::web::extract::{Ids, Query};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_refusals))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RefusalsQuery {
    /// Only what was asked of this cart, event, appointment, link or client.
    id: Option<Uuid>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(format = "cursor")]
    cursor: Option<String>,
}

/// Something that a rule said no to.
#[derive(Debug, Serialize, ToSchema)]
struct RefusalItem {
    refusal_id: Uuid,
    at: DateTime<Utc>,
    actor: String,
    /// The id of the request that brought the command.
    request: String,
    /// What was asked for.
    command: String,
    /// The code that the caller was told.
    code: String,
    /// Each reason with its `code` and its numbers: `activity_id`, `spots_asked`, `spots_left`.
    #[schema(value_type = Vec<Object>)]
    reasons: serde_json::Value,
    /// What it was asked of: `cart`, `activity`, `appointment`, `link` or `client`.
    subject: Option<String>,
    subject_id: Option<Uuid>,
}

impl From<Refused> for RefusalItem {
    fn from(refused: Refused) -> Self {
        let (subject, subject_id) = refused.subject.unzip();
        Self {
            refusal_id: refused.id,
            at: refused.at,
            actor: refused.actor,
            request: refused.request,
            command: refused.command,
            code: refused.code,
            reasons: refused.reasons,
            subject,
            subject_id,
        }
    }
}

/// What was refused lately, the newest first.
///
/// A bounded table outside the ledger: a week at most, the newest 5,000 of a branch, and in a flood not all of them.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/refusals",
    operation_id = "list_refusals",
    tag = "journal",
    params(("branch" = Uuid, Path), RefusalsQuery),
    responses((status = 200, body = Page<RefusalItem>, headers(("Link" = String))), Reading)
)]
async fn list_refusals(
    State(app): State<App>,
    Ids(branch): Ids<BranchId>,
    Query(query): Query<RefusalsQuery>,
    request: Uri,
) -> Result<Response, Problem> {
    api::branch(&app, branch).await?;
    let limit = Limit::parse(query.limit)?;
    let before = query.cursor.as_deref().map(paging::parse).transpose()?.map(|cursor| cursor.id);
    let mut found = app.refusals.newest(branch, query.id, before, limit.and_one()).await?;
    let place = |refused: &Refused| Cursor { starts_at: micros(refused.at), id: refused.id };
    let next = limit.cut(&mut found, place);
    let items: Vec<RefusalItem> = found.into_iter().map(RefusalItem::from).collect();
    Ok(Page::new(items, next).answer(&request))
}
