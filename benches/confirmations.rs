//! What a confirmation of ten dates costs, and everything around it, side by side with what else could be used.
//!
//! * Confirmations: ours; on SQLite plain transactions with the same facts, rows and records through one connection, on
//!   PostgreSQL `pgbench` with the same, and with the facts alone; stock cqrs-es, one aggregate at a time, with its views.
//! * Commands of one fact: ours, `pgbench` with one row, stock.
//! * Replay: ours decoded, folded, and into rows; `COPY` to nowhere; the stock `QueryReplay`, into memory and into views.
//! * With the feature `eventstore`: confirmations while facts are mirrored, beside the same without.
//! * Over HTTP, asked by `wrk`: confirmations, and a list of events beside handlers that do nothing.
//!
//! `cargo bench --bench confirmations` takes about half an hour, `-- --quick` gives a first idea, and `-- --store`,
//! `--what`, `--only` and `--cell` a part. SQLite with WAL and `synchronous=FULL`, and a PostgreSQL server with its
//! defaults, in the target directory or where `--dir` says: on a disk, please. What is not measured is done beforehand:
//! schedules, carts, clients. Contestants take turns within each repetition, so that a noisy neighbour meets all of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "stops at what it did not expect, and counts what a machine can hold"
)]

#[path = "confirmations/chart.rs"]
mod chart;
#[path = "confirmations/http.rs"]
mod http;
#[path = "confirmations/kit.rs"]
mod kit;
mod measuring;
#[cfg(feature = "eventstore")]
#[path = "confirmations/mirrored.rs"]
mod mirrored;
#[path = "confirmations/ours.rs"]
mod ours;
#[path = "confirmations/pgbench.rs"]
mod pgbench;
#[path = "confirmations/place.rs"]
mod place;
#[path = "confirmations/plain.rs"]
mod plain;
#[path = "../tests/postgres_server/mod.rs"]
mod postgres_server;
#[path = "confirmations/replay.rs"]
mod replay;
#[path = "confirmations/stock.rs"]
mod stock;
mod studios;
#[path = "confirmations/table.rs"]
mod table;
#[path = "confirmations/world.rs"]
mod world;

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use clap::Parser;
use measuring::Measured;
use pgbench::Stores;
use place::Place;
use postgres_server::Server;
use table::{Cell, Table};
use world::{Counts, World};

/// As in the program; it serves all contestants alike.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

const CONFIRMATIONS: &str = "confirmations";
const ONE_FACT: &str = "commands of one fact";
const REPLAY: &str = "facts replayed";
const REBUILD: &str = "facts rebuilt";
const HTTP: &str = "confirmations over HTTP";
const AVAILABILITY: &str = "lists of events over HTTP";
#[cfg(feature = "eventstore")]
const MIRRORED: &str = "confirmations, mirrored";

const SQLITE: &str = "sqlite";
const POSTGRES: &str = "postgres";

/// What is measured, and how many of it each contestant does; `pgbench` and `wrk` take their time instead.
const CELLS: &[(Cell, Counts)] = &[
    cell(CONFIRMATIONS, SQLITE, 1, 1, [400, 400, 20]),
    cell(CONFIRMATIONS, SQLITE, 1, 32, [1_500, 600, 64]),
    cell(CONFIRMATIONS, SQLITE, 1, 256, [2_000, 600, 256]),
    cell(CONFIRMATIONS, SQLITE, 21, 1, [400, 400, 20]),
    cell(CONFIRMATIONS, SQLITE, 21, 32, [1_500, 600, 64]),
    cell(CONFIRMATIONS, SQLITE, 21, 256, [2_000, 600, 256]),
    cell(ONE_FACT, SQLITE, 21, 256, [20_000, 0, 1_000]),
    cell(REPLAY, SQLITE, 21, 1, [4_000, 0, 0]),
    cell(REBUILD, SQLITE, 21, 1, [4_000, 0, 0]),
    cell(HTTP, SQLITE, 21, 256, [6_000, 0, 0]),
    cell(AVAILABILITY, SQLITE, 21, 32, [0, 0, 0]),
    #[cfg(feature = "eventstore")]
    cell(MIRRORED, SQLITE, 21, 32, [8_000, 0, 0]),
    cell(CONFIRMATIONS, POSTGRES, 1, 1, [1_000, 1, 20]),
    cell(CONFIRMATIONS, POSTGRES, 1, 32, [3_000, 1, 64]),
    cell(CONFIRMATIONS, POSTGRES, 1, 256, [4_000, 1, 256]),
    cell(CONFIRMATIONS, POSTGRES, 32, 1, [1_000, 1, 20]),
    cell(CONFIRMATIONS, POSTGRES, 32, 32, [4_000, 600, 64]),
    cell(CONFIRMATIONS, POSTGRES, 32, 256, [4_000, 1, 256]),
    cell(ONE_FACT, POSTGRES, 1, 256, [20_000, 1, 1_000]),
    cell(ONE_FACT, POSTGRES, 32, 256, [20_000, 1, 1_000]),
    cell(REPLAY, POSTGRES, 32, 1, [4_000, 0, 0]),
    cell(REBUILD, POSTGRES, 32, 1, [4_000, 0, 0]),
    cell(HTTP, POSTGRES, 32, 256, [5_000, 1, 0]),
    cell(AVAILABILITY, POSTGRES, 32, 32, [0, 0, 0]),
    #[cfg(feature = "eventstore")]
    cell(MIRRORED, POSTGRES, 32, 32, [8_000, 1, 0]),
];

