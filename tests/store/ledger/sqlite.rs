//! What is particular to ledgers in a SQLite file.

use std::path::Path;
use std::time::Duration;

use cartwheel::ledger::sqlite::SqliteLedger;
use cartwheel::ledger::{AppendError, Tail};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::facts::{append, assert_whole, branch, holding, is_moved, is_read_by_the_stock_store};
use super::{Place, Store};

/// The file of a SQLite store.
fn file(store: &Store) -> &Path {
    match &store.place {
        Place::File(path, _) => path,
        Place::Database(_) => panic!("not a file"),
    }
}

async fn back_door(store: &Store) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file(store)).connect().await.unwrap()
}

/// How many transactions the write-ahead log holds: frames that say how large the database is after them
/// (sqlite.org, "WAL-mode File Format").
fn commits(store: &Store) -> usize {
    let mut path = file(store).to_owned().into_os_string();
    path.push("-wal");
    let log = std::fs::read(path).unwrap();
    if log.is_empty() {
        return 0;
    }
    let page = usize::try_from(u32::from_be_bytes(log[8..12].try_into().unwrap())).unwrap();
    log[32..]
        .chunks_exact(24 + page)
        .filter(|frame| frame[4..8] != [0; 4] && frame[8..16] == log[16..24])
        .count()
}

#[tokio::test]
async fn appends_of_all_lanes_that_wait_share_one_transaction() {
    let store = Store::sqlite().await;
    let ledger = store.ledger.as_ref();
    let turn = ledger.lock(branch(0)).await.unwrap();
    let before = commits(&store);
    let appends = (1..=20).map(|n| ledger.append(append(branch(n), Tail::empty(branch(n)), 7, 2)));

    let (stored, ()) = tokio::join!(futures::future::join_all(appends), async {
        tokio::task::yield_now().await;
        turn.release().await;
    });

    assert!(stored.iter().all(Result::is_ok));
    assert_eq!(commits(&store), before + 1);
}

#[tokio::test]
async fn whoever_has_the_turn_holds_up_all_branches() {
    let store = Store::sqlite().await;
    let turn = store.ledger.lock(branch(1)).await.unwrap();
    let elsewhere = tokio::spawn({
        let (ledger, append) = (store.ledger.clone(), append(branch(2), Tail::empty(branch(2)), 9, 1));
        async move { ledger.append(append).await }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!elsewhere.is_finished(), "there is one connection that writes");

    turn.release().await;

    elsewhere.await.unwrap().unwrap();
}

#[tokio::test]
async fn an_append_waits_for_another_process_that_is_writing() {
    let store = Store::sqlite().await;
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let mut writing = back_door(&store).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut writing).await.unwrap();
    sqlx::query("UPDATE ledgers SET fence = fence + 1").execute(&mut writing).await.unwrap();

    let (moved, locked) = tokio::join!(ledger.append(append(branch(1), first.tail(), 8, 1)), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        sqlx::query("COMMIT").execute(&mut writing).await.unwrap();
        ledger.lock(branch(1)).await.unwrap()
    });

    assert!(is_moved(&moved), "it saw what the other process wrote: {moved:?}");
    locked.append(append(branch(1), Tail { fence: 1, ..first.tail() }, 8, 1)).await.unwrap();
}

#[tokio::test]
async fn the_file_is_a_durable_write_ahead_log_and_is_whole_after_closing() {
    let store = Store::sqlite().await;
    store.ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
    let mut door = back_door(&store).await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut door).await.unwrap();
    assert_eq!(mode, "wal");
    door.close().await.unwrap();

    store.ledger.close().await;

    let mut log = file(&store).to_owned().into_os_string();
    log.push("-wal");
    assert!(!std::path::Path::new(&log).exists(), "the log is folded into the file");
    assert_eq!(assert_whole(store.another_process().await.as_ref(), branch(1)).await, 3);
}

#[tokio::test]
async fn a_log_that_has_grown_is_written_back_without_anybody_asking_for_it() {
    let store = Store::sqlite().await;
    let size = |path: &std::path::Path| std::fs::metadata(path).unwrap().len();
    let before = size(file(&store));
    let mut tail = Tail::empty(branch(1));
    for n in 0..40 {
        let append = append(branch(1), tail, 7 + n, 300);
        tail = append.tail();
        store.ledger.append(append).await.unwrap();
    }

    for _ in 0..100 {
        if before + (1 << 20) < size(file(&store)) {
            assert_eq!(assert_whole(store.ledger.as_ref(), branch(1)).await, 40 * 300);
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the file has still {} bytes", size(file(&store)));
}

#[tokio::test]
async fn the_stock_event_store_over_its_own_pool_loads_our_streams() {
    let store = Store::sqlite().await;
    let same_file = SqliteLedger::open(file(&store), false).await.unwrap();

    is_read_by_the_stock_store(&store, same_file.stock_repository()).await;
}

#[tokio::test]
async fn a_read_model_that_cannot_be_saved_keeps_its_facts_out_too() {
    let store = Store::sqlite().await;
    let ledger = store.ledger.as_ref();
    let mut door = back_door(&store).await;
    let trigger = "CREATE TRIGGER no BEFORE INSERT ON links BEGIN SELECT RAISE(ABORT, 'no'); END";
    sqlx::query(trigger).execute(&mut door).await.unwrap();

    let outcome = ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await;

    assert!(matches!(outcome, Err(AppendError::Refused(_))), "{outcome:?}");
    assert_eq!(holding(ledger, branch(1)).await.facts, []);
    sqlx::query("DROP TRIGGER no").execute(&mut door).await.unwrap();
    ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
}
