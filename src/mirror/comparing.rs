//! Whether the streams hold what the ledgers do.

use std::collections::BTreeSet;
use std::sync::Arc;

use aggregates::ids::BranchId;
use serde::Serialize;

use super::connection::{Away, Connection};
use super::stream::{Stopped, Stream};
use crate::audit::{Difference, Place, Told};
use crate::ledger::{Entry, Ledger, StoreError};

/// What was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Facts that ledger and stream have alike.
    pub facts: u64,
    /// Facts that the streams do not hold yet.
    pub behind: u64,
    /// The first one, by branch; branches after it were not looked at.
    pub difference: Option<Difference>,
}

/// Why nothing can be said about a mirror.
#[derive(Debug, thiserror::Error)]
pub enum NotCompared {
    #[error("EventStoreDB cannot be asked: {0}")]
    Away(#[from] Away),
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
}

/// Compares every ledger with its stream, fact by fact, and the streams of these branches with their ledgers. The service may
/// go on writing meanwhile: a stream may end before its ledger, not after it.
///
/// # Errors
///
/// If either side cannot be asked.
pub async fn compare(
    ledger: &Arc<dyn Ledger>,
    connection: &Connection,
    mut branches: BTreeSet<BranchId>,
    told: Arc<Told>,
) -> Result<Compared, NotCompared> {
    branches.extend(ledger.branches().await.map_err(NotCompared::Store)?);
    let mut compared = Compared { facts: 0, behind: 0, difference: None };
    for branch in branches {
        let mut stream = Stream::new(connection, branch);
        match follow(ledger.as_ref(), branch, &mut stream, told.as_ref()).await {
            Ok(()) => {}
            Err(Found::Difference(difference)) => {
                compared.difference = Some(*difference);
                return Ok(compared);
            }
            Err(Found::Unknown(why)) => return Err(why),
        }
        compared.facts += stream.at();
        let head = ledger.tail(branch).await.map_err(NotCompared::Store)?.head;
        compared.behind += head.saturating_sub(stream.at());
    }
    Ok(compared)
}

enum Found {
    Difference(Box<Difference>),
    Unknown(NotCompared),
}

impl From<Stopped> for Found {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Away(away) => Self::Unknown(away.into()),
            Stopped::Differs(difference) => Self::Difference(difference),
        }
    }
}

/// Compares one stream to its end.
async fn follow(
    ledger: &dyn Ledger,
    branch: BranchId,
    stream: &mut Stream<'_>,
    told: &Told,
) -> Result<(), Found> {
    loop {
        let after = stream.at();
        let mirrored = stream.next().await?;
        if mirrored.is_empty() {
            return Ok(());
        }
        let limit = u32::try_from(mirrored.len()).unwrap_or(u32::MAX);
        let kept = ledger.read(branch, after, limit).await;
        let kept = kept.map_err(|error| Found::Unknown(NotCompared::Store(error)))?;
        for (number, fact) in mirrored.iter().enumerate() {
            if kept.get(number) != Some(fact) {
                return Err(Found::Difference(Box::new(differs(branch, fact, kept.get(number)))));
            }
        }
        told(mirrored.len() as u64);
    }
}

fn differs(branch: BranchId, mirrored: &Entry, kept: Option<&Entry>) -> Difference {
    let said = |fact: &Entry| format!("{} with hash {}", fact.event_type, fact.hash);
    Difference {
        branch_id: Some(branch),
        place: Place::Position(mirrored.position),
        is: format!("{} in the mirror", said(mirrored)),
        should_be: kept.map_or_else(|| "nothing, as in the ledger".to_owned(), said),
    }
}
