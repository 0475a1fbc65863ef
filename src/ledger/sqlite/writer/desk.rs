//! The connection that writes: transactions, and what they say.

use std::collections::{HashMap, hash_map};
use std::slice;

use aggregates::ids::BranchId;
use rusqlite::{Connection, Statement, params};

use super::super::sql::{self, Taken};
use super::super::{Append, AppendError, Entry, StoreError, Tail, reading};
use super::{Answer, Outcome, Work};
use crate::ledger::table::{Cell, EVENTS, Table};

/// The connection, and the statements it has written before.
#[derive(Debug)]
pub(in super::super) struct Desk {
    pub(super) connection: Connection,
    inserts: HashMap<(&'static str, Taken), String>,
    updates: HashMap<&'static str, String>,
    /// What was taken away may still stand in the log.
    has_erased: bool,
}

/// Rows on their way into one table.
struct Insert<'a> {
    table: &'static Table,
    taken: Taken,
    rows: Vec<&'a [Cell]>,
}

impl Desk {
    pub(super) fn of(connection: Connection) -> Self {
        Self { connection, inserts: HashMap::new(), updates: HashMap::new(), has_erased: false }
    }

    /// Stores a group in one transaction and answers after its commit. If something stands in the way of one of them,
    /// each is stored by itself, so that only that one hears of it.
    pub(super) fn store(&mut self, group: Vec<(Work, Answer)>) {
        let (group, answers): (Vec<Work>, Vec<Answer>) = group.into_iter().unzip();
        match self.together(&group) {
            Err(Failed::Alone(_)) if 1 < group.len() => {
                for (work, answer) in group.iter().zip(answers) {
                    let outcome = self.together(slice::from_ref(work));
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

    fn together(&mut self, group: &[Work]) -> Result<Vec<Outcome>, Failed> {
        self.begin().map_err(|error| Failed::All(AppendError::Refused(error)))?;
        let written = self.write(group);
        self.finish(written)
    }

    /// Begins a transaction that writes, so that nobody else can from now on.
    pub(super) fn begin(&mut self) -> Result<(), StoreError> {
        let Err(error) = self.execute("BEGIN IMMEDIATE") else { return Ok(()) };
        // Should an earlier transaction have refused to end, it ends here, and the next one can begin.
        let _ = self.execute("ROLLBACK");
        Err(error.into())
    }

    /// Commits what succeeded, and takes back what did not.
    pub(super) fn finish<T>(&mut self, done: Result<T, Failed>) -> Result<T, Failed> {
        match done {
            Ok(done) => self.commit().map(|()| done),
            Err(failed) => {
                self.roll_back();
                Err(failed)
            }
        }
    }

    fn commit(&mut self) -> Result<(), Failed> {
        let Err(error) = self.execute("COMMIT") else { return Ok(()) };
        let taken_back = self.execute("ROLLBACK").is_ok();
        // On a full disk the frame that would make the transaction valid is the one that was not written.
        Err(Failed::All(if taken_back || code(&error) == Some(FULL) {
            AppendError::Refused(error.into())
        } else {
            AppendError::Unknown(error.into())
        }))
    }

    /// Ends a transaction as if it had not been; there may be none any more.
    pub(super) fn roll_back(&mut self) {
        let _ = self.execute("ROLLBACK");
    }

    /// Whatever the group says, table by table. A ledger that has moved on concerns only its own append, of which
    /// nothing is written.
    pub(super) fn write(&mut self, group: &[Work]) -> Result<Vec<Outcome>, Failed> {
        let mut outcomes = Vec::with_capacity(group.len());
        let mut facts = vec![];
        let mut inserts = vec![];
        for work in group {
            outcomes.push(match work {
                Work::Append(append) if self.advance(append)? => {
                    facts.push(append);
                    for (table, rows) in &append.records {
                        add(&mut inserts, table, Taken::Fail, rows);
                    }
                    for (table, rows) in &append.rows {
                        add(&mut inserts, table, Taken::Replace, rows);
                    }
                    Ok(None)
                }
                Work::Append(_) => Err(AppendError::Moved),
                Work::RaiseFence(branch) => Ok(Some(self.raise_fence(*branch)?)),
                Work::InsertNew(table, row) => {
                    add(&mut inserts, table, Taken::Keep, slice::from_ref(row));
                    Ok(None)
                }
            });
        }
        self.insert_facts(&facts)?;
        for insert in inserts {
            self.insert(insert)?;
        }
        for change in facts.iter().flat_map(|append| &append.changes) {
            self.write_change(change)?;
            self.has_erased = true;
        }
        Ok(outcomes)
    }

    /// Moves the head; `false` if the ledger does not end where the writer believed.
    fn advance(&mut self, append: &Append) -> Result<bool, Failed> {
        let (branch, after, to) = (append.branch, append.after, append.tail());
        let moved = if after.head == 0 && after.fence == 0 {
            let mut insert = self.connection.prepare_cached(
                "INSERT INTO ledgers (branch_id, head, head_hash, recorded_at, fence, rows_version) \
                 VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING",
            )?;
            insert.execute(params![
                branch.0.as_bytes(),
                to.head.cast_signed(),
                to.hash.0,
                to.recorded_at,
                after.rows_version,
            ])?
        } else {
            let mut update = self.connection.prepare_cached(
                "UPDATE ledgers SET head = ?, head_hash = ?, recorded_at = ? \
                 WHERE branch_id = ? AND head = ? AND head_hash = ? AND fence = ? AND rows_version = ?",
            )?;
            update.execute(params![
                to.head.cast_signed(),
                to.hash.0,
                to.recorded_at,
                branch.0.as_bytes(),
                after.head.cast_signed(),
                after.hash.0,
                after.fence,
                after.rows_version,
            ])?
        };
        Ok(moved == 1)
    }

    fn raise_fence(&mut self, branch: BranchId) -> Result<Tail, Failed> {
        let empty = Tail::empty(branch);
        let mut raise = self.connection.prepare_cached(
            "INSERT INTO ledgers (branch_id, head, head_hash, recorded_at, fence, rows_version) \
             VALUES (?, 0, ?, 0, 1, ?) ON CONFLICT DO UPDATE SET fence = fence + 1",
        )?;
        raise.execute(params![branch.0.as_bytes(), empty.hash.0, empty.rows_version])?;
        reading::tail(&self.connection, branch).map_err(|error| Failed::Alone(AppendError::Refused(error)))
    }

    pub(super) fn replace_rows(
        &mut self,
        branch: BranchId,
        at: Tail,
        rows: &[(&'static Table, Vec<Vec<Cell>>)],
    ) -> Result<(), Failed> {
        let marked = self.connection.execute(
            "UPDATE ledgers SET rows_version = ?, fence = fence + 1 WHERE branch_id = ? AND head = ? AND fence = ?",
            params![projections::ROWS_VERSION, branch.0.as_bytes(), at.head.cast_signed(), at.fence],
        )?;
        if marked != 1 {
            return Err(Failed::Alone(AppendError::Moved));
        }
        for (table, rows) in rows {
            let sql = format!("DELETE FROM {} WHERE branch_id = ?", table.name);
            self.connection.execute(&sql, params![branch.0.as_bytes()])?;
            let rows = rows.iter().map(Vec::as_slice).collect();
            self.insert(Insert { table, taken: Taken::Fail, rows })?;
        }
        Ok(())
    }

    fn insert(&mut self, Insert { table, taken, rows }: Insert<'_>) -> Result<(), Failed> {
        if rows.is_empty() {
            return Ok(());
        }
        let sql = self.inserts.entry((table.name, taken)).or_insert_with(|| sql::insert(table, taken));
        let mut insert = self.connection.prepare_cached(sql)?;
        let mut update = match taken {
            Taken::Replace => Some(self.connection.prepare_cached(match self.updates.entry(table.name) {
                hash_map::Entry::Occupied(known) => known.into_mut(),
                hash_map::Entry::Vacant(new) => {
                    new.insert(sql::update(table, &indexed(&self.connection, table)?))
                }
            })?),
            Taken::Fail | Taken::Keep => None,
        };
        for row in rows {
            if let Some(update) = &mut update {
                sql::bind(update, row)?;
                if update.raw_execute()? == 1 {
                    continue;
                }
            }
            sql::bind(&mut insert, row)?;
            insert.raw_execute().map_err(|error| Failed::inserting(error, taken))?;
        }
        Ok(())
    }

    fn insert_facts(&mut self, appends: &[&Append]) -> Result<(), Failed> {
        let sql = self
            .inserts
            .entry((EVENTS.name, Taken::Fail))
            .or_insert_with(|| sql::insert(&EVENTS, Taken::Fail));
        let mut insert = self.connection.prepare_cached(sql)?;
        for append in appends {
            for entry in append.entries.iter() {
                bind_fact(&mut insert, append.branch, entry)?;
                insert.raw_execute().map_err(|error| Failed::inserting(error, Taken::Fail))?;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: &'static str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(|_| ())
    }

    /// Whether something was taken away since this was asked last.
    pub(super) fn has_erased(&mut self) -> bool {
        std::mem::take(&mut self.has_erased)
    }

    /// Closes the connection so that the write-ahead log is folded into the file.
    pub(super) fn close(self) {
        if let Err(error) = self.connection.execute_batch("PRAGMA optimize") {
            tracing::warn!(%error, "the store could not be optimized");
        }
        if let Err((_, error)) = self.connection.close() {
            tracing::warn!(%error, "the store was not closed cleanly");
        }
    }
}

/// The columns of a table's indexes, apart from its key.
pub(super) fn indexed(connection: &Connection, table: &Table) -> rusqlite::Result<Vec<String>> {
    let mut columns = connection.prepare(
        "SELECT DISTINCT info.name FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info \
         WHERE list.origin = 'c'",
    )?;
    let columns = columns.query_map([table.name], |row| row.get::<_, String>(0))?;
    let columns: Vec<String> = columns.collect::<Result<_, _>>()?;
    Ok(columns.into_iter().filter(|column| !table.key.contains(&column.as_str())).collect())
}

/// The columns of [`EVENTS`].
fn bind_fact(insert: &mut Statement<'_>, branch: BranchId, entry: &Entry) -> rusqlite::Result<()> {
    insert.raw_bind_parameter(1, &entry.aggregate_type)?;
    insert.raw_bind_parameter(2, &entry.aggregate_id)?;
    insert.raw_bind_parameter(3, entry.sequence.cast_signed())?;
    insert.raw_bind_parameter(4, &entry.event_type)?;
    insert.raw_bind_parameter(5, &entry.event_version)?;
    insert.raw_bind_parameter(6, &entry.payload)?;
    insert.raw_bind_parameter(7, &entry.metadata)?;
    insert.raw_bind_parameter(8, branch.0.as_bytes())?;
    insert.raw_bind_parameter(9, entry.position.cast_signed())?;
    insert.raw_bind_parameter(10, entry.recorded_at)?;
    insert.raw_bind_parameter(11, entry.hash.0)
}

/// What failed: this work, or the whole transaction.
#[derive(Debug)]
pub(super) enum Failed {
    Alone(AppendError),
    All(AppendError),
}

impl Failed {
    fn inserting(error: rusqlite::Error, taken: Taken) -> Self {
        /// `SQLITE_CONSTRAINT_PRIMARYKEY` and `SQLITE_CONSTRAINT_UNIQUE`.
        const VIOLATIONS: [i32; 2] = [1555, 2067];
        if taken == Taken::Fail && code(&error).is_some_and(|code| VIOLATIONS.contains(&code)) {
            // A row that must be new was there although the head matched: the store contradicts itself.
            tracing::error!(%error, "a fact or record was there before its append");
            return Self::Alone(AppendError::Fatal(error.into()));
        }
        error.into()
    }
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        /// `SQLITE_NOMEM`, `SQLITE_IOERR`, `SQLITE_FULL`: these may end the transaction (sqlite.org, "Result
        /// Codes"; "Response To Errors Within A Transaction").
        const ENDING: [i32; 3] = [7, 10, FULL];
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
const FULL: i32 = 13;

/// The extended result code that SQLite gave.
fn code(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|error| error.extended_code)
}

/// Adds rows to those that go into the same table.
fn add<'a>(inserts: &mut Vec<Insert<'a>>, table: &'static Table, taken: Taken, rows: &'a [Vec<Cell>]) {
    let rows = rows.iter().map(Vec::as_slice);
    match inserts.iter_mut().find(|insert| insert.table == table && insert.taken == taken) {
        Some(insert) => insert.rows.extend(rows),
        None => inserts.push(Insert { table, taken, rows: rows.collect() }),
    }
}
