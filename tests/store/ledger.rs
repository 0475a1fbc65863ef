//! The ledger's promises, one suite for every store: a suite function takes a [`Store`], and `every_store!` names the
//! stores on which it runs.
#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod appends;
mod facts;
mod postgres;
mod processes;
mod reading;
mod sqlite;
mod turns;

use std::path::PathBuf;
use std::sync::Arc;

use cartwheel::ledger::Ledger;
use cartwheel::ledger::postgres::PostgresLedger;
use cartwheel::ledger::sqlite::SqliteLedger;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor};
use tempfile::TempDir;

use crate::postgres_server::Database;

/// A new store of some kind.
struct Store {
    ledger: Arc<dyn Ledger>,
    place: Place,
}

/// Where a store is, as long as somebody needs it.
enum Place {
    File(PathBuf, #[expect(dead_code, reason = "goes with the store")] TempDir),
    Database(Database),
}

impl Store {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::at(Place::File(folder.path().join("ledger.db"), folder)).await
    }

    async fn postgres() -> Self {
        Self::at(Place::Database(Database::new().await)).await
    }

    async fn at(place: Place) -> Self {
        Self { ledger: place.open().await, place }
    }

    /// The same store, opened by another process.
    async fn another_process(&self) -> Arc<dyn Ledger> {
        self.place.open().await
    }

    /// Changes the store behind the back of the ledger.
    async fn tamper(&self, sql: &str) {
        match &self.place {
            Place::File(path, _) => {
                let mut door = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
                door.execute(sql).await.unwrap();
            }
            Place::Database(database) => {
                database.back_door().await.execute(sql).await.unwrap();
            }
        }
    }
}

impl Place {
    async fn open(&self) -> Arc<dyn Ledger> {
        match self {
            Self::File(path, _) => Arc::new(SqliteLedger::open(path, false).await.unwrap()),
            Self::Database(database) => Arc::new(PostgresLedger::open(&database.url, false).await.unwrap()),
        }
    }
}

/// Runs suite functions on every store.
macro_rules! every_store {
    ($($name:ident,)+) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name(crate::ledger::Store::sqlite().await).await;
            })+
        }

        mod on_postgres {
            $(#[tokio::test]
            async fn $name() {
                super::$name(crate::ledger::Store::postgres().await).await;
            })+
        }
    };
}
pub(crate) use every_store;
