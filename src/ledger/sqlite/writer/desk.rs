//! The connection that writes: transactions, and what they say.

use std::collections::HashMap;
use std::slice;
use std::sync::Arc;

use aggregates::ids::BranchId;
use sqlx::SqliteConnection;

use super::super::sql::{self, Taken};
use super::super::{Append, AppendError, Entry, StoreError, Tail, close, tail};
use super::{Answer, Outcome, Work};
use crate::ledger::table::{Cell, EVENTS, Table};

/// Rows of one insert where there are that many.
const MANY: usize = 64;

/// Rows of one insert where there are fewer: as many facts as a confirmation of ten dates has. Prepared statements are
/// kept for each number up to this.
const FEW: usize = 21;

/// The connection, and the inserts it has written before.
#[derive(Debug)]
pub(in super::super) struct Desk {
    pub(super) connection: SqliteConnection,
    inserts: HashMap<(&'static str, usize, Taken), Arc<str>>,
}

/// Rows on their way into one table.
struct Insert<'a> {
    table: &'static Table,
    taken: Taken,
    rows: Vec<&'a [Cell]>,
}

impl Desk {
    pub(super) fn of(connection: SqliteConnection) -> Self {
        Self { connection, inserts: HashMap::new() }
    }

    /// Stores a group in one transaction and answers after its commit. If something stands in the way of one of them,
    /// each is stored by itself, so that only that one hears of it.
    pub(super) async fn store(&mut self, group: Vec<(Work, Answer)>) {
        let (group, answers): (Vec<Work>, Vec<Answer>) = group.into_iter().unzip();
        match self.together(&group).await {
            Err(Failed::Alone(_)) if 1 < group.len() => {
                for (work, answer) in group.iter().zip(answers) {
                    let outcome = self.together(slice::from_ref(work)).await;
                    let outcome = outcome.map(|mut outcomes| outcomes.pop().unwrap_or(Ok(None)));
                    let _ = answer.send(outcome.unwrap_or_else(|failed| Err(failed.into())));
                }
            }
            Ok(outcomes) => {
                for (outcome, answer) in outcomes.into_iter().zip(answers) {
                    let _ = answer.send(outcome);
                }
            }
            Err(failed) => {
                let error = AppendError::from(failed);
                for answer in answers {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }

    async fn together(&mut self, group: &[Work]) -> Result<Vec<Outcome>, Failed> {
        self.begin().await.map_err(|error| Failed::All(AppendError::Refused(error)))?;
        let written = self.write(group).await;
        self.finish(written).await
    }

    /// Begins a transaction that writes, so that nobody else can from now on.
    pub(super) async fn begin(&mut self) -> Result<(), StoreError> {
        let Err(error) = self.execute("BEGIN IMMEDIATE").await else { return Ok(()) };
        // Should an earlier transaction have refused to end, it ends here, and the next one can begin.
        let _ = self.execute("ROLLBACK").await;
        Err(error.into())
    }

    /// Commits what succeeded, and takes back what did not.
    pub(super) async fn finish<T>(&mut self, done: Result<T, Failed>) -> Result<T, Failed> {
        match done {
            Ok(done) => self.commit().await.map(|()| done),
            Err(failed) => {
                self.roll_back().await;
                Err(failed)
            }
        }
    }

    async fn commit(&mut self) -> Result<(), Failed> {
        let Err(error) = self.execute("COMMIT").await else { return Ok(()) };
        let taken_back = self.execute("ROLLBACK").await.is_ok();
        // On a full disk the frame that would make the transaction valid is the one that was not written.
        Err(Failed::All(if taken_back || code(&error) == Some(FULL) {
            AppendError::Refused(error.into())
        } else {
            AppendError::Unknown(error.into())
        }))
    }

    /// Ends a transaction as if it had not been; there may be none any more.
    pub(super) async fn roll_back(&mut self) {
        let _ = self.execute("ROLLBACK").await;
    }

    /// Whatever the group says, table by table. A ledger that has moved on concerns only its own append, of which
    /// nothing is written.
    pub(super) async fn write(&mut self, group: &[Work]) -> Result<Vec<Outcome>, Failed> {
        let facts: Vec<Vec<Vec<Cell>>> = group.iter().map(event_rows).collect();
        let mut outcomes = Vec::with_capacity(group.len());
        let mut inserts = vec![];
        for (work, facts) in group.iter().zip(&facts) {
            outcomes.push(match work {
                Work::Append(append) if self.advance(append).await? => {
                    add(&mut inserts, &EVENTS, Taken::Fail, facts);
                    for (table, rows) in &append.records {
                        add(&mut inserts, table, Taken::Fail, rows);
                    }
                    for (table, rows) in &append.rows {
                        add(&mut inserts, table, Taken::Replace, rows);
                    }
                    Ok(None)
                }
                Work::Append(_) => Err(AppendError::Moved),
                Work::RaiseFence(branch) => Ok(Some(self.raise_fence(*branch).await?)),
                Work::InsertNew(table, row) => {
                    add(&mut inserts, table, Taken::Keep, slice::from_ref(row));
                    Ok(None)
                }
            });
        }
        for insert in inserts {
            self.insert(insert).await?;
        }
        Ok(outcomes)
    }

    /// Moves the head; `false` if the ledger does not end where the writer believed.
    async fn advance(&mut self, append: &Append) -> Result<bool, Failed> {
        let (branch, after, to) = (append.branch, append.after, append.tail());
        let moved = if after.head == 0 && after.fence == 0 {
            sqlx::query(
                "INSERT INTO ledgers (branch_id, head, head_hash, recorded_at, fence, rows_version) \
                 VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING",
            )
            .bind(branch.to_string())
            .bind(to.head.cast_signed())
            .bind(to.hash.0.to_vec())
            .bind(to.recorded_at)
            .bind(after.rows_version)
            .execute(&mut self.connection)
            .await
        } else {
            sqlx::query(
                "UPDATE ledgers SET head = ?, head_hash = ?, recorded_at = ? \
                 WHERE branch_id = ? AND head = ? AND fence = ? AND rows_version = ?",
            )
            .bind(to.head.cast_signed())
            .bind(to.hash.0.to_vec())
            .bind(to.recorded_at)
            .bind(branch.to_string())
            .bind(after.head.cast_signed())
            .bind(after.fence)
            .bind(after.rows_version)
            .execute(&mut self.connection)
            .await
        }?;
        Ok(moved.rows_affected() == 1)
    }

    async fn raise_fence(&mut self, branch: BranchId) -> Result<Tail, Failed> {
        let empty = Tail::empty(branch);
        sqlx::query(
            "INSERT INTO ledgers (branch_id, head, head_hash, recorded_at, fence, rows_version) \
             VALUES (?, 0, ?, 0, 1, ?) ON CONFLICT DO UPDATE SET fence = fence + 1",
        )
        .bind(branch.to_string())
        .bind(empty.hash.0.to_vec())
        .bind(empty.rows_version)
        .execute(&mut self.connection)
        .await?;
        tail(&mut self.connection, branch).await.map_err(|error| Failed::Alone(AppendError::Refused(error)))
    }

    pub(super) async fn replace_rows(
        &mut self,
        branch: BranchId,
        at: Tail,
        rows: &[(&'static Table, Vec<Vec<Cell>>)],
    ) -> Result<(), Failed> {
        let marked = sqlx::query(
            "UPDATE ledgers SET rows_version = ?, fence = fence + 1 WHERE branch_id = ? AND head = ? AND fence = ?",
        )
        .bind(projections::ROWS_VERSION)
        .bind(branch.to_string())
        .bind(at.head.cast_signed())
        .bind(at.fence)
        .execute(&mut self.connection)
        .await?;
        if marked.rows_affected() != 1 {
            return Err(Failed::Alone(AppendError::Moved));
        }
        for (table, rows) in rows {
            let sql = format!("DELETE FROM {} WHERE branch_id = ?", table.name);
            sqlx::query(&sql).bind(branch.to_string()).execute(&mut self.connection).await?;
            let rows = rows.iter().map(Vec::as_slice).collect();
            self.insert(Insert { table, taken: Taken::Fail, rows }).await?;
        }
        Ok(())
    }

    async fn insert(&mut self, Insert { table, taken, rows }: Insert<'_>) -> Result<(), Failed> {
        let mut rest = rows.as_slice();
        while !rest.is_empty() {
            let size = if MANY <= rest.len() { MANY } else { rest.len().min(FEW) };
            let (rows, later) = rest.split_at(size);
            rest = later;
            let sql = self
                .inserts
                .entry((table.name, size, taken))
                .or_insert_with(|| sql::insert(table, size, taken).into());
            let query = rows.iter().copied().flatten().fold(sqlx::query(sql), sql::bind);
            query.execute(&mut self.connection).await.map_err(|error| Failed::inserting(error, taken))?;
        }
        Ok(())
    }

    pub(super) async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(sql).execute(&mut self.connection).await.map(|_| ())
    }

    pub(super) async fn close(self) {
        close(self.connection).await;
    }
}

/// What failed: this work, or the whole transaction.
#[derive(Debug)]
pub(super) enum Failed {
    Alone(AppendError),
    All(AppendError),
}

impl Failed {
    fn inserting(error: sqlx::Error, taken: Taken) -> Self {
        /// `SQLITE_CONSTRAINT_PRIMARYKEY` and `SQLITE_CONSTRAINT_UNIQUE`.
        const VIOLATIONS: [i64; 2] = [1555, 2067];
        if taken == Taken::Fail && code(&error).is_some_and(|code| VIOLATIONS.contains(&code)) {
            // A row that must be new was there although the head matched: the store contradicts itself.
            tracing::error!(%error, "a fact or record was there before its append");
            return Self::Alone(AppendError::Fatal(error.into()));
        }
        error.into()
    }
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        /// `SQLITE_NOMEM`, `SQLITE_IOERR`, `SQLITE_FULL`: these may end the transaction (sqlite.org, "Result
        /// Codes"; "Response To Errors Within A Transaction").
        const ENDING: [i64; 3] = [7, 10, FULL];
        let alone = code(&error).is_some_and(|code| !ENDING.contains(&(code & 0xff)));
        let error = AppendError::Refused(error.into());
        if alone { Self::Alone(error) } else { Self::All(error) }
    }
}

impl From<Failed> for AppendError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Alone(error) | Failed::All(error) => error,
        }
    }
}

