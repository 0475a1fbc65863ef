//! What is known of a client: handed over, or erased. Both are recorded, with who asked for it.

use aggregates::appointment::By;
use aggregates::client::ClientRefusal;
use aggregates::ids::{BranchId, ClientId};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use super::Desk;
use crate::app::App;
use crate::app::reading::Side;
use crate::command::{Command, Refusal};
use crate::web::everything::Everything;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::staff::journal::{ChangePage, Control, Field};
use crate::web::pages::urls;
use crate::web::problem::Problem;

/// The tick that says what becomes of appointments to come.
const CANCEL: &str = "cancel_upcoming";

/// *Hand over*: everything that is stored, as a file.
pub(in crate::web::desk) async fn export(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, client)): Ids<(BranchId, ClientId)>,
    Form(_): Form,
) -> Answer {
    let row = app.branch(branch_id).await.or_sorry()?.or_sorry()?;
    let all = Everything::of(&app, row, client).await.or_sorry()?.or_sorry()?;
    let command = Command::ExportClient { client, by: By::Staff };
    if super::ask(&app, &visit, branch_id, command, None).await?.is_err() {
        return Err(Problem::not_found("client"));
    }
    let json = all.written(app.clock.now()).map_err(Problem::unwritable)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"client.json\""),
    ];
    Ok((headers, json).into_response())
}

/// Asks.
pub(in crate::web::desk) async fn ask(
    State(app): State<App>,
    Ids((branch_id, client)): Ids<(BranchId, ClientId)>,
    Asked(pairs): Asked,
) -> Answer {
    let desk = Desk::open(&app, branch_id, &pairs).await?;
    Ok(Page(StatusCode::OK, page(&app, desk, client, &pairs).await?).into_response())
}

/// *Erase*.
pub(in crate::web::desk) async fn erase(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, client)): Ids<(BranchId, ClientId)>,
    Form(pairs): Form,
) -> Answer {
    let desk = Desk::open(&app, branch_id, &pairs).await?;
    let command = app.erasure(branch_id, client, By::Staff, pairs.is_on(CANCEL)).await.or_sorry()?;
    let refusal = match super::ask(&app, &visit, branch_id, command.or_sorry()?, None).await? {
        Ok(()) => {
            let erased = urls::journal_client(branch_id, client).with("done", "erased");
            return Ok(see_other(&erased.along(&desk.shell.along)));
        }
        Err(refusal) => refusal,
    };
    let mut page = page(&app, desk, client, &pairs).await?;
    let (status, why) = super::refused(page.shell.language, &refusal);
    match refusal {
        Refusal::Client(ClientRefusal::UpcomingAppointments { .. }) => page.problems.add(why, CANCEL),
        _ => page.problems.add_general(why),
    }
    Ok(Page(status, page).into_response())
}

async fn page(app: &App, desk: Desk, client: ClientId, pairs: &Pairs) -> Result<ChangePage, Sorry> {
    let people = app.vault.people(desk.branch_id, [client]).await.or_sorry()?;
    let (_, person) = people.into_iter().next().or_sorry()?;
    let rows = app.appointments_of(desk.branch_id, client, Side::Upcoming(desk.calendar.now), None, None);
    let upcoming = rows.await.or_sorry()?.iter().filter(|row| !row.is_cancelled()).count();
    let here = urls::journal_client(desk.branch_id, client);
    let (shell, language) = (desk.shell, desk.calendar.language);
    let tick = Field {
        id: CANCEL,
        label: language.say_with("erase-with-dates", [("n", upcoming.into())]),
        hint: None,
        control: Control::Tick(pairs.is_on(CANCEL)),
    };
    Ok(ChangePage {
        heading: shell.say("erase-client"),
        of: person.name.to_string(),
        back: here.clone().along(&shell.along),
        action: here.below("erase"),
        version: 0,
        fields: (0 < upcoming).then_some(tick).into_iter().collect(),
        notes: vec![shell.say("erase-what"), shell.say("erase-for-good")],
        affected: None,
        button: shell.say("erase-client"),
        anyway: None,
        keep: shell.say("erase-keep"),
        stale: None,
        problems: Problems::default(),
        shell,
    })
}
