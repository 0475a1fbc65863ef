//! Rows made anew from the ledger, branch by branch, while the service goes on.

use std::sync::Arc;

use aggregates::ids::BranchId;
use futures::{StreamExt, TryStreamExt};

use super::WholeFold;
use crate::ledger::{AppendError, Entry, Ledger, Locked, Position, StoreError, Tail, Unreadable};

/// Facts read at once.
const PAGE: u32 = 2_000;

/// Facts that may be left to fold while nobody can append: a moment's work.
const REST: Position = 500;

/// Rounds without the turn to write, each over what was appended during the one before.
const ROUNDS: usize = 10;

/// Branches that are rebuilt at the same time, unless somebody wants more or fewer.
pub const WORKERS: usize = 4;

/// Why rows could not be made anew; they are as they were.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    #[error("the rows of this branch were made by a newer release; please update this program")]
    Newer,
    #[error("branch {branch} has no fact at position {position}, although its ledger ends at {head}")]
    Gap { branch: BranchId, position: Position, head: Position },
    #[error("branch {branch}, {error}")]
    Unreadable { branch: BranchId, error: Unreadable },
    #[error("{0}")]
    Store(StoreError),
    #[error("{0}")]
    NotSaved(#[from] AppendError),
    /// A worker came to an end by itself.
    #[error("a rebuild broke off")]
    BrokeOff,
}

impl From<StoreError> for RebuildError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Is told how many more facts were folded.
pub type Told = dyn Fn(u64) + Send + Sync;

/// Makes the rows of every branch anew, so many branches at a time. Returns how many facts were folded.
///
/// # Errors
///
/// With the first branch whose rows could not be made anew; others may have been.
pub async fn all(ledger: &Arc<dyn Ledger>, workers: usize, told: Arc<Told>) -> Result<u64, RebuildError> {
    these(ledger, ledger.branches().await?, workers, told).await
}

/// The same for some branches.
///
/// # Errors
///
/// With the first branch whose rows could not be made anew; others may have been.
pub async fn these(
    ledger: &Arc<dyn Ledger>,
    branches: Vec<BranchId>,
    workers: usize,
    told: Arc<Told>,
) -> Result<u64, RebuildError> {
    futures::stream::iter(branches)
        .map(|id| {
            let (ledger, told) = (Arc::clone(ledger), Arc::clone(&told));
            tokio::spawn(async move { branch(ledger.as_ref(), id, told.as_ref()).await })
        })
        .buffer_unordered(workers.max(1))
        .map(|ended| ended.unwrap_or(Err(RebuildError::BrokeOff)))
        .try_fold(0, async |sum, folded| Ok(sum + folded))
        .await
}

/// Makes the rows of one branch anew: folds without holding anybody up, then takes the turn to write, folds what came
/// meanwhile, and puts the rows in the place of the old. Returns how many facts were folded.
///
/// # Errors
///
/// If the ledger cannot be read to its head, or the rows cannot be saved; the old ones are there then.
pub async fn branch(ledger: &dyn Ledger, branch: BranchId, told: &Told) -> Result<u64, RebuildError> {
    let mut folding = Folding { branch, fold: WholeFold::default(), at: 0, told };
    for _ in 0..ROUNDS {
        let head = check(ledger.tail(branch).await?)?.head;
        if head.saturating_sub(folding.at) <= REST {
            break;
        }
        while folding.at < head {
            folding.take(&ledger.read(branch, folding.at, PAGE).await?, head)?;
        }
    }
    let mut locked = ledger.lock(branch).await?;
    match folding.finish(locked.as_mut()).await {
        Ok(tail) => {
            locked.replace_rows(tail, folding.fold.rows(branch)).await?;
            Ok(folding.at)
        }
        Err(error) => {
            locked.release().await;
            Err(error)
        }
    }
}

fn check(tail: Tail) -> Result<Tail, RebuildError> {
    if projections::ROWS_VERSION < tail.rows_version { Err(RebuildError::Newer) } else { Ok(tail) }
}

struct Folding<'a> {
    branch: BranchId,
    fold: WholeFold,
    /// The last position that was folded.
    at: Position,
    told: &'a Told,
}

impl Folding<'_> {
    /// Folds what is left while nobody else can append.
    async fn finish(&mut self, locked: &mut dyn Locked) -> Result<Tail, RebuildError> {
        let tail = check(locked.tail().await?)?;
        while self.at < tail.head {
            let page = locked.read(self.at, PAGE).await?;
            self.take(&page, tail.head)?;
        }
        Ok(tail)
    }

    fn take(&mut self, page: &[Entry], head: Position) -> Result<(), RebuildError> {
        let before = self.at;
        for entry in page {
            if entry.position != self.at + 1 {
                break;
            }
            let recorded =
                entry.read().map_err(|error| RebuildError::Unreadable { branch: self.branch, error })?;
            self.fold.take(&recorded);
            self.at = entry.position;
        }
        (self.told)(self.at - before);
        if self.at == before {
            return Err(RebuildError::Gap { branch: self.branch, position: self.at + 1, head });
        }
        Ok(())
    }
}
