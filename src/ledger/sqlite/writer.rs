//! The one connection that writes.
//!
//! A task owns it. Whatever waits is stored in one transaction, so that one flush serves many lanes; each piece of
//! work has a savepoint, and what fails is taken back alone.

use std::collections::HashMap;
use std::sync::Arc;

use aggregates::ids::BranchId;
use async_trait::async_trait;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::sql::{self, Taken};
use super::{Append, AppendError, Entry, Locked, Position, StoreError, Tail, close, read, tail};
use crate::ledger::table::{Cell, EVENTS, Table};

/// How many pieces of work share a transaction at most.
const GROUP: usize = 64;

/// How many pieces of work may wait before a caller waits to hand in another.
const WAITING: usize = 256;

/// Rows of one insert; prepared statements are kept for each of these numbers.
const CHUNKS: [usize; 4] = [64, 16, 4, 1];

#[derive(Debug)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

#[derive(Debug)]
enum Job {
    Work(Work, Answer),
    Lock(BranchId, oneshot::Sender<Result<Turn, StoreError>>),
    Close(oneshot::Sender<()>),
}

/// Where the outcome of a piece of work goes; a raised fence tells the ledger's end.
type Answer = oneshot::Sender<Result<Option<Tail>, AppendError>>;

/// Something to be stored.
#[derive(Debug)]
enum Work {
    Append(Append),
    RaiseFence(BranchId),
    InsertNew(&'static Table, Vec<Cell>),
}

impl Writer {
    pub(super) fn start(connection: SqliteConnection, options: SqliteConnectOptions) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        tokio::spawn(run(waiting, connection, options));
        Self { jobs }
    }

    pub(super) async fn append(&self, append: Append) -> Result<(), AppendError> {
        self.work(Work::Append(append)).await.map(|_| ())
    }

    pub(super) async fn raise_fence(&self, branch: BranchId) -> Result<Tail, StoreError> {
        match self.work(Work::RaiseFence(branch)).await {
            Ok(Some(tail)) => Ok(tail),
            Ok(None) => Err(gone()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError> {
        match self.work(Work::InsertNew(table, row)).await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn lock(&self, branch: BranchId) -> Result<Turn, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Lock(branch, answer)).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    pub(super) async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.jobs.send(Job::Close(answer)).await.is_ok() {
            let _ = answered.await;
        }
    }

    async fn work(&self, work: Work) -> Result<Option<Tail>, AppendError> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Work(work, answer)).await.map_err(|_| AppendError::Refused(gone()))?;
        answered.await.map_err(|_| AppendError::Unknown(gone()))?
    }
}

fn gone() -> StoreError {
    StoreError::saying("the store is closed")
}

