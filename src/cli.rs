//! The command line. Doc comments are the help text.

/// Prints a line. Whoever reads it may have gone away, which is no reason to fail.
macro_rules! say {
    ($($said:tt)+) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($said)+);
    }};
}

mod audit;
mod import;
mod progress;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::{App, StoreAt};
use crate::clock::Clock;
use crate::demonstration;
use crate::ledger::Ledger;
use crate::ledger::sqlite::SqliteLedger;
use crate::serve::{self, Ready};

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
        /// Bring tables of an older release up to date first.
        #[arg(long)]
        migrate: bool,
    },
    /// Furnish a studio to look at, and serve it.
    Demo {
        /// Where the demonstration is kept: sqlite:PATH.
        #[arg(long, env = "CARTWHEEL_STORE", default_value = "sqlite:./cartwheel-demo.db")]
        store: StoreUrl,
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
    /// sqlite:PATH.
    #[arg(long, env = "CARTWHEEL_STORE", default_value = "sqlite:./cartwheel.db")]
    store: StoreUrl,
}

#[derive(Debug, Args)]
struct KeyFile {
    /// The key to personal data; PATH.key beside the store unless said otherwise.
    #[arg(long, env = "CARTWHEEL_MASTER_KEY_FILE")]
    master_key_file: Option<PathBuf>,
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
    /// Where staff reach the service; beyond this machine only with --staff-without-sign-in.
    #[arg(long, env = "CARTWHEEL_STAFF_LISTEN", default_value = "127.0.0.1:8081")]
    staff_listen: SocketAddr,
    /// Let staff routes be reached beyond this machine, although they have no sign-in yet.
    #[arg(long)]
    staff_without_sign_in: bool,
    /// A name under which the service is addressed, beside localhost; may be given several times.
    #[arg(long = "host", env = "CARTWHEEL_HOSTS", value_delimiter = ',')]
    hosts: Vec<String>,
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

/// The address of a store.
#[derive(Debug, Clone)]
struct StoreUrl(PathBuf);

impl std::str::FromStr for StoreUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        match url.split_once(':') {
            Some(("sqlite", ":memory:")) => Err("a store is a file: sqlite:PATH".to_owned()),
            Some(("sqlite", path)) if !path.is_empty() => {
                Ok(Self(path.strip_prefix("//").unwrap_or(path).into()))
            }
            Some(("postgres" | "postgresql", _)) => {
                Err("PostgreSQL is not in this release yet; use sqlite:PATH".to_owned())
            }
            _ => Err("a store is sqlite:PATH".to_owned()),
        }
    }
}

impl Store {
    fn at(&self, migrate: bool) -> StoreAt {
        self.ledgers.store.at(&self.key, migrate)
    }
}

impl StoreUrl {
    fn at(&self, key: &KeyFile, migrate: bool) -> StoreAt {
        StoreAt { path: self.0.clone(), master_key: key.master_key_file.clone(), migrate }
    }
}

impl Ledgers {
    /// The ledgers of a store that is there already.
    async fn open(&self) -> anyhow::Result<Arc<dyn Ledger>> {
        let path = &self.store.0;
        anyhow::ensure!(path.exists(), "there is no store at {}", path.display());
        Ok(Arc::new(SqliteLedger::open(path, false).await?))
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
            Command::Serve { store, listeners, migrate } => {
                let app = App::open(&store.at(migrate), Clock::system()).await?;
                listeners.serve(app).await?;
            }
            Command::Demo { store, key, listeners, fresh } => {
                let store = store.at(&key, false);
                if fresh {
                    // Before anything is thrown away: another demonstration may be running.
                    serve::check_free([listeners.listen, listeners.staff_listen]).await?;
                    start_over(&store).await?;
                }
                let app = App::open(&store, Clock::system()).await?;
                demonstration::furnish(&app).await?;
                listeners.serve(app).await?;
            }
            Command::Import(import) => import.run().await?,
            Command::Rebuild { store, output } => audit::rebuild(store.open().await?, output.format).await?,
            Command::Verify { store, output } => return Ok(audit::verify(&store, output.format).await),
            Command::Audit(audit) => audit.run().await?,
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
            staff_without_sign_in: self.staff_without_sign_in,
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
    say!("API      {}", ready.api);
    say!("Press Ctrl-C to stop.");
}

/// Throws a demonstration's store away; refuses any other.
async fn start_over(store: &StoreAt) -> anyhow::Result<()> {
    if !store.path.exists() {
        return Ok(());
    }
    let app = App::open(store, Clock::system()).await?;
    let checked = demonstration::check(&app).await;
    app.close().await;
    checked?;
    for suffix in ["", "-wal", "-shm", ".key"] {
        let mut file = store.path.as_os_str().to_owned();
        file.push(suffix);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error)
                    .with_context(|| format!("{} cannot be removed", Path::new(&file).display()));
            }
            _ => {}
        }
    }
    Ok(())
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
