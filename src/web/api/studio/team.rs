//! The team of a branch.

use aggregates::ids::{BranchId, TeamMemberId};
use aggregates::values::Name;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::with_etag;
use crate::app::App;
use crate::command::Command;
use crate::web::api;
use crate::web::api::asking::{Based, Retry, Staff, shown};
use crate::web::api::refusals::{Asking, Changing, Reading};
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_team, add_team_member)).routes(routes!(rename_team_member))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TeamMemberBody {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct TeamMemberView {
    team_member_id: Uuid,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct TeamList {
    items: Vec<TeamMemberView>,
}

fn team_member_view(id: TeamMemberId, name: &Name) -> TeamMemberView {
    TeamMemberView { team_member_id: id.0, name: name.to_string() }
}

impl TeamMemberBody {
    fn parse(self) -> Result<Name, Problem> {
        let mut wrong = Wrong::default();
        let name = wrong.take("/name", "invalid-name", Name::try_from(self.name));
        name.ok_or_else(|| wrong.problem())
    }
}

/// The team of a branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/team",
    operation_id = "list_team",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = TeamList), Reading)
)]
async fn list_team(State(app): State<App>, Ids(branch): Ids<BranchId>) -> Result<Response, Problem> {
    let row = api::branch(&app, branch).await?;
    let items = row.branch.team().iter().map(|(id, name)| team_member_view(*id, name)).collect();
    Ok(with_etag(row.version, TeamList { items }))
}

/// Adds a team member.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/team",
    operation_id = "add_team_member",
    tag = "studio",
    params(("branch" = Uuid, Path), Retry),
    request_body = TeamMemberBody,
    responses((status = 201, body = TeamMemberView), Asking)
)]
async fn add_team_member(
    staff: Staff,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<TeamMemberBody>,
) -> Result<Response, Problem> {
    let id = TeamMemberId(Uuid::now_v7());
    let name = body.parse()?;
    let view = shown(StatusCode::CREATED, &team_member_view(id, &name))?;
    staff.add(branch, Command::SetTeamMember(id, name.clone()), &name, view).await
}

/// Renames a team member.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/team/{team_member}",
    operation_id = "rename_team_member",
    tag = "studio",
    params(("branch" = Uuid, Path), ("team_member" = Uuid, Path), Based, Retry),
    request_body = TeamMemberBody,
    responses((status = 200, body = TeamMemberView), Changing)
)]
async fn rename_team_member(
    staff: Staff,
    Ids((branch, id)): Ids<(BranchId, TeamMemberId)>,
    Json(body): Json<TeamMemberBody>,
) -> Result<Response, Problem> {
    if !api::branch(staff.app(), branch).await?.branch.team().contains_key(&id) {
        return Err(Problem::not_found("team member"));
    }
    let name = body.parse()?;
    let view = shown(StatusCode::OK, &team_member_view(id, &name))?;
    staff.change(branch, Command::SetTeamMember(id, name.clone()), &name, view).await
}
