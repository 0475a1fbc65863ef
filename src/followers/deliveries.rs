//! Deliveries: what has to be brought to somebody, when the next attempt is due, and how those before it ended.

use std::collections::HashMap;
use std::sync::Arc;

use aggregates::ids::BranchId;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{End, Outcome};
use crate::ledger::change::{Change, Changes};
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, Position, StoreError, from_micros, micros};

/// How long it is kept what became of a delivery.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// How long nobody else makes an attempt after one was begun: longer than any may take.
const LEASE: TimeDelta = TimeDelta::seconds(30);

static DELIVERIES: Table = Table {
    name: "deliveries",
    columns: &[
        ("branch_id", Kind::Id),
        ("delivery_id", Kind::Id),
        ("follower", Kind::Text),
        ("queue_id", Kind::Id),
        ("kind", Kind::Text),
        ("subject_id", Kind::Id),
        ("position", Kind::Int),
        ("made_at", Kind::Int),
        ("due", Kind::Int),
        ("state", Kind::Text),
        ("attempts", Kind::Int),
        ("changed_at", Kind::Int),
        ("version", Kind::Int),
    ],
    key: &["branch_id", "delivery_id"],
};

static ATTEMPTS: Table = Table {
    name: "attempts",
    columns: &[
        ("branch_id", Kind::Id),
        ("delivery_id", Kind::Id),
        ("attempt", Kind::Int),
        ("at", Kind::Int),
        ("outcome", Kind::Text),
        ("status", Kind::Int),
        ("milliseconds", Kind::Int),
    ],
    key: &["branch_id", "delivery_id", "attempt"],
};

/// Something to be brought to somebody. It knows nobody but by random ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub branch: BranchId,
    pub id: Uuid,
    pub follower: String,
    /// What it shares its places with: an endpoint, or the way that messages go.
    pub queue: Uuid,
    /// The name of a fact, or what a message is about.
    pub kind: String,
    /// The aggregate that it is about.
    pub subject: Uuid,
    /// Of the fact; 0 if there is none.
    pub position: Position,
    pub made_at: DateTime<Utc>,
    /// When the next attempt is due; none once it has ended.
    pub due: Option<DateTime<Utc>>,
    pub state: State,
    pub attempts: u32,
    pub changed_at: DateTime<Utc>,
    version: u64,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Delivered,
    /// No attempt succeeded, and none is made any more.
    Failed,
    /// Nobody was to be told any more.
    Dropped,
}

impl State {
    const ALL: [Self; 4] = [Self::Waiting, Self::Delivered, Self::Failed, Self::Dropped];

    /// As stored and as told to programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// One attempt to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub at: DateTime<Utc>,
    /// In one word.
    pub outcome: String,
    pub status: Option<u16>,
    pub milliseconds: u32,
}

/// An id that is the same whenever it is made of the same: nothing is sent twice under two names.
#[must_use]
pub fn derived(follower: &str, branch: BranchId, position: Position, of: Uuid) -> Uuid {
    let name =
        [follower.as_bytes(), &[0], branch.0.as_bytes(), &position.to_be_bytes(), of.as_bytes()].concat();
    Uuid::new_v5(&Uuid::NAMESPACE_OID, &name)
}

