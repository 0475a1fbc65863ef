//! Whether this release may serve the store: no rows made by newer folds, and no fact that nothing here can read.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aggregates::ids::BranchId;

use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, Position, StoreError, Unreadable};

/// Facts read at once.
const PAGE: u32 = 500;

/// Pages read for one question at most, so that it is answered soon however long the ledgers are.
const PAGES: usize = 20;

static LEDGERS: Table = Table {
    name: "ledgers",
    columns: &[("branch_id", Kind::Id), ("head", Kind::Int), ("rows_version", Kind::Int)],
    key: &["branch_id"],
};

/// Why the process is not ready.
#[derive(Debug, thiserror::Error)]
pub enum NotReady {
    #[error("the store cannot be asked")]
    Store(StoreError),
    #[error("the rows of branch {0} were made by a newer release of this program")]
    NewerRows(BranchId),
    #[error("the ledger of branch {0} holds a fact that this release cannot read: {1}")]
    Unreadable(BranchId, Unreadable),
}

impl From<StoreError> for NotReady {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Which facts were found readable. A newer release writes at the end of a ledger, so the end is looked at first and
/// the rest with the questions that follow.
#[derive(Debug, Default)]
pub(super) struct Readiness(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    read: BTreeMap<BranchId, Read>,
    /// Branches with something unreadable; nothing is appended to them.
    stopped: BTreeMap<BranchId, String>,
}

/// Facts from one position up to another, both included.
#[derive(Debug, Clone, Copy)]
struct Read {
    from: Position,
    to: Position,
}

/// Where a ledger ends, and which folds made its rows.
fn end(row: Vec<Cell>) -> Result<(BranchId, Position, u32), StoreError> {
    let mut cells = Cells::of(row);
    Ok((cells.id()?, cells.int()?, cells.int()?))
}

impl Readiness {
    /// Looks at what is new, and at some of what is old.
    pub(super) async fn ask(&self, ledger: &dyn Ledger) -> Result<(), NotReady> {
        let mut pages = PAGES;
        let mut found = Ok(());
        for row in ledger.select(&Select::all(&LEDGERS).by(&["branch_id"])).await? {
            let (branch, head, rows_version) = end(row)?;
            if projections::ROWS_VERSION < rows_version {
                found = found.and(Err(NotReady::NewerRows(branch)));
                continue;
            }
            match self.read(ledger, branch, head, &mut pages).await? {
                Ok(()) => self.stop(branch, None),
                Err(error) => {
                    self.stop(branch, Some(error.to_string()));
                    found = found.and(Err(NotReady::Unreadable(branch, error)));
                }
            }
        }
        found
    }

    /// Why nothing may be appended to a branch, if something was found.
    pub(super) fn stopped(&self, branch: BranchId) -> Option<String> {
        self.known().stopped.get(&branch).cloned()
    }

    fn stop(&self, branch: BranchId, why: Option<String>) {
        let stopped = &mut self.known().stopped;
        match why {
            Some(why) => stopped.insert(branch, why),
            None => stopped.remove(&branch),
        };
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads facts until the budget of pages is used up.
    async fn read(
        &self,
        ledger: &dyn Ledger,
        branch: BranchId,
        head: Position,
        pages: &mut usize,
    ) -> Result<Result<(), Unreadable>, StoreError> {
        let page = Position::from(PAGE);
        let known = self.known().read.get(&branch).copied();
        // Nothing was read yet: what lies before the last page is read downwards, page by page.
        let last_page = Read { from: head.saturating_sub(page) + 1, to: head.saturating_sub(page) };
        let mut known = known.unwrap_or(last_page);
        while 0 < *pages && (known.to < head || 1 < known.from) {
            *pages -= 1;
            let after = if known.to < head { known.to } else { known.from.saturating_sub(page + 1) };
            let limit =
                if known.to < head { PAGE } else { u32::try_from(known.from - 1 - after).unwrap_or(PAGE) };
            let entries = ledger.read(branch, after, limit).await?;
            if let Some(error) = entries.iter().find_map(|entry| entry.read().err()) {
                return Ok(Err(error));
            }
            match entries.last() {
                Some(last) if known.to < head => known.to = last.position,
                Some(_) => known.from = after + 1,
                // A gap is for `verify` to tell.
                None => break,
            }
            self.known().read.insert(branch, known);
        }
        Ok(Ok(()))
    }
}
