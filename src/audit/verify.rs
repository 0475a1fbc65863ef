//! Whether a store agrees with itself: positions and sequences without a gap, hashes that follow from one another, a
//! head that is the last fact, facts that can be read, and rows that are what the folds make of the facts.

mod chain;
mod rows;

use std::collections::BTreeSet;
use std::sync::Arc;

use aggregates::ids::BranchId;
use futures::{StreamExt, TryStreamExt};
use serde::Serialize;
use uuid::Uuid;

use super::anchors::Anchors;
use super::checkpoints;
use super::difference::{Difference, Place};
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, EVENTS, Kind, Table};
use crate::ledger::{Ledger, Misshapen, StoreError, Tail};
use crate::read_models::TABLES;
use chain::Chain;

/// Facts read at once.
const PAGE: u32 = 2_000;

/// Branches that are verified at the same time at most.
const WORKERS: usize = 4;

/// How often rows are compared without the turn to write, while the ledger may move on.
const TRIES: usize = 20;

/// What was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub branches: usize,
    pub facts: u64,
    /// The first one, by branch; branches after it were not looked at.
    pub difference: Option<Difference>,
}

/// Why nothing can be said about a store.
#[derive(Debug, thiserror::Error)]
pub enum CannotTell {
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
    #[error("the rows of branch {0} were made by another release; run `cartwheel rebuild` first")]
    OtherFolds(BranchId),
    #[error("the check of a branch broke off")]
    BrokeOff,
}

/// How a branch came out, if not clean.
#[derive(Debug)]
enum Found {
    Difference(Box<Difference>),
    CannotTell(CannotTell),
}

impl Found {
    /// The same, found while that branch was looked at.
    fn within(mut self, branch: BranchId) -> Self {
        if let Self::Difference(difference) = &mut self {
            difference.branch_id.get_or_insert(branch);
        }
        self
    }
}

impl From<Difference> for Found {
    fn from(difference: Difference) -> Self {
        Self::Difference(Box::new(difference))
    }
}

impl From<StoreError> for Found {
    fn from(error: StoreError) -> Self {
        match error.misshapen() {
            Some(Misshapen { table, column, found, promised }) => Self::from(Difference {
                branch_id: None,
                place: Place::Column { table, column },
                is: found.clone(),
                should_be: (*promised).to_owned(),
            }),
            None => Self::CannotTell(CannotTell::Store(error)),
        }
    }
}

/// Is told how many more facts were checked.
pub type Told = dyn Fn(u64) + Send + Sync;

/// Checks a whole store, and stops at the first difference. The service may go on writing meanwhile.
///
/// # Errors
///
/// If nothing can be said, since the store cannot be asked or belongs to another release.
pub async fn verify(ledger: &Arc<dyn Ledger>, told: Arc<Told>) -> Result<Verdict, CannotTell> {
    verify_against(ledger, &Anchors::default(), told).await
}

/// The same, also by checkpoints that were kept elsewhere.
///
/// # Errors
///
/// If nothing can be said, since the store cannot be asked or belongs to another release.
pub async fn verify_against(
    ledger: &Arc<dyn Ledger>,
    anchors: &Anchors,
    told: Arc<Told>,
) -> Result<Verdict, CannotTell> {
    let branches = match everywhere(ledger.as_ref()).await.map_err(Found::from) {
        Ok(mut branches) => {
            branches.extend(anchors.branches());
            branches
        }
        Err(Found::Difference(difference)) => {
            return Ok(Verdict { branches: 0, facts: 0, difference: Some(*difference) });
        }
        Err(Found::CannotTell(why)) => return Err(why),
    };
    let mut verdict = Verdict { branches: branches.len(), facts: 0, difference: None };
    let mut checked = futures::stream::iter(branches)
        .map(|id| {
            let (ledger, told, anchors) = (Arc::clone(ledger), Arc::clone(&told), anchors.clone());
            tokio::spawn(async move {
                branch(ledger.as_ref(), id, anchors, told.as_ref()).await.map_err(|found| found.within(id))
            })
        })
        .buffered(WORKERS)
        .map(|ended| ended.unwrap_or(Err(Found::CannotTell(CannotTell::BrokeOff))));
    loop {
        match checked.try_next().await {
            Ok(Some(facts)) => verdict.facts += facts,
            Ok(None) => return Ok(verdict),
            Err(Found::Difference(difference)) => {
                verdict.difference = Some(*difference);
                return Ok(verdict);
            }
            Err(Found::CannotTell(why)) => return Err(why),
        }
    }
}

