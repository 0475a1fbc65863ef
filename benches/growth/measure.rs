//! A large store and a small one, in turn.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cartwheel::ledger::Address;
use cartwheel::read_models::rebuild;
use clap::Args;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Executor};

use crate::measuring::Spread;
use crate::side::{AT_WORK, Side};

/// Branches that are read from in one repetition.
const READ: usize = 200;

/// Confirmations in each branch at work, in one repetition.
const EACH: usize = 200;

/// Confirmations in each branch at work beforehand, not measured: what it works with has been read from the disk then, and
/// the log of SQLite is as long as it gets.
const WARM_UP: usize = 100;

/// Branches of the large store that are rebuilt with each number of workers.
const REBUILT: usize = 300;

/// Branches that come to life and fall asleep again.
const AWAKE: usize = 1_000;

/// Longer than a lane waits for another command.
const ASLEEP: Duration = Duration::from_secs(70);

#[derive(Debug, Args)]
pub struct Measure {
    /// The large store: sqlite:PATH or the address of a PostgreSQL database.
    #[arg(long)]
    large: Address,
    /// The small store, of which every repetition takes a copy, so that it stays small: `SMALL.copy` beside a file, the
    /// database `SMALL_copy` on a server.
    #[arg(long)]
    small: Address,
    #[arg(long, default_value_t = 7)]
    repetitions: usize,
    /// Also make all rows of the large store anew.
    #[arg(long)]
    rebuild: bool,
}

/// What was measured, by what it is and the name of the store.
#[derive(Default)]
struct Figures(BTreeMap<(&'static str, &'static str), Vec<f64>>);

impl Figures {
    fn add(&mut self, what: &'static str, side: &Side, value: f64) {
        self.0.entry((what, side.name)).or_default().push(value);
    }

    fn print(&self) {
        println!("| what | large | small | large / small |");
        println!("| --- | ---: | ---: | ---: |");
        for ((what, name), large) in &self.0 {
            if *name != "large" {
                continue;
            }
            let large = || large.iter().copied();
            let small = || self.0.get(&(*what, "small")).into_iter().flatten().copied();
            let (both, ratios) = (Spread::of(small()), Spread::of_ratios(large(), small()));
            println!("| {what} | {:.2} | {both:.2} | {ratios:.2} |", Spread::of(large()));
        }
    }
}

impl Measure {
    pub async fn run(self) {
        let mut large = Side::at("large", &self.large).await;
        println!("large: {} facts of {} branches", large.facts().await, large.branches.len());
        let mut figures = Figures::default();
        for repetition in 0..self.repetitions {
            one_repetition(&mut large, repetition, &mut figures).await;
            let mut small = Side::at("small", &copy_of(&self.small).await).await;
            let before = small.facts().await;
            one_repetition(&mut small, repetition, &mut figures).await;
            let after = small.facts().await;
            small.app.close().await;
            eprintln!(
                "repetition {} of {}; small: {before} to {after} facts",
                repetition + 1,
                self.repetitions
            );
        }
        figures.print();
        workers(&large).await;
        sleep(&mut large).await;
        if self.rebuild {
            let began = Instant::now();
            let facts = rebuild::all(&large.app.ledger, rebuild::WORKERS, Arc::new(|_| ())).await.unwrap();
            let seconds = began.elapsed().as_secs_f64();
            println!("all {facts} facts folded in {seconds:.0} s, {:.0} per second", facts as f64 / seconds);
        }
        large.app.close().await;
        println!("resident at the end: {} MB", resident());
    }
}

/// A copy of a store that nobody uses, in the place of an older one.
async fn copy_of(small: &Address) -> Address {
    match small {
        Address::Sqlite(path) => {
            let beside = |suffix: &str| {
                let mut name = path.clone().into_os_string();
                name.push(suffix);
                PathBuf::from(name)
            };
            let copy = Address::Sqlite(beside(".copy"));
            copy.remove().await.unwrap();
            std::fs::copy(path, beside(".copy")).unwrap();
            std::fs::copy(beside(".key"), beside(".copy.key")).unwrap();
            std::fs::File::open(beside(".copy")).unwrap().sync_all().unwrap();
            copy
        }
        Address::Postgres(url) => {
            let options: PgConnectOptions = url.parse().unwrap();
            let name = options.get_database().unwrap_or("cartwheel").to_owned();
            let mut door = options.database("postgres").connect().await.unwrap();
            for sql in [
                format!("DROP DATABASE IF EXISTS {name}_copy WITH (FORCE)"),
                format!("CREATE DATABASE {name}_copy TEMPLATE {name} STRATEGY file_copy"),
                "CHECKPOINT".to_owned(),
            ] {
                door.execute(sql.as_str()).await.unwrap();
            }
            Address::Postgres(url.replacen(&format!("/{name}"), &format!("/{name}_copy"), 1))
        }
    }
}

async fn one_repetition(side: &mut Side, repetition: usize, figures: &mut Figures) {
    // Which branches the large store reads from differs from one repetition to the next.
    let at_work = side.some(repetition * 3, AT_WORK);
    let read = side.some(repetition, READ);

    let first = side.bookings(&at_work, 1).await;
    let opened = side.reopen().await;
    figures.add("open the store, ms", side, opened.open);
    figures.add("first readiness, ms", side, opened.ready);
    let measured = side.confirm(1, &first).await;
    figures.add("the first confirmation in a branch, ms", side, measured.p50);

    let bookings = side.bookings(&at_work, WARM_UP + EACH).await;
    // One of each branch, then the next of each.
    let turns = (0..WARM_UP + EACH).flat_map(|n| (0..AT_WORK).map(move |of| of * (WARM_UP + EACH) + n));
    let mut bookings: Vec<_> = bookings.into_iter().map(Some).collect();
    let bookings: Vec<_> = turns.filter_map(|n| bookings[n].take()).collect();
    let (warm_up, bookings) = bookings.split_at(WARM_UP * AT_WORK);
    side.confirm(32, warm_up).await;
    let measured = side.confirm(32, bookings).await;
    figures.add("one of many confirmations (32 callers), ms", side, 1e3 / measured.per_second);
    figures.add("its processor time, ms", side, measured.cpu);

    figures.add("a day of the journal, ms", side, side.journal_day(&read).await);
    figures.add("a list of events, ms", side, side.list_of_events(&read).await);
    figures.add("history of one appointment, ms", side, side.history(&read).await);
}

/// Rebuilds some branches with more and more workers.
async fn workers(side: &Side) {
    for workers in [1, 2, 4, 8] {
        let branches = side.some(workers, REBUILT);
        let began = Instant::now();
        let rebuilt = rebuild::these(&side.app.ledger, branches, workers, Arc::new(|_| ())).await;
        let facts = rebuilt.unwrap() as f64;
        println!(
            "rebuild with {workers} workers: {:.0} facts per second",
            facts / began.elapsed().as_secs_f64()
        );
    }
}

/// Many branches come to life, and fall asleep again.
async fn sleep(large: &mut Side) {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    println!("before: {} tasks, {} MB resident", tasks(), resident());
    let branches = large.some(7, AWAKE);
    large.bookings(&branches, 1).await;
    println!("{AWAKE} branches awake: {} tasks, {} MB resident", tasks(), resident());
    tokio::time::sleep(ASLEEP).await;
    println!("and asleep again: {} tasks, {} MB resident", tasks(), resident());
}

/// Megabytes of memory that this process has (proc(5): `VmRSS` in `/proc/self/status`).
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