impl Delivery {
    /// A new one, to be sent now.
    #[must_use]
    pub fn new(
        (branch, id): (BranchId, Uuid),
        (follower, queue): (&str, Uuid),
        (kind, subject): (&str, Uuid),
        position: Position,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            branch,
            id,
            follower: follower.to_owned(),
            queue,
            kind: kind.to_owned(),
            subject,
            position,
            made_at: now,
            due: Some(now),
            state: State::Waiting,
            attempts: 0,
            changed_at: now,
            version: 1,
        }
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.branch.into(),
            self.id.into(),
            self.follower.clone().into(),
            self.queue.into(),
            self.kind.clone().into(),
            self.subject.into(),
            self.position.into(),
            micros(self.made_at).into(),
            self.due.map(micros).into(),
            self.state.name().into(),
            self.attempts.into(),
            micros(self.changed_at).into(),
            self.version.into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        Ok(Self {
            branch: cells.id()?,
            id: cells.id()?,
            follower: cells.text()?,
            queue: cells.id()?,
            kind: cells.text()?,
            subject: cells.id()?,
            position: cells.int()?,
            made_at: from_micros(cells.int()?),
            due: cells.int_or_null()?.map(from_micros),
            state: state(&cells.text()?)?,
            attempts: cells.int()?,
            changed_at: from_micros(cells.int()?),
            version: cells.int()?,
        })
    }

    /// The next version of it, if it still is this one.
    fn becomes(&self, next: Self) -> (Self, Change) {
        let next = Self { version: self.version + 1, ..next };
        let change = Change::replace(&DELIVERIES, next.cells()).is("version", self.version);
        (next, change)
    }

    /// What it is after an attempt; without a pause, that was the last.
    fn after(&self, outcome: &Outcome, pause: Option<TimeDelta>, now: DateTime<Utc>) -> Self {
        let (state, due) = match (outcome.end, pause) {
            (End::Delivered, _) => (State::Delivered, None),
            (End::Dropped, _) => (State::Dropped, None),
            (End::Failed, Some(pause)) => (State::Waiting, Some(now + pause)),
            (End::Failed, None) => (State::Failed, None),
        };
        Self { state, due, changed_at: now, ..self.clone() }
    }
}

fn state(name: &str) -> Result<State, StoreError> {
    let known = State::ALL.into_iter().find(|state| state.name() == name);
    known.ok_or_else(|| StoreError::saying("a delivery has a state that nobody knows"))
}

/// How an attempt on a delivery ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) delivery: Delivery,
    pub(super) outcome: Outcome,
    pub(super) pause: Option<TimeDelta>,
    pub(super) began: DateTime<Utc>,
    pub(super) milliseconds: u32,
}

/// The deliveries of a store.
#[derive(Clone)]
pub struct Deliveries(Arc<dyn Ledger>);

impl std::fmt::Debug for Deliveries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Deliveries(…)")
    }
}

/// How deliveries are added; those that are there already stay as they are.
#[must_use]
pub fn adding(deliveries: &[Delivery]) -> Change {
    Change::add(&DELIVERIES, deliveries.iter().map(Delivery::cells).collect())
}