/// Checks one branch. Returns how many facts it has.
async fn branch(ledger: &dyn Ledger, branch: BranchId, anchors: Anchors, told: &Told) -> Result<u64, Found> {
    // Before anything else: what is signed from now on lies behind the end that is looked at.
    let anchors = checkpoints::stored(ledger, branch).await?.map_err(Found::from)?.and(anchors);
    let mut chain = Chain::new(branch, anchors.of(branch), told);
    for _ in 0..TRIES {
        let tail = ledger.tail(branch).await?;
        follow(ledger, &mut chain, tail).await?;
        let compared = compare(ledger, &chain, tail).await;
        // Rows were read as of that end of the ledger only if it is the end still.
        if ledger.tail(branch).await? == tail {
            return compared.map(|()| tail.head);
        }
    }
    // It moves faster than rows are read: hold it still.
    let mut locked = ledger.lock(branch).await?;
    let checked = async {
        let tail = locked.tail().await?;
        follow(ledger, &mut chain, tail).await?;
        compare(ledger, &chain, tail).await.map(|()| tail.head)
    }
    .await;
    locked.release().await;
    checked
}

/// Follows the chain up to this end of the ledger.
async fn follow(ledger: &dyn Ledger, chain: &mut Chain<'_>, tail: Tail) -> Result<(), Found> {
    while chain.links.at < tail.head {
        chain.take(&ledger.read(chain.links.branch, chain.links.at, PAGE).await?, tail.head)?;
    }
    chain.check_head(tail)?;
    Ok(())
}

/// Compares everything that depends on where the ledger ends.
async fn compare(ledger: &dyn Ledger, chain: &Chain<'_>, tail: Tail) -> Result<(), Found> {
    if tail.rows_version != projections::ROWS_VERSION && 0 < tail.head {
        return Err(Found::CannotTell(CannotTell::OtherFolds(chain.links.branch)));
    }
    if let Some(beyond) = ledger.read(chain.links.branch, tail.head, 1).await?.first() {
        chain.nothing_beyond(beyond, tail.head)?;
    }
    for (table, should) in chain.fold.rows(chain.links.branch) {
        let is = ledger.select(&Select::of(table, chain.links.branch)).await?;
        rows::compare(chain.links.branch, table, is, should)?;
    }
    Ok(())
}

/// Every branch that has a ledger, and every one that has facts or rows although it has none.
async fn everywhere(ledger: &dyn Ledger) -> Result<BTreeSet<BranchId>, StoreError> {
    let mut found: BTreeSet<BranchId> = ledger.branches().await?.into_iter().collect();
    branches_in(ledger, &checkpoints::CHECKPOINTS, &["branch_id", "position"], &mut found).await?;
    branches_in(ledger, &EVENTS, &["branch_id", "position"], &mut found).await?;
    for table in TABLES {
        branches_in(ledger, table, table.key, &mut found).await?;
    }
    Ok(found)
}

/// Skips from branch to branch along an index.
async fn branches_in(
    ledger: &dyn Ledger,
    table: &'static Table,
    order: &'static [&'static str],
    found: &mut BTreeSet<BranchId>,
) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let select = Select::all(table).by(order).after(after).limit(1);
        let Some(row) = ledger.select(&select).await?.into_iter().next() else { return Ok(()) };
        let place = table.columns.iter().position(|(name, _)| *name == "branch_id").unwrap_or(0);
        let branch: BranchId = Cells::of(row.into_iter().skip(place).collect()).id()?;
        found.insert(branch);
        let last = order.iter().skip(1).map(|column| last_value(table, column));
        after = Some(std::iter::once(branch.into()).chain(last).collect());
    }
}

/// A value that no other of its column sorts after.
fn last_value(table: &Table, column: &str) -> Cell {
    match table.columns.iter().find(|(name, _)| *name == column) {
        Some((_, Kind::Int)) => Cell::Int(i64::MAX),
        _ => Cell::Id(Uuid::max()),
    }
}
