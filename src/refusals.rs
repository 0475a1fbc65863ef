//! What was refused lately, and why: so that staff can tell somebody on the telephone.
//!
//! A refusal is no fact, and this is no part of the ledger: bounded, thrown away after a week, and without personal data.
//! It is written behind the answer. Whoever refuses hands a note over and goes on; if too many wait, it is dropped and
//! counted.

mod reasons;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aggregates::ids::BranchId;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::clock::Clock;
use crate::command::Refusal;
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, StoreError, from_micros, micros};
pub use reasons::Asked;

/// How long a refusal is kept.
pub const KEPT: TimeDelta = TimeDelta::days(7);

/// How many are kept of a branch: the newest.
pub const MOST: u32 = 5_000;

/// How many may wait to be written.
const WAITING: usize = 256;

/// How many are written at once.
const AT_ONCE: usize = 64;

/// Time between two rounds of writing: what is refused in a flood is not worth the store's time.
const PAUSE: Duration = Duration::from_millis(200);

/// After how many rounds a branch is looked at again for what is too old or too much.
const ROUNDS: u32 = 16;

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
static REFUSALS: Table = Table {
    name: "refusals",
    columns: &[
        ("branch_id", Kind::Id),
        ("refusal_id", Kind::Id),
        ("at", Kind::Int),
        ("actor", Kind::Text),
        ("request", Kind::Text),
        ("command", Kind::Text),
        ("code", Kind::Text),
        ("reasons", Kind::Text),
        ("subject", Kind::Text),
        ("subject_id", Kind::Id),
    ],
    key: &["branch_id", "refusal_id"],
};

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// In the order of time.
    pub id: Uuid,
    pub branch: BranchId,
    pub at: DateTime<Utc>,
    pub actor: String,
    /// The id of the request.
    pub request: String,
    /// What was asked for.
    pub command: String,
    pub code: String,
    /// Machine-readable: which event, how many spots are left.
    pub reasons: Value,
    /// What it was asked of: the kind of thing, and its id.
    pub subject: Option<(String, Uuid)>,
}

/// The refusals of a store.
#[derive(Clone)]
pub struct Refusals {
    ledger: Arc<dyn Ledger>,
    waiting: mpsc::Sender<Refused>,
    dropped: Arc<AtomicU64>,
}

impl Refusals {
    /// Begins to write what is noted, as long as somebody may note something.
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>, clock: Clock) -> Self {
        let (waiting, noted) = mpsc::channel(WAITING);
        tokio::spawn(write(Arc::clone(&ledger), clock, noted));
        Self { ledger, waiting, dropped: Arc::default() }
    }

    /// Notes that this was refused. Never waits.
    pub fn note(&self, asked: Asked, refusal: &Refusal) {
        let Some(refused) = asked.refused(refusal) else { return };
        if self.waiting.try_send(refused).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many were not kept since the process began, because too many waited.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// The newest refusals of a branch, those before one of them if it is named, of one thing if that is.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn newest(
        &self,
        branch: BranchId,
        of: Option<Uuid>,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Refused>, StoreError> {
        newest(self.ledger.as_ref(), branch, of, before, limit).await
    }
}

/// The newest refusals of a branch, for whoever has no more than its store.
///
/// # Errors
///
/// If the store cannot be asked.
pub async fn newest(
    ledger: &dyn Ledger,
    branch: BranchId,
    of: Option<Uuid>,
    before: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Refused>, StoreError> {
    let mut select = Select::of(&REFUSALS, branch).by(&["refusal_id"]).descending().limit(limit);
    if let Some(of) = of {
        select = select.is("subject_id", of);
    }
    select = select.after(before.map(|id| vec![id.into()]));
    ledger.select(&select).await?.into_iter().map(Refused::read).collect()
}

async fn write(ledger: Arc<dyn Ledger>, clock: Clock, mut noted: mpsc::Receiver<Refused>) {
    let mut rounds = 0;
    let mut touched = BTreeSet::new();
    let mut batch = vec![];
    while 0 < noted.recv_many(&mut batch, AT_ONCE).await {
        for refused in batch.drain(..) {
            touched.insert(refused.branch);
            if let Err(error) = ledger.insert_new(&REFUSALS, refused.cells()).await {
                tracing::debug!(%error, "a refusal was not kept");
            }
        }
        if rounds % ROUNDS == 0 {
            for branch in std::mem::take(&mut touched) {
                if let Err(error) = prune(ledger.as_ref(), branch, clock.now()).await {
                    tracing::debug!(%error, "old refusals were not thrown away");
                }
            }
        }
        rounds += 1;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Throws away what is too old, and what is beyond the newest.
async fn prune(ledger: &dyn Ledger, branch: BranchId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let own = || Change::delete(&REFUSALS).is("branch_id", branch);
    ledger.change(own().below("at", micros(now - KEPT))).await?;
    let all = Select::of(&REFUSALS, branch).by(&["refusal_id"]).descending().limit(MOST);
    let kept = ledger.select(&all).await?;
    if kept.len() < MOST as usize {
        return Ok(());
    }
    if let Some(Cell::Id(oldest)) = kept.last().and_then(|row| row.get(1)) {
        ledger.change(own().below("refusal_id", *oldest)).await?;
    }
    Ok(())
}

impl Refused {
    fn cells(&self) -> Vec<Cell> {
        let (subject, subject_id) = self.subject.clone().unzip();
        vec![
            self.branch.into(),
            self.id.into(),
            micros(self.at).into(),
            self.actor.as_str().into(),
            self.request.as_str().into(),
            self.command.as_str().into(),
            self.code.as_str().into(),
            self.reasons.to_string().into(),
            subject.into(),
            subject_id.into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let (branch, id) = (cells.id()?, cells.id()?);
        let at = from_micros(cells.int()?);
        let [actor, request, command, code] = [cells.text()?, cells.text()?, cells.text()?, cells.text()?];
        let reasons = serde_json::from_str(&cells.text()?)?;
        let subject = cells.text_or_null()?;
        let subject = subject.zip(cells.id_or_null()?);
        Ok(Self { id, branch, at, actor, request, command, code, reasons, subject })
    }
}

impl std::fmt::Debug for Refusals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Refusals(…)")
    }
}
