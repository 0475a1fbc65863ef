//! A cart from its opening to its confirmation.

mod confirmation;

use aggregates::cart::Pick;
use aggregates::ids::{ActivityId, BranchId, CartId, LinkId};
use aggregates::values::Spots;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::events::Offer;
use super::views::Cart;
use crate::app::App;
use crate::capability::Kind;
use crate::command::Command;
use crate::web::extract::{ByClient, Ids, Json, Wrong, check_token};
use crate::web::problem::{Body, Problem};
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
}

/// A ticked box.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PickBody {
    activity_id: Uuid,
    /// Spots in this event; if left out, it keeps what it has, at first one.
    #[schema(minimum = 1, maximum = 255)]
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

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Selection {
    /// Everything that is selected from now on.
    #[schema(max_items = 10)]
    events: Vec<PickBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetSpots {
    #[schema(minimum = 1, maximum = 255)]
    spots: u32,
}

fn picks(wrong: &mut Wrong, events: &[PickBody]) -> Vec<Pick> {
    const MOST: usize = 100;
    if MOST < events.len() {
        wrong.note("/events", "too-many", format!("a request names up to {MOST} events"));
        return vec![];
    }
    let pick = |(place, event): (usize, &PickBody)| {
        let spots = event.spots.map(|spots| wrong.number::<Spots>(&format!("/events/{place}/spots"), spots));
        Pick { activity: ActivityId(event.activity_id), spots: spots.flatten() }
    };
    events.iter().enumerate().map(pick).collect()
}

async fn view(app: &App, branch: BranchId, cart: CartId) -> Result<Cart, Problem> {
    let row = app.cart(branch, cart).await?.ok_or_else(|| Problem::not_found("cart"))?;
    let shop = Shop::find(app, branch, row.link_id).await?;
    let events = app.activities(branch, row.selected.iter().map(|it| it.activity_id)).await?;
    Ok(Cart::new(&shop.branch, &shop.link, &row, &events, app.clock.now()))
}

/// Opens a cart. It costs no capacity, and ends by itself after 24 hours.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/carts",
    operation_id = "open_cart",
    tag = "widget",
    params(("branch" = Uuid, Path)),
    request_body = OpenCart,
    responses(
        (status = 201, body = OpenedCart),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 422, body = Body)
    )
)]
async fn open_cart(
    State(app): State<App>,
    ByClient(caller): ByClient,
    Ids(branch): Ids<Uuid>,
    Json(body): Json<OpenCart>,
) -> Result<impl IntoResponse, Problem> {
    let branch = BranchId(branch);
    let mut wrong = Wrong::default();
    let picks = picks(&mut wrong, &body.events);
    wrong.check()?;
    let opened = app.open_cart(&caller, branch, LinkId(body.link_id), picks).await?;
    let location = format!("/api/v1/branches/{branch}/carts/{}", opened.cart);
    let cart = view(&app, branch, opened.cart).await?;
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
    responses((status = 200, body = Cart), (status = 404, body = Body))
)]
async fn get_cart(
    State(app): State<App>,
    headers: HeaderMap,
    Ids((branch, cart)): Ids<(Uuid, Uuid)>,
) -> Result<axum::Json<Cart>, Problem> {
    check_token(&app, &headers, BranchId(branch), Kind::Cart, cart).await?;
    Ok(axum::Json(view(&app, BranchId(branch), CartId(cart)).await?))
}

/// What *Book another* offers beside the first selected event of a cart.
#[utoipa::path(
    get,
    path = "/api/v1/branches/{branch}/carts/{cart}/offer",
    operation_id = "get_cart_offer",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path)),
    security(("token" = [])),
    responses((status = 200, body = Offer), (status = 404, body = Body), (status = 422, body = Body))
)]
async fn get_cart_offer(
    State(app): State<App>,
    headers: HeaderMap,
    Ids((branch, cart)): Ids<(Uuid, Uuid)>,
) -> Result<axum::Json<Offer>, Problem> {
    let branch = BranchId(branch);
    check_token(&app, &headers, branch, Kind::Cart, cart).await?;
    let row = app.cart(branch, CartId(cart)).await?.ok_or_else(|| Problem::not_found("cart"))?;
    let shop = Shop::find(&app, branch, row.link_id).await?;
    let events = app.activities(branch, row.selected.iter().map(|it| it.activity_id)).await?;
    let first = events.first().ok_or(aggregates::cart::CartRefusal::NothingSelected)?;
    Ok(axum::Json(Offer::beside(&app, &shop, first, &events, Spots::ONE, None).await?))
}

/// Makes the selection exactly these events.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/carts/{cart}/selection",
    operation_id = "select_events",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path)),
    security(("token" = [])),
    request_body = Selection,
    responses(
        (status = 200, body = Cart),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 409, body = Body),
        (status = 422, body = Body)
    )
)]
async fn select_events(
    State(app): State<App>,
    ByClient(caller): ByClient,
    headers: HeaderMap,
    Ids((branch, cart)): Ids<(Uuid, Uuid)>,
    Json(body): Json<Selection>,
) -> Result<axum::Json<Cart>, Problem> {
    let (branch, cart) = (BranchId(branch), CartId(cart));
    check_token(&app, &headers, branch, Kind::Cart, cart.0).await?;
    let mut wrong = Wrong::default();
    let picks = picks(&mut wrong, &body.events);
    wrong.check()?;
    app.ask(app.envelope(&caller, branch, Command::SelectEvents { cart, picks })).await?;
    Ok(axum::Json(view(&app, branch, cart).await?))
}

/// Sets how many spots of one selected event are taken.
#[utoipa::path(
    put,
    path = "/api/v1/branches/{branch}/carts/{cart}/activities/{activity}/spots",
    operation_id = "set_spots",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path), ("activity" = Uuid, Path)),
    security(("token" = [])),
    request_body = SetSpots,
    responses(
        (status = 200, body = Cart),
        (status = 400, body = Body),
        (status = 404, body = Body),
        (status = 409, body = Body),
        (status = 422, body = Body)
    )
)]
async fn set_spots(
    State(app): State<App>,
    ByClient(caller): ByClient,
    headers: HeaderMap,
    Ids((branch, cart, activity)): Ids<(Uuid, Uuid, Uuid)>,
    Json(body): Json<SetSpots>,
) -> Result<axum::Json<Cart>, Problem> {
    let (branch, cart) = (BranchId(branch), CartId(cart));
    check_token(&app, &headers, branch, Kind::Cart, cart.0).await?;
    let mut wrong = Wrong::default();
    let Some(spots) = wrong.number("/spots", body.spots) else { return Err(wrong.problem()) };
    let command = Command::SetSpots { cart, activity: ActivityId(activity), spots };
    app.ask(app.envelope(&caller, branch, command)).await?;
    Ok(axum::Json(view(&app, branch, cart).await?))
}
