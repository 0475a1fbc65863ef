//! W4: the result page, opened with its token; and W5's addresses, where a token opens one appointment.

use aggregates::branch::Branch;
use aggregates::ids::{ActivityId, AppointmentId, CartId, LinkId};
use aggregates::obstacle::Obstacle;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use projections::appointments::AppointmentRow;

use super::{calendar, shell};
use crate::app::App;
use crate::app::booking::ResultTokens;
use crate::capability::{Kind, Opened, Token};
use crate::contact::Contact;
use crate::messages;
use crate::web::api::appointments::calendar_file as file;
use crate::web::calendar::Written;
use crate::web::html::{Answer, Asked, Framed, OrSorry, Sorry, not_found};
use crate::web::mine::{Mine, details, in_calendar, looks, opened, panel};
use crate::web::pages::appointment::Door;
use crate::web::pages::form::Pairs;
use crate::web::pages::result::ResultPage;

async fn appointment(app: &App, opened: Opened, token: &Token) -> Result<Mine, Sorry> {
    Mine::load(app, opened.branch, AppointmentId(opened.id), Door::Capability(token.to_string())).await
}

/// A result page, or one appointment: the token knows which.
pub(super) async fn look(
    State(app): State<App>,
    Path(capability): Path<String>,
    Asked(pairs): Asked,
) -> Answer {
    let (token, opened) = opened(&app, &capability).await?;
    match opened.kind {
        Kind::Result => result(&app, opened, &token, pairs).await,
        Kind::Appointment => details(&app, appointment(&app, opened, &token).await?, pairs).await,
        Kind::Cart => Err(not_found()),
    }
}

/// A confirmed cart: its link, its branch, its appointments with their tokens.
struct Booked {
    branch: Branch,
    link: LinkId,
    rows: Vec<(AppointmentRow, Token)>,
    refused: Vec<(ActivityId, Obstacle)>,
    contact: Contact,
}

async fn booked(app: &App, opened: Opened) -> Result<Booked, Sorry> {
    let cart = CartId(opened.id);
    let branch = app.branch(opened.branch).await.or_sorry()?.or_sorry()?.branch;
    let row = app.cart(opened.branch, cart).await.or_sorry()?.or_sorry()?;
    let tokens: ResultTokens = app.tokens_of(opened.branch, cart).await.or_sorry()?.or_sorry()?;
    let ids = tokens.appointments.iter().map(|(id, _)| *id);
    let rows = app.appointments(opened.branch, ids).await.or_sorry()?;
    let token = |row: &AppointmentRow| {
        tokens.appointments.iter().find(|(id, _)| *id == row.appointment_id).map(|(_, token)| token.clone())
    };
    let rows = rows.into_iter().filter_map(|row| token(&row).map(|token| (row, token))).collect();
    let refused = row.confirmed.into_iter().flat_map(|confirmed| confirmed.refused);
    let refused = refused.map(|item| (item.activity_id, item.obstacle)).collect();
    Ok(Booked { branch, link: row.link_id, rows, refused, contact: tokens.contact })
}

async fn result(app: &App, opened: Opened, token: &Token, mut pairs: Pairs) -> Answer {
    let booked = booked(app, opened).await?;
    let looks = looks(app, opened.branch, booked.link).await?;
    pairs.prefer(&looks);
    let calendar = calendar(&booked.branch, &app.clock, pairs.language());
    let refused = app.activities(opened.branch, booked.refused.iter().map(|(id, _)| *id)).await.or_sorry()?;
    let refused = refused
        .iter()
        .filter_map(|event| {
            let (_, obstacle) = booked.refused.iter().find(|(id, _)| *id == event.activity_id)?;
            let why = match obstacle {
                Obstacle::NotEnoughSpots { .. } => calendar.language.say("why-sold-out"),
                other => calendar.language.obstacle(other),
            };
            let date = calendar.at(event.vacancy.plan.starts_at).to_string();
            let of = [("date", date.into()), ("why", why.into())];
            Some(calendar.language.say_with("not-booked-date", of))
        })
        .collect();
    let told =
        messages::confirmation(app, opened.branch, CartId(opened.id), &booked.contact).await.or_sorry()?;
    let page = ResultPage {
        shell: shell(opened.branch, &booked.branch, booked.link, &looks, &pairs),
        calendar,
        capability: token.to_string(),
        appointments: booked
            .rows
            .iter()
            .map(|(row, token)| panel(&booked.branch, row, Door::Capability(token.to_string()), &calendar))
            .collect(),
        open: pairs.read("open").unwrap_or(1),
        refused,
        told: told.map(|told| calendar.language.told_details(told, &booked.contact)),
    };
    Ok(Framed(StatusCode::OK, page).into_response())
}

/// A calendar file of everything that the token opens.
pub(super) async fn calendar_file(
    State(app): State<App>,
    Path(capability): Path<String>,
    Asked(mut pairs): Asked,
) -> Answer {
    let (token, opened) = opened(&app, &capability).await?;
    Ok(match opened.kind {
        Kind::Result => {
            let booked = booked(&app, opened).await?;
            let rows: Vec<_> = booked.rows.into_iter().map(|(row, _)| row).collect();
            pairs.prefer(&looks(&app, opened.branch, booked.link).await?);
            let written = Written { branch: &booked.branch, language: pairs.language() };
            file("appointments", written.file(&rows)).into_response()
        }
        Kind::Appointment => in_calendar(appointment(&app, opened, &token).await?, pairs),
        Kind::Cart => return Err(not_found()),
    })
}
