//! What the store holds about one client, beside their appointments.

use std::collections::HashMap;

use aggregates::cart::{BookingCart, CartEvent};
use aggregates::ids::{BranchId, CartId, ClientId};
use aggregates::membership::Membership;
use aggregates::{Decider, Fact};
use chrono::{DateTime, Utc};

use super::App;
use crate::contact::Contact;
use crate::ledger::{StoreError, from_micros};
use crate::vault::Client;

/// What a client typed with one confirmation, and agreed to.
#[derive(Debug, Clone)]
pub struct Booking {
    pub at: DateTime<Utc>,
    pub contact: Contact,
    /// The version of the consent text, if there was one.
    pub consent_version: Option<u32>,
}

impl App {
    /// Everything that the client has paid ahead.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or holds what this release cannot read.
    pub async fn memberships(&self, branch: BranchId, client: ClientId) -> Result<Membership, StoreError> {
        let mut memberships = Membership::default();
        for entry in self.ledger.history(branch, Membership::NAME, client.0).await? {
            if let Fact::Membership(fact) = entry.read()?.fact {
                memberships = memberships.evolve(&fact);
            }
        }
        Ok(memberships)
    }

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
        let typed: HashMap<CartId, Contact> = self.vault.typed_by(branch, client, carts).await?;
        let mut bookings = Vec::with_capacity(typed.len());
        for (cart, contact) in typed {
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
