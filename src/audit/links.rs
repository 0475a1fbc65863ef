//! The facts of one branch in order, each judged by those before it, whatever they say.

use std::fmt::Display;

use aggregates::ids::BranchId;
use rustc_hash::FxHashMap;

use super::difference::{Difference, Place};
use crate::ledger::{Entry, Hash, Position, from_micros};

/// What is known after the facts up to a position.
pub struct Links {
    pub(crate) branch: BranchId,
    /// The last position that was taken.
    pub(crate) at: Position,
    pub(crate) hash: Hash,
    pub(crate) recorded_at: i64,
    /// The last sequence of each aggregate, by type and stored id.
    sequences: FxHashMap<(String, String), u64>,
}

impl Links {
    /// Before the first fact of a branch.
    #[must_use]
    pub fn new(branch: BranchId) -> Self {
        Self { branch, at: 0, hash: Hash::of_branch(branch), recorded_at: 0, sequences: FxHashMap::default() }
    }

    pub(crate) fn differs(&self, place: Place, is: impl Display, should_be: impl Display) -> Difference {
        Difference {
            branch_id: Some(self.branch),
            place,
            is: is.to_string(),
            should_be: should_be.to_string(),
        }
    }

    /// The place after the last fact.
    pub(crate) fn next_place(&self) -> Place {
        Place::Position(self.at + 1)
    }

    /// Takes the next fact.
    ///
    /// # Errors
    ///
    /// If it is not the one that follows.
    pub fn next(&mut self, entry: &Entry) -> Result<(), Difference> {
        let place = self.next_place();
        if entry.position != self.at + 1 {
            let is = format_args!("missing: the next fact is at position {}", entry.position);
            return Err(self.differs(place, is, "a fact"));
        }
        if entry.recorded_at < self.recorded_at {
            let [is, should] = [entry.recorded_at, self.recorded_at].map(from_micros);
            let is = format_args!("recorded at {is}");
            return Err(self.differs(place, is, format_args!("recorded at {should} or later")));
        }
        let hash = self.hash.then(entry);
        if entry.hash != hash {
            let is = format_args!("hash {}", entry.hash);
            return Err(self.differs(place, is, format_args!("hash {hash}")));
        }
        if !entry.aggregate_id.starts_with(&format!("{}/", self.branch)) {
            return Err(self.differs(place, &entry.aggregate_id, format_args!("{}/<id>", self.branch)));
        }
        let aggregate = (entry.aggregate_type.clone(), entry.aggregate_id.clone());
        let should = self.sequences.get(&aggregate).copied().unwrap_or(0) + 1;
        if entry.sequence != should {
            let name = format!("of {} {}", entry.aggregate_type, entry.aggregate_id);
            let is = format_args!("sequence {} {name}", entry.sequence);
            return Err(self.differs(place, is, format_args!("sequence {should} {name}")));
        }
        self.sequences.insert(aggregate, entry.sequence);
        self.hash = hash;
        self.recorded_at = entry.recorded_at;
        self.at = entry.position;
        Ok(())
    }
}
