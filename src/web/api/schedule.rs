//! The schedule: events, one or a weekly series, and what staff change about them.

use aggregates::ids::{ActivityId, BranchId, ServiceId, TeamMemberId};
use aggregates::values::{Capacity, Duration};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::paging::{self, Limit};
use super::views::{Activity, at_branch};
use crate::app::App;
use crate::app::booking::Caller;
use crate::app::reading::{Cursor, Events};
use crate::command::{Answer, Command, Gap, Scheduling};
use crate::web::extract::{ByStaff, Ids, Json, Query, Wrong, etag, if_match};
use crate::web::problem::{Body, Problem};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_activities, schedule_activities))
        .routes(routes!(get_activity))
        .routes(routes!(change_capacity))
        .routes(routes!(move_activity))
        .routes(routes!(cancel_activity))
        .routes(routes!(replace_team_member))
        .routes(routes!(set_online_booking))
}

/// One event as staff see it.
#[derive(Debug, Serialize, ToSchema)]
struct StaffActivity {
    #[serde(flatten)]
    activity: Activity,
    taken: u32,
    cancelled: bool,
    /// Open to online booking.
    open: bool,
    version: u64,
}

#[derive(Debug, Serialize, ToSchema)]
struct StaffActivityPage {
    items: Vec<StaffActivity>,
    next_cursor: Option<String>,
}

/// Which events of the schedule, past and cancelled ones included.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ScheduleQuery {
    service_id: Option<Uuid>,
    team_member_id: Option<Uuid>,
    from: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    cursor: Option<String>,
}

fn staff_view(
    branch: &aggregates::branch::Branch,
    row: &projections::availability::AvailabilityRow,
) -> StaffActivity {
    let obstacle = row.vacancy.obstacle_for_staff(aggregates::values::Spots::ONE);
    StaffActivity {
        activity: Activity::new(branch, row, obstacle.as_ref()),
        taken: row.vacancy.taken,
        cancelled: row.vacancy.cancelled,
        open: row.vacancy.plan.open,
        version: row.version,
    }
}

async fn shown(app: &App, branch: BranchId, id: ActivityId) -> Result<Response, Problem> {
    let row = app.activity(branch, id).await?.ok_or_else(|| Problem::not_found("event"))?;
    let branch = app.branch(branch).await?.ok_or_else(|| Problem::not_found("branch"))?.branch;
    let view = staff_view(&branch, &row);
    Ok(([(header::ETAG, etag(view.version))], axum::Json(view)).into_response())
}

async fn change(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    branch: Uuid,
    activity: Uuid,
    command: Command,
) -> Result<Response, Problem> {
    let branch = BranchId(branch);
    let mut envelope = app.envelope(caller, branch, command);
    envelope.if_match = Some(if_match(headers)?);
    app.ask(envelope).await?;
    shown(app, branch, ActivityId(activity)).await
}

/// The schedule of a branch, by start.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/activities",
    operation_id = "list_activities",
    tag = "studio",
    params(("branch" = Uuid, Path), ScheduleQuery),
    responses((status = 200, body = StaffActivityPage), (status = 400, body = Body), (status = 404, body = Body))
)]
async fn list_activities(
    State(app): State<App>,
    Ids(branch): Ids<Uuid>,
    Query(query): Query<ScheduleQuery>,
) -> Result<axum::Json<StaffActivityPage>, Problem> {
    let branch_id = BranchId(branch);
    let branch = app.branch(branch_id).await?.ok_or_else(|| Problem::not_found("branch"))?.branch;
    let limit = Limit::parse(query.limit)?;
    let asked = Events {
        service: query.service_id.map(ServiceId),
        team_member: query.team_member_id.map(TeamMemberId),
        from: query.from,
        before: query.before,
        after: query.cursor.as_deref().map(paging::parse).transpose()?,
        limit: Some(limit.and_one()),
    };
    let mut rows = app.events(branch_id, asked).await?;
    let more = limit.get() < rows.len();
    rows.truncate(limit.get());
    let next_cursor = rows.last().filter(|_| more).map(|row| paging::write(Cursor::of_event(row)));
    Ok(axum::Json(StaffActivityPage {
        items: rows.iter().map(|row| staff_view(&branch, row)).collect(),
        next_cursor,
    }))
}

