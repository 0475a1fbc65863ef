//! A real PostgreSQL server for tests: the one at `CARTWHEEL_TEST_POSTGRES_URL`, else a throw-away one from the programs
//! of this machine, in a temporary directory and reached through a socket there.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared by tests, each of which uses a part"
)]

use std::io::Write;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, Executor};
use uuid::Uuid;

/// A server of its own, which ends with the process that started it, however that ends.
pub struct Server {
    folder: PathBuf,
    guard: Option<Child>,
}

/// Waits until whoever started it is gone or says so, then ends the server and takes away its files.
const GUARD: &str = r#"
    "$@" >>"$FOLDER/log" 2>&1 &
    read -r word
    if [ "$word" = keep ]; then kill -KILL $!; wait; exit; fi
    kill -QUIT $!
    wait
    rm -rf "$FOLDER" 2>/dev/null
"#;

impl Server {
    /// A new server.
    pub fn start() -> Self {
        Self::start_in(&std::env::temp_dir())
    }

    /// A new server with its files in a folder of that one.
    pub fn start_in(place: &Path) -> Self {
        let folder = tempfile::tempdir_in(place).unwrap().keep();
        if let Some(owner) = servant() {
            chown(&folder, Some(owner), Some(owner)).unwrap();
        }
        let mut initdb = program("initdb");
        initdb.arg("-D").arg(folder.join("data"));
        initdb.args(["-A", "trust", "-U", "cartwheel", "-E", "UTF8", "--locale=C", "--no-sync"]);
        let made = initdb.stdout(Stdio::null()).status().unwrap();
        assert!(made.success(), "initdb ended with {made}");
        let mut server = Self { folder, guard: None };
        server.go_on();
        server
    }

    /// A server that follows this one, which from now on commits nothing that the other does not have on its disk.
    pub fn standby(&self) -> Self {
        let folder = tempfile::tempdir().unwrap().keep();
        if let Some(owner) = servant() {
            chown(&folder, Some(owner), Some(owner)).unwrap();
        }
        let mut copy = program("pg_basebackup");
        copy.args(["-U", "cartwheel", "-R", "-X", "stream", "-c", "fast", "-h"]).arg(&self.folder);
        let copied = copy.arg("-D").arg(folder.join("data")).status().unwrap();
        assert!(copied.success(), "pg_basebackup ended with {copied}");
        let mut standby = Self { folder, guard: None };
        standby.go_on();
        self.say("ALTER SYSTEM SET synchronous_standby_names = '*'");
        self.say("SELECT pg_reload_conf()");
        standby
    }

    /// A standby becomes a server by itself, once the one that it followed is gone.
    pub fn promote(&self) {
        self.say("SELECT pg_promote()");
    }

    fn say(&self, sql: &str) {
        let mut psql = program("psql");
        psql.args(["-q", "-U", "cartwheel", "-d", "postgres", "-c", sql, "-h"]).arg(&self.folder);
        assert!(psql.stdout(Stdio::null()).status().unwrap().success(), "{sql}");
    }

    /// Starts the server, also after it was killed, and waits until it takes connections.
    pub fn go_on(&mut self) {
        let mut guard = Command::new("sh");
        guard.args(["-c", GUARD, "guard"]).arg(bin("postgres")).arg("-D").arg(self.folder.join("data"));
        guard.arg("-k").arg(&self.folder).args(["-c", "listen_addresses=", "-c", "max_connections=300"]);
        guard.env("FOLDER", &self.folder).current_dir(&self.folder).stdin(Stdio::piped());
        self.guard = Some(as_servant(&mut guard).spawn().unwrap());
        let began = Instant::now();
        while !self.takes_connections() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(began.elapsed() < Duration::from_secs(30), "the server does not start:\n{}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn takes_connections(&self) -> bool {
        let mut ready = program("psql");
        ready.args(["-U", "cartwheel", "-d", "postgres", "-c", "SELECT 1", "-h"]).arg(&self.folder);
        ready.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    }

    /// kill -9 of the server; its children end by themselves. The files stay.
    pub fn kill(&mut self) {
        let Some(mut guard) = self.guard.take() else { return };
        guard.stdin.take().unwrap().write_all(b"keep\n").unwrap();
        guard.wait().unwrap();
    }

    /// Where its files and its socket are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a database on it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://cartwheel@localhost/{database}?host={}", self.folder.display())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        match self.guard.take() {
            Some(mut guard) => drop(guard.stdin.take()),
            // It was killed for good, and nobody guards its files any more.
            None => drop(std::fs::remove_dir_all(&self.folder)),
        }
    }
}

/// A PostgreSQL program, run as somebody whom the server does not refuse.
fn program(name: &str) -> Command {
    let mut command = Command::new(bin(name));
    as_servant(&mut command);
    command.current_dir("/");
    command
}

/// Where a program is: on the PATH, or where Debian keeps those of each version.
pub fn bin(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    let places = versions.into_iter().rev().chain(std::env::split_paths(&path));
    let found = places.map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "the tests need PostgreSQL: `cargo xtask test` installs it where it may, or set \
             CARTWHEEL_TEST_POSTGRES_URL to a server on which databases may be created"
        )
    })
}

/// The server does not run as root: whom to become instead.
fn servant() -> Option<u32> {
    const NOBODY: u32 = 65_534;
    let root = std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
    root.then_some(NOBODY)
}

fn as_servant(command: &mut Command) -> &mut Command {
    match servant() {
        Some(id) => command.uid(id).gid(id),
        None => command,
    }
}

/// A new, empty database.
pub struct Database {
    pub url: String,
    name: String,
    server: String,
}

/// The address of some database on the server that the tests share.
fn shared() -> String {
    static SHARED: OnceLock<Server> = OnceLock::new();
    std::env::var("CARTWHEEL_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| SHARED.get_or_init(Server::start).url("postgres"))
}

impl Database {
    /// On the server that the tests share.
    pub async fn new() -> Self {
        let server = tokio::task::spawn_blocking(shared).await.unwrap();
        Self::on(&server).await
    }

    /// On the server at this address.
    pub async fn on(server: &str) -> Self {
        let name = format!("cartwheel_{}", Uuid::now_v7().simple());
        let options: PgConnectOptions = server.parse().unwrap();
        let mut door = options.connect().await.unwrap();
        door.execute(format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'").as_str())
            .await
            .unwrap();
        door.close().await.unwrap();
        let (before, after) = server.split_once('?').unwrap_or((server, ""));
        let host = before.rsplit_once('/').unwrap().0;
        let url = format!("{host}/{name}{}{after}", if after.is_empty() { "" } else { "?" });
        Self { url, name, server: server.to_owned() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// A connection beside the store's own.
    pub async fn back_door(&self) -> PgConnection {
        Self::connect(&self.url).await
    }

    /// A connection to some database.
    pub async fn connect(url: &str) -> PgConnection {
        url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap()
    }
}

impl Drop for Database {
    /// The shared server may be somebody's own.
    fn drop(&mut self) {
        if std::env::var_os("CARTWHEEL_TEST_POSTGRES_URL").is_none() {
            return;
        }
        let (name, server) = (self.name.clone(), self.server.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut door = server.parse::<PgConnectOptions>().unwrap().connect().await.unwrap();
                door.execute(format!("DROP DATABASE {name} WITH (FORCE)").as_str()).await.unwrap();
            });
        });
        let _ = dropped.join();
    }
}
