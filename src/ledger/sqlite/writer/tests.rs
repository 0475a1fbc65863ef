//! Errors that end a transaction, and the settings of the connection that writes: not to be seen from outside.

use std::sync::Arc;

use aggregates::ids::BranchId;

use super::desk::Desk;
use super::*;
use crate::ledger::table::Kind;
use crate::ledger::{Entry, Hash, Tail};
use crate::read_models::tables::AVAILABILITY;

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

#[tokio::test]
async fn a_row_that_is_replaced_keeps_its_place_in_the_indexes_or_gets_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder.path().join("store.db")).await;
    let columns = desk::indexed(&desk.connection, &AVAILABILITY).unwrap();
    assert_eq!(columns, ["starts_at"]);
    assert!(
        !super::super::sql::update(&AVAILABILITY, &columns).contains("SET starts_at"),
        "it is not written anew"
    );

    let mut after = Tail::empty(BranchId(uuid::Uuid::from_u128(1)));
    for (starts_at, taken) in [(100, 0), (100, 1), (200, 1), (50, 2)] {
        let mut append = append(1, 1, 1);
        Arc::make_mut(&mut append.entries)[0].position = after.head + 1;
        Arc::make_mut(&mut append.entries)[0].sequence = after.head + 1;
        append.after = after;
        after = append.tail();
        let row = AVAILABILITY.columns.iter().map(|(name, kind)| match (*name, kind) {
            ("starts_at", _) => starts_at.into(),
            ("taken", _) => taken.into(),
            (_, Kind::Id) => uuid::Uuid::from_u128(1).into(),
            _ => 0_i64.into(),
        });
        append.rows = vec![(&AVAILABILITY, vec![row.collect()])];
        assert!(store(&mut desk, vec![append]).await[0].is_ok());

        let by_start = "SELECT starts_at, taken FROM availability INDEXED BY availability_by_start";
        let mut rows = desk.connection.prepare(by_start).unwrap();
        let rows: rusqlite::Result<Vec<(i64, i64)>> =
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect();
        assert_eq!(rows.unwrap(), [(starts_at, taken)]);
        let whole: String =
            desk.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
    }
}
