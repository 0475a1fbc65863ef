//! What happened to one thing, in sentences.

use aggregates::Fact;
use aggregates::activity::ActivityEvent;
use aggregates::appointment::{AppointmentEvent, Attendance, By};
use aggregates::branch::BranchEvent;
use aggregates::cart::{CartEvent, Mode};
use aggregates::client::ClientEvent;
use aggregates::membership::MembershipEvent;
use aggregates::values::Spots;

use crate::Recorded;

/// What one entry says, as a sentence without names: a ledger knows none.
#[must_use]
pub fn sentence(entry: &Recorded) -> String {
    match &entry.fact {
        Fact::Branch(fact) => branch(fact),
        Fact::Link(aggregates::booking_link::LinkEvent::Created(_)) => {
            "The booking link was created.".to_owned()
        }
        Fact::Link(aggregates::booking_link::LinkEvent::SetUp(_)) => {
            "The booking link was set up anew.".to_owned()
        }
        Fact::Link(aggregates::booking_link::LinkEvent::Dressed(_)) => {
            "The looks of the booking link were set.".to_owned()
        }
        Fact::Activity(fact) => activity(fact),
        Fact::Cart(fact) => cart(fact),
        Fact::Appointment(fact) => appointment(fact),
        Fact::Membership(MembershipEvent::Granted(fact)) => {
            format!("The membership {} was granted.", fact.terms.name)
        }
        Fact::Client(ClientEvent::Exported(fact)) => {
            format!("What is stored about the client was handed over, asked for by {}.", requester(fact.by))
        }
        Fact::Client(ClientEvent::LinksEnded(fact)) => {
            format!("The private addresses of the client were ended, asked for by {}.", requester(fact.by))
        }
        Fact::Client(ClientEvent::Erased(fact)) => {
            format!("The client was erased, asked for by {}.", requester(fact.by))
        }
    }
}

fn branch(fact: &BranchEvent) -> String {
    match fact {
        BranchEvent::Opened(fact) => format!("The branch {} was opened.", fact.details.name),
        BranchEvent::DetailsSet(_) => "The details of the branch were set.".to_owned(),
        BranchEvent::RulesSet(_) => "The rules of the branch were set.".to_owned(),
        BranchEvent::ServiceAdded(fact) => format!("The service {} was added.", fact.service.name),
        BranchEvent::ServiceSet(fact) => format!("The service {} was set.", fact.service.name),
        BranchEvent::TeamMemberAdded(fact) => format!("{} joined the team.", fact.name),
        BranchEvent::TeamMemberRenamed(fact) => format!("A team member is called {} now.", fact.name),
    }
}

fn activity(fact: &ActivityEvent) -> String {
    match fact {
        ActivityEvent::Scheduled(fact) => {
            let capacity = u32::from(fact.plan.capacity);
            format!("The event was scheduled for {} with {capacity} spots.", fact.plan.starts_at)
        }
        ActivityEvent::CapacitySet(fact) => format!("The capacity was set to {}.", u32::from(fact.capacity)),
        ActivityEvent::Moved(fact) => format!("The event was moved from {} to {}.", fact.was, fact.starts_at),
        ActivityEvent::Cancelled(_) => "The event was cancelled.".to_owned(),
        ActivityEvent::TeamMemberReplaced(_) => "The team member was replaced.".to_owned(),
        ActivityEvent::BookingOpened(_) => "The event was opened to online booking.".to_owned(),
        ActivityEvent::BookingClosed(_) => "The event was closed to online booking.".to_owned(),
        ActivityEvent::SpotsTaken(fact) => {
            let purpose = if fact.overbooked { ", overbooking on purpose" } else { "" };
            format!("Appointment {} took {}{purpose}.", fact.appointment_id, counted(fact.spots))
        }
        ActivityEvent::SpotsReleased(fact) => {
            format!("Appointment {} gave {} back.", fact.appointment_id, counted(fact.spots))
        }
        ActivityEvent::SpotsKept(fact) => {
            format!("Appointment {} kept {} of {}.", fact.appointment_id, fact.spots, counted(fact.was))
        }
    }
}

fn cart(fact: &CartEvent) -> String {
    match fact {
        CartEvent::Opened(_) => "A selection was begun.".to_owned(),
        CartEvent::SelectionMade(fact) if fact.lines.is_empty() => "Every event was cleared.".to_owned(),
        CartEvent::SelectionMade(fact) => format!("The selection was set to {} events.", fact.lines.len()),
        CartEvent::SpotsSet(fact) => {
            format!("Event {} was set to {}.", fact.activity_id, counted(fact.spots))
        }
        CartEvent::Confirmed(fact) => {
            let mode = match fact.mode {
                Mode::AllOrNothing => "all or nothing",
                Mode::BestEffort => "as many as possible",
            };
            format!("{} events were confirmed at once, {mode}.", fact.lines.len())
        }
        CartEvent::ItemsRefused(fact) => {
            let refused: Vec<String> =
                fact.items.iter().map(|item| format!("{} ({})", item.activity_id, item.obstacle)).collect();
            format!("Not booked: {}.", refused.join(", "))
        }
    }
}

fn appointment(fact: &AppointmentEvent) -> String {
    match fact {
        AppointmentEvent::Booked(fact) => {
            format!("Booked for {} with {}.", fact.place.starts_at, counted(fact.spots))
        }
        AppointmentEvent::Cancelled(fact) => format!("Cancelled by {}.", requester(fact.by)),
        AppointmentEvent::Rescheduled(fact) => {
            format!("Moved from {} to {} by {}.", fact.from.starts_at, fact.to.starts_at, requester(fact.by))
        }
        AppointmentEvent::SpotsReduced(fact) => {
            format!("Reduced from {} to {} by {}.", fact.was, counted(fact.spots), requester(fact.by))
        }
        AppointmentEvent::Moved(fact) => format!("The studio moved the event to {}.", fact.starts_at),
        AppointmentEvent::AttendanceNoted(fact) => match fact.attendance {
            Some(Attendance::Arrived) => "The client arrived.",
            Some(Attendance::NoShow) => "The client did not come.",
            None => "The note on attendance was taken back.",
        }
        .to_owned(),
        AppointmentEvent::TeamMemberReplaced(_) => "The studio replaced the team member.".to_owned(),
    }
}

fn requester(by: By) -> &'static str {
    match by {
        By::Client => "the client",
        By::Staff => "staff",
        By::Studio => "the studio, with the event",
    }
}

fn counted(spots: Spots) -> String {
    if spots == Spots::ONE { "1 spot".to_owned() } else { format!("{spots} spots") }
}
