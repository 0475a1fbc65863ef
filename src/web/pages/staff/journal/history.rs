//! What happened to an event, in sentences: what, who, when, why.

use aggregates::activity::ActivityEvent;
use askama::Template;

use super::Event;
use crate::web::pages::dates::{Calendar, Moment};
use crate::web::pages::language::Language;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// The history of one event, the newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_history.html")]
pub struct HistoryPage {
    pub shell: StaffShell,
    pub event: Event,
    pub entries: Vec<HistoryLine>,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    pub at: Moment,
    pub sentence: String,
    /// "by staff, not signed in".
    pub who: String,
    /// What it followed from.
    pub why: String,
}

/// Names that a sentence about a fact needs.
pub trait Names {
    /// Whose spots they are.
    fn client(&self, appointment: aggregates::ids::AppointmentId) -> String;
    fn team_member(&self, id: aggregates::ids::TeamMemberId) -> String;
}

impl Language {
    /// What a fact about an event says.
    #[must_use]
    pub fn activity_fact(self, fact: &ActivityEvent, names: &impl Names, calendar: &Calendar) -> String {
        let date = |moment| calendar.at(moment).to_string();
        match fact {
            ActivityEvent::Scheduled(fact) => {
                let of = [("date", date(fact.plan.starts_at).into()), ("n", fact.plan.capacity.get().into())];
                self.say_with("fact-scheduled", of)
            }
            ActivityEvent::CapacitySet(fact) => {
                self.say_with("fact-capacity-set", [("n", fact.capacity.get().into())])
            }
            ActivityEvent::Moved(fact) => {
                let of = [("was", date(fact.was).into()), ("date", date(fact.starts_at).into())];
                self.say_with("fact-moved", of)
            }
            ActivityEvent::Cancelled(_) => self.say("fact-cancelled"),
            ActivityEvent::TeamMemberReplaced(fact) => {
                let [was, is] = [fact.was, fact.team_member_id].map(|member| names.team_member(member));
                self.say_with("fact-team-member-replaced", [("was", was.into()), ("member", is.into())])
            }
            ActivityEvent::BookingOpened(_) => self.say("fact-booking-opened"),
            ActivityEvent::BookingClosed(_) => self.say("fact-booking-closed"),
            ActivityEvent::SpotsTaken(fact) => {
                let name = if fact.overbooked { "fact-overbooked" } else { "fact-spots-taken" };
                let of =
                    [("client", names.client(fact.appointment_id).into()), ("n", fact.spots.get().into())];
                self.say_with(name, of)
            }
            ActivityEvent::SpotsReleased(fact) => {
                let of =
                    [("client", names.client(fact.appointment_id).into()), ("n", fact.spots.get().into())];
                self.say_with("fact-spots-released", of)
            }
            ActivityEvent::SpotsKept(fact) => {
                let of =
                    [("client", names.client(fact.appointment_id).into()), ("n", fact.spots.get().into())];
                self.say_with("fact-spots-kept", of)
            }
        }
    }

    /// Who asked for something, by the name under which facts remember them.
    #[must_use]
    pub fn actor(self, actor: &str, name: Option<&str>) -> String {
        match (name, actor) {
            (Some(name), _) => self.say_with("by-somebody", [("name", name.into())]),
            (None, "client") => self.say("by-client"),
            (None, "import") => self.say("by-import"),
            (None, "demonstration") => self.say("by-demonstration"),
            (None, "staff") => self.say("by-staff"),
            (None, _) => self.say("by-former-staff"),
        }
    }

    /// What was asked for, by the name under which facts remember it.
    #[must_use]
    pub fn cause(self, name: &str) -> String {
        self.say(match name {
            "confirm-multi-booking" => "cause-booked",
            "book-for-client" => "cause-booked-at-desk",
            "cancel-appointment" => "cause-appointment-cancelled",
            "reschedule-appointment" => "cause-appointment-moved",
            "reduce-spots" => "cause-spots-reduced",
            "schedule-activities" => "cause-planned",
            "erase-client" => "cause-client-erased",
            "end-links" => "cause-links-ended",
            "export-client" => "cause-client-exported",
            "open-cart" | "select-events" | "set-spots" => "cause-selected",
            "grant-membership" => "cause-membership-granted",
            "note-attendance" => "cause-attendance-noted",
            "open-branch" | "set-details" | "set-rules" | "save-branch" | "set-service"
            | "set-team-member" | "create-link" | "set-up-link" | "dress-link" | "save-link" => {
                "cause-settings-saved"
            }
            _ => "cause-event-changed",
        })
    }
}

impl HistoryPage {
    fn audit(&self) -> Address {
        let here = urls::audit(self.shell.branch).with("what", "activity").with("id", self.event.activity);
        here.along(&self.shell.along)
    }

    fn back(&self) -> Address {
        urls::journal_event(self.shell.branch, self.event.activity).along(&self.shell.along)
    }
}
