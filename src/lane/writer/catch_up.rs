//! Taking note of what others stored.

use aggregates::Fact;
use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::booking_link::BookingLink;
use aggregates::branch::Branch;
use aggregates::cart::BookingCart;
use aggregates::client::{Client, ClientEvent};
use aggregates::ids::ClientId;
use aggregates::membership::Membership;
use projections::Recorded;

use super::{Interrupted, LaneWriter, PAGE};
use crate::ledger::{Entry, Position, StoreError, Tail};
use crate::unit::staging::Staging;

impl LaneWriter {
    /// Reads what others stored since, while they can go on.
    pub(super) async fn catch_up(&mut self) -> Result<(), Interrupted> {
        let Some(tail) = self.tail else { return Ok(()) };
        let now = self.opened(self.ledger.tail(self.branch).await?)?;
        let mut after = tail.head;
        while after < now.head {
            let entries = self.ledger.read(self.branch, after, PAGE).await?;
            after = self.take_note(&entries, after, now)?;
        }
        self.tail = Some(now);
        Ok(())
    }

    /// Takes note of facts that others stored; returns the position of the last.
    pub(super) fn take_note(
        &mut self,
        entries: &[Entry],
        after: Position,
        now: Tail,
    ) -> Result<Position, Interrupted> {
        self.scopes.clear();
        let mut last = after;
        for entry in entries.iter().filter(|entry| entry.position <= now.head) {
            if entry.position != last + 1 {
                break;
            }
            let recorded = entry.read()?;
            evolve(&self.staging, &recorded);
            self.rows.evolve(&recorded);
            last = entry.position;
        }
        if last == after {
            return Err(Interrupted::Away(StoreError::saying("the ledger has a gap before its head")));
        }
        Ok(last)
    }
}

/// Tells the cache of a fact that somebody else stored.
fn evolve(staging: &Staging, entry: &Recorded) {
    match &entry.fact {
        Fact::Branch(fact) => staging.evolve::<Branch>(entry.id, entry.sequence, fact),
        Fact::Link(fact) => staging.evolve::<BookingLink>(entry.id, entry.sequence, fact),
        Fact::Activity(fact) => staging.evolve::<Activity>(entry.id, entry.sequence, fact),
        Fact::Cart(fact) => staging.evolve::<BookingCart>(entry.id, entry.sequence, fact),
        Fact::Appointment(fact) => staging.evolve::<Appointment>(entry.id, entry.sequence, fact),
        Fact::Membership(fact) => staging.evolve::<Membership>(entry.id, entry.sequence, fact),
        Fact::Client(fact) => {
            staging.evolve::<Client>(entry.id, entry.sequence, fact);
            if let ClientEvent::Erased(_) = fact {
                staging.note_erased(ClientId(entry.id));
            }
        }
    }
}
