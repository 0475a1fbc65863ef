//! The command line. Doc comments are the help text.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::{App, StoreAt};
use crate::clock::Clock;
use crate::demonstration;
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
        #[arg(long, env = "CARTWHEEL_DEMO_STORE", default_value = "sqlite:./cartwheel-demo.db")]
        store: StoreUrl,
        #[command(flatten)]
        listeners: Listeners,
        /// Start over: throw the demonstration's store away first.
        #[arg(long)]
        fresh: bool,
    },
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
    /// sqlite:PATH.
    #[arg(long, env = "CARTWHEEL_STORE", default_value = "sqlite:./cartwheel.db")]
    store: StoreUrl,
    /// The key to personal data; PATH.key beside the store unless said otherwise.
    #[arg(long, env = "CARTWHEEL_MASTER_KEY_FILE")]
    master_key_file: Option<PathBuf>,
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
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self(path.trim_start_matches("//").into())),
            Some(("postgres" | "postgresql", _)) => {
                Err("PostgreSQL is not in this release; use sqlite:PATH".to_owned())
            }
            _ => Err("a store is sqlite:PATH".to_owned()),
        }
    }
}

impl Store {
    fn at(&self, migrate: bool) -> StoreAt {
        StoreAt { path: self.store.0.clone(), master_key: self.master_key_file.clone(), migrate }
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
            Command::Demo { store, listeners, fresh } => {
                if fresh {
                    start_over(&store.0).await?;
                }
                let app = App::open(&StoreAt::sqlite(&store.0), Clock::system()).await?;
                demonstration::furnish(&app).await?;
                listeners.serve(app).await?;
            }
            Command::Migrate { store } => {
                App::open(&store.at(true), Clock::system()).await?.close().await;
                println!("The tables are up to date.");
            }
            Command::Openapi => println!("{}", crate::web::api::openapi_json()),
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
        println!("{}", serde_json::to_string(ready).unwrap_or_default());
        return;
    }
    let nothing = "nothing to book yet; create a branch with `cartwheel import` or look at `cartwheel demo`";
    println!("Widget   {}", ready.widget.as_deref().unwrap_or(nothing));
    if let Some(journal) = &ready.journal {
        println!("Journal  {journal}");
    }
    println!("API      {}", ready.api);
    println!("Press Ctrl-C to stop.");
}

/// Throws a demonstration's store away; refuses any other.
async fn start_over(path: &Path) -> anyhow::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let app = App::open(&StoreAt::sqlite(path), Clock::system()).await?;
    let checked = demonstration::check(&app).await;
    app.close().await;
    checked?;
    for suffix in ["", "-wal", "-shm", ".key"] {
        let mut file = path.as_os_str().to_owned();
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
