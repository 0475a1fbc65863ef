//! What clients are told: one confirmation of everything that was booked at once, then a message for each change of
//! one appointment, and reminders where the branch wants them.
//!
//! A delivery knows which fact it is about and nobody's name. Its words are found when it is sent, so that whoever was erased
//! meanwhile is told nothing any more.

mod follower;
mod writing;

use aggregates::appointment::AppointmentEvent;
use uuid::Uuid;

pub use follower::Messages;

use crate::contact::Contact;
use crate::messenger::{Messenger, Way};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Confirmation,
    Cancelled,
    Rescheduled,
    /// By the studio, with its event.
    Moved,
    TeamMemberReplaced,
    Reminder,
}

impl About {
    const ALL: [Self; 6] = [
        Self::Confirmation,
        Self::Cancelled,
        Self::Rescheduled,
        Self::Moved,
        Self::TeamMemberReplaced,
        Self::Reminder,
    ];

    /// As stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Cancelled => "cancelled",
            Self::Rescheduled => "rescheduled",
            Self::Moved => "moved",
            Self::TeamMemberReplaced => "team-member-replaced",
            Self::Reminder => "reminder",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.name() == name)
    }

    /// What a client is told of a fact, if anything.
    fn of(fact: &AppointmentEvent) -> Option<Self> {
        match fact {
            AppointmentEvent::Cancelled(_) => Some(Self::Cancelled),
            AppointmentEvent::Rescheduled(_) => Some(Self::Rescheduled),
            AppointmentEvent::Moved(_) => Some(Self::Moved),
            AppointmentEvent::TeamMemberReplaced(_) => Some(Self::TeamMemberReplaced),
            AppointmentEvent::Booked(_)
            | AppointmentEvent::SpotsReduced(_)
            | AppointmentEvent::AttendanceNoted(_) => None,
        }
    }
}

/// How a client is told: by e-mail if they gave an address and e-mails can be sent, else as a text message if those can.
#[must_use]
pub fn way_to(messenger: &dyn Messenger, contact: &Contact) -> Option<Way> {
    if contact.email.is_some() && messenger.goes(Way::Mail) {
        Some(Way::Mail)
    } else {
        messenger.goes(Way::Text).then_some(Way::Text)
    }
}

/// What messages that travel the same way share their places with.
fn queue(way: Way) -> Uuid {
    match way {
        Way::Mail => Uuid::from_u128(1),
        Way::Text => Uuid::from_u128(2),
    }
}
