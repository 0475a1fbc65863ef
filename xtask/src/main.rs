//! Chores of the project: `cargo xtask test` is what continuous integration runs.

use std::process::{Command, ExitCode};
use std::time::Instant;

/// A program that the tests need, and the Debian package that brings it.
struct Need {
    program: &'static str,
    package: &'static str,
}

/// SQLite is built from source.
const NEEDS: &[Need] = &[Need { program: "cc", package: "gcc" }];

fn main() -> ExitCode {
    let chore = std::env::args().nth(1);
    if chore.as_deref() != Some("test") {
        eprintln!("usage: cargo xtask test    formatting, lints and all tests");
        return ExitCode::from(2);
    }
    match test() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Formatting, lints with warnings as errors, the pure crates alone, and all tests.
fn test() -> Result<(), String> {
    provide(NEEDS)?;
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?;
    // Features unify in a workspace build: alone, the pure crates have neither clock nor randomness.
    cargo(&["check", "--locked", "-p", "aggregates", "-p", "projections"])?;
    cargo(&["test", "--workspace", "--locked"])
}

/// Installs what is missing where that is possible; else says what to run.
fn provide(needs: &[Need]) -> Result<(), String> {
    let missing: Vec<&str> =
        needs.iter().filter(|need| !is_there(need.program)).map(|need| need.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install =
        format!("apt-get update && apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if is_root() && is_there("apt-get") {
        return run(Command::new("sh").args(["-c", &install]));
    }
    Err(format!("the tests need {}; please run: sudo sh -c '{install}'", missing.join(", ")))
}

fn is_there(program: &str) -> bool {
    Command::new("sh")
        .args(["-c", &format!("command -v {program} >/dev/null")])
        .status()
        .is_ok_and(|it| it.success())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout == b"0\n")
}

fn cargo(arguments: &[&str]) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo).args(arguments))
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