const fn cell(
    what: &'static str,
    store: &'static str,
    branches: usize,
    callers: usize,
    [ours, plain, stock]: [usize; 3],
) -> (Cell, Counts) {
    (Cell { what, store, branches, callers }, Counts { ours, plain, stock })
}

/// Who does what, ours first.
fn contestants(Cell { what, store, .. }: Cell) -> &'static [&'static str] {
    match (what, store) {
        (CONFIRMATIONS, SQLITE) => &["ours", "plain transactions", "stock"],
        (CONFIRMATIONS, _) => &["ours", "pgbench", "pgbench, facts alone", "stock"],
        (ONE_FACT, SQLITE) => &["ours", "stock"],
        (ONE_FACT, _) => &["ours", "pgbench, one row", "stock"],
        (REPLAY, SQLITE) => &["ours, decoded", "ours, folded", "stock, into memory"],
        (REPLAY, _) => &["ours, decoded", "ours, folded", "COPY to nowhere", "stock, into memory"],
        (REBUILD, _) => &["ours, into rows", "stock, into views"],
        (HTTP, SQLITE) => &["ours over HTTP", "ours"],
        (HTTP, _) => &["ours over HTTP", "pgbench"],
        (AVAILABILITY, _) => &["ours", "a handler that does nothing", "one that sends the same bytes"],
        #[cfg(feature = "eventstore")]
        (MIRRORED, _) => &["ours, mirrored", "ours"],
        _ => &[],
    }
}

async fn measure(world: &World, Cell { what, callers, .. }: Cell, name: &str, counts: Counts) -> Measured {
    match (what, name) {
        (ONE_FACT, "ours") => ours::set_capacity(world, callers, counts.ours).await,
        (ONE_FACT, "stock") => stock::set_capacity(world, callers, counts.stock).await,
        (AVAILABILITY, "ours") => http::availability(world, callers).await,
        #[cfg(feature = "eventstore")]
        (_, "ours, mirrored") => mirrored::confirm(world, callers, counts.ours).await,
        (_, "ours") => ours::confirm(world, callers, counts.ours).await,
        (_, "plain transactions") => plain::confirm(world, callers, counts.plain).await,
        (_, "stock") => stock::confirm(world, callers, counts.stock).await,
        (_, "pgbench") => pgbench::run(world, callers, Stores::FactsAndRows).await,
        (_, "pgbench, facts alone") => pgbench::run(world, callers, Stores::Facts).await,
        (_, "pgbench, one row") => pgbench::run(world, callers, Stores::OneFact).await,
        (_, "ours, decoded") => replay::ours(world, replay::With::Decode).await,
        (_, "ours, folded") => replay::ours(world, replay::With::Fold).await,
        (_, "ours, into rows") => replay::rebuild(world).await,
        (_, "COPY to nowhere") => replay::copy(world).await,
        (_, "stock, into memory") => replay::stock(world, replay::Into::Memory).await,
        (_, "stock, into views") => replay::stock(world, replay::Into::Views).await,
        (_, "ours over HTTP") => http::confirm(world, callers, counts.ours).await,
        (_, "a handler that does nothing") => http::nothing(callers).await,
        (_, "one that sends the same bytes") => http::same_bytes(world, callers).await,
        _ => panic!("{name} takes no part in {what}"),
    }
}

