//! Confirmations of ten dates per second, side by side: ours, plain transactions with the same facts, rows and records
//! through one connection, and stock cqrs-es with sqlite-es doing the same step one aggregate at a time.
//!
//! `cargo bench --bench confirmations` takes a few minutes; with `-- --quick` it gives a first idea. SQLite, WAL,
//! `synchronous=FULL`, in the target directory or where `--dir` says: on a disk, please. What is not a confirmation is
//! done beforehand and not measured: schedules, carts, clients. Contestants take turns within each repetition, so that
//! a noisy neighbour meets all of them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "stops at what it did not expect"
)]

#[path = "confirmations/measure.rs"]
mod measure;
#[path = "confirmations/ours.rs"]
mod ours;
#[path = "confirmations/plain.rs"]
mod plain;
#[path = "confirmations/stock.rs"]
mod stock;
#[path = "confirmations/world.rs"]
mod world;

use std::path::PathBuf;

use measure::{Spread, Table};
use world::World;

/// As in the program; it serves all contestants alike.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What is measured: branches, callers, and how many confirmations ours, plain and stock make.
const CELLS: [(usize, usize, [usize; 3]); 6] = [
    (1, 1, [400, 400, 20]),
    (1, 32, [1_500, 600, 64]),
    (1, 256, [2_000, 600, 256]),
    (21, 1, [400, 400, 20]),
    (21, 32, [1_500, 600, 64]),
    (21, 256, [2_000, 600, 256]),
];

const REPETITIONS: usize = 5;

struct Asked {
    quick: bool,
    /// One contestant alone, for a profiler.
    only: Option<String>,
    /// So many branches and callers alone, for a profiler: `21x32`.
    cell: Option<String>,
    folder: PathBuf,
}

fn main() {
    let asked = asked();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run(&asked));
}

fn asked() -> Asked {
    let mut asked =
        Asked { quick: false, only: None, cell: None, folder: env!("CARGO_TARGET_TMPDIR").into() };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => asked.quick = true,
            "--only" => asked.only = arguments.next(),
            "--cell" => asked.cell = arguments.next(),
            "--dir" => asked.folder = arguments.next().unwrap().into(),
            // Cargo says `--bench`.
            _ => {}
        }
    }
    asked
}

async fn run(asked: &Asked) {
    let folder = tempfile::tempdir_in(&asked.folder).unwrap();
    println!("stores in {}", asked.folder.display());
    let (repetitions, share) = if asked.quick { (1, 4) } else { (REPETITIONS, 1) };
    let takes_part = |name: &str| asked.only.as_deref().is_none_or(|only| only == name);
    let cells = CELLS.map(|(branches, callers, counts)| {
        (branches, callers, counts.map(|count| (count / share).max(callers.min(count))))
    });

    let mut worlds = vec![];
    for branches in [1, 21] {
        let counts = cells.iter().filter(|cell| cell.0 == branches).map(|cell| cell.2);
        let most = counts.fold([0; 3], |most, counts| [0, 1, 2].map(|n| most[n].max(counts[n])));
        let folder = folder.path().join(branches.to_string());
        std::fs::create_dir(&folder).unwrap();
        worlds.push(World::prepare(folder, branches, most).await);
    }

    let mut table = Table::default();
    for repetition in 1..=repetitions {
        for (branches, callers, counts) in cells {
            if asked.cell.as_ref().is_some_and(|cell| *cell != format!("{branches}x{callers}")) {
                continue;
            }
            let world = &worlds[usize::from(branches != 1)];
            for (name, count) in ["ours", "plain", "stock"].into_iter().zip(counts) {
                if takes_part(name) {
                    let measured = match name {
                        "ours" => ours::confirm(world, callers, count).await,
                        "plain" => plain::confirm(world, callers, count).await,
                        _ => stock::confirm(world, callers, count).await,
                    };
                    table.add((branches, callers), name, measured);
                }
            }
        }
        eprintln!("repetition {repetition} of {repetitions}");
    }
    table.print();

    if takes_part("rebuild") {
        let mut rates = vec![];
        for _ in 0..repetitions {
            rates.push(ours::rebuild(&worlds[1]).await);
        }
        println!("rebuild of all read models, 21 branches: {} facts per second", Spread::of(rates));
    }
}