/// One event, or a weekly series at the same time on the branch's wall clock.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewActivities {
    service_id: Uuid,
    team_member_id: Uuid,
    /// On the branch's wall clock, without offset.
    #[schema(value_type = String, example = "2027-01-12T18:30:00")]
    starts_local: NaiveDateTime,
    /// How many weeks the series has; one event if left out.
    #[schema(minimum = 1, maximum = 520)]
    weeks: Option<u32>,
    #[schema(minimum = 1, maximum = 1440)]
    duration_minutes: u32,
    #[schema(minimum = 1, maximum = 65_535)]
    capacity: u32,
    /// Open to online booking.
    #[serde(default = "open")]
    open: bool,
}

fn open() -> bool {
    true
}

/// Notes a start that no calendar shows.
fn check_years<const N: usize>(wrong: &mut Wrong, starts: [Option<NaiveDateTime>; N]) {
    let years = 1970..=9999;
    if !starts.iter().all(|start| start.is_some_and(|start| years.contains(&start.year()))) {
        wrong.note("/starts_local", "out-of-range", "an event takes place between the years 1970 and 9999");
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct NewActivity {
    activity_id: Uuid,
    starts_at: DateTime<FixedOffset>,
    /// Starts later than asked for, since the clock skips that time (daylight saving).
    shifted: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct Scheduled {
    items: Vec<NewActivity>,
}

/// Schedules one event or a weekly series. A single event in a gap of daylight saving is refused with both neighbours
/// named; one of a series starts later by the gap and says so.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/activities",
    operation_id = "schedule_activities",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    request_body = NewActivities,
    responses(
        (status = 201, body = Scheduled),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 422, body = Body)
    )
)]
async fn schedule_activities(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    Ids(branch): Ids<Uuid>,
    Json(body): Json<NewActivities>,
) -> Result<impl IntoResponse, Problem> {
    const MOST_WEEKS: u32 = 520;
    let branch_id = BranchId(branch);
    let branch = app.branch(branch_id).await?.ok_or_else(|| Problem::not_found("branch"))?.branch;
    let mut wrong = Wrong::default();
    let duration = wrong.number::<Duration>("/duration_minutes", body.duration_minutes);
    let capacity = wrong.number::<Capacity>("/capacity", body.capacity);
    let weeks = body.weeks.unwrap_or(1);
    if !(1..=MOST_WEEKS).contains(&weeks) {
        wrong.note("/weeks", "out-of-range", format!("a series has 1 to {MOST_WEEKS} weeks"));
    }
    let last = body.starts_local.checked_add_days(Days::new(7 * u64::from(weeks)));
    check_years(&mut wrong, [Some(body.starts_local), last]);
    let (Some(duration), Some(capacity), true) = (duration, capacity, wrong.is_empty()) else {
        return Err(wrong.problem());
    };
    let event = |week: u32| Scheduling {
        activity: ActivityId(Uuid::now_v7()),
        service: ServiceId(body.service_id),
        team_member: TeamMemberId(body.team_member_id),
        starts_local: body.starts_local + Days::new(7 * u64::from(week)),
        gap: if body.weeks.is_some() { Gap::Shift } else { Gap::Refuse },
        duration,
        capacity,
        open: body.open,
    };
    let command = Command::Schedule((0..weeks).map(event).collect());
    let reply = app.ask(app.envelope(&caller, branch_id, command)).await?;
    let Answer::Scheduled(scheduled) = reply.answer else {
        return Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "nothing was scheduled"));
    };
    let items = scheduled
        .into_iter()
        .map(|it| NewActivity {
            activity_id: it.activity.0,
            starts_at: at_branch(&branch, it.starts_at),
            shifted: it.shifted,
        })
        .collect();
    Ok((StatusCode::CREATED, axum::Json(Scheduled { items })))
}

