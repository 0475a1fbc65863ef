//! A store made from the streams: every fact, letter by letter, and the rows that follow from them.
//!
//! What never was a fact does not come back: whom clients are, what commands were asked, who signs in, and where
//! webhooks go.

use std::sync::Arc;

use aggregates::ids::BranchId;
use serde::Serialize;

use super::connection::{Away, Connection};
use super::stream::{Stopped, Stream};
use crate::audit::{Difference, Place, Told};
use crate::ledger::{Append, AppendError, Entry, Ledger, StoreError, Unreadable};
use crate::read_models::WholeFold;

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    pub branches: usize,
    pub facts: u64,
}

/// Why a store was not restored; what is there by then is not whole.
#[derive(Debug, thiserror::Error)]
pub enum NotRestored {
    #[error("EventStoreDB cannot be asked: {0}")]
    Away(#[from] Away),
    #[error("there is no stream of branch {0}, or nothing in it")]
    NoBranch(BranchId),
    #[error("the stream is not as it should be: {0}")]
    Differs(Difference),
    #[error("branch {0} has facts in this store already")]
    NotEmpty(BranchId),
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
    #[error("{0}")]
    NotSaved(#[from] AppendError),
}

impl From<Stopped> for NotRestored {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Away(away) => Self::Away(away),
            Stopped::Differs(difference) => Self::Differs(*difference),
        }
    }
}

/// Puts the facts of these branches into a store that has none of them.
///
/// # Errors
///
/// If EventStoreDB or the store cannot be asked, or with the first place at which a stream is not as it should be.
pub async fn restore(
    connection: &Connection,
    ledger: &Arc<dyn Ledger>,
    branches: &[BranchId],
    told: Arc<Told>,
) -> Result<Restored, NotRestored> {
    let mut restored = Restored { branches: branches.len(), facts: 0 };
    for &branch in branches {
        match restore_branch(connection, ledger.as_ref(), branch, told.as_ref()).await? {
            0 => return Err(NotRestored::NoBranch(branch)),
            facts => restored.facts += facts,
        }
    }
    Ok(restored)
}

/// Returns how many facts there were.
async fn restore_branch(
    connection: &Connection,
    ledger: &dyn Ledger,
    branch: BranchId,
    told: &Told,
) -> Result<u64, NotRestored> {
    let mut after = ledger.tail(branch).await.map_err(NotRestored::Store)?;
    if 0 < after.head {
        return Err(NotRestored::NotEmpty(branch));
    }
    let (mut stream, mut fold) = (Stream::new(connection, branch), WholeFold::default());
    loop {
        let facts = stream.next().await?;
        if facts.is_empty() {
            break;
        }
        for fact in &facts {
            fold.take(&fact.read().map_err(|error| unreadable(branch, fact, &error))?);
        }
        let read = facts.len() as u64;
        let append = Append {
            branch,
            after,
            entries: Arc::new(facts),
            rows: vec![],
            records: vec![],
            changes: vec![],
        };
        after = append.tail();
        ledger.append(append).await?;
        told(read);
    }
    if 0 < after.head {
        let locked = ledger.lock(branch).await.map_err(NotRestored::Store)?;
        locked.replace_rows(after, fold.rows(branch)).await?;
    }
    Ok(after.head)
}

fn unreadable(branch: BranchId, fact: &Entry, error: &Unreadable) -> NotRestored {
    NotRestored::Differs(Difference {
        branch_id: Some(branch),
        place: Place::Position(fact.position),
        is: error.to_string(),
        should_be: "a fact that this release can read".to_owned(),
    })
}
