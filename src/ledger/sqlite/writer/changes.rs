//! Changes of rows that are neither facts nor folds of them. They are rare, so those that belong together have a transaction
//! of their own.

use super::super::sql;
use super::StoreError;
use super::desk::{Desk, Failed};
use crate::ledger::AppendError;
use crate::ledger::change::{Change, Changes, What};

impl Desk {
    /// Makes changes; how many rows each of them changed.
    pub(super) fn change(&mut self, changes: &Changes) -> Result<Vec<u64>, StoreError> {
        self.begin()?;
        let rows = self.write_changes(changes);
        Ok(self.finish(rows).map_err(AppendError::from)?)
    }

    fn write_changes(&mut self, changes: &Changes) -> Result<Vec<u64>, Failed> {
        let mut rows = Vec::with_capacity(changes.changes.len());
        for change in &changes.changes {
            rows.push(self.write_change(change)?);
            if changes.first_decides && rows == [0] {
                break;
            }
        }
        Ok(rows)
    }

    pub(super) fn write_change(&mut self, change: &Change) -> Result<u64, Failed> {
        let (sql, arguments) = sql::change(change);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let What::Add(rows) = &change.what else {
            sql::bind(&mut statement, &arguments)?;
            return Ok(statement.raw_execute()? as u64);
        };
        let mut added = 0;
        for row in rows {
            sql::bind(&mut statement, row)?;
            added += statement.raw_execute()? as u64;
        }
        Ok(added)
    }
}
