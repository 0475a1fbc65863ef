//! The facts of one branch in order, each judged by those before it, and folded.

use aggregates::ids::BranchId;

use super::{Difference, Place, Told};
use crate::audit::anchors::Fathoming;
use crate::audit::links::Links;
use crate::ledger::{Entry, Hash, Position, Tail, from_micros};
use crate::read_models::WholeFold;

/// What is known after the facts up to a position.
pub(super) struct Chain<'a> {
    pub(super) links: Links,
    pub(super) fold: WholeFold,
    anchors: Fathoming,
    told: &'a Told,
}

impl<'a> Chain<'a> {
    pub(super) fn new(branch: BranchId, anchors: Fathoming, told: &'a Told) -> Self {
        Self { links: Links::new(branch), fold: WholeFold::default(), anchors, told }
    }

    /// Takes the next facts; there have to be some, since the ledger ends later.
    pub(super) fn take(&mut self, page: &[Entry], head: Position) -> Result<(), Difference> {
        if page.is_empty() {
            return Err(self.ends_early(head));
        }
        let before = self.links.at;
        let taken = page.iter().take_while(|entry| entry.position <= head).try_for_each(|it| self.next(it));
        (self.told)(self.links.at - before);
        taken?;
        // Facts beyond the head are judged with the head; a gap that reaches beyond it is a gap.
        if self.links.at == before { Err(self.ends_early(head)) } else { Ok(()) }
    }

    fn ends_early(&self, head: Position) -> Difference {
        let should = format_args!("a fact, since the head is {head}");
        self.links.differs(self.links.next_place(), "missing", should)
    }

    fn next(&mut self, entry: &Entry) -> Result<(), Difference> {
        let place = self.links.next_place();
        self.links.next(entry)?;
        self.anchors.pass(self.links.branch, entry.position, entry.hash)?;
        match entry.read() {
            Ok(recorded) => {
                self.fold.take(&recorded);
                Ok(())
            }
            Err(error) => Err(self.links.differs(place, error, "a fact that this release can read")),
        }
    }

    /// The ledger ends with the last fact.
    pub(super) fn check_head(&self, tail: Tail) -> Result<(), Difference> {
        let is = (tail.head, tail.hash, tail.recorded_at);
        let should = (self.links.at, self.links.hash, self.links.recorded_at);
        if is == should {
            return self.anchors.end(self.links.branch, self.links.at);
        }
        let said = |(head, hash, recorded_at): (Position, Hash, i64)| {
            format!("position {head}, hash {hash}, recorded at {}", from_micros(recorded_at))
        };
        Err(self.links.differs(Place::Head, said(is), said(should)))
    }

    /// There is a fact although the ledger ends before it.
    pub(super) fn nothing_beyond(&self, beyond: &Entry, head: Position) -> Result<(), Difference> {
        let should = format_args!("nothing, since the head is {head}");
        Err(self.links.differs(Place::Position(beyond.position), &beyond.event_type, should))
    }
}
