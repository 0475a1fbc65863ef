//! The turn to write: the connection, lent with an open transaction to a lane that wants to read, decide and append
//! while nobody else can.

use std::time::Duration;

use aggregates::ids::BranchId;
use async_trait::async_trait;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::oneshot;

use super::super::{Append, AppendError, Entry, Locked, Position, StoreError, Tail, read, tail};
use super::desk::{Desk, Failed};
use super::{Work, gone};
use crate::ledger::table::{Cell, Table};

/// How long to wait before the store is opened again after it could not be.
const PAUSE: Duration = Duration::from_millis(250);

#[derive(Debug)]
pub(in super::super) struct Turn {
    branch: BranchId,
    desk: Option<Desk>,
    back: Option<oneshot::Sender<Desk>>,
}

/// Lends the connection and waits for it; `None` if there is no getting it back.
pub(super) async fn lend(
    mut desk: Desk,
    branch: BranchId,
    answer: oneshot::Sender<Result<Turn, StoreError>>,
    options: &SqliteConnectOptions,
) -> Option<Desk> {
    if let Err(error) = desk.begin().await {
        let _ = answer.send(Err(error));
        return Some(desk);
    }
    let (back, returned) = oneshot::channel();
    if let Err(Ok(mut turn)) = answer.send(Ok(Turn { branch, desk: Some(desk), back: Some(back) })) {
        let mut desk = turn.desk.take()?;
        desk.roll_back().await;
        return Some(desk);
    }
    if let Ok(desk) = returned.await {
        return Some(desk);
    }
    // Whoever held the connection is gone, and with it the transaction.
    loop {
        match options.connect().await {
            Ok(connection) => return Some(Desk::of(connection)),
            Err(error) => {
                tracing::error!(%error, "the store cannot be opened again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

impl Turn {
    fn desk(&mut self) -> Result<&mut Desk, StoreError> {
        self.desk.as_mut().ok_or_else(gone)
    }

    /// Ends the transaction and gives the turn back.
    async fn finish<T>(mut self: Box<Self>, done: Result<T, Failed>) -> Result<T, AppendError> {
        let done = self.desk().map_err(AppendError::Refused)?.finish(done).await;
        self.give_back();
        Ok(done?)
    }

    fn give_back(&mut self) {
        if let (Some(back), Some(desk)) = (self.back.take(), self.desk.take()) {
            let _ = back.send(desk);
        }
    }
}

#[async_trait]
impl Locked for Turn {
    async fn tail(&mut self) -> Result<Tail, StoreError> {
        let branch = self.branch;
        tail(&mut self.desk()?.connection, branch).await
    }

    async fn read(&mut self, after: Position, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let branch = self.branch;
        read(&mut self.desk()?.connection, branch, after, limit).await
    }

    async fn append(mut self: Box<Self>, append: Append) -> Result<(), AppendError> {
        let written = self.desk().map_err(AppendError::Refused)?.write(&[Work::Append(append)]).await;
        let outcomes = self.finish(written).await?;
        outcomes.into_iter().try_for_each(|outcome| outcome.map(|_| ()))
    }

    async fn replace_rows(
        mut self: Box<Self>,
        at: Tail,
        rows: Vec<(&'static Table, Vec<Vec<Cell>>)>,
    ) -> Result<(), AppendError> {
        let branch = self.branch;
        let done = self.desk().map_err(AppendError::Refused)?.replace_rows(branch, at, &rows).await;
        self.finish(done).await
    }

    async fn release(mut self: Box<Self>) {
        if let Ok(desk) = self.desk() {
            desk.roll_back().await;
        }
        self.give_back();
    }
}
