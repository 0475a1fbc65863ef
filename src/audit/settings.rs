//! Who saved settings, when, and what that changed (S-43), read from the facts.

use aggregates::Fact;
use aggregates::branch::Branch;
use aggregates::decider::Decider;
use aggregates::ids::{BranchId, LinkId};
use projections::Recorded;
use projections::settings::{Change, branch_changes, link_changes};

use super::history::{HistoryEntry, HistoryError, Subject, named, told};
use crate::ledger::Ledger;

/// One save of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    pub entry: HistoryEntry,
    /// The version that it led to.
    pub version: u64,
    pub changes: Vec<Change>,
}

/// Every save of a link's settings, the newest first; none if there is no such link.
///
/// # Errors
///
/// If the store cannot be asked, or holds something that cannot be read.
pub async fn link_saves(
    ledger: &dyn Ledger,
    branch: BranchId,
    link: LinkId,
) -> Result<Vec<Save>, HistoryError> {
    let (_, of_branch) = read(ledger, branch, Subject::Branch).await?;
    let names = of_branch.iter().fold(Branch::default(), |names, entry| match &entry.fact {
        Fact::Branch(fact) => names.evolve(fact),
        _ => names,
    });
    let (entries, history) = read(ledger, branch, Subject::Link(link)).await?;
    Ok(newest_first(entries, &history, link_changes(&history, &names)))
}

/// Every save of a branch's settings, the newest first: its details and rules, its services, its team.
///
/// # Errors
///
/// If the store cannot be asked, or holds something that cannot be read.
pub async fn branch_saves(ledger: &dyn Ledger, branch: BranchId) -> Result<Vec<Save>, HistoryError> {
    let (entries, history) = read(ledger, branch, Subject::Branch).await?;
    Ok(newest_first(entries, &history, branch_changes(&history)))
}

async fn read(
    ledger: &dyn Ledger,
    branch: BranchId,
    subject: Subject,
) -> Result<(Vec<HistoryEntry>, Vec<Recorded>), HistoryError> {
    let (aggregate_type, id) = subject.address(branch);
    let entries = ledger.history(branch, aggregate_type, id).await.map_err(HistoryError::Store)?;
    let history = entries.iter().map(|entry| Ok(entry.read()?)).collect::<Result<_, HistoryError>>()?;
    let told = entries.iter().map(told).collect::<Result<_, _>>()?;
    Ok((named(ledger, branch, told).await?, history))
}

fn newest_first(entries: Vec<HistoryEntry>, history: &[Recorded], changes: Vec<Vec<Change>>) -> Vec<Save> {
    let saves = entries.into_iter().zip(history).zip(changes);
    let mut saves: Vec<Save> = saves
        .map(|((entry, recorded), changes)| Save { entry, version: recorded.sequence, changes })
        .collect();
    saves.reverse();
    saves
}
