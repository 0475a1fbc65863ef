//! The program as a process of its own, on a store in a folder of its own.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "shared by tests, each of which uses a part"
)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::postgres_server::Database;

/// The program, without what the environment of the tests might say.
pub fn cartwheel(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cartwheel"));
    let ours = |name: &str| name.starts_with("CARTWHEEL_") || name == "RUST_LOG";
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

pub fn run(arguments: &[&str]) -> Output {
    cartwheel(arguments).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The address of a store in that folder.
pub fn store_in(folder: &Path) -> (String, PathBuf) {
    let path = folder.join("studio.db");
    (format!("sqlite:{}", path.display()), path)
}

/// Where a program keeps its store, as long as somebody needs it.
pub struct Kept {
    pub address: String,
    key: PathBuf,
    folder: TempDir,
    database: Option<Database>,
}

impl Kept {
    pub fn in_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (address, path) = store_in(folder.path());
        Self { address, key: path.with_extension("key"), folder, database: None }
    }

    /// In a database on the server that the tests share.
    pub async fn in_postgres() -> Self {
        Self::in_database(Database::new().await)
    }

    pub fn in_database(database: Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("studio.key");
        Self { address: database.url.clone(), key, folder, database: Some(database) }
    }

    /// A connection to its database beside the service's own.
    pub async fn back_door(&self) -> sqlx::postgres::PgConnection {
        self.database.as_ref().unwrap().back_door().await
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What a command that needs the key to personal data is told.
    pub fn arguments(&self) -> [&str; 4] {
        ["--store", &self.address, "--master-key-file", self.key.to_str().unwrap()]
    }

    /// Starts `serve`.
    pub fn serve(&self) -> Serving {
        self.serve_with(&[])
    }

    /// Starts `serve` with these flags too.
    pub fn serve_with(&self, more: &[&str]) -> Serving {
        Serving::start("serve", &self.address, &[&self.arguments()[2..], more].concat())
    }

    /// Runs a command that needs no key.
    pub fn run(&self, command: &str) -> Output {
        run(&[command, "--store", &self.address])
    }

    /// Imports a timetable and gives the report.
    pub fn import(&self, file: &str, zone: &str, weeks: &str) -> Value {
        let week = ["--capacity", "12", "--first-week", "2027-01-04", "--repeat-weeks", weeks];
        let arguments = ["import", file, "--time-zone", zone, "--format", "json"];
        let imported = run(&[&arguments[..], &week, &self.arguments()].concat());
        serde_json::from_str(&stdout(&imported)).unwrap_or_else(|_| panic!("{imported:?}"))
    }
}

/// The branches that were imported, with their links.
pub fn links(report: &Value) -> Vec<(String, String)> {
    let text = |opened: &Value, name: &str| opened[name].as_str().unwrap().to_owned();
    let branches = report["branches"].as_array().unwrap();
    branches.iter().map(|opened| (text(opened, "branch_id"), text(opened, "link_id"))).collect()
}

/// A process that serves, killed at the latest when it is dropped.
pub struct Serving {
    child: Child,
    pub ready: Value,
}

impl Serving {
    /// Starts `serve` or `demo` on free ports, and waits until it is ready.
    pub fn start(command: &str, store: &str, more: &[&str]) -> Self {
        let listen = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"];
        let arguments = [&[command, "--store", store], &listen[..], more].concat();
        Self::spawn(cartwheel(&arguments))
    }

    /// Starts that command, and waits until it is ready.
    pub fn spawn(command: Command) -> Self {
        Self::spawn_saying(command, "error,eventstore=off")
    }

    /// The same, with as much in its log as that says.
    pub fn spawn_saying(mut command: Command, log: &str) -> Self {
        let mut child = command.env("RUST_LOG", log).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Self { child, ready }
    }

    pub fn address(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.ready))
    }

    /// Bytes of it that are in memory.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
    }

    /// How many sockets it has open.
    pub fn sockets(&self) -> usize {
        let files = std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap();
        let links = files.filter_map(|file| std::fs::read_link(file.unwrap().path()).ok());
        links.filter(|link| link.to_string_lossy().starts_with("socket:")).count()
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().unwrap().success());
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and waits for that.
    pub fn stop(mut self) -> std::process::ExitStatus {
        self.signal("TERM");
        self.child.wait().unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
