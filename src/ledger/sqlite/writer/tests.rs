//! Errors that end a transaction, and the settings of the connection that writes: not to be seen from outside.

use std::sync::Arc;

use aggregates::ids::BranchId;

use super::desk::Desk;
use super::*;
use crate::ledger::{Entry, Hash, Tail};

async fn desk(path: &std::path::Path) -> Desk {
    super::super::bring_up_to_date(path, false).await.unwrap();
    Desk::of(super::super::connect(path, super::super::Role::Writes).unwrap())
}

/// The first append of a branch: facts with so many bytes of payload each.
fn append(n: u128, facts: u64, bytes: usize) -> Append {
    let branch = BranchId(uuid::Uuid::from_u128(n));
    let entries = (1..=facts).map(|position| Entry {
        position,
        recorded_at: 1,
        aggregate_type: "activity".to_owned(),
        aggregate_id: crate::ledger::stored_id(branch, branch.0),
        sequence: position,
        event_type: "activity.scheduled.v1".to_owned(),
        event_version: "1".to_owned(),
        payload: "x".repeat(bytes),
        metadata: "{}".to_owned(),
        hash: Hash([0; 32]),
    });
    let entries = Arc::new(entries.collect());
    Append { branch, after: Tail::empty(branch), entries, rows: vec![], records: vec![], changes: vec![] }
}

async fn store(desk: &mut Desk, appends: Vec<Append>) -> Vec<Result<Option<Tail>, AppendError>> {
    let (group, answers): (Vec<_>, Vec<_>) = appends
        .into_iter()
        .map(|append| {
            let (answer, answered) = oneshot::channel();
            ((Work::Append(append), answer), answered)
        })
        .unzip();
    desk.store(group);
    let mut outcomes = vec![];
    for answer in answers {
        outcomes.push(answer.await.unwrap());
    }
    outcomes
}

fn facts(desk: &Desk) -> i64 {
    desk.connection.query_row("SELECT count(*) FROM events", [], |row| row.get(0)).unwrap()
}

fn pragma(desk: &Desk, name: &str) -> i64 {
    desk.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_full_store_takes_back_all_that_shared_the_transaction_and_goes_on_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder.path().join("full.db")).await;
    let pages = pragma(&desk, "page_count");
    pragma(&desk, &format!("max_page_count = {}", pages + 20));

    let outcomes = store(&mut desk, vec![append(1, 2, 10), append(2, 50, 8_000), append(3, 2, 10)]).await;

    for outcome in outcomes {
        assert!(
            matches!(outcome, Err(AppendError::Refused(_))),
            "nothing was stored, for certain: {outcome:?}"
        );
    }
    assert_eq!(facts(&desk), 0);
    let small = store(&mut desk, vec![append(1, 2, 10)]).await;
    assert!(matches!(small[..], [Ok(None)]), "what fits is stored: {small:?}");
    pragma(&desk, "max_page_count = 1000000");
    let room = store(&mut desk, vec![append(2, 50, 8_000), append(3, 2, 10)]).await;
    assert!(matches!(room[..], [Ok(None), Ok(None)]), "{room:?}");
    assert_eq!(facts(&desk), 54);
}

#[tokio::test]
async fn a_transaction_that_was_left_open_does_not_stop_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder.path().join("open.db")).await;
    desk.execute("BEGIN").unwrap();

    let first = store(&mut desk, vec![append(1, 2, 10)]).await;
    let second = store(&mut desk, vec![append(1, 2, 10)]).await;

    assert!(matches!(first[..], [Err(AppendError::Refused(_))]), "{first:?}");
    assert!(matches!(second[..], [Ok(None)]), "{second:?}");
}

#[tokio::test]
async fn an_append_over_which_sqlite_ends_the_transaction_takes_nobody_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder.path().join("gone.db")).await;
    let trigger = "CREATE TEMP TRIGGER gone BEFORE INSERT ON main.events WHEN new.payload = 'xx' \
                   BEGIN SELECT RAISE(ROLLBACK, 'gone'); END";
    desk.execute(trigger).unwrap();

    let outcomes = store(&mut desk, vec![append(1, 2, 10), append(2, 1, 2), append(3, 2, 10)]).await;

    assert!(matches!(outcomes[..], [Ok(None), Err(AppendError::Refused(_)), Ok(None)]), "{outcomes:?}");
    assert_eq!(facts(&desk), 4);
}

#[tokio::test]
async fn whatever_was_committed_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&folder.path().join("settings.db")).await;

    assert_eq!(pragma(&desk, "synchronous"), 2, "FULL (sqlite.org, \"Pragma statements\")");
}
