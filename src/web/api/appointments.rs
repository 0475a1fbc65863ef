//! One appointment, opened with its own token: read, cancelled, moved, made smaller.

use aggregates::ids::{ActivityId, AppointmentId, BranchId};
use aggregates::values::Spots;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use projections::appointments::AppointmentRow;
use projections::branches::BranchRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::views::{Activity, Appointment};
use crate::app::App;
use crate::app::booking::Caller;
use crate::calendar;
use crate::capability::Kind;
use crate::command::{Command, Requester};
use crate::web::extract::{ByClient, Ids, Json, Wrong, check_token, etag, idempotency_key};
use crate::web::problem::{Body, Problem};
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
    spots: u32,
}

#[derive(Debug, Serialize, ToSchema)]
struct Dates {
    items: Vec<Activity>,
}

pub(super) async fn found(
    app: &App,
    branch: BranchId,
    id: AppointmentId,
) -> Result<(BranchRow, AppointmentRow), Problem> {
    let not_found = || Problem::not_found("appointment");
    let branch_row = app.branch(branch).await?.ok_or_else(not_found)?;
    let row = app.appointment(branch, id).await?.ok_or_else(not_found)?;
    Ok((branch_row, row))
}

pub(super) async fn shown(
    app: &App,
    branch: BranchId,
    id: AppointmentId,
) -> Result<impl IntoResponse + use<>, Problem> {
    let (branch, row) = found(app, branch, id).await?;
    let view = Appointment::new(&branch.branch, &row, app.clock.now());
    Ok(([(header::ETAG, etag(view.version))], axum::Json(view)))
}

/// Asks, and shows the appointment as it is then. A key given makes a retry safe.
async fn change(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    branch: BranchId,
    id: AppointmentId,
    command: Command,
    request: &impl Serialize,
) -> Result<Response, Problem> {
    let mut envelope = app.envelope(caller, branch, command);
    if let Some(key) = idempotency_key(headers)? {
        envelope.key = Some(app.key(id.to_string(), key, envelope.command.name(), request)?);
    }
    let reply = app.ask(envelope).await?;
    let replayed = reply.replayed.then_some((HeaderName::from_static("idempotency-replayed"), "true"));
    Ok((AppendHeaders(replayed), shown(app, branch, id).await?).into_response())
}

/// One appointment.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/appointments/{appointment}",
    operation_id = "get_appointment",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Appointment), (status = 404, body = Body))
)]
async fn get_appointment(
    State(app): State<App>,
    headers: HeaderMap,
    Ids((branch, appointment)): Ids<(Uuid, Uuid)>,
) -> Result<impl IntoResponse, Problem> {
    check_token(&app, &headers, BranchId(branch), Kind::Appointment, appointment).await?;
    shown(&app, BranchId(branch), AppointmentId(appointment)).await
}

/// Cancels one appointment, if the branch's rules allow it; the others of its booking stay as they are.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/cancellation",
    operation_id = "cancel_appointment",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Appointment), (status = 404, body = Body), (status = 422, body = Body))
)]
async fn cancel_appointment(
    State(app): State<App>,
    ByClient(caller): ByClient,
    headers: HeaderMap,
    Ids((branch, appointment)): Ids<(Uuid, Uuid)>,
) -> Result<impl IntoResponse, Problem> {
    let (branch, id) = (BranchId(branch), AppointmentId(appointment));
    check_token(&app, &headers, branch, Kind::Appointment, appointment).await?;
    let command = Command::CancelAppointment { appointment: id, by: Requester::Client };
    change(&app, &caller, &headers, branch, id, command, &()).await
}

/// The events that the appointment can move to now.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/rescheduling",
    operation_id = "list_rescheduling_dates",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Dates), (status = 404, body = Body))
)]
async fn list_rescheduling_dates(
    State(app): State<App>,
    headers: HeaderMap,
    Ids((branch, appointment)): Ids<(Uuid, Uuid)>,
) -> Result<axum::Json<Dates>, Problem> {
    let branch = BranchId(branch);
    check_token(&app, &headers, branch, Kind::Appointment, appointment).await?;
    let (_, row) = found(&app, branch, AppointmentId(appointment)).await?;
    let (shop, rows) = rescheduling_dates(&app, branch, &row).await?;
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
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    request_body = Rescheduling,
    responses(
        (status = 200, body = Appointment),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 422, body = Body)
    )
)]
async fn reschedule_appointment(
    State(app): State<App>,
    ByClient(caller): ByClient,
    headers: HeaderMap,
    Ids((branch, appointment)): Ids<(Uuid, Uuid)>,
    Json(body): Json<Rescheduling>,
) -> Result<impl IntoResponse, Problem> {
    let (branch, id) = (BranchId(branch), AppointmentId(appointment));
    check_token(&app, &headers, branch, Kind::Appointment, appointment).await?;
    let to = ActivityId(body.activity_id);
    let command = Command::RescheduleAppointment { appointment: id, to, by: Requester::Client };
    change(&app, &caller, &headers, branch, id, command, &body).await
}

/// Keeps fewer spots, under the cancellation rule.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/appointments/{appointment}/spots",
    operation_id = "reduce_spots",
    tag = "widget",
    params(("branch" = Uuid, Path), ("appointment" = Uuid, Path)),
    security(("token" = [])),
    request_body = ReduceSpots,
    responses(
        (status = 200, body = Appointment),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 422, body = Body)
    )
)]
async fn reduce_spots(
    State(app): State<App>,
    ByClient(caller): ByClient,
    headers: HeaderMap,
    Ids((branch, appointment)): Ids<(Uuid, Uuid)>,
    Json(body): Json<ReduceSpots>,
) -> Result<impl IntoResponse, Problem> {
    let (branch, id) = (BranchId(branch), AppointmentId(appointment));
    check_token(&app, &headers, branch, Kind::Appointment, appointment).await?;
    let mut wrong = Wrong::default();
    let Some(spots) = wrong.number("/spots", body.spots) else { return Err(wrong.problem()) };
    let command = Command::ReduceSpots { appointment: id, spots, by: Requester::Client };
    change(&app, &caller, &headers, branch, id, command, &body).await
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
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 404, body = Body))
)]
async fn get_appointment_calendar(
    State(app): State<App>,
    headers: HeaderMap,
    Ids((branch, appointment)): Ids<(Uuid, Uuid)>,
) -> Result<impl IntoResponse, Problem> {
    check_token(&app, &headers, BranchId(branch), Kind::Appointment, appointment).await?;
    let (branch, row) = found(&app, BranchId(branch), AppointmentId(appointment)).await?;
    let name = row.appointment_id.reference();
    Ok(calendar_file(&name, calendar::file(&branch.branch, &[row], app.clock.now())))
}
