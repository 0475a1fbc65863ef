//! Webhooks: where the facts of a branch are sent, and what became of them.

mod views;

use aggregates::ids::BranchId;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use self::views::{DeliveryView, WebhookList, WebhookView, WebhookWithSecret};
use super::asking::Based;
use super::paging::{self, Limit, Page};
use super::refusals::{Asking, Changing, Reading};
use crate::app::App;
use crate::app::reading::Cursor;
use crate::followers::deliveries::{Delivery, State as DeliveryState};
use crate::ledger::{from_micros, micros};
use crate::outbound::BadAddress;
use crate::web::api;
use crate::web::extract::{Ids, Json, Query, Wrong, etag, if_match};
use crate::web::problem::Problem;
use crate::webhooks::{Endpoint, FOLLOWER, Standing, TEST, Wanted};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(get_webhook, change_webhook, delete_webhook))
        .routes(routes!(rotate_webhook_secret))
        .routes(routes!(test_webhook))
        .routes(routes!(list_webhook_deliveries))
        .routes(routes!(redeliver_webhook))
}

/// What staff set on a webhook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookSettings)]
struct SettingsBody {
    /// Where to; it has to begin with `https://`.
    #[schema(max_length = 500)]
    url: String,
    /// The names of the facts to be sent; all of them, also those of later releases, if left out.
    #[serde(default)]
    types: Option<Vec<String>>,
    /// One that is switched on again is sent what is recorded from then on.
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeliveriesQuery {
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// The address and the names in a request, or everything that is wrong with them.
fn parse(app: &App, url: &str, types: Option<Vec<String>>) -> Result<(url::Url, Wanted), Problem> {
    let mut wrong = Wrong::default();
    let url = app.reach.parse(url).map_err(|error| (address_code(error), error));
    let url = match url {
        Ok(url) => Some(url),
        Err((code, error)) => wrong.take::<url::Url, _>("/url", code, Err(error)),
    };
    let wanted = match types.map_or(Ok(Wanted::All), Wanted::only) {
        Ok(wanted) => Some(wanted),
        Err(Some(unknown)) => {
            wrong.note("/types", "unknown-type", format!("no fact is called {unknown}"));
            None
        }
        Err(None) => {
            wrong.note("/types", "unknown-type", "name at least one fact, or leave this out for all");
            None
        }
    };
    match (url, wanted) {
        (Some(url), Some(wanted)) => Ok((url, wanted)),
        _ => Err(wrong.problem()),
    }
}

fn address_code(error: BadAddress) -> &'static str {
    match error {
        BadAddress::NotAnAddress => "invalid-url",
        BadAddress::NotHttps => "not-https",
        BadAddress::Private => "private-address",
    }
}

async fn endpoint(app: &App, branch: BranchId, id: Uuid) -> Result<Endpoint, Problem> {
    api::branch(app, branch).await?;
    app.endpoints.find(branch, id).await?.ok_or_else(not_found)
}

/// The endpoint as the request saw it.
async fn seen(app: &App, headers: &HeaderMap, branch: BranchId, id: Uuid) -> Result<Endpoint, Problem> {
    let endpoint = endpoint(app, branch, id).await?;
    if if_match(headers)? == endpoint.version { Ok(endpoint) } else { Err(stale()) }
}

fn not_found() -> Problem {
    Problem::not_found("webhook")
}

fn stale() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, "stale", "this webhook was changed meanwhile")
}

fn answer(status: StatusCode, endpoint: &Endpoint, body: impl Serialize) -> Response {
    (status, [(header::ETAG, etag(endpoint.version))], axum::Json(body)).into_response()
}

/// The webhooks of a branch.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/webhooks",
    operation_id = "list_webhooks",
    tag = "integrations",
    params(("branch" = Uuid, Path)),
    responses((status = 200, body = WebhookList), Reading)
)]
async fn list_webhooks(
    State(app): State<App>,
    Ids(branch): Ids<BranchId>,
) -> Result<axum::Json<WebhookList>, Problem> {
    api::branch(&app, branch).await?;
    let items = app.endpoints.of_branch(branch).await?.iter().map(WebhookView::from).collect();
    Ok(axum::Json(WebhookList { items }))
}

