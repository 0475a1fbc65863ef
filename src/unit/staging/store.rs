//! The staging as cqrs-es asks of an event store: it loads what the rules see, and its commit stages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cqrs_es::persist::PersistedEventStore;
use cqrs_es::{AggregateContext, AggregateError, EventEnvelope, EventStore};
use uuid::Uuid;

use super::streams::boxed;
use super::{Held, Staged, Staging};
use crate::hosting::{Hostable, Hosted, Stored};

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
        let ordered: BTreeMap<_, _> = metadata.iter().collect();
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
