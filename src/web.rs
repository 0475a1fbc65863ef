//! Every route, and who may come in.

mod access;
mod account;
mod admin;
pub mod api;
mod assets;
pub(crate) mod calendar;
mod desk;
mod dev;
#[cfg(feature = "docs-ui")]
mod docs;
mod doors;
mod everything;
pub mod extract;
mod feeds;
mod file_form;
mod html;
mod jar;
mod live;
mod mine;
mod origin;
pub mod pages;
pub mod problem;
pub(crate) mod shop;
mod sorry;
mod staff;
mod turnstile;
pub(crate) mod wall;
mod widget;

use std::sync::LazyLock;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::app::App;
use access::Gate;
pub use access::{Listener, Row, TABLE, Who};
pub use admin::admin;
pub use doors::Hosts;
use problem::Problem;
pub use turnstile::Arrived;

/// What clients and their widgets reach.
pub fn public(app: App, hosts: Hosts) -> Router {
    let pages = widget::routes().merge(account::routes(&app)).merge(dev::routes(&app)).merge(feeds::routes());
    let routes = whole(api::public().merge(pages));
    doors::guarded(routes.with_state(app.clone()), Gate { app, listener: Listener::Public }, hosts)
}

/// What staff reach, on a listener of its own.
pub fn staff(app: App, hosts: Hosts) -> Router {
    let routes = whole(api::staff().merge(desk::routes()).merge(staff::routes()));
    doors::guarded(routes.with_state(app.clone()), Gate { app, listener: Listener::Staff }, hosts)
}

/// With what both listeners have in common. The limit of bodies and the answer to a wrong method concern the routes
/// that are there already, so they come last.
fn whole(routes: Router<App>) -> Router<App> {
    #[cfg(feature = "docs-ui")]
    let routes = routes.merge(docs::routes());
    routes
        .route("/api/v1/openapi.json", get(openapi))
        .merge(assets::routes())
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .fallback(async || Problem::not_found("thing at this address"))
        .method_not_allowed_fallback(async || {
            let detail = "this address takes other methods";
            Problem::new(axum::http::StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
        })
        .layer(DefaultBodyLimit::max(extract::LARGEST_BODY))
}

/// Written once: whoever asks often, or reads slowly, holds no copy of it.
async fn openapi() -> ([(axum::http::HeaderName, &'static str); 1], &'static str) {
    static DOCUMENT: LazyLock<String> = LazyLock::new(api::openapi_json);
    ([(axum::http::header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str())
}

/// Ready to serve: the store can be asked, and nothing in it was written by a newer release.
async fn ready(axum::extract::State(app): axum::extract::State<App>) -> Result<&'static str, Problem> {
    app.ready().await?;
    Ok("ready\n")
}
