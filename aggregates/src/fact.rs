//! What all facts have in common: a stored name that never changes.
//!
//! The name ends in its version (`cart.confirmed.v1`). Add optional fields freely; for any other change store a
//! new version and read the old one in the same file. Never edit an old shape: somebody's history is made of it.

use serde::{Deserialize, Deserializer, Serialize};

use crate::activity::{Activity, ActivityEvent};
use crate::appointment::{Appointment, AppointmentEvent};
use crate::booking_link::{BookingLink, LinkEvent};
use crate::branch::{Branch, BranchEvent};
use crate::cart::{BookingCart, CartEvent};
use crate::client::{Client, ClientEvent};
use crate::decider::Decider;
use crate::membership::{Membership, MembershipEvent};

/// Declares the facts of one aggregate, each with the name it is stored under.
///
/// One list serves writing (`type` inside the payload, so that the payload explains itself) and reading by name,
/// which needs no look-ahead and is what a rebuild spends its time on.
macro_rules! facts {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $stored:literal => $variant:ident($body:ty),)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "type")]
        pub enum $name {
            $($(#[$of])* #[serde(rename = $stored)] $variant($body),)+
        }

        impl $name {
            /// Every name that was ever stored.
            pub const NAMES: &'static [&'static str] = &[$($stored),+];

            /// The name this fact is stored under.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $stored,)+
                }
            }

            /// Reads a stored fact; `None` if no fact has that name.
            ///
            /// # Errors
            ///
            /// If the payload has another shape than its name promises.
            pub fn read<'de, D>(name: &str, stored: D) -> Result<Option<Self>, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                Ok(Some(match name {
                    $($stored => Self::$variant(<$body as serde::Deserialize>::deserialize(stored)?),)+
                    _ => return Ok(None),
                }))
            }
        }

        impl $crate::fact::Named for $name {
            fn name(&self) -> &'static str {
                Self::name(self)
            }
        }

        $(impl From<$body> for $name {
            fn from(body: $body) -> Self {
                Self::$variant(body)
            }
        })+
    };
}

/// Something stored under a name that never changes.
pub trait Named {
    /// The name it is stored under.
    fn name(&self) -> &'static str;
}

/// A fact about any aggregate, as a reader of the ledger meets it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    Branch(BranchEvent),
    Link(LinkEvent),
    Activity(ActivityEvent),
    Cart(CartEvent),
    Appointment(AppointmentEvent),
    Membership(MembershipEvent),
    Client(ClientEvent),
}

impl Fact {
    /// Reads a fact of the aggregate called `aggregate_type`, stored under `name`; `None` if nothing here has
    /// those names.
    ///
    /// # Errors
    ///
    /// If the payload has another shape than its name promises.
    pub fn read<'de, D: Deserializer<'de>>(
        aggregate_type: &str,
        name: &str,
        stored: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(match aggregate_type {
            Branch::NAME => BranchEvent::read(name, stored)?.map(Self::Branch),
            BookingLink::NAME => LinkEvent::read(name, stored)?.map(Self::Link),
            Activity::NAME => ActivityEvent::read(name, stored)?.map(Self::Activity),
            BookingCart::NAME => CartEvent::read(name, stored)?.map(Self::Cart),
            Appointment::NAME => AppointmentEvent::read(name, stored)?.map(Self::Appointment),
            Membership::NAME => MembershipEvent::read(name, stored)?.map(Self::Membership),
            Client::NAME => ClientEvent::read(name, stored)?.map(Self::Client),
            _ => None,
        })
    }
}

macro_rules! any_fact {
    ($($event:ident => $variant:ident,)+) => {$(
        impl From<$event> for Fact {
            fn from(event: $event) -> Self {
                Self::$variant(event)
            }
        }
    )+};
}

any_fact! {
    BranchEvent => Branch,
    LinkEvent => Link,
    ActivityEvent => Activity,
    CartEvent => Cart,
    AppointmentEvent => Appointment,
    MembershipEvent => Membership,
    ClientEvent => Client,
}
