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
        let capacity = u32::from(self.capacity);
        if self.cancelled {
            language.say("event-cancelled")
        } else if capacity < self.taken {
            let over = self.taken - capacity;
            let numbers = [("n", self.taken.into()), ("max", capacity.into()), ("over", over.into())];
            language.say_with("spots-taken-over", numbers)
        } else if capacity == self.taken {
            language.say_with("spots-taken-full", [("n", self.taken.into()), ("max", capacity.into())])
        } else {
            language.spots_taken(self.taken, self.capacity)
        }
    }

    pub(super) fn lasts(&self) -> String {
        self.starts.until(self.ends)
    }

    pub(super) fn counts_and_free(&self, language: Language) -> String {
        let free = u32::from(self.capacity).saturating_sub(self.taken);
        let of = [("counts", self.counts(language).into()), ("n", free.into())];
        language.say_with("counts-and-free", of)
    }
}

impl JournalPage {
    fn on(&self, day: Option<chrono::NaiveDate>) -> Address {
        urls::journal_day(self.shell.branch, day.unwrap_or(self.day)).along(&self.shell.along)
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
        urls::journal_event(self.shell.branch, event.activity).along(&self.shell.along)
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
    /// By whom, in words.
    pub cancelled: Option<String>,
    pub version: u64,
}

impl Row {
    /// What the list of other events is for, for the ear.
    pub(super) fn move_to(&self, language: Language) -> String {
        language.say_with("move-client-to", [("client", self.name.as_str().into())])
    }
}

impl JournalEventPage {
    fn title(&self) -> String {
        format!("{}, {}", self.event.service, self.event.team_member)
    }

    fn full_title(&self) -> String {
        format!("{}, {}", self.title(), self.event.starts)
    }

    fn back(&self) -> Address {
        urls::journal_day(self.shell.branch, self.event.starts.day()).along(&self.shell.along)
    }

    fn cancel(&self, row: &Row) -> Address {
        urls::journal_cancel(self.shell.branch, row.appointment)
    }

    fn move_to(&self, row: &Row) -> Address {
        urls::journal_move(self.shell.branch, row.appointment)
    }
}
