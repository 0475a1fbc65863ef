//! Connections that read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{PATIENCE, Role, StoreError, connect};

/// Connections that read at the same time.
const READERS: u32 = 4;

/// Connections that are lent, for one question each, to threads that may wait for a disk.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    free: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    /// Connections to that file, each opened when it is first needed.
    pub(super) fn of(path: &Path) -> Self {
        let free = Arc::new(Semaphore::new(READERS as usize));
        Self { path: path.to_owned(), free, idle: Arc::default() }
    }

    /// Asks when a connection is free. The question is answered also if nobody waits for it any more.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let free = Arc::clone(&self.free).acquire_owned();
        let permit = tokio::time::timeout(PATIENCE, free)
            .await
            .map_err(|_| StoreError::saying("too many questions wait for the store"))??;
        let (idle, path) = (Arc::clone(&self.idle), self.path.clone());
        let asked = tokio::task::spawn_blocking(move || {
            let lent = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match lent {
                Some(connection) => connection,
                None => connect(&path, Role::Reads)?,
            };
            let answer = question(&connection);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            drop(permit);
            answer
        });
        asked.await?
    }

    /// Waits for questions under way, and closes.
    pub(super) async fn close(&self) {
        let _all = self.free.acquire_many(READERS).await;
        self.free.close();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
