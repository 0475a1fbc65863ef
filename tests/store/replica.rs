//! Reads from a replica: near enough, or not at all.

use std::time::{Duration, Instant};

use aggregates::values::Capacity;
use cartwheel::app::reading::{Events, Journal};
use cartwheel::app::{App, StoreAt};
use cartwheel::command::{Actor, Command};
use cartwheel::ledger::postgres::PostgresLedger;
use cartwheel::ledger::query::Select;
use cartwheel::ledger::{Ledger, ReadFrom};
use cartwheel::read_models::Tabled;
use projections::availability::AvailabilityRow;
use sqlx::Executor;
use tempfile::TempDir;

use crate::studio::postgres_server::{Database, Server};
use crate::studio::store::Store;
use crate::studio::{BRANCH, Studio};

/// A studio on a server that another one follows.
struct Followed {
    studio: Studio,
    database: Database,
    standby: Server,
    primary: Server,
    _keys: TempDir,
}

impl Followed {
    async fn start() -> Self {
        let primary = Server::start();
        let database = Database::on(&primary.url("postgres")).await;
        let keys = tempfile::tempdir().unwrap();
        let told = format!("{} {}", database.url, keys.path().join("key").display());
        let studio = Studio::furnished(Store::at(&told), 12).await;
        let standby = primary.standby();
        Self { studio, database, standby, primary, _keys: keys }
    }

    fn replica(&self, at_most_behind: Duration) -> ReadFrom {
        ReadFrom { url: self.standby.url(self.database.name()), at_most_behind }
    }

    /// Another process, which reads from the replica.
    async fn reader(&self, at_most_behind: Duration) -> App {
        let store = StoreAt { read_from: Some(self.replica(at_most_behind)), ..self.studio.store.place() };
        App::open(&store, self.studio.clock.clone()).await.unwrap()
    }

    /// Another process's ledger, which reads from that replica.
    async fn ledger(&self, replica: &ReadFrom) -> PostgresLedger {
        PostgresLedger::open(&self.database.url, false).await.unwrap().reading_from(replica).unwrap()
    }

    async fn tell_the_standby(&self, sql: &str) {
        let mut door = Database::connect(&self.standby.url(self.database.name())).await;
        door.execute(sql).await.unwrap();
    }

    /// Raises the capacity of the first event.
    async fn raise(&self, capacity: u32) {
        self.studio.staff(raise(&self.studio, capacity)).await.unwrap();
    }
}

fn raise(studio: &Studio, capacity: u32) -> Command {
    let capacity: Capacity = capacity.try_into().unwrap();
    Command::SetCapacity { activity: studio.yoga[0], capacity, force: false }
}

/// The capacity of the first event, as a list shows it.
async fn listed(app: &App) -> u16 {
    app.events(BRANCH, Events::default()).await.unwrap()[0].vacancy.plan.capacity.get()
}

/// Waits until that is so; not for ever.
async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < Duration::from_secs(20), "that did not come about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Events of the studio.
const EVENTS: usize = 30;

