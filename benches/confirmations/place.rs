//! Where the stores of a world are: files in a folder, or databases on a server.

use std::path::{Path, PathBuf};

use cartwheel::ledger::Address;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Executor};

use crate::postgres_server::Server;

pub enum Place {
    Folder(PathBuf),
    Server(Server, PathBuf),
}

impl Place {
    /// Where keys and scripts are.
    pub fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) | Self::Server(_, folder) => folder,
        }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(format!("{name}.db"))
    }

    pub fn address(&self, name: &str) -> Address {
        match self {
            Self::Folder(_) => Address::Sqlite(self.file(name)),
            Self::Server(server, _) => Address::Postgres(server.url(name)),
        }
    }

    /// A new store.
    pub async fn make(&self, name: &str) -> Address {
        if let Self::Server(server, _) = self {
            administer(server, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).await;
        }
        self.address(name)
    }

    /// A copy of a store that nobody uses. What was written before it is on the disk, so that whoever runs now need not
    /// flush it.
    pub async fn copy(&self, of: &str, to: &str) -> Address {
        match self {
            Self::Folder(folder) => {
                for log in ["-wal", "-shm"] {
                    let _ = std::fs::remove_file(folder.join(format!("{to}.db{log}")));
                }
                std::fs::copy(self.file(of), self.file(to)).unwrap();
                std::fs::File::open(self.file(to)).unwrap().sync_all().unwrap();
            }
            Self::Server(server, _) => {
                administer(server, &format!("DROP DATABASE IF EXISTS {to} WITH (FORCE)")).await;
                administer(server, &format!("CREATE DATABASE {to} TEMPLATE {of} STRATEGY file_copy")).await;
                administer(server, "CHECKPOINT").await;
            }
        }
        self.address(to)
    }
}

async fn administer(server: &Server, sql: &str) {
    let options: PgConnectOptions = server.url("postgres").parse().unwrap();
    options.connect().await.unwrap().execute(sql).await.unwrap();
}
