//! Identifiers. One type per thing, so that two of them cannot be swapped.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A studio. Everything else belongs to one branch.
    BranchId;
    /// A configured widget.
    LinkId;
    /// One client's selection on its way to a confirmation.
    CartId;
    /// One dated event on the schedule.
    ActivityId;
    /// One booked event of one client.
    AppointmentId;
    /// What is taught: "Yoga".
    ServiceId;
    /// Who runs it: "Sofie".
    TeamMemberId;
    /// Who books; random, so that it says nothing about the person.
    ClientId;
    /// Visits paid ahead.
    MembershipId;
}

impl AppointmentId {
    /// The id an event will have once it is booked from a cart.
    ///
    /// Derived instead of drawn, so that deciding a confirmation again gives the same appointments. The first six
    /// bytes are the time in the cart's version 7 UUID, which keeps siblings near each other in an index (RFC 9562,
    /// section 5.8).
    #[must_use]
    pub fn derive(cart: CartId, activity: ActivityId) -> Self {
        let mut bytes = *Uuid::new_v5(&cart.0, activity.0.as_bytes()).as_bytes();
        for (byte, time) in bytes.iter_mut().zip(cart.0.as_bytes()).take(6) {
            *byte = *time;
        }
        Self(Uuid::new_v8(bytes))
    }

    /// A short name to say on the telephone: eight Crockford base32 characters in two groups, "7K3M-9Q2F".
    ///
    /// It is for people and opens nothing. Forty bits of the id: two of a branch's appointments may share one, and
    /// a search then shows both.
    #[must_use]
    pub fn reference(self) -> String {
        const ALPHABET: [char; 32] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
            'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
        ];
        let low = self.0.as_u128();
        let mut reference = String::with_capacity(9);
        for place in (0..8).rev() {
            let digit = usize::try_from(low >> (5 * place) & 31).unwrap_or(0);
            reference.push(ALPHABET.get(digit).copied().unwrap_or('0'));
            if place == 4 {
                reference.push('-');
            }
        }
        reference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appointment_id_is_repeatable_and_near_its_siblings() {
        let cart = CartId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));
        let [tuesday, thursday] = [10, 11].map(|n| ActivityId(Uuid::from_u128(n)));

        let booked = AppointmentId::derive(cart, tuesday);

        assert_eq!(booked, AppointmentId::derive(cart, tuesday));
        assert_ne!(booked, AppointmentId::derive(cart, thursday));
        assert_eq!(booked.0.as_bytes()[..6], cart.0.as_bytes()[..6]);
        assert_eq!(booked.0.get_version_num(), 8);
    }

    #[test]
    fn a_reference_is_eight_characters_in_two_groups() {
        assert_eq!(AppointmentId(Uuid::from_u128(0)).reference(), "0000-0000");
        assert_eq!(AppointmentId(Uuid::from_u128(0xFF_FFFF_FFFF)).reference(), "ZZZZ-ZZZZ");
        assert_eq!(AppointmentId(Uuid::from_u128(33)).reference(), "0000-0011");
    }
}
