//! What stands in the way of booking one event.
//!
//! A confirmation answers with one of these per event; `cart.items-refused.v1` stores them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::values::Spots;

/// Why one event cannot be booked. The stored names are also the codes of the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Obstacle {
    /// Fewer spots are left than were asked for.
    #[error("{left} spots are left, and {asked} were asked for")]
    NotEnoughSpots { asked: Spots, left: u16 },
    /// The studio cancelled the event.
    #[error("the studio cancelled this event")]
    ActivityCancelled,
    /// Closed to online booking.
    #[error("this event is closed to online booking")]
    BookingClosed,
    /// The start has passed.
    #[error("this event has started")]
    AlreadyStarted,
    /// Starts sooner than the link's minimum lead.
    #[error("this event starts too soon to be booked online")]
    TooSoon,
    /// Starts after the link's horizon.
    #[error("this event is too far ahead to be booked online")]
    TooFarAhead,
    /// The link does not offer the service or the team member.
    #[error("this event is not offered here")]
    NotOffered,
    /// The event starts at another time than the client saw.
    #[error("this event was moved")]
    ActivityMoved { was: DateTime<Utc>, is: DateTime<Utc> },
    /// The client already holds spots in this event.
    #[error("the client already has this event")]
    AlreadyBooked,
    /// The service needs a membership and none applies on that day.
    #[error("no membership applies to this event")]
    NoMembership,
    /// More spots than the branch allows within one booking (S-42).
    #[error("one booking takes up to {max} spots of an event")]
    TooManySpots { max: Spots },
}

impl Obstacle {
    /// The stable code, as stored and as told to programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEnoughSpots { .. } => "not-enough-spots",
            Self::ActivityCancelled => "activity-cancelled",
            Self::BookingClosed => "booking-closed",
            Self::AlreadyStarted => "already-started",
            Self::TooSoon => "too-soon",
            Self::TooFarAhead => "too-far-ahead",
            Self::NotOffered => "not-offered",
            Self::ActivityMoved { .. } => "activity-moved",
            Self::AlreadyBooked => "already-booked",
            Self::NoMembership => "no-membership",
            Self::TooManySpots { .. } => "too-many-spots",
        }
    }
}

impl std::fmt::Display for Spots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.get().fmt(f)
    }
}
