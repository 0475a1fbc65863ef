//! The ledger's promises, one suite for every store: a suite function takes a [`Store`], and `every_store!` names the
//! stores on which it runs.
#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

#[path = "ledger/appends.rs"]
mod appends;
#[path = "ledger/facts.rs"]
mod facts;
#[path = "ledger/processes.rs"]
mod processes;
#[path = "ledger/reading.rs"]
mod reading;
#[path = "ledger/sqlite.rs"]
mod sqlite;
#[path = "ledger/turns.rs"]
mod turns;

use std::path::PathBuf;
use std::sync::Arc;

use cartwheel::ledger::Ledger;
use cartwheel::ledger::sqlite::SqliteLedger;
use tempfile::TempDir;

/// A new store of some kind.
struct Store {
    ledger: Arc<dyn Ledger>,
    /// The SQLite file.
    path: PathBuf,
    _folder: TempDir,
}

impl Store {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let ledger = Arc::new(SqliteLedger::open(&path, false).await.unwrap());
        Self { ledger, path, _folder: folder }
    }

    /// The same store, opened by another process.
    async fn another_process(&self) -> Arc<dyn Ledger> {
        Arc::new(SqliteLedger::open(&self.path, false).await.unwrap())
    }
}

/// Runs suite functions on every store.
macro_rules! every_store {
    ($($name:ident,)+) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name(crate::Store::sqlite().await).await;
            })+
        }
    };
}
pub(crate) use every_store;
