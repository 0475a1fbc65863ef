//! W4: proof, at the top, and everything one may do next.

use askama::Template;

use super::appointment::Panel;
use super::dates::Calendar;
use super::shell::Shell;
use super::urls::{self, Address};

/// What one confirmation booked.
#[derive(Debug, Clone, Template)]
#[template(path = "result.html")]
pub struct ResultPage {
    pub shell: Shell,
    pub calendar: Calendar,
    pub capability: String,
    /// By start.
    pub appointments: Vec<Panel>,
    /// Which appointment is open, from 1.
    pub open: usize,
    /// What a `best_effort` confirmation could not book: "Thu 14 Jan, 18:30, sold out".
    pub refused: Vec<String>,
    /// That the details go to the client as a message: "The details were also sent to a…@example.org."
    pub told: Option<String>,
}

impl ResultPage {
    fn title(&self) -> String {
        let all = self.appointments.len();
        let standing = self.appointments.iter().filter(|it| !it.cancelled()).count();
        if standing == 0 {
            self.shell.say("none-booked")
        } else if self.refused.is_empty() {
            self.shell.language.booked_title(all)
        } else {
            self.shell.language.partly_booked(all, all + self.refused.len())
        }
    }

    fn not_booked(&self) -> String {
        let dates = self.refused.join("; ");
        self.shell.language.say_with("not-booked", [("dates", dates.into())])
    }

    fn action(&self) -> Address {
        urls::mine(&self.capability)
    }

    fn calendar_file(&self) -> Address {
        urls::calendar(&self.capability)
    }
}
