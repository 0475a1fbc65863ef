//! What is stored about whoever is signed in: shown, handed over, and erased; and the addresses that open without a
//! sign-in, ended.

use aggregates::appointment::By;
use aggregates::ids::BranchId;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use projections::appointments::AppointmentRow;

use super::cookies::{Cookies, Kind};
use super::{SignedIn, at, with_cookie};
use crate::app::App;
use crate::app::clients::Booking;
use crate::app::reading::Side;
use crate::command::{Actor, Command};
use crate::contact::Contact;
use crate::web::everything::Everything;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::mine::panel;
use crate::web::pages::account::stored::{ErasePage, Known, StoredPage, Typed};
use crate::web::pages::appointment::Door;
use crate::web::pages::urls;
use crate::web::problem::Problem;
use crate::web::widget::calendar;

pub(super) async fn look(
    State(app): State<App>,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    let (branch, shell) = at(&app, branch, &pairs).await?;
    let all = Everything::of(&app, branch, signed_in.session.client).await.or_sorry()?.or_sorry()?;
    let calendar = calendar(&all.branch.branch, &app.clock, shell.language);
    let country = all.branch.branch.details().or_sorry()?.country;
    let known = |contact: &Contact| Known {
        name: contact.name.to_string(),
        phone: contact.phone.written(country),
        email: contact.email.clone(),
        comment: contact.comment.clone(),
    };
    let typed = |booking: &Booking| Typed {
        at: calendar.at(booking.at),
        contact: known(&booking.contact),
        consent_version: booking.consent_version,
    };
    let panel = |row: &AppointmentRow| {
        let door = Door::Account(all.branch.branch_id, row.appointment_id);
        panel(&all.branch.branch, row, door, &calendar)
    };
    let page = StoredPage {
        person: known(&all.person),
        bookings: all.bookings.iter().map(typed).collect(),
        appointments: all.appointments.iter().map(panel).collect(),
        memberships: all.memberships.clone(),
        sign_ins: all.sessions.iter().map(|session| calendar.at(session.signed_in_at)).collect(),
        feed: all.feed.map(|made_at| calendar.at(made_at)),
        links_ended: pairs.is_on("links-ended"),
        calendar,
        shell,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

pub(super) async fn download(
    State(app): State<App>,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
) -> Result<impl IntoResponse, Sorry> {
    let row = app.branch(branch).await.or_sorry()?.or_sorry()?;
    let all = Everything::of(&app, row, signed_in.session.client).await.or_sorry()?.or_sorry()?;
    let json = all.written(app.clock.now()).map_err(Problem::unwritable)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"about-me.json\""),
    ];
    Ok((headers, json))
}

/// Ends the addresses that open without a sign-in; here, everything is still found.
pub(super) async fn end_links(
    State(app): State<App>,
    visit: Visit,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
    Form(pairs): Form,
) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let command = Command::EndLinks { client: signed_in.session.client, by: By::Client };
    app.ask(app.envelope(&visit.caller(Actor::Client), branch, command)).await.or_sorry()?;
    Ok(see_other(&urls::stored(branch).with("links-ended", 1).along(&shell.along)))
}

/// Asks once whether everything is to be erased.
pub(super) async fn ask_erase(
    State(app): State<App>,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let side = Side::Upcoming(app.clock.now());
    let rows = app.appointments_of(branch, signed_in.session.client, side, None, None).await.or_sorry()?;
    let upcoming = rows.iter().filter(|row| !row.is_cancelled()).count();
    Ok(Page(StatusCode::OK, ErasePage { shell, upcoming }).into_response())
}

/// Erases everything; whoever was signed in is so no more.
pub(super) async fn erase(
    State(app): State<App>,
    visit: Visit,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let erasure = app.erasure(branch, signed_in.session.client, By::Client, true).await.or_sorry()?;
    if let Some(command) = erasure {
        app.ask(app.envelope(&visit.caller(Actor::Client), branch, command)).await.or_sorry()?;
    }
    let forgotten = Cookies::of(&headers, branch).forget(Kind::Session);
    let address = urls::sign_in(branch).with("erased", 1).along(&shell.along);
    Ok(with_cookie(see_other(&address), forgotten))
}