/// Creates a webhook. It is sent every fact that is recorded after the answer; its secret is told only in this answer.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/webhooks",
    operation_id = "create_webhook",
    tag = "integrations",
    params(("branch" = Uuid, Path)),
    request_body = SettingsBody,
    responses((status = 201, body = WebhookWithSecret), Asking)
)]
async fn create_webhook(
    State(app): State<App>,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<SettingsBody>,
) -> Result<Response, Problem> {
    api::branch(&app, branch).await?;
    let (url, wanted) = parse(&app, &body.url, body.types)?;
    let made = app.endpoints.make(branch, url, wanted, app.clock.now()).await?;
    let (mut endpoint, secret) = made.map_err(|error| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-webhooks", error.to_string())
    })?;
    if !body.active {
        let off = Endpoint { standing: Standing::Off, ..endpoint.clone() };
        endpoint = app.endpoints.change(&endpoint, off, app.clock.now()).await?.ok_or_else(stale)?;
    }
    let told = WebhookWithSecret { webhook: (&endpoint).into(), secret: secret.told() };
    Ok(answer(StatusCode::CREATED, &endpoint, told))
}

/// One webhook, with its version for `If-Match`.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/webhooks/{webhook}",
    operation_id = "get_webhook",
    tag = "integrations",
    params(("branch" = Uuid, Path), ("webhook" = Uuid, Path)),
    responses((status = 200, body = WebhookView), Reading)
)]
async fn get_webhook(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, Uuid)>,
) -> Result<Response, Problem> {
    let endpoint = endpoint(&app, branch, id).await?;
    Ok(answer(StatusCode::OK, &endpoint, WebhookView::from(&endpoint)))
}

/// Sets a webhook up anew, switches it off, or on again.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/webhooks/{webhook}",
    operation_id = "change_webhook",
    tag = "integrations",
    params(("branch" = Uuid, Path), ("webhook" = Uuid, Path), Based),
    request_body = SettingsBody,
    responses((status = 200, body = WebhookView), Changing)
)]
async fn change_webhook(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, Uuid)>,
    headers: HeaderMap,
    Json(body): Json<SettingsBody>,
) -> Result<Response, Problem> {
    let was = seen(&app, &headers, branch, id).await?;
    let (url, wanted) = parse(&app, &body.url, body.types)?;
    let standing = if body.active { Standing::On } else { Standing::Off };
    let next = Endpoint { url, wanted, standing, ..was.clone() };
    let next = app.endpoints.change(&was, next, app.clock.now()).await?.ok_or_else(stale)?;
    Ok(answer(StatusCode::OK, &next, WebhookView::from(&next)))
}

/// Takes a webhook away, with everything that was waiting for it.
#[utoipa::path(
    delete,
    path = "/api/v1/branches/{branch}/webhooks/{webhook}",
    operation_id = "delete_webhook",
    tag = "integrations",
    params(("branch" = Uuid, Path), ("webhook" = Uuid, Path), Based),
    responses((status = 204), Changing)
)]
async fn delete_webhook(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, Uuid)>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let was = seen(&app, &headers, branch, id).await?;
    if !app.endpoints.remove(&was).await? {
        return Err(stale());
    }
    app.deliveries.forget_queue(branch, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a webhook another secret. For 24 hours, everything is signed with the old one as well.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/webhooks/{webhook}/secret",
    operation_id = "rotate_webhook_secret",
    tag = "integrations",
    params(("branch" = Uuid, Path), ("webhook" = Uuid, Path), Based),
    responses((status = 200, body = WebhookWithSecret), Changing)
)]
async fn rotate_webhook_secret(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, Uuid)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let was = seen(&app, &headers, branch, id).await?;
    let (next, secret) = app.endpoints.rotate(&was, app.clock.now()).await?.ok_or_else(stale)?;
    let told = WebhookWithSecret { webhook: (&next).into(), secret: secret.told() };
    Ok(answer(StatusCode::OK, &next, told))
}

