//! J2: one event with its appointments.

use std::collections::{HashMap, HashSet};

use aggregates::appointment::Place;
use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, ClientId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::TimeDelta;
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use uuid::Uuid;

use super::Desk;
use crate::app::App;
use crate::app::reading::{Events, Journal};
use crate::command::Command;
use crate::contact::Contact;
use crate::ledger::StoreError;
use crate::messages::way_to;
use crate::vault::Client;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Visit, see_other};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::staff::journal::{JournalEventPage, Row};
use crate::web::pages::urls;

/// How many of the dates that were booked together are looked up for one page: they are an aid for reading.
const MOST_TOGETHER: usize = 1_000;

/// How many rows are asked for at once by their ids: a question has a limited number of places.
const AT_ONCE: usize = 1_000;

/// How many other dates an appointment can be dragged to.
const TARGETS: u32 = 12;

/// The clients of some appointments, opened.
pub(super) struct People(HashMap<ClientId, (Client, Contact)>);

impl People {
    pub(super) async fn of(app: &App, branch: BranchId, rows: &[AppointmentRow]) -> Result<Self, StoreError> {
        let mut clients: Vec<ClientId> = rows.iter().map(|row| row.client_id).collect();
        clients.sort_unstable();
        clients.dedup();
        let mut people = HashMap::new();
        for clients in clients.chunks(AT_ONCE) {
            let opened = app.vault.people(branch, clients.iter().copied()).await?;
            people.extend(opened.into_iter().map(|(client, person)| (client.id, (client, person))));
        }
        Ok(Self(people))
    }

    pub(super) fn person(&self, client: ClientId) -> Option<&Contact> {
        self.0.get(&client).map(|(_, person)| person)
    }

    /// How many appointments' clients are told of changes by a message, each by what was typed with its own confirmation.
    pub(super) async fn told(
        &self,
        app: &App,
        branch: BranchId,
        rows: &[AppointmentRow],
    ) -> Result<HashSet<CartId>, StoreError> {
        let mut told = HashSet::new();
        let Some(messenger) = &app.messenger else { return Ok(told) };
        let clients = self.clients();
        for rows in rows.chunks(AT_ONCE) {
            let carts = rows.iter().map(|row| row.cart_id);
            let typed = app.vault.typed_by(branch, &clients, carts).await?;
            let reached =
                typed.iter().filter(|(_, typed)| way_to(messenger.as_ref(), &typed.contact).is_some());
            told.extend(reached.map(|(cart, _)| *cart));
        }
        Ok(told)
    }

    fn clients(&self) -> HashMap<ClientId, Client> {
        self.0.iter().map(|(id, (client, _))| (*id, client.clone())).collect()
    }
}

/// Appointments in an event, cancelled ones too.
///
/// They start when it starts, and appointments are found by their start; whoever cancelled before the event was moved
/// stands in its history only.
pub(super) fn within(row: &AvailabilityRow) -> Journal {
    let starts = row.vacancy.plan.starts_at;
    Journal {
        activity: Some(row.activity_id),
        from: Some(starts),
        before: Some(starts + TimeDelta::microseconds(1)),
        ..Journal::default()
    }
}

/// J2.
pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids((branch_id, event)): Ids<(Uuid, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    show(&app, BranchId(branch_id), ActivityId(event), &pairs, StatusCode::OK, Problems::default()).await
}

/// J2, perhaps with what stood in the way of a change.
pub(super) async fn show(
    app: &App,
    branch_id: BranchId,
    activity: ActivityId,
    pairs: &Pairs,
    status: StatusCode,
    problems: Problems,
) -> Answer {
    let desk = Desk::open(app, branch_id, pairs).await?;
    let row = app.activity(branch_id, activity).await.or_sorry()?.or_sorry()?;
    let news = desk.news(app, pairs, within(&row)).await?;
    let rows = app.journal(branch_id, within(&row)).await.or_sorry()?;
    let people = People::of(app, branch_id, &rows).await.or_sorry()?;
    let appointments = desk.rows(app, &rows, &people).await.or_sorry()?;
    let plan = row.vacancy.plan;
    let similar = Events {
        service: Some(plan.service_id),
        from: Some(app.clock.now()),
        limit: Some(TARGETS),
        ..Events::default()
    };
    let others = app.events(branch_id, similar).await.or_sorry()?;
    let others = others.iter().filter(|other| other.activity_id != activity && !other.vacancy.cancelled);
    let told = match pairs.last("done") {
        Some("cancel") => Some("appointment-was-cancelled"),
        Some("move") => Some("appointment-was-moved"),
        Some("spots") => Some("spots-were-reduced"),
        Some("event") => Some("event-was-changed"),
        _ => None,
    };
    let page = JournalEventPage {
        event: desk.event(&row),
        version: row.version,
        appointments,
        others: others.map(|other| desk.event(other)).collect(),
        told: told.map(|name| desk.shell.say(name)),
        problems,
        news,
        calendar: desk.calendar,
        shell: desk.shell,
    };
    Ok(Page(status, page).into_response())
}

