//! Cookies on their way in and out.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

/// What a browser sent under this name.
pub(super) fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = sent.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

/// Keeps a value for so long, below that path. Out of reach for scripts and other sites, and for https alone but on this
/// machine.
pub(super) fn keep(
    named: (String, String),
    path: &str,
    local: bool,
    for_seconds: i64,
) -> Option<HeaderValue> {
    let cookie = Cookie::build(named)
        .path(path)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(!local)
        .max_age(Duration::seconds(for_seconds));
    HeaderValue::from_str(&cookie.build().to_string()).ok()
}
