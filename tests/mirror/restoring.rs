//! A lost database comes back from its streams, all of it or none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use cartwheel::app::{App, StoreAt};
use cartwheel::clock::Clock;
use cartwheel::ledger::query::Select;
use cartwheel::ledger::{Address, Entry};
use cartwheel::mirror::{self, proposed};
use cartwheel::read_models::TABLES;
use eventstore::EventData;
use eventstore_server::Server;

use crate::house::{House, Kind, append};
use crate::postgres_server::Database;
use crate::running::{run, stderr, stdout};
use crate::studio::monday;
use crate::studio::store::{KIND, Kind as Stores, on_every_store};

on_every_store!(
    a_store_comes_back_with_every_fact_and_every_row,
    a_stream_with_one_changed_event_is_refused_with_its_position,
    a_stream_with_one_missing_event_is_refused_with_its_position,
    a_stream_with_one_foreign_event_is_refused_with_its_position,
    a_store_that_is_there_is_never_restored_over,
);

/// How many facts come back in `a_store_comes_back_…`; to be measured with more.
fn many() -> u64 {
    std::env::var("CARTWHEEL_TEST_RESTORED_FACTS").map_or(3_000, |facts| facts.parse().unwrap())
}

/// Where a store is restored to.
struct Target {
    folder: tempfile::TempDir,
    address: String,
    _database: Option<Database>,
}

impl Target {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        if KIND.get() == Stores::Postgres {
            let database = Database::new().await;
            let address = database.url.clone();
            return Self { folder, address, _database: Some(database) };
        }
        let address = format!("sqlite:{}", folder.path().join("restored.db").display());
        Self { folder, address, _database: None }
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("restored.key")
    }

    fn place(&self) -> StoreAt {
        StoreAt {
            address: self.address.parse().unwrap(),
            master_key: Some(self.key()),
            migrate: false,
            read_from: None,
        }
    }

    /// Restores these branches.
    async fn restore(&self, from: &str, branches: &[&House]) -> Output {
        let key = self.key().display().to_string();
        let mut arguments =
            vec!["restore", "--from", from, "--store", &self.address, "--master-key-file", &key];
        let ids: Vec<String> = branches.iter().map(|house| house.branch.to_string()).collect();
        arguments.extend(ids.iter().flat_map(|id| ["--branch", id]));
        let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        let restoring = move || run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        tokio::task::spawn_blocking(restoring).await.unwrap()
    }

    async fn is_empty(&self) -> bool {
        let left: Vec<_> = left_in(self.folder.path());
        !self.address.parse::<Address>().unwrap().is_there().await.unwrap() && left.is_empty()
    }
}

fn left_in(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Every row of the read models.
async fn rows(app: &App, house: &House) -> BTreeMap<&'static str, Vec<String>> {
    let mut rows = BTreeMap::new();
    for table in TABLES {
        let of_table = app.ledger.select(&Select::of(table, house.branch)).await.unwrap();
        let mut of_table: Vec<String> = of_table.iter().map(|row| format!("{row:?}")).collect();
        of_table.sort();
        rows.insert(table.name, of_table);
    }
    rows
}

async fn a_store_comes_back_with_every_fact_and_every_row() {
    let (server, house, target) = (Kind::server().await, House::open().await, Target::new().await);
    house.schedule(many()).await;
    let mirroring = house.mirror_to(&server.url).await;
    house.is_mirrored(&server.url).await;
    mirroring.stop().await;

    let began = std::time::Instant::now();
    let restored = target.restore(&server.url, &[&house]).await;
    println!("{} facts in {:?}", house.facts().await.len(), began.elapsed());

    assert!(restored.status.success(), "{}", stderr(&restored));
    let said = stdout(&restored);
    assert!(
        said.contains("Restored and verified: 1 branches") && said.contains("names, telephone"),
        "{said}"
    );
    let app = App::open(&target.place(), Clock::standing(monday())).await.unwrap();
    assert_eq!(app.ledger.read(house.branch, 0, u32::MAX).await.unwrap(), house.facts().await);
    let found = rows(&app, &house).await;
    assert!(found.values().any(|rows| many() <= rows.len() as u64));
    assert_eq!(found, rows(&house.app, &house).await);

    // The service goes on, and so does the mirror.
    let back = House { app, ..house };
    back.schedule(10).await;
    let (ledgers, to) = (target.place().address, server.url.parse().unwrap());
    let mirroring = mirror::follow(&ledgers, &back.app.wake, &to).await.unwrap();
    back.is_mirrored(&server.url).await;
    mirroring.stop().await;
}

#[tokio::test]
async fn everything_that_has_a_stream_comes_back() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let other = house.another_branch().await;
    append(&server.url(), aggregates::ids::BranchId(uuid::Uuid::nil()), vec![]).await;
    let mirroring = house.mirror_to(&server.url()).await;
    house.is_mirrored(&server.url()).await;
    mirroring.stop().await;

    let target = KIND.scope(Stores::Sqlite, Target::new()).await;
    let restored = target.restore(&server.url(), &[]).await;

    assert!(restored.status.success(), "{}", stderr(&restored));
    let app = App::open(&target.place(), Clock::standing(monday())).await.unwrap();
    let mut both = vec![house.branch, other];
    both.sort();
    assert_eq!(app.ledger.branches().await.unwrap(), both);
}

