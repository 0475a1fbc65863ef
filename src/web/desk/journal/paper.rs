//! Who comes on a day, for paper.

use std::collections::HashMap;

use aggregates::ids::{ActivityId, BranchId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Desk;
use super::event::People;
use crate::app::App;
use crate::app::reading::{Events, Journal};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, OrSorry, Page, Sorry};
use crate::web::pages::staff::journal::{Attendee, PrintPage};
use crate::web::wall::day_span;

/// The list of a day for paper.
pub(in crate::web::desk) async fn print(
    State(app): State<App>,
    Ids(branch_id): Ids<Uuid>,
    Asked(pairs): Asked,
) -> Answer {
    let desk = Desk::open(&app, BranchId(branch_id), &pairs).await?;
    let day: NaiveDate = pairs.read("day").unwrap_or_else(|| desk.calendar.today());
    let page = sheet(&app, desk, day).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

async fn sheet(app: &App, desk: Desk, day: NaiveDate) -> Result<PrintPage, Sorry> {
    let (from, before) = day_span(&desk.branch, day);
    let (from, before) = (Some(from), Some(before));
    let events = app.events(desk.branch_id, Events { from, before, ..Events::default() }).await.or_sorry()?;
    let asked = Journal { from, before, cancelled: Some(false), ..Journal::default() };
    let rows = app.journal(desk.branch_id, asked).await.or_sorry()?;
    let people = People::of(app, desk.branch_id, &rows).await.or_sorry()?;
    let mut attendees: HashMap<ActivityId, Vec<Attendee>> = HashMap::new();
    for row in &rows {
        let person = people.person(row.client_id);
        attendees.entry(row.place.activity_id).or_default().push(Attendee {
            name: desk.name(person),
            phone: person.map_or_else(String::new, |person| desk.phone(person)),
            spots: row.spots.get(),
        });
    }
    let events = events.iter().filter(|event| !event.vacancy.cancelled).map(|event| {
        let mut who = attendees.remove(&event.activity_id).unwrap_or_default();
        who.sort_by(|one, other| one.name.cmp(&other.name));
        (desk.event(event), who)
    });
    Ok(PrintPage { events: events.collect(), calendar: desk.calendar, shell: desk.shell, day })
}
