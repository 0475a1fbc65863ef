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
mod import;
mod progress;
mod token;
mod user;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use aggregates::appearance::Site;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::{App, StoreAt};
use crate::clock::Clock;
use crate::demonstration;
use crate::ledger::{Address, Ledger, ReadFrom};
use crate::read_models::rebuild;
use crate::serve::{self, Ready};

/// What to say of stores.
const STORES: &str = "Where everything is kept: sqlite:PATH or postgres://USER@HOST/DATABASE";

/// Bounds of how far behind a replica may be.
const SHORTEST_LAG: Duration = Duration::from_millis(100);
const LONGEST_LAG: Duration = Duration::from_mins(1);

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
    Serve {
        #[command(flatten)]
        store: Store,
        #[command(flatten)]
        listeners: Listeners,
        #[command(flatten)]
        replica: Replica,
        /// For development: keep messages to clients in this process and show them at /dev/mailbox. Whoever can open that
        /// page can sign in as anybody.
        #[arg(long)]
        dev_mailbox: bool,
        /// Bring tables of an older release up to date first.
        #[arg(long)]
        migrate: bool,
    },
    /// Furnish a studio to look at, and serve it.
    Demo {
        #[arg(long, env = "CARTWHEEL_STORE", default_value = "sqlite:./cartwheel-demo.db", help = STORES)]
        store: Address,
        #[command(flatten)]
        key: KeyFile,
        #[command(flatten)]
        listeners: Listeners,
        /// Start over: throw the demonstration's store away first.
        #[arg(long)]
        fresh: bool,
    },
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
        output: Output,
    },
    /// Copy a SQLite store to a file, as it is at one moment, while the service goes on; the copy is verified.
    Backup(backup::BackUp),
    /// Make a SQLite store from a backup, which is verified first. There must be no store yet.
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
    /// Print the API as an OpenAPI 3.1 document.
    Openapi,
    /// Ask a running service whether it is ready; for containers.
    Healthcheck {
        /// The address that it listens on.
        #[arg(long, env = "CARTWHEEL_LISTEN", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
}

/// Where the ledgers are kept.
#[derive(Debug, Args)]
struct Store {
    #[command(flatten)]
    ledgers: Ledgers,
    #[command(flatten)]
    key: KeyFile,
}

/// Where the ledgers are kept, for those who need no key to personal data.
#[derive(Debug, Args)]
struct Ledgers {
    #[arg(long, env = "CARTWHEEL_STORE", default_value = "sqlite:./cartwheel.db", help = STORES)]
    store: Address,
}

