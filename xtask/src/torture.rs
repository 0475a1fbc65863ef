//! `torture`: the test of the same name, optimized and for as long as somebody wants.

use crate::{cargo_command, needs};

/// What was asked for.
#[derive(Debug, Default)]
pub struct Options {
    minutes: String,
    store: String,
    seed: Option<String>,
}

impl Options {
    /// Reads pairs of names and values; `None` if they make no sense.
    pub fn read(arguments: &[&str]) -> Option<Self> {
        let mut options = Self::default();
        for pair in arguments.chunks(2) {
            let [name, value] = pair else { return None };
            let (value, is_number) = ((*value).to_owned(), value.parse::<u64>().is_ok());
            match *name {
                "--minutes" if is_number => options.minutes = value,
                "--store" if ["sqlite", "postgres"].contains(&value.as_str()) => options.store = value,
                "--seed" if is_number => options.seed = Some(value),
                _ => return None,
            }
        }
        (!options.minutes.is_empty()).then_some(options)
    }
}

/// Runs it; what it found is in its output.
pub fn run(options: &Options) -> Result<(), String> {
    needs::provide()?;
    let mut torture = cargo_command();
    torture.args(["test", "--release", "--locked", "--package", "cartwheel", "--features", "eventstore"]);
    torture.args(["--test", "torture", "--"]);
    torture.arg(format!("whatever_else_does_on_{}", options.store)).args(["--nocapture", "--test-threads=2"]);
    torture.env("CARTWHEEL_TORTURE_MINUTES", &options.minutes);
    if let Some(seed) = &options.seed {
        torture.env("CARTWHEEL_TORTURE_SEED", seed);
    }
    crate::run(&mut torture)
}
