//! What leaves the house, met by other implementations than ours: calendars, exports, e-mails and webhooks over TLS, the
//! description of the API, the mirror, and the protocol of EventStoreDB.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{cargo_command, run as run_command};

/// Tests of this program, each by itself.
const TESTS: [&str; 5] = ["calendars.py", "exports.py", "mirror.py", "tls.py", "contract.py"];

/// Runs them all.
pub fn run(program: &Path) -> Result<(), String> {
    let python = python(program)?;
    // As part of the workspace, as the tests have built it.
    let server =
        ["build", "--workspace", "--features", "eventstore", "--locked", "--bin", "eventstore-server"];
    run_command(cargo_command().args(server))?;
    for test in TESTS {
        let mut command = Command::new(&python);
        command.arg(tests().join("elsewhere").join(test)).env("CARTWHEEL_BIN", program);
        run_command(command.env("EVENTSTORE_SERVER", program.with_file_name("eventstore-server")))?;
    }
    clients(&python)
}

/// A Python with the packages of the tests, in an environment of its own beside the program.
fn python(program: &Path) -> Result<PathBuf, String> {
    let environment = program.with_file_name("python-of-the-tests");
    run_command(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    let python = environment.join("bin").join("python");
    let packages = tests().join("elsewhere").join("requirements.txt");
    run_command(
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(packages),
    )?;
    Ok(python)
}

/// The server of the tests that speaks as EventStoreDB does, asked by clients of three languages.
fn clients(python: &Path) -> Result<(), String> {
    let folder = tests().join("eventstore_server").join("tests").join("clients");
    run_command(
        Command::new("npm").args(["ci", "--ignore-scripts", "--prefer-offline"]).current_dir(folder),
    )?;
    let mut test = cargo_command();
    test.args(["test", "--workspace", "--features", "eventstore", "--locked", "--test", "clients"]);
    run_command(test.env("PYTHON", python))
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests")
}
