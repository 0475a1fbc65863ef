//! The one connection that writes.
//!
//! A task owns it. Whatever waits is stored in one transaction, so that one flush serves many lanes, and what goes
//! into one table goes there together.

mod desk;
#[cfg(test)]
mod tests;
mod turn;

use aggregates::ids::BranchId;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::{mpsc, oneshot};

use super::{Append, AppendError, StoreError, Tail};
use crate::ledger::table::{Cell, Table};
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
    pub(super) fn start(connection: SqliteConnection, options: SqliteConnectOptions) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        tokio::spawn(run(waiting, Desk::of(connection), options));
        Self { jobs }
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

async fn run(mut waiting: mpsc::Receiver<Job>, mut desk: Desk, options: SqliteConnectOptions) {
    let mut next = None;
    loop {
        let job = match next.take() {
            Some(job) => job,
            None => match waiting.recv().await {
                Some(job) => job,
                None => break,
            },
        };
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
                desk.store(group).await;
            }
            Job::Lock(branch, answer) => match turn::lend(desk, branch, answer, &options).await {
                Some(back) => desk = back,
                None => return,
            },
            Job::Close(answer) => {
                desk.close().await;
                let _ = answer.send(());
                return;
            }
        }
    }
    desk.close().await;
}
