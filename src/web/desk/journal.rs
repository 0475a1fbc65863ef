//! J1 and J2, simply: a day, an event, and what staff do with an appointment.

use aggregates::branch::Branch;
use aggregates::ids::{ActivityId, AppointmentId, BranchId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use projections::availability::AvailabilityRow;
use uuid::Uuid;

use super::branch;
use crate::app::App;
use crate::app::reading::{Events, Journal};
use crate::command::{Actor, Command, Failure, Refusal, Requester};
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::staff::journal::{Event, JournalEventPage, JournalPage, Row};
use crate::web::pages::urls;
use crate::web::wall::day_span;
use crate::web::widget::calendar;

/// How many events an appointment can be moved to from the list.
const TARGETS: u32 = 200;

fn event_of(branch: &Branch, row: &AvailabilityRow, calendar: &Calendar) -> Event {
    let plan = &row.vacancy.plan;
    Event {
        activity: row.activity_id,
        service: branch.service(plan.service_id).map_or_else(String::new, |service| service.name.to_string()),
        team_member: branch.team().get(&plan.team_member_id).map_or_else(String::new, ToString::to_string),
        starts: calendar.at(plan.starts_at),
        ends: calendar.at(plan.ends_at()),
        taken: row.vacancy.taken,
        capacity: plan.capacity.get(),
        cancelled: row.vacancy.cancelled,
        open: plan.open,
    }
}

/// One day.
pub(super) async fn look(State(app): State<App>, Ids(branch_id): Ids<Uuid>, Asked(pairs): Asked) -> Answer {
    let branch_id = BranchId(branch_id);
    let (branch, _, shell) = branch(&app, branch_id, &pairs).await?;
    let calendar = calendar(&branch, &app.clock, pairs.language());
    let day: NaiveDate = pairs.read("day").unwrap_or_else(|| calendar.today());
    let (from, before) = day_span(&branch, day);
    let asked = Events { from: Some(from), before: Some(before), ..Events::default() };
    let rows = app.events(branch_id, asked).await.or_sorry()?;
    let next_with_events = if rows.is_empty() {
        let asked = Events { from: Some(before), limit: Some(1), ..Events::default() };
        let next = app.events(branch_id, asked).await.or_sorry()?;
        next.first().map(|row| calendar.at(row.vacancy.plan.starts_at).day())
    } else {
        None
    };
    let events = rows.iter().map(|row| event_of(&branch, row, &calendar)).collect();
    Ok(Page(StatusCode::OK, JournalPage { shell, calendar, day, events, next_with_events }).into_response())
}

/// One event with its appointments.
pub(super) async fn event(
    State(app): State<App>,
    Ids((branch_id, event)): Ids<(Uuid, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    let language = pairs.language();
    let told = match pairs.last("done") {
        Some("cancel") => Some(language.say("appointment-was-cancelled")),
        Some("move") => Some(language.say("appointment-was-moved")),
        _ => None,
    };
    show(&app, BranchId(branch_id), ActivityId(event), &pairs, told, None).await
}

async fn show(
    app: &App,
    branch_id: BranchId,
    activity: ActivityId,
    pairs: &Pairs,
    told: Option<String>,
    refused: Option<(StatusCode, String)>,
) -> Answer {
    let (branch, _, shell) = branch(app, branch_id, pairs).await?;
    let language = shell.language;
    let calendar = calendar(&branch, &app.clock, language);
    let row = app.activity(branch_id, activity).await.or_sorry()?.or_sorry()?;
    let asked = Journal { activity: Some(activity), ..Journal::default() };
    let appointments = app.journal(branch_id, asked).await.or_sorry()?;
    let people =
        app.vault.people(branch_id, appointments.iter().map(|row| row.client_id)).await.or_sorry()?;
    let country = branch.details().map(|details| details.country);
    let rows = appointments
        .iter()
        .map(|row| {
            let person =
                people.iter().find(|(client, _)| client.id == row.client_id).map(|(_, person)| person);
            Row {
                appointment: row.appointment_id,
                name: person.map_or_else(|| language.say("erased-client"), |person| person.name.to_string()),
                phone: person
                    .zip(country)
                    .map_or_else(String::new, |(person, country)| person.phone.written(country)),
                spots: row.spots.get(),
                booked: calendar.at(row.booked_at),
                cancelled: row.cancelled_by.map(|by| match by {
                    aggregates::appointment::By::Client => language.say("cancelled-by-client"),
                    _ => language.say("cancelled-by-studio"),
                }),
                version: row.version,
            }
        })
        .collect();
    let asked = Events { from: Some(app.clock.now()), limit: Some(TARGETS), ..Events::default() };
    let targets = app.events(branch_id, asked).await.or_sorry()?;
    let targets = targets
        .iter()
        .filter(|other| other.activity_id != activity && !other.vacancy.cancelled)
        .map(|other| {
            let event = event_of(&branch, other, &calendar);
            let of = [
                ("date", event.starts.to_string().into()),
                ("service", event.service.into()),
                ("member", event.team_member.into()),
                ("n", other.vacancy.free().into()),
            ];
            (event.activity, language.say_with("move-target", of))
        })
        .collect();
    let event = event_of(&branch, &row, &calendar);
    let status = refused.as_ref().map_or(StatusCode::OK, |(status, _)| *status);
    let mut problems = Problems::default();
    if let Some((_, why)) = refused {
        problems.add_general(why);
    }
    let page = JournalEventPage { shell, event, appointments: rows, targets, told, problems };
    Ok(Page(status, page).into_response())
}

/// Cancels one appointment.
pub(super) async fn cancel(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, appointment)): Ids<(Uuid, Uuid)>,
    Form(pairs): Form,
) -> Answer {
    let appointment = AppointmentId(appointment);
    let command = Command::CancelAppointment { appointment, by: Requester::Staff { force: false } };
    change(&app, &visit, BranchId(branch_id), appointment, command, &pairs, "cancel").await
}

