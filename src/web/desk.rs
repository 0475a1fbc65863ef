//! Pages for staff: the journal, and the settings that the widget obeys.

mod audit;
mod journal;
mod settings;

use aggregates::branch::Branch;
use aggregates::ids::BranchId;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use self::settings::{catalogue, import, link, links, people, preview, rules, team, tokens, webhooks};
use super::file_form::LARGEST_FORM;
use super::html::{OrSorry, Sorry, unframed};
use super::live;
use super::pages::form::Pairs;
use super::pages::shell::{Along, StaffShell};
use crate::app::App;

/// Pages that staff see.
pub(super) fn routes() -> Router<App> {
    let uploads = post(import::upload).layer(DefaultBodyLimit::max(LARGEST_FORM));
    unframed(
        Router::new()
            .route("/journal/{branch}", get(journal::day::look))
            .route("/journal/{branch}/search", get(journal::search::back).post(journal::search::search))
            .route("/journal/{branch}/print", get(journal::paper::print))
            .route("/journal/{branch}/book", get(journal::book::look).post(journal::book::book))
            .route("/journal/{branch}/clients/{client}", get(journal::client::look))
            .route("/journal/{branch}/clients/{client}/memberships", post(journal::client::grant))
            .route("/journal/{branch}/clients/{client}/export", post(journal::erase::export))
            .route(
                "/journal/{branch}/clients/{client}/links",
                get(journal::links::ask).post(journal::links::end),
            )
            .route(
                "/journal/{branch}/clients/{client}/erase",
                get(journal::erase::ask).post(journal::erase::erase),
            )
            .route("/journal/{branch}/live", get(live::of_branch))
            .route("/journal/{branch}/events/{event}", get(journal::event::look))
            .route("/journal/{branch}/events/{event}/online", post(journal::event::online))
            .route("/journal/{branch}/events/{event}/history", get(journal::history::look))
            .route(
                "/journal/{branch}/events/{event}/{change}",
                get(journal::changes::ask).post(journal::changes::make),
            )
            .route(
                "/journal/{branch}/appointments/{appointment}/{change}",
                get(journal::appointment::ask).post(journal::appointment::make),
            )
            .route("/audit/{branch}", get(audit::look))
            .route("/audit/{branch}/refusals", get(audit::refusals))
            .route("/settings/{branch}/links", get(links::look).post(links::create))
            .route("/settings/{branch}/links/{link}", get(link::look).post(link::save))
            .route("/settings/{branch}/links/{link}/preview", get(preview::look))
            .route("/settings/{branch}/catalogue", get(catalogue::look).post(catalogue::save))
            .route("/settings/{branch}/team", get(team::look).post(team::save))
            .route("/settings/{branch}/team/{member}/feed", post(team::renew_feed))
            .route("/settings/{branch}/import", get(import::look).merge(uploads))
            .route("/settings/{branch}/import/{upload}", get(import::see).post(import::import))
            .route("/settings/{branch}/webhooks", get(webhooks::look).post(webhooks::add))
            .route(
                "/settings/{branch}/webhooks/{webhook}",
                get(webhooks::one::look).post(webhooks::one::save),
            )
            .route("/settings/{branch}/webhooks/{webhook}/secret", post(webhooks::one::renew_secret))
            .route("/settings/{branch}/webhooks/{webhook}/test", post(webhooks::one::test))
            .route(
                "/settings/{branch}/webhooks/{webhook}/delete",
                get(webhooks::one::ask_to_delete).post(webhooks::one::delete),
            )
            .route(
                "/settings/{branch}/webhooks/{webhook}/deliveries/{delivery}",
                post(webhooks::one::send_again),
            )
            .route("/settings/{branch}/rules", get(rules::look).post(rules::save))
            .route("/settings/{branch}/staff", get(people::look).post(people::save))
            .route("/settings/{branch}/tokens", get(tokens::look).post(tokens::save)),
    )
}

async fn branch(app: &App, id: BranchId, pairs: &Pairs) -> Result<(Branch, u64, StaffShell), Sorry> {
    let row = app.branch(id).await.or_sorry()?.or_sorry()?;
    let name = row.branch.details().map_or_else(String::new, |details| details.name.to_string());
    let (language, along) = (pairs.language(), Along::parse(pairs));
    let public = app.public_url.clone();
    Ok((
        row.branch,
        row.version,
        StaffShell { branch_name: name, branch: id, language, along, public, you: pairs.you().clone() },
    ))
}
