//! Clients who are erased while somebody books for them.
//!
//! Whoever books was looked up before. A step must find out if they were erased since, without asking the store each
//! time: as long as the lane follows the ledger it hears of every erasure, its own and those of others.

use std::collections::HashSet;
use std::time::Instant;

use aggregates::client::Client;
use aggregates::ids::ClientId;

use super::Staging;
use crate::ledger::StoreError;

/// The erasures that a lane heard of.
#[derive(Debug, Default)]
pub(super) struct Erasures {
    /// Since when it hears of all of them.
    since: Option<Instant>,
    heard: HashSet<ClientId>,
}

impl Staging {
    pub(super) fn erasures(&self) -> std::sync::MutexGuard<'_, Erasures> {
        self.erasures.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The lane knows where the ledger ends, and from now on hears of everything that is stored behind it.
    pub fn follow(&self) {
        *self.erasures() = Erasures { since: Some(Instant::now()), heard: HashSet::new() };
    }

    /// A client was erased.
    pub fn note_erased(&self, client: ClientId) {
        self.erasures().heard.insert(client);
    }

    /// Whether a client who was known at that moment is erased by now.
    ///
    /// # Errors
    ///
    /// If the store has to be asked and cannot be.
    pub async fn is_erased(&self, client: ClientId, known_at: Instant) -> Result<bool, StoreError> {
        if self.erasures().heard.contains(&client) {
            return Ok(true);
        }
        if self.heard_since(known_at) {
            return Ok(false);
        }
        Ok(self.get::<Client>(client.0).await?.is_erased())
    }

    /// Whether the lane heard of everything that was stored since.
    #[must_use]
    pub fn heard_since(&self, moment: Instant) -> bool {
        self.erasures().since.is_some_and(|since| since <= moment)
    }
}