impl Deliveries {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>) -> Self {
        Self(ledger)
    }

    /// Adds one by itself.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn add(&self, delivery: &Delivery) -> Result<(), StoreError> {
        self.0.change(adding(std::slice::from_ref(delivery))).await.map(|_| ())
    }

    /// One delivery.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn find(&self, branch: BranchId, id: Uuid) -> Result<Option<Delivery>, StoreError> {
        let found = self.0.select(&Select::of(&DELIVERIES, branch).is("delivery_id", id)).await?;
        found.into_iter().next().map(Delivery::read).transpose()
    }

    /// Deliveries of one queue, the newest first, older than the one at that place.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn of_queue(
        &self,
        branch: BranchId,
        queue: Uuid,
        after: Option<(DateTime<Utc>, Uuid)>,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let own = Select::of(&DELIVERIES, branch).is("queue_id", queue).by(&["made_at", "delivery_id"]);
        let after = after.map(|(at, id)| vec![micros(at).into(), id.into()]);
        let found = self.0.select(&own.descending().after(after).limit(limit)).await?;
        found.into_iter().map(Delivery::read).collect()
    }

    /// The attempts that were made on these deliveries, the first one first.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn attempts(
        &self,
        branch: BranchId,
        deliveries: &[Delivery],
    ) -> Result<HashMap<Uuid, Vec<Attempt>>, StoreError> {
        let mut made = HashMap::<Uuid, Vec<Attempt>>::new();
        if deliveries.is_empty() {
            return Ok(made);
        }
        let own = Select::of(&ATTEMPTS, branch).one_of("delivery_id", deliveries.iter().map(|it| it.id));
        for row in self.0.select(&own.by(&["delivery_id", "attempt"])).await? {
            let (delivery, attempt) = attempt(row)?;
            made.entry(delivery).or_default().push(attempt);
        }
        Ok(made)
    }

    /// Has it delivered again, under the id that it had; `false` if somebody else changed it meanwhile.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn again(&self, delivery: &Delivery, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let next = Delivery { due: Some(now), state: State::Waiting, changed_at: now, ..delivery.clone() };
        let (_, change) = delivery.becomes(next);
        Ok(0 < self.0.change(change).await?)
    }

    /// What is due, without the queues that have no place left.
    pub(super) async fn due(
        &self,
        now: DateTime<Utc>,
        full: impl IntoIterator<Item = Uuid>,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let due = Select::all(&DELIVERIES).below("due", micros(now) + 1).none_of("queue_id", full);
        let found = self.0.select(&due.by(&["due"]).limit(limit)).await?;
        found.into_iter().map(Delivery::read).collect()
    }

    /// Takes those that nobody else took meanwhile, for as long as a lease lasts.
    pub(super) async fn claim(
        &self,
        mut deliveries: Vec<Delivery>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Delivery>, StoreError> {
        // In one order everywhere, so that processes never wait for each other in a circle.
        deliveries.sort_by_key(|delivery| (delivery.branch, delivery.id));
        let claimed = deliveries.iter().map(|delivery| {
            let attempts = delivery.attempts + 1;
            delivery.becomes(Delivery {
                due: Some(now + LEASE),
                attempts,
                changed_at: now,
                ..delivery.clone()
            })
        });
        let (claimed, changes): (Vec<_>, Vec<_>) = claimed.unzip();
        let taken = self.0.change_together(Changes::each(changes)).await?;
        Ok(claimed.into_iter().zip(taken).filter(|(_, rows)| 0 < *rows).map(|(claimed, _)| claimed).collect())
    }

    /// Stores how attempts ended, all in one step.
    pub(super) async fn record(&self, ended: &[Ended], now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut changes = Vec::with_capacity(2 * ended.len());
        for Ended { delivery, outcome, pause, began, milliseconds } in ended {
            changes.push(delivery.becomes(delivery.after(outcome, *pause, now)).1);
            let row = vec![
                delivery.branch.into(),
                delivery.id.into(),
                delivery.attempts.into(),
                micros(*began).into(),
                outcome.word.into(),
                outcome.status.map(u32::from).into(),
                (*milliseconds).into(),
            ];
            changes.push(Change::add(&ATTEMPTS, vec![row]));
        }
        self.0.change_together(Changes::each(changes)).await.map(|_| ())
    }

    /// Forgets what ended long ago.
    pub(super) async fn forget(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let before = micros(now - KEPT);
        let ended = Change::delete(&DELIVERIES).is("due", Cell::Null).below("changed_at", before);
        let attempts = Change::delete(&ATTEMPTS).below("at", before);
        self.0.change_together(Changes::each(vec![ended, attempts])).await.map(|_| ())
    }

    /// Forgets everything about a queue that is no more.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn forget_queue(&self, branch: BranchId, queue: Uuid) -> Result<(), StoreError> {
        let own = Change::delete(&DELIVERIES).is("branch_id", branch).is("queue_id", queue);
        self.0.change(own).await.map(|_| ())
    }
}

fn attempt(row: Vec<Cell>) -> Result<(Uuid, Attempt), StoreError> {
    let mut cells = Cells::of(row);
    let (_branch, delivery, _attempt): (BranchId, Uuid, u32) = (cells.id()?, cells.id()?, cells.int()?);
    let attempt = Attempt {
        at: from_micros(cells.int()?),
        outcome: cells.text()?,
        status: cells.int_or_null()?.and_then(|status| u16::try_from(status).ok()),
        milliseconds: cells.int()?,
    };
    Ok((delivery, attempt))
}
