//! Rows of one branch to read: as the store has them, or as a batch under way leaves them.

use std::sync::Arc;

use aggregates::ids::BranchId;
use uuid::Uuid;

use super::{AnyRow, Folded, RowCache, Tabled, load};
use crate::ledger::{Ledger, StoreError};

/// A row of one of the read models.
pub trait Row: Tabled {
    /// The row, if it is of this kind.
    fn of(row: &AnyRow) -> Option<Arc<Self>>;

    /// Bytes that it takes in memory beside its own size, roughly.
    fn held(&self) -> usize {
        0
    }
}

/// The rows of one branch.
pub struct Rows<'a> {
    branch: BranchId,
    ledger: &'a dyn Ledger,
    /// What is known beyond the store, or read from it lately.
    ahead: Option<(&'a Folded, &'a RowCache)>,
}

impl<'a> Rows<'a> {
    /// As they are stored.
    #[must_use]
    pub fn stored(ledger: &'a dyn Ledger, branch: BranchId) -> Self {
        Self { branch, ledger, ahead: None }
    }

    /// As they are once this is stored.
    #[must_use]
    pub fn after(folded: &'a Folded, cache: &'a RowCache) -> Self {
        Self { branch: cache.branch, ledger: cache.ledger.as_ref(), ahead: Some((folded, cache)) }
    }

    /// The row of the branch itself, or of something in it.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn one<R: Row>(&self, id: Uuid) -> Result<Option<Arc<R>>, StoreError> {
        Ok(self.all([id]).await?.pop())
    }

    /// The rows with these ids, in no order.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn all<R: Row>(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<Arc<R>>, StoreError> {
        let mut found = vec![];
        let mut missing = vec![];
        for id in ids {
            match self.known(id) {
                Some(row) => found.push(row),
                None => missing.push(id),
            }
        }
        if !missing.is_empty() {
            let loaded = load(self.ledger, self.branch, R::TABLE.name, missing).await?;
            found.extend(loaded.iter().filter_map(|(_, row)| R::of(row)));
        }
        Ok(found)
    }

    fn known<R: Row>(&self, id: Uuid) -> Option<Arc<R>> {
        let (folded, cache) = self.ahead?;
        let key = (R::TABLE.name, id);
        R::of(folded.rows.get(&key).or_else(|| cache.peek(&key))?)
    }
}
