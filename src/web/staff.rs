//! Signing in as staff, the first password, which studio, and what somebody changes of their own sign-in.

pub(super) mod cookies;
mod invitation;
mod me;
mod sign_in;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use super::html::{Sorry, unframed};
use super::problem::Problem;
use crate::app::App;
use crate::staff::CannotTell;

/// Pages that belong to no studio.
pub(super) fn routes() -> Router<App> {
    let routes = Router::new()
        .route("/staff", get(sign_in::studios))
        .route("/staff/sign-in", get(sign_in::look).post(sign_in::take_password))
        .route("/staff/code", get(sign_in::ask_code).post(sign_in::take_code))
        .route("/staff/sign-out", post(sign_in::sign_out))
        .route("/staff/invitation/{invitation}", get(invitation::look).post(invitation::accept))
        .route("/staff/me", get(me::look))
        .route("/staff/me/password", post(me::set_password))
        .route("/staff/me/second-factor", post(me::set_second_factor))
        .route("/staff/me/sessions", post(me::end_sessions));
    // What a signed-out browser still had could be read with *Back*.
    let unkept = HeaderValue::from_static("no-store");
    unframed(routes.layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, unkept)))
}

impl From<CannotTell> for Sorry {
    fn from(why: CannotTell) -> Self {
        match why {
            CannotTell::Busy => Self::later("busy", 5, "too many passwords are being looked at"),
            CannotTell::Store(error) => Problem::from(error),
        }
    }
}

fn with_cookie(mut answer: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// What a browser calls itself.
fn device(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default()
}
