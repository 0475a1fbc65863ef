//! `fill` and `growth`: the benchmark of that name makes a large store, and measures what size costs.

use crate::cargo_command;

/// Passes on what it was told; its help says what there is to tell.
pub fn run(what: &str, options: &[&str]) -> Result<(), String> {
    let mut growth = cargo_command();
    growth.args(["bench", "--locked", "--package", "cartwheel", "--bench", "growth", "--", what]);
    crate::run(growth.args(options))
}
