//! A branch, its rules, services and team; memberships of its clients.

use aggregates::branch::{Branch, Details, Duplicates, Rules, Service};
use aggregates::change_rules::ChangeRule;
use aggregates::ids::{BranchId, MembershipId, ServiceId, TeamMemberId};
use aggregates::membership::{Status, Terms};
use aggregates::values::{Currency, Money, MultipleSpots, Name, Offered, SpotLimit};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use projections::branches::BranchRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::app::booking::Caller;
use crate::command::Command;
use crate::contact::{Contact, Phone};
use crate::web::api::views::{ChangeRuleView, Membership, Price};
use crate::web::extract::{ByStaff, Ids, Json, Wrong, etag, if_match};
use crate::web::problem::{Body, Problem};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_branches))
        .routes(routes!(get_branch, change_branch))
        .routes(routes!(get_branch_rules, change_branch_rules))
        .routes(routes!(list_services, add_service))
        .routes(routes!(change_service))
        .routes(routes!(list_team, add_team_member))
        .routes(routes!(rename_team_member))
        .routes(routes!(grant_membership))
}

/// A branch.
#[derive(Debug, Serialize, ToSchema)]
struct BranchView {
    branch_id: Uuid,
    #[serde(flatten)]
    details: BranchBody,
    version: u64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BranchBody {
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
        details: BranchBody {
            name: details.name.to_string(),
            time_zone: details.time_zone.name().to_owned(),
            country: details.country.into(),
            address: details.address.as_ref().map(ToString::to_string),
            phone: details.phone.as_ref().map(ToString::to_string),
        },
        version: row.version,
    })
}

async fn found(app: &App, branch: Uuid) -> Result<BranchRow, Problem> {
    app.branch(BranchId(branch)).await?.ok_or_else(|| Problem::not_found("branch"))
}

fn with_etag(version: u64, body: impl Serialize) -> Response {
    ([(header::ETAG, etag(version))], axum::Json(body)).into_response()
}

/// Asks for a change that is based on the version of `If-Match`.
async fn ask(
    app: &App,
    caller: &Caller,
    headers: &HeaderMap,
    branch: Uuid,
    command: Command,
) -> Result<(), Problem> {
    let mut envelope = app.envelope(caller, BranchId(branch), command);
    envelope.if_match = Some(if_match(headers)?);
    app.ask(envelope).await?;
    Ok(())
}

/// The branches of this store.
#[utoipa::path(
    get,
    path = "/api/v1/branches",
    operation_id = "list_branches",
    tag = "studio",
    responses((status = 200, body = BranchList))
)]
async fn list_branches(State(app): State<App>) -> Result<axum::Json<BranchList>, Problem> {
    Ok(axum::Json(BranchList { items: app.branches().await?.iter().filter_map(view).collect() }))
}

/// One branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}",
    operation_id = "get_branch",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = BranchView), (status = 404, body = Body))
)]
async fn get_branch(State(app): State<App>, Ids(branch): Ids<Uuid>) -> Result<Response, Problem> {
    let row = found(&app, branch).await?;
    Ok(with_etag(row.version, view(&row)))
}

