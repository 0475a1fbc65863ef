//! Memberships of the clients of a branch.

use aggregates::ids::{BranchId, MembershipId, ServiceId};
use aggregates::membership::{Status, Terms};
use aggregates::values::{Name, Offered};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::command::Command;
use crate::contact::{Contact, Phone};
use crate::web::api;
use crate::web::api::asking::{Retry, Staff, shown};
use crate::web::api::refusals::Asking;
use crate::web::api::whole::whole_or_none;
use crate::web::extract::{Ids, Json, Wrong};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(grant_membership))
}

/// A membership for whoever has this telephone number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MembershipBody {
    /// The client's name, if the branch does not know them yet.
    #[schema(min_length = 1, max_length = 200)]
    client_name: String,
    /// In local or international form.
    client_phone: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// The services that it covers; all of them if left out.
    service_ids: Option<Vec<Uuid>>,
    /// Visits left; without limit if left out.
    #[serde(default, deserialize_with = "whole_or_none")]
    visits: Option<u32>,
    /// The last day on which it applies, on the branch's calendar.
    expires_on: Option<NaiveDate>,
    #[serde(default)]
    status: MembershipStatus,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MembershipStatus {
    Released,
    #[default]
    Active,
    Frozen,
}

#[derive(Debug, Serialize, ToSchema)]
struct GrantedMembership {
    membership_id: Uuid,
    client_id: Uuid,
}

/// Grants a client a membership.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/memberships",
    operation_id = "grant_membership",
    tag = "studio",
    params(("branch" = Uuid, Path), Retry),
    request_body = MembershipBody,
    responses((status = 201, body = GrantedMembership), Asking)
)]
async fn grant_membership(
    staff: Staff,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<MembershipBody>,
) -> Result<Response, Problem> {
    let row = api::branch(staff.app(), branch).await?;
    let country = api::country(&row)?;
    let mut wrong = Wrong::default();
    let client = wrong.take("/client_name", "invalid-name", Name::try_from(body.client_name));
    let phone = wrong.take("/client_phone", "invalid-phone", Phone::parse(&body.client_phone, country));
    let name = wrong.take("/name", "invalid-name", Name::try_from(body.name));
    let (Some(client), Some(phone), Some(name)) = (client, phone, name) else {
        return Err(wrong.problem());
    };
    let unknown = |id: &Uuid| row.branch.service(ServiceId(*id)).is_none();
    if body.service_ids.iter().flatten().any(unknown) {
        let problem = Problem::not_found("service");
        return Err(problem.at("/service_ids", "not-found", "there is no such service"));
    }
    let contact = Contact { name: client, phone, email: None, comment: None };
    let client = staff.app().vault.admit(branch, &contact).await?;
    let membership = MembershipId(Uuid::now_v7());
    let terms = Terms {
        name,
        services: match body.service_ids {
            Some(ids) => Offered::Only(ids.into_iter().map(ServiceId).collect()),
            None => Offered::All,
        },
        balance: body.visits,
        expires_on: body.expires_on,
        status: match body.status {
            MembershipStatus::Released => Status::Released,
            MembershipStatus::Active => Status::Active,
            MembershipStatus::Frozen => Status::Frozen,
        },
    };
    let granted = GrantedMembership { membership_id: membership.0, client_id: client.id.0 };
    let view = shown(StatusCode::CREATED, &granted)?;
    let request = (contact, terms.clone());
    staff.add(branch, Command::GrantMembership(client.id, membership, terms), &request, view).await
}
