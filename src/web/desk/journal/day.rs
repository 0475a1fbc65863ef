//! J1: a day or a week.

use aggregates::ids::{BranchId, TeamMemberId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Desk;
use crate::app::App;
use crate::app::reading::{Events, Journal};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, OrSorry, Page};
use crate::web::pages::form::Choice;
use crate::web::pages::staff::journal::{JournalPage, View};
use crate::web::wall::day_span;

/// J1.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<Uuid>,
    Asked(pairs): Asked,
) -> Answer {
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let day: NaiveDate = pairs.read("day").unwrap_or_else(|| desk.calendar.today());
    let view = View::parse(pairs.last("view"));
    let member: Option<TeamMemberId> = pairs.read("member");
    let (first, end) = view.span(day);
    let (from, before) = (day_span(&desk.branch, first).0, day_span(&desk.branch, end).0);
    let span = Events { team_member: member, from: Some(from), before: Some(before), ..Events::default() };
    let booked =
        Journal { team_member: member, from: Some(from), before: Some(before), ..Journal::default() };
    let news = desk.news(&app, &pairs, booked).await?;
    let rows = app.events(desk.branch_id, span).await.or_sorry()?;
    let next_with_events = if rows.is_empty() {
        let asked = Events { from: Some(before), before: None, limit: Some(1), ..span };
        let next = app.events(desk.branch_id, asked).await.or_sorry()?;
        next.first().map(|row| desk.calendar.at(row.vacancy.plan.starts_at).day())
    } else {
        None
    };
    let mut team: Vec<Choice> = desk
        .branch
        .team()
        .iter()
        .map(|(id, name)| Choice {
            value: id.to_string(),
            name: name.to_string(),
            chosen: member == Some(*id),
        })
        .collect();
    team.sort_by(|one, other| one.name.cmp(&other.name));
    let events = rows.iter().map(|row| desk.event(row)).collect();
    let Desk { shell, calendar, .. } = desk;
    let page = JournalPage { shell, calendar, day, view, member, team, events, next_with_events, news };
    Ok(Page(StatusCode::OK, page).into_response())
}
