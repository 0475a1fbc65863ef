//! `append(branch, after, facts, rows) -> Ok | Moved`: all or nothing, and only if the ledger ends there.

use aggregates::ids::BranchId;
use cartwheel::ledger::{Append, AppendError, Tail};
use futures::FutureExt;

use super::facts::{append, assert_whole, branch, holding, is_moved, record, sequel};
use super::{Store, every_store};

every_store!(
    an_append_stores_facts_rows_and_records_and_moves_the_head,
    an_append_fits_only_where_the_ledger_ends,
    an_append_fits_only_onto_the_facts_that_it_was_decided_on,
    an_append_decided_under_another_fence_or_other_folds_does_not_fit,
    a_record_that_was_there_before_is_fatal_and_nothing_of_the_append_is_stored,
    a_fact_that_was_there_before_is_fatal_and_nothing_of_the_append_is_stored,
    a_position_that_is_taken_although_the_head_says_otherwise_is_fatal,
    of_appends_that_are_stored_together_one_that_fails_is_taken_back_alone,
    of_appends_to_ledgers_with_facts_one_that_fails_is_taken_back_alone,
    an_append_for_which_nobody_waits_is_stored_before_the_next,
    appends_are_stored_in_the_order_in_which_they_were_begun,
    a_raised_fence_shuts_out_what_is_still_on_its_way,
    the_fence_of_a_ledger_without_facts_can_be_raised,
    branches_do_not_meet,
    many_facts_and_rows_are_stored_in_order,
);

async fn an_append_stores_facts_rows_and_records_and_moves_the_head(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    assert_eq!(ledger.tail(branch(1)).await.unwrap(), Tail::empty(branch(1)));
    ledger.append(first.clone()).await.unwrap();
    let second = sequel(branch(1), first.tail(), 7, 4, 2);

    ledger.append(second.clone()).await.unwrap();

    let stored = holding(ledger, branch(1)).await;
    assert_eq!(stored.facts, [first.entries.as_slice(), &second.entries].concat());
    assert_eq!(stored.tail, second.tail());
    assert_eq!(stored.tail.head, 5);
    assert_eq!(stored.rows, second.rows[0].1, "a row takes the place of the old one");
    assert_eq!(stored.records, [first.records[0].1.clone(), second.records[0].1.clone()].concat());
    let there = store.another_process().await;
    assert_eq!(holding(there.as_ref(), branch(1)).await, stored);
}

