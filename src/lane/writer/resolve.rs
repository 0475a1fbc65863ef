//! A commit that was not answered: whether it took place.

use std::time::Duration;

use super::{Interrupted, LaneWriter};
use crate::ledger::{StoreError, Tail};

/// How long a lane tries to find out before it tells callers that it is unknown.
const RESOLVE: Duration = Duration::from_secs(5);

/// What became of an append whose commit was not answered.
pub(super) enum Outcome {
    Stored,
    NotStored,
}

impl LaneWriter {
    /// Finds out whether an append was stored after which the ledger was expected to end like this: raises the fence,
    /// so that it cannot arrive later, and compares the hash at its last position.
    pub(super) async fn resolve(&mut self, expected: Tail) -> Result<Outcome, Interrupted> {
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
            self.unresolved = Some(expected);
            Interrupted::Unknown
        })
    }

    async fn what_became_of(&mut self, expected: Tail) -> Result<Outcome, StoreError> {
        self.ledger.raise_fence(self.branch).await?;
        let found = self.ledger.read(self.branch, expected.head - 1, 1).await?;
        let stored = found.first().is_some_and(|entry| entry.hash == expected.hash);
        Ok(if stored { Outcome::Stored } else { Outcome::NotStored })
    }
}
