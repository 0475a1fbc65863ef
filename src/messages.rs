//! What clients are told: one confirmation of everything that was booked at once, then a message for each change of
//! one appointment, and reminders where the branch wants them.
//!
//! A delivery knows which fact it is about and nobody's name. Its words are found when it is sent, so that whoever was erased
//! meanwhile is told nothing any more.

mod follower;
mod writing;

use aggregates::Decider;
use aggregates::appointment::AppointmentEvent;
use aggregates::cart::BookingCart;
use aggregates::ids::{BranchId, CartId};
use chrono::TimeDelta;
use uuid::Uuid;

pub use follower::Messages;

use crate::app::App;
use crate::contact::Contact;
use crate::followers::deliveries::{State, derived};
use crate::ledger::{StoreError, from_micros};
use crate::messenger::{Messenger, Way};

/// The name that positions and deliveries are stored under.
const FOLLOWER: &str = "messages";

/// The fact that is confirmed to a client.
const CONFIRMED: &str = "cart.confirmed.v1";

/// Within which a delivery is made of a fact, unless something is wrong.
const SOON: TimeDelta = TimeDelta::minutes(1);

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

/// What became of the message that confirms a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmation {
    pub way: Way,
    /// Whoever brings it has it; else that is still tried.
    pub arrived: bool,
}

/// What became of the message that confirms a cart; `None` if there is none, or nobody took it.
///
/// # Errors
///
/// If the store cannot be asked.
pub async fn confirmation(
    app: &App,
    branch: BranchId,
    cart: CartId,
    contact: &Contact,
) -> Result<Option<Confirmation>, StoreError> {
    let Some(messenger) = &app.messenger else { return Ok(None) };
    let Some(way) = way_to(messenger.as_ref(), contact) else { return Ok(None) };
    let facts = app.ledger.history(branch, BookingCart::NAME, cart.0).await?;
    let Some(fact) = facts.iter().find(|fact| fact.event_type == CONFIRMED) else { return Ok(None) };
    let id = derived(FOLLOWER, branch, fact.position, cart.0);
    let arrived = match app.deliveries.find(branch, id).await?.map(|delivery| delivery.state) {
        Some(State::Delivered) => true,
        Some(State::Waiting) => false,
        // Just now: it is made in a moment.
        None if app.clock.now() - from_micros(fact.recorded_at) < SOON => false,
        Some(State::Failed | State::Dropped) | None => return Ok(None),
    };
    Ok(Some(Confirmation { way, arrived }))
}

/// What messages that travel the same way share their places with.
fn queue(way: Way) -> Uuid {
    match way {
        Way::Mail => Uuid::from_u128(1),
        Way::Text => Uuid::from_u128(2),
    }
}
