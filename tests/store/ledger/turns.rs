//! The turn to write: held by one, waited for by all others, and never lost.

use std::time::Duration;

use cartwheel::ledger::Tail;

use super::facts::{append, assert_whole, branch, holding, is_moved};
use super::{Store, every_store};

every_store!(
    whoever_has_the_turn_reads_decides_and_appends_while_others_wait,
    a_turn_that_is_given_back_changes_nothing,
    a_turn_whose_append_does_not_fit_is_given_back,
    a_turn_whose_owner_is_gone_is_taken_back,
    a_turn_that_replaces_rows_raises_the_fence_and_needs_the_end_that_it_saw,
    closing_is_the_end,
);

const A_WHILE: Duration = Duration::from_millis(100);

async fn whoever_has_the_turn_reads_decides_and_appends_while_others_wait(store: Store) {
    let here = store.ledger.as_ref();
    let there = store.another_process().await;
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    here.append(first.clone()).await.unwrap();

    let mut turn = here.lock(branch(1)).await.unwrap();
    let mine = tokio::spawn({
        let (ledger, append) = (store.ledger.clone(), append(branch(1), first.tail(), 9, 1));
        async move { ledger.append(append).await }
    });
    let theirs = tokio::spawn({
        let append = append(branch(1), first.tail(), 8, 1);
        async move { there.append(append).await }
    });
    tokio::time::sleep(A_WHILE).await;
    assert!(!mine.is_finished() && !theirs.is_finished());
    let tail = turn.tail().await.unwrap();
    assert_eq!(tail, first.tail());
    assert_eq!(turn.read(1, 10).await.unwrap(), first.entries[1..]);
    turn.append(append(branch(1), tail, 10, 2)).await.unwrap();

    for waited in [mine, theirs] {
        assert!(is_moved(&waited.await.unwrap()), "it waited, and then it did not fit");
    }
    assert_eq!(assert_whole(here, branch(1)).await, 5);
}

async fn a_turn_that_is_given_back_changes_nothing(store: Store) {
    let ledger = store.ledger.as_ref();
    let turn = ledger.lock(branch(1)).await.unwrap();

    turn.release().await;

    assert_eq!(holding(ledger, branch(1)).await.tail, Tail::empty(branch(1)));
    ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
}

async fn a_turn_whose_append_does_not_fit_is_given_back(store: Store) {
    let ledger = store.ledger.as_ref();
    let turn = ledger.lock(branch(1)).await.unwrap();

    let beyond = Tail { head: 4, ..Tail::empty(branch(1)) };
    assert!(is_moved(&turn.append(append(branch(1), beyond, 7, 3)).await));

    ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
    assert_eq!(assert_whole(ledger, branch(1)).await, 3);
}

async fn a_turn_whose_owner_is_gone_is_taken_back(store: Store) {
    let ledger = store.ledger.as_ref();
    for round in 0..5 {
        let mut turn = ledger.lock(branch(1)).await.unwrap();
        let tail = turn.tail().await.unwrap();
        drop(turn);
        ledger.append(append(branch(1), tail, 7 + round, 1)).await.unwrap();
    }
    let owner = tokio::spawn({
        let ledger = store.ledger.clone();
        async move {
            let _turn = ledger.lock(branch(1)).await.unwrap();
            std::future::pending::<()>().await;
        }
    });
    tokio::time::sleep(A_WHILE).await;
    owner.abort();

    let tail = ledger.tail(branch(1)).await.unwrap();
    ledger.append(append(branch(1), tail, 99, 1)).await.unwrap();
    assert_eq!(assert_whole(ledger, branch(1)).await, 6);
    assert_eq!(assert_whole(store.another_process().await.as_ref(), branch(1)).await, 6);
}

async fn a_turn_that_replaces_rows_raises_the_fence_and_needs_the_end_that_it_saw(store: Store) {
    use cartwheel::read_models::tables::LINKS;

    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let rows =
        || vec![(&LINKS, vec![super::facts::row(branch(1), 70, 1), super::facts::row(branch(1), 71, 1)])];

    let early = ledger.lock(branch(1)).await.unwrap();
    assert!(is_moved(&early.replace_rows(Tail { head: 2, ..first.tail() }, rows()).await));
    assert_eq!(holding(ledger, branch(1)).await.rows, first.rows[0].1);
    let turn = ledger.lock(branch(1)).await.unwrap();
    turn.replace_rows(first.tail(), rows()).await.unwrap();

    let held = holding(ledger, branch(1)).await;
    assert_eq!(held.rows, rows()[0].1);
    assert_eq!(held.tail, Tail { fence: 1, ..first.tail() });
    assert!(
        is_moved(&ledger.append(append(branch(1), first.tail(), 8, 1)).await),
        "decided before the rebuild"
    );
}

async fn closing_is_the_end(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();

    ledger.close().await;

    assert!(ledger.append(append(branch(1), first.tail(), 8, 1)).await.is_err());
    assert!(ledger.lock(branch(1)).await.is_err());
    assert!(ledger.raise_fence(branch(1)).await.is_err());
    assert_eq!(assert_whole(store.another_process().await.as_ref(), branch(1)).await, 3);
}
