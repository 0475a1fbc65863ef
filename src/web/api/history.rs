//! What happened to one thing, for audits.

use std::collections::BTreeMap;

use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, ClientId, LinkId};
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{self, Changed, ChangedValue, Subject, When, history};
use crate::web::api;
use crate::web::api::refusals::Reading;
use crate::web::extract::{Ids, Query};
use crate::web::problem::Problem;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_history))
        .routes(routes!(get_state))
        .routes(routes!(get_differences))
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
struct HistoryEntry {
    /// Place in the ledger of the branch.
    position: u64,
    at: DateTime<Utc>,
    /// `client`, `staff`, `user:` or `token:` with an id, `import` or `demonstration`.
    actor: String,
    /// What that user or token is called, while they are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_name: Option<String>,
    /// The id of the request that brought the command.
    request: String,
    /// The command that it followed from.
    cause: String,
    sentence: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct History {
    items: Vec<HistoryEntry>,
}

/// The thing whose history is asked for, by the kinds that stand in addresses.
fn subject(kind: &str, id: Uuid) -> Result<Subject, Problem> {
    Ok(match kind {
        "carts" => Subject::Cart(CartId(id)),
        "activities" => Subject::Activity(ActivityId(id)),
        "appointments" => Subject::Appointment(AppointmentId(id)),
        "links" => Subject::Link(LinkId(id)),
        "clients" => Subject::Client(ClientId(id)),
        _ => return Err(Problem::not_found("kind of history")),
    })
}

/// What happened to one thing, in order; of a client, what was done with what is known of them, and their memberships
/// and appointments.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/history/{kind}/{id}",
    operation_id = "get_history",
    tag = "journal",
    params(
        ("branch" = Uuid, Path),
        ("kind" = String, Path, description = "`carts`, `activities`, `appointments`, `links` or `clients`"),
        ("id" = Uuid, Path)
    ),
    responses((status = 200, body = History), Reading)
)]
async fn get_history(
    State(app): State<App>,
    Ids((branch, kind, id)): Ids<(Uuid, String, Uuid)>,
) -> Result<axum::Json<History>, Problem> {
    let (ledger, branch) = (app.ledger.as_ref(), BranchId(branch));
    let entries = match subject(&kind, id)? {
        Subject::Client(client) => {
            audit::of_client(ledger, branch, client).await?.into_iter().map(|(entry, _)| entry).collect()
        }
        subject => history(ledger, branch, subject).await?,
    };
    if entries.is_empty() {
        return Err(Problem::not_found("thing with a history"));
    }
    let items = entries
        .into_iter()
        .map(|entry| HistoryEntry {
            position: entry.position,
            at: entry.at,
            actor: entry.actor,
            actor_name: entry.actor_name,
            request: entry.request,
            cause: entry.cause,
            sentence: entry.sentence,
        })
        .collect();
    Ok(axum::Json(History { items }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StateQuery {
    /// A position of the ledger, or a moment in RFC 3339; now if left out.
    #[param(format = "position-or-moment")]
    at: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DifferencesQuery {
    /// A position of the ledger, or a moment in RFC 3339; the beginning if left out.
    #[param(format = "position-or-moment")]
    from: Option<String>,
    /// The other; now if left out.
    #[param(format = "position-or-moment")]
    to: Option<String>,
}

/// How a thing stood: what the rules remember of it after the facts up to there.
#[derive(Debug, Serialize, ToSchema)]
struct ThingState {
    as_of: u64,
    /// How many facts made it, and where the last of them stands.
    version: u64,
    position: u64,
    at: DateTime<Utc>,
    /// Its fields belong to this release; they are for people who look into a history.
    #[schema(value_type = Value)]
    state: serde_json::Value,
}

/// What differs between two positions of a branch.
#[derive(Debug, Serialize, ToSchema)]
struct BranchDifferences {
    from: u64,
    to: u64,
    /// How many facts of which name lie between.
    facts: BTreeMap<String, u64>,
    things: Vec<ChangedThing>,
    /// Things that changed and are not listed, since there are too many.
    more: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChangedThing {
    kind: String,
    id: Uuid,
    values: Vec<ChangedThingValue>,
}

/// One value of it; nothing where it has none.
#[derive(Debug, Serialize, ToSchema)]
struct ChangedThingValue {
    path: String,
    #[schema(value_type = Value)]
    was: Option<serde_json::Value>,
    #[schema(value_type = Value)]
    is: Option<serde_json::Value>,
}

/// The position that a query names.
async fn position(app: &App, branch: BranchId, text: Option<&str>, pointer: &str) -> Result<u64, Problem> {
    let when = text.map(str::parse::<When>).transpose();
    let when = when.map_err(|error| Problem::malformed("malformed-query", pointer, error.to_string()))?;
    Ok(audit::position_at(app.ledger.as_ref(), branch, when).await?)
}

/// How one thing stood at a position of the ledger, or at a moment.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/history/{kind}/{id}/state",
    operation_id = "get_state",
    tag = "journal",
    params(
        ("branch" = Uuid, Path),
        ("kind" = String, Path, description = "`carts`, `activities`, `appointments`, `links` or `clients`"),
        ("id" = Uuid, Path),
        StateQuery
    ),
    responses((status = 200, body = ThingState), Reading)
)]
async fn get_state(
    State(app): State<App>,
    Ids((branch, kind, id)): Ids<(Uuid, String, Uuid)>,
    Query(query): Query<StateQuery>,
) -> Result<axum::Json<ThingState>, Problem> {
    let (branch, subject) = (BranchId(branch), subject(&kind, id)?);
    let as_of = position(&app, branch, query.at.as_deref(), "/at").await?;
    let found = audit::state(app.ledger.as_ref(), branch, subject, as_of).await?;
    let audit::State { as_of, version, position, at, state } =
        found.ok_or_else(|| Problem::not_found("thing with a history"))?;
    Ok(axum::Json(ThingState { as_of, version, position, at, state }))
}

/// What changed in a branch between two positions of the ledger, or two moments: value by value, of everything but
/// selections.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/differences",
    operation_id = "get_differences",
    tag = "journal",
    params(("branch" = Uuid, Path), DifferencesQuery),
    responses((status = 200, body = BranchDifferences), Reading)
)]
async fn get_differences(
    State(app): State<App>,
    Ids(branch): Ids<BranchId>,
    Query(query): Query<DifferencesQuery>,
) -> Result<axum::Json<BranchDifferences>, Problem> {
    api::branch(&app, branch).await?;
    let from = position(&app, branch, Some(query.from.as_deref().unwrap_or("0")), "/from").await?;
    let to = position(&app, branch, query.to.as_deref(), "/to").await?;
    let found = audit::differences(app.ledger.as_ref(), branch, from, to).await?;
    let value = |value: ChangedValue| ChangedThingValue { path: value.path, was: value.was, is: value.is };
    let thing = |thing: Changed| ChangedThing {
        kind: thing.kind,
        id: thing.id,
        values: thing.values.into_iter().map(value).collect(),
    };
    Ok(axum::Json(BranchDifferences {
        from: found.from,
        to: found.to,
        facts: found.facts,
        things: found.things.into_iter().map(thing).collect(),
        more: found.more,
    }))
}
