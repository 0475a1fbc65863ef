//! Ledgers in a PostgreSQL database (15 and later), shared by any number of processes.
//!
//! An append is one statement. Connections that write and connections that read come from pools of their own, so that a
//! lane that holds its turn never waits for a connection on which another lane waits for that turn.

mod connections;
mod question;
mod reading;
mod sql;
mod trouble;
mod turn;
mod writing;

use std::time::Duration;

use aggregates::ids::BranchId;
use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use postgres_es::PostgresEventRepository;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection};
use uuid::Uuid;

use super::opening::may_migrate;
use super::query::Select;
use super::table::{Cell, Table};
use super::{Append, AppendError, Entry, Ledger, Locked, OpenError, PATIENCE, Position, StoreError, Tail};
use connections::Connections;
use turn::Turn;

/// Connections that append, of one process. The server's processors are what limits appends, so a few are enough.
const WRITERS: u32 = 8;

/// Connections that read, of one process.
const READERS: u32 = 8;

/// The oldest server that this speaks to.
const OLDEST: i32 = 15;

/// How long the server may work on one statement. It gives up before we do, so that its answer is known.
const STATEMENT: Duration = Duration::from_secs(6);

/// How long an answer may take before the connection is given up.
const ANSWER: Duration = Duration::from_secs(8);

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/ledger/migrations/postgres");

/// A store in one PostgreSQL database.
#[derive(Debug)]
pub struct PostgresLedger {
    options: PgConnectOptions,
    writers: Connections,
    readers: Connections,
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
        let options: PgConnectOptions = url.parse().map_err(|error: sqlx::Error| OpenError::Unavailable {
            store: "the PostgreSQL address".to_owned(),
            error: error.into(),
        })?;
        bring_up_to_date(&options, migrate).await?;
        Ok(Self {
            writers: Connections::to(&options, "cartwheel writes", WRITERS),
            readers: Connections::to(&options, "cartwheel reads", READERS),
            options,
        })
    }

    /// The repository of the stock crate over the same database, with connections of its own.
    #[must_use]
    pub fn stock_repository(&self) -> PostgresEventRepository {
        let pool = PgPoolOptions::new().acquire_timeout(PATIENCE);
        PostgresEventRepository::new(pool.connect_lazy_with(self.options.clone()))
    }
}

/// A database as people know it.
fn name(options: &PgConnectOptions) -> String {
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => options.get_host().to_owned(),
    };
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    format!("PostgreSQL database {database} on {host}:{}", options.get_port())
}

/// Makes or migrates the tables.
async fn bring_up_to_date(options: &PgConnectOptions, migrate: bool) -> Result<(), OpenError> {
    let store = name(options);
    let unavailable = |error| OpenError::Unavailable { store: store.clone(), error };
    let options = options.clone().application_name("cartwheel opens");
    let connecting = tokio::time::timeout(ANSWER, options.connect()).await;
    let mut connection =
        connecting.map_err(|error| unavailable(error.into()))?.map_err(|error| unavailable(error.into()))?;
    if let Some(why) = unfit(&mut connection).await.map_err(|error| unavailable(error.into()))? {
        return Err(OpenError::Unfit { store, why });
    }
    let applied = applied(&mut connection).await.map_err(|error| unavailable(error.into()))?;
    may_migrate(&store, &MIGRATIONS, applied, migrate)?;
    // Several processes may start at once: the migrator lets one go first.
    let migrated = MIGRATIONS.run(&mut connection).await;
    migrated.map_err(|error| OpenError::Migration { store: store.clone(), error })?;
    connection.close().await.map_err(|error| unavailable(error.into()))
}

/// Why this server cannot keep ledgers, if so.
async fn unfit(connection: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    let (version, standby, fsync, encoding): (i32, bool, String, String) = sqlx::query_as(
        "SELECT current_setting('server_version_num')::integer / 10000, pg_is_in_recovery(), \
                current_setting('fsync'), current_setting('server_encoding')",
    )
    .fetch_one(connection)
    .await?;
    if fsync != "on" {
        tracing::warn!(
            "this server runs with fsync = {fsync}: after a power failure, answered bookings may be lost"
        );
    }
    Ok(if version < OLDEST {
        Some(format!("its server is PostgreSQL {version}, and {OLDEST} is the oldest that will do"))
    } else if standby {
        Some("its server is a standby; please give the address of the primary".to_owned())
    } else if encoding != "UTF8" {
        Some(format!("its encoding is {encoding}; please create it with ENCODING 'UTF8'"))
    } else {
        None
    })
}

/// How many migrations were applied.
async fn applied(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    let any: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await?;
    if !any {
        return Ok(0);
    }
    sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success").fetch_one(connection).await
}

#[async_trait]
impl Ledger for PostgresLedger {
    async fn tail(&self, branch: BranchId) -> Result<Tail, StoreError> {
        reading::tail(branch, self.readers.ask(&reading::tail_of(branch)).await?.first())
    }

    async fn append(&self, append: Append) -> Result<(), AppendError> {
        writing::append(&self.writers, &append).await
    }

    /// Appends of one lane may go over different connections.
    fn keeps_order(&self) -> bool {
        false
    }

    async fn lock(&self, branch: BranchId) -> Result<Box<dyn Locked>, StoreError> {
        Ok(Box::new(Turn::take(&self.writers, branch).await?))
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
        let rows = self.readers.ask(&sql::select(select)).await?;
        rows.iter().map(|row| sql::cells(select.table, row)).collect()
    }

    async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError> {
        self.writers.ask(&sql::insert_new(table, row)).await.map(|_| ())
    }

    async fn close(&self) {
        tokio::join!(self.readers.close(), self.writers.close());
    }
}
