//! Why a rule said no, in the reader's language, as it stands after a colon: "Nothing was changed: {why}."
//!
//! The names of the messages are the codes that programs get, each after what said no: two rules may share a code.

use aggregates::Obstacle;
use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::booking_link::LinkRefusal;
use aggregates::branch::BranchRefusal;
use aggregates::cart::CartRefusal;
use aggregates::change_rules::Closed;
use aggregates::client::ClientRefusal;
use aggregates::membership::MembershipRefusal;

use super::language::Language;
use crate::command::Refusal;

impl Language {
    /// Why something was not done.
    #[must_use]
    pub fn refusal(self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::NotFound { what, .. } => self.no_such(what),
            Refusal::Stale { version } => self.say_with("refused-stale", [("version", (*version).into())]),
            Refusal::KeyReused => self.say("refused-key-reused"),
            Refusal::Gap { earlier, later, .. } => {
                let [earlier, later] = [earlier, later].map(|time| format!("{time:?}"));
                let neighbours = [("earlier", earlier.into()), ("later", later.into())];
                self.say_with("refused-no-such-time", neighbours)
            }
            Refusal::Cart { refusal, .. } => self.cart_refusal(refusal),
            Refusal::NotBooked { .. } => self.say("refused-not-booked"),
            Refusal::Activity(refusal) => self.activity_refusal(refusal),
            Refusal::Appointment(refusal) => self.appointment_refusal(refusal),
            Refusal::Branch(BranchRefusal::NotOpen) => self.no_such("branch"),
            Refusal::Branch(BranchRefusal::AlreadyOpen) => self.say("branch-already-open"),
            Refusal::Link(LinkRefusal::NotCreated) => self.no_such("booking link"),
            Refusal::Link(LinkRefusal::AlreadyCreated) => self.say("link-already-created"),
            Refusal::Link(LinkRefusal::NotForIndividualLinks) => self.say("link-not-for-individual-links"),
            Refusal::Link(LinkRefusal::ConsentEmpty) => self.say("link-consent-empty"),
            Refusal::Client(ClientRefusal::Erased) => self.say("client-erased"),
            Refusal::Client(ClientRefusal::UpcomingAppointments { count }) => {
                self.say_with("client-upcoming-appointments", [("n", (*count).into())])
            }
            Refusal::Membership(MembershipRefusal::AlreadyGranted) => self.say("membership-already-granted"),
        }
    }

    fn no_such(self, what: &str) -> String {
        self.say_with("refused-no-such", [("what", what.replace(' ', "-").into())])
    }

    /// What stands in the way of one event.
    #[must_use]
    pub fn obstacle(self, obstacle: &Obstacle) -> String {
        self.say(match obstacle {
            Obstacle::NotEnoughSpots { asked, left } => {
                let numbers = [("left", (*left).into()), ("asked", asked.get().into())];
                return self.say_with("obstacle-not-enough-spots", numbers);
            }
            Obstacle::TooManySpots { max } => {
                return self.say_with("obstacle-too-many-spots", [("max", max.get().into())]);
            }
            Obstacle::ActivityCancelled => "obstacle-activity-cancelled",
            Obstacle::BookingClosed => "obstacle-booking-closed",
            Obstacle::AlreadyStarted => "obstacle-already-started",
            Obstacle::TooSoon => "obstacle-too-soon",
            Obstacle::TooFarAhead => "obstacle-too-far-ahead",
            Obstacle::NotOffered => "obstacle-not-offered",
            Obstacle::ActivityMoved { .. } => "obstacle-activity-moved",
            Obstacle::AlreadyBooked => "obstacle-already-booked",
            Obstacle::NoMembership => "obstacle-no-membership",
        })
    }

    /// Why a selection said no.
    #[must_use]
    pub fn cart_refusal(self, refusal: &CartRefusal) -> String {
        self.say(match refusal {
            CartRefusal::TooManyEvents { max } => {
                return self.say_with("cart-too-many-events", [("max", max.get().into())]);
            }
            CartRefusal::ItemsRefused(items) => {
                return self.say_with("cart-items-refused", [("n", items.len().into())]);
            }
            CartRefusal::NotOpened => "cart-not-found",
            CartRefusal::NotConfirmed => "cart-not-confirmed",
            CartRefusal::DifferentTeamMembers => "cart-different-team-members",
            CartRefusal::DifferentServices => "cart-different-services",
            CartRefusal::PrepaymentEnabled => "cart-prepayment-enabled",
            CartRefusal::PrepaymentRequired => "cart-prepayment-required",
            CartRefusal::NotSelected => "cart-not-selected",
            CartRefusal::NothingSelected => "cart-nothing-selected",
            CartRefusal::AlreadyConfirmed => "cart-already-confirmed",
            CartRefusal::Expired => "cart-expired",
            CartRefusal::TooManyEdits => "cart-too-many-edits",
            CartRefusal::LinkClosed => "cart-link-closed",
            CartRefusal::ConsentMissing => "cart-consent-missing",
            CartRefusal::ConsentChanged => "cart-consent-changed",
            CartRefusal::EmailMissing => "cart-email-missing",
            CartRefusal::CommentMissing => "cart-comment-missing",
            CartRefusal::PhoneCodeNeeded => "cart-phone-code-needed",
        })
    }

    fn activity_refusal(self, refusal: &ActivityRefusal) -> String {
        match refusal {
            ActivityRefusal::NotScheduled => self.no_such("event"),
            ActivityRefusal::AlreadyScheduled => self.say("activity-already-scheduled"),
            ActivityRefusal::Cancelled => self.obstacle(&Obstacle::ActivityCancelled),
            ActivityRefusal::CapacityBelowTaken { taken } => {
                self.say_with("activity-capacity-below-taken", [("n", (*taken).into())])
            }
            ActivityRefusal::Obstacle(obstacle) => self.obstacle(obstacle),
        }
    }

    fn appointment_refusal(self, refusal: &AppointmentRefusal) -> String {
        match refusal {
            AppointmentRefusal::NotBooked => self.no_such("appointment"),
            AppointmentRefusal::AlreadyBooked => self.say("appointment-already-booked"),
            AppointmentRefusal::Cancelled => self.say("appointment-cancelled"),
            AppointmentRefusal::CancellingClosed(closed) => self.changing_closed("cancel", *closed),
            AppointmentRefusal::ReschedulingClosed(closed) => self.changing_closed("move", *closed),
            AppointmentRefusal::DifferentTeamMembers => self.say("appointment-different-team-members"),
            AppointmentRefusal::DifferentServices => self.say("appointment-different-services"),
            AppointmentRefusal::NotFewerSpots { now } => {
                self.say_with("appointment-not-fewer-spots", [("n", now.get().into())])
            }
            AppointmentRefusal::Obstacle(obstacle) => self.obstacle(obstacle),
        }
    }

    /// Pages of clients say the moment on the branch's clock instead; here it stands as rules know it.
    fn changing_closed(self, what: &str, closed: Closed) -> String {
        match closed {
            Closed::NotAllowed => self.say_with("appointment-changing-off", [("what", what.into())]),
            Closed::NoticePassed { since } => {
                let of = [("what", what.into()), ("date", since.to_string().into())];
                self.say_with("appointment-changing-ended", of)
            }
        }
    }
}

#[cfg(test)]
#[path = "refusals_tests.rs"]
mod tests;
