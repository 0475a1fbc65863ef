//! The code with which a client proves their telephone number before a confirmation.

use aggregates::ids::{BranchId, CartId};
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::confirmation::{Confirm, asked};
use crate::app::App;
use crate::capability::Kind;
use crate::codes::Purpose;
use crate::codes::rules::{LIFETIME, PAUSE};
use crate::web::api::asking::Client;
use crate::web::api::refusals::{Asking, TooOften};
use crate::web::extract::{Ids, Json};
use crate::web::html::accepted;
use crate::web::pages::form::Pairs;
use crate::web::problem::Problem;
use crate::web::shop::Shop;
use crate::web::turnstile::Turnstile;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(send_phone_code))
}

/// What became of a request for a code.
#[derive(Debug, Serialize, ToSchema)]
struct CodeSent {
    /// How long the code works.
    works_for_seconds: i64,
    /// How long to wait before another can be sent.
    again_in_seconds: i64,
}

/// Sends six digits as a text message to the number with which the cart is to be confirmed, where its link asks for them
/// (`phone_code` of the link). One code is for all events of the cart.
///
/// The body is that of the confirmation: a code is sent only if nothing else is missing. A new one makes the one before it
/// void, and can be had after 30 seconds; before that the answer is 429 `phone-code-sent-just-now` with `Retry-After`. A
/// number gets ten a day, then the answer is 429 `enough-phone-codes`.
#[utoipa::path(
    post,
    path = "/api/v1/branches/{branch}/carts/{cart}/confirmation/code",
    operation_id = "send_phone_code",
    tag = "widget",
    params(("branch" = Uuid, Path), ("cart" = Uuid, Path)),
    security(("token" = [])),
    request_body = Confirm,
    responses((status = 202, body = CodeSent), Asking, TooOften)
)]
async fn send_phone_code(
    client: Client,
    turnstile: Turnstile,
    Ids((branch, cart)): Ids<(BranchId, CartId)>,
    headers: HeaderMap,
    Json(body): Json<Confirm>,
) -> Result<(StatusCode, axum::Json<CodeSent>), Problem> {
    client.opens(branch, Kind::Cart, cart.0).await?;
    let app = client.app();
    let asked = asked(app, branch, body).await?;
    turnstile.code(app, &asked.contact.phone, Purpose::Confirm(cart))?;
    let row = app.cart(branch, cart).await?.ok_or_else(|| Problem::not_found("cart"))?;
    let shop = Shop::find(app, branch, row.link_id).await?;
    let mut liked = Pairs::parse(b"").accepting(accepted(&headers));
    liked.prefer(&shop.link.appearance);
    let text = shop.code_message(liked.language());
    app.send_code(client.caller(), branch, cart, &asked, text).await??;
    let (works_for_seconds, again_in_seconds) = (LIFETIME.num_seconds(), PAUSE.num_seconds());
    Ok((StatusCode::ACCEPTED, axum::Json(CodeSent { works_for_seconds, again_in_seconds })))
}
