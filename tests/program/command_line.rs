//! The command line, as somebody at a terminal meets it.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use crate::running::{Kept, Serving, run, stderr, stdout, store_in};

fn import(folder: &Path, store: &str, more: &[&str]) -> std::process::Output {
    let file = folder.join("week.csv");
    if !file.exists() {
        std::fs::write(&file, crate::timetable::csv(4, 3, 20)).unwrap();
    }
    let arguments = ["--time-zone", "Europe/Berlin", "--capacity", "12", "--first-week", "2027-01-04"];
    run(&[&["import", file.to_str().unwrap(), "--store", store], &arguments[..], more].concat())
}

fn json(output: &std::process::Output) -> Value {
    serde_json::from_str(&stdout(output)).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[tokio::test]
async fn verify_tells_clean_from_different_from_unknown_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = store_in(folder.path());
    assert!(import(folder.path(), &store, &["--repeat-weeks", "2"]).status.success());

    let clean = run(&["verify", "--store", &store]);
    let mut door = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    sqlx::query("UPDATE availability SET capacity = 99 WHERE capacity = 12")
        .execute(&mut door)
        .await
        .unwrap();
    let different = run(&["verify", "--store", &store]);
    let as_json = run(&["verify", "--store", &store, "--format", "json"]);
    let mended = run(&["rebuild", "--store", &store]);
    let clean_again = run(&["verify", "--store", &store]);
    sqlx::query(
        "UPDATE ledgers SET branch_id = x'00ff' WHERE branch_id = (SELECT min(branch_id) FROM ledgers)",
    )
    .execute(&mut door)
    .await
    .unwrap();
    let misshapen = run(&["verify", "--store", &store]);
    let absent = run(&["verify", "--store", "sqlite:/nowhere/studio.db"]);

    assert_eq!(clean.status.code(), Some(0), "{clean:?}");
    assert!(stdout(&clean).starts_with("Clean: 3 branches, "), "{clean:?}");
    assert_eq!(different.status.code(), Some(1), "{different:?}");
    assert!(stdout(&different).contains("is capacity = 99; should be capacity = 12"), "{different:?}");
    assert_eq!(json(&as_json)["difference"]["is"], "capacity = 99");
    assert!(mended.status.success() && stdout(&mended).contains("3 branches"), "{mended:?}");
    assert_eq!(clean_again.status.code(), Some(0), "{clean_again:?}");
    assert_eq!(misshapen.status.code(), Some(1), "{misshapen:?}");
    assert!(stdout(&misshapen).contains("table ledgers, column branch_id: is 2 bytes; should be an id"));
    assert_eq!(absent.status.code(), Some(2), "{absent:?}");
    assert_eq!(stderr(&absent), "there is no store at /nowhere/studio.db\n");
    assert!(!Path::new("/nowhere").exists());
}

#[test]
fn import_reports_what_it_did_and_adds_nothing_the_second_time() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());

    let began = Instant::now();
    let first = import(folder.path(), &store, &["--repeat-weeks", "2"]);
    let again = import(folder.path(), &store, &["--repeat-weeks", "2", "--format", "json"]);
    let took = began.elapsed();

    assert!(stdout(&first).starts_with("120 events of 3 branches, 8 of them closed.\n120 were added.\n"));
    assert_eq!(stderr(&first), "", "a bar is for terminals");
    assert_eq!((&json(&again)["added"], &json(&again)["events"]), (&0.into(), &120.into()));
    assert!(took < Duration::from_secs(30), "it closed the store after {took:?}");
}

#[test]
fn import_refuses_in_one_plain_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = store_in(folder.path());
    std::fs::write(folder.path().join("week.csv"), "venue,service,teacher,duration_minutes\n").unwrap();

    let wrong = import(folder.path(), &store, &["--repeat-weeks", "2"]);
    let nowhere = import(folder.path(), &store, &["--repeat-weeks", "2", "--time-zone", "UTC"]);

    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(stderr(&wrong), "This file has no column starts_local. Nothing was imported.\n");
    assert_eq!(nowhere.status.code(), Some(2), "{nowhere:?}");
    assert!(!path.exists(), "no store was made");
}

