//! A store of every release opens in this one: it is migrated, verified, asked again for what it answered then, and booked
//! on. For a new release a folder with a dump is added, as docs/upgrading.md says.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cartwheel::app::{App, StoreAt};
use cartwheel::audit;
use cartwheel::clock::Clock;
use cartwheel::ledger::Address;
use cartwheel::web::{self, Hosts};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor};

use crate::studio::http::{Answered, call};
use crate::studio::postgres_server::Database;

/// The releases of which there are stores.
const RELEASES: &[&str] = &["0.1.0"];

/// When the dates in them can still be booked.
const THEN: &str = "2027-01-02T08:00:00Z";

fn folder(release: &str) -> PathBuf {
    Path::new("tests/released").join(release)
}

fn text(release: &str, file: &str) -> String {
    let path = folder(release).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The key file of a dump, in that folder.
fn key(release: &str, store: &str, into: &Path) -> PathBuf {
    let hex = text(release, &format!("{store}.key.hex"));
    let hex = hex.trim();
    let bytes = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
    let path = into.join("released.key");
    std::fs::write(&path, bytes.collect::<Vec<u8>>()).unwrap();
    path
}

#[test]
fn every_release_has_its_stores_and_this_one_is_the_newest() {
    let found = std::fs::read_dir("tests/released").unwrap();
    let mut found: Vec<String> = found.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();

    assert_eq!(found, RELEASES);
    assert_eq!(
        RELEASES.last(),
        Some(&env!("CARGO_PKG_VERSION")),
        "add a dump of the release before this one"
    );
}

/// The file as that release left it.
async fn made(release: &str, path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut door = options.connect().await.unwrap();
    door.execute(text(release, "sqlite.sql").as_str()).await.unwrap();
    door
}

#[tokio::test]
async fn a_store_of_every_release_is_migrated_verified_and_booked_on_in_sqlite() {
    for release in RELEASES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("released.db");
        drop(made(release, &path).await);

        let master_key = Some(key(release, "sqlite", folder.path()));
        goes_on(release, "sqlite", StoreAt { master_key, ..StoreAt::sqlite(&path) }).await;
    }
}

#[tokio::test]
async fn migrate_says_that_it_begins_what_may_take_long() {
    for release in RELEASES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("released.db");
        made(release, &path).await.close().await.unwrap();
        let key = key(release, "sqlite", folder.path());
        let migrate = || {
            let mut migrate = std::process::Command::new(env!("CARGO_BIN_EXE_cartwheel"));
            migrate.args([
                "migrate",
                "--log-format",
                "json",
                "--store",
                &format!("sqlite:{}", path.display()),
            ]);
            let output = migrate.arg("--master-key-file").arg(&key).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stderr).unwrap()
        };

        let said = migrate();
        let line: Value = serde_json::from_str(said.lines().next().unwrap_or_default()).expect(&said);
        assert!(line["message"].as_str().unwrap().starts_with("bringing the tables up to date"), "{said}");
        assert_eq!(line["store"], path.display().to_string());
        assert_eq!(migrate(), "", "nothing is to be done twice");
    }
}

/// What is erased later must not stand in a part of the file that was given up.
#[tokio::test]
async fn a_migration_leaves_nothing_of_what_was_sealed_behind() {
    for release in RELEASES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("released.db");
        let mut door = made(release, &path).await;
        // Enough that the pages which are given up are not all used again.
        let more = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200) \
                    INSERT INTO contacts SELECT branch_id, randomblob(16), client_id, randomblob(400) \
                    FROM n, (SELECT * FROM contacts LIMIT 1)";
        door.execute(more).await.unwrap();
        let sealed: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT sealed FROM contacts").fetch_all(&mut door).await.unwrap();
        door.close().await.unwrap();
        assert!(200 < sealed.len());

        let migrated = Address::Sqlite(path.clone()).open(true).await.unwrap();
        migrated.close().await;

        let file = std::fs::read(&path).unwrap();
        for sealed in sealed {
            let there = file.windows(sealed.len()).filter(|bytes| *bytes == sealed).count();
            assert_eq!(there, 1, "{release}");
        }
    }
}

