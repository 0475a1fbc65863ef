//! What is particular to ledgers in a PostgreSQL database.

use std::time::Duration;

use aggregates::Decider;
use aggregates::activity::Activity;
use cartwheel::ledger::postgres::PostgresLedger;
use cartwheel::ledger::{Address, Append, AppendError, OpenError, Tail};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use sqlx::Executor;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::facts::{append, assert_whole, branch, holding, is_moved, is_read_by_the_stock_store};
use super::{Place, Store};
use crate::postgres_server::{Database, Server};

fn database(store: &Store) -> &Database {
    match &store.place {
        Place::Database(database) => database,
        Place::File(..) => panic!("not a database"),
    }
}

async fn back_door(store: &Store) -> PgConnection {
    database(store).back_door().await
}

/// Ends the connections of this store that carry that name, as an administrator would.
async fn cut(store: &Store, name: &str) -> i64 {
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
               WHERE datname = current_database() AND application_name = $1";
    sqlx::query_scalar(cut).bind(name).fetch_one(&mut back_door(store).await).await.unwrap()
}

#[tokio::test]
async fn whoever_has_the_turn_holds_up_its_own_branch_alone() {
    let store = Store::postgres().await;
    let turn = store.ledger.lock(branch(1)).await.unwrap();

    store.ledger.append(append(branch(2), Tail::empty(branch(2)), 9, 1)).await.unwrap();

    turn.release().await;
}

/// Ledgers that are there, and an append that fits onto each.
async fn next_of(store: &Store, branches: u128) -> Vec<Append> {
    let mut next = vec![];
    for branch in (0..branches).map(branch) {
        let first = append(branch, Tail::empty(branch), 7, 3);
        store.ledger.append(first.clone()).await.unwrap();
        next.push(append(branch, first.tail(), 8, 2));
    }
    next
}

#[tokio::test]
async fn appends_to_different_branches_share_statements_while_the_server_is_busy() {
    let store = Store::postgres().await;
    let next = next_of(&store, 20).await;

    let stored = futures::future::join_all(next.into_iter().map(|next| store.ledger.append(next))).await;

    assert!(stored.iter().all(Result::is_ok), "{stored:?}");
    let transactions = "SELECT count(DISTINCT xmin::text) FROM events WHERE 3 < position";
    let mut door = back_door(&store).await;
    let transactions: i64 = sqlx::query_scalar(transactions).fetch_one(&mut door).await.unwrap();
    assert_eq!(transactions, 3, "two at once, and the others together");
    for n in 0..20 {
        assert_eq!(assert_whole(store.ledger.as_ref(), branch(n)).await, 5);
    }
}

#[tokio::test]
async fn a_ledger_that_another_process_has_holds_up_its_own_append_alone() {
    let store = Store::postgres().await;
    let next = next_of(&store, 20).await;
    let turn = store.another_process().await.lock(branch(11)).await.unwrap();

    let mut appends: FuturesUnordered<_> =
        (0..).zip(next).map(async |(n, next)| (n, store.ledger.append(next).await)).collect();
    let soon = Duration::from_secs(2);
    for _ in 0..19 {
        let (n, stored) = tokio::time::timeout(soon, appends.next()).await.unwrap().unwrap();
        assert!(stored.is_ok() && n != 11, "{n}: {stored:?}");
    }
    assert!(appends.next().now_or_never().is_none());

    turn.release().await;
    let (n, stored) = appends.next().await.unwrap();
    assert!(stored.is_ok(), "{stored:?}");
    assert_eq!(assert_whole(store.ledger.as_ref(), branch(n)).await, 5);
}

#[tokio::test]
async fn an_append_waits_for_another_process_that_is_writing() {
    let store = Store::postgres().await;
    let ledger = store.ledger.as_ref();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let mut writing = back_door(&store).await;
    writing.execute("BEGIN").await.unwrap();
    writing.execute("UPDATE ledgers SET fence = fence + 1").await.unwrap();

    let (moved, locked) = tokio::join!(ledger.append(append(branch(1), first.tail(), 8, 1)), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        writing.execute("COMMIT").await.unwrap();
        ledger.lock(branch(1)).await.unwrap()
    });

    assert!(is_moved(&moved), "it saw what the other process wrote: {moved:?}");
    locked.append(append(branch(1), Tail { fence: 1, ..first.tail() }, 8, 1)).await.unwrap();
}