/// Sets the details of a branch.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}",
    operation_id = "change_branch",
    tag = "studio",
    params(("branch" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = BranchBody,
    responses(
        (status = 200, body = BranchView),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn change_branch(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids(branch): Ids<Uuid>,
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
    ask(&app, &caller, &headers, branch, Command::SetDetails(details)).await?;
    let row = found(&app, branch).await?;
    Ok(with_etag(row.version, view(&row)))
}

fn line(wrong: &mut Wrong, pointer: &str, text: Option<String>) -> Option<Name> {
    text.and_then(|text| wrong.take(pointer, "invalid-line", Name::try_from(text)))
}

/// The rules for all links of a branch.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BranchRules)]
pub(crate) struct RulesBody {
    /// Online prepayment; while it is on, clients book one event at a time.
    pub(crate) prepayment: bool,
    /// *Allow occupying multiple spots within one booking*: `null` is off.
    #[schema(minimum = 2, maximum = 255)]
    pub(crate) multiple_spots: Option<u32>,
    pub(crate) cancellation: ChangeRuleView,
    pub(crate) rescheduling: ChangeRuleView,
    /// Whether the same client may hold two appointments in one event.
    pub(crate) duplicates: DuplicatesBody,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Duplicates)]
pub(crate) enum DuplicatesBody {
    Refuse,
    Allow,
}

impl From<&Branch> for RulesBody {
    fn from(branch: &Branch) -> Self {
        let rules = branch.rules();
        Self {
            prepayment: rules.prepayment,
            multiple_spots: match rules.multiple_spots {
                MultipleSpots::Off => None,
                MultipleSpots::UpTo(limit) => Some(limit.into()),
            },
            cancellation: rules.cancellation.into(),
            rescheduling: rules.rescheduling.into(),
            duplicates: match rules.duplicates {
                Duplicates::Refuse => DuplicatesBody::Refuse,
                Duplicates::Allow => DuplicatesBody::Allow,
            },
        }
    }
}

impl RulesBody {
    /// The rules, or everything that is wrong with them.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub(crate) fn parse(&self) -> Result<Rules, Wrong> {
        let mut wrong = Wrong::default();
        let multiple_spots = match self.multiple_spots {
            None => Some(MultipleSpots::Off),
            Some(limit) => wrong.number::<SpotLimit>("/multiple_spots", limit).map(MultipleSpots::UpTo),
        };
        let cancellation = change_rule(&mut wrong, "/cancellation", self.cancellation);
        let rescheduling = change_rule(&mut wrong, "/rescheduling", self.rescheduling);
        let duplicates = match self.duplicates {
            DuplicatesBody::Refuse => Duplicates::Refuse,
            DuplicatesBody::Allow => Duplicates::Allow,
        };
        match (multiple_spots, cancellation, rescheduling) {
            (Some(multiple_spots), Some(cancellation), Some(rescheduling)) => Ok(Rules {
                prepayment: self.prepayment,
                multiple_spots,
                cancellation,
                rescheduling,
                duplicates,
            }),
            _ => Err(wrong),
        }
    }
}

fn change_rule(wrong: &mut Wrong, pointer: &str, rule: ChangeRuleView) -> Option<ChangeRule> {
    let notice = wrong.number(&format!("{pointer}/notice_minutes"), rule.notice_minutes)?;
    Some(ChangeRule { allowed: rule.allowed, notice })
}

/// The rules for all links of a branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/rules",
    operation_id = "get_branch_rules",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = RulesBody), (status = 404, body = Body))
)]
async fn get_branch_rules(State(app): State<App>, Ids(branch): Ids<Uuid>) -> Result<Response, Problem> {
    let row = found(&app, branch).await?;
    Ok(with_etag(row.version, RulesBody::from(&row.branch)))
}

