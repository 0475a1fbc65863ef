//! What size costs: the same work on a large store and on a small one, side by side.
//!
//! `fill` makes a store of many branches, every fact through the service's own lanes. `measure` compares two such stores:
//! opening, confirming with lanes that are at work and with lanes that begin, a day of the journal, a list of events, the
//! history of one appointment, rebuilding with more and more workers, memory and tasks. Both stores are measured in turn
//! within each repetition.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "stops at what it did not expect, and counts what a machine can hold"
)]

#[path = "growth/fill.rs"]
mod fill;
#[path = "growth/measure.rs"]
mod measure;
mod measuring;
#[path = "growth/side.rs"]
mod side;
mod studios;

use std::path::PathBuf;

use cartwheel::app::{App, StoreAt};
use cartwheel::clock::Clock;
use cartwheel::ledger::Address;
use clap::{Parser, Subcommand};

/// As in the program.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[derive(Debug, Parser)]
struct Growth {
    #[command(subcommand)]
    what: What,
    /// Cargo says it.
    #[arg(long, global = true, hide = true)]
    bench: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a store of many branches.
    Fill(fill::Fill),
    /// Compare a large store with a small one.
    Measure(measure::Measure),
}

/// Opens a store; the key to a database is beside this program's other keys.
async fn open(address: &Address) -> App {
    let key: Option<PathBuf> = match address {
        Address::Sqlite(_) => None,
        Address::Postgres(_) => Some(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("growth.key")),
    };
    let store = StoreAt { address: address.clone(), master_key: key, migrate: false, read_from: None };
    App::open(&store, Clock::standing(studios::monday())).await.unwrap()
}

fn main() {
    let growth = Growth::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        match growth.what {
            What::Fill(fill) => fill.run().await,
            What::Measure(measure) => measure.run().await,
        }
    });
}