/// Sends a test event, also to a webhook that is switched off. What becomes of it, the deliveries tell.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/webhooks/{webhook}/test",
    operation_id = "test_webhook",
    tag = "integrations",
    params(("branch" = Uuid, Path), ("webhook" = Uuid, Path)),
    responses((status = 202, body = DeliveryView), Reading)
)]
async fn test_webhook(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, Uuid)>,
) -> Result<Response, Problem> {
    let endpoint = endpoint(&app, branch, id).await?;
    let delivery = test(&app, &endpoint).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(DeliveryView::of(&delivery, vec![]))).into_response())
}

/// Has a test event sent.
pub(crate) async fn test(app: &App, endpoint: &Endpoint) -> Result<Delivery, Problem> {
    let (branch, id) = ((endpoint.branch, Uuid::now_v7()), endpoint.id);
    let delivery = Delivery::new(branch, (FOLLOWER, id), (TEST, id), 0, app.clock.now());
    app.deliveries.add(&delivery).await?;
    app.wake.to_deliver();
    Ok(delivery)
}

/// What was sent to a webhook within the last 30 days, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/webhooks/{webhook}/deliveries",
    operation_id = "list_webhook_deliveries",
    tag = "integrations",
    params(("branch" = Uuid, Path), ("webhook" = Uuid, Path), DeliveriesQuery),
    responses((status = 200, body = Page<DeliveryView>), Reading)
)]
async fn list_webhook_deliveries(
    State(app): State<App>,
    Ids((branch, id)): Ids<(BranchId, Uuid)>,
    Query(query): Query<DeliveriesQuery>,
    request: Uri,
) -> Result<Response, Problem> {
    endpoint(&app, branch, id).await?;
    let limit = Limit::parse(query.limit)?;
    let after = query.cursor.as_deref().map(paging::parse).transpose()?;
    let after = after.map(|cursor| (from_micros(cursor.starts_at), cursor.id));
    let mut found = app.deliveries.of_queue(branch, id, after, limit.and_one()).await?;
    let place = |delivery: &Delivery| Cursor { starts_at: micros(delivery.made_at), id: delivery.id };
    let next = limit.cut(&mut found, place);
    let mut attempts = app.deliveries.attempts(branch, &found).await?;
    let view =
        |delivery: &Delivery| DeliveryView::of(delivery, attempts.remove(&delivery.id).unwrap_or_default());
    let items = found.iter().map(view).collect();
    Ok(Page::new(items, next).answer(&request))
}

/// Sends something once more, under the id that it had.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/webhooks/{webhook}/deliveries/{delivery}/redelivery",
    operation_id = "redeliver_webhook",
    tag = "integrations",
    params(("branch" = Uuid, Path), ("webhook" = Uuid, Path), ("delivery" = Uuid, Path)),
    responses((status = 202, body = DeliveryView), Asking)
)]
async fn redeliver_webhook(
    State(app): State<App>,
    Ids((branch, id, delivery)): Ids<(BranchId, Uuid, Uuid)>,
) -> Result<Response, Problem> {
    endpoint(&app, branch, id).await?;
    let delivery = redeliver(&app, branch, id, delivery).await?;
    let mut attempts = app.deliveries.attempts(branch, std::slice::from_ref(&delivery)).await?;
    let attempts = attempts.remove(&delivery.id).unwrap_or_default();
    Ok((StatusCode::ACCEPTED, axum::Json(DeliveryView::of(&delivery, attempts))).into_response())
}

/// Has a delivery of an endpoint sent once more, unless it is waiting anyway.
pub(crate) async fn redeliver(
    app: &App,
    branch: BranchId,
    endpoint: Uuid,
    delivery: Uuid,
) -> Result<Delivery, Problem> {
    let not_found = || Problem::not_found("delivery");
    let found = app.deliveries.find(branch, delivery).await?.ok_or_else(not_found)?;
    if found.queue != endpoint {
        return Err(not_found());
    }
    if found.state != DeliveryState::Waiting {
        app.deliveries.again(&found, app.clock.now()).await?;
        app.wake.to_deliver();
    }
    app.deliveries.find(branch, delivery).await?.ok_or_else(not_found)
}
