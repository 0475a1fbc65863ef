//! `serve` and `demo`: what is listened on, and what is told of it.

use std::net::SocketAddr;

use aggregates::appearance::Site;
use clap::Args;

use super::Format;
use super::audit::Scheduled;
use super::limits::Limits;
use super::messages::Messages;
use super::mirror::Mirror;
use super::stores::{KeyFile, Replica, STORES, Store};
use crate::app::{App, StoreAt};
use crate::clock::Clock;
use crate::demonstration;
use crate::ledger::Address;
use crate::mirror::{self, Connection};
use crate::outbound::Reach;
use crate::serve::{self, Ready};

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    listeners: Listeners,
    #[command(flatten)]
    replica: Replica,
    #[command(flatten)]
    messages: Messages,
    #[command(flatten)]
    checkpoints: Scheduled,
    #[command(flatten)]
    mirror: Mirror,
    /// For development: keep messages to clients in this process and show them at /dev/mailbox. Whoever can open that
    /// page can sign in as anybody.
    #[arg(long, conflicts_with_all = ["smtp_url", "text_url"])]
    dev_mailbox: bool,
    /// Bring tables of an older release up to date first.
    #[arg(long)]
    migrate: bool,
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    #[arg(long, env = "CARTWHEEL_STORE", default_value = "sqlite:./cartwheel-demo.db", help = STORES)]
    store: Address,
    #[command(flatten)]
    key: KeyFile,
    #[command(flatten)]
    listeners: Listeners,
    /// Start over: throw the demonstration's store away first.
    #[arg(long)]
    fresh: bool,
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
    /// For development: call webhooks without TLS and on private addresses, this machine's own among them. Whoever may
    /// name a webhook can then have this service call whatever it can reach.
    #[arg(long)]
    allow_private_webhooks: bool,
    /// Where those who watch over the service find its numbers (/metrics, for Prometheus), /healthz and /readyz; without it
    /// nothing is counted. There is no sign-in: beyond this machine a network has to keep strangers out.
    #[arg(long, env = "CARTWHEEL_ADMIN_LISTEN", value_name = "ADDRESS")]
    admin_listen: Option<SocketAddr>,
    #[command(flatten)]
    limits: Limits,
    /// How to tell what there is to open.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Serve {
    pub(super) fn format(&self) -> Format {
        self.listeners.format
    }

    pub(super) fn store_at(&self) -> StoreAt {
        StoreAt { read_from: self.replica.read_from(), ..self.store.at(self.migrate) }
    }

    /// What is listened on, and what for.
    pub(super) fn addresses(&self) -> impl Iterator<Item = (&'static str, SocketAddr)> {
        let Listeners { listen, staff_listen, admin_listen, .. } = self.listeners;
        [("clients", listen), ("staff", staff_listen)]
            .into_iter()
            .chain(admin_listen.map(|it| ("numbers", it)))
    }

    pub(super) fn mirror(&self) -> anyhow::Result<Option<Connection>> {
        self.mirror.connection()
    }

    pub(super) fn rates(&self) -> anyhow::Result<()> {
        self.listeners.limits.rates().map(|_| ())
    }

    pub(super) fn has_mailbox(&self) -> bool {
        self.dev_mailbox
    }

    pub(super) fn public_url(&self) -> Option<&str> {
        self.listeners.public_url.as_deref()
    }

    pub(super) async fn run(self) -> anyhow::Result<()> {
        let store = self.store_at();
        let app = App::open(&store, Clock::system()).await?;
        let app = match self.messages.messenger()? {
            Some(messenger) => app.with_messenger(messenger),
            None if self.dev_mailbox => app.with_mailbox(),
            None => app,
        };
        tokio::select! {
            served = self.listeners.serve(app.clone(), self.mirror.address().map(|to| (store.address, to))) => served,
            () = self.checkpoints.keep(app) => Ok(()),
        }
    }
}

impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let store = self.key.of(self.store, false);
        if self.fresh {
            // Before anything is thrown away: another demonstration may be running.
            serve::check_free([self.listeners.listen, self.listeners.staff_listen]).await?;
            start_over(&store).await?;
        }
        let app = App::open(&store, Clock::system()).await?;
        demonstration::furnish(&app).await?;
        self.listeners.serve(app.with_mailbox(), None).await
    }
}

impl Listeners {
    async fn serve(self, app: App, mirror: Option<(Address, mirror::Address)>) -> anyhow::Result<()> {
        let format = self.format;
        let reach = if self.allow_private_webhooks { Reach::Anywhere } else { Reach::Public };
        let app = app.reaching(reach);
        let options = serve::Options {
            listen: self.listen,
            staff_listen: self.staff_listen,
            public_url: self.public_url,
            hosts: self.hosts,
            rates: self.limits.rates()?,
            proxies: self.limits.proxies(),
            connections: self.limits.connections(),
            admin_listen: self.admin_listen,
            mirror,
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
    if let Some(metrics) = &ready.metrics {
        say!("Metrics  {metrics}");
    }
    say!("Press Ctrl-C to stop.");
}

fn public_url(text: &str) -> Result<String, String> {
    let site = text.parse::<Site>().map_err(|error| error.to_string())?.to_string();
    if site.contains('*') { Err("one address is needed, without *".to_owned()) } else { Ok(site) }
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
