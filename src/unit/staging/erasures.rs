//! Clients who are erased while somebody books for them.
//!
//! Whoever books was looked up before. A step must find out if they were erased since, without asking the store each
//! time: as long as the lane follows the ledger it hears of every erasure, its own and those of others.

use std::collections::{HashSet, VecDeque};
use std::time::Instant;

use aggregates::Fact;
use aggregates::client::{Client, ClientEvent};
use aggregates::ids::ClientId;

use super::{Staged, Staging};
use crate::ledger::StoreError;

/// The erasures that a lane heard of.
#[derive(Debug, Default)]
pub(super) struct Erasures {
    /// Since when it hears of all of them.
    since: Option<Instant>,
    heard: HashSet<ClientId>,
    /// On their way to the store, by layer.
    expected: VecDeque<Vec<ClientId>>,
}

impl Erasures {
    fn name(&self, client: ClientId) -> bool {
        self.heard.contains(&client) || self.expected.iter().flatten().any(|erased| *erased == client)
    }
}

impl Staging {
    fn erasures(&self) -> std::sync::MutexGuard<'_, Erasures> {
        self.erasures.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The lane knows where the ledger ends, and from now on hears of everything that is stored behind it.
    pub fn follow(&self) {
        self.erasures().since = Some(Instant::now());
    }

    /// The lane does not follow the ledger any more. What is on its way stays so.
    pub(super) fn forget_erasures(&self) {
        let mut erasures = self.erasures();
        (erasures.since, erasures.heard) = (None, HashSet::new());
    }

    /// What a layer erases is believed in, as the layer is.
    pub(super) fn expect_erasures(&self, facts: &[Staged]) {
        let erased = facts.iter().filter(|it| matches!(it.fact, Fact::Client(ClientEvent::Erased(_))));
        self.erasures().expected.push_back(erased.map(|it| ClientId(it.id)).collect());
    }

    /// The oldest layer is stored.
    pub(super) fn absorb_erasures(&self) {
        let mut erasures = self.erasures();
        let erased = erasures.expected.pop_front().unwrap_or_default();
        erasures.heard.extend(erased);
    }

    /// No layer is.
    pub(super) fn take_back_erasures(&self) {
        self.erasures().expected.clear();
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
        if self.erasures().name(client) {
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
