//! The team of a branch.

use aggregates::ids::{BranchId, TeamMemberId};
use aggregates::values::Name;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::{ask, found, with_etag};
use crate::app::App;
use crate::command::Command;
use crate::web::extract::{ByStaff, Ids, Json, Wrong};
use crate::web::problem::{Body, Problem};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_team, add_team_member)).routes(routes!(rename_team_member))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TeamMemberBody {
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

/// The team of a branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/team",
    operation_id = "list_team",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = TeamList), (status = 404, body = Body))
)]
async fn list_team(State(app): State<App>, Ids(branch): Ids<Uuid>) -> Result<Response, Problem> {
    let row = found(&app, branch).await?;
    let member =
        |(id, name): (&TeamMemberId, &Name)| TeamMemberView { team_member_id: id.0, name: name.to_string() };
    Ok(with_etag(row.version, TeamList { items: row.branch.team().iter().map(member).collect() }))
}

/// Adds a team member.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/team",
    operation_id = "add_team_member",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    request_body = TeamMemberBody,
    responses(
        (status = 201, body = TeamMemberView),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 422, body = Body)
    )
)]
async fn add_team_member(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    Ids(branch): Ids<Uuid>,
    Json(body): Json<TeamMemberBody>,
) -> Result<impl IntoResponse, Problem> {
    let id = TeamMemberId(Uuid::now_v7());
    let mut wrong = Wrong::default();
    let Some(name) = wrong.take("/name", "invalid-name", Name::try_from(body.name)) else {
        return Err(wrong.problem());
    };
    let view = TeamMemberView { team_member_id: id.0, name: name.to_string() };
    app.ask(app.envelope(&caller, BranchId(branch), Command::SetTeamMember(id, name))).await?;
    Ok((StatusCode::CREATED, axum::Json(view)))
}

/// Renames a team member.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/team/{team_member}",
    operation_id = "rename_team_member",
    tag = "studio",
    params(("branch" = Uuid, Path), ("team_member" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = TeamMemberBody,
    responses(
        (status = 200, body = TeamMemberView),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn rename_team_member(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids((branch, member)): Ids<(Uuid, Uuid)>,
    Json(body): Json<TeamMemberBody>,
) -> Result<axum::Json<TeamMemberView>, Problem> {
    let id = TeamMemberId(member);
    if !found(&app, branch).await?.branch.team().contains_key(&id) {
        return Err(Problem::not_found("team member"));
    }
    let mut wrong = Wrong::default();
    let Some(name) = wrong.take("/name", "invalid-name", Name::try_from(body.name)) else {
        return Err(wrong.problem());
    };
    let view = TeamMemberView { team_member_id: member, name: name.to_string() };
    ask(&app, &caller, &headers, branch, Command::SetTeamMember(id, name)).await?;
    Ok(axum::Json(view))
}
