//! Errors that end a transaction, and the settings of the connection that writes: not to be seen from outside.

use std::sync::Arc;

use aggregates::ids::BranchId;
use sqlx::ConnectOptions;

use super::desk::Desk;
use super::*;
use crate::ledger::{Entry, Hash, Tail};

async fn desk(path: &std::path::Path) -> Desk {
    let options = super::super::options(path);
    let mut connection = options.connect().await.unwrap();
    super::super::bring_up_to_date(path, &mut connection, false).await.unwrap();
    Desk::of(connection)
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
    Append { branch, after: Tail::empty(branch), entries, rows: vec![], records: vec![] }
}

async fn store(desk: &mut Desk, appends: Vec<Append>) -> Vec<Result<Option<Tail>, AppendError>> {
    let (group, answers): (Vec<_>, Vec<_>) = appends
        .into_iter()
        .map(|append| {
            let (answer, answered) = oneshot::channel();
            ((Work::Append(append), answer), answered)
        })
        .unzip();
    desk.store(group).await;
    let mut outcomes = vec![];
    for answer in answers {
        outcomes.push(answer.await.unwrap());
    }
    outcomes
}

async fn facts(desk: &mut Desk) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM events").fetch_one(&mut desk.connection).await.unwrap()
}

async fn pragma(desk: &mut Desk, name: &str) -> i64 {
    sqlx::query_scalar(&format!("PRAGMA {name}")).fetch_one(&mut desk.connection).await.unwrap()
}

#[tokio::test]
async fn a_full_store_takes_back_all_that_shared_the_transaction_and_goes_on_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder.path().join("full.db")).await;
    let pages = pragma(&mut desk, "page_count").await;
    pragma(&mut desk, &format!("max_page_count = {}", pages + 20)).await;

    let outcomes = store(&mut desk, vec![append(1, 2, 10), append(2, 50, 8_000), append(3, 2, 10)]).await;

    for outcome in outcomes {
        assert!(
            matches!(outcome, Err(AppendError::Refused(_))),
            "nothing was stored, for certain: {outcome:?}"
        );
    }
    assert_eq!(facts(&mut desk).await, 0);
    let small = store(&mut desk, vec![append(1, 2, 10)]).await;
    assert!(matches!(small[..], [Ok(None)]), "what fits is stored: {small:?}");
    pragma(&mut desk, "max_page_count = 1000000").await;
    let room = store(&mut desk, vec![append(2, 50, 8_000), append(3, 2, 10)]).await;
    assert!(matches!(room[..], [Ok(None), Ok(None)]), "{room:?}");
    assert_eq!(facts(&mut desk).await, 54);
}

#[tokio::test]
async fn a_transaction_that_was_left_open_does_not_stop_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder.path().join("open.db")).await;
    desk.execute("BEGIN").await.unwrap();

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
    desk.execute(trigger).await.unwrap();

    let outcomes = store(&mut desk, vec![append(1, 2, 10), append(2, 1, 2), append(3, 2, 10)]).await;

    assert!(matches!(outcomes[..], [Ok(None), Err(AppendError::Refused(_)), Ok(None)]), "{outcomes:?}");
    assert_eq!(facts(&mut desk).await, 4);
}

#[tokio::test]
async fn whatever_was_committed_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder.path().join("settings.db")).await;

    assert_eq!(pragma(&mut desk, "synchronous").await, 2, "FULL (sqlite.org, \"Pragma statements\")");
}
