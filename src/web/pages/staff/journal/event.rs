//! J2: one event with its appointments.

use aggregates::appointment::Attendance;
use aggregates::ids::{AppointmentId, ClientId};
use askama::Template;

use super::{Event, News};
use crate::web::pages::dates::{Calendar, Moment};
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// One event with its appointments.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_event.html")]
pub struct JournalEventPage {
    pub shell: StaffShell,
    pub calendar: Calendar,
    pub event: Event,
    pub version: u64,
    pub appointments: Vec<Row>,
    /// Events of the same kind, where an appointment can be dropped.
    pub others: Vec<Event>,
    /// What was done.
    pub told: Option<String>,
    /// Why it was not.
    pub problems: Problems,
    pub news: News,
}

/// One appointment in an event.
#[derive(Debug, Clone)]
pub struct Row {
    pub appointment: AppointmentId,
    pub client: ClientId,
    pub name: String,
    pub phone: String,
    pub comment: Option<String>,
    pub spots: u8,
    pub booked: Moment,
    /// At the desk, not online.
    pub booked_by_staff: bool,
    /// The other dates of the same booking, in words.
    pub together: Vec<String>,
    pub attendance: Option<Attendance>,
    /// By whom, in words.
    pub cancelled: Option<String>,
}

impl Row {
    fn together_with(&self, language: Language) -> String {
        language.say_with("booked-together-with", [("dates", self.together.join(", ").into())])
    }

    /// "online, 4 Jan".
    fn booked(&self, language: Language) -> String {
        let name = if self.booked_by_staff { "booked-at-desk-on" } else { "booked-online-on" };
        language.of_date(name, self.booked.day_and_month())
    }

    /// What it came to, for those who change nothing.
    fn standing(&self, language: Language) -> String {
        let came = self.attendance.map(|attendance| language.say(attendance.name()));
        self.cancelled.clone().or(came).unwrap_or_default()
    }

    fn is(&self, attendance: &str) -> bool {
        self.attendance.map(Attendance::name) == Some(attendance)
    }

    fn action(&self, shell: &StaffShell, action: &str) -> Address {
        let address = urls::journal_appointment_action(shell.branch, self.appointment, action);
        address.along(&shell.along)
    }

    fn client_address(&self, shell: &StaffShell) -> Address {
        urls::journal_client(shell.branch, self.client).along(&shell.along)
    }
}

impl JournalEventPage {
    fn full_title(&self) -> String {
        format!("{}, {}", self.event.title(), self.event.starts)
    }

    fn back(&self) -> Address {
        urls::journal_day(self.shell.branch, self.event.starts.day()).along(&self.shell.along)
    }

    fn action(&self, action: &str) -> Address {
        let address = urls::journal_event_action(self.shell.branch, self.event.activity, action);
        address.along(&self.shell.along)
    }

    fn book_here(&self) -> Address {
        let address = urls::journal_book(self.shell.branch).with("event", self.event.activity);
        address.along(&self.shell.along)
    }

    fn print(&self) -> Address {
        urls::journal_print(self.shell.branch, self.event.starts.day()).along(&self.shell.along)
    }

    fn words_for_scripts(&self) -> String {
        self.shell.live_words()
    }
}
