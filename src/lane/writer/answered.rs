//! Commands that were accepted before, and their original answers.

use std::ops::Range;
use std::sync::Arc;

use aggregates::ids::BranchId;
use chrono::{DateTime, Utc};

use super::scopes::Scopes;
use super::{Asked, Decision, Interrupted};
use crate::command::{Answer, Failure, IdempotencyKey, Refusal, Reply, Show};
use crate::ledger::query::Select;
use crate::ledger::table::{COMMANDS, Cell, Cells};
use crate::ledger::{Ledger, Position, StoreError, Tail};
use crate::read_models::Rows;
use crate::vault;

/// A command that was accepted and recorded facts.
pub(super) struct Accepted {
    pub(super) key: IdempotencyKey,
    pub(super) answer: Answer,
    pub(super) seal: vault::Key,
    pub(super) at: DateTime<Utc>,
    pub(super) show: Option<Arc<dyn Show>>,
    /// Places of its facts within the batch.
    pub(super) facts: Range<usize>,
    /// Places in the batch of those who hear the answer: whoever asked, and whoever asked again.
    pub(super) asked: Vec<usize>,
}

impl Accepted {
    /// Writes the answer as its requester gets it, if it shows rows.
    pub(super) async fn show(&mut self, rows: &Rows<'_>) -> Result<(), Interrupted> {
        let Some(show) = &self.show else { return Ok(()) };
        let shown = show.show(&self.answer, self.at, rows).await.map_err(|failure| match failure {
            Failure::Away(error) => Interrupted::Away(error),
            other => Interrupted::Broken(other.to_string()),
        })?;
        self.answer = Answer::Shown(shown);
        Ok(())
    }

    /// The record of it, stored with the facts.
    pub(super) fn row(&self, branch: BranchId, head: Position) -> Result<Vec<Cell>, serde_json::Error> {
        let answer = self.seal.seal(self.key.scope.as_bytes(), &serde_json::to_vec(&self.answer)?);
        Ok(vec![
            branch.into(),
            self.key.scope.as_str().into(),
            self.key.key.as_str().into(),
            self.key.fingerprint.to_vec().into(),
            (head + 1 + self.facts.start as u64).into(),
            (head + self.facts.end as u64).into(),
            answer.into(),
        ])
    }
}

/// A record read back.
pub(super) struct Known {
    scope: String,
    key: String,
    fingerprint: Vec<u8>,
    last: Position,
    answer: Vec<u8>,
}

impl Known {
    /// The records that have keys of this batch, as far as there can be any.
    pub(super) async fn of(
        batch: &[Asked],
        scopes: &Scopes,
        branch: BranchId,
        ledger: &dyn Ledger,
    ) -> Result<Vec<Self>, StoreError> {
        let keys = || {
            let keys = batch.iter().filter_map(|asked| asked.envelope.key.as_ref());
            keys.filter(|key| scopes.may_hold(key))
        };
        if keys().next().is_none() {
            return Ok(vec![]);
        }
        let select = Select::of(&COMMANDS, branch)
            .one_of_pairs(["scope", "key"], keys().map(|key| [key.scope.as_str(), key.key.as_str()]));
        ledger.select(&select).await?.into_iter().map(Self::read).collect()
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let _branch: BranchId = cells.id()?;
        let (scope, key, fingerprint) = (cells.text()?, cells.text()?, cells.bytes()?);
        let _first: i64 = cells.int()?;
        Ok(Self { scope, key, fingerprint, last: cells.int()?, answer: cells.bytes()? })
    }
}

/// Whether the key was accepted before: its original answer, or that it belongs to another request.
pub(super) fn answered_before(
    key: &IdempotencyKey,
    seal: &vault::Key,
    known: &[Known],
    accepted: &mut [Accepted],
    tail: Tail,
    place: usize,
) -> Option<Decision> {
    let is = |scope: &str, name: &str| key.scope == scope && key.key == name;
    if let Some(known) = known.iter().find(|known| is(&known.scope, &known.key)) {
        if known.fingerprint != key.fingerprint {
            return Some(Err(Refusal::KeyReused.into()));
        }
        let answer = seal.open(key.scope.as_bytes(), &known.answer).ok();
        let answer = answer.and_then(|answer| serde_json::from_slice(&answer).ok());
        return Some(match answer {
            Some(answer) => Ok(Reply { answer, position: known.last, replayed: true }),
            None => Err(Failure::Broken("a stored answer cannot be read".to_owned())),
        });
    }
    let earlier = accepted.iter_mut().find(|accepted| is(&accepted.key.scope, &accepted.key.key))?;
    Some(if earlier.key.fingerprint == key.fingerprint {
        earlier.asked.push(place);
        let position = tail.head + earlier.facts.end as u64;
        Ok(Reply { answer: earlier.answer.clone(), position, replayed: true })
    } else {
        Err(Refusal::KeyReused.into())
    })
}
