//! A cart from its opening to its confirmation.

mod confirmation;
mod phone_code;

use aggregates::cart::Pick;
use aggregates::ids::{ActivityId, BranchId, CartId, LinkId};
use aggregates::values::Spots;
use async_trait::async_trait;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use projections::availability::AvailabilityRow;
use projections::branches::BranchRow;
use projections::carts::CartRow;
use projections::links::LinkRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::asking::{Client, Retry, View, see};
use super::events::Offer;
use super::views::Cart;
use crate::app::App;
use crate::capability::Kind;
use crate::command::Command;
use crate::ledger::StoreError;
use crate::read_models::Rows;
use crate::web::api::refusals::{Asking, Empty, Reading};
use crate::web::api::whole::{whole, whole_or_none};
use crate::web::extract::{ByClient, Ids, Json, Wrong};
use crate::web::problem::Problem;
use crate::web::shop::Shop;
pub(crate) use confirmation::parse_contact;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(open_cart))
        .routes(routes!(get_cart))
        .routes(routes!(get_cart_offer))
        .routes(routes!(select_events))
        .routes(routes!(set_spots))
        .merge(confirmation::routes())
        .merge(phone_code::routes())
}

/// A ticked box.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PickBody {
    activity_id: Uuid,
    /// Spots in this event; if left out, it keeps what it has, at first one.
    #[schema(minimum = 1, maximum = 255)]
    #[serde(default, deserialize_with = "whole_or_none")]
    spots: Option<u32>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenCart {
    link_id: Uuid,
    /// What is selected at first.
    #[serde(default)]
    #[schema(max_items = 10)]
    events: Vec<PickBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct OpenedCart {
    #[serde(flatten)]
    cart: Cart,
    /// Opens this cart: send it as `Authorization: Bearer`. It is not shown again.
    token: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Selection {
    /// Everything that is selected from now on.
    #[schema(max_items = 10)]
    events: Vec<PickBody>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetSpots {
    #[schema(minimum = 1, maximum = 255)]
    #[serde(deserialize_with = "whole")]
    spots: u32,
}

fn picks(wrong: &mut Wrong, events: &[PickBody]) -> Vec<Pick> {
    const MOST: usize = 100;
    if MOST < events.len() {
        wrong.note("/events", "too-many", format!("a request names up to {MOST} events"));
        return vec![];
    }
    // The rules count a box once. Of two in a request nobody could tell whose spots are meant.
    for (place, event) in events.iter().enumerate() {
        if events.iter().take(place).any(|before| before.activity_id == event.activity_id) {
            let detail = "a selection names each event once";
            wrong.note(&format!("/events/{place}/activity_id"), "named-twice", detail);
        }
    }
    let pick = |(place, event): (usize, &PickBody)| {
        let spots = event.spots.map(|spots| wrong.number::<Spots>(&format!("/events/{place}/spots"), spots));
        Pick { activity: ActivityId(event.activity_id), spots: spots.flatten() }
    };
    events.iter().enumerate().map(pick).collect()
}

/// A cart as it is.
#[derive(Debug)]
struct OneCart(BranchId, CartId);

#[async_trait]
impl View for OneCart {
    const WHAT: &'static str = "cart";
    type Body = Cart;

    async fn see(&self, rows: &Rows<'_>, at: DateTime<Utc>) -> Result<Option<(Cart, u64)>, StoreError> {
        let Some(row) = rows.one::<CartRow>(self.1.0).await? else { return Ok(None) };
        let (branch, link) =
            (rows.one::<BranchRow>(self.0.0).await?, rows.one::<LinkRow>(row.link_id.0).await?);
        let mut events = rows.all::<AvailabilityRow>(row.selected.iter().map(|it| it.activity_id.0)).await?;
        events.sort_by_key(|event| (event.vacancy.plan.starts_at, event.activity_id));
        let (Some(branch), Some(link)) = (branch, link) else { return Ok(None) };
        let Some(link) = link.settled() else { return Ok(None) };
        Ok(Some((Cart::new(&branch.branch, link, &row, &events, at), row.version)))
    }
}

/// Opens a cart. It costs no capacity, and ends by itself after 24 hours.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/carts",
    operation_id = "open_cart",
    tag = "widget",
    params(("branch" = Uuid, Path)),
    request_body = OpenCart,
    responses((status = 201, body = OpenedCart), Asking)
)]
async fn open_cart(
    State(app): State<App>,
    ByClient(caller): ByClient,
    Ids(branch): Ids<BranchId>,
    Json(body): Json<OpenCart>,
) -> Result<impl IntoResponse, Problem> {
    let mut wrong = Wrong::default();
    let picks = picks(&mut wrong, &body.events);
    wrong.check()?;
    let opened = app.open_cart(&caller, branch, LinkId(body.link_id), picks).await?;
    let location = format!("/api/v1/branches/{branch}/carts/{}", opened.cart);
    let seen = OneCart(branch, opened.cart).see(&app.rows_of(branch), app.clock.now()).await?;
    let (cart, _) = seen.ok_or_else(|| Problem::not_found("cart"))?;
    let body = OpenedCart { cart, token: opened.token.to_string() };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], axum::Json(body)))
}

