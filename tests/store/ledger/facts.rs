//! Facts, rows and records to be stored, and what a ledger holds of them.

use std::sync::Arc;

use aggregates::Decider;
use aggregates::activity::{Activity, ActivityEvent, CapacitySet};
use aggregates::ids::BranchId;
use cartwheel::hosting::Hosted;
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::{CAPABILITIES, Cell, Table};
use cartwheel::ledger::{Append, AppendError, Entry, Hash, Ledger, Position, Tail, stored_id};
use cartwheel::read_models::tables::LINKS;
use cqrs_es::EventStore;
use cqrs_es::persist::{PersistedEventRepository, PersistedEventStore};
use uuid::Uuid;

use super::Store;

pub fn branch(n: u128) -> BranchId {
    BranchId(Uuid::from_u128(0xb000 + n))
}

/// An append of so many facts of one event, with one row and one record, that fits after `after`.
pub fn append(branch: BranchId, after: Tail, event: u128, facts: u64) -> Append {
    sequel(branch, after, event, 1, facts)
}

/// The same, beginning with that fact of the event.
pub fn sequel(branch: BranchId, after: Tail, event: u128, first: u64, facts: u64) -> Append {
    let mut hash = after.hash;
    let fact = ActivityEvent::CapacitySet(CapacitySet { capacity: 12.try_into().unwrap() });
    let entries = (0..facts).map(|n| {
        let mut entry = Entry {
            position: after.head + 1 + n,
            recorded_at: after.recorded_at + 1,
            aggregate_type: Activity::NAME.to_owned(),
            aggregate_id: stored_id(branch, Uuid::from_u128(event)),
            sequence: first + n,
            event_type: fact.name().to_owned(),
            event_version: "1".to_owned(),
            payload: serde_json::to_string(&fact).unwrap(),
            metadata: "{\"actor\":\"staff\"}".to_owned(),
            hash: Hash([0; 32]),
        };
        hash = hash.then(&entry);
        entry.hash = hash;
        entry
    });
    Append {
        branch,
        after,
        entries: Arc::new(entries.collect()),
        rows: vec![(&LINKS, vec![row(branch, event, first)])],
        records: vec![(&CAPABILITIES, vec![record(branch, u64::try_from(event).unwrap() * 1_000 + first)])],
        changes: vec![],
    }
}

pub fn row(branch: BranchId, id: u128, version: u64) -> Vec<Cell> {
    vec![branch.into(), Uuid::from_u128(id).into(), "{}".into(), version.into()]
}

pub fn record(branch: BranchId, secret: u64) -> Vec<Cell> {
    vec![
        branch.into(),
        secret.to_be_bytes().to_vec().into(),
        "cart".into(),
        Uuid::from_u128(1).into(),
        Cell::Null,
    ]
}

/// Everything that the store holds of a branch.
#[derive(Debug, PartialEq)]
pub struct Holding {
    pub tail: Tail,
    pub facts: Vec<Entry>,
    pub rows: Vec<Vec<Cell>>,
    pub records: Vec<Vec<Cell>>,
}

pub async fn holding(ledger: &dyn Ledger, branch: BranchId) -> Holding {
    let rows =
        async |table: &'static Table| ledger.select(&Select::of(table, branch).by(table.key)).await.unwrap();
    Holding {
        tail: ledger.tail(branch).await.unwrap(),
        facts: ledger.read(branch, 0, 1_000_000).await.unwrap(),
        rows: rows(&LINKS).await,
        records: rows(&CAPABILITIES).await,
    }
}

/// Asserts that a ledger is dense, chained, and ends where its head says.
pub async fn assert_whole(ledger: &dyn Ledger, branch: BranchId) -> Position {
    let Holding { tail, facts, .. } = holding(ledger, branch).await;
    let mut hash = Hash::of_branch(branch);
    for (position, fact) in (1..).zip(&facts) {
        hash = hash.then(fact);
        assert_eq!((fact.position, fact.hash), (position, hash));
    }
    assert_eq!((tail.head, tail.hash), (facts.len() as Position, hash));
    tail.head
}

pub fn is_moved(outcome: &Result<(), AppendError>) -> bool {
    matches!(outcome, Err(AppendError::Moved))
}

/// Asserts that the stock event store reads what we append, and nothing of another branch.
pub async fn is_read_by_the_stock_store(store: &Store, repository: impl PersistedEventRepository) {
    store.ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
    let stock: PersistedEventStore<_, Hosted<Activity>> = PersistedEventStore::new_event_store(repository);

    let id = stored_id(branch(1), Uuid::from_u128(7));
    let events = stock.load_events(&id).await.unwrap();
    let loaded = stock.load_aggregate(&id).await.unwrap();

    assert_eq!(events.len(), 3);
    assert_eq!(events[2].metadata, [("actor".to_owned(), "staff".to_owned())].into());
    assert_eq!(loaded.current_sequence, 3);
    let elsewhere = stock.load_events(&stored_id(branch(2), Uuid::from_u128(7))).await.unwrap();
    assert!(elsewhere.is_empty(), "{}", Activity::NAME);
}
