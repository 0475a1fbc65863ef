//! Where a batch is decided before anything is stored.
//!
//! Layers: item on unit on batch, over the cache, over the store. A layer is kept, by laying it on the one below,
//! or dropped, as if nothing in it had happened.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aggregates::Fact;
use aggregates::ids::BranchId;
use cqrs_es::persist::{
    PersistedEventRepository, PersistedEventStore, PersistenceError, ReplayStream, SerializedEvent,
    SerializedSnapshot,
};
use cqrs_es::{Aggregate, AggregateContext, AggregateError, EventEnvelope, EventStore};
use lru::LruCache;
use rustc_hash::FxHashMap;
use serde_json::Value;
use uuid::Uuid;

use crate::hosting::{AnyAggregate, Hostable, Hosted, Stored};
use crate::ledger::table::{Cell, Table};
use crate::ledger::{Ledger, StoreError, stored_id};

/// An aggregate's type and id.
pub type Key = (&'static str, Uuid);

/// Bytes of aggregates that one branch keeps in memory, roughly.
const CACHE_LIMIT: usize = 16 << 20;

/// Bytes that a cached aggregate takes beside itself, roughly.
const OVERHEAD: usize = 128;

/// An aggregate, and how many facts made it.
#[derive(Debug, Clone)]
pub struct Held {
    pub sequence: u64,
    pub aggregate: AnyAggregate,
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

/// What happened within one layer.
#[derive(Debug, Default)]
pub struct Layer {
    shelf: FxHashMap<Key, Held>,
    pub facts: Vec<Staged>,
    pub records: Vec<(&'static Table, Vec<Cell>)>,
}

/// The aggregates of one branch, as stored and as decided.
pub struct Staging {
    branch: BranchId,
    streams: PersistedStreams,
    inner: Mutex<Inner>,
}

struct Inner {
    cache: LruCache<Key, Held>,
    weight: usize,
    layers: Vec<Layer>,
}

impl Staging {
    #[must_use]
    pub fn new(branch: BranchId, ledger: Arc<dyn Ledger>) -> Self {
        Self {
            branch,
            streams: PersistedStreams { branch, ledger, fetched: Arc::default() },
            inner: Mutex::new(Inner { cache: LruCache::unbounded(), weight: 0, layers: vec![] }),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
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
                inner.forget(&key);
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

    /// Takes the last layer away, to be stored.
    pub fn take(&self) -> Layer {
        self.inner().layers.pop().unwrap_or_default()
    }

    /// The layer was stored: it is the truth now.
    pub fn absorb(&self, layer: Layer) {
        let mut inner = self.inner();
        for (key, held) in layer.shelf {
            inner.remember(key, held);
        }
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
            inner.remember(key, Held { sequence, aggregate });
        } else if held.sequence < sequence {
            inner.forget(&key);
        }
    }

    /// Forgets everything that is cached.
    pub fn clear(&self) {
        let mut inner = self.inner();
        inner.cache.clear();
        inner.weight = 0;
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
                inner.remember(key, Held { sequence: 0, aggregate: Arc::new(D::default()).shelve() });
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
        self.inner().remember(key, Held { sequence, aggregate: Arc::clone(&aggregate).shelve() });
        Ok((sequence, aggregate))
    }
}

impl Inner {
    fn find(&mut self, key: &Key) -> Option<&Held> {
        self.layers.iter().rev().find_map(|layer| layer.shelf.get(key)).or_else(|| self.cache.get(key))
    }

    fn remember(&mut self, key: Key, held: Held) {
        self.weight += held.aggregate.weight() + OVERHEAD;
        if let Some(old) = self.cache.put(key, held) {
            self.weight = self.weight.saturating_sub(old.aggregate.weight() + OVERHEAD);
        }
        while CACHE_LIMIT < self.weight {
            let Some((_, old)) = self.cache.pop_lru() else { break };
            self.weight = self.weight.saturating_sub(old.aggregate.weight() + OVERHEAD);
        }
    }

    fn forget(&mut self, key: &Key) {
        if let Some(old) = self.cache.pop(key) {
            self.weight = self.weight.saturating_sub(old.aggregate.weight() + OVERHEAD);
        }
    }
}

/// The staging as cqrs-es asks of an event store.
pub struct StagingStore(pub Arc<Staging>);

/// A loaded aggregate on its way through cqrs-es.
pub struct Context<D> {
    id: Uuid,
    sequence: u64,
    hosted: Hosted<D>,
}

impl<D: Hostable> AggregateContext<Hosted<D>> for Context<D> {
    fn aggregate(&mut self) -> &mut Hosted<D> {
        &mut self.hosted
    }
}

impl<D: Hostable> EventStore<Hosted<D>> for StagingStore {
    type AC = Context<D>;

    async fn load_events(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<EventEnvelope<Hosted<D>>>, AggregateError<D::Refusal>> {
        let store: PersistedEventStore<_, Hosted<D>> =
            PersistedEventStore::new_event_store(self.0.streams.clone());
        store.load_events(aggregate_id).await
    }

    async fn load_aggregate(&self, aggregate_id: &str) -> Result<Context<D>, AggregateError<D::Refusal>> {
        let id =
            Uuid::parse_str(aggregate_id).map_err(|error| AggregateError::UnexpectedError(error.into()))?;
        let (sequence, aggregate) = self
            .0
            .held::<D>(id)
            .await
            .map_err(|error| AggregateError::DatabaseConnectionError(boxed(&error)))?;
        Ok(Context { id, sequence, hosted: Hosted(D::clone(&aggregate)) })
    }

    /// Stages the facts. `context.aggregate` is taken as it is, since the sink has applied them already.
    async fn commit(
        &self,
        events: Vec<Stored<D::Event>>,
        context: Context<D>,
        metadata: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<Hosted<D>>>, AggregateError<D::Refusal>> {
        if events.is_empty() {
            return Ok(vec![]);
        }
        let ordered: std::collections::BTreeMap<_, _> = metadata.iter().collect();
        let metadata: Arc<str> = serde_json::to_string(&ordered)?.into();
        let mut sequence = context.sequence;
        let mut facts = Vec::with_capacity(events.len());
        for Stored(event) in events {
            sequence += 1;
            facts.push(Staged {
                aggregate_type: D::NAME,
                id: context.id,
                sequence,
                event_type: aggregates::Named::name(&event),
                payload: serde_json::to_string(&event)?,
                metadata: Arc::clone(&metadata),
                fact: event.into(),
            });
        }
        let mut inner = self.0.inner();
        let Some(layer) = inner.layers.last_mut() else {
            return Err(AggregateError::UnexpectedError("nothing is being decided".into()));
        };
        let aggregate = Arc::new(context.hosted.0).shelve();
        layer.shelf.insert((D::NAME, context.id), Held { sequence, aggregate });
        layer.facts.extend(facts);
        Ok(vec![])
    }
}

fn boxed(error: &StoreError) -> Box<dyn std::error::Error + Send + Sync> {
    error.to_string().into()
}

/// Facts by aggregate type and stored id.
type Fetched = FxHashMap<(&'static str, String), Vec<SerializedEvent>>;

/// The stored facts of a branch's aggregates, as the stock event store asks for them.
#[derive(Clone)]
struct PersistedStreams {
    branch: BranchId,
    ledger: Arc<dyn Ledger>,
    fetched: Arc<Mutex<Fetched>>,
}

impl PersistedStreams {
    async fn fetch(&self, keys: &[Key]) -> Result<(), StoreError> {
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
