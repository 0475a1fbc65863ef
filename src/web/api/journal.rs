//! The journal: staff's view of appointments, and what staff may do with one. Not bound by the client's notice.

use aggregates::ids::{ActivityId, AppointmentId, BranchId, TeamMemberId};
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::appointments::OneAppointment;
use super::asking::{Based, Retry, Staff, see};
use super::paging::{self, Limit, Page};
use super::views::{Appointment, AppointmentStatus, Attendance};
use crate::app::App;
use crate::app::reading::{Cursor, Journal};
use crate::command::{Command, Requester};
use crate::web::api;
use crate::web::api::refusals::{Changing, Reading};
use crate::web::api::whole::whole;
use crate::web::extract::{Ids, Json, Query, Wrong};
use crate::web::problem::Problem;
use crate::web::wall::day_span;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_journal))
        .routes(routes!(get_journal_appointment))
        .routes(routes!(cancel_journal_appointment))
        .routes(routes!(reschedule_journal_appointment))
        .routes(routes!(reduce_journal_spots))
        .routes(routes!(note_attendance))
}

/// Which appointments. A day is the branch's; without day or range, from today on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct JournalQuery {
    day: Option<NaiveDate>,
    from: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    team_member_id: Option<Uuid>,
    activity_id: Option<Uuid>,
    status: Option<AppointmentStatus>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(format = "cursor")]
    cursor: Option<String>,
}

/// An appointment with whom it is for.
#[derive(Debug, Serialize, ToSchema)]
struct JournalItem {
    #[serde(flatten)]
    appointment: Appointment,
    /// Booked at the desk, not online.
    booked_by_staff: bool,
    client: Option<JournalClient>,
}

/// A client, until they were erased.
#[derive(Debug, Serialize, ToSchema)]
struct JournalClient {
    client_id: Uuid,
    name: String,
    phone: String,
}

/// The appointments of a branch, by start.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/journal",
    operation_id = "list_journal",
    tag = "journal",
    params(("branch" = Uuid, Path), JournalQuery),
    responses((status = 200, body = Page<JournalItem>, headers(("Link" = String))), Reading)
)]
async fn list_journal(
    State(app): State<App>,
    Ids(branch): Ids<Uuid>,
    Query(query): Query<JournalQuery>,
    request: Uri,
) -> Result<Response, Problem> {
    let branch_id = BranchId(branch);
    let branch = api::branch(&app, branch_id).await?.branch;
    let limit = Limit::parse(query.limit)?;
    let now = app.clock.now();
    let (from, before) = match query.day {
        Some(day) => {
            let (from, before) = day_span(&branch, day);
            (
                Some(query.from.map_or(from, |at| at.max(from))),
                Some(query.before.map_or(before, |at| at.min(before))),
            )
        }
        None if query.from.is_none() && query.before.is_none() => {
            (Some(day_span(&branch, branch.day_of(now)).0), None)
        }
        None => (query.from, query.before),
    };
    let asked = Journal {
        from,
        before,
        team_member: query.team_member_id.map(TeamMemberId),
        activity: query.activity_id.map(ActivityId),
        cancelled: query.status.map(|status| status == AppointmentStatus::Cancelled),
        after: query.cursor.as_deref().map(paging::parse).transpose()?,
        limit: Some(limit.and_one()),
        ..Journal::default()
    };
    let mut rows = app.journal(branch_id, asked).await?;
    let next = limit.cut(&mut rows, Cursor::of_appointment);

    let mut clients: Vec<_> = rows.iter().map(|row| row.client_id).collect();
    clients.sort_unstable();
    clients.dedup();
    let people = app.vault.people(branch_id, clients).await?;
    let items = rows
        .iter()
        .map(|row| JournalItem {
            appointment: Appointment::new(&branch, row, now),
            booked_by_staff: row.booked_by_staff,
            client: people.iter().find(|(client, _)| client.id == row.client_id).map(|(client, person)| {
                JournalClient {
                    client_id: client.id.0,
                    name: person.name.to_string(),
                    phone: person.phone.as_str().to_owned(),
                }
            }),
        })
        .collect();
    Ok(Page::new(items, next).answer(&request))
}

/// One appointment, with its version for `If-Match`.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/journal/appointments/{appointment}",
    operation_id = "get_journal_appointment",
    tag = "journal",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    responses((status = 200, body = Appointment), Reading)
)]
async fn get_journal_appointment(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
) -> Result<Response, Problem> {
    see(&app, branch, OneAppointment(branch, id)).await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffRescheduling {
    /// Any event of the branch.
    activity_id: Uuid,
    /// Overbook on purpose.
    #[serde(default)]
    force: bool,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffSpots {
    #[schema(minimum = 1, maximum = 255)]
    #[serde(deserialize_with = "whole")]
    spots: u32,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AttendanceBody {
    /// `null` takes back what was noted.
    attendance: Option<Attendance>,
}

/// Cancels one appointment.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/journal/appointments/{appointment}/cancellation",
    operation_id = "cancel_journal_appointment",
    tag = "journal",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path), Based, Retry),
    responses((status = 200, body = Appointment), Changing)
)]
async fn cancel_journal_appointment(
    staff: Staff,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
) -> Result<Response, Problem> {
    let command = Command::CancelAppointment { appointment: id, by: Requester::Staff { force: false } };
    staff.change(branch, command, &(), OneAppointment(branch, id)).await
}

/// Moves one appointment to any event of the branch; with `force` also to a full one.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/journal/appointments/{appointment}/rescheduling",
    operation_id = "reschedule_journal_appointment",
    tag = "journal",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path), Based, Retry),
    request_body = StaffRescheduling,
    responses((status = 200, body = Appointment), Changing)
)]
async fn reschedule_journal_appointment(
    staff: Staff,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
    Json(body): Json<StaffRescheduling>,
) -> Result<Response, Problem> {
    let by = Requester::Staff { force: body.force };
    let command = Command::RescheduleAppointment { appointment: id, to: ActivityId(body.activity_id), by };
    staff.change(branch, command, &body, OneAppointment(branch, id)).await
}

/// Reduces the spots of one appointment.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/journal/appointments/{appointment}/spots",
    operation_id = "reduce_journal_spots",
    tag = "journal",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path), Based, Retry),
    request_body = StaffSpots,
    responses((status = 200, body = Appointment), Changing)
)]
async fn reduce_journal_spots(
    staff: Staff,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
    Json(body): Json<StaffSpots>,
) -> Result<Response, Problem> {
    let mut wrong = Wrong::default();
    let Some(spots) = wrong.number("/spots", body.spots) else { return Err(wrong.problem()) };
    let command = Command::ReduceSpots { appointment: id, spots, by: Requester::Staff { force: false } };
    staff.change(branch, command, &body, OneAppointment(branch, id)).await
}

/// Notes whether the client came to an event that has begun, or takes the note back.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/journal/appointments/{appointment}/attendance",
    operation_id = "note_attendance",
    tag = "journal",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path), Based, Retry),
    request_body = AttendanceBody,
    responses((status = 200, body = Appointment), Changing)
)]
async fn note_attendance(
    staff: Staff,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
    Json(body): Json<AttendanceBody>,
) -> Result<Response, Problem> {
    let attendance = body.attendance.map(Into::into);
    let command = Command::NoteAttendance { appointment: id, attendance };
    staff.change(branch, command, &body, OneAppointment(branch, id)).await
}
