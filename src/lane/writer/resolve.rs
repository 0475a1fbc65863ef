//! A commit that was not answered: whether it took place.

use std::time::Duration;

use super::{Interrupted, LaneWriter};
use crate::ledger::{Append, StoreError, Tail};

/// How long a lane tries to find out before it tells callers that it is unknown.
const RESOLVE: Duration = Duration::from_secs(5);

/// What became of an append whose commit was not answered.
pub(super) enum Outcome {
    /// It was stored; the ledger ends like this now.
    Stored(Tail),
    NotStored,
}

impl LaneWriter {
    /// Finds out whether an append was stored: raises the fence, so that it cannot arrive later, and compares the
    /// hash at its last position.
    pub(super) async fn resolve(&mut self, append: Append) -> Result<Outcome, Interrupted> {
        let expected = append.tail();
        let found = tokio::time::timeout(RESOLVE, async {
            loop {
                match self.what_became_of(expected).await {
                    Ok(found) => break found,
                    Err(error) => {
                        tracing::warn!(branch = %self.branch, %error, "an outcome is still unknown");
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
            }
        });
        found.await.map_err(|_| {
            self.unresolved = Some(append);
            Interrupted::Unknown
        })
    }

    async fn what_became_of(&self, expected: Tail) -> Result<Outcome, StoreError> {
        let now = self.ledger.raise_fence(self.branch).await?;
        let found = self.ledger.read(self.branch, expected.head - 1, 1).await?;
        let stored = found.first().is_some_and(|entry| entry.hash == expected.hash);
        Ok(if stored { Outcome::Stored(now) } else { Outcome::NotStored })
    }
}
