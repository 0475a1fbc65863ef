//! Every route, and who may come in.

pub mod api;
mod doors;
pub mod extract;
pub mod problem;
pub(crate) mod shop;
pub(crate) mod wall;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::app::App;
pub use doors::Hosts;
use problem::Problem;

/// What clients and their widgets reach.
pub fn public(app: App, hosts: Hosts) -> Router {
    let routes = Router::new().merge(api::public()).merge(shared());
    doors::guarded(routes.with_state(app), hosts)
}

/// What staff reach, on a listener of its own.
pub fn staff(app: App, hosts: Hosts) -> Router {
    let routes = Router::new().merge(api::staff()).merge(shared());
    doors::guarded(routes.with_state(app), hosts)
}

fn shared() -> Router<App> {
    Router::new()
        .route("/api/v1/openapi.json", get(openapi))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .fallback(async || Problem::not_found("thing at this address"))
        .method_not_allowed_fallback(async || {
            let detail = "this address takes other methods";
            Problem::new(axum::http::StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
        })
        .layer(DefaultBodyLimit::max(extract::LARGEST_BODY))
}

async fn openapi() -> ([(axum::http::HeaderName, &'static str); 1], String) {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], api::openapi_json())
}

/// Ready to serve: the store can be asked.
async fn ready(axum::extract::State(app): axum::extract::State<App>) -> Result<&'static str, Problem> {
    app.ledger.branches().await?;
    Ok("ready\n")
}
