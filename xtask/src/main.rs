//! Chores of the project: `cargo xtask test` is what continuous integration runs.

mod elsewhere;
mod growth;
mod needs;
mod torture;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const USAGE: &str = "\
usage: cargo xtask test
           formatting, lints and all tests
       cargo xtask pictures
           pictures of the pages for the README, in docs/pictures
       cargo xtask torture --minutes M [--store sqlite|postgres] [--seed N]
           several processes, clients, and everything that can go wrong; both stores at the same time unless one is named
       cargo xtask fill --store STORE [--facts N] [--branches N]
           a large store, 10 million facts of 10,000 branches unless told otherwise
       cargo xtask growth --large STORE --small STORE [--repetitions N] [--rebuild]
           what size costs: two filled stores side by side";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["test"] => test(),
        ["pictures"] => pictures(),
        ["torture", options @ ..] => match torture::Options::read(options) {
            Some(options) => torture::run(&options),
            None => return usage(),
        },
        ["fill", options @ ..] => growth::run("fill", options),
        ["growth", options @ ..] => growth::run("measure", options),
        _ => return usage(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

/// Formatting, lints with warnings as errors, the pure crates alone, and all tests.
fn test() -> Result<(), String> {
    needs::provide()?;
    cargo(&["fmt", "--all", "--check"])?;
    // With what nobody builds by default.
    cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "eventstore,otel",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ])?;
    // Features unify in a workspace build: alone, the pure crates have neither clock nor randomness.
    cargo(&["check", "--locked", "-p", "aggregates", "-p", "projections"])?;
    cargo(&["test", "--workspace", "--features", "eventstore", "--locked"])?;
    elsewhere::run(&program()?)?;
    browser()
}

/// The program that the tests have built: beside this one, wherever cargo was told to build.
fn program() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(own.with_file_name("cartwheel"))
}

/// The pages in a real Chromium, served by the program that the tests before have built.
fn browser() -> Result<(), String> {
    in_chromium(Command::new("npm").arg("test"))
}

/// Pictures of the same pages.
fn pictures() -> Result<(), String> {
    needs::provide()?;
    cargo(&["build", "--locked"])?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("docs").join("pictures");
    in_chromium(Command::new("node").arg("pictures.mjs").env("PICTURES", folder))
}

/// Runs something of the browser tests with what they need.
fn in_chromium(what: &mut Command) -> Result<(), String> {
    let program = program()?;
    let chromium = needs::find(needs::CHROMIUM).ok_or("chromium is not on the PATH any more")?;
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests").join("browser");
    run(Command::new("npm").args(["ci", "--prefer-offline"]).current_dir(&tests))?;
    run(what.current_dir(&tests).env("CARTWHEEL_BIN", program).env("CHROMIUM", chromium))
}

fn cargo(arguments: &[&str]) -> Result<(), String> {
    run(cargo_command().args(arguments))
}

/// The cargo that runs this.
fn cargo_command() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn run(command: &mut Command) -> Result<(), String> {
    let began = Instant::now();
    eprintln!("> {command:?}");
    let status = command.status().map_err(|error| format!("{command:?} cannot be run: {error}"))?;
    if !status.success() {
        return Err(format!("{command:?} ended with {status}"));
    }
    eprintln!("  took {} s", began.elapsed().as_secs());
    Ok(())
}
