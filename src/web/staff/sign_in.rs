//! In, and out again.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::cookies::{self, Kind};
use super::{device, with_cookie};
use crate::app::App;
use crate::staff::{Begun, CodeRefused, User};
use crate::web::access::Visitor;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, retry_after, see_other};
use crate::web::pages::door::{
    CodePage, DoorShell, Greeting, NotYetPage, SignInPage, StudioLine, StudiosPage,
};
use crate::web::pages::problem::Problems;
use crate::web::pages::urls;
use crate::web::turnstile::Turnstile;

pub(super) async fn look(
    State(app): State<App>,
    visitor: Option<Extension<Visitor>>,
    Asked(pairs): Asked,
) -> Answer {
    let shell = DoorShell::of(&pairs);
    if !app.staff.sign_in().await.or_sorry()? {
        return not_yet(&app, shell).await;
    }
    if visitor.is_some_and(|Extension(visitor)| visitor.user().is_some()) {
        return Ok(Redirect::to(&shell.onward()).into_response());
    }
    let greeting = Greeting::parse(&pairs);
    let page = SignInPage { shell, greeting, login: String::new(), problems: Problems::default() };
    Ok(Page(StatusCode::OK, page).into_response())
}

async fn not_yet(app: &App, shell: DoorShell) -> Answer {
    let branches = app.branches().await.or_sorry()?;
    let branch = match branches.as_slice() {
        [only] => Some(only.branch_id),
        _ => None,
    };
    Ok(Page(StatusCode::OK, NotYetPage { shell, branch }).into_response())
}

pub(super) async fn take_password(
    State(app): State<App>,
    turnstile: Turnstile,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    turnstile.attempt()?;
    let shell = DoorShell::of(&pairs);
    let (login, password) = (pairs.text("login"), pairs.text("password"));
    match app.staff.begin_sign_in(&login, &password, app.clock.now()).await.or_sorry()? {
        Some(Begun::In(user)) => let_in(&app, &headers, &shell, &user).await,
        Some(Begun::CodeNeeded(kept)) => {
            let answer = see_other(&shell.on_the_way(urls::staff_code()));
            Ok(with_cookie(answer, cookies::keep(&headers, Kind::Code, kept)))
        }
        None => {
            let mut problems = Problems::default();
            problems.add(shell.language.say("staff-wrong"), "login");
            let page = SignInPage { shell, greeting: None, login, problems };
            Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Opens a session: its id is new, and whatever the browser had before opens nothing any more.
async fn let_in(app: &App, headers: &HeaderMap, shell: &DoorShell, user: &User) -> Answer {
    let now = app.clock.now();
    close(app, headers).await?;
    let id = app.staff.open_session(user.id, device(headers), now).await.or_sorry()?;
    let answer = Redirect::to(&shell.onward()).into_response();
    let answer = with_cookie(answer, cookies::keep(headers, Kind::Session, id.to_string()));
    Ok(with_cookie(answer, cookies::forget(headers, Kind::Code)))
}

/// Ends the session that a browser has.
async fn close(app: &App, headers: &HeaderMap) -> Result<(), Sorry> {
    let shown = cookies::read(headers, Kind::Session).and_then(|shown| shown.parse().ok());
    let Some(id) = shown else { return Ok(()) };
    if let Some(session) = app.staff.session(&id, app.clock.now()).await.or_sorry()? {
        app.staff.end_session(session.user, session.id).await.or_sorry()?;
    }
    Ok(())
}

pub(super) async fn ask_code(State(app): State<App>, headers: HeaderMap, Asked(pairs): Asked) -> Answer {
    let shell = DoorShell::of(&pairs);
    let kept = cookies::read(&headers, Kind::Code).unwrap_or_default();
    if app.staff.begun(&kept, app.clock.now()).await.or_sorry()?.is_none() {
        return Ok(again(&shell));
    }
    Ok(Page(StatusCode::OK, CodePage { shell, problems: Problems::default() }).into_response())
}

fn again(shell: &DoorShell) -> Response {
    see_other(&shell.on_the_way(urls::staff_sign_in().with("again", 1)))
}

pub(super) async fn take_code(
    State(app): State<App>,
    turnstile: Turnstile,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    turnstile.attempt()?;
    let shell = DoorShell::of(&pairs);
    let kept = cookies::read(&headers, Kind::Code).unwrap_or_default();
    let finished = app.staff.finish_sign_in(&kept, &pairs.text("code"), app.clock.now()).await.or_sorry()?;
    let refused = match finished {
        Ok(user) => return let_in(&app, &headers, &shell, &user).await,
        Err(CodeRefused::Ended) => return Ok(again(&shell)),
        Err(refused) => refused,
    };
    let (language, mut problems) = (shell.language, Problems::default());
    Ok(match refused {
        CodeRefused::Closed { seconds } => {
            problems.add(language.staff_code_closed(seconds), "code");
            let page = Page(StatusCode::TOO_MANY_REQUESTS, CodePage { shell, problems });
            retry_after(page.into_response(), seconds)
        }
        CodeRefused::Wrong | CodeRefused::Ended => {
            problems.add(language.say("staff-wrong-code"), "code");
            Page(StatusCode::UNPROCESSABLE_ENTITY, CodePage { shell, problems }).into_response()
        }
    })
}

pub(super) async fn sign_out(State(app): State<App>, headers: HeaderMap, Form(pairs): Form) -> Answer {
    close(&app, &headers).await?;
    let shell = DoorShell::of(&pairs);
    let answer = see_other(&urls::staff_sign_in().with("out", 1).along(&shell.along));
    let answer = with_cookie(answer, cookies::forget(&headers, Kind::Session));
    Ok(with_cookie(answer, cookies::forget(&headers, Kind::Code)))
}

/// The studios in which somebody works: with only one, its journal.
pub(super) async fn studios(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Asked(pairs): Asked,
) -> Answer {
    let shell = DoorShell::of(&pairs);
    let roles = match visitor.user() {
        Some(user) => app.staff.roles_of(user).await.or_sorry()?,
        None => vec![],
    };
    if let [(branch, _)] = roles.as_slice() {
        return Ok(see_other(&urls::journal(*branch).along(&shell.along)));
    }
    let rows = app.branches().await.or_sorry()?;
    let line = |(branch, role)| {
        let row = rows.iter().find(|row| row.branch_id == branch);
        let name = row.and_then(|row| row.branch.details()).map(|details| details.name.to_string());
        StudioLine { branch, name: name.unwrap_or_default(), role }
    };
    let page = StudiosPage { shell, studios: roles.into_iter().map(line).collect() };
    Ok(Page(StatusCode::OK, page).into_response())
}
