//! Ledgers in one SQLite file: no set-up, durable, and correct when several processes share the file.
//!
//! WAL with `synchronous=FULL`; one connection writes, on a thread of its own, and the appends of all lanes that wait
//! share a transaction; connections that read are lent for one question each.

pub mod backup;
mod readers;
mod reading;
mod sql;
mod writer;

use std::path::{Path, PathBuf};

use aggregates::ids::BranchId;
use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use rusqlite::Connection;
use sqlite_es::SqliteEventRepository;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection as _, SqliteConnection};
use uuid::Uuid;

use super::change::{Change, Changes};
use super::opening::may_migrate;
use super::query::Select;
use super::table::{Cell, Table};
use super::{Append, AppendError, Entry, Ledger, Locked, OpenError, PATIENCE, Position, StoreError, Tail};
use readers::Readers;
use writer::Writer;

/// Prepared statements that each connection keeps.
const STATEMENTS: usize = 128;

/// KiB of pages that the writing connection keeps in memory.
const WRITER_CACHE: u32 = 32 << 10;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/ledger/migrations/sqlite");

/// A store in one SQLite file.
#[derive(Debug)]
pub struct SqliteLedger {
    path: PathBuf,
    readers: Readers,
    writer: Writer,
}

impl SqliteLedger {
    /// Opens the file, making it if it does not exist. Tables are made in an empty file; those of an older release
    /// are brought up to date only if `migrate` says so.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened, or its tables are those of another release.
    pub async fn open(path: &Path, migrate: bool) -> Result<Self, OpenError> {
        bring_up_to_date(path, migrate).await?;
        let unavailable = |error| OpenError::Unavailable { store: path.display().to_string(), error };
        let writer = Writer::start(path).map_err(unavailable)?;
        Ok(Self { path: path.to_owned(), readers: Readers::of(path), writer })
    }

    /// The repository of the stock crate over the same file, with connections of its own.
    #[must_use]
    pub fn stock_repository(&self) -> SqliteEventRepository {
        let options = SqliteConnectOptions::new().filename(&self.path).busy_timeout(PATIENCE);
        SqliteEventRepository::new(SqlitePoolOptions::new().connect_lazy_with(options))
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Reads,
    Writes,
    /// Writes the log back into the file.
    WritesBack,
}

fn connect(path: &Path, role: Role) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    match role {
        Role::WritesBack => {}
        Role::Reads => connection.pragma_update(None, "query_only", true)?,
        Role::Writes => {
            connection.pragma_update(None, "wal_autocheckpoint", writer::LOG_LIMIT)?;
            // What is taken away is overwritten, also what moves to another page.
            connection.pragma_update(None, "secure_delete", true)?;
            connection.pragma_update(None, "cache_size", -i64::from(WRITER_CACHE))?;
        }
    }
    Ok(connection)
}

/// Makes or migrates the tables, and makes the file one with a write-ahead log.
async fn bring_up_to_date(path: &Path, migrate: bool) -> Result<(), OpenError> {
    let store = || path.display().to_string();
    let unavailable = |error: sqlx::Error| OpenError::Unavailable { store: store(), error: error.into() };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Full)
        // A table that is made anew leaves nothing behind that could not be erased later.
        .pragma("secure_delete", "on")
        .busy_timeout(PATIENCE);
    let mut connection = options.connect().await.map_err(unavailable)?;
    let applied = applied(&mut connection).await.map_err(unavailable)?;
    may_migrate(&store(), &MIGRATIONS, applied, migrate)?;
    let migrated = MIGRATIONS.run(&mut connection).await;
    migrated.map_err(|error| OpenError::Migration { store: store(), error })?;
    connection.close().await.map_err(unavailable)
}

/// How many migrations were applied.
async fn applied(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(0);
    }
    sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success").fetch_one(connection).await
}

#[async_trait]
impl Ledger for SqliteLedger {
    async fn tail(&self, branch: BranchId) -> Result<Tail, StoreError> {
        self.readers.ask(move |connection| reading::tail(connection, branch)).await
    }

    /// One thread stores what it is handed, in that order.
    async fn append(&self, append: Append) -> Result<(), AppendError> {
        self.writer.append(append).await
    }

    async fn lock(&self, branch: BranchId) -> Result<Box<dyn Locked>, StoreError> {
        Ok(Box::new(self.writer.lock(branch).await?))
    }

    async fn raise_fence(&self, branch: BranchId) -> Result<Tail, StoreError> {
        self.writer.raise_fence(branch).await
    }

    async fn read(&self, branch: BranchId, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.readers.ask(move |connection| reading::page(connection, branch, after, limit)).await
    }

    async fn history(
        &self,
        branch: BranchId,
        aggregate_type: &str,
        id: Uuid,
    ) -> Result<Vec<Entry>, StoreError> {
        let aggregate_type = aggregate_type.to_owned();
        self.readers.ask(move |connection| reading::history(connection, branch, &aggregate_type, id)).await
    }

    async fn streams(
        &self,
        branch: BranchId,
        ids: &[(&'static str, Uuid)],
    ) -> Result<Vec<SerializedEvent>, StoreError> {
        let ids = ids.to_vec();
        self.readers.ask(move |connection| reading::streams(connection, branch, &ids)).await
    }

    async fn branches(&self) -> Result<Vec<BranchId>, StoreError> {
        self.readers.ask(reading::branches).await
    }

    async fn select(&self, select: &Select) -> Result<Vec<Vec<Cell>>, StoreError> {
        let select = select.clone();
        self.readers.ask(move |connection| reading::select(connection, &select)).await
    }

    async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError> {
        self.writer.insert_new(table, row).await
    }

    async fn change(&self, change: Change) -> Result<u64, StoreError> {
        let changed = self.writer.change(Changes::each(vec![change])).await?;
        Ok(changed.into_iter().sum())
    }

    async fn change_together(&self, changes: Changes) -> Result<Vec<u64>, StoreError> {
        self.writer.change(changes).await
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
