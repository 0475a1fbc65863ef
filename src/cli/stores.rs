//! Where everything is kept: the flags that name stores, their keys and replicas.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use crate::app::StoreAt;
use crate::ledger::{Address, Ledger, ReadFrom};

/// What to say of stores.
pub(super) const STORES: &str = "Where everything is kept: sqlite:PATH or postgres://USER@HOST/DATABASE";

/// Bounds of how far behind a replica may be.
const SHORTEST_LAG: Duration = Duration::from_millis(100);
const LONGEST_LAG: Duration = Duration::from_mins(1);

/// Where the ledgers are kept.
#[derive(Debug, Args)]
pub(super) struct Store {
    #[command(flatten)]
    pub(super) ledgers: Ledgers,
    #[command(flatten)]
    key: KeyFile,
}

/// Where the ledgers are kept, for those who need no key to personal data.
#[derive(Debug, Args)]
pub(super) struct Ledgers {
    #[arg(long, env = "CARTWHEEL_STORE", default_value = "sqlite:./cartwheel.db", help = STORES)]
    pub(super) store: Address,
}

#[derive(Debug, Args)]
pub(super) struct KeyFile {
    /// The key to personal data; by default PATH.key beside a SQLite file, else cartwheel.key here.
    #[arg(long, env = "CARTWHEEL_MASTER_KEY_FILE")]
    master_key_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Replica {
    /// A replica of a PostgreSQL store: lists of events and the journal are read from it while it is near enough.
    #[arg(long, env = "CARTWHEEL_READ_URL", value_name = "postgres://USER@HOST/DATABASE", value_parser = database)]
    read_url: Option<String>,
    /// How many seconds the replica may be behind; what this process wrote is always shown.
    #[arg(long, env = "CARTWHEEL_READ_LAG", value_name = "SECONDS", default_value = "1", value_parser = lag)]
    read_lag: Duration,
}

impl Store {
    pub(super) fn at(&self, migrate: bool) -> StoreAt {
        self.key.of(self.ledgers.store.clone(), migrate)
    }
}

impl KeyFile {
    pub(super) fn of(&self, address: Address, migrate: bool) -> StoreAt {
        StoreAt { address, master_key: self.master_key_file.clone(), migrate, read_from: None }
    }
}

impl Replica {
    pub(super) fn read_from(&self) -> Option<ReadFrom> {
        self.read_url.clone().map(|url| ReadFrom { url, at_most_behind: self.read_lag })
    }
}

impl Ledgers {
    /// The ledgers of a store that is there already.
    pub(super) async fn open(&self) -> anyhow::Result<Arc<dyn Ledger>> {
        anyhow::ensure!(self.store.is_there().await?, "there is no store at {}", self.store);
        Ok(self.store.open(false).await?)
    }
}

fn database(address: &str) -> Result<String, String> {
    match address.parse() {
        Ok(Address::Postgres(url)) => Ok(url),
        Ok(Address::Sqlite(_)) => Err("a replica is a PostgreSQL database".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn lag(seconds: &str) -> Result<Duration, String> {
    let lag = seconds.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    match lag {
        Some(lag) if (SHORTEST_LAG..=LONGEST_LAG).contains(&lag) => Ok(lag),
        _ => Err(format!("from {SHORTEST_LAG:?} to {LONGEST_LAG:?} are possible")),
    }
}
