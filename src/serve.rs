//! Two listeners over one app, until somebody asks to stop.

mod listening;
mod patience;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::followers;
use crate::ledger::Address;
use crate::limits::connections::{Bounds, Connections};
use crate::limits::{Limits, Rates, TrustedProxies};
use crate::mirror;
use crate::telemetry;
use crate::web::{self, Hosts};
use listening::Front;

/// How long open requests may take after somebody asked to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// How many connections those have who watch over the service.
const FOR_ADMINS: Bounds = Bounds { all: 64, of_one: 32 };

/// Where to listen.
#[derive(Debug, Clone)]
pub struct Options {
    pub listen: SocketAddr,
    pub staff_listen: SocketAddr,
    /// Where clients reach the service, if not at the address that it listens on.
    pub public_url: Option<String>,
    /// Names beside this machine's own under which the service may be addressed.
    pub hosts: Vec<String>,
    /// How much one address, number or token may ask for.
    pub rates: Rates,
    /// Who is believed in saying for whom they ask.
    pub proxies: TrustedProxies,
    pub connections: Bounds,
    /// Where those who watch over the service reach it, if anybody does.
    pub admin_listen: Option<SocketAddr>,
    /// Which ledgers are kept a second time, and where, if any are.
    pub mirror: Option<(Address, mirror::Address)>,
}

/// What there is to open, told once both listeners are bound.
#[derive(Debug, Clone, Serialize)]
pub struct Ready {
    pub listen: String,
    pub staff_listen: String,
    pub widget: Option<String>,
    pub journal: Option<String>,
    /// The messages of a development mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<String>,
    pub api: String,
    pub openapi: String,
    /// Where the numbers are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics: Option<String>,
    pub branch_id: Option<String>,
    pub link_id: Option<String>,
}

impl Ready {
    fn new(
        listen: SocketAddr,
        staff_listen: SocketAddr,
        shown: Option<(String, String)>,
        has_mailbox: bool,
        admin: Option<SocketAddr>,
    ) -> Self {
        let (public, staff) = (format!("http://{listen}"), format!("http://{staff_listen}"));
        let (branch_id, link_id) = shown.unzip();
        Self {
            widget: branch_id.as_ref().zip(link_id.as_ref()).map(|(b, l)| format!("{public}/w/{b}/{l}")),
            journal: branch_id.as_ref().map(|branch| format!("{staff}/journal/{branch}")),
            mailbox: has_mailbox.then(|| format!("{public}/dev/mailbox")),
            api: format!("{public}/api/v1"),
            openapi: format!("{public}/api/v1/openapi.json"),
            metrics: admin.map(|admin| format!("http://{admin}/metrics")),
            listen: public,
            staff_listen: staff,
            branch_id,
            link_id,
        }
    }
}