/// Sets the rules for all links of a branch. They count at once, also for what is booked already.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/rules",
    operation_id = "change_branch_rules",
    tag = "studio",
    params(("branch" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = RulesBody,
    responses(
        (status = 200, body = RulesBody),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn change_branch_rules(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids(branch): Ids<Uuid>,
    Json(body): Json<RulesBody>,
) -> Result<Response, Problem> {
    let rules = body.parse().map_err(Wrong::problem)?;
    ask(&app, &caller, &headers, branch, Command::SetRules(rules)).await?;
    let row = found(&app, branch).await?;
    Ok(with_etag(row.version, RulesBody::from(&row.branch)))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ServiceBody {
    name: String,
    /// How long an event of it usually lasts.
    #[schema(minimum = 1, maximum = 1440)]
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
    #[serde(flatten)]
    service: ServiceBody,
}

#[derive(Debug, Serialize, ToSchema)]
struct ServiceList {
    items: Vec<ServiceView>,
}

fn service_view(id: ServiceId, service: &Service) -> ServiceView {
    ServiceView {
        service_id: id.0,
        service: ServiceBody {
            name: service.name.to_string(),
            duration_minutes: service.duration.into(),
            price: service.price.map(Price::from),
            prepayment_required: service.prepayment_required,
            membership: service.membership_booking.into(),
        },
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
    responses((status = 200, body = ServiceList), (status = 404, body = Body))
)]
async fn list_services(State(app): State<App>, Ids(branch): Ids<Uuid>) -> Result<Response, Problem> {
    let row = found(&app, branch).await?;
    let items = row.branch.services().iter().map(|(id, service)| service_view(*id, service)).collect();
    Ok(with_etag(row.version, ServiceList { items }))
}

/// Adds a service.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/services",
    operation_id = "add_service",
    tag = "studio",
    params(("branch" = Uuid, Path)),
    request_body = ServiceBody,
    responses(
        (status = 201, body = ServiceView),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 422, body = Body)
    )
)]
async fn add_service(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    Ids(branch): Ids<Uuid>,
    Json(body): Json<ServiceBody>,
) -> Result<impl IntoResponse, Problem> {
    let id = ServiceId(Uuid::now_v7());
    let service = parse_service(body)?;
    let view = service_view(id, &service);
    app.ask(app.envelope(&caller, BranchId(branch), Command::SetService(id, service))).await?;
    Ok((StatusCode::CREATED, axum::Json(view)))
}

/// Sets what is known of a service.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/services/{service}",
    operation_id = "change_service",
    tag = "studio",
    params(("branch" = Uuid, Path), ("service" = Uuid, Path), ("If-Match" = String, Header)),
    request_body = ServiceBody,
    responses(
        (status = 200, body = ServiceView),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 412, body = Body),
        (status = 422, body = Body),
        (status = 428, body = Body)
    )
)]
async fn change_service(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    headers: HeaderMap,
    Ids((branch, service)): Ids<(Uuid, Uuid)>,
    Json(body): Json<ServiceBody>,
) -> Result<axum::Json<ServiceView>, Problem> {
    let id = ServiceId(service);
    if found(&app, branch).await?.branch.service(id).is_none() {
        return Err(Problem::not_found("service"));
    }
    let service = parse_service(body)?;
    let view = service_view(id, &service);
    ask(&app, &caller, &headers, branch, Command::SetService(id, service)).await?;
    Ok(axum::Json(view))
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

/// A membership for whoever has this telephone number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MembershipBody {
    /// The client's name, if the branch does not know them yet.
    client_name: String,
    /// In local or international form.
    client_phone: String,
    name: String,
    /// The services that it covers; all of them if left out.
    service_ids: Option<Vec<Uuid>>,
    /// Visits left; without limit if left out.
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
    params(("branch" = Uuid, Path)),
    request_body = MembershipBody,
    responses(
        (status = 201, body = GrantedMembership),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 422, body = Body)
    )
)]
async fn grant_membership(
    State(app): State<App>,
    ByStaff(caller): ByStaff,
    Ids(branch): Ids<Uuid>,
    Json(body): Json<MembershipBody>,
) -> Result<impl IntoResponse, Problem> {
    let row = found(&app, branch).await?;
    let country = row.branch.details().ok_or_else(|| Problem::not_found("branch"))?.country;
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
    let branch = BranchId(branch);
    let client =
        app.vault.admit(branch, &Contact { name: client, phone, email: None, comment: None }).await?;
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
    app.ask(app.envelope(&caller, branch, Command::GrantMembership(client.id, membership, terms))).await?;
    let granted = GrantedMembership { membership_id: membership.0, client_id: client.id.0 };
    Ok((StatusCode::CREATED, axum::Json(granted)))
}