#[derive(Debug, Args)]
struct KeyFile {
    /// The key to personal data; by default PATH.key beside a SQLite file, else cartwheel.key here.
    #[arg(long, env = "CARTWHEEL_MASTER_KEY_FILE")]
    master_key_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Replica {
    /// A replica of a PostgreSQL store: lists of events and the journal are read from it while it is near enough.
    #[arg(long, env = "CARTWHEEL_READ_URL", value_name = "postgres://USER@HOST/DATABASE", value_parser = database)]
    read_url: Option<String>,
    /// How many seconds the replica may be behind; what this process wrote is always shown.
    #[arg(long, env = "CARTWHEEL_READ_LAG", value_name = "SECONDS", default_value = "1", value_parser = lag)]
    read_lag: Duration,
}

#[derive(Debug, Args)]
struct Output {
    /// How to tell what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Args)]
struct Listeners {
    /// Where clients and widgets reach the service.
    #[arg(long, env = "CARTWHEEL_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where staff reach the service; beyond this machine only once somebody can sign in (`cartwheel user create`).
    #[arg(long, env = "CARTWHEEL_STAFF_LISTEN", default_value = "127.0.0.1:8081")]
    staff_listen: SocketAddr,
    /// A name under which the service is addressed, beside localhost; may be given several times.
    #[arg(long = "host", env = "CARTWHEEL_HOSTS", value_delimiter = ',')]
    hosts: Vec<String>,
    /// Where clients reach the service, for what staff give away, like `https://book.example`. By default, on this machine,
    /// the address that it listens on.
    #[arg(long, env = "CARTWHEEL_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    public_url: Option<String>,
    /// How to tell what there is to open.
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

impl Store {
    fn at(self, migrate: bool) -> StoreAt {
        self.key.of(self.ledgers.store, migrate)
    }
}

impl KeyFile {
    fn of(self, address: Address, migrate: bool) -> StoreAt {
        StoreAt { address, master_key: self.master_key_file, migrate, read_from: None }
    }
}

impl Replica {
    fn read_from(self) -> Option<ReadFrom> {
        self.read_url.map(|url| ReadFrom { url, at_most_behind: self.read_lag })
    }
}

impl Ledgers {
    /// The ledgers of a store that is there already.
    async fn open(&self) -> anyhow::Result<Arc<dyn Ledger>> {
        anyhow::ensure!(self.store.is_there().await?, "there is no store at {}", self.store);
        Ok(self.store.open(false).await?)
    }
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    ///
    /// Whatever kept it from being done, as one sentence for the one who asked.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Serve { store, listeners, replica, dev_mailbox, migrate } => {
                let store = StoreAt { read_from: replica.read_from(), ..store.at(migrate) };
                let app = App::open(&store, Clock::system()).await?;
                listeners.serve(if dev_mailbox { app.with_mailbox() } else { app }).await?;
            }
            Command::Demo { store, key, listeners, fresh } => {
                let store = key.of(store, false);
                if fresh {
                    // Before anything is thrown away: another demonstration may be running.
                    serve::check_free([listeners.listen, listeners.staff_listen]).await?;
                    start_over(&store).await?;
                }
                let app = App::open(&store, Clock::system()).await?;
                demonstration::furnish(&app).await?;
                listeners.serve(app.with_mailbox()).await?;
            }
            Command::Import(import) => import.run().await?,
            Command::User(user) => user.run().await?,
            Command::Token(token) => token.run().await?,
            Command::Rebuild { store, workers, output } => {
                audit::rebuild(store.open().await?, workers, output.format).await?;
            }
            Command::Verify { store, output } => return Ok(audit::verify(&store, output.format).await),
            Command::Backup(backup) => backup.run().await?,
            Command::Restore(restore) => restore.run().await?,
            Command::Audit(audit) => return audit.run().await,
            Command::Migrate { store } => {
                App::open(&store.at(true), Clock::system()).await?.close().await;
                say!("The tables are up to date.");
            }
            Command::Openapi => say!("{}", crate::web::api::openapi_json()),
            Command::Healthcheck { listen } => return Ok(healthcheck(listen).await),
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Listeners {
    async fn serve(self, app: App) -> anyhow::Result<()> {
        let format = self.format;
        let options = serve::Options {
            listen: self.listen,
            staff_listen: self.staff_listen,
            public_url: self.public_url,
            hosts: self.hosts,
        };
        serve::run(app, options, |ready| tell(ready, format)).await
    }
}

fn tell(ready: &Ready, format: Format) {
    if format == Format::Json {
        say!("{}", serde_json::to_string(ready).unwrap_or_default());
        return;
    }
    let nothing = "nothing to book yet; create a branch with `cartwheel import` or look at `cartwheel demo`";
    say!("Widget   {}", ready.widget.as_deref().unwrap_or(nothing));
    if let Some(journal) = &ready.journal {
        say!("Journal  {journal}");
    }
    if let Some(mailbox) = &ready.mailbox {
        say!("Mailbox  {mailbox}");
    }
    say!("API      {}", ready.api);
    say!("Press Ctrl-C to stop.");
}

fn database(address: &str) -> Result<String, String> {
    match address.parse() {
        Ok(Address::Postgres(url)) => Ok(url),
        Ok(Address::Sqlite(_)) => Err("a replica is a PostgreSQL database".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let site = text.parse::<Site>().map_err(|error| error.to_string())?.to_string();
    if site.contains('*') { Err("one address is needed, without *".to_owned()) } else { Ok(site) }
}

fn lag(seconds: &str) -> Result<Duration, String> {
    let lag = seconds.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    match lag {
        Some(lag) if (SHORTEST_LAG..=LONGEST_LAG).contains(&lag) => Ok(lag),
        _ => Err(format!("from {SHORTEST_LAG:?} to {LONGEST_LAG:?} are possible")),
    }
}

fn at_least_one(number: &str) -> Result<usize, String> {
    match number.parse() {
        Ok(0) => Err("at least one is needed".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("this is not a number".to_owned()),
    }
}

/// Throws a demonstration's store away; refuses any other.
async fn start_over(store: &StoreAt) -> anyhow::Result<()> {
    if !store.address.is_there().await? {
        return Ok(());
    }
    let app = App::open(store, Clock::system()).await?;
    let checked = demonstration::check(&app).await;
    app.close().await;
    checked?;
    Ok(store.address.remove().await?)
}

/// Whether a service answers that it is ready, on any address of this machine if it listens on all of them.
async fn healthcheck(listen: SocketAddr) -> ExitCode {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let asked = async {
        let port = listen.port();
        let address =
            if listen.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], port)) } else { listen };
        let mut stream = tokio::net::TcpStream::connect(address).await?;
        stream.write_all(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n").await?;
        let mut answer = vec![];
        stream.read_to_end(&mut answer).await?;
        Ok::<_, std::io::Error>(answer.split(|byte| *byte == b' ').nth(1) == Some(b"200"))
    };
    match tokio::time::timeout(std::time::Duration::from_secs(3), asked).await {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
