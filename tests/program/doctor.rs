//! What `doctor` finds, over real stores, sound and ailing.

use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use serde_json::Value;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use crate::running::{Kept, Serving, run, stdout};

const FREE: [&str; 6] = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0", "--format", "json"];

fn examine(kept: &Kept, more: &[&str]) -> Examined {
    Examined::of(run(&[&["doctor"], &kept.arguments()[..], &FREE, more].concat()))
}

struct Examined(Output, Vec<Value>);

impl Examined {
    fn of(output: Output) -> Self {
        let found =
            serde_json::from_str(&stdout(&output)).unwrap_or_else(|error| panic!("{error}: {output:?}"));
        Self(output, found)
    }

    /// Whether that was found of something.
    #[track_caller]
    fn says(&self, check: &str, verdict: &str, says: &str) {
        let found = |it: &&Value| it["check"] == check && it["verdict"] == verdict;
        let found: Vec<_> = self.1.iter().filter(found).map(|it| it["says"].as_str().unwrap()).collect();
        assert!(
            found.iter().any(|it| it.contains(says)),
            "{check} {verdict} {says:?} is not in {:?}",
            self.1
        );
    }

    #[track_caller]
    fn ends_with(&self, code: i32) {
        assert_eq!(self.0.status.code(), Some(code), "{:?}", self.1);
    }
}

/// A store with a demonstration in it, whose service has stopped.
fn furnished(kept: &Kept) {
    Serving::start("demo", &kept.address, &kept.arguments()[2..]).stop();
}

#[tokio::test]
async fn a_sound_store_behind_a_reachable_address_is_well_on_sqlite() {
    let kept = Kept::in_sqlite();
    let service = Serving::start("demo", &kept.address, &kept.arguments()[2..]);
    let url = service.address("listen");
    let port = url.trim_start_matches("http://").to_owned();

    let well = examine(&kept, &["--public-url", url]);
    well.says("store", "ok", "has the tables of this release");
    well.says("key", "ok", "fits the store");
    well.says("release", "ok", "no newer release");
    well.says("ledgers", "ok", "end as their heads say");
    well.says("disk", "ok", "MiB are free");
    well.says("writing", "ok", "can be written to");
    well.says("port", "ok", "is free (clients)");
    well.says("address", "ok", "leads here");
    well.ends_with(0);
    // Two of a flag are one too many: this one stands in the place of a free port.
    let arguments = ["--listen", &port, "--staff-listen", "127.0.0.1:0", "--format", "json"];
    let taken =
        Examined::of(run(&[&["doctor"], &kept.arguments()[..], &arguments, &["--public-url", url]].concat()));
    taken.says("port", "warn", "something is running there, perhaps this service");
    taken.ends_with(1);
    service.stop();
}

#[tokio::test]
async fn a_sound_store_is_well_on_postgres_and_its_server_is_named() {
    let kept = Kept::in_postgres().await;
    furnished(&kept);

    let found = examine(&kept, &[]);

    found.says("server", "ok", "UTF8, a primary");
    found.says("clock", "ok", "agrees");
    found.says("store", "ok", "has the tables of this release");
    found.says("key", "ok", "fits the store");
    found.says("ledgers", "ok", "end as their heads say");
    found.says("address", "warn", "without --public-url");
    found.ends_with(1);
    // The primary is no replica of itself.
    let replica = examine(&kept, &["--read-url", &kept.address]);
    replica.says("replica", "warn", "this is a primary");
}

#[tokio::test]
async fn what_keeps_the_service_from_running_is_bad() {
    let kept = Kept::in_sqlite();
    furnished(&kept);
    let key = kept.arguments()[3].to_owned();
    let path = kept.address.trim_start_matches("sqlite:").to_owned();
    let mut door = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();

    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = examine(&kept, &[]);
    open.says("key mode", "warn", "mode 644");
    open.ends_with(1);
    let right = std::fs::read(&key).unwrap();
    std::fs::write(&key, [7; 32]).unwrap();
    let wrong = examine(&kept, &[]);
    wrong.says("key", "bad", "does not fit this store");
    wrong.ends_with(2);
    std::fs::remove_file(&key).unwrap();
    examine(&kept, &[]).says("key", "bad", "missing");
    std::fs::write(&key, right).unwrap();

    sqlx::query("UPDATE ledgers SET head_hash = zeroblob(32)").execute(&mut door).await.unwrap();
    let head = examine(&kept, &[]);
    head.says("ledgers", "bad", "does not end as its head says; run cartwheel verify");
    head.ends_with(2);
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version > 2").execute(&mut door).await.unwrap();
    let older = examine(&kept, &[]);
    older.says("store", "bad", "run `cartwheel migrate`");
    older.ends_with(2);
    let limits = examine(&kept, &["--rate-limit", "codes=none"]);
    limits.says("limits", "bad", "a rate is like");
    let address = examine(&kept, &["--public-url", "http://127.0.0.1:9"]);
    address.says("address", "warn", "cannot be reached from here");
}

#[tokio::test]
async fn a_store_that_is_not_there_yet_is_made_by_serve_and_not_by_the_doctor() {
    let kept = Kept::in_sqlite();

    let found = examine(&kept, &[]);

    found.says("store", "ok", "serve makes it");
    found.says("key", "ok", "serve makes it");
    found.ends_with(1);
    assert_eq!(std::fs::read_dir(kept.folder()).unwrap().count(), 0);
    let away = run(&[&["doctor", "--store", "postgres://nobody@127.0.0.1:9/none"], &FREE[..]].concat());
    let away = Examined::of(away);
    away.says("store", "bad", "cannot be opened");
    away.ends_with(2);
}

#[test]
fn each_line_says_a_verdict() {
    let kept = Kept::in_sqlite();
    let text = run(&[&["doctor"], &kept.arguments()[..], &FREE[..4]].concat());

    let text = stdout(&text);
    assert!(
        text.lines().all(|line| ["ok ", "warning ", "BAD "].iter().any(|it| line.starts_with(it))),
        "{text}"
    );
    assert!(7 <= text.lines().count(), "{text}");
}
