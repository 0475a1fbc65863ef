//! Several processes on one store, clients and staff at work, and everything that can go wrong; afterwards a checker proves
//! that nothing went wrong with the bookings, and that their mirror is what it should be.
//!
//! Half a minute for each store; `cargo xtask torture --minutes 30 --store postgres` for longer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod crowd;
mod postgres_server;
mod running;
mod timetable;

#[path = "torture/checker.rs"]
mod checker;
#[path = "torture/faults.rs"]
mod faults;
#[path = "torture/fleet.rs"]
mod fleet;
#[path = "torture/mirror.rs"]
mod mirror;
#[path = "torture/notebook.rs"]
mod notebook;
#[path = "torture/planted.rs"]
mod planted;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cartwheel::audit::verify;
use cartwheel::ledger::Address;
use checker::{Ledgers, shown_otherwise, violations};
use crowd::Crowd;
use eventstore_server::Server as Mirror;
use faults::{Faults, Proxy};
use fleet::Fleet;
use mirror::{bad_days, mirrored_otherwise};
use notebook::{Note, Told, What};
use postgres_server::{Database, Server};
use projections::Recorded;
use rand::SeedableRng;
use rand::rngs::StdRng;
use running::{Kept, links};

const PROCESSES: usize = 3;
const CLIENTS: u64 = 24;

/// How long faults happen.
fn time() -> Duration {
    let minutes = std::env::var("CARTWHEEL_TORTURE_MINUTES");
    minutes.map_or(Duration::from_secs(25), |minutes| Duration::from_mins(minutes.parse().unwrap()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_goes_wrong_with_bookings_whatever_else_does_on_sqlite() {
    torture(Kept::in_sqlite(), None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_goes_wrong_with_bookings_whatever_else_does_on_postgres() {
    let start = || {
        let server = Server::start();
        let standby = server.standby();
        (server, standby)
    };
    let (server, standby) = tokio::task::spawn_blocking(start).await.unwrap();
    let mut database = Database::on(&server.url("postgres")).await;
    let proxy = Proxy::before(&server).await;
    database.url = format!("postgres://cartwheel@127.0.0.1:{}/{}", proxy.port, database.name());
    torture(Kept::in_database(database), Some(faults::Database { server, standby, proxy })).await;
}

/// Half an hour of torture kills dozens.
#[test]
fn of_a_server_that_was_killed_for_good_no_files_stay() {
    let mut server = Server::start();
    let folder = server.folder().to_owned();
    server.kill();
    assert!(folder.exists());

    drop(server);

    assert!(!folder.exists());
}

async fn torture(kept: Kept, database: Option<faults::Database>) {
    let kept = Arc::new(kept);
    let seed =
        std::env::var("CARTWHEEL_TORTURE_SEED").map_or_else(|_| rand::random(), |it| it.parse().unwrap());
    println!("CARTWHEEL_TORTURE_SEED={seed}");
    let file = kept.folder().join("week.csv");
    std::fs::write(&file, timetable::csv(7, 4, 21)).unwrap();
    let links = {
        let (kept, file) = (Arc::clone(&kept), file.clone());
        let import = move || links(&kept.import(file.to_str().unwrap(), "Europe/Berlin", "30"));
        tokio::task::spawn_blocking(import).await.unwrap()
    };
    let mirror = Arc::new(Mirror::start().await.unwrap());
    let mut faults = Faults::over(Arc::clone(&kept), PROCESSES, database, mirror.url(), seed).await;
    let api = faults.endpoints.lock().unwrap()[0].api.clone();
    let fleet = Fleet::new(Arc::clone(&faults.endpoints), Crowd::before(&api, &links).await.shops());
    fleet.allow_changes(&mut StdRng::seed_from_u64(seed)).await;
    let clients: Vec<_> =
        (0..CLIENTS).map(|client| tokio::spawn(fleet.clone().live(seed.wrapping_add(client)))).collect();

    let bad_days = tokio::spawn(bad_days(Arc::clone(&mirror), time(), seed));
    faults.happen(time()).await;
    let bad_days = bad_days.await.unwrap();

    fleet.call_home();
    let mut notes = vec![];
    for client in clients {
        notes.extend(client.await.unwrap());
    }
    let address: Address = kept.address.parse().unwrap();
    let ledgers = read(&address).await.unwrap();
    let mut found = violations(&ledgers, &notes);
    found.extend(shown_otherwise(&ledgers, &fleet.look_again().await));
    found.extend(mirrored_otherwise(&address, &mirror.url()).await);
    println!("{}", tally(&notes, &ledgers));
    println!("{:#?}, and with the mirror {bad_days:#?}", faults.tally);
    assert!(found.is_empty(), "{} violations, the first: {}", found.len(), found[0]);
    let tally = tokio::task::spawn_blocking(move || faults.stop()).await.unwrap();
    assert!(!tally.is_empty());
}

/// All facts, from a store whose positions, hashes and rows are as they should be; else what is not.
async fn read(address: &Address) -> Result<Ledgers, String> {
    let ledger = address.open(false).await.unwrap();
    let verdict = verify(&ledger, Arc::new(|_| ())).await.unwrap();
    if let Some(difference) = verdict.difference {
        return Err(difference.to_string());
    }
    let mut ledgers = Ledgers::new();
    for branch in ledger.branches().await.unwrap() {
        let mut facts: Vec<Recorded> = vec![];
        loop {
            let page = ledger.read(branch, facts.len() as u64, 5_000).await.unwrap();
            if page.is_empty() {
                break;
            }
            facts.extend(page.iter().map(|entry| entry.read().unwrap()));
        }
        ledgers.insert(branch, facts);
    }
    ledger.close().await;
    Ok(ledgers)
}

fn tally(notes: &[Note], ledgers: &Ledgers) -> String {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for note in notes {
        let what = match note.what {
            What::Select => "selected",
            What::Confirm { .. } => "confirmed",
            What::Cancel { .. } => "cancelled",
            What::Reschedule { .. } => "rescheduled",
            What::CancelEvent { .. } => "event cancelled",
        };
        let how = match &note.told {
            Told::Done(_) => String::new(),
            Told::Refused(_) => ", not: full".to_owned(),
            Told::Declined(code) => format!(", not: {code}"),
            Told::Nothing => ", never answered".to_owned(),
        };
        *told.entry(format!("{what}{how}")).or_default() += 1;
    }
    format!("{} facts; {told:#?}", ledgers.values().map(Vec::len).sum::<usize>())
}
