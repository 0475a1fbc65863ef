//! Webhooks: the list, and *Add webhook*.

pub(in crate::web::desk) mod one;

use aggregates::ids::BranchId;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::branch;
use crate::app::App;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, see_other};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::staff::webhooks::{WebhookLine, WebhooksPage};
use crate::web::pages::urls;
use crate::web::widget::calendar;
use crate::webhooks::{TooMany, Wanted};

pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    list(&app, branch_id, &pairs, Problems::default()).await
}

async fn list(app: &App, branch_id: BranchId, pairs: &Pairs, problems: Problems) -> Answer {
    let (branch, _, shell) = branch(app, branch_id, pairs).await?;
    let calendar = calendar(&branch, &app.clock, shell.language);
    let endpoints = app.endpoints.of_branch(branch_id).await.or_sorry()?;
    let lines = endpoints.iter().map(|endpoint| WebhookLine {
        webhook: endpoint.id,
        url: endpoint.url.to_string(),
        wanted: shell.language.wanted(&endpoint.wanted),
        standing: calendar.standing(endpoint),
    });
    let done = (pairs.last("done") == Some("delete")).then(|| shell.say("webhook-deleted"));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = WebhooksPage { webhooks: lines.collect(), url: pairs.text("url"), done, problems, shell };
    Ok(Page(status, page).into_response())
}

/// *Add webhook*: it is sent everything, until somebody chooses less.
pub(in crate::web::desk) async fn add(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Form(pairs): Form,
) -> Answer {
    let (_, _, shell) = branch(&app, branch_id, &pairs).await?;
    let mut problems = Problems::default();
    match app.reach.parse(&pairs.text("url")) {
        Err(error) => problems.add(shell.language.bad_address(error), "url"),
        Ok(url) => match app.endpoints.make(branch_id, url, Wanted::All, app.clock.now()).await.or_sorry()? {
            Err(TooMany) => problems.add_general(shell.say("webhook-too-many")),
            Ok((endpoint, _)) => {
                return Ok(see_other(&urls::webhook(branch_id, endpoint.id).along(&Along::parse(&pairs))));
            }
        },
    }
    list(&app, branch_id, &pairs, problems).await
}
