//! Webhooks after the Standard Webhooks specification: staff name addresses, and every fact of the branch is sent to them,
//! signed, without anything about a person but random ids.

mod endpoints;
mod follower;
mod signature;

use std::collections::BTreeSet;

use aggregates::Decider;
use aggregates::activity::{Activity, ActivityEvent};
use aggregates::appointment::{Appointment, AppointmentEvent};
use aggregates::booking_link::{BookingLink, LinkEvent};
use aggregates::branch::{Branch, BranchEvent};
use aggregates::cart::{BookingCart, CartEvent};
use aggregates::client::{Client, ClientEvent};
use aggregates::membership::{Membership, MembershipEvent};

pub use endpoints::{Because, Endpoint, Endpoints, OVERLAP, Standing, TooMany};
pub use follower::{FOLLOWER, TEST, Webhooks};
pub use signature::{Secret, sign};

/// Which facts an endpoint wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of them, also those of later releases.
    All,
    Only(BTreeSet<String>),
}

impl Wanted {
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.contains(name),
        }
    }

    /// # Errors
    ///
    /// The first name that no fact has; nothing if there is no name at all.
    pub fn only(names: impl IntoIterator<Item = String>) -> Result<Self, Option<String>> {
        let names: BTreeSet<String> = names.into_iter().collect();
        let known = || types().flat_map(|(_, names)| names);
        match names.iter().find(|name| !known().any(|known| known == name)) {
            Some(unknown) => Err(Some(unknown.clone())),
            None if names.is_empty() => Err(None),
            None => Ok(Self::Only(names)),
        }
    }
}

/// The names of all facts, by the kind of aggregate that they are about.
pub fn types() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    [
        (Appointment::NAME, AppointmentEvent::NAMES),
        (BookingCart::NAME, CartEvent::NAMES),
        (Activity::NAME, ActivityEvent::NAMES),
        (Membership::NAME, MembershipEvent::NAMES),
        (Client::NAME, ClientEvent::NAMES),
        (BookingLink::NAME, LinkEvent::NAMES),
        (Branch::NAME, BranchEvent::NAMES),
    ]
    .into_iter()
}
