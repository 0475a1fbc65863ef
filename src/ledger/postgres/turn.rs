//! The turn to write: a transaction that has locked the row of its ledger.

use std::sync::Arc;

use aggregates::ids::BranchId;
use async_trait::async_trait;
use sqlx::PgConnection;

use super::connections::{Connections, Lent};
use super::question::Question;
use super::reading::{self, TAIL};
use super::replica::Replica;
use super::trouble::Trouble;
use super::{sql, writing};
use crate::ledger::table::{Cell, Table};
use crate::ledger::{Append, AppendError, Entry, Locked, Position, StoreError, Tail};

/// Rows that go into a table with one statement while a branch's rows are replaced.
const AT_ONCE: usize = 2_000;

/// Rows that are taken away with one statement.
const AWAY_AT_ONCE: i64 = 20_000;

pub(super) struct Turn {
    branch: BranchId,
    connection: Lent,
    tail: Tail,
    /// Whether the transaction came to its end. Else the connection is given up, and the server ends it.
    ended: bool,
    replica: Option<Arc<Replica>>,
}

impl Turn {
    /// Waits until no other transaction has the ledger's row, which is made if there is none.
    pub(super) async fn take(
        connections: &Connections,
        branch: BranchId,
        replica: Option<Arc<Replica>>,
    ) -> Result<Self, StoreError> {
        let connection = connections.lend().await?;
        let empty = Tail::empty(branch);
        let mut turn = Self { branch, connection, tail: empty, ended: false, replica };
        turn.say("BEGIN").await?;
        let lock = format!(
            "INSERT INTO ledgers AS known (branch_id, head, head_hash, recorded_at, fence, rows_version) \
             VALUES ($1, 0, $2, 0, 0, $3) ON CONFLICT (branch_id) DO UPDATE SET fence = known.fence \
             RETURNING {TAIL}"
        );
        let arguments = vec![branch.into(), empty.hash.0.to_vec().into(), empty.rows_version.into()];
        let locked = turn.connection.put(&Question::new(lock, arguments)).await?;
        turn.tail = reading::tail(branch, locked.first())?;
        Ok(turn)
    }

    async fn say(&mut self, sql: &'static str) -> Result<(), Trouble> {
        self.connection.put(&Question::new(sql, vec![])).await.map(|_| ())
    }

    async fn commit(&mut self) -> Result<(), AppendError> {
        let committed = self.say("COMMIT").await;
        if let Some(replica) = &self.replica {
            replica.wrote(self.branch);
        }
        committed.map_err(Trouble::at_commit)?;
        self.ended = true;
        Ok(())
    }

    async fn roll_back(&mut self) {
        self.ended = self.say("ROLLBACK").await.is_ok();
    }

    /// Commits what succeeded, and takes back what did not.
    async fn finish(&mut self, stored: Result<bool, Trouble>) -> Result<(), AppendError> {
        let error = match stored {
            Ok(true) => return self.commit().await,
            Ok(false) => AppendError::Moved,
            Err(trouble) => trouble.before_commit(),
        };
        self.roll_back().await;
        Err(error)
    }

    async fn replace(
        &mut self,
        at: Tail,
        rows: &[(&'static Table, Vec<Vec<Cell>>)],
    ) -> Result<bool, Trouble> {
        let mark = "UPDATE ledgers SET rows_version = $4, fence = fence + 1 \
                    WHERE branch_id = $1 AND head = $2 AND fence = $3 RETURNING 1";
        let version = projections::ROWS_VERSION;
        let arguments = vec![self.branch.into(), at.head.into(), at.fence.into(), version.into()];
        if self.connection.put(&Question::new(mark, arguments)).await?.is_empty() {
            return Ok(false);
        }
        for (table, rows) in rows {
            self.clear(table).await?;
            let insert = format!("WITH moved AS (SELECT $1::uuid AS branch_id) {}", sql::insert(table, 2));
            let rows: Vec<&[Cell]> = rows.iter().map(Vec::as_slice).collect();
            for rows in rows.chunks(AT_ONCE) {
                let branch = self.branch.0;
                let inserted = self.connection.wait(async |connection: &mut PgConnection| {
                    writing::bind(sqlx::query(&insert).bind(branch), table, rows).execute(connection).await
                });
                inserted.await?;
            }
        }
        Ok(true)
    }

    /// Takes away all rows of the branch, some at a time, so that each statement ends in time.
    async fn clear(&mut self, table: &Table) -> Result<(), Trouble> {
        let sql = format!(
            "WITH gone AS (DELETE FROM {name} WHERE ctid = ANY(ARRAY(\
                 SELECT ctid FROM {name} WHERE branch_id = $1 LIMIT $2)) RETURNING 1) \
             SELECT 1 FROM gone HAVING count(*) = $2",
            name = table.name
        );
        let clear = Question::new(sql, vec![self.branch.into(), AWAY_AT_ONCE.into()]);
        while !self.connection.put(&clear).await?.is_empty() {}
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.give_up();
        }
    }
}

#[async_trait]
impl Locked for Turn {
    async fn tail(&mut self) -> Result<Tail, StoreError> {
        Ok(self.tail)
    }

    async fn read(&mut self, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        reading::entries(&self.connection.put(&reading::page(self.branch, after, limit)).await?)
    }

    async fn append(mut self: Box<Self>, append: Append) -> Result<(), AppendError> {
        let stored = writing::put(&mut self.connection, &append).await;
        self.finish(stored).await
    }

    async fn replace_rows(
        mut self: Box<Self>,
        at: Tail,
        rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
    ) -> Result<(), AppendError> {
        let replaced = self.replace(at, &rows).await;
        self.finish(replaced).await
    }

    async fn release(mut self: Box<Self>) {
        self.roll_back().await;
    }
}
