//! Several processes on one store.

use std::sync::Arc;

use cartwheel::ledger::{AppendError, Ledger};

use super::facts::{append, assert_whole, branch};
use super::{Store, every_store};

every_store!(concurrent_writers_leave_one_order_without_a_gap_and_lose_nothing,);

const WRITERS: u128 = 4;
const EACH: u128 = 30;

/// Appends until it fits, without and with the turn to write.
async fn insist(ledger: &dyn Ledger, event: u128) {
    loop {
        let outcome = if event.is_multiple_of(3) {
            let mut turn = ledger.lock(branch(1)).await.unwrap();
            let tail = turn.tail().await.unwrap();
            turn.append(append(branch(1), tail, event, 2)).await
        } else {
            let tail = ledger.tail(branch(1)).await.unwrap();
            ledger.append(append(branch(1), tail, event, 2)).await
        };
        match outcome {
            Ok(()) => return,
            Err(AppendError::Moved) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

async fn concurrent_writers_leave_one_order_without_a_gap_and_lose_nothing(store: Store) {
    let mut writers = vec![];
    for writer in 0..WRITERS {
        let ledger: Arc<dyn Ledger> = store.another_process().await;
        writers.push(tokio::spawn(async move {
            for n in 0..EACH {
                insist(ledger.as_ref(), 1 + writer * EACH + n).await;
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }

    let head = assert_whole(store.ledger.as_ref(), branch(1)).await;
    assert_eq!(u128::from(head), 2 * WRITERS * EACH);
}