/// Binds both listeners, tells what there is to open, and serves until SIGTERM or Ctrl-C; then answers what was taken
/// in.
///
/// # Errors
///
/// If an address cannot be bound, or staff would be reached beyond this machine before anybody can sign in.
pub async fn run(app: App, options: Options, tell: impl FnOnce(&Ready)) -> anyhow::Result<()> {
    let sign_in = app.staff.sign_in().await.map_err(away)?;
    anyhow::ensure!(
        sign_in || options.staff_listen.ip().is_loopback(),
        "nobody can sign in yet, so {} would let anybody in; make the first owner with `cartwheel user create --role \
         owner --login NAME`, or listen for staff on this machine only",
        options.staff_listen
    );
    if !sign_in {
        tracing::info!(
            "staff do not sign in yet: whoever is at this machine may use the journal and the settings"
        );
    }
    if app.mailbox.is_some() {
        tracing::warn!(
            "messages are kept for everybody to read: whoever opens /dev/mailbox can sign in as anybody"
        );
    }
    let public = bind(options.listen).await?;
    let staff = bind(options.staff_listen).await?;
    let admin = match options.admin_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    if admin.is_some() {
        telemetry::begin()?;
    }
    let at = public.local_addr()?;
    let on_this_machine = at.ip().is_loopback().then(|| format!("http://{at}"));
    let app = app.reached_at(options.public_url.clone().or(on_this_machine));
    let shown = first_link(&app).await?;
    let following = followers::start(&app)?;
    let mirroring = match &options.mirror {
        Some((ledgers, to)) => Some(mirror::follow(ledgers, &app.wake, to).await?),
        None => None,
    };
    let asked_to_stop = asked_to_stop()?;
    let admin_at = admin.as_ref().map(TcpListener::local_addr).transpose()?;
    tell(&Ready::new(public.local_addr()?, staff.local_addr()?, shown, app.mailbox.is_some(), admin_at));

    let named = options.public_url.as_deref().and_then(host_in).into_iter().chain(options.hosts);
    let named: Vec<String> = named.collect();
    let hosts = |listener: SocketAddr| Hosts::and_loopback(named.iter().cloned().chain([host_of(listener)]));
    let stop = CancellationToken::new();
    let front = Front {
        limits: Arc::new(Limits::new(&options.rates, options.proxies)),
        connections: Connections::within(options.connections),
        stop: stop.clone(),
    };
    let mut serving = vec![
        tokio::spawn(front.clone().serve(public, web::public(app.clone(), hosts(options.listen)))),
        tokio::spawn(front.clone().serve(staff, web::staff(app.clone(), hosts(options.staff_listen)))),
    ];
    if let (Some(listener), Some(address)) = (admin, options.admin_listen) {
        let routes = web::admin(app.clone(), Arc::clone(&front.connections), hosts(address));
        // Apart from the others, so that it answers while they are full.
        let apart = Front { connections: Connections::within(FOR_ADMINS), ..front };
        serving.push(tokio::spawn(apart.serve(listener, routes)));
    }
    asked_to_stop.await;
    stop.cancel();
    app.watching.stop();
    let following = tokio::spawn(following.stop());
    for server in serving {
        if let Ok(served) = tokio::time::timeout(DRAIN, server).await {
            served?;
        } else {
            tracing::warn!("some requests were cut off");
        }
    }
    following.await?;
    if let Some(mirroring) = mirroring {
        mirroring.stop().await;
    }
    app.close().await;
    Ok(())
}

/// An address as the host part of a URL.
fn host_of(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}

/// The name in a URL, and the port to which it leads.
#[must_use]
pub fn host_and_port(url: &str) -> Option<(String, u16)> {
    let url: axum::http::Uri = url.parse().ok()?;
    let by_default = if url.scheme_str() == Some("https") { 443 } else { 80 };
    let host = url.host()?.trim_start_matches('[').trim_end_matches(']').to_owned();
    Some((host, url.port_u16().unwrap_or(by_default)))
}

/// The name in a URL, without its port.
fn host_in(url: &str) -> Option<String> {
    Some(url.parse::<axum::http::Uri>().ok()?.host()?.to_owned())
}

/// Whether these addresses can be listened on.
///
/// # Errors
///
/// If something else listens there, or the address is not this machine's.
pub async fn check_free(addresses: impl IntoIterator<Item = SocketAddr>) -> anyhow::Result<()> {
    for address in addresses {
        bind(address).await?;
    }
    Ok(())
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{address} cannot be listened on; is something running there already? Choose another address")
    })
}

/// Waits for SIGTERM or Ctrl-C. From the call on, before anything is awaited, they no longer end the process.
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn away(error: crate::ledger::StoreError) -> anyhow::Error {
    anyhow::anyhow!("the store cannot be asked: {error}")
}

/// A branch and a link to begin with, if there are any.
async fn first_link(app: &App) -> anyhow::Result<Option<(String, String)>> {
    for branch in app.branches().await.map_err(away)? {
        if let Some(link) = app.links(branch.branch_id).await.map_err(away)?.first() {
            return Ok(Some((branch.branch_id.to_string(), link.link_id.to_string())));
        }
    }
    Ok(None)
}