impl Desk {
    async fn rows(
        &self,
        app: &App,
        rows: &[AppointmentRow],
        people: &People,
    ) -> Result<Vec<Row>, StoreError> {
        let together = self.together(app, rows).await?;
        let carts: Vec<CartId> = rows.iter().map(|row| row.cart_id).collect();
        let clients = people.clients();
        let mut comments: HashMap<CartId, String> = HashMap::new();
        for carts in carts.chunks(AT_ONCE) {
            let typed = app.vault.typed_by(self.branch_id, &clients, carts.iter().copied()).await?;
            let said = typed.into_iter().filter_map(|(cart, typed)| Some((cart, typed.contact.comment?)));
            comments.extend(said);
        }
        let row = |row: &AppointmentRow| {
            let person = people.person(row.client_id);
            Row {
                appointment: row.appointment_id,
                client: row.client_id,
                name: self.name(person),
                phone: person.map_or_else(String::new, |person| self.phone(person)),
                comment: comments.remove(&row.cart_id),
                spots: row.spots.get(),
                booked: self.calendar.at(row.booked_at),
                booked_by_staff: row.booked_by_staff,
                together: together.get(&row.cart_id).map_or_else(Vec::new, |others| {
                    let others = others.iter().filter(|(id, _)| *id != row.appointment_id);
                    others.map(|(_, place)| self.calendar.at(place.starts_at).date()).collect()
                }),
                attendance: row.attendance,
                cancelled: self.cancelled(row),
            }
        };
        Ok(rows.iter().map(row).collect())
    }

    pub(super) fn name(&self, person: Option<&Contact>) -> String {
        person.map_or_else(|| self.shell.say("erased-client"), |person| person.name.to_string())
    }

    /// What was booked together and still stands, by cart.
    async fn together(
        &self,
        app: &App,
        rows: &[AppointmentRow],
    ) -> Result<HashMap<CartId, Vec<(AppointmentId, Place)>>, StoreError> {
        let ids: Vec<CartId> = rows.iter().map(|row| row.cart_id).collect();
        let mut carts = vec![];
        for ids in ids.chunks(AT_ONCE) {
            carts.extend(app.carts(self.branch_id, ids.iter().copied()).await?);
        }
        let several = carts.iter().filter_map(|cart| cart.confirmed.as_ref()).filter(|it| 1 < it.lines.len());
        let siblings = several.flat_map(|confirmed| confirmed.booked().map(|(_, line)| line.appointment_id));
        let siblings: Vec<AppointmentId> = siblings.take(MOST_TOGETHER).collect();
        let siblings = app.appointments(self.branch_id, siblings).await?;
        let mut together: HashMap<CartId, Vec<(AppointmentId, Place)>> = HashMap::new();
        for sibling in siblings.into_iter().filter(|sibling| !sibling.is_cancelled()) {
            together.entry(sibling.cart_id).or_default().push((sibling.appointment_id, sibling.place));
        }
        Ok(together)
    }
}

/// Opens an event to online booking, or closes it.
pub(in crate::web::desk) async fn online(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, event)): Ids<(Uuid, Uuid)>,
    Form(pairs): Form,
) -> Answer {
    let (branch_id, activity) = (BranchId(branch_id), ActivityId(event));
    let command = Command::SetOpen(activity, pairs.is_on("open"));
    match super::ask(&app, &visit, branch_id, command, pairs.read("version")).await? {
        Ok(()) => Ok(done(branch_id, activity, "event", &pairs)),
        Err(refusal) => {
            let (status, why) = super::refused(pairs.language(), &refusal);
            let mut problems = Problems::default();
            problems.add_general(why);
            show(&app, branch_id, activity, &pairs, status, problems).await
        }
    }
}

/// Back at the event, which says what was done.
pub(super) fn done(
    branch: BranchId,
    activity: ActivityId,
    what: &'static str,
    pairs: &Pairs,
) -> axum::response::Response {
    see_other(&urls::journal_event(branch, activity).with("done", what).along(&Along::parse(pairs)))
}