#[test]
fn a_zone_without_a_country_needs_to_be_told_one() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());
    let file = folder.path().join("week.csv");
    std::fs::write(&file, crate::timetable::csv(4, 1, 5)).unwrap();
    let ask = |more: &[&str]| {
        let terms = ["--time-zone", "UTC", "--capacity", "9", "--first-week", "2027-01-04"];
        let file = ["import", file.to_str().unwrap(), "--store", &store, "--repeat-weeks", "1"];
        run(&[&file[..], &terms, more].concat())
    };

    let unknown = ask(&[]);
    let told = ask(&["--country", "GB"]);

    assert_eq!(
        stderr(&unknown),
        "UTC is in no country; say which with --country, for example --country US\n"
    );
    assert!(told.status.success(), "{told:?}");
}

#[test]
fn other_stores_and_open_staff_listeners_are_refused_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());

    let unknown = run(&["serve", "--store", "mysql://localhost/cartwheel"]);
    let away = run(&["serve", "--store", "postgres://anna:secret@127.0.0.1:1/studios"]);
    let open = run(&["serve", "--store", &store, "--listen", "127.0.0.1:0", "--staff-listen", "0.0.0.0:0"]);

    assert!(stderr(&unknown).contains("sqlite:PATH or postgres://USER@HOST/DATABASE"), "{unknown:?}");
    assert!(
        stderr(&away).contains("PostgreSQL database studios on 127.0.0.1:1 cannot be opened"),
        "{away:?}"
    );
    assert!(!stderr(&away).contains("secret"), "{away:?}");
    assert_eq!(open.status.code(), Some(1));
    assert!(stderr(&open).contains("cartwheel user create --role owner"), "{open:?}");
    assert!(!stderr(&open).contains("backtrace"));
    for url in ["book.example", "https://book.example/cartwheel", "https://*.book.example"] {
        let wrong = run(&["serve", "--store", &store, "--public-url", url]);
        assert_eq!(wrong.status.code(), Some(2), "{url}");
    }
}

#[test]
fn a_replica_is_one_of_a_postgres_store_and_may_be_behind_for_a_while_only() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());
    let serve = |replica: &[&str]| run(&[&["serve", "--store", store.as_str()], replica].concat());

    let of_a_file = serve(&["--read-url", "postgres://anna:secret@db.example/studios"]);
    let a_file = serve(&["--read-url", "sqlite:studio.db"]);
    let for_ever = serve(&["--read-url", "postgres://db.example/studios", "--read-lag", "3600"]);

    assert!(stderr(&of_a_file).contains("only a PostgreSQL database has replicas"), "{of_a_file:?}");
    assert!(!stderr(&of_a_file).contains("secret"), "{of_a_file:?}");
    assert!(stderr(&a_file).contains("a replica is a PostgreSQL database"), "{a_file:?}");
    assert!(stderr(&for_ever).contains("from 100ms to 60s are possible"), "{for_ever:?}");
}

#[test]
fn a_rebuild_needs_a_worker() {
    let none = run(&["rebuild", "--workers", "0"]);

    assert_eq!(none.status.code(), Some(2), "{none:?}");
    assert!(stderr(&none).contains("at least one is needed"), "{none:?}");
}

#[test]
fn a_demonstration_starts_stops_and_starts_again_without_adding_anything() {
    demonstrates(&Kept::in_sqlite());
}

#[tokio::test]
async fn a_demonstration_does_so_on_postgres_too() {
    let kept = Kept::in_postgres().await;

    tokio::task::spawn_blocking(move || demonstrates(&kept)).await.unwrap();
}

