//! Who is next to append to a branch, first come first served, among the lanes of this process.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

use aggregates::ids::BranchId;
use tokio::sync::OwnedMutexGuard;

type Queue = Arc<tokio::sync::Mutex<()>>;

/// The queues of all branches to which somebody appends.
#[derive(Debug, Default)]
pub(super) struct Queues(Arc<Mutex<HashMap<BranchId, Queue>>>);

/// Being first in the queue of a branch, until it is dropped.
#[derive(Debug)]
pub(super) struct First {
    branch: BranchId,
    queues: Arc<Mutex<HashMap<BranchId, Queue>>>,
    turn: Option<OwnedMutexGuard<()>>,
}

impl Queues {
    /// Waits behind all who began to wait earlier.
    pub(super) async fn wait(&self, branch: BranchId) -> First {
        let queue =
            Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(branch).or_default());
        let mut first = First { branch, queues: Arc::clone(&self.0), turn: None };
        first.turn = Some(queue.lock_owned().await);
        first
    }
}

impl Drop for First {
    /// A queue in which nobody is left goes away.
    fn drop(&mut self) {
        drop(self.turn.take());
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(queue) = queues.entry(self.branch)
            && Arc::strong_count(queue.get()) == 1
        {
            queue.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_comes_first_is_first_and_an_empty_queue_goes_away() {
        let branch = BranchId(uuid::Uuid::max());
        let queues = Queues::default();
        let order = Mutex::new(vec![]);
        let append = async |n: u32| {
            let _first = queues.wait(branch).await;
            tokio::task::yield_now().await;
            order.lock().unwrap().push(n);
        };

        tokio::join!(append(1), append(2), append(3));
        assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
        let gave_up = tokio::time::timeout(std::time::Duration::ZERO, async {
            let _first = queues.wait(branch).await;
            append(4).await;
        });
        assert!(gave_up.await.is_err(), "behind itself");

        assert!(queues.0.lock().unwrap().is_empty());
    }
}
