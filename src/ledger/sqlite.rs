//! Ledgers in one SQLite file: no set-up, durable, and correct when several processes share the file.
//!
//! WAL with `synchronous=FULL`; one connection writes, and the appends of all lanes that wait share a transaction;
//! readers have a pool of their own.

mod sql;
mod writer;

use std::path::{Path, PathBuf};

use aggregates::ids::BranchId;
use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use futures::TryStreamExt;
use sqlite_es::SqliteEventRepository;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection};
use uuid::Uuid;

use super::query::Select;
use super::table::{Cell, Table};
use super::{
    Append, AppendError, Entry, Hash, Ledger, Locked, Misshapen, PATIENCE, Position, StoreError, Tail,
    stored_id,
};
use writer::Writer;

/// Connections that read at the same time.
const READERS: u32 = 4;

/// Prepared statements that each connection keeps: inserts into each table, of each number of rows.
const STATEMENTS: usize = 256;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/ledger/migrations/sqlite");

/// A store in one SQLite file.
#[derive(Debug)]
pub struct SqliteLedger {
    readers: SqlitePool,
    writer: Writer,
}

/// Why a SQLite file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{} cannot be opened: {error}", path.display())]
    Unavailable { path: PathBuf, error: sqlx::Error },
    #[error("{} was made by a newer release of this program; please update it", path.display())]
    Newer { path: PathBuf },
    #[error("{} has not the tables that this release needs; run `cartwheel migrate`", path.display())]
    Older { path: PathBuf },
    #[error("the tables in {} could not be brought up to date: {error}", path.display())]
    Migration { path: PathBuf, error: sqlx::migrate::MigrateError },
}

impl SqliteLedger {
    /// Opens the file, making it if it does not exist. Tables are made in an empty file; those of an older release
    /// are brought up to date only if `migrate` says so.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened, or its tables are those of another release.
    pub async fn open(path: &Path, migrate: bool) -> Result<Self, OpenError> {
        let unavailable = |error| OpenError::Unavailable { path: path.to_owned(), error };
        let options = options(path);
        let mut connection = options.connect().await.map_err(unavailable)?;
        bring_up_to_date(path, &mut connection, migrate).await?;

        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            // A file does not hang up.
            .test_before_acquire(false)
            .connect_with(options.clone().pragma("query_only", "ON"))
            .await
            .map_err(unavailable)?;
        Ok(Self { readers, writer: Writer::start(connection, options) })
    }

    /// The repository of the stock crate over the same file.
    #[must_use]
    pub fn stock_repository(&self) -> SqliteEventRepository {
        SqliteEventRepository::new(self.readers.clone())
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS)
        .pragma("temp_store", "MEMORY")
}

async fn bring_up_to_date(
    path: &Path,
    connection: &mut SqliteConnection,
    migrate: bool,
) -> Result<(), OpenError> {
    let path = || path.to_owned();
    let unavailable = |error| OpenError::Unavailable { path: path(), error };
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *connection)
        .await
        .map_err(unavailable)?;
    if 0 < tables {
        let known = i64::try_from(MIGRATIONS.iter().count()).unwrap_or(i64::MAX);
        let applied: i64 = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success")
            .fetch_one(&mut *connection)
            .await
            .map_err(unavailable)?;
        if known < applied {
            return Err(OpenError::Newer { path: path() });
        }
        // None at all: the first start was cut off before it made the tables.
        if (1..known).contains(&applied) && !migrate {
            return Err(OpenError::Older { path: path() });
        }
    }
    MIGRATIONS.run(connection).await.map_err(|error| OpenError::Migration { path: path(), error })
}

/// Where a ledger ends, as seen by this connection.
async fn tail(connection: &mut SqliteConnection, branch: BranchId) -> Result<Tail, StoreError> {
    let row = sqlx::query(
        "SELECT head, head_hash, recorded_at, fence, rows_version FROM ledgers WHERE branch_id = ?",
    )
    .bind(branch.to_string())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(Tail::empty(branch)) };
    Ok(Tail {
        head: row.try_get::<i64, _>(0)?.cast_unsigned(),
        hash: hash("ledgers", "head_hash", row.try_get(1)?)?,
        recorded_at: row.try_get(2)?,
        fence: row.try_get(3)?,
        rows_version: row.try_get(4)?,
    })
}

fn hash(table: &'static str, column: &'static str, bytes: &[u8]) -> Result<Hash, Misshapen> {
    let found = || format!("{} bytes", bytes.len());
    let hash = bytes.try_into().map(Hash);
    hash.map_err(|_| Misshapen { table, column, found: found(), promised: "a hash of 32 bytes" })
}

