//! A2: all appointments of whoever is signed in, the next first.

use aggregates::ids::BranchId;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use projections::appointments::AppointmentRow;

use super::{SignedIn, at};
use crate::app::App;
use crate::app::reading::{Cursor, Side};
use crate::feeds::Subject;
use crate::web::api::paging;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, see_other};
use crate::web::mine::panel;
use crate::web::origin::origin;
use crate::web::pages::account::list::AccountPage;
use crate::web::pages::appointment::Door;
use crate::web::pages::language::Language;
use crate::web::pages::urls;
use crate::web::sorry::first_open;
use crate::web::widget::calendar;

/// Appointments on one page.
const SHOWN: usize = 20;

pub(super) async fn look(
    State(app): State<App>,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch_id): Ids<BranchId>,
    headers: HeaderMap,
    Asked(pairs): Asked,
) -> Answer {
    let (branch, shell) = at(&app, branch_id, &pairs).await?;
    let calendar = calendar(&branch.branch, &app.clock, shell.language);
    let past = pairs.is_on("past");
    let side = if past { Side::Past(calendar.now) } else { Side::Upcoming(calendar.now) };
    let after = pairs.last("after").and_then(|cursor| paging::parse(cursor).ok());
    let limit = u32::try_from(SHOWN + 1).ok();
    let client = signed_in.session.client;
    let mut rows = app.appointments_of(branch_id, client, side, after, limit).await.or_sorry()?;
    let more = SHOWN < rows.len();
    rows.truncate(SHOWN);
    let next = rows.last().filter(|_| more).map(Cursor::of_appointment).map(paging::write);
    let panel = |row: &AppointmentRow| {
        panel(&branch.branch, row, Door::Account(branch_id, row.appointment_id), &calendar)
    };
    let memberships = app.memberships(branch_id, client).await.or_sorry()?;
    let feed = app.feeds.find(branch_id, Subject::Client(client)).await.or_sorry()?;
    let page = AccountPage {
        feed: feed.map(|token| {
            format!("{}{}", origin(&app, &headers), urls::feed(&token.to_string()).along(&shell.along))
        }),
        calendar,
        past,
        appointments: rows.iter().map(panel).collect(),
        open: pairs.read("open").unwrap_or(1),
        after: pairs.last("after").map(str::to_owned),
        next,
        memberships: memberships.all().values().cloned().collect(),
        book: first_open(&app, branch_id).await,
        shell,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

/// Keeps the language that was chosen for as long as somebody is signed in.
pub(super) async fn speak(
    State(app): State<App>,
    Extension(SignedIn { id, session }): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
    Form(pairs): Form,
) -> Answer {
    let spoken = pairs.last("lang").and_then(Language::parse).filter(|it| Language::SPOKEN.contains(it));
    let (_, mut shell) = at(&app, branch, &pairs).await?;
    if let Some(language) = spoken {
        app.sessions.speak(&id, &session, language.code()).await.or_sorry()?;
        shell.along.language = None;
    }
    Ok(see_other(&urls::account(branch).along(&shell.along)))
}
