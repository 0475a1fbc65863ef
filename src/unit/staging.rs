//! Where a batch is decided before anything is stored.
//!
//! Layers: item on unit on batch, over what is on its way to the store, over the cache, over the store. A layer is
//! kept, by laying it on the one below, or dropped, as if nothing in it had happened.

mod erasures;
mod store;
mod streams;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aggregates::Fact;
use aggregates::branch::Branch;
use aggregates::ids::BranchId;
use cqrs_es::EventStore;
use cqrs_es::persist::PersistedEventStore;
use rustc_hash::FxHashMap;
use uuid::Uuid;

use self::erasures::Erasures;
pub use self::store::StagingStore;
use self::streams::PersistedStreams;
use crate::cache::{Budget, Cache, Weigh};
use crate::hosting::{AnyAggregate, Hostable, Hosted};
use crate::ledger::change::Change;
use crate::ledger::table::{Cell, Table};
use crate::ledger::{Ledger, StoreError, stored_id};

/// An aggregate's type and id.
pub type Key = (&'static str, Uuid);

/// An aggregate, and how many facts made it.
#[derive(Debug, Clone)]
pub struct Held {
    pub sequence: u64,
    pub aggregate: AnyAggregate,
}

impl Weigh for Held {
    fn weight(&self) -> usize {
        self.aggregate.weight()
    }
}

/// A fact that is decided, not stored.
#[derive(Debug, Clone)]
pub struct Staged {
    pub aggregate_type: &'static str,
    pub id: Uuid,
    pub sequence: u64,
    pub event_type: &'static str,
    pub payload: String,
    pub metadata: Arc<str>,
    pub fact: Fact,
}

type Shelf = FxHashMap<Key, Held>;

/// What happened within one layer.
#[derive(Debug, Default)]
pub struct Layer {
    shelf: Shelf,
    pub facts: Vec<Staged>,
    pub records: Vec<(&'static Table, Vec<Cell>)>,
    pub changes: Vec<Change>,
}

/// The aggregates of one branch, as stored and as decided.
pub struct Staging {
    branch: BranchId,
    streams: PersistedStreams,
    inner: Mutex<Inner>,
    erasures: Mutex<Erasures>,
}

struct Inner {
    cache: Cache<Key, Held>,
    /// On its way to the store, the oldest first. It cannot be loaded, so it must not leave memory.
    expected: VecDeque<Shelf>,
    layers: Vec<Layer>,
}

impl Staging {
    #[must_use]
    pub fn new(branch: BranchId, ledger: Arc<dyn Ledger>, budget: &Budget) -> Self {
        Self {
            branch,
            streams: PersistedStreams::new(branch, ledger),
            inner: Mutex::new(Inner {
                cache: Cache::within(budget),
                expected: VecDeque::new(),
                layers: vec![],
            }),
            erasures: Mutex::default(),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The store below.
    #[must_use]
    pub fn ledger(&self) -> &dyn Ledger {
        self.streams.ledger()
    }

    /// Begins a layer on top.
    pub fn begin(&self) {
        self.inner().layers.push(Layer::default());
    }

    /// Ends the top layer as if nothing in it had happened.
    pub fn drop_layer(&self) {
        self.inner().layers.pop();
    }

    /// Ends the top layer and lays it on the one below.
    pub fn keep_layer(&self) {
        let mut inner = self.inner();
        let Some(top) = inner.layers.pop() else { return };
        match inner.layers.last_mut() {
            Some(below) => {
                below.shelf.extend(top.shelf);
                below.facts.extend(top.facts);
                below.records.extend(top.records);
                below.changes.extend(top.changes);
            }
            None => inner.layers.push(top),
        }
    }

    /// How many layers there are.
    pub fn depth(&self) -> usize {
        self.inner().layers.len()
    }

    /// Drops layers until so many are left, and forgets what they touched: a rule panicked over it.
    pub fn abandon(&self, depth: usize) {
        let mut inner = self.inner();
        while depth < inner.layers.len() {
            for key in inner.layers.pop().into_iter().flat_map(|layer| layer.shelf.into_keys()) {
                inner.cache.forget(&key);
            }
        }
    }

    /// The facts of the top layer so far.
    pub fn facts(&self) -> usize {
        self.inner().layers.last().map_or(0, |layer| layer.facts.len())
    }

    /// The facts of the top layer after the first `from`.
    pub fn facts_since(&self, from: usize) -> Vec<Fact> {
        let inner = self.inner();
        inner
            .layers
            .last()
            .map_or(vec![], |layer| layer.facts.iter().skip(from).map(|it| it.fact.clone()).collect())
    }

    /// Adds a record that is stored if the layer is.
    pub fn record(&self, table: &'static Table, row: Vec<Cell>) {
        if let Some(layer) = self.inner().layers.last_mut() {
            layer.records.push((table, row));
        }
    }

    /// Adds a change of rows that is made if the layer is stored.
    pub fn change(&self, change: Change) {
        if let Some(layer) = self.inner().layers.last_mut() {
            layer.changes.push(change);
        }
    }

    /// Takes the last layer away, to be stored.
    pub fn take(&self) -> Layer {
        self.inner().layers.pop().unwrap_or_default()
    }

    /// The layer is on its way to the store. What is decided from now on believes in it.
    pub fn expect(&self, layer: Layer) {
        self.expect_erasures(&layer.facts);
        self.inner().expected.push_back(layer.shelf);
    }

    /// The oldest layer that was expected is stored: it is the truth now.
    pub fn absorb(&self) {
        self.absorb_erasures();
        let mut inner = self.inner();
        for (key, held) in inner.expected.pop_front().unwrap_or_default() {
            inner.cache.put(key, held);
        }
    }

    /// What was expected is not stored.
    pub fn take_back(&self) {
        self.take_back_erasures();
        self.inner().expected.clear();
    }

    /// Somebody else stored a fact. Only the next fact of a cached aggregate is applied; older ones are known, and
    /// a gap drops it.
    pub fn evolve<D: Hostable>(&self, id: Uuid, sequence: u64, event: &D::Event) {
        let mut inner = self.inner();
        let key = (D::NAME, id);
        let Some(held) = inner.cache.peek(&key) else { return };
        if held.sequence + 1 == sequence
            && let Some(now) = D::take_down(&held.aggregate)
        {
            let aggregate = Arc::new(D::clone(now).evolve(event)).shelve();
            inner.cache.put(key, Held { sequence, aggregate });
        } else if held.sequence < sequence {
            inner.cache.forget(&key);
        }
    }

    /// Forgets everything that is cached.
    pub fn clear(&self) {
        self.inner().cache.clear();
        self.forget_erasures();
    }

    /// Which of these would have to be loaded.
    pub fn missing(&self, keys: impl IntoIterator<Item = Key>) -> Vec<Key> {
        let mut inner = self.inner();
        keys.into_iter().filter(|key| inner.find(key).is_none()).collect()
    }

    /// Fetches the facts of these aggregates in one query, and forgets what an earlier call fetched: it may be out
    /// of date by now.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn prefetch(&self, keys: &[Key]) -> Result<(), StoreError> {
        self.streams.fetch(keys).await
    }

    /// Remembers that these aggregates have no facts yet, unless something is known of them.
    pub fn begins<D: Hostable>(&self, ids: impl IntoIterator<Item = Uuid>) {
        let mut inner = self.inner();
        for id in ids {
            let key = (D::NAME, id);
            if inner.find(&key).is_none() {
                inner.cache.put(key, Held { sequence: 0, aggregate: Arc::new(D::default()).shelve() });
            }
        }
    }

    /// An aggregate as the rules see it now.
    ///
    /// # Errors
    ///
    /// If it has to be loaded and cannot be.
    pub async fn get<D: Hostable>(&self, id: Uuid) -> Result<Arc<D>, StoreError> {
        self.held::<D>(id).await.map(|(_, aggregate)| aggregate)
    }

    /// The branch itself.
    ///
    /// # Errors
    ///
    /// If it has to be loaded and cannot be.
    pub async fn branch(&self) -> Result<Arc<Branch>, StoreError> {
        self.get::<Branch>(self.branch.0).await
    }

    /// The version of an aggregate: how many facts made it.
    ///
    /// # Errors
    ///
    /// If it has to be loaded and cannot be.
    pub async fn version<D: Hostable>(&self, id: Uuid) -> Result<u64, StoreError> {
        self.held::<D>(id).await.map(|(sequence, _)| sequence)
    }

    async fn held<D: Hostable>(&self, id: Uuid) -> Result<(u64, Arc<D>), StoreError> {
        let key = (D::NAME, id);
        if let Some(held) = self.inner().find(&key)
            && let Some(aggregate) = D::take_down(&held.aggregate)
        {
            return Ok((held.sequence, Arc::clone(aggregate)));
        }
        let store: PersistedEventStore<_, Hosted<D>> =
            PersistedEventStore::new_event_store(self.streams.clone());
        let loaded = store
            .load_aggregate(&stored_id(self.branch, id))
            .await
            .map_err(|error| StoreError(Arc::new(anyhow::anyhow!("{error}"))))?;
        let sequence = u64::try_from(loaded.current_sequence)?;
        let aggregate = Arc::new(loaded.aggregate.0);
        self.inner().cache.put(key, Held { sequence, aggregate: Arc::clone(&aggregate).shelve() });
        Ok((sequence, aggregate))
    }
}

impl Inner {
    fn find(&mut self, key: &Key) -> Option<&Held> {
        let mut shelves =
            self.layers.iter().rev().map(|layer| &layer.shelf).chain(self.expected.iter().rev());
        shelves.find_map(|shelf| shelf.get(key)).or_else(|| self.cache.get(key))
    }
}