/// A cart with everything that is selected.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/carts/{cart}",
    operation_id = "get_cart",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Cart), Reading)
)]
async fn get_cart(client: Client, Ids((branch, cart)): Ids<(BranchId, CartId)>) -> Result<Response, Problem> {
    client.opens(branch, Kind::Cart, cart.0).await?;
    see(client.app(), branch, OneCart(branch, cart)).await
}

/// What *Book another* offers beside the first selected event of a cart.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/carts/{cart}/offer",
    operation_id = "get_cart_offer",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Offer), Reading, Empty)
)]
async fn get_cart_offer(
    client: Client,
    Ids((branch, cart)): Ids<(BranchId, CartId)>,
) -> Result<axum::Json<Offer>, Problem> {
    client.opens(branch, Kind::Cart, cart.0).await?;
    let app = client.app();
    let row = app.cart(branch, cart).await?.ok_or_else(|| Problem::not_found("cart"))?;
    let shop = Shop::find(app, branch, row.link_id).await?;
    let events = app.activities(branch, row.selected.iter().map(|it| it.activity_id)).await?;
    let first = events.first().ok_or(aggregates::cart::CartRefusal::NothingSelected)?;
    Ok(axum::Json(Offer::beside(app, &shop, first, &events, Spots::ONE, None).await?))
}

/// Makes the selection exactly these events.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/carts/{cart}/selection",
    operation_id = "select_events",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path), Retry),
    security(("token" = [])),
    request_body = Selection,
    responses((status = 200, body = Cart), Asking)
)]
async fn select_events(
    client: Client,
    Ids((branch, cart)): Ids<(BranchId, CartId)>,
    Json(body): Json<Selection>,
) -> Result<Response, Problem> {
    client.opens(branch, Kind::Cart, cart.0).await?;
    let mut wrong = Wrong::default();
    let picks = picks(&mut wrong, &body.events);
    wrong.check()?;
    let command = Command::SelectEvents { cart, picks };
    client.change(branch, cart.0, command, &body, OneCart(branch, cart)).await
}

/// Sets how many spots of one selected event are taken.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/carts/{cart}/activities/{activity}/spots",
    operation_id = "set_spots",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path), ("activity" = Uuid, Path), Retry),
    security(("token" = [])),
    request_body = SetSpots,
    responses((status = 200, body = Cart), Asking)
)]
async fn set_spots(
    client: Client,
    Ids((branch, cart, activity)): Ids<(BranchId, CartId, ActivityId)>,
    Json(body): Json<SetSpots>,
) -> Result<Response, Problem> {
    client.opens(branch, Kind::Cart, cart.0).await?;
    let mut wrong = Wrong::default();
    let Some(spots) = wrong.number("/spots", body.spots) else { return Err(wrong.problem()) };
    let command = Command::SetSpots { cart, activity, spots };
    client.change(branch, cart.0, command, &body, OneCart(branch, cart)).await
}