/// The columns of an entry, in the order in which [`entry`] reads them.
const ENTRY: &str = "SELECT position, recorded_at, aggregate_type, aggregate_id, sequence, event_type, \
                     event_version, payload, metadata, hash FROM events";

fn entry(row: &sqlx::sqlite::SqliteRow) -> Result<Entry, StoreError> {
    let text = |column: usize, name| sql::text("events", name, row.try_get(column));
    Ok(Entry {
        position: row.try_get::<i64, _>(0)?.cast_unsigned(),
        recorded_at: row.try_get(1)?,
        aggregate_type: text(2, "aggregate_type")?,
        aggregate_id: text(3, "aggregate_id")?,
        sequence: row.try_get::<i64, _>(4)?.cast_unsigned(),
        event_type: text(5, "event_type")?,
        event_version: text(6, "event_version")?,
        payload: text(7, "payload")?,
        metadata: text(8, "metadata")?,
        hash: hash("events", "hash", row.try_get(9)?)?,
    })
}

async fn read(
    connection: &mut SqliteConnection,
    branch: BranchId,
    after: Position,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{ENTRY} WHERE branch_id = ? AND position > ? ORDER BY position LIMIT ?");
    let rows = sqlx::query(&sql)
        .bind(branch.to_string())
        .bind(after.cast_signed())
        .bind(limit)
        .fetch_all(connection)
        .await?;
    rows.iter().map(entry).collect()
}

#[async_trait]
impl Ledger for SqliteLedger {
    async fn tail(&self, branch: BranchId) -> Result<Tail, StoreError> {
        tail(&mut *self.readers.acquire().await?, branch).await
    }

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
        read(&mut *self.readers.acquire().await?, branch, after, limit).await
    }

    async fn history(
        &self,
        branch: BranchId,
        aggregate_type: &str,
        id: Uuid,
    ) -> Result<Vec<Entry>, StoreError> {
        let sql = format!("{ENTRY} WHERE aggregate_type = ? AND aggregate_id = ? ORDER BY sequence");
        let rows = sqlx::query(&sql)
            .bind(aggregate_type)
            .bind(stored_id(branch, id))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(entry).collect()
    }

    async fn streams(
        &self,
        branch: BranchId,
        ids: &[(&'static str, Uuid)],
    ) -> Result<Vec<SerializedEvent>, StoreError> {
        let places = vec!["(?, ?)"; ids.len()].join(", ");
        let sql = format!(
            "{ENTRY} WHERE (aggregate_type, aggregate_id) IN (VALUES {places}) \
             ORDER BY aggregate_type, aggregate_id, sequence"
        );
        let query = ids.iter().fold(sqlx::query(&sql), |query, (aggregate_type, id)| {
            query.bind(*aggregate_type).bind(stored_id(branch, *id))
        });
        let mut rows = query.fetch(&self.readers);
        let mut events = vec![];
        while let Some(row) = rows.try_next().await? {
            let entry = entry(&row)?;
            events.push(SerializedEvent::new(
                entry.aggregate_id,
                usize::try_from(entry.sequence)?,
                entry.aggregate_type,
                entry.event_type,
                entry.event_version,
                serde_json::from_str(&entry.payload)?,
                serde_json::from_str(&entry.metadata)?,
            ));
        }
        Ok(events)
    }

    async fn branches(&self) -> Result<Vec<BranchId>, StoreError> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT branch_id FROM ledgers ORDER BY branch_id")
            .fetch_all(&self.readers)
            .await?;
        Ok(ids
            .iter()
            .map(|id| sql::id("ledgers", "branch_id", id).map(BranchId))
            .collect::<Result<_, _>>()?)
    }

    async fn select(&self, select: &Select) -> Result<Vec<Vec<Cell>>, StoreError> {
        let (sql, arguments) = sql::select(select);
        let query = arguments.iter().fold(sqlx::query(&sql), sql::bind);
        let mut rows = query.fetch(&self.readers);
        let mut found = vec![];
        while let Some(row) = rows.try_next().await? {
            found.push(sql::cells(select.table, &row)?);
        }
        Ok(found)
    }

    async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError> {
        self.writer.insert_new(table, row).await
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Closes a connection so that the write-ahead log is folded into the file.
async fn close(mut connection: SqliteConnection) {
    if let Err(error) = sqlx::query("PRAGMA optimize").execute(&mut connection).await {
        tracing::warn!(%error, "the store could not be optimized");
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the store was not closed cleanly");
    }
}
