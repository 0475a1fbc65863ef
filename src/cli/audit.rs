//! What is done with the ledger itself: rows made anew, the whole store verified, a history read, ledgers exported.

mod checkpoints;
mod export;
mod refusals;
mod states;

use std::process::ExitCode;
use std::sync::Arc;

use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, ClientId, LinkId};
use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use indicatif::HumanCount;
use serde::Serialize;
use uuid::Uuid;

use self::checkpoints::Checkpoint;
pub(super) use self::checkpoints::{Against, Scheduled};
use self::export::{Check, Export};
use self::refusals::Refusals;
use super::mirror::Mirror;
use super::progress::bar;
use super::stores::{Ledgers, Store};
use super::{Format, Output};
use crate::audit::{self, HistoryEntry, Subject, Verdict};
use crate::ledger::{Ledger, StoreError};
use crate::mirror::Compared;
use crate::read_models::rebuild;

/// What to read.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Everything that happened to one thing.
    History(History),
    /// How one thing stood at a position of the ledger, or at a moment.
    State(states::State),
    /// What changed in a branch between two of them.
    Difference(states::Difference),
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
    /// What was done with what is known of them, their memberships and appointments.
    Client,
    Link,
    Branch,
}

impl Audit {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::History(history) => history.run().await?,
            Self::State(state) => state.run().await?,
            Self::Difference(difference) => difference.run().await?,
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
            let found = match self.kind.subject(self.id) {
                Subject::Client(client) => {
                    let facts = audit::of_client(ledger, branch, client).await?;
                    facts.into_iter().map(|(entry, _)| entry).collect()
                }
                subject => audit::history(ledger, branch, subject).await?,
            };
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
            Self::Client => Subject::Client(ClientId(id)),
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
pub(super) async fn bar_of_facts(
    ledger: &dyn Ledger,
    what: &'static str,
) -> (indicatif::ProgressBar, Arc<audit::Told>) {
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

/// What was verified: a store, and its mirror if it has one.
#[derive(Debug, Serialize)]
struct Verified {
    #[serde(flatten)]
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    mirror: Option<Compared>,
}

pub(super) async fn verify(store: &Ledgers, against: &Against, mirror: &Mirror, format: Format) -> ExitCode {
    const CANNOT_TELL: u8 = 2;
    match verified(store, against, mirror).await.and_then(|verified| report(&verified, format)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(CANNOT_TELL)
        }
    }
}

async fn verified(store: &Ledgers, against: &Against, mirror: &Mirror) -> anyhow::Result<Verified> {
    let anchors = against.read()?;
    let ledger = store.open().await?;
    let (bar, told) = bar_of_facts(ledger.as_ref(), "Verifying").await;
    let verdict = audit::verify_against(&ledger, &anchors, told).await;
    bar.finish_and_clear();
    let mirror = match &verdict {
        Ok(Verdict { difference: None, .. }) => mirror.compare(&ledger).await,
        _ => Ok(None),
    };
    ledger.close().await;
    Ok(Verified { verdict: verdict?, mirror: mirror? })
}

fn report(verified: &Verified, format: Format) -> anyhow::Result<ExitCode> {
    let Verified { verdict, mirror } = verified;
    let mirrored = mirror.as_ref().and_then(|mirror| mirror.difference.as_ref());
    let clean = verdict.difference.is_none() && mirrored.is_none();
    if format == Format::Json {
        say!("{}", serde_json::to_string(verified).context("the verdict cannot be written")?);
    } else {
        let (branches, facts) = (verdict.branches, HumanCount(verdict.facts));
        let agrees = || format!("Clean: {branches} branches, {facts} facts.");
        say!("{}", verdict.difference.as_ref().map_or_else(agrees, |it| format!("Difference: {it}.")));
        match (mirror, mirrored) {
            (_, Some(difference)) => say!("Difference in the mirror: {difference}."),
            (Some(Compared { facts, behind, .. }), None) => {
                say!("Mirrored: {} facts; {} are not there yet.", HumanCount(*facts), HumanCount(*behind));
            }
            (None, None) => {}
        }
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
