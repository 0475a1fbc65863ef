//! The private addresses of a client, ended: for whoever lost a telephone, or passed a message on.

use aggregates::appointment::By;
use aggregates::ids::{BranchId, ClientId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::Desk;
use crate::app::App;
use crate::command::Command;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::journal::ChangePage;
use crate::web::pages::urls;

/// Asks.
pub(in crate::web::desk) async fn ask(
    State(app): State<App>,
    Ids((branch_id, client)): Ids<(BranchId, ClientId)>,
    Asked(pairs): Asked,
) -> Answer {
    let desk = Desk::open(&app, branch_id, &pairs).await?;
    Ok(Page(StatusCode::OK, page(&app, desk, client).await?).into_response())
}

/// *End private addresses*.
pub(in crate::web::desk) async fn end(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, client)): Ids<(BranchId, ClientId)>,
    Form(pairs): Form,
) -> Answer {
    let desk = Desk::open(&app, branch_id, &pairs).await?;
    let mut page = page(&app, desk, client).await?;
    let command = Command::EndLinks { client, by: By::Staff };
    let Err(refusal) = super::ask(&app, &visit, branch_id, command, None).await? else {
        let ended = urls::journal_client(branch_id, client).with("done", "links-ended");
        return Ok(see_other(&ended.along(&page.shell.along)));
    };
    let (status, why) = super::refused(page.shell.language, &refusal);
    page.problems.add_general(why);
    Ok(Page(status, page).into_response())
}

async fn page(app: &App, desk: Desk, client: ClientId) -> Result<ChangePage, Sorry> {
    let people = app.vault.people(desk.branch_id, [client]).await.or_sorry()?;
    let (_, person) = people.into_iter().next().or_sorry()?;
    let here = urls::journal_client(desk.branch_id, client);
    let shell = desk.shell;
    Ok(ChangePage {
        heading: shell.say("end-links"),
        of: person.name.to_string(),
        back: here.clone().along(&shell.along),
        action: here.below("links"),
        version: 0,
        fields: vec![],
        notes: vec![shell.say("end-links-what"), shell.say("end-links-then")],
        affected: None,
        button: shell.say("end-links"),
        anyway: None,
        keep: shell.say("end-links-keep"),
        stale: None,
        problems: Problems::default(),
        shell,
    })
}
