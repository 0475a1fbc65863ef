//! The one connection that writes.
//!
//! A thread owns it, since it waits for the disk most of the time. Whatever waits is stored in one transaction, so that
//! one flush serves many lanes, and what goes into one table goes there together.

mod changes;
mod checkpoints;
mod desk;
#[cfg(test)]
mod tests;
mod turn;

use std::path::Path;

use aggregates::ids::BranchId;
use tokio::sync::{mpsc, oneshot};

use super::{Append, AppendError, Role, StoreError, Tail, connect};
use crate::ledger::change::Changes;
use crate::ledger::table::{Cell, Table};
use checkpoints::Checkpoints;
pub(super) use checkpoints::LOG_LIMIT;
use desk::Desk;
pub(super) use turn::Turn;

/// How many pieces of work share a transaction at most.
const GROUP: usize = 64;

/// How many pieces of work may wait before a caller waits to hand in another.
const WAITING: usize = 256;

#[derive(Debug)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

#[derive(Debug)]
enum Job {
    Work(Work, Answer),
    Change(Changes, oneshot::Sender<Result<Vec<u64>, StoreError>>),
    Lock(BranchId, oneshot::Sender<Result<Turn, StoreError>>),
    Close(oneshot::Sender<()>),
}

/// Something to be stored.
#[derive(Debug)]
enum Work {
    Append(Append),
    RaiseFence(BranchId),
    InsertNew(&'static Table, Vec<Cell>),
}

/// What became of a piece of work; a raised fence tells the ledger's end.
type Outcome = Result<Option<Tail>, AppendError>;

type Answer = oneshot::Sender<Outcome>;

impl Writer {
    /// Starts the thread; it ends when it is told to close, or when nobody can ask it any more.
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let desk = Desk::of(connect(path, Role::Writes)?);
        let checkpoints = Checkpoints::start(connect(path, Role::WritesBack)?, path)?;
        let thread = std::thread::Builder::new().name("ledger-writer".to_owned());
        thread.spawn(move || {
            let closed = run(waiting, desk, &checkpoints);
            checkpoints.stop();
            if let Some(closed) = closed {
                let _ = closed.send(());
            }
        })?;
        Ok(Self { jobs })
    }

    pub(super) async fn append(&self, append: Append) -> Result<(), AppendError> {
        self.work(Work::Append(append)).await.map(|_| ())
    }

    pub(super) async fn raise_fence(&self, branch: BranchId) -> Result<Tail, StoreError> {
        match self.work(Work::RaiseFence(branch)).await {
            Ok(Some(tail)) => Ok(tail),
            Ok(None) => Err(gone()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn insert_new(&self, table: &'static Table, row: Vec<Cell>) -> Result<(), StoreError> {
        match self.work(Work::InsertNew(table, row)).await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn change(&self, changes: Changes) -> Result<Vec<u64>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Change(changes, answer)).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    pub(super) async fn lock(&self, branch: BranchId) -> Result<Turn, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Lock(branch, answer)).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }

    pub(super) async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.jobs.send(Job::Close(answer)).await.is_ok() {
            let _ = answered.await;
        }
    }

    async fn work(&self, work: Work) -> Outcome {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(Job::Work(work, answer)).await.map_err(|_| AppendError::Refused(gone()))?;
        answered.await.map_err(|_| AppendError::Unknown(gone()))?
    }
}

fn gone() -> StoreError {
    StoreError::saying("the store is closed")
}

/// Carries out jobs until the store is closed; whoever closed it waits for the answer.
fn run(
    mut waiting: mpsc::Receiver<Job>,
    mut desk: Desk,
    checkpoints: &Checkpoints,
) -> Option<oneshot::Sender<()>> {
    let mut next = None;
    while let Some(job) = next.take().or_else(|| waiting.blocking_recv()) {
        match job {
            Job::Work(work, answer) => {
                let mut group = vec![(work, answer)];
                while group.len() < GROUP {
                    match waiting.try_recv() {
                        Ok(Job::Work(work, answer)) => group.push((work, answer)),
                        Ok(other) => {
                            next = Some(other);
                            break;
                        }
                        Err(_) => break,
                    }
                }
                desk.store(group);
            }
            Job::Change(changes, answer) => {
                let _ = answer.send(desk.change(&changes));
            }
            Job::Lock(branch, answer) => turn::give(&mut desk, branch, answer),
            Job::Close(answer) => {
                desk.close();
                return Some(answer);
            }
        }
        if desk.has_erased() {
            checkpoints.empty();
        }
        checkpoints.stored();
    }
    desk.close();
    None
}
