//! `backup` and `restore`: a store as it was at one moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aggregates::ids::BranchId;
use anyhow::Context;
use clap::Args;
use indicatif::HumanCount;
use uuid::Uuid;

use super::mirror::{self, Source};
use super::progress::bar;
use super::stores::{Ledgers, Store};
use super::{Format, Output};
use crate::audit::{self, Verdict};
use crate::ledger::Address;
use crate::ledger::sqlite::backup::copy;

/// What to say of a store that is not a file.
const POSTGRES: &str = "a PostgreSQL database is backed up with its own tools, while the service goes on: \
                        `pg_dump --format=custom --file=FILE ADDRESS`, and into an empty database \
                        `pg_restore --dbname=ADDRESS FILE`, then `cartwheel verify`";

#[derive(Debug, Args)]
pub(super) struct BackUp {
    /// The file to make. It must not exist yet.
    #[arg(long)]
    to: PathBuf,
    #[command(flatten)]
    store: Ledgers,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// A file that `backup` made, or an EventStoreDB that facts were mirrored to: `esdb://USER:PASSWORD@HOST:2113`.
    #[arg(long, value_name = "FILE|URL")]
    from: Source,
    /// A branch to restore from EventStoreDB, if not all are wanted; may be given several times.
    #[arg(long = "branch", value_name = "ID")]
    branches: Vec<Uuid>,
    #[command(flatten)]
    store: Store,
    #[command(flatten)]
    output: Output,
}

impl BackUp {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        copied(file(&self.store.store)?, &self.to).await?;
        let verdict = verified(&self.to).await?;
        match self.output.format {
            Format::Json => say!("{}", serde_json::to_string(&verdict)?),
            Format::Text => {
                tell("Backed up and verified", &verdict);
                say!(
                    "The key to personal data is not part of it: keep a copy of the key file in another place."
                );
            }
        }
        Ok(())
    }
}

impl Restore {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let format = self.output.format;
        match self.from {
            Source::Streams(mirror) => {
                let branches: Vec<BranchId> = self.branches.into_iter().map(BranchId).collect();
                mirror::restore(&mirror, &branches, &self.store.at(false), format).await
            }
            Source::Backup(_) if !self.branches.is_empty() => {
                anyhow::bail!("a backup is restored whole; --branch is for EventStoreDB")
            }
            Source::Backup(backup) => restored(&backup, file(&self.store.ledgers.store)?, format).await,
        }
    }
}

async fn restored(from: &Path, store: &Path, format: Format) -> anyhow::Result<()> {
    let verdict = verified(from).await?;
    copied(from, store).await?;
    match format {
        Format::Json => say!("{}", serde_json::to_string(&verdict)?),
        Format::Text => {
            tell("Verified and restored", &verdict);
            say!("Personal data opens with the key file that belonged to the store when it was backed up.");
        }
    }
    Ok(())
}

fn tell(done: &str, verdict: &Verdict) {
    let (branches, facts) = (HumanCount(verdict.branches as u64), HumanCount(verdict.facts));
    say!("{done}: {branches} branches, {facts} facts.");
}

/// The file of a store.
fn file(address: &Address) -> anyhow::Result<&Path> {
    match address {
        Address::Sqlite(path) => Ok(path),
        Address::Postgres(_) => anyhow::bail!(POSTGRES),
    }
}

/// Copies a store in a file, with a bar.
pub(super) async fn copied(from: &Path, to: &Path) -> anyhow::Result<()> {
    let (from, to) = (from.to_owned(), to.to_owned());
    let copying = tokio::task::spawn_blocking(move || {
        let bar = bar(0, "Copying");
        let copied = copy(&from, &to, |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        copied
    });
    Ok(copying.await??)
}

/// What a copy holds, if it is whole.
async fn verified(copy: &Path) -> anyhow::Result<Verdict> {
    anyhow::ensure!(copy.exists(), "there is no file {}", copy.display());
    let ledger = Address::Sqlite(copy.to_owned()).open(false).await?;
    let verdict = audit::verify(&ledger, Arc::new(|_| ())).await;
    ledger.close().await;
    let verdict = verdict.context("the copy cannot be verified")?;
    if let Some(difference) = &verdict.difference {
        anyhow::bail!("{} is not as it should be: {difference}", copy.display());
    }
    Ok(verdict)
}
