//! Backups are made while clients book, are whole, and become stores again.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};

use crate::crowd::books::Books;
use crate::crowd::{Attempt, Crowd};
use crate::postgres_server::{Database, bin};
use crate::running::{Kept, Serving, links, run, stderr, stdout};

/// Clients book in a service on this store until they were all answered; at some moment `meanwhile` is done. What those
/// were told who were answered before it, and what all were told.
async fn busy(kept: &Kept, meanwhile: impl FnOnce() + Send + 'static) -> (Vec<Attempt>, Vec<Attempt>) {
    let file = kept.folder().join("week.csv");
    std::fs::write(&file, crate::timetable::csv(3, 5, 21)).unwrap();
    let links = links(&kept.import(file.to_str().unwrap(), "Europe/Berlin", "12"));
    let service = kept.serve();
    let crowd = Crowd::before(service.address("api"), &links).await;
    let book = |from: u64, attempts| {
        let clients: Vec<_> =
            (from..from + 10).map(|n| tokio::spawn(crowd.clone().keep_booking(n, attempts))).collect();
        async {
            let mut made = vec![];
            for client in clients {
                made.extend(client.await.unwrap());
            }
            made
        }
    };
    let before = book(0, 2).await;
    let during = book(10, 10);
    tokio::task::spawn_blocking(meanwhile).await.unwrap();
    let mut all = before.clone();
    all.extend(during.await);
    assert_eq!(service.stop().code(), Some(0));
    (before, all)
}

fn backup(kept: &Kept, to: &Path) -> Output {
    run(&["backup", "--store", &kept.address, "--to", to.to_str().unwrap(), "--format", "json"])
}

fn facts(verdict: &Output) -> u64 {
    let verdict: Value = serde_json::from_str(&stdout(verdict)).unwrap_or_else(|_| panic!("{verdict:?}"));
    assert_eq!(verdict["difference"], Value::Null);
    verdict["facts"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_clients_book_becomes_a_store_again_that_holds_all_they_were_told_before() {
    let kept = Kept::in_sqlite();
    let copy = kept.folder().join("backup.db");
    let (address, to) = (kept.address.clone(), copy.clone());
    let (before, all) = busy(&kept, move || {
        let made = run(&["backup", "--store", &address, "--to", to.to_str().unwrap(), "--format", "json"]);
        assert!(0 < facts(&made));
    })
    .await;
    let key = kept.arguments()[3];

    let again = kept.folder().join("again.db");
    let address = format!("sqlite:{}", again.display());
    let restored =
        run(&["restore", "--from", copy.to_str().unwrap(), "--store", &address, "--format", "json"]);

    let held = facts(&restored);
    assert_eq!(facts(&run(&["verify", "--store", &address, "--format", "json"])), held);
    assert!(held <= facts(&run(&["verify", "--store", &kept.address, "--format", "json"])));
    let books = Books::of(&address).await;
    books.assert_nothing_half_booked();
    books.assert_agree_with(&before);
    Books::of(&kept.address).await.assert_agree_with(&all);
    let keyless = run(&["serve", "--store", &address, "--listen", "127.0.0.1:0"]);
    assert_eq!(keyless.status.code(), Some(1), "{keyless:?}");
    assert!(stderr(&keyless).contains("again.db.key"), "it asks for the key file: {keyless:?}");
    assert_eq!(Serving::start("serve", &address, &["--master-key-file", key]).stop().code(), Some(0));
}

#[test]
fn a_backup_takes_nothing_elses_place_and_says_what_is_missing() {
    let kept = Kept::in_sqlite();
    let copy = kept.folder().join("backup.db");
    let nothing = backup(&kept, &copy);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(stderr(&nothing).contains("there is no store at"), "{nothing:?}");
    assert!(!copy.exists());
    assert_eq!(Serving::start("demo", &kept.address, &kept.arguments()[2..]).stop().code(), Some(0));
    std::fs::write(&copy, "my letters").unwrap();

    let taken = backup(&kept, &copy);
    assert!(stderr(&taken).contains("exists already"), "{taken:?}");
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), "my letters");
    let from_letters = run(&["restore", "--from", copy.to_str().unwrap(), "--store", "sqlite:/nowhere/x.db"]);
    assert_eq!(from_letters.status.code(), Some(1), "{from_letters:?}");
    let nowhere = backup(&kept, Path::new("/nowhere/backup.db"));
    assert!(stderr(&nowhere).contains("cannot be copied to /nowhere/backup.db"), "{nowhere:?}");
    std::fs::remove_file(&copy).unwrap();
    assert!(0 < facts(&backup(&kept, &copy)));

    let over = run(&["restore", "--from", copy.to_str().unwrap(), "--store", &kept.address]);
    assert!(stderr(&over).contains("exists already"), "{over:?}");
    let left: Vec<_> = std::fs::read_dir(kept.folder()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("unfinished")), "{left:?}");
}

#[tokio::test]
async fn a_damaged_backup_is_not_restored() {
    let kept = Kept::in_sqlite();
    let copy = kept.folder().join("backup.db");
    assert_eq!(Serving::start("demo", &kept.address, &kept.arguments()[2..]).stop().code(), Some(0));
    assert!(0 < facts(&backup(&kept, &copy)));
    let mut door = SqliteConnectOptions::new().filename(&copy).connect().await.unwrap();
    let damage = "UPDATE events SET payload = replace(payload, 'Sofie', 'Sofia')";
    assert!(0 < door.execute(damage).await.unwrap().rows_affected());
    door.close().await.unwrap();
    let again = format!("sqlite:{}", kept.folder().join("again.db").display());

    let refused = run(&["restore", "--from", copy.to_str().unwrap(), "--store", &again]);

    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(stderr(&refused).contains("is not as it should be"), "{refused:?}");
    assert!(!kept.folder().join("again.db").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_database_is_backed_up_by_its_own_tools_and_restored_into_an_empty_one() {
    let kept = Kept::in_postgres().await;
    let told = backup(&kept, Path::new("anywhere"));
    assert!(stderr(&told).contains("pg_dump --format=custom --file=FILE ADDRESS"), "{told:?}");
    let dump = kept.folder().join("studio.dump");
    let (address, to) = (kept.address.clone(), dump.clone());
    let (before, _) = busy(&kept, move || {
        let file = format!("--file={}", to.display());
        let dumped =
            Command::new(bin("pg_dump")).args(["--format=custom", &file, &address]).output().unwrap();
        assert!(dumped.status.success(), "{dumped:?}");
    })
    .await;
    let empty = Database::new().await;

    let into = format!("--dbname={}", empty.url);
    let restored = Command::new(bin("pg_restore")).arg(&into).arg(&dump).output().unwrap();

    assert!(restored.status.success(), "{restored:?}");
    assert!(0 < facts(&run(&["verify", "--store", &empty.url, "--format", "json"])));
    let books = Books::of(&empty.url).await;
    books.assert_nothing_half_booked();
    books.assert_agree_with(&before);
}
