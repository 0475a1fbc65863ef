//! Telling those who look at a branch that something changed there.
//!
//! Whoever watches hears of the ledger's new head, whichever process wrote to it, and then asks for what it wants to
//! show: what a page may see is decided in one place. As long as anybody watches a branch, one task asks for its head,
//! twice a second; a branch that nobody watches costs nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aggregates::ids::BranchId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;

use crate::ledger::{Ledger, Position, StoreError};

/// How often the head of a watched branch is asked for: what changed is heard of within two seconds.
const OFTEN: Duration = Duration::from_millis(500);

/// How many may watch at the same time in one process.
const MOST: usize = 2_000;

/// Everybody who watches.
#[derive(Clone)]
pub struct Watching {
    ledger: Arc<dyn Ledger>,
    heads: Arc<Mutex<HashMap<BranchId, watch::Sender<Position>>>>,
    places: Arc<Semaphore>,
    stop: CancellationToken,
}

/// Why somebody cannot watch.
#[derive(Debug, thiserror::Error)]
pub enum CannotWatch {
    #[error("too many are watching already")]
    Full,
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
}

/// Somebody who watches a branch, until this is dropped.
pub struct Watcher {
    head: watch::Receiver<Position>,
    stop: CancellationToken,
    _place: OwnedSemaphorePermit,
}

impl Watcher {
    /// Where the ledger ended when it was last asked.
    #[must_use]
    pub fn head(&mut self) -> Position {
        *self.head.borrow_and_update()
    }

    /// Waits for another head; `None` when the service stops.
    pub async fn changed(&mut self) -> Option<Position> {
        tokio::select! {
            () = self.stop.cancelled() => None,
            changed = self.head.changed() => changed.ok().map(|()| self.head()),
        }
    }
}

impl Watching {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>) -> Self {
        let places = Arc::new(Semaphore::new(MOST));
        Self { ledger, heads: Arc::default(), places, stop: CancellationToken::new() }
    }

    /// Watches a branch.
    ///
    /// # Errors
    ///
    /// If too many are watching, or the store cannot be asked.
    pub async fn watch(&self, branch: BranchId) -> Result<Watcher, CannotWatch> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| CannotWatch::Full)?;
        let head = match self.watched(branch) {
            Some(head) => head,
            None => self.begin(branch, self.ledger.tail(branch).await.map_err(CannotWatch::Store)?.head),
        };
        Ok(Watcher { head, stop: self.stop.clone(), _place: place })
    }

    /// How many watch now.
    #[must_use]
    pub fn watchers(&self) -> usize {
        MOST - self.places.available_permits()
    }

    /// Ends everybody's watch: streams would keep the service from stopping.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    fn watched(&self, branch: BranchId) -> Option<watch::Receiver<Position>> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).get(&branch).map(watch::Sender::subscribe)
    }

    /// Starts asking for the head of a branch, unless somebody else did meanwhile.
    fn begin(&self, branch: BranchId, head: Position) -> watch::Receiver<Position> {
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = heads.get(&branch) {
            return sender.subscribe();
        }
        let (sender, receiver) = watch::channel(head);
        heads.insert(branch, sender.clone());
        tokio::spawn(self.clone().ask(branch, sender));
        receiver
    }

    async fn ask(self, branch: BranchId, sender: watch::Sender<Position>) {
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(OFTEN) => {}
            }
            {
                // Nobody can begin to watch between the question and the end.
                let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
                if sender.receiver_count() == 0 {
                    heads.remove(&branch);
                    return;
                }
            }
            // A store that is away for a moment has nothing new; pages say by themselves when it stays away.
            if let Ok(tail) = self.ledger.tail(branch).await {
                sender.send_if_modified(|head| std::mem::replace(head, tail.head) != tail.head);
            }
        }
    }
}
