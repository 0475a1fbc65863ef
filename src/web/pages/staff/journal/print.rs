//! The list of a day for paper: each event with who comes, and a box to tick.

use askama::Template;
use chrono::NaiveDate;

use super::Event;
use crate::web::pages::dates::Calendar;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// A day for paper.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_print.html")]
pub struct PrintPage {
    pub shell: StaffShell,
    pub calendar: Calendar,
    pub day: NaiveDate,
    pub events: Vec<(Event, Vec<Attendee>)>,
}

/// Who comes.
#[derive(Debug, Clone)]
pub struct Attendee {
    pub name: String,
    pub phone: String,
    pub spots: u8,
}

impl PrintPage {
    fn title(&self) -> String {
        self.shell.of_date("journal-of", self.calendar.full(self.day))
    }

    fn back(&self) -> Address {
        urls::journal_day(self.shell.branch, self.day).along(&self.shell.along)
    }
}
