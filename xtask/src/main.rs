//! Chores of the project: `cargo xtask test` is what continuous integration runs.

mod needs;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

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
    needs::provide()?;
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?;
    // Features unify in a workspace build: alone, the pure crates have neither clock nor randomness.
    cargo(&["check", "--locked", "-p", "aggregates", "-p", "projections"])?;
    cargo(&["test", "--workspace", "--locked"])?;
    browser()
}

/// The pages in a real Chromium, served by the program that the tests before have built.
fn browser() -> Result<(), String> {
    // Beside this one, wherever cargo was told to build.
    let program = std::env::current_exe().map_err(|error| error.to_string())?.with_file_name("cartwheel");
    let chromium = needs::find(needs::CHROMIUM).ok_or("chromium is not on the PATH any more")?;
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("tests").join("browser");
    run(Command::new("npm").args(["ci", "--prefer-offline"]).current_dir(&tests))?;
    run(Command::new("npm")
        .arg("test")
        .current_dir(&tests)
        .env("CARTWHEEL_BIN", program)
        .env("CHROMIUM", chromium))
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