#[tokio::test]
async fn a_process_that_holds_a_ledger_too_long_is_refused_and_the_others_wait_no_longer() {
    let store = Store::postgres().await;
    let there = store.another_process().await;
    let paused = store.ledger.lock(branch(1)).await.unwrap();

    let first = there.append(append(branch(1), Tail::empty(branch(1)), 7, 1)).await;
    assert!(matches!(first, Err(AppendError::Refused(_))), "the wait is bounded: {first:?}");
    there.append(append(branch(1), Tail::empty(branch(1)), 7, 1)).await.unwrap();
    let late = paused.append(append(branch(1), Tail::empty(branch(1)), 8, 1)).await;

    assert!(matches!(late, Err(AppendError::Refused(_))), "its turn is over: {late:?}");
    assert_eq!(assert_whole(store.ledger.as_ref(), branch(1)).await, 1);
}

#[tokio::test]
async fn the_stock_event_store_loads_our_streams() {
    let store = Store::postgres().await;
    let same = PostgresLedger::open(&database(&store).url, false).await.unwrap();

    is_read_by_the_stock_store(&store, same.stock_repository()).await;
}

/// From now on an insert into this table fails if that is true.
async fn forbid(store: &Store, table: &str, when: &str) {
    let mut door = back_door(store).await;
    let refuse = format!(
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF {when} THEN RAISE EXCEPTION 'no'; END IF; RETURN new; END $$"
    );
    door.execute(refuse.as_str()).await.unwrap();
    let trigger = format!(
        "CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()"
    );
    door.execute(trigger.as_str()).await.unwrap();
}

#[tokio::test]
async fn a_read_model_that_cannot_be_saved_keeps_its_facts_out_too() {
    let store = Store::postgres().await;
    let ledger = store.ledger.as_ref();
    forbid(&store, "links", "true").await;

    let outcome = ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await;

    assert!(matches!(outcome, Err(AppendError::Refused(_))), "{outcome:?}");
    assert_eq!(holding(ledger, branch(1)).await.facts, []);
    forbid(&store, "links", "false").await;
    ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
}

#[tokio::test]
async fn a_commit_is_durable_although_the_database_was_told_not_to_wait() {
    let store = Store::postgres().await;
    let name = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', \
                current_database()); END $$";
    back_door(&store).await.execute(name).await.unwrap();
    forbid(&store, "events", "current_setting('synchronous_commit') <> 'on'").await;
    let there = store.another_process().await;

    there.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
}

#[tokio::test]
async fn every_statement_looks_up_what_it_names_however_few_rows_there_were_when_it_was_planned() {
    let store = Store::postgres().await;
    for n in 1..=50 {
        store.ledger.append(append(branch(n), Tail::empty(branch(n)), 7, 1)).await.unwrap();
    }
    back_door(&store).await.execute("ANALYZE").await.unwrap();
    let ledger = store.another_process().await;
    let mut tail = ledger.tail(branch(1)).await.unwrap();
    for n in 8..28 {
        let next = append(branch(1), tail, n, 100);
        tail = next.tail();
        ledger.append(next).await.unwrap();
        ledger.history(branch(1), Activity::NAME, Uuid::from_u128(n)).await.unwrap();
    }
    let wanted: Vec<_> = (8..18).map(|n| (Activity::NAME, Uuid::from_u128(n))).collect();
    assert_eq!(ledger.streams(branch(1), &wanted).await.unwrap().len(), 1_000);
    ledger.close().await;

    let read = "SELECT sum(seq_tup_read) FILTER (WHERE relname <> '_sqlx_migrations')::bigint, \
                       sum(idx_tup_fetch) FILTER (WHERE relname = 'events')::bigint \
                FROM pg_stat_user_tables";
    let (scanned, fetched): (i64, i64) =
        sqlx::query_as(read).fetch_one(&mut back_door(&store).await).await.unwrap();
    assert_eq!(scanned, 0);
    assert_eq!(fetched, 2_000 + 1_000, "each history once, and ten of them together");
}

#[tokio::test]
async fn a_question_whose_connection_breaks_is_asked_again() {
    let store = Store::postgres().await;
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    store.ledger.append(first.clone()).await.unwrap();
    store.ledger.tail(branch(1)).await.unwrap();

    assert!(0 < cut(&store, "cartwheel reads").await);

    assert_eq!(store.ledger.tail(branch(1)).await.unwrap(), first.tail());
}

