//! A ledger that fails, lies about commits, or waits, as a test tells it to. Underneath it is the real one.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard};

use aggregates::ids::BranchId;
use async_trait::async_trait;
use cartwheel::app::App;
use cartwheel::ledger::change::{Change, Changes};
use cartwheel::ledger::query::Select;
use cartwheel::ledger::table::{Cell, Table};
use cartwheel::ledger::{Append, AppendError, Entry, Ledger, Locked, Position, StoreError, Tail};
use cartwheel::vault::MasterKey;
use cqrs_es::persist::SerializedEvent;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::studio::Studio;

/// What happens to an append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not stored, and said so.
    Moved,
    Refused,
    Fatal,
    /// Stored, but the answer is lost.
    Stored,
    /// Not stored, and the answer is lost.
    Lost,
    /// Still on its way while the answer is lost.
    Late,
}

/// What the ledger was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    Tail,
    Append,
    Lock,
    Fence,
    Read,
    ReadInTurn,
    Streams(Vec<Uuid>),
    Select(&'static str),
}

/// The real ledger, and what is to happen on the way to it.
pub struct Double {
    real: Arc<dyn Ledger>,
    script: Arc<Script>,
}

pub struct Script {
    faults: Mutex<VecDeque<Fault>>,
    calls: Mutex<Vec<Call>>,
    stored: Mutex<Vec<Arc<Vec<Entry>>>>,
    late: Mutex<Option<Append>>,
    /// Appends that may pass.
    gate: Semaphore,
    arrived: AtomicUsize,
    fence_away: AtomicBool,
    panics_over: Mutex<Option<Uuid>>,
}