/// What is said when these are the events of a stream.
async fn refusal(edit: impl FnOnce(&House, &mut Vec<Entry>, &mut Vec<EventData>)) -> String {
    let (server, house, target) = (Kind::server().await, House::open().await, Target::new().await);
    house.schedule(20).await;
    let (mut facts, mut events) = (house.facts().await, vec![]);
    edit(&house, &mut facts, &mut events);
    if events.is_empty() {
        events = facts.iter().map(|fact| proposed(house.branch, fact).unwrap()).collect();
    }
    append(&server.url, house.branch, events).await;

    let restored = target.restore(&server.url, &[&house]).await;

    assert!(!restored.status.success());
    assert!(target.is_empty().await, "{:?}", left_in(target.folder.path()));
    stderr(&restored)
}

async fn a_stream_with_one_changed_event_is_refused_with_its_position() {
    let said = refusal(|_, facts, _| {
        facts[7].payload = facts[7].payload.replace("\"capacity\":12", "\"capacity\":13");
    })
    .await;
    assert!(said.contains("position 8: is hash"), "{said}");

    // Whoever makes the hash fit is found by the next.
    let said = refusal(|_, facts, _| {
        facts[7].payload = facts[7].payload.replace("\"capacity\":12", "\"capacity\":13");
        facts[7].hash = facts[6].hash.then(&facts[7]);
    })
    .await;
    assert!(said.contains("position 9: is hash"), "{said}");
}

async fn a_stream_with_one_missing_event_is_refused_with_its_position() {
    let said = refusal(|_, facts, _| drop(facts.remove(11))).await;
    assert!(said.contains("position 12: is event") && said.contains("position of which"), "{said}");
}

async fn a_stream_with_one_foreign_event_is_refused_with_its_position() {
    let said = refusal(|house, facts, events| {
        events.extend(facts.iter().map(|fact| proposed(house.branch, fact).unwrap()));
        events.insert(15, EventData::json("somebody.else.v1", &1).unwrap());
    })
    .await;
    assert!(said.contains("position 16: is event") && said.contains("metadata of which"), "{said}");

    // As if of ours, but of a kind that nobody knows.
    let said = refusal(|_, facts, _| {
        let mut fact = facts.pop().unwrap();
        "activity.dreamt.v1".clone_into(&mut fact.event_type);
        fact.hash = facts.last().unwrap().hash.then(&fact);
        facts.push(fact);
    })
    .await;
    assert!(said.contains("position 23: ") && said.contains("activity.dreamt.v1"), "{said}");
}

#[tokio::test]
async fn a_stream_whose_beginning_was_deleted_is_refused() {
    use eventstore_server::store::Expected;

    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let facts = house.facts().await;
    let events = |facts: &[Entry]| facts.iter().map(|fact| proposed(house.branch, fact).unwrap()).collect();
    append(&server.url(), house.branch, events(&facts[..1])).await;
    let name = cartwheel::mirror::stream_name(house.branch);
    server.store().delete(&name, Expected::Any).unwrap();
    append(&server.url(), house.branch, events(&facts[1..])).await;
    let target = KIND.scope(Stores::Sqlite, Target::new()).await;

    let said = stderr(&target.restore(&server.url(), &[]).await);

    assert!(said.contains("position 1: is missing: the next event is that of position 2"), "{said}");
    assert!(target.is_empty().await);
}

async fn a_store_that_is_there_is_never_restored_over() {
    let (server, house, target) = (Kind::server().await, House::open().await, Target::new().await);
    let mirroring = house.mirror_to(&server.url).await;
    house.is_mirrored(&server.url).await;
    mirroring.stop().await;
    assert!(target.restore(&server.url, &[&house]).await.status.success());

    let again = target.restore(&server.url, &[&house]).await;

    assert!(!again.status.success());
    assert!(stderr(&again).contains("already"), "{}", stderr(&again));
    let app = App::open(&target.place(), Clock::standing(monday())).await.unwrap();
    assert_eq!(app.ledger.read(house.branch, 0, u32::MAX).await.unwrap(), house.facts().await);
}

#[tokio::test]
async fn what_cannot_be_restored_from_is_said_before_anything_is_made() {
    let (server, house) = (Server::start().await.unwrap(), House::open().await);
    let target = KIND.scope(Stores::Sqlite, Target::new()).await;

    let empty = stderr(&target.restore(&server.url(), &[]).await);
    assert!(empty.contains("there is no stream of a branch on EventStoreDB at"), "{empty}");
    let unknown = stderr(&target.restore(&server.url(), &[&house]).await);
    assert!(unknown.contains(&format!("there is no stream of branch {}", house.branch)), "{unknown}");
    let away = stderr(&target.restore("esdb://127.0.0.1:9?tls=false", &[]).await);
    assert!(away.contains("EventStoreDB at 127.0.0.1:9 cannot be asked"), "{away}");
    let wrong = stderr(&target.restore("esdb://", &[]).await);
    assert!(wrong.contains("EventStoreDB is named as in esdb://"), "{wrong}");

    assert!(target.is_empty().await);
}
