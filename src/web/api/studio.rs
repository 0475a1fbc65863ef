//! What staff set: the branch and its rules, services, team, booking links, memberships.

mod branch;
mod links;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    branch::routes().merge(links::routes())
}