#[derive(Debug, Parser)]
struct Asked {
    /// One repetition with fewer of everything.
    #[arg(long)]
    quick: bool,
    #[arg(long, default_value_t = 5)]
    repetitions: usize,
    /// One contestant alone, for a profiler.
    #[arg(long)]
    only: Option<String>,
    /// One kind of work alone, by the beginning of its name.
    #[arg(long, default_value = "")]
    what: String,
    /// So many branches and callers alone: `21x32`.
    #[arg(long)]
    cell: Option<String>,
    /// One store alone: `sqlite` or `postgres`.
    #[arg(long)]
    store: Option<String>,
    /// Where the stores are put: on a disk, please.
    #[arg(long, default_value = env!("CARGO_TARGET_TMPDIR"))]
    dir: PathBuf,
    /// Draw the confirmations.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Cargo says it.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let asked = Asked::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run(&asked));
}

async fn run(asked: &Asked) {
    let folder = tempfile::tempdir_in(&asked.dir).unwrap();
    // The server is somebody else, and has to get through.
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
    println!("stores in {}", asked.dir.display());
    let cells: Vec<(Cell, Counts)> = CELLS.iter().filter_map(|cell| asked.share_of(*cell)).collect();
    let worlds = prepare(folder.path(), &cells).await;
    let mut table = Table::default();
    let repetitions = if asked.quick { 1 } else { asked.repetitions };
    for repetition in 1..=repetitions {
        for (cell, counts) in &cells {
            let world = worlds
                .iter()
                .find(|(store, world)| *store == cell.store && world.studios.len() == cell.branches);
            let (_, world) = world.unwrap();
            for name in contestants(*cell) {
                if asked.only.as_deref().is_none_or(|only| only == *name) {
                    table.add(*cell, name, measure(world, *cell, name, *counts).await);
                }
            }
        }
        eprintln!("repetition {repetition} of {repetitions}");
    }
    table.print();
    if let Some(file) = &asked.svg {
        std::fs::write(file, chart::draw(&table)).unwrap();
    }
}

impl Asked {
    /// A cell as far as it is asked for.
    fn share_of(&self, (cell, counts): (Cell, Counts)) -> Option<(Cell, Counts)> {
        let Cell { what, store, branches, callers } = cell;
        let asked = what.starts_with(&self.what)
            && self.store.as_deref().is_none_or(|only| only == store)
            && self.cell.as_ref().is_none_or(|cell| *cell == format!("{branches}x{callers}"));
        // Over HTTP there have to be carts for as long as it takes.
        let all = !self.quick || what == HTTP;
        let share = |count: usize| if all { count } else { (count / 4).max(callers.min(count)) };
        let counts =
            Counts { ours: share(counts.ours), plain: share(counts.plain), stock: share(counts.stock) };
        asked.then_some((cell, counts))
    }
}

/// Worlds of the stores, one for each number of branches.
async fn prepare(folder: &Path, cells: &[(Cell, Counts)]) -> Vec<(&'static str, World)> {
    let mut worlds: Vec<(&str, World)> = vec![];
    for (Cell { store, branches, .. }, _) in cells {
        if worlds.iter().any(|(known, world)| known == store && world.studios.len() == *branches) {
            continue;
        }
        let here = cells.iter().filter(|(cell, _)| cell.store == *store && cell.branches == *branches);
        let most = here.fold(Counts::default(), |most, (cell, counts)| {
            // What sets capacities needs some events, however often it sets them.
            let few = if cell.what == ONE_FACT { 64 } else { usize::MAX };
            most.or_more(counts.at_most(few))
        });
        let folder = folder.join(format!("{store}-{branches}"));
        std::fs::create_dir(&folder).unwrap();
        let place = match *store {
            SQLITE => Place::Folder(folder),
            _ => Place::Server(Server::start_in(&folder), folder),
        };
        eprintln!("preparing {branches} branches on {store}");
        worlds.push((store, World::prepare(place, *branches, most.at_least(64)).await));
    }
    worlds
}