async fn run(mut waiting: mpsc::Receiver<Job>, connection: SqliteConnection, options: SqliteConnectOptions) {
    let mut desk = Desk { connection, inserts: HashMap::new() };
    let mut next = None;
    loop {
        let job = match next.take() {
            Some(job) => job,
            None => match waiting.recv().await {
                Some(job) => job,
                None => break,
            },
        };
        match job {
            Job::Work(work, answer) => {
                let mut group = vec![(work, answer)];
                while group.len() < GROUP {
                    match waiting.try_recv() {
                        Ok(Job::Work(work, answer)) => group.push((work, answer)),
                        Ok(other) => {
                            next = Some(other);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                desk.store(group).await;
            }
            Job::Lock(branch, answer) => match desk.lend(branch, answer, &options).await {
                Some(back) => desk = back,
                None => return,
            },
            Job::Close(answer) => {
                close(desk.connection).await;
                let _ = answer.send(());
                return;
            }
        }
    }
    close(desk.connection).await;
}

/// The connection, and the inserts it has prepared.
#[derive(Debug)]
struct Desk {
    connection: SqliteConnection,
    inserts: HashMap<(&'static str, usize, Taken), Arc<str>>,
}

impl Desk {
    /// Stores a group in one transaction and answers after its commit.
    async fn store(&mut self, group: Vec<(Work, Answer)>) {
        if let Err(error) = self.begin().await {
            for (_, answer) in group {
                let _ = answer.send(Err(AppendError::Refused(error.clone())));
            }
            return;
        }
        let mut stored = vec![];
        let mut group = group.into_iter();
        let mut broken = None;
        for (work, answer) in group.by_ref() {
            match self.in_savepoint(work).await {
                Ok(tail) => stored.push((tail, answer)),
                Err(Failed::Alone(error)) => {
                    let _ = answer.send(Err(error));
                }
                Err(Failed::All(error)) => {
                    let _ = answer.send(Err(AppendError::Refused(error.clone())));
                    broken = Some(error);
                    break;
                }
            }
        }
        if let Some(error) = broken {
            // The transaction is gone, or has to go: nothing of it was stored.
            let _ = self.execute("ROLLBACK").await;
            for answer in stored.into_iter().map(|(_, answer)| answer).chain(group.map(|(_, answer)| answer))
            {
                let _ = answer.send(Err(AppendError::Refused(error.clone())));
            }
            return;
        }
        let committed = self.commit().await;
        for (tail, answer) in stored {
            let _ = answer.send(match &committed {
                Ok(()) => Ok(tail),
                Err(Uncommitted::TakenBack(error)) => Err(AppendError::Refused(error.clone())),
                Err(Uncommitted::Unknown(error)) => Err(AppendError::Unknown(error.clone())),
            });
        }
    }

    /// Begins a transaction that writes, so that nobody else can from now on.
    async fn begin(&mut self) -> Result<(), StoreError> {
        let Err(error) = self.execute("BEGIN IMMEDIATE").await else { return Ok(()) };
        // Should an earlier transaction have refused to end, it ends here, and the next one can begin.
        let _ = self.execute("ROLLBACK").await;
        Err(error.into())
    }

    async fn commit(&mut self) -> Result<(), Uncommitted> {
        let Err(error) = self.execute("COMMIT").await else { return Ok(()) };
        let taken_back = self.execute("ROLLBACK").await.is_ok();
        // On a full disk the frame that would make the transaction valid is the one that was not written.
        Err(if taken_back || code(&error) == Some(FULL) {
            Uncommitted::TakenBack(error.into())
        } else {
            Uncommitted::Unknown(error.into())
        })
    }

    async fn in_savepoint(&mut self, work: Work) -> Result<Option<Tail>, Failed> {
        self.step("SAVEPOINT work").await?;
        let done = match work {
            Work::Append(append) => self.append(append).await.map(|()| None),
            Work::RaiseFence(branch) => self.raise_fence(branch).await.map(Some),
            Work::InsertNew(table, row) => self.insert(table, vec![row], Taken::Keep).await.map(|()| None),
        };
        if let Err(Failed::Alone(_)) = &done {
            self.step("ROLLBACK TO work").await?;
        }
        if !matches!(done, Err(Failed::All(_))) {
            self.step("RELEASE work").await?;
        }
        done
    }

    async fn append(&mut self, append: Append) -> Result<(), Failed> {
        self.advance(append.branch, append.after, append.tail()).await?;
        let branch = append.branch;
        let facts = append.entries.iter().map(|entry| event_row(branch, entry)).collect();
        self.insert(&EVENTS, facts, Taken::Fail).await.map_err(Failed::fatal)?;
        for (table, rows) in append.records {
            self.insert(table, rows, Taken::Fail).await.map_err(Failed::fatal)?;
        }
        for (table, rows) in append.rows {
            self.insert(table, rows, Taken::Replace).await?;
        }
        Ok(())
    }

    /// Moves the head, if the ledger ends where the writer believed.
    async fn advance(&mut self, branch: BranchId, after: Tail, to: Tail) -> Result<(), Failed> {
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
        if moved.rows_affected() == 1 { Ok(()) } else { Err(Failed::Alone(AppendError::Moved)) }
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

    async fn replace_rows(
        &mut self,
        branch: BranchId,
        at: Tail,
        rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
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
            self.insert(table, rows, Taken::Fail).await?;
        }
        Ok(())
    }

    async fn insert(
        &mut self,
        table: &'static Table,
        rows: Vec<Vec<Cell>>,
        taken: Taken,
    ) -> Result<(), Failed> {
        let mut rows = rows.into_iter();
        for size in CHUNKS {
            while size <= rows.len() {
                let sql = self
                    .inserts
                    .entry((table.name, size, taken))
                    .or_insert_with(|| sql::insert(table, size, taken).into());
                let query = rows.by_ref().take(size).flatten().fold(sqlx::query(sql), sql::bind);
                query.execute(&mut self.connection).await?;
            }
        }
        Ok(())
    }

    /// Moves between savepoints. Where that fails, nobody knows what belongs to whom any more.
    async fn step(&mut self, sql: &'static str) -> Result<(), Failed> {
        self.execute(sql).await.map_err(|error| Failed::All(error.into()))
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(sql).execute(&mut self.connection).await.map(|_| ())
    }

    /// Lends the connection, inside a transaction, to a lane that wants to read, decide and append in one turn.
    async fn lend(
        mut self,
        branch: BranchId,
        answer: oneshot::Sender<Result<Turn, StoreError>>,
        options: &SqliteConnectOptions,
    ) -> Option<Self> {
        if let Err(error) = self.begin().await {
            let _ = answer.send(Err(error));
            return Some(self);
        }
        let (back, returned) = oneshot::channel();
        if let Err(Ok(mut turn)) = answer.send(Ok(Turn { branch, desk: Some(self), back: Some(back) })) {
            let mut desk = turn.desk.take()?;
            let _ = desk.execute("ROLLBACK").await;
            return Some(desk);
        }
        if let Ok(desk) = returned.await {
            return Some(desk);
        }
        // Whoever held the connection is gone, and with it the transaction.
        loop {
            match options.connect().await {
                Ok(connection) => return Some(Self { connection, inserts: HashMap::new() }),
                Err(error) => {
                    tracing::error!(%error, "the store cannot be opened again");
                    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
                }
            }
        }
    }
}

/// The turn to write, with the connection and an open transaction.
#[derive(Debug)]
pub(super) struct Turn {
    branch: BranchId,
    desk: Option<Desk>,
    back: Option<oneshot::Sender<Desk>>,
}

impl Turn {
    fn desk(&mut self) -> Result<&mut Desk, StoreError> {
        self.desk.as_mut().ok_or_else(gone)
    }

    /// Commits what succeeded, takes back what did not, and gives the turn back.
    async fn finish(mut self: Box<Self>, done: Result<(), Failed>) -> Result<(), AppendError> {
        let desk = self.desk().map_err(AppendError::Refused)?;
        let done = match done {
            Ok(()) => match desk.commit().await {
                Ok(()) => Ok(()),
                Err(Uncommitted::TakenBack(error)) => Err(AppendError::Refused(error)),
                Err(Uncommitted::Unknown(error)) => Err(AppendError::Unknown(error)),
            },
            Err(failed) => {
                let _ = desk.execute("ROLLBACK").await;
                Err(match failed {
                    Failed::Alone(error) => error,
                    Failed::All(error) => AppendError::Refused(error),
                })
            }
        };
        self.give_back();
        done
    }

    fn give_back(&mut self) {
        if let (Some(back), Some(desk)) = (self.back.take(), self.desk.take()) {
            let _ = back.send(desk);
        }
    }
}

#[async_trait]
impl Locked for Turn {
    async fn tail(&mut self) -> Result<Tail, StoreError> {
        let branch = self.branch;
        tail(&mut self.desk()?.connection, branch).await
    }

    async fn read(&mut self, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let branch = self.branch;
        read(&mut self.desk()?.connection, branch, after, limit).await
    }

    async fn append(mut self: Box<Self>, append: Append) -> Result<(), AppendError> {
        let done = self.desk().map_err(AppendError::Refused)?.append(append).await;
        self.finish(done).await
    }

    async fn replace_rows(
        mut self: Box<Self>,
        at: Tail,
        rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
    ) -> Result<(), AppendError> {
        let branch = self.branch;
        let done = self.desk().map_err(AppendError::Refused)?.replace_rows(branch, at, rows).await;
        self.finish(done).await
    }

    async fn release(mut self: Box<Self>) {
        if let Ok(desk) = self.desk() {
            let _ = desk.execute("ROLLBACK").await;
        }
        self.give_back();
    }
}

/// What became of a transaction whose COMMIT failed.
enum Uncommitted {
    /// Nothing of it was stored.
    TakenBack(StoreError),
    Unknown(StoreError),
}

/// What failed: this work, or the whole transaction.
enum Failed {
    Alone(AppendError),
    All(StoreError),
}

impl Failed {
    /// A row that must be new was there although the head matched: the store contradicts itself.
    fn fatal(self) -> Self {
        match self {
            Self::Alone(AppendError::Refused(error)) if is_key_violation(&error) => {
                tracing::error!(%error, "a fact or record was there before its append");
                Self::Alone(AppendError::Fatal(error))
            }
            other => other,
        }
    }
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        /// `SQLITE_NOMEM`, `SQLITE_IOERR`, `SQLITE_FULL`: these may end the transaction (sqlite.org, "Result
        /// Codes"; "Response To Errors Within A Transaction").
        const ENDING: [i64; 3] = [7, 10, FULL];
        let alone = code(&error).is_some_and(|code| !ENDING.contains(&(code & 0xff)));
        let error = StoreError::from(error);
        if alone { Self::Alone(AppendError::Refused(error)) } else { Self::All(error) }
    }
}

/// `SQLITE_FULL`.
const FULL: i64 = 13;

/// The result code that SQLite gave.
fn code(error: &sqlx::Error) -> Option<i64> {
    error.as_database_error()?.code()?.parse().ok()
}

fn is_key_violation(error: &StoreError) -> bool {
    /// `SQLITE_CONSTRAINT_PRIMARYKEY` and `SQLITE_CONSTRAINT_UNIQUE`.
    const VIOLATIONS: [i64; 2] = [1555, 2067];
    error.0.downcast_ref::<sqlx::Error>().and_then(code).is_some_and(|code| VIOLATIONS.contains(&code))
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

#[cfg(test)]
mod tests;
