//! What is done with the ledger itself: rows made anew, the whole store verified, a history read, ledgers exported.

mod checkpoints;
mod export;
mod refusals;

use std::process::ExitCode;
use std::sync::Arc;

use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, LinkId};
use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use indicatif::HumanCount;
use uuid::Uuid;

use self::checkpoints::Checkpoint;
pub(super) use self::checkpoints::{Against, Scheduled};
use self::export::{Check, Export};
use self::refusals::Refusals;
use super::progress::bar;
use super::stores::{Ledgers, Store};
use super::{Format, Output};
use crate::audit::{self, HistoryEntry, Subject, Verdict};
use crate::ledger::{Ledger, StoreError};
use crate::read_models::rebuild;

/// What to read.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Everything that happened to one thing.
    History(History),
    /// What was refused lately, and why. No part of the ledger: a week at most, and not all of a flood.
    Refusals(Refusals),
    /// Write ledgers to a file, with a signed manifest beside it, so that anybody can check them.
    Export(Export),
    /// Check such a file, without a store: 0 means that it is what was signed, 1 a difference, 2 that it cannot be told.
    Check(Check),
    /// Sign where each ledger ends now, if it moved since that was signed last: a history that is rewritten is found by it.
    Checkpoint(Checkpoint),
    /// Print the key by which exports of this store are known.
    Key {
        #[command(flatten)]
        store: Store,
    },
}

#[derive(Debug, Args)]
pub(super) struct History {
    /// What it is.
    kind: Kind,
    /// Its id.
    id: Uuid,
    /// Its branch; without it, all branches are searched.
    #[arg(long)]
    branch: Option<Uuid>,
    #[command(flatten)]
    store: Ledgers,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Cart,
    /// One date of an event.
    Activity,
    Appointment,
    Link,
    Branch,
}

impl Audit {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::History(history) => history.run().await?,
            Self::Refusals(refusals) => refusals.run().await?,
            Self::Export(export) => export.run().await?,
            Self::Check(check) => return Ok(check.run()),
            Self::Checkpoint(checkpoint) => checkpoint.run().await?,
            Self::Key { store } => export::key(store).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl History {
    async fn run(self) -> anyhow::Result<()> {
        let ledger = self.store.open().await?;
        let found = self.find(ledger.as_ref()).await?;
        match self.output.format {
            Format::Json => say!("{}", serde_json::to_string(&found)?),
            Format::Text => found.iter().for_each(tell),
        }
        ledger.close().await;
        Ok(())
    }

    async fn find(&self, ledger: &dyn Ledger) -> anyhow::Result<Vec<HistoryEntry>> {
        let branches = match (self.kind, self.branch) {
            (Kind::Branch, _) => vec![BranchId(self.id)],
            (_, Some(branch)) => vec![BranchId(branch)],
            (_, None) => ledger.branches().await.map_err(away)?,
        };
        for branch in branches {
            let found = audit::history(ledger, branch, self.kind.subject(self.id)).await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let kind = self.kind.to_possible_value();
        let kind = kind.as_ref().map_or("thing", clap::builder::PossibleValue::get_name);
        anyhow::bail!("there is no {kind} {} in this store", self.id)
    }
}

impl Kind {
    fn subject(self, id: Uuid) -> Subject {
        match self {
            Self::Cart => Subject::Cart(CartId(id)),
            Self::Activity => Subject::Activity(ActivityId(id)),
            Self::Appointment => Subject::Appointment(AppointmentId(id)),
            Self::Link => Subject::Link(LinkId(id)),
            Self::Branch => Subject::Branch,
        }
    }
}

fn tell(entry: &HistoryEntry) {
    let HistoryEntry { position, at, actor, actor_name, request, cause, sentence } = entry;
    let who = actor_name.as_ref().map_or_else(|| actor.clone(), |name| format!("{name}, {actor}"));
    let at = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    say!("{position:>8}  {at}  {sentence}  ({who}: {cause}, request {request})");
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn away(error: StoreError) -> anyhow::Error {
    anyhow::anyhow!("the store cannot be asked: {error}")
}

/// A bar over all facts of a store, and what to tell it with. If they cannot be counted, what follows says why.
async fn bar_of_facts(ledger: &dyn Ledger, what: &'static str) -> (indicatif::ProgressBar, Arc<audit::Told>) {
    let bar = bar(count(ledger).await.unwrap_or(0), what);
    let told = bar.clone();
    (bar, Arc::new(move |more| told.inc(more)))
}

async fn count(ledger: &dyn Ledger) -> Result<u64, StoreError> {
    let mut facts = 0;
    for branch in ledger.branches().await? {
        facts += ledger.tail(branch).await?.head;
    }
    Ok(facts)
}

pub(super) async fn rebuild(ledger: Arc<dyn Ledger>, workers: usize, format: Format) -> anyhow::Result<()> {
    let (bar, told) = bar_of_facts(ledger.as_ref(), "Folding").await;
    let rebuilt = rebuild::all(&ledger, workers, told).await;
    bar.finish_and_clear();
    let facts = rebuilt?;
    let branches = ledger.branches().await.map_err(away)?.len();
    ledger.close().await;
    match format {
        Format::Json => say!("{}", serde_json::json!({"branches": branches, "facts": facts})),
        Format::Text => {
            say!("The rows of {branches} branches were made anew from {} facts.", HumanCount(facts));
        }
    }
    Ok(())
}

pub(super) async fn verify(store: &Ledgers, against: &Against, format: Format) -> ExitCode {
    const CANNOT_TELL: u8 = 2;
    match verdict(store, against).await.and_then(|verdict| report(&verdict, format)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(CANNOT_TELL)
        }
    }
}

async fn verdict(store: &Ledgers, against: &Against) -> anyhow::Result<Verdict> {
    let anchors = against.read()?;
    let ledger = store.open().await?;
    let (bar, told) = bar_of_facts(ledger.as_ref(), "Verifying").await;
    let verdict = audit::verify_against(&ledger, &anchors, told).await;
    bar.finish_and_clear();
    ledger.close().await;
    Ok(verdict?)
}

fn report(verdict: &Verdict, format: Format) -> anyhow::Result<ExitCode> {
    let code = if verdict.difference.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    match (format, &verdict.difference) {
        (Format::Json, _) => {
            say!("{}", serde_json::to_string(verdict).context("the verdict cannot be written")?);
        }
        (Format::Text, Some(difference)) => say!("Difference: {difference}."),
        (Format::Text, None) => {
            say!("Clean: {} branches, {} facts.", verdict.branches, HumanCount(verdict.facts));
        }
    }
    Ok(code)
}
