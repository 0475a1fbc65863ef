//! A branch and what is known of it.

use aggregates::branch::Details;
use aggregates::ids::BranchId;
use aggregates::values::Name;
use async_trait::async_trait;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use projections::branches::BranchRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::command::Command;
use crate::ledger::StoreError;
use crate::read_models::Rows;
use crate::web::access::Visitor;
use crate::web::api::asking::{Based, Retry, Staff, View, see};
use crate::web::api::refusals::{Changing, Reading};
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_branches)).routes(routes!(get_branch, change_branch))
}

/// A branch.
#[derive(Debug, Serialize, ToSchema)]
struct BranchView {
    branch_id: Uuid,
    name: String,
    /// IANA name.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// ISO 3166-1 alpha-2; how telephone numbers without a prefix are read.
    #[schema(example = "DE")]
    country: String,
    address: Option<String>,
    /// What clients are told to call.
    phone: Option<String>,
    version: u64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BranchBody {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// IANA name.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// ISO 3166-1 alpha-2; how telephone numbers without a prefix are read.
    #[schema(example = "DE")]
    country: String,
    address: Option<String>,
    /// What clients are told to call.
    phone: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct BranchList {
    items: Vec<BranchView>,
}

fn view(row: &BranchRow) -> Option<BranchView> {
    let details = row.branch.details()?;
    Some(BranchView {
        branch_id: row.branch_id.0,
        name: details.name.to_string(),
        time_zone: details.time_zone.name().to_owned(),
        country: details.country.into(),
        address: details.address.as_ref().map(ToString::to_string),
        phone: details.phone.as_ref().map(ToString::to_string),
        version: row.version,
    })
}

/// The branches in which whoever asks works.
#[utoipa::path(
    get,
    path = "/api/v1/branches",
    operation_id = "list_branches",
    tag = "studio",
    responses((status = 200, body = BranchList), Reading)
)]
async fn list_branches(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
) -> Result<axum::Json<BranchList>, Problem> {
    let own = visitor.branches(&app).await?;
    let all = app.branches().await?;
    let shown = all.iter().filter(|row| own.as_ref().is_none_or(|own| own.contains(&row.branch_id)));
    Ok(axum::Json(BranchList { items: shown.filter_map(view).collect() }))
}

/// One branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}",
    operation_id = "get_branch",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = BranchView), Reading)
)]
async fn get_branch(State(app): State<App>, Ids(branch): Ids<BranchId>) -> Result<Response, Problem> {
    see(&app, branch, OneBranch(branch)).await
}

/// A branch as it is.
#[derive(Debug)]
struct OneBranch(BranchId);

#[async_trait]
impl View for OneBranch {
    const WHAT: &'static str = "branch";
    type Body = BranchView;

    async fn see(&self, rows: &Rows<'_>, _: DateTime<Utc>) -> Result<Option<(BranchView, u64)>, StoreError> {
        let row = rows.one::<BranchRow>(self.0.0).await?;
        Ok(row.and_then(|row| Some((view(&row)?, row.version))))
    }
}

/// Sets the details of a branch.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}",
    operation_id = "change_branch",
    tag = "studio",
    params(("branch" = Uuid, Path), Based, Retry),
    request_body = BranchBody,
    responses((status = 200, body = BranchView), Changing)
)]
async fn change_branch(
    staff: Staff,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<BranchBody>,
) -> Result<Response, Problem> {
    let mut wrong = Wrong::default();
    let name = wrong.take("/name", "invalid-name", Name::try_from(body.name));
    let zone = wrong.take(
        "/time_zone",
        "unknown-time-zone",
        body.time_zone.parse().map_err(|_| "this is no IANA time zone, such as Europe/Berlin"),
    );
    let country = wrong.take("/country", "invalid-country", body.country.try_into());
    let address = line(&mut wrong, "/address", body.address);
    let phone = line(&mut wrong, "/phone", body.phone);
    let (Some(name), Some(time_zone), Some(country), true) = (name, zone, country, wrong.is_empty()) else {
        return Err(wrong.problem());
    };
    let details = Details { name, time_zone, country, address, phone };
    staff.change(branch, Command::SetDetails(details.clone()), &details, OneBranch(branch)).await
}

fn line(wrong: &mut Wrong, pointer: &str, text: Option<String>) -> Option<Name> {
    text.and_then(|text| wrong.take(pointer, "invalid-line", Name::try_from(text)))
}