/// `SQLITE_FULL`.
const FULL: i64 = 13;

/// The result code that SQLite gave.
fn code(error: &sqlx::Error) -> Option<i64> {
    error.as_database_error()?.code()?.parse().ok()
}

/// Adds rows to those that go into the same table.
fn add<'a>(inserts: &mut Vec<Insert<'a>>, table: &'static Table, taken: Taken, rows: &'a [Vec<Cell>]) {
    let rows = rows.iter().map(Vec::as_slice);
    match inserts.iter_mut().find(|insert| insert.table == table && insert.taken == taken) {
        Some(insert) => insert.rows.extend(rows),
        None => inserts.push(Insert { table, taken, rows: rows.collect() }),
    }
}

fn event_rows(work: &Work) -> Vec<Vec<Cell>> {
    match work {
        Work::Append(append) => append.entries.iter().map(|entry| event_row(append.branch, entry)).collect(),
        _ => vec![],
    }
}

fn event_row(branch: BranchId, entry: &Entry) -> Vec<Cell> {
    vec![
        entry.aggregate_type.as_str().into(),
        entry.aggregate_id.as_str().into(),
        entry.sequence.into(),
        entry.event_type.as_str().into(),
        entry.event_version.as_str().into(),
        entry.payload.as_str().into(),
        entry.metadata.as_str().into(),
        branch.into(),
        entry.position.into(),
        entry.recorded_at.into(),
        entry.hash.0.to_vec().into(),
    ]
}
