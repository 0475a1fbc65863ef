//! What staff change about one event.

use aggregates::ids::{ActivityId, BranchId, TeamMemberId};
use axum::response::Response;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::{OneActivity, StaffActivity, check_years};
use crate::app::App;
use crate::command::Command;
use crate::web::api::asking::{Based, Retry, Staff};
use crate::web::api::refusals::Changing;
use crate::web::api::whole::{whole, whole_or_none};
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(change_capacity))
        .routes(routes!(move_activity))
        .routes(routes!(cancel_activity))
        .routes(routes!(replace_team_member))
        .routes(routes!(set_online_booking))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCapacity {
    #[schema(minimum = 1, maximum = 65_535)]
    #[serde(deserialize_with = "whole")]
    capacity: u32,
    /// Also below what is taken.
    #[serde(default)]
    force: bool,
}

/// Changes how many spots an event has.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/activities/{activity}/capacity",
    operation_id = "change_capacity",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), Based, Retry),
    request_body = NewCapacity,
    responses((status = 200, body = StaffActivity), Changing)
)]
async fn change_capacity(
    staff: Staff,
    Ids((branch, activity)): Ids<(BranchId, ActivityId)>,
    Json(body): Json<NewCapacity>,
) -> Result<Response, Problem> {
    let mut wrong = Wrong::default();
    let Some(capacity) = wrong.number("/capacity", body.capacity) else { return Err(wrong.problem()) };
    let command = Command::SetCapacity { activity, capacity, force: body.force };
    staff.change(branch, command, &body, OneActivity(branch, activity)).await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStart {
    /// On the branch's wall clock, without offset.
    #[schema(value_type = String, format = "date-time-local", example = "2027-01-13T19:00:00")]
    starts_local: NaiveDateTime,
    /// As before if left out.
    #[schema(minimum = 1, maximum = 1440)]
    #[serde(default, deserialize_with = "whole_or_none")]
    duration_minutes: Option<u32>,
}

/// Moves an event, and every appointment in it with a fact of its own.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/activities/{activity}/moving",
    operation_id = "move_activity",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), Based, Retry),
    request_body = NewStart,
    responses((status = 200, body = StaffActivity), Changing)
)]
async fn move_activity(
    staff: Staff,
    Ids((branch, activity)): Ids<(BranchId, ActivityId)>,
    Json(body): Json<NewStart>,
) -> Result<Response, Problem> {
    let mut wrong = Wrong::default();
    let duration = body.duration_minutes.and_then(|minutes| wrong.number("/duration_minutes", minutes));
    check_years(&mut wrong, [Some(body.starts_local)]);
    wrong.check()?;
    let command = Command::MoveActivity { activity, starts_local: body.starts_local, duration };
    staff.change(branch, command, &body, OneActivity(branch, activity)).await
}

/// Cancels an event, and every appointment in it with a fact of its own.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/activities/{activity}/cancellation",
    operation_id = "cancel_activity",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), Based, Retry),
    responses((status = 200, body = StaffActivity), Changing)
)]
async fn cancel_activity(
    staff: Staff,
    Ids((branch, activity)): Ids<(BranchId, ActivityId)>,
) -> Result<Response, Problem> {
    let command = Command::CancelActivity(activity);
    staff.change(branch, command, &(), OneActivity(branch, activity)).await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTeamMember {
    team_member_id: Uuid,
}

/// Replaces who runs an event; every appointment in it gets a fact of its own.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/activities/{activity}/team-member",
    operation_id = "replace_team_member",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), Based, Retry),
    request_body = NewTeamMember,
    responses((status = 200, body = StaffActivity), Changing)
)]
async fn replace_team_member(
    staff: Staff,
    Ids((branch, activity)): Ids<(BranchId, ActivityId)>,
    Json(body): Json<NewTeamMember>,
) -> Result<Response, Problem> {
    let command = Command::ReplaceTeamMember(activity, TeamMemberId(body.team_member_id));
    staff.change(branch, command, &body, OneActivity(branch, activity)).await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OnlineBooking {
    open: bool,
}

/// Opens an event to online booking, or closes it.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/activities/{activity}/online-booking",
    operation_id = "set_online_booking",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), Based, Retry),
    request_body = OnlineBooking,
    responses((status = 200, body = StaffActivity), Changing)
)]
async fn set_online_booking(
    staff: Staff,
    Ids((branch, activity)): Ids<(BranchId, ActivityId)>,
    Json(body): Json<OnlineBooking>,
) -> Result<Response, Problem> {
    let command = Command::SetOpen(activity, body.open);
    staff.change(branch, command, &body, OneActivity(branch, activity)).await
}
