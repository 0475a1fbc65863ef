//! W5: one booked date, changed alone; and the panel that W4 shows of it.

use aggregates::appointment::By;
use aggregates::ids::{ActivityId, AppointmentId, BranchId};
use askama::Template;

use super::dates::{Calendar, Moment};
use super::problem::Problems;
use super::shell::{Shell, Studio};
use super::urls::{self, Address};

/// What there is to see of one appointment.
#[derive(Debug, Clone)]
pub struct Panel {
    pub door: Door,
    pub service: String,
    pub team_member: String,
    pub starts: Moment,
    pub ends: Moment,
    pub spots: u8,
    /// To say on the telephone.
    pub reference: String,
    /// An address of Google Calendar.
    pub google: String,
    pub state: State,
    pub cancelling: Rule,
    pub rescheduling: Rule,
    /// Where it was before the last move.
    pub moved_from: Option<Moment>,
    /// Whether the studio replaced the team member.
    pub replaced: bool,
}

/// What opened an appointment, and so where its pages stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    Capability(String),
    /// The personal account of somebody who signed in.
    Account(BranchId, AppointmentId),
}

impl Door {
    #[must_use]
    pub fn is_in_account(&self) -> bool {
        matches!(self, Self::Account(..))
    }

    /// The details.
    #[must_use]
    pub fn details(&self) -> Address {
        match self {
            Self::Capability(capability) => urls::mine(capability),
            Self::Account(branch, appointment) => urls::account_appointment(*branch, *appointment),
        }
    }
}

/// How far along an appointment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Booked,
    Cancelled(By, Moment),
    Over,
}

/// Whether a client may do it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Until then.
    Until(Moment),
    EndedOn(Moment),
    Off,
}

impl Rule {
    fn is_open(self) -> bool {
        matches!(self, Self::Until(_))
    }
}

impl Panel {
    #[must_use]
    pub fn cancelled(&self) -> bool {
        matches!(self.state, State::Cancelled(..))
    }

    pub(super) fn status(&self) -> String {
        match self.state {
            State::Cancelled(By::Client, _) => "Cancelled".to_owned(),
            State::Cancelled(..) => "Cancelled by the studio".to_owned(),
            State::Over => "Past".to_owned(),
            State::Booked if self.moved_from.is_some() => "Moved".to_owned(),
            State::Booked => "Booked".to_owned(),
        }
    }

    pub(super) fn notes(&self, studio: &Studio) -> Vec<String> {
        let mut notes = vec![];
        if let Some(was) = self.moved_from {
            notes.push(format!("Was {was}."));
        }
        if self.replaced {
            notes.push(format!("Now with {}.", self.team_member));
        }
        match self.state {
            State::Cancelled(By::Client, at) => {
                notes.push(format!("You cancelled this date on {}.", at.day_and_month()));
            }
            State::Cancelled(_, at) => {
                notes.push(format!("The studio cancelled this date on {}.", at.day_and_month()));
            }
            State::Over => notes.push("This date is over.".to_owned()),
            State::Booked => {
                notes.push(self.cancelling.sentence("cancel", "cancelling", studio));
                notes.push(self.rescheduling.sentence("reschedule", "rescheduling", studio));
            }
        }
        notes
    }

    pub(super) fn lasts(&self) -> String {
        self.starts.until(self.ends)
    }

    fn is_booked(&self) -> bool {
        self.state == State::Booked
    }

    pub(super) fn can_cancel(&self) -> bool {
        self.is_booked() && self.cancelling.is_open()
    }

    pub(super) fn can_reschedule(&self) -> bool {
        self.is_booked() && self.rescheduling.is_open()
    }

    pub(super) fn can_reduce(&self) -> bool {
        self.can_cancel() && 1 < self.spots
    }

    pub(super) fn calendar_file(&self) -> Address {
        self.door.details().below("calendar.ics")
    }

    pub(super) fn cancel_address(&self) -> Address {
        self.door.details().below("cancel")
    }

    pub(super) fn reschedule_address(&self) -> Address {
        self.door.details().below("reschedule")
    }

    pub(super) fn spots_address(&self) -> Address {
        self.door.details().below("spots")
    }
}

impl Rule {
    fn sentence(self, verb: &str, noun: &str, studio: &Studio) -> String {
        match self {
            Self::Until(until) => format!("You can {verb} online until {until}."),
            Self::EndedOn(since) => format!("Online {noun} ended on {since}. {}", studio.please_call()),
            Self::Off => format!("To {verb}, {}", studio.call_lower()),
        }
    }

    /// Why it was not done.
    #[must_use]
    pub fn refusal(self, noun: &str, studio: &Studio) -> String {
        match self {
            Self::Until(_) => "Nothing was changed.".to_owned(),
            Self::EndedOn(since) => {
                format!("Nothing was changed: online {noun} ended on {since}. {}", studio.please_call())
            }
            Self::Off => {
                format!("Nothing was changed: online {noun} is not offered. {}", studio.please_call())
            }
        }
    }
}

/// The details of one appointment.
#[derive(Debug, Clone, Template)]
#[template(path = "appointment.html")]
pub struct AppointmentPage {
    pub shell: Shell,
    pub panel: Panel,
    /// What was done just now, if it is still true.
    pub done: Option<String>,
    /// Why nothing was done.
    pub refused: Option<String>,
    /// Where the same date can be booked again, or others seen.
    pub again: Option<Address>,
}

impl AppointmentPage {
    fn title(&self) -> String {
        format!("{} with {}, {}", self.panel.service, self.panel.team_member, self.panel.starts)
    }
}

/// Asks once before cancelling.
#[derive(Debug, Clone, Template)]
#[template(path = "cancel.html")]
pub struct CancelPage {
    pub shell: Shell,
    pub panel: Panel,
}

impl CancelPage {
    fn spots_become_free(&self) -> String {
        if self.panel.spots == 1 {
            "Your spot becomes free.".to_owned()
        } else {
            format!("Your {} become free.", self.shell.language.spots_count(self.panel.spots.into()))
        }
    }

    fn keep(&self) -> Address {
        self.panel.door.details()
    }
}

/// Other dates to move to.
#[derive(Debug, Clone, Template)]
#[template(path = "reschedule.html")]
pub struct ReschedulePage {
    pub shell: Shell,
    pub calendar: Calendar,
    pub panel: Panel,
    /// Dates with enough spots, by start.
    pub dates: Vec<Target>,
    pub problems: Problems,
}

/// A date to move to.
#[derive(Debug, Clone)]
pub struct Target {
    pub activity: ActivityId,
    pub starts: Moment,
    pub free: u16,
}

impl ReschedulePage {
    fn keep(&self) -> Address {
        self.panel.door.details()
    }
}

/// How many spots to keep.
#[derive(Debug, Clone, Template)]
#[template(path = "spots.html")]
pub struct SpotsPage {
    pub shell: Shell,
    pub panel: Panel,
    pub problems: Problems,
}

impl SpotsPage {
    fn keep(&self) -> Address {
        self.panel.door.details()
    }

    fn most(&self) -> u8 {
        self.panel.spots.saturating_sub(1).max(1)
    }
}
