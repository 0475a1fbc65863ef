//! What a capability opens now: nothing any more some days after the last of its events. That is judged when somebody
//! comes, so no timer has to run.

use aggregates::cart;
use aggregates::ids::{AppointmentId, BranchId, CartId};
use chrono::{DateTime, TimeDelta, Utc};
use projections::appointments::AppointmentRow;
use uuid::Uuid;

use super::App;
use crate::capability::{Kind, Opened, Token};
use crate::ledger::StoreError;

/// How long an address works after the last of its events.
pub const KEPT: TimeDelta = TimeDelta::days(30);

impl App {
    /// What a token opens; `None` if it opens nothing, or nothing any more.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn open_capability(&self, token: &Token) -> Result<Option<Opened>, StoreError> {
        let Some(opened) = token.open(self.ledger.as_ref()).await? else { return Ok(None) };
        let now = self.clock.now();
        // Nothing is booked that is over already: what is younger than that needs no look at its events.
        if made_at(opened.id).is_some_and(|made| now < made + KEPT) {
            return Ok(Some(opened));
        }
        let over = match opened.kind {
            Kind::Appointment => {
                let row = self.appointment(opened.branch, AppointmentId(opened.id)).await?;
                row.as_ref().map(ends_at)
            }
            Kind::Cart | Kind::Result => self.cart_is_over(opened.branch, CartId(opened.id)).await?,
        };
        Ok(over.is_none_or(|over| now < over + KEPT).then_some(opened))
    }

    /// When the last event of a cart ends, or it can be confirmed no more.
    async fn cart_is_over(
        &self,
        branch: BranchId,
        cart: CartId,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let Some(row) = self.cart(branch, cart).await? else { return Ok(None) };
        let booked = row.confirmed.iter().flat_map(projections::carts::Confirmed::booked);
        let ids: Vec<AppointmentId> = booked.map(|(_, line)| line.appointment_id).collect();
        let appointments = self.appointments(branch, ids).await?;
        let last = appointments.iter().map(ends_at).max();
        Ok(Some(last.unwrap_or(row.opened_at + cart::LIFETIME)))
    }
}

fn ends_at(row: &AppointmentRow) -> DateTime<Utc> {
    row.place.starts_at + row.place.duration.span()
}

/// When an id was drawn: carts have UUIDs of version 7, and their appointments begin with the same six bytes.
fn made_at(id: Uuid) -> Option<DateTime<Utc>> {
    let mut millis = [0; 8];
    let (_, last) = millis.split_at_mut(2);
    last.iter_mut().zip(id.as_bytes()).for_each(|(to, from)| *to = *from);
    DateTime::from_timestamp_millis(i64::from_be_bytes(millis))
}