/// One event, with its version for `If-Match`.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/activities/{activity}",
    operation_id = "get_activity",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path)),
    responses((status = 200, body = StaffActivity), (status = 404, body = Body))
)]
async fn get_activity(
    State(app): State<App>,
    Ids((branch, activity)): Ids<(Uuid, Uuid)>,
) -> Result<Response, Problem> {
    shown(&app, BranchId(branch), ActivityId(activity)).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCapacity {
    #[schema(minimum = 1, maximum = 65_535)]
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
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = NewCapacity,
    responses(
        (status = 200, body = StaffActivity),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn change_capacity(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids((branch, activity)): Ids<(Uuid, Uuid)>,
    Json(body): Json<NewCapacity>,
) -> Result<Response, Problem> {
    let mut wrong = Wrong::default();
    let Some(capacity) = wrong.number("/capacity", body.capacity) else { return Err(wrong.problem()) };
    let command = Command::SetCapacity { activity: ActivityId(activity), capacity, force: body.force };
    change(&app, &caller, &headers, branch, activity, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStart {
    /// On the branch's wall clock, without offset.
    #[schema(value_type = String, example = "2027-01-13T19:00:00")]
    starts_local: NaiveDateTime,
    /// As before if left out.
    #[schema(minimum = 1, maximum = 1440)]
    duration_minutes: Option<u32>,
}

/// Moves an event, and every appointment in it with a fact of its own.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/activities/{activity}/moving",
    operation_id = "move_activity",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = NewStart,
    responses(
        (status = 200, body = StaffActivity),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn move_activity(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids((branch, activity)): Ids<(Uuid, Uuid)>,
    Json(body): Json<NewStart>,
) -> Result<Response, Problem> {
    let mut wrong = Wrong::default();
    let duration = body.duration_minutes.and_then(|minutes| wrong.number("/duration_minutes", minutes));
    check_years(&mut wrong, [Some(body.starts_local)]);
    wrong.check()?;
    let command =
        Command::MoveActivity { activity: ActivityId(activity), starts_local: body.starts_local, duration };
    change(&app, &caller, &headers, branch, activity, command).await
}

/// Cancels an event, and every appointment in it with a fact of its own.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/activities/{activity}/cancellation",
    operation_id = "cancel_activity",
    tag = "studio",
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), ("If-Match" = String, Header)),
    responses(
        (status = 200, body = StaffActivity),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 428, body = Body)
    )
)]
async fn cancel_activity(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids((branch, activity)): Ids<(Uuid, Uuid)>,
) -> Result<Response, Problem> {
    let command = Command::CancelActivity(ActivityId(activity));
    change(&app, &caller, &headers, branch, activity, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
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
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = NewTeamMember,
    responses(
        (status = 200, body = StaffActivity),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn replace_team_member(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids((branch, activity)): Ids<(Uuid, Uuid)>,
    Json(body): Json<NewTeamMember>,
) -> Result<Response, Problem> {
    let command = Command::ReplaceTeamMember(ActivityId(activity), TeamMemberId(body.team_member_id));
    change(&app, &caller, &headers, branch, activity, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
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
    params(("branch" = Uuid, Path), ("activity" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = OnlineBooking,
    responses(
        (status = 200, body = StaffActivity),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn set_online_booking(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids((branch, activity)): Ids<(Uuid, Uuid)>,
    Json(body): Json<OnlineBooking>,
) -> Result<Response, Problem> {
    let command = Command::SetOpen(ActivityId(activity), body.open);
    change(&app, &caller, &headers, branch, activity, command).await
}
