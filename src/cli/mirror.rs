//! EventStoreDB: where facts are mirrored to, compared with, and restored from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use aggregates::ids::BranchId;
use anyhow::Context;
use clap::Args;
use indicatif::HumanCount;
use serde::Serialize;

use super::Format;
use super::audit::bar_of_facts;
use super::backup::copied;
use super::progress::counter;
use crate::app::StoreAt;
use crate::audit::{self, Verdict};
use crate::ledger::{Address, Ledger};
use crate::mirror::{self, Compared, Connection, Restored};
use crate::vault::MasterKey;

/// What does not come back from streams, for whoever restored from them.
const LOST: &str = "\
What never was a fact does not come back from there: names, telephone numbers and e-mail addresses of clients; the private
links that they hold; answers to commands that are asked again with their old key; users and tokens of staff; webhooks; signed
checkpoints.";

#[derive(Debug, Args)]
pub(super) struct Mirror {
    /// Where facts are kept a second time: an EventStoreDB, `esdb://USER:PASSWORD@HOST:2113`, with `?tls=false` for one without
    /// TLS. Each branch becomes a stream there, `branch-ID`.
    #[arg(long = "mirror", env = "CARTWHEEL_MIRROR", value_name = "URL", hide_env_values = true)]
    address: Option<mirror::Address>,
}

impl Mirror {
    /// Where the mirror is, if there is one.
    pub(super) fn address(&self) -> Option<mirror::Address> {
        self.address.clone()
    }

    /// The mirror, if there is one.
    pub(super) fn connection(&self) -> anyhow::Result<Option<Connection>> {
        self.address.as_ref().map(connection).transpose()
    }

    /// Compares the mirror with a store, if there is one.
    pub(super) async fn compare(&self, ledger: &Arc<dyn Ledger>) -> anyhow::Result<Option<Compared>> {
        let Some(connection) = self.connection()? else { return Ok(None) };
        let streams = branches(&connection).await?;
        let (bar, told) = bar_of_facts(ledger.as_ref(), "Comparing").await;
        let compared = mirror::compare(ledger, &connection, streams, told).await;
        bar.finish_and_clear();
        Ok(Some(compared?))
    }
}

fn connection(address: &mirror::Address) -> anyhow::Result<Connection> {
    Connection::new(address).with_context(|| format!("there is no connection to {address}"))
}

/// The branches that have streams.
async fn branches(connection: &Connection) -> anyhow::Result<BTreeSet<BranchId>> {
    let bar = counter("Looking");
    let told = bar.clone();
    let found = mirror::branches(connection, &move |more| told.inc(more)).await;
    bar.finish_and_clear();
    found.with_context(|| format!("{connection} cannot be asked"))
}

/// What a store is restored from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A file that `backup` made.
    Backup(PathBuf),
    /// The streams of a mirror.
    Streams(mirror::Address),
}

impl FromStr for Source {
    type Err = mirror::NotAnAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if ["esdb:", "esdb+discover:"].iter().any(|scheme| text.starts_with(scheme)) {
            return text.parse().map(Self::Streams);
        }
        Ok(Self::Backup(text.into()))
    }
}

/// What became of a store that was made from streams.
#[derive(Debug, Serialize)]
struct Report {
    restored: Restored,
    lost: &'static str,
}

/// Makes a store from the streams of a mirror, and verifies it. What there is of it when that fails is thrown away.
pub(super) async fn restore(
    from: &mirror::Address,
    only: &[BranchId],
    store: &StoreAt,
    format: Format,
) -> anyhow::Result<()> {
    let to = &store.address;
    anyhow::ensure!(
        !to.is_there().await?,
        "there is a store at {to} already; please choose another name or remove it first"
    );
    let restored = match to {
        Address::Postgres(_) => made(from, only, to).await?,
        Address::Sqlite(file) => {
            let beside = beside(file);
            let unfinished = Address::Sqlite(beside.clone());
            // What an earlier restore left.
            unfinished.remove().await?;
            let restored = made(from, only, &unfinished).await?;
            // A copy has its name once it is whole and on the disk.
            let named = copied(&beside, file).await;
            unfinished.remove().await?;
            named.map(|()| restored)?
        }
    };
    let key = store.master_key_path();
    let had_key = key.exists();
    MasterKey::read_or_make(&key, true)?;
    match format {
        Format::Json => say!("{}", serde_json::to_string(&Report { restored, lost: LOST })?),
        Format::Text => {
            let (branches, facts) = (HumanCount(restored.branches as u64), HumanCount(restored.facts));
            say!("Restored and verified: {branches} branches, {facts} facts.");
            say!("{LOST}");
            if !had_key {
                say!("A new key to personal data was made: {}.", key.display());
            }
        }
    }
    Ok(())
}

/// Where a file is made until it is whole.
fn beside(file: &Path) -> PathBuf {
    let mut beside = file.as_os_str().to_owned();
    beside.push(".restoring");
    beside.into()
}

/// Makes a store there, or leaves nothing.
async fn made(from: &mirror::Address, only: &[BranchId], to: &Address) -> anyhow::Result<Restored> {
    let filled = filled(from, only, to).await;
    if filled.is_err() {
        to.remove().await?;
    }
    filled
}

async fn filled(from: &mirror::Address, only: &[BranchId], to: &Address) -> anyhow::Result<Restored> {
    let connection = connection(from)?;
    let chosen = match only {
        [] => branches(&connection).await?.into_iter().collect(),
        only => only.to_vec(),
    };
    anyhow::ensure!(!chosen.is_empty(), "there is no stream of a branch on {from}");
    let ledger = to.open(true).await?;
    let bar = counter("Restoring");
    let told = {
        let bar = bar.clone();
        Arc::new(move |more| bar.inc(more))
    };
    let restored = mirror::restore(&connection, &ledger, &chosen, told).await;
    bar.finish_and_clear();
    let verdict = match restored {
        Ok(restored) => verified(&ledger).await.map(|()| restored),
        Err(error) => Err(error).with_context(|| format!("nothing was restored from {from}")),
    };
    ledger.close().await;
    verdict
}

async fn verified(ledger: &Arc<dyn Ledger>) -> anyhow::Result<()> {
    let (bar, told) = bar_of_facts(ledger.as_ref(), "Verifying").await;
    let verdict = audit::verify(ledger, told).await;
    bar.finish_and_clear();
    let Verdict { difference, .. } = verdict.context("what was restored cannot be verified")?;
    match difference {
        Some(difference) => anyhow::bail!("what was restored is not as it should be: {difference}"),
        None => Ok(()),
    }
}
