//! What was signed of ledgers before, to compare what they hold now with.

use std::collections::BTreeMap;

use aggregates::ids::BranchId;
use chrono::{DateTime, SecondsFormat, Utc};

use super::checkpoints::{SignedCheckpoint, Statement};
use super::difference::{Difference, Place};
use crate::ledger::{Hash, Position};
use crate::signing::PublicKey;

/// Where ledgers ended when that was signed.
#[derive(Debug, Clone, Default)]
pub struct Anchors(BTreeMap<BranchId, BTreeMap<Position, Vec<Anchor>>>);

/// One of these ends.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Anchor {
    hash: String,
    signed_at: DateTime<Utc>,
}

/// The ends of one branch, as its facts are gone through.
#[derive(Debug, Clone, Default)]
pub(super) struct Fathoming {
    ahead: BTreeMap<Position, Vec<Anchor>>,
    /// The last position that is as it was signed.
    good: Position,
}

impl Anchors {
    /// Takes a checkpoint, if it is what its key signed.
    ///
    /// # Errors
    ///
    /// Where it stands, and what is wrong with it.
    pub fn add(&mut self, signed: &SignedCheckpoint, by: Option<PublicKey>) -> Result<(), String> {
        let Statement { branch_id, position, hash, signed_at, .. } = signed.read(by)?;
        let anchors = self.0.entry(branch_id).or_default().entry(position).or_default();
        anchors.push(Anchor { hash, signed_at });
        Ok(())
    }

    /// A file of checkpoints, one in each line.
    ///
    /// # Errors
    ///
    /// The first line that is none, or was signed by somebody else.
    pub fn read(text: &str, by: Option<PublicKey>) -> Result<Self, String> {
        let mut anchors = Self::default();
        for (n, line) in (1..).zip(text.lines()) {
            let signed = serde_json::from_str(line).map_err(|error| error.to_string());
            let added = signed.and_then(|signed| anchors.add(&signed, by));
            added.map_err(|why| format!("checkpoints, line {n}: {why}"))?;
        }
        Ok(anchors)
    }

    /// With those of another source.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for (branch, more) in others.0 {
            let own = self.0.entry(branch).or_default();
            for (position, anchors) in more {
                own.entry(position).or_default().extend(anchors);
            }
        }
        self
    }

    /// Those that were signed by then: what was exported then has to know them.
    #[must_use]
    pub fn until(mut self, moment: DateTime<Utc>) -> Self {
        for anchors in self.0.values_mut().flat_map(BTreeMap::values_mut) {
            anchors.retain(|anchor| anchor.signed_at <= moment);
        }
        for of_branch in self.0.values_mut() {
            of_branch.retain(|_, anchors| !anchors.is_empty());
        }
        self
    }

    /// Every branch of which something was signed.
    pub fn branches(&self) -> impl Iterator<Item = BranchId> {
        self.0.iter().filter(|(_, anchors)| !anchors.is_empty()).map(|(branch, _)| *branch)
    }

    pub(super) fn of(&self, branch: BranchId) -> Fathoming {
        Fathoming { ahead: self.0.get(&branch).cloned().unwrap_or_default(), good: 0 }
    }
}

impl Fathoming {
    /// The fact at the next position has this hash.
    pub(super) fn pass(
        &mut self,
        branch: BranchId,
        position: Position,
        hash: Hash,
    ) -> Result<(), Difference> {
        let Some(anchors) = self.ahead.remove(&position) else { return Ok(()) };
        let is = hash.to_string();
        let Some(Anchor { hash, signed_at }) = anchors.iter().find(|anchor| anchor.hash != is) else {
            self.good = position;
            return Ok(());
        };
        let signed_at = signed_at.to_rfc3339_opts(SecondsFormat::Secs, true);
        Err(Difference {
            branch_id: Some(branch),
            place: Place::Positions { first: self.good + 1, last: position },
            is: format!("hash {is}"),
            should_be: format!(
                "hash {hash}, as it was signed at {signed_at}; a fact was changed, and every hash after it"
            ),
        })
    }

    /// The ledger ends here.
    pub(super) fn end(&self, branch: BranchId, head: Position) -> Result<(), Difference> {
        let Some((position, Some(anchor))) =
            self.ahead.iter().next_back().map(|(at, anchors)| (at, anchors.first()))
        else {
            return Ok(());
        };
        let signed_at = anchor.signed_at.to_rfc3339_opts(SecondsFormat::Secs, true);
        Err(Difference {
            branch_id: Some(branch),
            place: Place::Positions { first: head + 1, last: *position },
            is: "missing".to_owned(),
            should_be: format!("facts, since {position} were there when that was signed at {signed_at}"),
        })
    }
}
