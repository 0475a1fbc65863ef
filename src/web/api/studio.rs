//! What staff set: the branch and its rules, services, team, booking links, memberships.

mod branch;
mod links;
mod looks;
mod memberships;
mod rules;
mod saves;
mod services;
mod team;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::web::extract::etag;

pub(super) fn routes() -> OpenApiRouter<App> {
    branch::routes()
        .merge(rules::routes())
        .merge(services::routes())
        .merge(team::routes())
        .merge(memberships::routes())
        .merge(links::routes())
        .merge(looks::routes())
        .merge(saves::routes())
}

fn with_etag(version: u64, body: impl Serialize) -> Response {
    ([(header::ETAG, etag(version))], axum::Json(body)).into_response()
}
