//! J1 and J2: what runs, who comes, and what staff may do about it.

use aggregates::ids::{ActivityId, AppointmentId};
use askama::Template;

use crate::web::pages::dates::{Calendar, Moment};
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// One day of the journal.
#[derive(Debug, Clone, Template)]
#[template(path = "journal.html")]
pub struct JournalPage {
    pub shell: StaffShell,
    pub calendar: Calendar,
    pub day: chrono::NaiveDate,
    /// By start.
    pub events: Vec<Event>,
    /// The next day with an event, if this one has none.
    pub next_with_events: Option<chrono::NaiveDate>,
}

/// One event with its counts.
#[derive(Debug, Clone)]
pub struct Event {
    pub activity: ActivityId,
    pub service: String,
    pub team_member: String,
    pub starts: Moment,
    pub ends: Moment,
    pub taken: u32,
    pub capacity: u16,
    pub cancelled: bool,
    pub open: bool,
}

impl Event {
    pub(super) fn counts(&self, language: Language) -> String {
        let taken = language.spots_taken(self.taken, self.capacity);
        let capacity = u32::from(self.capacity);
        if self.cancelled {
            "Cancelled".to_owned()
        } else if capacity < self.taken {
            format!("{taken}, {} over", self.taken - capacity)
        } else if capacity == self.taken {
            format!("{taken}, full")
        } else {
            taken
        }
    }

    pub(super) fn lasts(&self) -> String {
        self.starts.until(self.ends)
    }

    pub(super) fn free(&self) -> u32 {
        u32::from(self.capacity).saturating_sub(self.taken)
    }
}

impl JournalPage {
    fn on(&self, day: Option<chrono::NaiveDate>) -> Address {
        urls::journal_day(self.shell.branch, day.unwrap_or(self.day))
    }

    fn next(&self) -> Address {
        self.on(self.next_with_events)
    }

    fn short(&self) -> String {
        self.calendar.short(self.day)
    }

    fn heading(&self) -> String {
        self.calendar.heading(self.day)
    }

    fn open(&self, event: &Event) -> Address {
        urls::journal_event(self.shell.branch, event.activity)
    }
}

/// One event with its appointments.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_event.html")]
pub struct JournalEventPage {
    pub shell: StaffShell,
    pub event: Event,
    pub appointments: Vec<Row>,
    /// Other events of the branch to move to, by start.
    pub targets: Vec<(ActivityId, String)>,
    /// What was done.
    pub told: Option<String>,
    /// Why it was not.
    pub problems: Problems,
}

/// One appointment in an event.
#[derive(Debug, Clone)]
pub struct Row {
    pub appointment: AppointmentId,
    pub name: String,
    pub phone: String,
    pub spots: u8,
    pub booked: Moment,
    pub cancelled: Option<&'static str>,
    pub version: u64,
}

impl JournalEventPage {
    fn title(&self) -> String {
        format!("{}, {}", self.event.service, self.event.team_member)
    }

    fn back(&self) -> Address {
        urls::journal_day(self.shell.branch, self.event.starts.day())
    }

    fn cancel(&self, row: &Row) -> Address {
        urls::journal_cancel(self.shell.branch, row.appointment)
    }

    fn move_to(&self, row: &Row) -> Address {
        urls::journal_move(self.shell.branch, row.appointment)
    }
}
