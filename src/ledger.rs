//! The primitive on which everything rests: one append-only, densely numbered, hash-chained sequence of facts per
//! branch, and an append that happens entirely and only if the ledger still ends where its writer believed.

mod address;
mod chain;
pub mod change;
mod opening;
pub mod postgres;
pub mod query;
pub mod sqlite;
pub mod table;

use std::sync::Arc;
use std::time::Duration;

use aggregates::Fact;
use aggregates::ids::BranchId;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use cqrs_es::persist::SerializedEvent;
use projections::Recorded;
use uuid::Uuid;

pub use address::{Address, NoAddress, ReadFrom};
pub use chain::Hash;
use change::{Change, Changes};
pub use opening::OpenError;
pub use postgres::Server;
use query::Select;
use table::{Cell, Table};

/// Place of a fact in the ledger of its branch, from 1; 0 is before the first.
pub type Position = u64;

/// Where a ledger ends, and what an append has to find unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail {
    pub head: Position,
    pub hash: Hash,
    /// When the last fact was recorded, in microseconds since 1970.
    pub recorded_at: i64,
    /// Raised to shut out appends that are still on their way.
    pub fence: i64,
    /// The version of the folds that made the rows.
    pub rows_version: u32,
}

impl Tail {
    /// A ledger without facts.
    #[must_use]
    pub fn empty(branch: BranchId) -> Self {
        Self {
            head: 0,
            hash: Hash::of_branch(branch),
            recorded_at: 0,
            fence: 0,
            rows_version: projections::ROWS_VERSION,
        }
    }
}

/// A fact as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub position: Position,
    /// Microseconds since 1970.
    pub recorded_at: i64,
    pub aggregate_type: String,
    /// `<branch>/<id>`.
    pub aggregate_id: String,
    pub sequence: u64,
    pub event_type: String,
    pub event_version: String,
    pub payload: String,
    pub metadata: String,
    pub hash: Hash,
}

/// Why a stored fact cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error(
        "position {position}: {aggregate_type} has no fact called {event_type}; is this program too old?"
    )]
    UnknownFact { position: Position, aggregate_type: String, event_type: String },
    #[error("position {position}: {event_type} is not as its name promises: {error}")]
    Malformed { position: Position, event_type: String, error: serde_json::Error },
    #[error("position {position}: {aggregate_id} is not <branch>/<id>")]
    ForeignId { position: Position, aggregate_id: String },
}

impl Entry {
    /// The fact, for folds.
    ///
    /// # Errors
    ///
    /// If nothing here knows such a fact: it is never skipped.
    pub fn read(&self) -> Result<Recorded, Unreadable> {
        let position = self.position;
        let mut payload = serde_json::Deserializer::from_str(&self.payload);
        let fact = Fact::read(&self.aggregate_type, &self.event_type, &mut payload)
            .map_err(|error| Unreadable::Malformed { position, event_type: self.event_type.clone(), error })?
            .ok_or_else(|| Unreadable::UnknownFact {
                position,
                aggregate_type: self.aggregate_type.clone(),
                event_type: self.event_type.clone(),
            })?;
        let id = self
            .aggregate_id
            .split_once('/')
            .and_then(|(_, id)| Uuid::parse_str(id).ok())
            .ok_or_else(|| Unreadable::ForeignId { position, aggregate_id: self.aggregate_id.clone() })?;
        Ok(Recorded {
            position,
            recorded_at: from_micros(self.recorded_at),
            id,
            sequence: self.sequence,
            by_staff: by_staff(&self.metadata),
            fact,
        })
    }
}

/// Whether the metadata of a fact say that staff asked for it.
pub(crate) fn by_staff(metadata: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Who<'a> {
        actor: &'a str,
    }
    serde_json::from_str::<Who<'_>>(metadata).is_ok_and(|who| {
        who.actor == "staff" || ["user:", "token:"].iter().any(|kind| who.actor.starts_with(kind))
    })
}

/// A moment as ledgers keep it.
#[must_use]
pub fn micros(moment: DateTime<Utc>) -> i64 {
    moment.timestamp_micros()
}

