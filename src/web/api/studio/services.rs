//! The services of a branch.

use aggregates::branch::Service;
use aggregates::ids::{BranchId, ServiceId};
use aggregates::values::{Currency, Money, Name};
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
use crate::web::api::views::{Membership, Price};
use crate::web::api::whole::whole;
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_services, add_service)).routes(routes!(change_service))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ServiceBody {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// How long an event of it usually lasts.
    #[schema(minimum = 1, maximum = 1440)]
    #[serde(deserialize_with = "whole")]
    duration_minutes: u32,
    price: Option<Price>,
    /// Has to be paid online before the visit, so it is booked alone.
    #[serde(default)]
    prepayment_required: bool,
    #[serde(default)]
    membership: Membership,
}

#[derive(Debug, Serialize, ToSchema)]
struct ServiceView {
    service_id: Uuid,
    name: String,
    /// How long an event of it usually lasts.
    #[schema(minimum = 1, maximum = 1440)]
    duration_minutes: u32,
    price: Option<Price>,
    /// Has to be paid online before the visit, so it is booked alone.
    prepayment_required: bool,
    membership: Membership,
}

#[derive(Debug, Serialize, ToSchema)]
struct ServiceList {
    items: Vec<ServiceView>,
}

fn service_view(id: ServiceId, service: &Service) -> ServiceView {
    ServiceView {
        service_id: id.0,
        name: service.name.to_string(),
        duration_minutes: service.duration.into(),
        price: service.price.map(Price::from),
        prepayment_required: service.prepayment_required,
        membership: service.membership_booking.into(),
    }
}

fn parse_service(body: ServiceBody) -> Result<Service, Problem> {
    let mut wrong = Wrong::default();
    let name = wrong.take("/name", "invalid-name", Name::try_from(body.name));
    let duration = wrong.number("/duration_minutes", body.duration_minutes);
    let price = body.price.and_then(|price| {
        let currency =
            wrong.take("/price/currency", "invalid-currency", Currency::try_from(price.currency))?;
        if price.amount_minor < 0 {
            wrong.note("/price/amount_minor", "out-of-range", "a price is not below 0");
        }
        Some(Money { minor: price.amount_minor, currency })
    });
    let (Some(name), Some(duration), true) = (name, duration, wrong.is_empty()) else {
        return Err(wrong.problem());
    };
    let membership_booking = body.membership.into();
    Ok(Service { name, duration, price, prepayment_required: body.prepayment_required, membership_booking })
}

/// The services of a branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/services",
    operation_id = "list_services",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = ServiceList), Reading)
)]
async fn list_services(State(app): State<App>, Ids(branch): Ids<BranchId>) -> Result<Response, Problem> {
    let row = api::branch(&app, branch).await?;
    let items = row.branch.services().iter().map(|(id, service)| service_view(*id, service)).collect();
    Ok(with_etag(row.version, ServiceList { items }))
}

/// Adds a service.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/services",
    operation_id = "add_service",
    tag = "studio",
    params(("branch" = Uuid, Path), Retry),
    request_body = ServiceBody,
    responses((status = 201, body = ServiceView), Asking)
)]
async fn add_service(
    staff: Staff,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<ServiceBody>,
) -> Result<Response, Problem> {
    let id = ServiceId(Uuid::now_v7());
    let service = parse_service(body)?;
    let view = shown(StatusCode::CREATED, &service_view(id, &service))?;
    staff.add(branch, Command::SetService(id, service.clone()), &service, view).await
}

/// Sets what is known of a service.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/services/{service}",
    operation_id = "change_service",
    tag = "studio",
    params(("branch" = Uuid, Path), ("service" = Uuid, Path), Based, Retry),
    request_body = ServiceBody,
    responses((status = 200, body = ServiceView), Changing)
)]
async fn change_service(
    staff: Staff,
    Ids((branch, id)): Ids<(BranchId, ServiceId)>,
    Json(body): Json<ServiceBody>,
) -> Result<Response, Problem> {
    if api::branch(staff.app(), branch).await?.branch.service(id).is_none() {
        return Err(Problem::not_found("service"));
    }
    let service = parse_service(body)?;
    let view = shown(StatusCode::OK, &service_view(id, &service))?;
    staff.change(branch, Command::SetService(id, service.clone()), &service, view).await
}
