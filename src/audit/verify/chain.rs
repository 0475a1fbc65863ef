//! The facts of one branch in order, each judged by those before it.

use std::fmt::Display;

use aggregates::ids::BranchId;
use rustc_hash::FxHashMap;

use super::{Difference, Place, Told};
use crate::ledger::{Entry, Hash, Position, Tail, from_micros};
use crate::read_models::WholeFold;

/// What is known after the facts up to a position.
pub(super) struct Chain<'a> {
    pub(super) branch: BranchId,
    /// The last position that was taken.
    pub(super) at: Position,
    pub(super) fold: WholeFold,
    hash: Hash,
    recorded_at: i64,
    /// The last sequence of each aggregate, by type and stored id.
    sequences: FxHashMap<(String, String), u64>,
    told: &'a Told,
}

impl<'a> Chain<'a> {
    pub(super) fn new(branch: BranchId, told: &'a Told) -> Self {
        Self {
            branch,
            at: 0,
            fold: WholeFold::default(),
            hash: Hash::of_branch(branch),
            recorded_at: 0,
            sequences: FxHashMap::default(),
            told,
        }
    }

    fn differs(&self, place: Place, is: impl Display, should_be: impl Display) -> Difference {
        Difference {
            branch_id: Some(self.branch),
            place,
            is: is.to_string(),
            should_be: should_be.to_string(),
        }
    }

    /// Takes the next facts; there have to be some, since the ledger ends later.
    pub(super) fn take(&mut self, page: &[Entry], head: Position) -> Result<(), Difference> {
        if page.is_empty() {
            let next = Place::Position(self.at + 1);
            return Err(self.differs(next, "missing", format_args!("a fact, since the head is {head}")));
        }
        let before = self.at;
        let taken = page.iter().take_while(|entry| entry.position <= head).try_for_each(|it| self.next(it));
        (self.told)(self.at - before);
        taken?;
        // Facts beyond the head are judged with the head; a gap that reaches beyond it is a gap.
        if self.at == before {
            let next = Place::Position(self.at + 1);
            return Err(self.differs(next, "missing", format_args!("a fact, since the head is {head}")));
        }
        Ok(())
    }

    fn next(&mut self, entry: &Entry) -> Result<(), Difference> {
        let place = Place::Position(self.at + 1);
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
        let recorded = match entry.read() {
            Ok(recorded) => recorded,
            Err(error) => return Err(self.differs(place, error, "a fact that this release can read")),
        };
        self.fold.take(&recorded);
        self.sequences.insert(aggregate, entry.sequence);
        self.hash = hash;
        self.recorded_at = entry.recorded_at;
        self.at = entry.position;
        Ok(())
    }

    /// The ledger ends with the last fact.
    pub(super) fn check_head(&self, tail: Tail) -> Result<(), Difference> {
        let is = (tail.head, tail.hash, tail.recorded_at);
        let should = (self.at, self.hash, self.recorded_at);
        if is == should {
            return Ok(());
        }
        let said = |(head, hash, recorded_at): (Position, Hash, i64)| {
            format!("position {head}, hash {hash}, recorded at {}", from_micros(recorded_at))
        };
        Err(self.differs(Place::Head, said(is), said(should)))
    }

    /// There is a fact although the ledger ends before it.
    pub(super) fn nothing_beyond(&self, beyond: &Entry, head: Position) -> Result<(), Difference> {
        let should = format_args!("nothing, since the head is {head}");
        Err(self.differs(Place::Position(beyond.position), &beyond.event_type, should))
    }
}
