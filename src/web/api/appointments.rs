//! One appointment, opened with its own token: read, cancelled, moved, made smaller.

use aggregates::ids::{ActivityId, AppointmentId, BranchId};
use aggregates::values::Spots;
use async_trait::async_trait;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use projections::appointments::AppointmentRow;
use projections::branches::BranchRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::asking::{Client, Retry, View, see};
use super::views::{Activity, Appointment};
use crate::app::App;
use crate::capability::Kind;
use crate::command::{Command, Requester};
use crate::ledger::StoreError;
use crate::read_models::Rows;
use crate::web::api::refusals::{Asking, Reading};
use crate::web::api::whole::whole;
use crate::web::calendar::Written;
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::html::accepted;
use crate::web::problem::Problem;
use crate::web::shop::Shop;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_appointment))
        .routes(routes!(cancel_appointment))
        .routes(routes!(list_rescheduling_dates, reschedule_appointment))
        .routes(routes!(reduce_spots))
        .routes(routes!(get_appointment_calendar))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rescheduling {
    /// The event to move to: same service, same team member.
    pub(super) activity_id: Uuid,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReduceSpots {
    /// How many spots the appointment keeps.
    #[schema(minimum = 1, maximum = 255)]
    #[serde(deserialize_with = "whole")]
    spots: u32,
}

#[derive(Debug, Serialize, ToSchema)]
struct Dates {
    items: Vec<Activity>,
}

/// One appointment as it is.
#[derive(Debug)]
pub(super) struct OneAppointment(pub(super) BranchId, pub(super) AppointmentId);

#[async_trait]
impl View for OneAppointment {
    const WHAT: &'static str = "appointment";
    type Body = Appointment;

    async fn see(
        &self,
        rows: &Rows<'_>,
        at: DateTime<Utc>,
    ) -> Result<Option<(Appointment, u64)>, StoreError> {
        let (branch, row) =
            (rows.one::<BranchRow>(self.0.0).await?, rows.one::<AppointmentRow>(self.1.0).await?);
        Ok(branch.zip(row).map(|(branch, row)| (Appointment::new(&branch.branch, &row, at), row.version)))
    }
}

async fn found(
    app: &App,
    branch: BranchId,
    id: AppointmentId,
) -> Result<(BranchRow, AppointmentRow), Problem> {
    let not_found = || Problem::not_found("appointment");
    let branch_row = app.branch(branch).await?.ok_or_else(not_found)?;
    let row = app.appointment(branch, id).await?.ok_or_else(not_found)?;
    Ok((branch_row, row))
}

/// One appointment.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/appointments/{appointment}",
    operation_id = "get_appointment",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Appointment), Reading)
)]
async fn get_appointment(
    client: Client,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
) -> Result<Response, Problem> {
    client.opens(branch, Kind::Appointment, id.0).await?;
    see(client.app(), branch, OneAppointment(branch, id)).await
}

/// Cancels one appointment, if the branch's rules allow it; the others of its booking stay as they are.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/cancellation",
    operation_id = "cancel_appointment",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path), Retry),
    security(("token" = [])),
    responses((status = 200, body = Appointment), Asking)
)]
async fn cancel_appointment(
    client: Client,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
) -> Result<Response, Problem> {
    client.opens(branch, Kind::Appointment, id.0).await?;
    let command = Command::CancelAppointment { appointment: id, by: Requester::Client };
    client.change(branch, id.0, command, &(), OneAppointment(branch, id)).await
}

/// The events that the appointment can move to now.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/rescheduling",
    operation_id = "list_rescheduling_dates",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Dates), Reading)
)]
async fn list_rescheduling_dates(
    client: Client,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
) -> Result<axum::Json<Dates>, Problem> {
    client.opens(branch, Kind::Appointment, id.0).await?;
    let (_, row) = found(client.app(), branch, id).await?;
    let (shop, rows) = rescheduling_dates(client.app(), branch, &row).await?;
    Ok(axum::Json(Dates { items: rows.iter().map(|row| Activity::new(&shop.branch, row, None)).collect() }))
}

/// The events of the same service and team member with enough spots for the appointment, by start.
pub(crate) async fn rescheduling_dates(
    app: &App,
    branch: BranchId,
    row: &AppointmentRow,
) -> Result<(Shop, Vec<projections::availability::AvailabilityRow>), Problem> {
    let shop = Shop::find(app, branch, row.link_id).await?;
    let now = app.clock.now();
    let own =
        app.activity(branch, row.place.activity_id).await?.ok_or_else(|| Problem::not_found("event"))?;
    let mut rows = app.similar(branch, &own, now).await?;
    rows.retain(|other| {
        let mut online = shop.link.online(&other.vacancy.plan, shop.branch.rules(), now);
        online.max_spots = Spots::MAX;
        other.activity_id != own.activity_id && other.vacancy.obstacle(row.spots, &online).is_none()
    });
    Ok((shop, rows))
}

/// Moves one appointment to another event of the same service and team member.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/rescheduling",
    operation_id = "reschedule_appointment",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path), Retry),
    security(("token" = [])),
    request_body = Rescheduling,
    responses((status = 200, body = Appointment), Asking)
)]
async fn reschedule_appointment(
    client: Client,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
    Json(body): Json<Rescheduling>,
) -> Result<Response, Problem> {
    client.opens(branch, Kind::Appointment, id.0).await?;
    let to = ActivityId(body.activity_id);
    let command = Command::RescheduleAppointment { appointment: id, to, by: Requester::Client };
    client.change(branch, id.0, command, &body, OneAppointment(branch, id)).await
}

/// Keeps fewer spots, under the cancellation rule.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/spots",
    operation_id = "reduce_spots",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path), Retry),
    security(("token" = [])),
    request_body = ReduceSpots,
    responses((status = 200, body = Appointment), Asking)
)]
async fn reduce_spots(
    client: Client,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
    Json(body): Json<ReduceSpots>,
) -> Result<Response, Problem> {
    client.opens(branch, Kind::Appointment, id.0).await?;
    let mut wrong = Wrong::default();
    let Some(spots) = wrong.number("/spots", body.spots) else { return Err(wrong.problem()) };
    let command = Command::ReduceSpots { appointment: id, spots, by: Requester::Client };
    client.change(branch, id.0, command, &body, OneAppointment(branch, id)).await
}

/// A calendar file to be saved under that name.
pub(crate) fn calendar_file(name: &str, file: String) -> impl IntoResponse + use<> {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.ics\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, file)
}

/// The appointment as a calendar file (RFC 5545).
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/calendar.ics",
    operation_id = "get_appointment_calendar",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = String, content_type = "text/calendar"), Reading)
)]
async fn get_appointment_calendar(
    client: Client,
    Ids((branch, id)): Ids<(BranchId, AppointmentId)>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    client.opens(branch, Kind::Appointment, id.0).await?;
    let (branch, row) = found(client.app(), branch, id).await?;
    let name = row.appointment_id.reference();
    let written = Written { branch: &branch.branch, language: accepted(&headers).unwrap_or_default() };
    Ok(calendar_file(&name, written.file(&[row])))
}
