//! The store of a studio: a SQLite file, unless the test runs on another.

use std::path::PathBuf;

use cartwheel::app::StoreAt;
use cartwheel::ledger::Address;
use sqlx::Executor;
use tempfile::TempDir;

use super::postgres_server::Database;

/// Stores that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

tokio::task_local! {
    /// On which store a test runs.
    pub static KIND: Kind;
}

/// Where a studio is kept, as long as somebody needs it.
pub struct Store {
    place: StoreAt,
    folder: TempDir,
    database: Option<Database>,
}

impl Store {
    /// A new one, of the kind on which this test runs.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        if KIND.try_with(|kind| *kind) == Ok(Kind::Postgres) {
            let database = Database::new().await;
            let place = StoreAt {
                address: database.url.parse().unwrap(),
                master_key: Some(folder.path().join("studio.key")),
                migrate: false,
                read_from: None,
            };
            return Self { place, folder, database: Some(database) };
        }
        Self { place: StoreAt::sqlite(&folder.path().join("studio.db")), folder, database: None }
    }

    /// One that another process has made.
    pub fn at(told: &str) -> Self {
        let (address, key) = told.split_once(' ').unwrap();
        let place = StoreAt {
            address: address.parse().unwrap(),
            master_key: Some(key.into()),
            migrate: false,
            read_from: None,
        };
        Self { place, folder: tempfile::tempdir().unwrap(), database: None }
    }

    pub fn kind(&self) -> Kind {
        match self.place.address {
            Address::Sqlite(_) => Kind::Sqlite,
            Address::Postgres(_) => Kind::Postgres,
        }
    }

    pub fn place(&self) -> StoreAt {
        self.place.clone()
    }

    /// What another process has to be told.
    pub fn told(&self) -> String {
        let key = self.place.master_key_path();
        let address = match &self.place.address {
            Address::Sqlite(path) => format!("sqlite:{}", path.display()),
            Address::Postgres(url) => url.clone(),
        };
        format!("{address} {}", key.display())
    }

    pub fn path(&self) -> PathBuf {
        match &self.place.address {
            Address::Sqlite(path) => path.clone(),
            Address::Postgres(_) => panic!("not a file"),
        }
    }

    /// Changes the store behind the back of the service.
    pub async fn tamper(&self, sql: &str) {
        match &self.place.address {
            Address::Sqlite(path) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
                let mut door = sqlx::ConnectOptions::connect(&options).await.unwrap();
                door.execute(sql).await.unwrap();
            }
            Address::Postgres(_) => {
                self.database.as_ref().unwrap().back_door().await.execute(sql).await.unwrap();
            }
        }
    }
}

/// Runs test functions on every store; behind a semicolon those that need real threads to
/// be in each other's way.
#[allow(unused_macros, reason = "not every test needs it")]
macro_rules! on_every_store {
    ($($name:ident,)* $(; $($threaded:ident,)+)?) => {
        mod on_sqlite {
            use crate::studio::store::{KIND, Kind};

            $(#[tokio::test]
            async fn $name() {
                KIND.scope(Kind::Sqlite, super::$name()).await;
            })*

            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $threaded() {
                KIND.scope(Kind::Sqlite, super::$threaded()).await;
            })+)?
        }

        mod on_postgres {
            use crate::studio::store::{KIND, Kind};

            $(#[tokio::test]
            async fn $name() {
                KIND.scope(Kind::Postgres, super::$name()).await;
            })*

            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $threaded() {
                KIND.scope(Kind::Postgres, super::$threaded()).await;
            })+)?
        }
    };
}
#[allow(unused_imports, reason = "not every test needs it")]
pub(crate) use on_every_store;
