//! The door to a database: before it is open, whether it can keep ledgers, and which release made its tables.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};

use super::ANSWER;
use crate::ledger::opening::may_migrate;
use crate::ledger::{OpenError, from_micros};

/// The oldest server that this speaks to.
const OLDEST: i32 = 15;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("src/ledger/migrations/postgres");

/// Whether this is the address of a database; else why not.
pub(in crate::ledger) fn check(url: &str) -> Result<(), String> {
    url.parse::<PgConnectOptions>().map(|_| ()).map_err(|error| error.to_string())
}

pub(super) fn options(url: &str) -> Result<PgConnectOptions, OpenError> {
    let unavailable = |error: sqlx::Error| OpenError::Unavailable { store: name(url), error: error.into() };
    url.parse().map_err(unavailable)
}

/// A database as people know it, without its password.
pub(in crate::ledger) fn name(url: &str) -> String {
    let Ok(options) = url.parse::<PgConnectOptions>() else { return "a PostgreSQL database".to_owned() };
    name_of(&options)
}

fn name_of(options: &PgConnectOptions) -> String {
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => options.get_host().to_owned(),
    };
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    format!("PostgreSQL database {database} on {host}:{}", options.get_port())
}

/// A connection to a database before it is open, and what to say of errors.
struct Door {
    store: String,
    connection: PgConnection,
}

impl Door {
    async fn to(options: &PgConnectOptions) -> Result<Self, OpenError> {
        let store = name_of(options);
        let options = options.clone().application_name("cartwheel opens");
        let connecting = tokio::time::timeout(ANSWER, options.connect()).await;
        let error = match connecting {
            Ok(Ok(connection)) => return Ok(Self { store, connection }),
            Ok(Err(error)) => error.into(),
            Err(error) => error.into(),
        };
        Err(OpenError::Unavailable { store, error })
    }

    fn checked<T>(&self, asked: Result<T, sqlx::Error>) -> Result<T, OpenError> {
        asked.map_err(|error| OpenError::Unavailable { store: self.store.clone(), error: error.into() })
    }

    async fn has_tables(&mut self) -> Result<bool, OpenError> {
        let there = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL");
        let there = there.fetch_one(&mut self.connection).await;
        self.checked(there)
    }

    /// How many migrations were applied.
    async fn applied(&mut self) -> Result<i64, OpenError> {
        if !self.has_tables().await? {
            return Ok(0);
        }
        let applied = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success");
        let applied = applied.fetch_one(&mut self.connection).await;
        self.checked(applied)
    }

    async fn close(self) -> Result<(), OpenError> {
        let Self { store, connection } = self;
        connection.close().await.map_err(|error| OpenError::Unavailable { store, error: error.into() })
    }
}

/// Makes or migrates the tables.
pub(super) async fn bring_up_to_date(options: &PgConnectOptions, migrate: bool) -> Result<(), OpenError> {
    let mut door = Door::to(options).await?;
    let unfit = unfit(&mut door.connection).await;
    if let Some(why) = door.checked(unfit)? {
        return Err(OpenError::Unfit { store: door.store, why });
    }
    let applied = door.applied().await?;
    may_migrate(&door.store, &MIGRATIONS, applied, migrate)?;
    // Several processes may start at once: the migrator lets one go first.
    let migrated = MIGRATIONS.run(&mut door.connection).await;
    migrated.map_err(|error| OpenError::Migration { store: door.store.clone(), error })?;
    door.close().await
}

/// Whether the database holds a store.
pub(in crate::ledger) async fn is_there(url: &str) -> Result<bool, OpenError> {
    let mut door = Door::to(&options(url)?).await?;
    let there = door.has_tables().await?;
    door.close().await?;
    Ok(there)
}

/// What a server says of itself.
#[derive(Debug, Clone)]
pub struct Server {
    pub version: i32,
    pub encoding: String,
    pub fsync: bool,
    pub standby: bool,
    /// For how many seconds a standby has not heard of what it has not replayed.
    pub behind: Option<f64>,
    pub now: DateTime<Utc>,
}

/// Asks a server what it is.
pub(in crate::ledger) async fn server(url: &str) -> Result<Server, OpenError> {
    let mut door = Door::to(&options(url)?).await?;
    let asked = sqlx::query_as(
        "SELECT current_setting('server_version_num')::integer / 10000, current_setting('server_encoding'), \
                current_setting('fsync'), pg_is_in_recovery(), \
                CASE WHEN NOT pg_is_in_recovery() THEN NULL \
                     WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0 \
                     ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 END, \
                (extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
    );
    let asked = asked.fetch_one(&mut door.connection).await;
    let (version, encoding, fsync, standby, behind, now): (i32, String, String, bool, Option<f64>, i64) =
        door.checked(asked)?;
    door.close().await?;
    Ok(Server { version, encoding, fsync: fsync == "on", standby, behind, now: from_micros(now) })
}

/// Drops every table of a store.
pub(in crate::ledger) async fn remove(url: &str) -> Result<(), OpenError> {
    let mut door = Door::to(&options(url)?).await?;
    let sql = "DROP TABLE IF EXISTS events, ledgers, commands, capabilities, clients, contacts, codes, sessions, feeds, \
               uploads, followers, endpoints, deliveries, attempts, deadlines, checkpoints, refusals, staff_users, staff_roles, \
               staff_sessions, staff_invitations, api_tokens, store, branches, links, carts, availability, appointments, \
               _sqlx_migrations";
    let dropped = door.connection.execute(sql).await;
    door.checked(dropped)?;
    door.close().await
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
