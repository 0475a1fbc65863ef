//! Where a store is: `sqlite:PATH`, or the address of a PostgreSQL database.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use super::postgres::{self, PostgresLedger, Server};
use super::sqlite::SqliteLedger;
use super::{Ledger, OpenError};

/// Where a store is. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database, as a URL (postgresql.org, "Connection URIs").
    Postgres(String),
}

/// A replica of a store, for answers that may be a little behind. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadFrom {
    /// The address of a PostgreSQL database that follows that of the store.
    pub url: String,
    /// How far behind an answer may be.
    pub at_most_behind: Duration,
}

impl fmt::Debug for ReadFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at most {:?} behind", postgres::name(&self.url), self.at_most_behind)
    }
}

/// An address that names no store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    #[error("a store is sqlite:PATH or postgres://USER@HOST/DATABASE")]
    Unknown,
    #[error("a SQLite store is a file: sqlite:PATH")]
    NoFile,
    #[error("this is no address of a PostgreSQL database: {0}")]
    Postgres(String),
}

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(address: &str) -> Result<Self, NoAddress> {
        match address.split_once(':') {
            Some(("sqlite", ":memory:" | "")) => Err(NoAddress::NoFile),
            Some(("sqlite", path)) => Ok(Self::Sqlite(path.strip_prefix("//").unwrap_or(path).into())),
            Some(("postgres" | "postgresql", _)) => match postgres::check(address) {
                Ok(()) => Ok(Self::Postgres(address.to_owned())),
                Err(why) => Err(NoAddress::Postgres(why)),
            },
            _ => Err(NoAddress::Unknown),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => f.write_str(&postgres::name(url)),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Address {
    /// Opens the store, making it if it is empty. Tables of an older release are brought up to date only if `migrate`
    /// says so.
    ///
    /// # Errors
    ///
    /// If it cannot be opened, or its tables are those of another release.
    pub async fn open(&self, migrate: bool) -> Result<Arc<dyn Ledger>, OpenError> {
        Ok(match self {
            Self::Sqlite(path) => Arc::new(SqliteLedger::open(path, migrate).await?),
            Self::Postgres(url) => Arc::new(PostgresLedger::open(url, migrate).await?),
        })
    }

    /// The same, with a replica for what may be a little behind. It need not be there yet.
    ///
    /// # Errors
    ///
    /// The same, and if this store can have no replica.
    pub async fn open_with_replica(
        &self,
        migrate: bool,
        replica: &ReadFrom,
    ) -> Result<Arc<dyn Ledger>, OpenError> {
        match self {
            Self::Sqlite(path) => Err(OpenError::Unfit {
                store: path.display().to_string(),
                why: "only a PostgreSQL database has replicas to read from".to_owned(),
            }),
            Self::Postgres(url) => {
                Ok(Arc::new(PostgresLedger::open(url, migrate).await?.reading_from(replica)?))
            }
        }
    }

    /// Whether somebody has made a store here.
    ///
    /// # Errors
    ///
    /// If the database cannot be asked.
    pub async fn is_there(&self) -> Result<bool, OpenError> {
        match self {
            Self::Sqlite(path) => Ok(path.exists()),
            Self::Postgres(url) => postgres::is_there(url).await,
        }
    }

    /// What its server says of itself; a file has none.
    ///
    /// # Errors
    ///
    /// If the server cannot be asked.
    pub async fn server(&self) -> Result<Option<Server>, OpenError> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(url) => postgres::server(url).await.map(Some),
        }
    }

    /// The file in which the key to its personal data is kept, unless somebody says otherwise: `PATH.key` beside a
    /// SQLite file, else `cartwheel.key` in the working directory.
    #[must_use]
    pub fn key_path(&self) -> PathBuf {
        match self {
            Self::Sqlite(path) => beside(path, ".key"),
            Self::Postgres(_) => "cartwheel.key".into(),
        }
    }

    /// Throws the store away, with everything in it. A key file that may belong to other stores too stays.
    ///
    /// # Errors
    ///
    /// If a file or a table cannot be removed.
    pub async fn remove(&self) -> Result<(), OpenError> {
        match self {
            Self::Postgres(url) => postgres::remove(url).await,
            Self::Sqlite(path) => {
                for suffix in ["", "-wal", "-shm", ".key"] {
                    let file = beside(path, suffix);
                    match std::fs::remove_file(&file) {
                        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                            let store = file.display().to_string();
                            return Err(OpenError::Unavailable { store, error: error.into() });
                        }
                        _ => {}
                    }
                }
                Ok(())
            }
        }
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut file = path.as_os_str().to_owned();
    file.push(suffix);
    file.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file_or_a_database() {
        let path = |address: &str| address.parse() == Ok(Address::Sqlite("a/b.db".into()));
        assert!(path("sqlite:a/b.db") && path("sqlite://a/b.db"));
        for address in
            ["postgres://anna:secret@db.example:5433/studios", "postgresql:///studios?host=/run/pg"]
        {
            assert_eq!(address.parse(), Ok(Address::Postgres(address.to_owned())));
        }
        for (wrong, error) in [
            ("cartwheel.db", NoAddress::Unknown),
            ("mysql://localhost/studios", NoAddress::Unknown),
            ("sqlite:", NoAddress::NoFile),
            ("sqlite::memory:", NoAddress::NoFile),
        ] {
            assert_eq!(wrong.parse::<Address>(), Err(error), "{wrong}");
        }
        assert!(matches!("postgres://localhost:none/x".parse::<Address>(), Err(NoAddress::Postgres(_))));
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        let address: Address = "postgres://anna:secret@db.example:5433/studios".parse().unwrap();

        assert_eq!(address.to_string(), "PostgreSQL database studios on db.example:5433");
        assert!(!format!("{address:?}").contains("secret"));
    }
}