#[tokio::test]
async fn a_store_of_every_release_is_migrated_verified_and_booked_on_in_postgres() {
    for release in RELEASES {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new().await;
        database.back_door().await.execute(text(release, "postgres.sql").as_str()).await.unwrap();

        let address: Address = database.url.parse().unwrap();
        let master_key = Some(key(release, "postgres", folder.path()));
        goes_on(release, "postgres", StoreAt { address, master_key, migrate: false, read_from: None }).await;
    }
}

async fn goes_on(release: &str, store: &str, at: StoreAt) {
    let booked: Value = serde_json::from_str(&text(release, &format!("{store}.json"))).unwrap();
    let clock = Clock::standing(THEN.parse().unwrap());
    let app = App::open(&StoreAt { migrate: true, ..at.clone() }, clock.clone()).await.unwrap();
    app.ready().await.unwrap();
    verified(&app).await;
    let past = Past { app: &app, booked: &booked };

    // What was answered then is answered again.
    let again = past.confirm(&past.cart(), booked["token"].as_str().unwrap(), "released-1").await;
    assert_eq!(again.accepted(), booked["confirmed"], "{release}");
    let page = past.ask("GET", booked["confirmed"]["result_url"].as_str().unwrap(), &[], None).await;
    assert!(page.status.is_success() && page.body.contains("Yoga"), "{release}: {}", page.body);
    // The client is still known by name.
    let journal = web::staff(app.clone(), Hosts::and_loopback([]));
    let journal = call(journal, "GET", &past.at("/journal"), &[], None).await.accepted();
    assert!(journal.to_string().contains("Anna Berg"), "{release}: {journal}");

    // And the next date is booked.
    let dates =
        past.ask("GET", &past.at(&format!("/links/{}/activities", past.text("link_id"))), &[], None).await;
    let dates = dates.accepted()["items"].clone();
    let boxing = dates.as_array().unwrap().iter().find(|date| date["service"] == "Boxing").unwrap();
    let opened = json!({"link_id": booked["link_id"], "events": [{"activity_id": boxing["activity_id"]}]});
    let cart = past.ask("POST", &past.at("/carts"), &[], Some(opened)).await.accepted();
    let path = past.at(&format!("/carts/{}", cart["cart_id"].as_str().unwrap()));
    past.confirm(&path, cart["token"].as_str().unwrap(), "now").await.accepted();
    verified(&app).await;
    app.close().await;
    // From now on it opens without a word.
    App::open(&at, clock).await.unwrap().close().await;
}

async fn verified(app: &App) {
    let verdict = audit::verify(&app.ledger, Arc::new(|_| ())).await.unwrap();
    assert!(verdict.difference.is_none(), "{:?}", verdict.difference);
    assert!(10 < verdict.facts);
}

/// What was booked with the release.
struct Past<'a> {
    app: &'a App,
    booked: &'a Value,
}

impl Past<'_> {
    fn text(&self, name: &str) -> &str {
        self.booked[name].as_str().unwrap()
    }

    fn at(&self, below: &str) -> String {
        let mut path = format!("/api/v1/branches/{}", self.text("branch_id"));
        path.write_str(below).unwrap();
        path
    }

    fn cart(&self) -> String {
        self.at(&format!("/carts/{}", self.text("cart_id")))
    }

    async fn confirm(&self, cart: &str, token: &str, key: &str) -> Answered {
        let token = format!("Bearer {token}");
        let headers = [("authorization", token.as_str()), ("idempotency-key", key)];
        let person = json!({"name": "Anna Berg", "phone": "030 23125 014"});
        self.ask("PUT", &format!("{cart}/confirmation"), &headers, Some(person)).await
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answered {
        let routes = web::public(self.app.clone(), Hosts::and_loopback([]));
        call(routes, method, path, headers, body.map(|body| body.to_string())).await
    }
}