async fn an_append_fits_only_where_the_ledger_ends(store: Store) {
    let ledger = store.ledger.as_ref();
    let empty = Tail::empty(branch(1));
    let first = append(branch(1), empty, 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let stored = holding(ledger, branch(1)).await;

    assert!(is_moved(&ledger.append(append(branch(1), empty, 8, 1)).await), "too early");
    let beyond = Tail { head: 4, ..first.tail() };
    assert!(is_moved(&ledger.append(append(branch(1), beyond, 8, 1)).await), "too late");
    assert!(is_moved(&ledger.append(append(branch(2), beyond, 8, 1)).await), "nothing is there at all");

    assert_eq!(holding(ledger, branch(1)).await, stored, "nothing of them was stored");
    assert_eq!(ledger.branches().await.unwrap(), [branch(1)]);
}

async fn an_append_fits_only_onto_the_facts_that_it_was_decided_on(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    let other = append(branch(1), Tail::empty(branch(1)), 8, 3);
    ledger.append(first.clone()).await.unwrap();
    let stored = holding(ledger, branch(1)).await;

    let on_the_other = append(branch(1), other.tail(), 9, 1);
    assert!(is_moved(&ledger.append(on_the_other).await), "as many facts, but not these");

    assert_eq!(holding(ledger, branch(1)).await, stored);
}

async fn an_append_decided_under_another_fence_or_other_folds_does_not_fit(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let stored = holding(ledger, branch(1)).await;

    for after in [
        Tail { fence: 1, ..first.tail() },
        Tail { fence: -1, ..first.tail() },
        Tail { rows_version: projections::ROWS_VERSION + 1, ..first.tail() },
    ] {
        assert!(is_moved(&ledger.append(append(branch(1), after, 8, 1)).await), "{after:?}");
    }

    assert_eq!(holding(ledger, branch(1)).await, stored);
}

async fn a_record_that_was_there_before_is_fatal_and_nothing_of_the_append_is_stored(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let stored = holding(ledger, branch(1)).await;
    let mut twice = append(branch(1), first.tail(), 8, 2);
    twice.records.clone_from(&first.records);

    assert!(matches!(ledger.append(twice).await, Err(AppendError::Fatal(_))));

    assert_eq!(holding(ledger, branch(1)).await, stored);
    ledger.append(append(branch(1), first.tail(), 8, 2)).await.unwrap();
}

async fn a_fact_that_was_there_before_is_fatal_and_nothing_of_the_append_is_stored(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let stored = holding(ledger, branch(1)).await;

    let same_sequence = sequel(branch(1), first.tail(), 7, 3, 2);
    assert!(matches!(ledger.append(same_sequence).await, Err(AppendError::Fatal(_))));

    assert_eq!(holding(ledger, branch(1)).await, stored);
}

async fn a_position_that_is_taken_although_the_head_says_otherwise_is_fatal(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    store.tamper("UPDATE ledgers SET head = 2").await;
    let before = holding(ledger, branch(1)).await;

    let outcome = ledger.append(append(branch(1), Tail { head: 2, ..first.tail() }, 8, 1)).await;

    assert!(matches!(outcome, Err(AppendError::Fatal(_))), "{outcome:?}");
    assert_eq!(holding(ledger, branch(1)).await, before);
}

async fn of_appends_that_are_stored_together_one_that_fails_is_taken_back_alone(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(3), Tail::empty(branch(3)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let [one, two, three, four] = [1, 2, 3, 4].map(branch);
    let new = |branch: BranchId| append(branch, Tail::empty(branch), 8, 2);
    let fatal = Append {
        records: vec![(&cartwheel::ledger::table::CAPABILITIES, vec![record(two, 1); 2])],
        ..new(two)
    };
    let moved = new(three);
    let turn = ledger.lock(one).await.unwrap();

    // They gather while the turn is taken.
    let outcomes = tokio::join!(
        ledger.append(new(one)),
        ledger.append(fatal),
        ledger.append(moved),
        ledger.append(new(four)),
        async {
            tokio::task::yield_now().await;
            turn.release().await;
        }
    );

    assert!(matches!(outcomes.0, Ok(())), "{outcomes:?}");
    assert!(matches!(outcomes.1, Err(AppendError::Fatal(_))), "{outcomes:?}");
    assert!(matches!(outcomes.2, Err(AppendError::Moved)), "{outcomes:?}");
    assert!(matches!(outcomes.3, Ok(())), "{outcomes:?}");
    assert_eq!(holding(ledger, two).await.tail, Tail::empty(two));
    assert_eq!(holding(ledger, two).await.facts, []);
    assert_eq!(holding(ledger, three).await.tail, first.tail());
    for whole in [one, four] {
        assert_eq!(assert_whole(ledger, whole).await, 2);
    }
}

async fn of_appends_to_ledgers_with_facts_one_that_fails_is_taken_back_alone(store: Store) {
    let ledger = store.ledger.as_ref();
    let mut next = vec![];
    for branch in (0..8).map(branch) {
        let first = append(branch, Tail::empty(branch), 7, 3);
        ledger.append(first.clone()).await.unwrap();
        next.push(append(branch, first.tail(), 8, 2));
    }
    next[4].records = vec![(&cartwheel::ledger::table::CAPABILITIES, vec![record(branch(4), 1); 2])];
    next[5] = append(branch(5), Tail { head: 2, ..next[5].after }, 8, 2);

    let outcomes = futures::future::join_all(next.iter().map(|next| ledger.append(next.clone()))).await;

    assert!(matches!(outcomes[4], Err(AppendError::Fatal(_))), "{outcomes:?}");
    assert!(matches!(outcomes[5], Err(AppendError::Moved)), "{outcomes:?}");
    for (n, outcome) in (0..).zip(&outcomes) {
        let failed = [4, 5].contains(&n);
        assert_eq!(outcome.is_err(), failed, "{n}: {outcomes:?}");
        assert_eq!(assert_whole(ledger, branch(n)).await, if failed { 3 } else { 5 });
    }
    let stored = holding(ledger, branch(7)).await;
    assert_eq!(stored.facts[3..], *next[7].entries.as_slice());
    assert_eq!(stored.rows.last(), next[7].rows[0].1.first());
    assert_eq!(stored.records.last(), next[7].records[0].1.first());
}

async fn an_append_for_which_nobody_waits_is_stored_before_the_next(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let second = append(branch(1), first.tail(), 8, 2);

    // Asked once and dropped, whether or not it is stored by then.
    let _ = ledger.append(second.clone()).now_or_never();

    ledger.append(append(branch(1), second.tail(), 9, 2)).await.unwrap();
    assert_eq!(assert_whole(ledger, branch(1)).await, 7);
}

async fn appends_are_stored_in_the_order_in_which_they_were_begun(store: Store) {
    let ledger = store.ledger.as_ref();
    for branch in [branch(1), branch(2)] {
        let mut tail = Tail::empty(branch);
        let mut begun = vec![];
        for n in 0..20 {
            let next = append(branch, tail, 7 + n, 2);
            tail = next.tail();
            begun.push(ledger.append(next));
        }

        let stored = futures::future::join_all(begun).await;

        assert!(stored.iter().all(Result::is_ok), "each on top of the one before: {stored:?}");
        assert_eq!(assert_whole(ledger, branch).await, 40);
    }
}

async fn a_raised_fence_shuts_out_what_is_still_on_its_way(store: Store) {
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let on_its_way = append(branch(1), first.tail(), 8, 2);

    let now = store.another_process().await.raise_fence(branch(1)).await.unwrap();

    assert_eq!(now, Tail { fence: 1, ..first.tail() });
    assert!(is_moved(&ledger.append(on_its_way).await));
    ledger.append(append(branch(1), now, 8, 2)).await.unwrap();
    assert_eq!(assert_whole(ledger, branch(1)).await, 5);
}

async fn the_fence_of_a_ledger_without_facts_can_be_raised(store: Store) {
    let ledger = store.ledger.as_ref();
    let on_its_way = append(branch(1), Tail::empty(branch(1)), 8, 2);

    let now = ledger.raise_fence(branch(1)).await.unwrap();

    assert_eq!(now, Tail { fence: 1, ..Tail::empty(branch(1)) });
    assert!(is_moved(&ledger.append(on_its_way).await));
    ledger.append(append(branch(1), now, 8, 2)).await.unwrap();
    assert_eq!(assert_whole(ledger, branch(1)).await, 2);
}

async fn branches_do_not_meet(store: Store) {
    let ledger = store.ledger.as_ref();
    for n in 1..=3 {
        ledger.append(append(branch(n), Tail::empty(branch(n)), 7, u64::try_from(n).unwrap())).await.unwrap();
    }
    ledger.raise_fence(branch(2)).await.unwrap();

    assert_eq!(ledger.branches().await.unwrap(), [1, 2, 3].map(branch));
    for n in 1..=3 {
        let held = holding(ledger, branch(n)).await;
        assert_eq!(u128::from(assert_whole(ledger, branch(n)).await), n);
        assert_eq!((held.rows.len(), held.records.len()), (1, 1));
        assert_eq!(held.tail.fence, i64::from(n == 2));
    }
}

async fn many_facts_and_rows_are_stored_in_order(store: Store) {
    let ledger = store.ledger.as_ref();
    let mut big = append(branch(1), Tail::empty(branch(1)), 7, 1_000);
    big.rows[0].1 = (0..777).map(|n| super::facts::row(branch(1), n, 1)).collect();
    big.records[0].1 = (0..333).map(|n| record(branch(1), n)).collect();

    ledger.append(big.clone()).await.unwrap();

    let held = holding(ledger, branch(1)).await;
    assert_eq!(held.facts, *big.entries);
    assert_eq!((held.rows, held.records), (big.rows.remove(0).1, big.records.remove(0).1));
}
