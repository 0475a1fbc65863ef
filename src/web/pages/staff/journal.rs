//! The journal: what runs, who comes, and what staff may do about it.

mod booking;
mod change;
mod client;
mod day;
mod event;
mod history;
mod print;
mod search;

use aggregates::ids::{ActivityId, TeamMemberId};

use crate::web::pages::dates::Moment;
use crate::web::pages::language::Language;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

pub use booking::{BookPage, BookedPage, Chosen, DateBox, Person};
pub use change::{Affected, ChangePage, Control, Field, Stale};
pub use client::{ClientPage, GrantForm, MembershipLine};
pub use day::{JournalPage, News, View};
pub use event::{JournalEventPage, Row};
pub use history::{HistoryLine, HistoryPage, Names};
pub use print::{Attendee, PrintPage};
pub use search::{Hit, SearchPage};

/// One event with its counts.
#[derive(Debug, Clone)]
pub struct Event {
    pub activity: ActivityId,
    pub service: String,
    pub member_id: TeamMemberId,
    pub team_member: String,
    pub starts: Moment,
    pub ends: Moment,
    pub taken: u32,
    pub capacity: u16,
    pub cancelled: bool,
    pub open: bool,
}

impl Event {
    /// "7 of 9 taken".
    #[must_use]
    pub fn counts(&self, language: Language) -> String {
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

    /// "Tuesday 12 January 2027, 18:30 to 19:30".
    #[must_use]
    pub fn lasts(&self) -> String {
        self.starts.until(self.ends)
    }

    /// "7 of 9 taken, 2 free".
    #[must_use]
    pub fn counts_and_free(&self, language: Language) -> String {
        if self.cancelled {
            return self.counts(language);
        }
        let free = u32::from(self.capacity).saturating_sub(self.taken);
        let of = [("counts", self.counts(language).into()), ("n", free.into())];
        language.say_with("counts-and-free", of)
    }

    /// "Yoga, Sofie".
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}, {}", self.service, self.team_member)
    }

    pub(super) fn address(&self, shell: &StaffShell) -> Address {
        urls::journal_event(shell.branch, self.activity).along(&shell.along)
    }

    /// Where it is moved: a script opens that when it is dropped somewhere.
    pub(super) fn move_address(&self, shell: &StaffShell) -> Address {
        urls::journal_event_action(shell.branch, self.activity, "move").along(&shell.along)
    }

    /// Where somebody else takes it over.
    pub(super) fn replace_address(&self, shell: &StaffShell) -> Address {
        urls::journal_event_action(shell.branch, self.activity, "team-member").along(&shell.along)
    }
}
