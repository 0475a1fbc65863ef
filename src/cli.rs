//! The command line. Doc comments are the help text.

/// Prints a line. Whoever reads it may have gone away, which is no reason to fail.
macro_rules! say {
    ($($said:tt)+) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($said)+);
    }};
}

mod audit;
mod backup;
mod healthcheck;
mod import;
mod messages;
mod progress;
mod serving;
mod stores;

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use self::stores::{Ledgers, Store};
use crate::app::App;
use crate::clock::Clock;
use crate::read_models::rebuild;

/// Books several group events in one go.
#[derive(Debug, Parser)]
#[command(name = "cartwheel", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the widget, the journal and the API.
    Serve(Box<serving::Serve>),
    /// Furnish a studio to look at, and serve it.
    Demo(Box<serving::Demo>),
    /// Take in a timetable of one week as weekly series; again, or with more weeks, it adds only what is missing.
    Import(import::Import),
    /// Make the rows of all read models anew from the facts, while the service goes on.
    Rebuild {
        #[command(flatten)]
        store: Ledgers,
        /// How many branches to make anew at the same time.
        #[arg(long, default_value_t = rebuild::WORKERS, value_parser = at_least_one)]
        workers: usize,
        #[command(flatten)]
        output: Output,
    },
    /// Check that facts, hashes and rows agree: 0 means clean, 1 a difference, 2 that it cannot be told.
    Verify {
        #[command(flatten)]
        store: Ledgers,
        #[command(flatten)]
        against: audit::Against,
        #[command(flatten)]
        output: Output,
    },
    /// Copy a SQLite store to a file, as it is at one moment, while the service goes on; the copy is verified.
    Backup(backup::BackUp),
    /// Make a SQLite store from a backup, which is verified first. There must be no store yet.
    Restore(backup::Restore),
    /// Read what happened.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Bring the tables of the store up to date.
    Migrate {
        #[command(flatten)]
        store: Store,
    },
    /// Print the API as an OpenAPI 3.1 document.
    Openapi,
    /// Ask a running service whether it is ready; for containers.
    Healthcheck {
        /// The address that it listens on.
        #[arg(long, env = "CARTWHEEL_LISTEN", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
}

#[derive(Debug, Args)]
struct Output {
    /// How to tell what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A few lines for people.
    Text,
    /// One line for programs.
    Json,
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    ///
    /// Whatever kept it from being done, as one sentence for the one who asked.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Serve(serve) => serve.run().await?,
            Command::Demo(demo) => demo.run().await?,
            Command::Import(import) => import.run().await?,
            Command::Rebuild { store, workers, output } => {
                audit::rebuild(store.open().await?, workers, output.format).await?;
            }
            Command::Verify { store, against, output } => {
                return Ok(audit::verify(&store, &against, output.format).await);
            }
            Command::Backup(backup) => backup.run().await?,
            Command::Restore(restore) => restore.run().await?,
            Command::Audit(audit) => return audit.run().await,
            Command::Migrate { store } => {
                App::open(&store.at(true), Clock::system()).await?.close().await;
                say!("The tables are up to date.");
            }
            Command::Openapi => say!("{}", crate::web::api::openapi_json()),
            Command::Healthcheck { listen } => return Ok(healthcheck::healthcheck(listen).await),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn at_least_one(number: &str) -> Result<usize, String> {
    match number.parse() {
        Ok(0) => Err("at least one is needed".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("this is not a number".to_owned()),
    }
}
