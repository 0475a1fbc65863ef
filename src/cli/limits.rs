//! How much strangers may ask for: the flags of what `limits` counts.

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use rustix::process::{Resource, getrlimit, setrlimit};

use crate::limits::connections::Bounds;
use crate::limits::{ProxyHeader, Rates, TrustedProxies, proxy};

/// Files that a process has open beside connections.
const OTHER_FILES: u64 = 128;

#[derive(Debug, Args)]
pub(super) struct Limits {
    /// How much may be asked for, like codes=40:1/min (40 at once, then one a minute; s, min or h), NAME=off, or off for all.
    /// By address, or IPv6 network of 64 bits: requests=1000:50/s, changes=300:10/s, codes=40:1/min, attempts=60:6/min. By
    /// token or session: tokens=300:20/s. By telephone number: numbers=12:12/h. Whoever asks on this machine itself is not
    /// counted.
    #[arg(long, env = "CARTWHEEL_RATE_LIMIT", value_name = "NAME=RATE", value_delimiter = ',')]
    rate_limit: Vec<String>,
    /// An address or network of proxies that are believed in saying for whom they ask, like 10.0.0.0/8; may be given several
    /// times. Without it everybody behind a proxy is counted together.
    #[arg(long, env = "CARTWHEEL_TRUSTED_PROXIES", value_name = "CIDR", value_delimiter = ',', value_parser = cidr)]
    trusted_proxy: Vec<IpNet>,
    /// The header in which they say so.
    #[arg(long, env = "CARTWHEEL_PROXY_HEADER", value_enum, default_value_t = Header::XForwardedFor)]
    proxy_header: Header,
    /// How many connections there may be.
    #[arg(long, env = "CARTWHEEL_CONNECTIONS", value_name = "NUMBER", default_value_t = 4_096)]
    connections: usize,
    /// How many of them may come from one address, or IPv6 network of 64 bits, that is neither a trusted proxy nor this machine.
    #[arg(long, env = "CARTWHEEL_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER", default_value_t = 256)]
    connections_per_address: usize,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Header {
    XForwardedFor,
    Forwarded,
}

impl Limits {
    pub(super) fn rates(&self) -> anyhow::Result<Rates> {
        Ok(Rates::parse(self.rate_limit.iter().map(String::as_str))?)
    }

    pub(super) fn proxies(&self) -> TrustedProxies {
        let header = match self.proxy_header {
            Header::XForwardedFor => ProxyHeader::XForwardedFor,
            Header::Forwarded => ProxyHeader::Forwarded,
        };
        TrustedProxies { networks: self.trusted_proxy.clone(), header }
    }

    /// As many connections as were asked for, or as there may be open files.
    pub(super) fn connections(&self) -> Bounds {
        let files = open_files().saturating_sub(OTHER_FILES);
        let most = usize::try_from(files).unwrap_or(usize::MAX).max(1);
        if most < self.connections {
            tracing::warn!(connections = most, "there may not be more open files (ulimit -n)");
        }
        Bounds { all: self.connections.min(most), of_one: self.connections_per_address }
    }
}

/// How many files this process may have open, once it asked for as many as it may.
fn open_files() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let most = rustix::process::Rlimit { current: limit.maximum, maximum: limit.maximum };
    let limit = if setrlimit(Resource::Nofile, most).is_ok() { most } else { limit };
    limit.current.unwrap_or(u64::MAX)
}

fn cidr(text: &str) -> Result<IpNet, String> {
    proxy(text).map_err(|error| error.to_string())
}
