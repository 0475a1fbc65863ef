//! What the tests need beside Rust: installed where that is possible, else named with the one command to run.

use std::path::PathBuf;
use std::process::Command;

use crate::run;

/// A program that the tests need, and the Debian package that brings it.
struct Need {
    program: &'static str,
    package: &'static str,
}

const NEEDS: &[Need] = &[
    // SQLite is built from source.
    Need { program: "cc", package: "gcc" },
    // So is the allocator.
    Need { program: "make", package: "make" },
    Need { program: CHROMIUM, package: "chromium" },
    Need { program: "node", package: "nodejs" },
    Need { program: "npm", package: "npm" },
    // Reads our calendars and exports, with libraries of its own.
    Need { program: "python3", package: "python3" },
    // A server of their own, for the tests of stores. Not needed beside one that was named to them.
    Need { program: "initdb", package: "postgresql" },
];

/// Names a PostgreSQL server on which the tests may create databases.
const POSTGRES: &str = "CARTWHEEL_TEST_POSTGRES_URL";

pub const CHROMIUM: &str = "chromium";

/// Installs what is missing as root with apt; else says what to run.
pub fn provide() -> Result<(), String> {
    let named = std::env::var_os(POSTGRES).is_some();
    let missing: Vec<&str> = NEEDS
        .iter()
        .filter(|need| find(need.program).is_none() && !(named && need.package == "postgresql"))
        .map(|need| need.package)
        .chain(lacks_venv().then_some("python3-venv"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install =
        format!("apt-get update && apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if is_root() && find("apt-get").is_some() {
        return run(Command::new("sh").args(["-c", &install]));
    }
    Err(format!("the tests need {}; please run: sudo sh -c '{install}'", missing.join(", ")))
}

/// Debian's Python comes without the module that makes environments.
fn lacks_venv() -> bool {
    !Command::new("python3")
        .args(["-c", "import ensurepip, venv"])
        .output()
        .is_ok_and(|it| it.status.success())
}

/// Where a program is: on the PATH, or where Debian keeps what belongs to one version of PostgreSQL.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let places = std::env::split_paths(&path).chain(versions.map(|version| version.path().join("bin")));
    places.map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout == b"0\n")
}