/// A studio whose ledger is a double from now on.
pub async fn double(mut studio: Studio) -> (Studio, Arc<Script>) {
    let script = Arc::new(Script {
        faults: Mutex::default(),
        calls: Mutex::default(),
        stored: Mutex::default(),
        late: Mutex::default(),
        gate: Semaphore::new(1_000_000),
        arrived: AtomicUsize::new(0),
        fence_away: AtomicBool::new(false),
        panics_over: Mutex::default(),
    });
    let key = studio.store.place().master_key_path();
    let master = MasterKey::read_or_make(&key, false).unwrap();
    let double = Double { real: Arc::clone(&studio.app.ledger), script: Arc::clone(&script) };
    studio.app = App::over(Arc::new(double), &master, studio.clock.clone()).await.unwrap();
    (studio, script)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn away() -> StoreError {
    StoreError::saying("a test said so")
}

impl Script {
    /// What happens to the appends from now on; those after go well.
    pub fn next(&self, faults: impl IntoIterator<Item = Fault>) {
        locked(&self.faults).extend(faults);
    }

    /// Appends wait from now on.
    pub fn hold(&self) {
        self.gate.forget_permits(self.gate.available_permits());
    }

    /// So many appends may pass.
    pub fn let_through(&self, appends: usize) {
        self.gate.add_permits(appends);
    }

    /// Waits until so many appends have arrived since the beginning, held or not.
    pub async fn has_seen(&self, appends: usize) {
        while self.arrived.load(SeqCst) < appends {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }

    /// Waits until somebody tried to raise the fence.
    pub async fn has_tried_the_fence(&self) {
        while !locked(&self.calls).contains(&Call::Fence) {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }

    /// How many appends have arrived since the beginning, held or not.
    pub fn arrived(&self) -> usize {
        self.arrived.load(SeqCst)
    }

    /// Whether no fence can be raised from now on.
    pub fn fence_is_away(&self, away: bool) {
        self.fence_away.store(away, SeqCst);
    }

    /// Panics when a step asks for this aggregate alone.
    pub fn panics_over(&self, id: Option<Uuid>) {
        *locked(&self.panics_over) = id;
    }

    /// What was asked since the last time.
    pub fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut *locked(&self.calls))
    }

    /// The facts of each append that was stored.
    pub fn stored(&self) -> Vec<Arc<Vec<Entry>>> {
        locked(&self.stored).clone()
    }

    /// The append that was on its way when its answer was lost.
    pub fn late(&self) -> Append {
        locked(&self.late).take().unwrap()
    }

    fn note(&self, call: Call) {
        locked(&self.calls).push(call);
    }

    async fn pass(&self, append: &Append) -> Option<Fault> {
        self.arrived.fetch_add(1, SeqCst);
        self.gate.acquire().await.unwrap().forget();
        let fault = locked(&self.faults).pop_front();
        if matches!(fault, None | Some(Fault::Stored)) {
            locked(&self.stored).push(Arc::clone(&append.entries));
        }
        if fault == Some(Fault::Late) {
            *locked(&self.late) = Some(append.clone());
        }
        fault
    }
}

fn answer(fault: Fault) -> AppendError {
    match fault {
        Fault::Moved => AppendError::Moved,
        Fault::Refused => AppendError::Refused(away()),
        Fault::Fatal => AppendError::Fatal(away()),
        Fault::Stored | Fault::Lost | Fault::Late => AppendError::Unknown(away()),
    }
}

#[async_trait]
impl Ledger for Double {
    async fn tail(&self, branch: BranchId) -> Result<Tail, StoreError> {
        self.script.note(Call::Tail);
        self.real.tail(branch).await
    }

    async fn append(&self, append: Append) -> Result<(), AppendError> {
        self.script.note(Call::Append);
        match self.script.pass(&append).await {
            None => self.real.append(append).await,
            Some(fault) => {
                if fault == Fault::Stored {
                    self.real.append(append).await?;
                }
                Err(answer(fault))
            }
        }
    }

    async fn lock(&self, branch: BranchId) -> Result<Box<dyn Locked>, StoreError> {
        self.script.note(Call::Lock);
        let real = self.real.lock(branch).await?;
        Ok(Box::new(Turn { real, script: Arc::clone(&self.script) }))
    }

    async fn raise_fence(&self, branch: BranchId) -> Result<Tail, StoreError> {
        self.script.note(Call::Fence);
        if self.script.fence_away.load(SeqCst) {
            return Err(away());
        }
        self.real.raise_fence(branch).await
    }

    async fn read(&self, branch: BranchId, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.script.note(Call::Read);
        self.real.read(branch, after, limit).await
    }

    async fn history(&self, branch: BranchId, kind: &str, id: Uuid) -> Result<Vec<Entry>, StoreError> {
        self.real.history(branch, kind, id).await
    }

    async fn streams(
        &self,
        branch: BranchId,
        ids: &[(&'static str, Uuid)],
    ) -> Result<Vec<SerializedEvent>, StoreError> {
        let ids_only: Vec<Uuid> = ids.iter().map(|(_, id)| *id).collect();
        let panics_over = *locked(&self.script.panics_over);
        assert!(panics_over.is_none_or(|id| ids_only != [id]), "a rule would panic here");
        self.script.note(Call::Streams(ids_only));
        self.real.streams(branch, ids).await
    }

    async fn branches(&self) -> Result<Vec<BranchId>, StoreError> {
        self.real.branches().await
    }

    async fn select(&self, select: &Select) -> Result<Vec<Vec<Cell>>, StoreError> {
        self.script.note(Call::Select(select.table.name));
        self.real.select(select).await
    }

    async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError> {
        self.real.insert_new(table, row).await
    }

    async fn change(&self, change: Change) -> Result<u64, StoreError> {
        self.real.change(change).await
    }

    async fn change_together(&self, changes: Changes) -> Result<Vec<u64>, StoreError> {
        self.real.change_together(changes).await
    }

    async fn close(&self) {
        self.real.close().await;
    }
}

/// The turn to write, with the same script.
struct Turn {
    real: Box<dyn Locked>,
    script: Arc<Script>,
}

#[async_trait]
impl Locked for Turn {
    async fn tail(&mut self) -> Result<Tail, StoreError> {
        self.real.tail().await
    }

    async fn read(&mut self, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.script.note(Call::ReadInTurn);
        self.real.read(after, limit).await
    }

    async fn append(self: Box<Self>, append: Append) -> Result<(), AppendError> {
        match self.script.pass(&append).await {
            None => self.real.append(append).await,
            Some(fault) => {
                if fault == Fault::Stored {
                    self.real.append(append).await?;
                } else {
                    self.real.release().await;
                }
                Err(answer(fault))
            }
        }
    }

    async fn replace_rows(
        self: Box<Self>,
        at: Tail,
        rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
    ) -> Result<(), AppendError> {
        self.real.replace_rows(at, rows).await
    }

    async fn release(self: Box<Self>) {
        self.real.release().await;
    }
}
