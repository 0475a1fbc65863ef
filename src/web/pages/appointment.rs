//! W5: one booked date, changed alone; and the panel that W4 shows of it.

use aggregates::appointment::By;
use aggregates::ids::{ActivityId, AppointmentId, BranchId};
use askama::Template;

use super::dates::{Calendar, Moment};
use super::language::Language;
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

    pub(super) fn status(&self, language: Language) -> String {
        language.say(match self.state {
            State::Cancelled(By::Client, _) => "status-cancelled",
            State::Cancelled(..) => "cancelled-by-studio",
            State::Over => "status-past",
            State::Booked if self.moved_from.is_some() => "status-moved",
            State::Booked => "status-booked",
        })
    }

    pub(super) fn title(&self, language: Language) -> String {
        language.with_on(&self.service, &self.team_member, self.starts)
    }

    pub(super) fn reference(&self, language: Language) -> String {
        language.say_with("reference", [("reference", self.reference.as_str().into())])
    }

    pub(super) fn notes(&self, language: Language, studio: &Studio) -> Vec<String> {
        let mut notes = vec![];
        if let Some(was) = self.moved_from {
            notes.push(language.of_date("was-date", was));
        }
        if self.replaced {
            notes.push(language.say_with("now-with", [("member", self.team_member.as_str().into())]));
        }
        match self.state {
            State::Cancelled(By::Client, at) => {
                notes.push(language.of_date("you-cancelled-on", at.day_and_month()));
            }
            State::Cancelled(_, at) => {
                notes.push(language.of_date("studio-cancelled-on", at.day_and_month()));
            }
            State::Over => notes.push(language.say("date-over")),
            State::Booked => {
                notes.push(self.cancelling.sentence(Change::Cancel, language, studio));
                notes.push(self.rescheduling.sentence(Change::Move, language, studio));
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
    fn sentence(self, change: Change, language: Language, studio: &Studio) -> String {
        match self {
            Self::Until(until) => change.on(language, "can-change-until", until),
            Self::EndedOn(since) => {
                format!("{} {}", change.on(language, "changing-ended", since), studio.please_call(language))
            }
            Self::Off => match change {
                Change::Cancel => studio.call(language, "call-to-cancel"),
                Change::Move => studio.call(language, "call-to-move"),
            },
        }
    }

    /// Why it was not done.
    #[must_use]
    pub fn refusal(self, change: Change, shell: &Shell) -> String {
        let why = match self {
            Self::Until(_) => return shell.say("nothing-changed"),
            Self::EndedOn(since) => change.on(shell.language, "not-changed-ended", since),
            Self::Off => shell.language.say_with("not-changed-off", [("what", change.name().into())]),
        };
        format!("{why} {}", shell.call("please-call"))
    }
}

/// What a client may do with an appointment while its rule allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Cancel,
    Move,
}

impl Change {
    fn name(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Move => "move",
        }
    }

    fn on(self, language: Language, name: &str, date: Moment) -> String {
        language.say_with(name, [("what", self.name().into()), ("date", date.to_string().into())])
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
        self.panel.title(self.shell.language)
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
        self.shell.language.say_with("spots-become-free", [("n", self.panel.spots.into())])
    }

    fn keep(&self) -> Address {
        self.panel.door.details().along(&self.shell.along)
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
        self.panel.door.details().along(&self.shell.along)
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
        self.panel.door.details().along(&self.shell.along)
    }

    fn of_all(&self) -> String {
        self.shell.language.say_with("of-spots", [("n", self.panel.spots.into())])
    }

    fn most(&self) -> u8 {
        self.panel.spots.saturating_sub(1).max(1)
    }
}
