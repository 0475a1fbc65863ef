//! How much one address, number or token may ask for, and how many connections there are: what keeps the service there
//! for everybody else. Nothing here knows HTTP; who is told what stands in `web/turnstile.rs`.
//!
//! What is counted is a hash under a key that this process drew, in so many cells and no more: nobody is written down,
//! and a flood of addresses takes no more memory than a busy day.

pub mod connections;
mod meter;
mod network;
mod rates;

use std::fmt;

use crate::telemetry;
use meter::Meter;
pub use network::{Network, NoProxy, ProxyHeader, TrustedProxies, is_this_machine, proxy};
pub use rates::{NoRate, Rate, Rates, What};

/// What is counted in one process.
pub struct Limits {
    meters: [Option<Meter>; What::ALL.len()],
    proxies: TrustedProxies,
}

/// Somebody asked for more than they may, and has to wait so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("many requests came from here; {what} can be had again in {seconds} seconds")]
pub struct Limited {
    pub what: What,
    pub seconds: u32,
}

impl Limits {
    #[must_use]
    pub fn new(rates: &Rates, proxies: TrustedProxies) -> Self {
        Self { meters: What::ALL.map(|what| rates.of(what).map(Meter::of)), proxies }
    }

    #[must_use]
    pub fn proxies(&self) -> &TrustedProxies {
        &self.proxies
    }

    /// Counts one of these for somebody, or says how long they have to wait.
    ///
    /// # Errors
    ///
    /// If they had as much as they may.
    pub fn take(&self, what: What, whose: &[u8]) -> Result<(), Limited> {
        match self.meters.get(what as usize) {
            Some(Some(meter)) => meter.take(whose).map_err(|seconds| {
                telemetry::limited(what.name());
                Limited { what, seconds }
            }),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Limits(…)")
    }
}
