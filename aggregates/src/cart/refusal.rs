//! Why a cart says no, and what changed since it showed something else.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::RefusedItem;
use crate::ids::ActivityId;
use crate::values::MaxEvents;

/// Why a cart said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CartRefusal {
    #[error("there is no such selection")]
    NotOpened,
    /// Nothing was confirmed that a refusal could belong to.
    #[error("this selection is still open")]
    NotConfirmed,
    /// Several events are booked with one team member only (S-04).
    #[error("all events in one booking are run by the same team member")]
    DifferentTeamMembers,
    /// Several events are booked of one service only (S-04).
    #[error("all events in one booking are of the same service")]
    DifferentServices,
    /// The limit of the booking link (S-13).
    #[error("at most {} events can be booked at once", max.get())]
    TooManyEvents { max: MaxEvents },
    /// Multiple event booking is off while the branch takes prepayment (S-09).
    #[error("events are booked one at a time while online prepayment is enabled")]
    PrepaymentEnabled,
    /// An event that has to be paid before the visit is booked alone.
    #[error("an event with required prepayment is booked alone")]
    PrepaymentRequired,
    /// Spots were set for an event outside the selection.
    #[error("this event is not selected")]
    NotSelected,
    /// There is nothing to book.
    #[error("no event is selected")]
    NothingSelected,
    #[error("this selection is confirmed already")]
    AlreadyConfirmed,
    #[error("this selection has ended; selections stay open for 24 hours")]
    Expired,
    #[error("this selection was changed very often and has ended")]
    TooManyEdits,
    /// The link was switched off, or books no events.
    #[error("this booking page is closed")]
    LinkClosed,
    #[error("please agree to the studio's terms")]
    ConsentMissing,
    #[error("the studio's terms have changed; please agree again")]
    ConsentChanged,
    #[error("this link asks for an e-mail address")]
    EmailMissing,
    #[error("this link asks for a comment")]
    CommentMissing,
    /// The link asks clients to prove their telephone number.
    #[error("the telephone number has to be proved with a code")]
    PhoneCodeNeeded,
    /// These events cannot be booked, so nothing is.
    #[error("{} of the events cannot be booked", .0.len())]
    ItemsRefused(Vec<RefusedItem>),
}

impl CartRefusal {
    /// The stable code that programs depend on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOpened => "not-found",
            Self::NotConfirmed => "not-confirmed",
            Self::DifferentTeamMembers => "different-team-members",
            Self::DifferentServices => "different-services",
            Self::TooManyEvents { .. } => "too-many-events",
            Self::PrepaymentEnabled => "prepayment-enabled",
            Self::PrepaymentRequired => "prepayment-required",
            Self::NotSelected => "not-selected",
            Self::NothingSelected => "nothing-selected",
            Self::AlreadyConfirmed => "already-confirmed",
            Self::Expired => "cart-expired",
            Self::TooManyEdits => "too-many-edits",
            Self::LinkClosed => "link-closed",
            Self::ConsentMissing => "consent-missing",
            Self::ConsentChanged => "consent-changed",
            Self::EmailMissing => "email-missing",
            Self::CommentMissing => "comment-missing",
            Self::PhoneCodeNeeded => "phone-code-needed",
            Self::ItemsRefused(_) => "items-refused",
        }
    }
}

/// Something that is different now from what the client was shown (E-19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub was: Value,
    pub is: Value,
}

/// One thing that a client was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    MaxEvents(Option<MaxEvents>),
    Prepayment(bool),
    ConsentVersion(Option<u32>),
    Start {
        activity: ActivityId,
        starts_at: DateTime<Utc>,
    },
    /// Whether an event can be booked: it may have started, been closed, cancelled or sold out.
    Bookable {
        activity: ActivityId,
        bookable: bool,
    },
}