/// A moment as a ledger kept it; what lies outside the calendar becomes its start.
#[must_use]
pub fn from_micros(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

/// The id under which an aggregate of a branch is stored.
#[must_use]
pub fn stored_id(branch: BranchId, id: Uuid) -> String {
    format!("{branch}/{id}")
}

/// Facts, rows and records that are stored together or not at all.
#[derive(Debug, Clone)]
pub struct Append {
    pub branch: BranchId,
    pub after: Tail,
    pub entries: Arc<Vec<Entry>>,
    /// Whole rows, one per key, to be inserted or put in place of the old.
    pub rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
    /// Records and rows that did not exist before.
    pub records: Vec<(&'static Table, Vec<Vec<Cell>>)>,
    /// What becomes of rows that are neither facts nor folds of them, and were there before.
    pub changes: Vec<Change>,
}

impl Append {
    /// The ledger's end after this append.
    #[must_use]
    pub fn tail(&self) -> Tail {
        match self.entries.last() {
            Some(last) => {
                Tail { head: last.position, hash: last.hash, recorded_at: last.recorded_at, ..self.after }
            }
            None => self.after,
        }
    }
}

/// Why an append did not take place.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// The ledger does not end at `after` any more; nothing was stored.
    #[error("the ledger has moved on")]
    Moved,
    /// Nothing was stored; the same append may be tried again.
    #[error("the store could not take the append: {0}")]
    Refused(StoreError),
    /// The outcome of the commit is unknown.
    #[error("it is unknown whether the append was stored: {0}")]
    Unknown(StoreError),
    /// The store holds something that cannot be; trying again would not help.
    #[error("the store contradicts its own head: {0}")]
    Fatal(StoreError),
}

/// The store could not be asked, or gave an answer that cannot be.
///
/// Cheap to clone, since one failed transaction is heard by all that shared it. Not an `Error` itself, so that every
/// error turns into one.
#[derive(Debug, Clone)]
pub struct StoreError(pub Arc<anyhow::Error>);

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for StoreError {
    fn from(error: E) -> Self {
        Self(Arc::new(error.into()))
    }
}

/// A stored value has not the shape that its column promises: somebody else wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("table {table}, column {column} holds {found}, which is not {promised}")]
pub struct Misshapen {
    pub table: &'static str,
    pub column: &'static str,
    pub found: String,
    pub promised: &'static str,
}

impl StoreError {
    /// What is wrong with a stored value, if that is what this error is about.
    #[must_use]
    pub fn misshapen(&self) -> Option<&Misshapen> {
        self.0.downcast_ref()
    }

    /// An error of our own words.
    #[must_use]
    pub fn saying(words: &'static str) -> Self {
        Self(Arc::new(anyhow::Error::msg(words)))
    }
}

/// How long a writer waits for its turn at the store.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// A store that keeps the ledgers of many branches.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Where the branch's ledger ends now.
    async fn tail(&self, branch: BranchId) -> Result<Tail, StoreError>;

    /// Appends all or nothing, and only if the ledger ends at `append.after`: head, hash, fence and version of the
    /// rows.
    ///
    /// Appends to one branch are stored in the order in which their futures were first polled, so that one can be begun
    /// on top of another that is still on its way. By the hash it fits only onto that one.
    async fn append(&self, append: Append) -> Result<(), AppendError>;

    /// Waits for the turn to write, and keeps it until the returned lock is used or dropped.
    async fn lock(&self, branch: BranchId) -> Result<Box<dyn Locked>, StoreError>;

    /// Shuts out every append that is still on its way; the ledger's end after that is certain.
    async fn raise_fence(&self, branch: BranchId) -> Result<Tail, StoreError>;

    /// Up to `limit` facts after that position, in order.
    async fn read(&self, branch: BranchId, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError>;

    /// The facts of one aggregate, in order.
    async fn history(
        &self,
        branch: BranchId,
        aggregate_type: &str,
        id: Uuid,
    ) -> Result<Vec<Entry>, StoreError>;

    /// The facts of several aggregates, for the stock event store.
    async fn streams(
        &self,
        branch: BranchId,
        ids: &[(&'static str, Uuid)],
    ) -> Result<Vec<SerializedEvent>, StoreError>;

    /// Every branch that has a ledger.
    async fn branches(&self) -> Result<Vec<BranchId>, StoreError>;

    /// Rows of one table.
    async fn select(&self, select: &Select) -> Result<Vec<Vec<Cell>>, StoreError>;

    /// Inserts a row unless its key is taken.
    async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError>;

    /// Changes rows that are neither facts nor folds of them; how many there were.
    async fn change(&self, change: Change) -> Result<u64, StoreError>;

    /// Makes several such changes in one step; how many rows each of them changed. Where the first decides and changes
    /// nothing, there is no more than its number.
    async fn change_together(&self, changes: Changes) -> Result<Vec<u64>, StoreError>;

    /// Waits until everything that was read is as safe as what the store says was stored. A server that came back from a
    /// crash shows facts before its standby has them: should that take its place, they never were.
    async fn settled(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Finishes what is under way and closes the store.
    async fn close(&self);
}

/// The turn to write: nobody else appends while it is held.
#[async_trait]
pub trait Locked: Send {
    async fn tail(&mut self) -> Result<Tail, StoreError>;

    async fn read(&mut self, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError>;

    /// Appends and gives the turn back.
    async fn append(self: Box<Self>, append: Append) -> Result<(), AppendError>;

    /// Puts these rows in the place of all rows of the branch, raises the fence, and gives the turn back.
    async fn replace_rows(
        self: Box<Self>,
        at: Tail,
        rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
    ) -> Result<(), AppendError>;

    /// Gives the turn back without a change.
    async fn release(self: Box<Self>);
}
