//! Under which address we are reached, as far as a request tells.
//!
//! Beyond this machine it is https: a proxy that ends TLS leaves no trace of it, headers that say so are as good as
//! whoever sends them, and a flag would be forgotten.

use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};

use crate::app::App;

fn host(headers: &HeaderMap) -> Option<Authority> {
    headers.get(header::HOST)?.to_str().ok()?.parse().ok()
}

/// Whether the request came to this machine by one of its own names.
pub(super) fn is_local(headers: &HeaderMap) -> bool {
    host(headers).is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host.host()))
}

/// The address by which this request came.
pub(super) fn here(headers: &HeaderMap) -> String {
    let scheme = if is_local(headers) { "http" } else { "https" };
    host(headers).map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

/// Where clients reach us, as whoever runs the service said, or else the request; nothing if neither does.
pub(super) fn origin(app: &App, headers: &HeaderMap) -> String {
    app.public_url.clone().unwrap_or_else(|| here(headers))
}
