//! The stream of a branch, read from its start, with nothing taken for granted.

use std::collections::BTreeSet;

use aggregates::ids::BranchId;
use eventstore::StreamPosition;

use super::connection::{Away, Connection, Held};
use super::event;
use crate::audit::{Difference, Links, Told};
use crate::ledger::{Entry, Position};

const PREFIX: &str = "branch-";

/// The stream that the ledger of a branch is written to.
#[must_use]
pub fn stream_name(branch: BranchId) -> String {
    format!("{PREFIX}{branch}")
}

/// Why a stream was not read on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stopped {
    #[error("{0}")]
    Away(#[from] Away),
    #[error("{0}")]
    Differs(Box<Difference>),
}

impl From<Difference> for Stopped {
    fn from(difference: Difference) -> Self {
        Self::Differs(Box::new(difference))
    }
}

/// Reads the facts of a branch, each judged by those before it.
pub(super) struct Stream<'a> {
    connection: &'a Connection,
    links: Links,
}

impl<'a> Stream<'a> {
    pub(super) fn new(connection: &'a Connection, branch: BranchId) -> Self {
        Self { connection, links: Links::new(branch) }
    }

    /// The last position that was read.
    pub(super) fn at(&self) -> Position {
        self.links.at
    }

    /// The next facts; none at the end.
    pub(super) async fn next(&mut self) -> Result<Vec<Entry>, Stopped> {
        let events = match self.connection.read(stream_name(self.links.branch), self.links.at).await? {
            Held::Events(events) => events,
            Held::Nothing => vec![],
            Held::Deleted => {
                return Err(self.links.differs(self.links.next_place(), "a deleted stream", "a fact").into());
            }
        };
        let mut facts = vec![];
        for event in events {
            let place = self.links.next_place();
            // A stream has no gaps by itself: what is missing was deleted.
            if event.revision != self.links.at {
                let is = format_args!("missing: the next event is that of position {}", event.revision + 1);
                return Err(self.links.differs(place, is, "a fact").into());
            }
            let fact = event::entry(self.links.branch, &event).map_err(|what| {
                let is = format_args!("event {}, {what} of which is not as in ours", event.id);
                self.links.differs(place, is, "a fact of this branch")
            })?;
            self.links.next(&fact)?;
            facts.push(fact);
        }
        Ok(facts)
    }
}

/// Every branch that has a stream, by looking through everything that is stored there; `told` hears of how many events.
///
/// # Errors
///
/// If EventStoreDB cannot be asked.
pub async fn branches(connection: &Connection, told: &Told) -> Result<BTreeSet<BranchId>, Away> {
    let (mut found, mut from, mut known) = (BTreeSet::new(), StreamPosition::Start, None);
    loop {
        let events = connection.read_all(from).await?;
        // A page may begin with the last event of the one before.
        let new = events.iter().filter(|event| known.is_none_or(|known| known < event.position.commit));
        let mut seen = 0;
        for event in new {
            seen += 1;
            let branch = event.stream_id.strip_prefix(PREFIX).and_then(|id| id.parse().ok());
            found.extend(branch.map(BranchId));
        }
        if let Some(last) = events.last() {
            (known, from) = (Some(last.position.commit), StreamPosition::Position(last.position));
        }
        if seen == 0 {
            return Ok(found);
        }
        told(seen);
    }
}
