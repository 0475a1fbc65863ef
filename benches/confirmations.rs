//! Confirmations of ten dates per second, side by side. On SQLite: ours, plain transactions with the same facts, rows and
//! records through one connection, and stock cqrs-es with sqlite-es doing the same step one aggregate at a time. On
//! PostgreSQL: ours, and pgbench with the same facts, rows and records, and with the facts alone.
//!
//! `cargo bench --bench confirmations` takes some minutes, with `-- --store sqlite` fewer; `-- --quick` gives a first
//! idea. SQLite with WAL and `synchronous=FULL`, and a PostgreSQL server with its defaults, in the target directory or
//! where `--dir` says: on a disk, please. What is not a confirmation is done beforehand and not measured: schedules,
//! carts, clients. Contestants take turns within each repetition, so that a noisy neighbour meets all of them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "stops at what it did not expect"
)]

mod measuring;
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
#[path = "confirmations/stock.rs"]
mod stock;
mod studios;
#[path = "confirmations/table.rs"]
mod table;
#[path = "confirmations/world.rs"]
mod world;

use std::collections::BTreeSet;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use measuring::{Measured, Spread};
use pgbench::Stores;
use place::Place;
use postgres_server::Server;
use table::Table;
use world::World;

/// As in the program; it serves all contestants alike.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What is measured on SQLite: branches, callers, and how many confirmations ours, plain and stock make.
const SQLITE: [Cell; 6] = [
    (1, 1, [400, 400, 20]),
    (1, 32, [1_500, 600, 64]),
    (1, 256, [2_000, 600, 256]),
    (21, 1, [400, 400, 20]),
    (21, 32, [1_500, 600, 64]),
    (21, 256, [2_000, 600, 256]),
];

/// The same on PostgreSQL; pgbench makes as many as it can in its time.
const POSTGRES: [Cell; 6] = [
    (1, 1, [1_000, 1, 20]),
    (1, 32, [6_000, 1, 64]),
    (1, 256, [8_000, 1, 256]),
    (32, 1, [1_000, 1, 20]),
    (32, 32, [6_000, 1, 64]),
    (32, 256, [8_000, 1, 256]),
];

type Cell = (usize, usize, [usize; 3]);

const REPETITIONS: usize = 5;

struct Asked {
    quick: bool,
    /// One contestant alone, for a profiler.
    only: Option<String>,
    /// So many branches and callers alone, for a profiler: `21x32`.
    cell: Option<String>,
    /// One store alone: `sqlite` or `postgres`.
    store: Option<String>,
    folder: PathBuf,
}

fn main() {
    let asked = asked();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run(&asked));
}

fn asked() -> Asked {
    let mut asked = Asked {
        quick: false,
        only: None,
        cell: None,
        store: None,
        folder: env!("CARGO_TARGET_TMPDIR").into(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => asked.quick = true,
            "--only" => asked.only = arguments.next(),
            "--cell" => asked.cell = arguments.next(),
            "--store" => asked.store = arguments.next(),
            "--dir" => asked.folder = arguments.next().unwrap().into(),
            // Cargo says `--bench`.
            _ => {}
        }
    }
    asked
}

async fn run(asked: &Asked) {
    let folder = tempfile::tempdir_in(&asked.folder).unwrap();
    // The server is somebody else, and has to get through.
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
    println!("stores in {}", asked.folder.display());
    let mut table = Table::default();
    let mut worlds = vec![];
    for (store, cells) in [("sqlite", SQLITE), ("postgres", POSTGRES)] {
        if asked.store.as_deref().is_none_or(|only| only == store) {
            let cells: Vec<Cell> = cells.into_iter().filter_map(|cell| asked.share_of(cell)).collect();
            worlds.extend(prepare(folder.path(), store, &cells).await);
        }
    }
    let repetitions = if asked.quick { 1 } else { REPETITIONS };
    for repetition in 1..=repetitions {
        for (store, world, cells) in &worlds {
            for (branches, callers, counts) in cells {
                for (name, count) in contestants(store).into_iter().zip(counts) {
                    if asked.takes_part(name) {
                        let measured = measure(world, name, *callers, *count).await;
                        table.add((store, *branches, *callers), name, measured);
                    }
                }
            }
        }
        eprintln!("repetition {repetition} of {repetitions}");
    }
    table.print();

    if asked.takes_part("rebuild") {
        for (store, world, cells) in &worlds {
            let mut rates = vec![];
            for _ in 0..repetitions {
                rates.push(ours::rebuild(world).await);
            }
            let branches = cells[0].0;
            println!(
                "{store}, rebuild of all read models, {branches} branches: {} facts per second",
                Spread::of(rates)
            );
        }
    }
}

impl Asked {
    fn takes_part(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == name)
    }

    /// A cell as far as it is asked for.
    fn share_of(&self, (branches, callers, counts): Cell) -> Option<Cell> {
        let share = if self.quick { 4 } else { 1 };
        let asked = self.cell.as_ref().is_none_or(|cell| *cell == format!("{branches}x{callers}"));
        asked.then(|| (branches, callers, counts.map(|count| (count / share).max(callers.min(count)))))
    }
}

/// Ours first, the others in the order of their counts.
fn contestants(store: &str) -> [&'static str; 3] {
    match store {
        "sqlite" => ["ours", "plain", "stock"],
        _ => ["ours", "pgbench", "pgbench, facts alone"],
    }
}

/// Worlds of a store, one for each number of branches, with the cells that are measured in it.
async fn prepare(
    folder: &Path,
    store: &'static str,
    cells: &[Cell],
) -> Vec<(&'static str, World, Vec<Cell>)> {
    let mut worlds = vec![];
    let branches: BTreeSet<usize> = cells.iter().map(|cell| cell.0).collect();
    for branches in branches {
        let cells: Vec<Cell> = cells.iter().copied().filter(|cell| cell.0 == branches).collect();
        let most = cells.iter().fold([0; 3], |most, cell| [0, 1, 2].map(|n| most[n].max(cell.2[n])));
        let folder = folder.join(format!("{store}-{branches}"));
        std::fs::create_dir(&folder).unwrap();
        let place = match store {
            "sqlite" => Place::Folder(folder),
            _ => Place::Server(Server::start_in(&folder), folder),
        };
        worlds.push((store, World::prepare(place, branches, most).await, cells));
    }
    worlds
}

async fn measure(world: &World, name: &str, callers: usize, count: usize) -> Measured {
    match name {
        "ours" => ours::confirm(world, callers, count).await,
        "plain" => plain::confirm(world, callers, count).await,
        "stock" => stock::confirm(world, callers, count).await,
        "pgbench" => pgbench::confirm(world, callers, Stores::FactsAndRows).await,
        _ => pgbench::confirm(world, callers, Stores::Facts).await,
    }
}
