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
mod config;
mod doctor;
mod generated;
mod healthcheck;
mod import;
mod limits;
mod messages;
mod mirror;
mod progress;
mod serving;
mod stores;
mod token;
mod user;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use self::stores::{Ledgers, Store};
use crate::app::App;
use crate::clock::Clock;
use crate::logging;
use crate::read_models::rebuild;

/// Books several group events in one go.
#[derive(Debug, Parser)]
#[command(name = "cartwheel", version)]
pub struct Cli {
    /// How to write the log, on standard error; `RUST_LOG` says how much of it.
    #[arg(long, global = true, env = "CARTWHEEL_LOG_FORMAT", value_enum, default_value_t = logging::Format::Text)]
    log_format: logging::Format,
    /// A file of settings, in TOML; their names are those of the flags of `serve`. By default cartwheel.toml here, if there is
    /// one.
    #[arg(long, global = true, env = "CARTWHEEL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
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
    /// Check that facts, hashes, rows and the mirror, if there is one, agree: 0 means clean, 1 a difference, 2 that it cannot be told.
    Verify {
        #[command(flatten)]
        store: Ledgers,
        #[command(flatten)]
        against: audit::Against,
        #[command(flatten)]
        mirror: mirror::Mirror,
        #[command(flatten)]
        output: Output,
    },
    /// Copy a SQLite store to a file, as it is at one moment, while the service goes on; the copy is verified.
    Backup(backup::BackUp),
    /// Make a store from a backup, or from the streams of a mirror, and verify it. There must be no store yet.
    Restore(backup::Restore),
    /// Say who signs in as staff.
    #[command(subcommand)]
    User(user::User),
    /// Say which programs may ask the API of staff.
    #[command(subcommand)]
    Token(token::Token),
    /// Read what happened.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Bring the tables of the store up to date.
    Migrate {
        #[command(flatten)]
        store: Store,
    },
    /// Look at settings.
    #[command(subcommand)]
    Config(config::Config),
    /// Say line by line whether `serve` would start and run well: 0 means yes, 1 with a warning, 2 no.
    Doctor(Box<doctor::Doctor>),
    /// Print what a shell needs to complete commands.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write manual pages.
    Man {
        /// The folder to write them to.
        folder: PathBuf,
    },
    /// Print the API as an OpenAPI 3.1 document.
    Openapi,
    /// Ask a running service whether it is ready; for containers.
    Healthcheck {
        /// The address that it listens on.
        #[arg(long, env = "CARTWHEEL_LISTEN", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// The address where those who watch over it reach it, which is asked instead: it answers while the others are full.
        #[arg(long, env = "CARTWHEEL_ADMIN_LISTEN", value_name = "ADDRESS")]
        admin_listen: Option<SocketAddr>,
    },
}

/// How what was asked was read.
#[derive(Debug)]
pub struct Read {
    settings: config::Settings,
    matches: ArgMatches,
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
    /// Reads what was asked: flags, environment and file. What cannot be understood ends the process, as help does.
    #[must_use]
    pub fn read() -> (Self, Read) {
        // Where the file is, is told by flags that it may change the defaults of.
        let first = Self::command().ignore_errors(true).try_get_matches();
        let named = first.ok().and_then(|matches| matches.get_one::<PathBuf>("config").cloned());
        let settings = config::Settings::read(named, &Self::command()).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            std::process::exit(2)
        });
        let matches = settings.over(Self::command()).get_matches();
        let asked = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        (asked, Read { settings, matches })
    }

    /// Does what was asked.
    ///
    /// # Errors
    ///
    /// Whatever kept it from being done, as one sentence for the one who asked.
    pub async fn run(self, read: Read) -> anyhow::Result<ExitCode> {
        logging::start(self.log_format);
        match self.command {
            Command::Serve(serve) => serve.run().await?,
            Command::Demo(demo) => demo.run().await?,
            Command::Import(import) => import.run().await?,
            Command::User(user) => user.run().await?,
            Command::Token(token) => token.run().await?,
            Command::Rebuild { store, workers, output } => {
                audit::rebuild(store.open().await?, workers, output.format).await?;
            }
            Command::Verify { store, against, mirror, output } => {
                return Ok(audit::verify(&store, &against, &mirror, output.format).await);
            }
            Command::Backup(backup) => backup.run().await?,
            Command::Restore(restore) => restore.run().await?,
            Command::Audit(audit) => return audit.run().await,
            Command::Migrate { store } => {
                App::open(&store.at(true), Clock::system()).await?.close().await;
                say!("The tables are up to date.");
            }
            Command::Config(config::Config::Show(show)) => {
                let matches = read.matches.subcommand_matches("config");
                if let Some(matches) = matches.and_then(|matches| matches.subcommand_matches("show")) {
                    show.run(&read.settings, &Self::command(), matches);
                }
            }
            Command::Doctor(doctor) => return doctor.run().await,
            Command::Completions { shell } => generated::completions(shell, Self::command()),
            Command::Man { folder } => {
                let pages = generated::manual(&folder, Self::command())?;
                say!("{pages} manual pages were written to {}.", folder.display());
            }
            Command::Openapi => say!("{}", crate::web::api::openapi_json()),
            Command::Healthcheck { listen, admin_listen } => {
                return Ok(healthcheck::healthcheck(admin_listen.unwrap_or(listen)).await);
            }
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