/// Moves one appointment; overbooks only on purpose.
pub(super) async fn reschedule(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, appointment)): Ids<(Uuid, Uuid)>,
    Form(pairs): Form,
) -> Answer {
    let appointment = AppointmentId(appointment);
    let to: ActivityId = pairs.read("to").or_sorry()?;
    let by = Requester::Staff { force: pairs.is_on("force") };
    let command = Command::RescheduleAppointment { appointment, to, by };
    change(&app, &visit, BranchId(branch_id), appointment, command, &pairs, "move").await
}

async fn change(
    app: &App,
    visit: &Visit,
    branch_id: BranchId,
    appointment: AppointmentId,
    command: Command,
    pairs: &Pairs,
    done: &'static str,
) -> Result<axum::response::Response, Sorry> {
    let row = app.appointment(branch_id, appointment).await.or_sorry()?.or_sorry()?;
    let activity = row.place.activity_id;
    let language = pairs.language();
    let mut envelope = app.envelope(&visit.caller(Actor::Staff), branch_id, command);
    envelope.if_match = Some(pairs.read("version").unwrap_or(0));
    let refused = match app.ask(envelope).await {
        Ok(_) => {
            let event = urls::journal_event(branch_id, activity).with("done", done);
            return Ok(see_other(&event.along(&Along::parse(pairs))));
        }
        Err(Failure::Refused(refusal)) => match *refusal {
            Refusal::Stale { .. } => (StatusCode::PRECONDITION_FAILED, language.say("changed-meanwhile")),
            refusal => {
                let why = language.because("nothing-changed-because", language.refusal(&refusal));
                (StatusCode::UNPROCESSABLE_ENTITY, why)
            }
        },
        Err(failure) => return Err(Sorry::from(failure)),
    };
    show(app, branch_id, activity, pairs, None, Some(refused)).await
}
