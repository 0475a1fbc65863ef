//! Changes of rows that are neither facts nor folds of them. They are rare, so each has a transaction of its own.

use super::super::sql;
use super::StoreError;
use super::desk::{Desk, Failed};
use crate::ledger::AppendError;
use crate::ledger::change::Change;

impl Desk {
    /// Makes a change; how many rows were changed.
    pub(super) fn change(&mut self, change: &Change) -> Result<u64, StoreError> {
        self.begin()?;
        let changed = self.write_change(change);
        Ok(self.finish(changed).map_err(AppendError::from)?)
    }

    pub(super) fn write_change(&mut self, change: &Change) -> Result<u64, Failed> {
        let (sql, arguments) = sql::change(change);
        let mut statement = self.connection.prepare_cached(&sql)?;
        sql::bind(&mut statement, &arguments)?;
        Ok(statement.raw_execute()? as u64)
    }
}
