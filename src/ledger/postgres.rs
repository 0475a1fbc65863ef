//! Ledgers in a PostgreSQL database (15 and later), shared by any number of processes.
//!
//! An append is one statement, which those of other branches may share. Connections that write and connections that read come from pools of their own, so that a
//! lane that holds its turn never waits for a connection on which another lane waits for that turn. Where an answer may be
//! a little behind, a replica can give it.

mod changes;
mod connections;
mod desk;
mod door;
mod question;
mod reading;
mod replica;
mod sql;
mod trouble;
mod turn;
mod writing;

use std::sync::Arc;
use std::time::Duration;

use aggregates::ids::BranchId;
use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use postgres_es::PostgresEventRepository;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use super::change::{Change, Changes, What};
use super::query::Select;
use super::table::{Cell, Table};
use super::{
    Append, AppendError, Entry, Ledger, Locked, OpenError, PATIENCE, Position, ReadFrom, StoreError, Tail,
};
use connections::Connections;
use desk::Desk;
pub use door::Server;
pub(super) use door::{check, is_there, name, remove, server};
use question::Question;
use replica::Replica;
use turn::Turn;

/// Connections that append, of one process. The server's processors are what limits appends, so a few are enough.
const WRITERS: u32 = 8;

/// Connections that read, of one process.
const READERS: u32 = 8;

/// How long the server may work on one statement. It gives up before we do, so that its answer is known.
const STATEMENT: Duration = Duration::from_secs(6);

/// How long standbys may take to confirm what was read: shorter than a statement.
const SETTLED: Duration = Duration::from_secs(3);

/// How long an answer may take before the connection is given up.
const ANSWER: Duration = Duration::from_secs(8);

/// A store in one PostgreSQL database.
#[derive(Debug)]
pub struct PostgresLedger {
    options: PgConnectOptions,
    writers: Connections,
    readers: Connections,
    desk: Desk,
    replica: Option<Arc<Replica>>,
}

impl PostgresLedger {
    /// Opens the database at `url`, which has to exist. Tables are made in an empty one; those of an older release are
    /// brought up to date only if `migrate` says so.
    ///
    /// # Errors
    ///
    /// If the database cannot be reached, its server is too old or a standby, or its tables are those of another
    /// release.
    pub async fn open(url: &str, migrate: bool) -> Result<Self, OpenError> {
        let options = door::options(url)?;
        door::bring_up_to_date(&options, migrate).await?;
        let writers = Connections::to(&options, "cartwheel writes", WRITERS, ANSWER);
        Ok(Self {
            desk: Desk::over(writers.clone(), WRITERS as usize),
            writers,
            readers: Connections::to(&options, "cartwheel reads", READERS, ANSWER),
            replica: None,
            options,
        })
    }

    /// Reads what may lag from a replica, whenever that is known to be near enough.
    ///
    /// # Errors
    ///
    /// If its address is none.
    pub fn reading_from(mut self, replica: &ReadFrom) -> Result<Self, OpenError> {
        let options = door::options(&replica.url)?;
        self.replica = Some(Arc::new(Replica::following(&self.readers, &options, replica.at_most_behind)));
        Ok(self)
    }

    /// How far the replica is behind at most; `None` if that is not known, or there is none.
    #[must_use]
    pub fn replica_behind(&self) -> Option<Duration> {
        self.replica.as_ref()?.behind()
    }

    fn wrote(&self, branch: BranchId) {
        if let Some(replica) = &self.replica {
            replica.wrote(branch);
        }
    }

    /// The repository of the stock crate over the same database, with connections of its own.
    #[must_use]
    pub fn stock_repository(&self) -> PostgresEventRepository {
        let pool = PgPoolOptions::new().acquire_timeout(PATIENCE);
        PostgresEventRepository::new(pool.connect_lazy_with(self.options.clone()))
    }
}

#[async_trait]
impl Ledger for PostgresLedger {
    async fn tail(&self, branch: BranchId) -> Result<Tail, StoreError> {
        reading::tail(branch, self.readers.ask(&reading::tail_of(branch)).await?.first())
    }

    async fn append(&self, append: Append) -> Result<(), AppendError> {
        let branch = append.branch;
        let appended = self.desk.append(append).await;
        self.wrote(branch);
        appended
    }

    async fn lock(&self, branch: BranchId) -> Result<Box<dyn Locked>, StoreError> {
        Ok(Box::new(Turn::take(&self.writers, branch, self.replica.clone()).await?))
    }

    async fn raise_fence(&self, branch: BranchId) -> Result<Tail, StoreError> {
        let raised = self.writers.tell(&writing::raise_fence(branch)).await?;
        reading::tail(branch, raised.first())
    }

    async fn read(&self, branch: BranchId, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        reading::entries(&self.readers.ask(&reading::page(branch, after, limit)).await?)
    }

    async fn history(
        &self,
        branch: BranchId,
        aggregate_type: &str,
        id: Uuid,
    ) -> Result<Vec<Entry>, StoreError> {
        reading::entries(&self.readers.ask(&reading::history(branch, aggregate_type, id)).await?)
    }

    async fn streams(
        &self,
        branch: BranchId,
        ids: &[(&'static str, Uuid)],
    ) -> Result<Vec<SerializedEvent>, StoreError> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        reading::serialized(&self.readers.ask(&reading::streams(branch, ids)).await?)
    }

    async fn branches(&self) -> Result<Vec<BranchId>, StoreError> {
        reading::branches(&self.readers.ask(&reading::all_branches()).await?)
    }

    async fn select(&self, select: &Select) -> Result<Vec<Vec<Cell>>, StoreError> {
        let question = sql::select(select);
        let lagging = match (&self.replica, select.branch()) {
            (Some(replica), Some(branch)) if select.may_lag => replica.ask(branch, &question).await,
            _ => None,
        };
        let rows = match lagging {
            Some(rows) => rows,
            None => self.readers.ask(&question).await?,
        };
        rows.iter().map(|row| sql::cells(select.table, row)).collect()
    }

    async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError> {
        self.writers.ask(&sql::insert_new(table, row)).await.map(|_| ())
    }

    /// Asked once: whether a change was made before its connection broke, nobody can tell.
    async fn change(&self, change: Change) -> Result<u64, StoreError> {
        if let What::Add(_) = change.what {
            return Ok(self.change_together(Changes::each(vec![change])).await?.into_iter().sum());
        }
        Ok(self.writers.tell(&sql::change(&change)).await?.len() as u64)
    }

    async fn change_together(&self, changes: Changes) -> Result<Vec<u64>, StoreError> {
        Ok(changes::make(&self.writers, &changes).await?)
    }

    /// A commit waits for synchronous standbys, and they take one after another: a transaction of nothing but a note in the
    /// log waits for all before it. The server ends such a wait after the time for a statement and says that it was stored,
    /// so nobody waits for it as long.
    async fn settled(&self) -> Result<(), StoreError> {
        let note = Question::new("SELECT pg_logical_emit_message(true, 'cartwheel', '') IS NULL", vec![]);
        let noted = tokio::time::timeout(SETTLED, self.writers.tell(&note)).await;
        noted.map_err(|_| StoreError::saying("a standby has not confirmed what was read"))??;
        Ok(())
    }

    async fn close(&self) {
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
        tokio::join!(self.readers.close(), self.writers.close());
    }
}
