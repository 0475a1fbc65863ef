//! A one-time link: somebody chooses their first password, or another after a reset.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::app::App;
use crate::staff::{Invitation, Password};
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, not_found, see_other};
use crate::web::pages::door::{DoorShell, InvitationPage};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::urls;

async fn page(app: &App, shown: &str, pairs: &Pairs) -> Result<(Invitation, InvitationPage), Sorry> {
    let invitation: Invitation = shown.parse().map_err(|_| not_found())?;
    let user = app.staff.invited(&invitation, app.clock.now()).await.or_sorry()?.or_sorry()?;
    let page = InvitationPage {
        shell: DoorShell::of(pairs),
        invitation: invitation.to_string(),
        login: user.login,
        problems: Problems::default(),
    };
    Ok((invitation, page))
}

/// Asks for a password. Opening the link does not use it up: mail scanners open links.
pub(super) async fn look(State(app): State<App>, Path(shown): Path<String>, Asked(pairs): Asked) -> Answer {
    let (_, page) = page(&app, &shown, &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

pub(super) async fn accept(State(app): State<App>, Path(shown): Path<String>, Form(pairs): Form) -> Answer {
    let (invitation, mut page) = page(&app, &shown, &pairs).await?;
    let Ok(password) = pairs.text("password").parse::<Password>() else {
        page.problems.add(page.shell.language.say("staff-password-short"), "password");
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    app.staff.accept(&invitation, &password, app.clock.now()).await.or_sorry()?.or_sorry()?;
    Ok(see_other(&urls::staff_sign_in().with("set", 1).along(&page.shell.along)))
}
