//! Looking for a person. It is a POST, since addresses hold no names.

use aggregates::ids::BranchId;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use uuid::Uuid;

use super::Desk;
use crate::app::App;
use crate::app::searching::{Found, Wanted};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, see_other};
use crate::web::pages::shell::Along;
use crate::web::pages::staff::journal::SearchPage;
use crate::web::pages::urls;

/// Whoever reloads a search by its address is back in the journal.
pub(in crate::web::desk) async fn back(Ids(branch_id): Ids<Uuid>, Asked(pairs): Asked) -> Answer {
    Ok(see_other(&urls::journal(BranchId(branch_id)).along(&Along::parse(&pairs))))
}

/// What there is under a name or a number.
pub(in crate::web::desk) async fn search(
    State(app): State<App>,
    Ids(branch_id): Ids<Uuid>,
    Form(pairs): Form,
) -> Answer {
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let wanted = pairs.text("q");
    let found = match Wanted::parse(&wanted, desk.country()) {
        Some(wanted) => app.search(desk.branch_id, &wanted).await.or_sorry()?,
        None => Found::default(),
    };
    let hits = found.hits.iter().map(|(row, person)| desk.hit(row, Some(person)));
    let page = SearchPage { hits: hits.collect(), wanted, more: found.more, shell: desk.shell };
    Ok(Page(StatusCode::OK, page).into_response())
}