fn demonstrates(kept: &Kept) {
    let facts = || json(&run(&["verify", "--store", &kept.address, "--format", "json"]))["facts"].as_u64();
    let start =
        |more: &[&str]| Serving::start("demo", &kept.address, &[&kept.arguments()[2..], more].concat());

    let demo = start(&[]);
    for name in ["listen", "staff_listen", "widget", "journal", "api", "openapi"] {
        assert!(demo.address(name).starts_with("http://127.0.0.1:"), "{name}: {}", demo.ready);
    }
    assert!(demo.ready["branch_id"].is_string() && demo.ready["link_id"].is_string());
    let port = demo.address("listen").trim_start_matches("http://").to_owned();
    assert!(run(&["healthcheck", "--listen", &port]).status.success());
    let listen = ["demo", "--fresh", "--listen", &port, "--staff-listen", "127.0.0.1:0"];
    let busy = run(&[&listen[..], &kept.arguments()].concat());
    assert_eq!(busy.status.code(), Some(1), "{busy:?}");
    assert!(stderr(&busy).contains("is something running there already?"), "{busy:?}");
    let began = Instant::now();
    assert_eq!(demo.stop().code(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(5), "it stopped after {:?}", began.elapsed());
    assert!(!run(&["healthcheck", "--listen", &port]).status.success());
    let before = facts();

    assert_eq!(start(&[]).stop().code(), Some(0));
    assert_eq!(facts(), before);
    assert_eq!(start(&["--fresh"]).stop().code(), Some(0));
    assert_eq!(facts(), before, "a new one is like the old");
}

#[test]
fn a_demonstration_leaves_a_real_studio_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = store_in(folder.path());
    assert!(import(folder.path(), &store, &["--repeat-weeks", "1"]).status.success());
    let free = ["--listen", "127.0.0.1:0", "--staff-listen", "127.0.0.1:0"];

    for more in [&[][..], &["--fresh"]] {
        let refused = run(&[&["demo", "--store", &store], &free[..], more].concat());

        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        assert!(stderr(&refused).contains("this store holds a real studio"), "{refused:?}");
        assert!(path.exists());
    }
}

#[test]
fn a_history_is_found_by_id_in_any_branch() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());
    let report = json(&import(folder.path(), &store, &["--repeat-weeks", "1", "--format", "json"]));
    let link = report["branches"][2]["link_id"].as_str().unwrap();

    let text = run(&["audit", "history", "link", link, "--store", &store]);
    let listed = run(&["audit", "history", "link", link, "--store", &store, "--format", "json"]);
    let unknown = run(&["audit", "history", "cart", link, "--store", &store]);

    assert!(stdout(&text).contains("The booking link was created.  (import: create-link"), "{text:?}");
    assert_eq!(json(&listed)[0]["actor"], "import");
    assert_eq!(unknown.status.code(), Some(1));
    assert_eq!(stderr(&unknown), format!("there is no cart {link} in this store\n"));
}

#[test]
fn migrate_makes_the_tables_and_openapi_prints_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let (store, path) = store_in(folder.path());

    let migrated = run(&["migrate", "--store", &store]);
    let openapi = run(&["openapi"]);

    assert!(migrated.status.success() && path.exists(), "{migrated:?}");
    assert_eq!(stdout(&openapi), std::fs::read_to_string("openapi.json").unwrap());
}

#[test]
fn b_09_an_export_is_made_once_and_checked_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());
    std::fs::write(folder.path().join("week.csv"), crate::timetable::csv(5, 2, 5)).unwrap();
    import(folder.path(), &store, &["--repeat-weeks", "2"]);
    let file = folder.path().join("all.jsonl");
    let audit = |arguments: &[&str]| run(&[&["audit"], arguments].concat());
    let export = |more: &[&str]| {
        audit(&[&["export", "--to", file.to_str().unwrap(), "--store", &store], more].concat())
    };
    let check = |more: &[&str]| audit(&[&["check", file.to_str().unwrap()], more].concat());

    let nobody = export(&["--branch", "00000000-0000-0000-0000-000000000001"]);
    assert!(stderr(&nobody).contains("there is no branch 00000000") && !file.exists(), "{nobody:?}");
    let exported = export(&["--format", "json"]);
    let key = stdout(&audit(&["key", "--store", &store]));
    assert_eq!(json(&exported)["signed_by"], key.trim());
    assert_eq!(json(&exported)["branches"], 2);
    let again = export(&[]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("is there already"), "{again:?}");

    assert_eq!(check(&["--key", key.trim()]).status.code(), Some(0));
    let stranger = "A".repeat(43);
    assert_eq!(check(&["--key", &stranger]).status.code(), Some(1));
    assert_eq!(check(&["--key", "short"]).status.code(), Some(2), "that is no key");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text + "\n").unwrap();
    let changed = check(&["--format", "json"]);
    assert_eq!(changed.status.code(), Some(1));
    assert!(json(&changed)["difference"].as_str().unwrap().starts_with("line "), "{changed:?}");
    std::fs::remove_file(folder.path().join("all.jsonl.manifest.json")).unwrap();
    assert_eq!(check(&[]).status.code(), Some(2), "nothing can be said");
}

