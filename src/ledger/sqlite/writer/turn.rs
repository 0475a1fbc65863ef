//! The turn to write: an open transaction, in which the writer does only what the lane that has the turn asks, until the
//! lane gives it back or is gone.

use aggregates::ids::BranchId;
use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};

use super::super::{Append, AppendError, Entry, Locked, Position, StoreError, Tail, reading};
use super::desk::Desk;
use super::{Work, gone};
use crate::ledger::table::{Cell, Table};

/// Whole tables of rows.
type Rows = Vec<(&'static Table, Vec<Vec<Cell>>)>;

/// The end of a turn, as whoever had it holds it.
#[derive(Debug)]
pub(in super::super) struct Turn {
    asks: mpsc::Sender<Ask>,
}

#[derive(Debug)]
enum Ask {
    Tail(oneshot::Sender<Result<Tail, StoreError>>),
    Read(Position, u32, oneshot::Sender<Result<Vec<Entry>, StoreError>>),
    Append(Append, oneshot::Sender<Result<(), AppendError>>),
    ReplaceRows(Tail, Rows, oneshot::Sender<Result<(), AppendError>>),
    Release(oneshot::Sender<()>),
}

/// Gives the turn to whoever asked, and serves them until it comes back.
pub(super) fn give(desk: &mut Desk, branch: BranchId, answer: oneshot::Sender<Result<Turn, StoreError>>) {
    if let Err(error) = desk.begin() {
        let _ = answer.send(Err(error));
        return;
    }
    let (asks, mut asked) = mpsc::channel(1);
    // Should nobody wait for it any more, the turn is dropped with its sender, and the transaction ends below.
    let _ = answer.send(Ok(Turn { asks }));
    while let Some(ask) = asked.blocking_recv() {
        match ask {
            Ask::Tail(answer) => {
                let _ = answer.send(reading::tail(&desk.connection, branch));
            }
            Ask::Read(after, limit, answer) => {
                let _ = answer.send(reading::page(&desk.connection, branch, after, limit));
            }
            Ask::Append(append, answer) => {
                let written = desk.write(&[Work::Append(append)]);
                let _ =
                    answer.send(desk.finish(written).map_err(AppendError::from).and_then(|outcomes| {
                        outcomes.into_iter().try_for_each(|outcome| outcome.map(|_| ()))
                    }));
                return;
            }
            Ask::ReplaceRows(at, rows, answer) => {
                let replaced = desk.replace_rows(branch, at, &rows);
                let _ = answer.send(desk.finish(replaced).map_err(AppendError::from));
                return;
            }
            Ask::Release(answer) => {
                desk.roll_back();
                let _ = answer.send(());
                return;
            }
        }
    }
    desk.roll_back();
}

impl Turn {
    async fn ask<T>(&self, ask: impl FnOnce(oneshot::Sender<T>) -> Ask) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.asks.send(ask(answer)).await.ok()?;
        answered.await.ok()
    }
}

/// What is known of a change of which the writer said nothing.
fn unanswered() -> Result<(), AppendError> {
    Err(AppendError::Unknown(gone()))
}

#[async_trait]
impl Locked for Turn {
    async fn tail(&mut self) -> Result<Tail, StoreError> {
        self.ask(Ask::Tail).await.unwrap_or_else(|| Err(gone()))
    }

    async fn read(&mut self, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.ask(|answer| Ask::Read(after, limit, answer)).await.unwrap_or_else(|| Err(gone()))
    }

    async fn append(self: Box<Self>, append: Append) -> Result<(), AppendError> {
        self.ask(|answer| Ask::Append(append, answer)).await.unwrap_or_else(unanswered)
    }

    async fn replace_rows(self: Box<Self>, at: Tail, rows: Rows) -> Result<(), AppendError> {
        self.ask(|answer| Ask::ReplaceRows(at, rows, answer)).await.unwrap_or_else(unanswered)
    }

    async fn release(self: Box<Self>) {
        self.ask(Ask::Release).await;
    }
}
