//! The journal: a day, an event, and what staff do with both.

pub(super) mod appointment;
pub(super) mod book;
pub(super) mod changes;
pub(super) mod client;
pub(super) mod day;
pub(super) mod erase;
pub(super) mod event;
pub(super) mod history;
pub(super) mod links;
pub(super) mod paper;
pub(super) mod search;

use aggregates::branch::Branch;
use aggregates::ids::BranchId;
use aggregates::values::Country;
use axum::http::StatusCode;
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;

use crate::app::App;
use crate::app::reading::Journal;
use crate::command::{Actor, Command, Failure, Refusal};
use crate::contact::Contact;
use crate::ledger::micros;
use crate::web::html::{OrSorry, Sorry, Visit};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::staff::journal::{Event, News};
use crate::web::widget::calendar;

/// A branch as its journal is open before somebody.
struct Desk {
    branch_id: BranchId,
    branch: Branch,
    shell: StaffShell,
    calendar: Calendar,
}

impl Desk {
    async fn open(app: &App, branch_id: BranchId, pairs: &Pairs) -> Result<Self, Sorry> {
        let (branch, _, shell) = super::branch(app, branch_id, pairs).await?;
        let calendar = calendar(&branch, &app.clock, shell.language);
        Ok(Self { branch_id, branch, shell, calendar })
    }

    fn event(&self, row: &AvailabilityRow) -> Event {
        let plan = &row.vacancy.plan;
        Event {
            activity: row.activity_id,
            service: self.service(plan.service_id),
            member_id: plan.team_member_id,
            team_member: self.team_member(plan.team_member_id),
            starts: self.calendar.at(plan.starts_at),
            ends: self.calendar.at(plan.ends_at()),
            taken: row.vacancy.taken,
            capacity: plan.capacity.get(),
            cancelled: row.vacancy.cancelled,
            open: plan.open,
        }
    }

    fn service(&self, id: aggregates::ids::ServiceId) -> String {
        self.branch.service(id).map_or_else(String::new, |service| service.name.to_string())
    }

    fn team_member(&self, id: aggregates::ids::TeamMemberId) -> String {
        self.branch.team().get(&id).map_or_else(String::new, ToString::to_string)
    }

    fn country(&self) -> Option<Country> {
        self.branch.details().map(|details| details.country)
    }

    /// A number as people in the branch's country write it.
    fn phone(&self, person: &Contact) -> String {
        self.country().map_or_else(String::new, |country| person.phone.written(country))
    }

    /// By whom an appointment was cancelled, in words.
    fn cancelled(&self, row: &AppointmentRow) -> Option<String> {
        row.cancelled_by.map(|by| {
            self.shell.say(match by {
                aggregates::appointment::By::Client => "cancelled-by-client",
                _ => "cancelled-by-studio",
            })
        })
    }

    /// How many of these appointments were booked after the moment that a page asks about, if it asks.
    ///
    /// The moment is taken before the rows are read: what is booked meanwhile is told next time.
    async fn news(&self, app: &App, pairs: &Pairs, asked: Journal) -> Result<News, Sorry> {
        let since = micros(app.clock.now());
        let booked = match pairs.read::<i64>("since").map(crate::ledger::from_micros) {
            Some(moment) => {
                let asked = Journal { booked_after: Some(moment), cancelled: Some(false), ..asked };
                app.journal(self.branch_id, asked).await.or_sorry()?.len()
            }
            None => 0,
        };
        Ok(News { since, booked })
    }
}

/// Asks for a change of staff; a refusal is told on the page.
async fn ask(
    app: &App,
    visit: &Visit,
    branch: BranchId,
    command: Command,
    version: Option<u64>,
) -> Result<Result<(), Refusal>, Sorry> {
    let mut envelope = app.envelope(&visit.caller(Actor::Staff), branch, command);
    envelope.if_match = version;
    match app.ask(envelope).await {
        Ok(_) => Ok(Ok(())),
        Err(Failure::Refused(refusal)) => Ok(Err(*refusal)),
        Err(failure) => Err(Sorry::from(failure)),
    }
}

/// Why nothing was changed, in a sentence.
fn refused(language: Language, refusal: &Refusal) -> (StatusCode, String) {
    match refusal {
        Refusal::Stale { .. } => (StatusCode::PRECONDITION_FAILED, language.say("changed-meanwhile")),
        refusal => {
            let why = language.because("nothing-changed-because", language.refusal(refusal));
            (StatusCode::UNPROCESSABLE_ENTITY, why)
        }
    }
}
