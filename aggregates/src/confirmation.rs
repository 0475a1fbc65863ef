//! What follows from a confirmed cart: spots in each event, and an appointment for each.
//!
//! A policy, not a party: it holds no state and performs nothing. Whoever runs it may run it twice, because each
//! of the commands is harmless when repeated.

use crate::activity::{Activity, ActivityCommand, Holder, Taking};
use crate::appointment::{AppointmentCommand, Entitlement, Place};
use crate::booking_link::Settled;
use crate::branch::{Branch, MembershipBooking};
use crate::cart::{CartConfirmed, ConfirmedLine, Seen};
use crate::ids::{CartId, LinkId};
use crate::membership::Membership;

/// What a confirmation needs of the aggregates beside the event.
#[derive(Debug, Clone, Copy)]
pub struct Booking<'a> {
    pub cart: CartId,
    pub link_id: LinkId,
    pub confirmed: &'a CartConfirmed,
    pub branch: &'a Branch,
    pub link: &'a Settled,
    pub membership: &'a Membership,
    /// What the client was shown; an event that starts at another time is refused.
    pub seen: &'a Seen,
    pub booker: Booker,
}

/// Who confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Booker {
    /// The client, on the terms of the link.
    Client,
    /// Staff for a client; `force` overbooks on purpose.
    Staff { force: bool },
}

/// The two commands that book one event, in their order.
#[derive(Debug, Clone)]
pub struct Item {
    pub take: ActivityCommand,
    pub book: AppointmentCommand,
}

impl Booking<'_> {
    /// What books one line of the cart; `None` if the event was never scheduled.
    #[must_use]
    pub fn item(&self, line: &ConfirmedLine, activity: &Activity) -> Option<Item> {
        let vacancy = activity.vacancy()?;
        let Self { confirmed, branch, link, .. } = self;
        let at = confirmed.confirmed_at;
        let taking = match self.booker {
            Booker::Staff { force } => Taking::Staff { force },
            Booker::Client => {
                let mut online = link.online(&vacancy.plan, branch.rules(), at);
                online.seen_start = self.seen.starts.get(&line.activity_id).copied();
                Taking::Online(online)
            }
        };
        let place = Place::of(line.activity_id, &vacancy.plan);
        Some(Item {
            take: ActivityCommand::TakeSpots {
                appointment: line.appointment_id,
                holder: Holder { client: confirmed.client_id, spots: line.spots },
                taking,
                duplicates: branch.rules().duplicates,
            },
            book: AppointmentCommand::Book {
                cart: self.cart,
                link: self.link_id,
                client: confirmed.client_id,
                spots: line.spots,
                entitlement: entitlement(branch, self.membership, &place, confirmed.with_membership),
                place,
            },
        })
    }
}

/// Whether a membership is needed for an event at that place and time, and which one applies.
#[must_use]
pub fn entitlement(branch: &Branch, membership: &Membership, place: &Place, wanted: bool) -> Entitlement {
    let booking =
        branch.service(place.service_id).map_or(MembershipBooking::Off, |service| service.membership_booking);
    let day = branch.day_of(place.starts_at);
    Entitlement { booking, wanted, applying: membership.applying(place.service_id, day) }
}