const LONG: Duration = Duration::from_hours(1);

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_from_the_replica_and_what_this_process_wrote_is_in_them() {
    let followed = Followed::start().await;
    let ledger = followed.ledger(&followed.replica(LONG)).await;
    let reader = followed.reader(LONG).await;
    until(async || ledger.replica_behind().is_some() && listed(&reader).await == 12).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    followed.tell_the_standby("SELECT pg_wal_replay_pause()").await;
    followed.raise(20).await;

    assert_eq!(listed(&reader).await, 12, "as the replica has it");
    assert!(reader.journal(BRANCH, Journal::default()).await.unwrap().is_empty());
    let event = reader.activity(BRANCH, followed.studio.yoga[0]).await.unwrap().unwrap();
    assert_eq!(event.vacancy.plan.capacity.get(), 20, "one event is read where it is written");

    let command = followed.studio.envelope(Actor::Staff, None, raise(&followed.studio, 25));
    reader.ask(command).await.unwrap();
    assert_eq!(listed(&reader).await, 25, "whoever changes something sees it");

    followed.tell_the_standby("SELECT pg_wal_replay_resume()").await;
    reader.close().await;
    ledger.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_is_too_far_behind_is_not_read_from_until_it_has_caught_up() {
    const BEHIND: Duration = Duration::from_millis(500);
    let followed = Followed::start().await;
    let ledger = followed.ledger(&followed.replica(BEHIND)).await;
    let reader = followed.reader(BEHIND).await;
    until(async || ledger.replica_behind().is_some_and(|behind| behind < BEHIND)).await;
    followed.tell_the_standby("SELECT pg_wal_replay_pause()").await;
    followed.raise(20).await;
    let raised = Instant::now();

    until(async || listed(&reader).await == 20).await;
    let seen = raised.elapsed();
    assert!(seen < BEHIND * 4, "{seen:?}, on a machine that has other things to do too");
    assert!(ledger.replica_behind().is_none_or(|behind| BEHIND < behind));

    followed.tell_the_standby("SELECT pg_wal_replay_resume()").await;
    until(async || ledger.replica_behind().is_some_and(|behind| behind < BEHIND)).await;
    reader.close().await;
    ledger.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_replica_a_process_reads_from_the_primary() {
    let mut followed = Followed::start().await;
    let ledger = followed.ledger(&followed.replica(LONG)).await;
    until(async || ledger.replica_behind().is_some()).await;
    let select = || Select::of(AvailabilityRow::TABLE, BRANCH).may_lag();
    assert_eq!(ledger.select(&select()).await.unwrap().len(), EVENTS);

    followed.standby.kill();
    assert_eq!(ledger.select(&select()).await.unwrap().len(), EVENTS, "the primary is asked");

    let reader = followed.reader(LONG).await;
    assert_eq!(listed(&reader).await, 12, "it need not be there when the service starts");
    reader.close().await;
    ledger.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_of_which_nobody_can_tell_how_far_behind_it_is_is_not_read_from() {
    const BEHIND: Duration = Duration::from_millis(500);
    let mut followed = Followed::start().await;
    let ledger = followed.ledger(&followed.replica(BEHIND)).await;
    until(async || ledger.replica_behind().is_some_and(|behind| behind < BEHIND)).await;

    followed.primary.kill();
    tokio::time::sleep(BEHIND * 2).await;

    let asked = ledger.select(&Select::of(AvailabilityRow::TABLE, BRANCH).may_lag()).await;
    assert!(asked.is_err(), "the replica alone would have answered: {asked:?}");
    ledger.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_follow_the_primary_is_never_read_from() {
    let followed = Followed::start().await;
    let stranger = Server::start();
    let its_own = Database::on(&stranger.url("postgres")).await;
    let copy = PostgresLedger::open(&its_own.url, false).await.unwrap();
    copy.close().await;
    let following_it = stranger.standby();
    let replica = |url: String| ReadFrom { url, at_most_behind: LONG };

    for (url, why) in [
        (its_own.url.clone(), "a store of its own"),
        (following_it.url(its_own.name()), "a replica of another store"),
        (followed.database.url.clone(), "the primary itself"),
    ] {
        let ledger = followed.ledger(&replica(url)).await;
        // A few looks.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(ledger.replica_behind(), None, "{why}");
        let select = Select::of(AvailabilityRow::TABLE, BRANCH).may_lag();
        assert_eq!(ledger.select(&select).await.unwrap().len(), EVENTS, "{why}");
        ledger.close().await;
    }
}

#[tokio::test]
async fn what_was_read_is_settled_only_once_a_synchronous_standby_has_it() {
    let mut followed = Followed::start().await;
    let ledger = followed.studio.app.ledger.clone();
    ledger.settled().await.unwrap();

    followed.standby.kill();
    // Its processes outlive the server by a moment.
    let mut door = followed.database.back_door().await;
    let followers = "SELECT count(*) FROM pg_stat_replication";
    while 0 < sqlx::query_scalar::<_, i64>(followers).fetch_one(&mut door).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    ledger.settled().await.unwrap_err();

    followed.standby.go_on();
    let began = Instant::now();
    while ledger.settled().await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(30), "the standby is back");
    }
}