#[test]
fn b_09_checkpoints_are_made_and_compared_with_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());
    std::fs::write(folder.path().join("week.csv"), crate::timetable::csv(5, 2, 5)).unwrap();
    import(folder.path(), &store, &["--repeat-weeks", "2"]);
    let kept = folder.path().join("elsewhere");
    std::fs::create_dir(&kept).unwrap();
    let file = kept.join("checkpoints.jsonl");
    let at = ["--checkpoint-dir", kept.to_str().unwrap()];
    let audit = |arguments: &[&str]| run(&[&["audit"], arguments, &["--store", &store]].concat());
    let key = stdout(&audit(&["key"]));
    let against = ["--checkpoints", file.to_str().unwrap(), "--key", key.trim()];

    let made = json(&audit(&[&["checkpoint", "--format", "json"], &at[..]].concat()));
    let again = audit(&[&["checkpoint"], &at[..]].concat());
    let verified = run(&[&["verify", "--store", &store], &against[..]].concat());
    let export = folder.path().join("all.jsonl");
    audit(&["export", "--to", export.to_str().unwrap()]);
    let checked = run(&[&["audit", "check", export.to_str().unwrap()], &against[..]].concat());

    assert_eq!(made.as_array().unwrap().len(), 2, "{made}");
    assert_eq!(stdout(&again), "0 checkpoints were signed.\n");
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 2);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    // Somebody else's statement of another end: it is not theirs to make.
    let forged = std::fs::read_to_string(&file).unwrap().replacen("position\\\":", "position\\\":1", 1);
    std::fs::write(&file, forged).unwrap();
    let against_forged = run(&[&["verify", "--store", &store], &against[..]].concat());
    assert_eq!(against_forged.status.code(), Some(2));
    assert!(stderr(&against_forged).contains("checkpoints, line 1: the checkpoint is not what was signed"));

    std::fs::remove_file(&file).unwrap();
    import(folder.path(), &store, &["--repeat-weeks", "3"]);
    let serving = Serving::start("serve", &store, &[&at[..], &["--checkpoint-every", "1"]].concat());
    let began = Instant::now();
    while !std::fs::read_to_string(&file).is_ok_and(|text| text.lines().count() == 2) {
        assert!(began.elapsed() < Duration::from_secs(10), "no checkpoint of a running service");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(serving.stop().success());
    assert_eq!(run(&[&["verify", "--store", &store], &against[..]].concat()).status.code(), Some(0));
}

#[test]
fn b_09_states_differences_and_refusals_are_told_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store_in(folder.path());
    std::fs::write(folder.path().join("week.csv"), crate::timetable::csv(5, 1, 5)).unwrap();
    let imported = json(&import(folder.path(), &store, &["--repeat-weeks", "2", "--format", "json"]));
    let branch = imported["branches"][0]["branch_id"].as_str().unwrap().to_owned();
    let audit = |arguments: &[&str]| run(&[&["audit"], arguments, &["--store", &store]].concat());

    let first = json(&audit(&["state", "branch", &branch, "--at", "1", "--format", "json"]));
    let now = audit(&["state", "branch", &branch]);
    let never = audit(&["state", "branch", &branch, "--at", "1999-01-01T00:00:00Z"]);
    let wrong = audit(&["state", "branch", &branch, "--at", "soon"]);
    let changed = audit(&["difference", "--branch", &branch, "--from", "1", "--to", "4"]);
    let refused = audit(&["refusals"]);

    assert_eq!((&first["as_of"], &first["version"]), (&1.into(), &1.into()));
    assert!(stdout(&now).contains("details.time_zone = Europe/Berlin"), "{now:?}");
    assert_eq!(never.status.code(), Some(1));
    assert!(stderr(&never).contains("there was no such thing then"), "{never:?}");
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
    assert!(stdout(&changed).starts_with("From position 1 to 4:\n"), "{changed:?}");
    assert!(stdout(&changed).contains(&format!("branch {branch}\n")), "{changed:?}");
    assert!(stdout(&refused).starts_with("0 refusals. This is no part of the ledger"), "{refused:?}");
}
