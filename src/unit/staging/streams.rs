//! The stored facts of a branch, as the stock event store asks for them.

use std::sync::{Arc, Mutex, PoisonError};

use aggregates::ids::BranchId;
use cqrs_es::Aggregate;
use cqrs_es::persist::{
    PersistedEventRepository, PersistenceError, ReplayStream, SerializedEvent, SerializedSnapshot,
};
use rustc_hash::FxHashMap;
use serde_json::Value;
use uuid::Uuid;

use super::Key;
use crate::ledger::{Ledger, StoreError, stored_id};

/// Facts by aggregate type and stored id.
type Fetched = FxHashMap<(&'static str, String), Vec<SerializedEvent>>;

/// The stored facts of a branch's aggregates, as the stock event store asks for them.
#[derive(Clone)]
pub(super) struct PersistedStreams {
    branch: BranchId,
    ledger: Arc<dyn Ledger>,
    fetched: Arc<Mutex<Fetched>>,
}

impl PersistedStreams {
    pub(super) fn new(branch: BranchId, ledger: Arc<dyn Ledger>) -> Self {
        Self { branch, ledger, fetched: Arc::default() }
    }

    pub(super) fn ledger(&self) -> &dyn Ledger {
        self.ledger.as_ref()
    }

    /// Fetches the facts of these aggregates in one query, in the place of what was fetched before.
    pub(super) async fn fetch(&self, keys: &[Key]) -> Result<(), StoreError> {
        let mut found: Fetched =
            keys.iter().map(|(name, id)| ((*name, stored_id(self.branch, *id)), vec![])).collect();
        let events = if keys.is_empty() { vec![] } else { self.ledger.streams(self.branch, keys).await? };
        for event in events {
            let name = keys.iter().map(|(name, _)| *name).find(|name| *name == event.aggregate_type);
            if let Some(stream) = name.and_then(|name| found.get_mut(&(name, event.aggregate_id.clone()))) {
                stream.push(event);
            }
        }
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        *fetched = found;
        Ok(())
    }
}

impl PersistedEventRepository for PersistedStreams {
    async fn get_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        let fetched = self
            .fetched
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&(A::TYPE, aggregate_id.to_owned()));
        if let Some(events) = fetched {
            return Ok(events);
        }
        let id = aggregate_id.rsplit('/').next().unwrap_or_default();
        let id = Uuid::parse_str(id).map_err(|error| PersistenceError::UnknownError(error.into()))?;
        self.ledger
            .streams(self.branch, &[(A::TYPE, id)])
            .await
            .map_err(|error| PersistenceError::ConnectionError(boxed(&error)))
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
        last_sequence: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        let mut events = self.get_events::<A>(aggregate_id).await?;
        events.retain(|event| last_sequence < event.sequence);
        Ok(events)
    }

    async fn get_snapshot<A: Aggregate>(
        &self,
        _: &str,
    ) -> Result<Option<SerializedSnapshot>, PersistenceError> {
        Ok(None)
    }

    async fn persist<A: Aggregate>(
        &self,
        _: &[SerializedEvent],
        _: Option<(String, Value, usize)>,
    ) -> Result<(), PersistenceError> {
        Err(PersistenceError::UnknownError("facts are stored by an append to the ledger".into()))
    }

    async fn stream_events<A: Aggregate>(&self, _: &str) -> Result<ReplayStream, PersistenceError> {
        Err(PersistenceError::UnknownError("facts are replayed from the ledger".into()))
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        Err(PersistenceError::UnknownError("facts are replayed from the ledger".into()))
    }
}

pub(super) fn boxed(error: &StoreError) -> Box<dyn std::error::Error + Send + Sync> {
    error.to_string().into()
}