#[tokio::test]
async fn an_append_whose_connection_breaks_is_unknown_until_the_fence_is_raised() {
    let store = Store::postgres().await;
    let ledger = store.ledger.clone();
    let first = append(branch(1), Tail::empty(branch(1)), 7, 3);
    ledger.append(first.clone()).await.unwrap();
    let mut holding_up = back_door(&store).await;
    holding_up.execute("BEGIN").await.unwrap();
    holding_up.execute("SELECT 1 FROM ledgers FOR UPDATE").await.unwrap();
    let on_its_way = tokio::spawn({
        let second = append(branch(1), first.tail(), 8, 1);
        async move { ledger.append(second).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;

    assert!(0 < cut(&store, "cartwheel writes").await);

    let outcome = on_its_way.await.unwrap();
    assert!(matches!(outcome, Err(AppendError::Unknown(_))), "{outcome:?}");
    holding_up.execute("ROLLBACK").await.unwrap();
    // An idle connection may have been cut too; a lane asks again.
    let mut now = store.ledger.raise_fence(branch(1)).await;
    if now.is_err() {
        now = store.ledger.raise_fence(branch(1)).await;
    }
    let now = now.unwrap();
    assert_eq!(now, Tail { fence: 1, ..first.tail() });
    store.ledger.append(append(branch(1), now, 8, 1)).await.unwrap();
}

#[tokio::test]
async fn nothing_stored_is_lost_when_the_server_is_killed_and_everything_goes_on_when_it_is_back() {
    let mut server = tokio::task::spawn_blocking(Server::start).await.unwrap();
    let place = Place::Database(Database::on(&server.url("postgres")).await);
    let ledger = place.open().await;
    let mut stored = Tail::empty(branch(1));
    for round in 0..3 {
        let next = append(branch(1), stored, 100 * round + 7, 3);
        stored = next.tail();
        ledger.append(next).await.unwrap();
        server.kill();
        let outcome = ledger.append(append(branch(1), stored, 100 * round + 8, 2)).await;
        assert!(matches!(outcome, Err(AppendError::Unknown(_) | AppendError::Refused(_))), "{outcome:?}");
        let began = std::time::Instant::now();
        assert!(ledger.tail(branch(1)).await.is_err());
        assert!(began.elapsed() < Duration::from_secs(11), "the wait is bounded");
        server = tokio::task::spawn_blocking(move || {
            server.go_on();
            server
        })
        .await
        .unwrap();
        let now = ledger.raise_fence(branch(1)).await.unwrap();
        assert_eq!(now, Tail { fence: now.fence, ..stored });
        stored = now;
    }
    assert_eq!(assert_whole(ledger.as_ref(), branch(1)).await, 9);
}

#[tokio::test]
async fn a_database_that_cannot_keep_ledgers_is_refused_with_the_reason() {
    let nothing_there = PostgresLedger::open("postgres://localhost:1/cartwheel", false).await;
    assert!(matches!(nothing_there, Err(OpenError::Unavailable { .. })));
    let store = Store::postgres().await;
    let url = &database(&store).url;
    let latin = url.replace("cartwheel_", "latin_");
    let name = latin.rsplit('/').find_map(|part| part.strip_prefix("latin_")).unwrap_or_default();
    let name = name.split('?').next().unwrap();
    let create = format!("CREATE DATABASE latin_{name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    back_door(&store).await.execute(create.as_str()).await.unwrap();

    let refused = PostgresLedger::open(&latin, false).await.unwrap_err().to_string();

    assert!(refused.contains("its encoding is LATIN1"), "{refused}");
    assert!(
        refused.starts_with("PostgreSQL database latin_"),
        "not its address, which may hold a password: {refused}"
    );
    back_door(&store).await.execute(format!("DROP DATABASE latin_{name}").as_str()).await.unwrap();
}

#[tokio::test]
async fn a_store_that_is_thrown_away_leaves_nothing_behind() {
    let store = Store::postgres().await;
    let address: Address = database(&store).url.parse().unwrap();
    assert!(address.is_there().await.unwrap());

    address.remove().await.unwrap();

    assert!(!address.is_there().await.unwrap());
    let left = "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&mut back_door(&store).await).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn tables_of_a_newer_release_are_refused_and_those_of_an_older_one_wait_for_the_word() {
    let store = Store::postgres().await;
    store.ledger.append(append(branch(1), Tail::empty(branch(1)), 7, 3)).await.unwrap();
    let url = &database(&store).url;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 VALUES (9999, 'of the future', true, '', 0)";
    back_door(&store).await.execute(newer).await.unwrap();

    let refused = PostgresLedger::open(url, true).await;

    assert!(matches!(refused, Err(OpenError::Newer { .. })), "{refused:?}");
    back_door(&store).await.execute("DELETE FROM _sqlx_migrations WHERE version = 9999").await.unwrap();
    let there = PostgresLedger::open(url, false).await.unwrap();
    assert_eq!(assert_whole(&there, branch(1)).await, 3);
}
