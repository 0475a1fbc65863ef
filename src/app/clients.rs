//! What the store holds about one client, beside their appointments.

use std::collections::HashMap;

use aggregates::cart::{BookingCart, CartEvent};
use aggregates::ids::{BranchId, CartId};
use aggregates::{Decider, Fact};
use chrono::{DateTime, Utc};

use super::App;
use crate::contact::Contact;
use crate::ledger::{StoreError, from_micros};
use crate::vault::{Client, Typed};

/// What a client typed with one confirmation, and agreed to.
#[derive(Debug, Clone)]
pub struct Booking {
    pub at: DateTime<Utc>,
    pub contact: Contact,
    /// The version of the consent text, if there was one.
    pub consent_version: Option<u32>,
}

impl App {
    /// What the client typed with the confirmations of these carts, by time.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or holds what this release cannot read.
    pub async fn bookings(
        &self,
        branch: BranchId,
        client: &Client,
        carts: impl IntoIterator<Item = CartId>,
    ) -> Result<Vec<Booking>, StoreError> {
        let own = HashMap::from([(client.id, client.clone())]);
        let typed = self.vault.typed_by(branch, &own, carts).await?;
        let mut bookings = Vec::with_capacity(typed.len());
        for (cart, Typed { contact, .. }) in typed {
            for entry in self.ledger.history(branch, BookingCart::NAME, cart.0).await? {
                if let Fact::Cart(CartEvent::Confirmed(confirmed)) = entry.read()?.fact {
                    let at = from_micros(entry.recorded_at);
                    let contact = contact.clone();
                    bookings.push(Booking { at, contact, consent_version: confirmed.consent_version });
                }
            }
        }
        bookings.sort_by_key(|booking| booking.at);
        Ok(bookings)
    }
}
