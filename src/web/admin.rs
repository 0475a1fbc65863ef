//! What those who watch over the service ask, on a listener of its own: numbers, and whether it is there and ready.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::routing::get;

use super::{doors, ready};
use crate::app::App;
use crate::limits::connections::Connections;
use crate::telemetry;
use crate::web::Hosts;

/// The text format of Prometheus, version 0.0.4.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Numbers, and whether the service is there and ready.
pub fn admin(app: App, connections: Arc<Connections>, hosts: Hosts) -> Router {
    let numbers = async move |State(app): State<App>| {
        let now = telemetry::Now { connections: connections.served(), ..app.now() };
        ([(header::CONTENT_TYPE, TEXT)], telemetry::scrape(now))
    };
    let routes = Router::new()
        .route("/metrics", get(numbers))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .with_state(app);
    doors::named(routes, hosts)
}
