//! All facts of a store read again: decoded, folded, and folded into rows that are stored.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::cart::BookingCart;
use aggregates::ids::BranchId;
use async_trait::async_trait;
use cartwheel::hosting::{Hostable, Hosted};
use cartwheel::ledger::{Address, Ledger};
use cartwheel::read_models::{WholeFold, rebuild};
use cqrs_es::persist::QueryReplay;
use cqrs_es::{EventEnvelope, Query, View};
use futures::StreamExt;
use projections::Recorded;
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;

use crate::kit::{self, Kit, RowView, Viewed};
use crate::measuring::{Measured, cpu};
use crate::place::Place;
use crate::world::World;

/// Facts read at once, as a rebuild does.
const PAGE: u32 = 2_000;

async fn timed(replay: impl Future<Output = u64>) -> Measured {
    let (cpu_before, began) = (cpu(), Instant::now());
    let facts = replay.await as f64;
    let elapsed = began.elapsed().as_secs_f64();
    Measured {
        per_second: facts / elapsed,
        cpu: (cpu() - cpu_before) * 1e3 / facts,
        p50: f64::NAN,
        p99: f64::NAN,
    }
}

/// What is done with the facts of one branch.
#[derive(Debug, Clone, Copy)]
pub enum With {
    /// Nothing, once they are decoded.
    Decode,
    /// Folded into rows in memory.
    Fold,
}

/// Ours, as many branches at a time as a rebuild takes.
pub async fn ours(world: &World, with: With) -> Measured {
    let ledger = world.place.address("confirmed").open(false).await.unwrap();
    let branches = ledger.branches().await.unwrap();
    let measured = timed(async {
        let branches = branches.into_iter().map(|branch| {
            let ledger = Arc::clone(&ledger);
            tokio::spawn(async move {
                let mut fold = WholeFold::default();
                read(ledger.as_ref(), branch, |fact| match with {
                    With::Decode => drop(std::hint::black_box(fact)),
                    With::Fold => fold.take(&fact),
                })
                .await
            })
        });
        let read = futures::stream::iter(branches).buffer_unordered(rebuild::WORKERS);
        read.fold(0, async |sum, facts| sum + facts.unwrap()).await
    })
    .await;
    ledger.close().await;
    measured
}

async fn read(ledger: &dyn Ledger, branch: BranchId, mut take: impl FnMut(Recorded)) -> u64 {
    let mut at = 0;
    loop {
        let page = ledger.read(branch, at, PAGE).await.unwrap();
        let Some(last) = page.last() else { return at };
        at = last.position;
        for entry in page {
            take(entry.read().unwrap());
        }
    }
}

/// Ours: all rows made anew and stored.
pub async fn rebuild(world: &World) -> Measured {
    let ledger = world.place.copy("confirmed", "run").await.open(false).await.unwrap();
    let measured =
        timed(async { rebuild::all(&ledger, rebuild::WORKERS, Arc::new(|_| ())).await.unwrap() }).await;
    ledger.close().await;
    measured
}

/// The server's own way out: every fact copied to nowhere.
pub async fn copy(world: &World) -> Measured {
    let Place::Server(server, _) = &world.place else { panic!("COPY needs a server") };
    let psql = |sql: &str| {
        let mut psql = Command::new(crate::postgres_server::bin("psql"));
        psql.args(["-q", "-A", "-t", "-U", "cartwheel", "-d", "confirmed", "-c", sql, "-h"]);
        psql.arg(server.folder());
        psql
    };
    let counted = psql("SELECT count(*) FROM events").output().unwrap();
    let facts: u64 = String::from_utf8(counted.stdout).unwrap().trim().parse().unwrap();
    timed(async {
        let mut copy = psql("COPY events TO STDOUT (FORMAT binary)");
        assert!(copy.stdout(Stdio::null()).status().unwrap().success());
        facts
    })
    .await
}

/// Where the stock replay puts what it folds.
#[derive(Debug, Clone, Copy)]
pub enum Into {
    Memory,
    Views,
}

/// The stock `QueryReplay`, one aggregate after another, over the same facts.
pub async fn stock(world: &World, into: Into) -> Measured {
    match world.place.copy("confirmed", "run").await {
        Address::Sqlite(path) => replay(&kit::sqlite(&path).await, into).await,
        Address::Postgres(url) => replay(&kit::postgres(&url).await, into).await,
    }
}

async fn replay<K: Kit>(kit: &K, into: Into) -> Measured {
    const PREFIX: &str = "stock_";
    kit::make_view_tables(kit, PREFIX).await;
    let measured = timed(async {
        one::<K, BookingCart, CartRow>(kit, into, &format!("{PREFIX}carts")).await
            + one::<K, Activity, AvailabilityRow>(kit, into, &format!("{PREFIX}activities")).await
            + one::<K, Appointment, AppointmentRow>(kit, into, &format!("{PREFIX}appointments")).await
    })
    .await;
    kit.close().await;
    measured
}

async fn one<K: Kit, D: Hostable, R: Viewed>(kit: &K, into: Into, views: &str) -> u64 {
    let query = match into {
        Into::Memory => Box::new(InMemory::<R>::default()),
        Into::Views => kit.views::<D, R>(views),
    };
    let counted = Counted { query, facts: Arc::default() };
    let facts = Arc::clone(&counted.facts);
    let mut replay = QueryReplay::<_, _, Hosted<D>>::new(kit.repository(), counted);
    replay.use_error_handler(Box::new(|error| panic!("{error}")));
    replay.replay_all().await.unwrap();
    facts.load(Ordering::Relaxed)
}

/// Views in memory.
struct InMemory<R>(Mutex<HashMap<String, RowView<R>>>);

impl<R> Default for InMemory<R> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[async_trait]
impl<D: Hostable, R: Viewed> Query<Hosted<D>> for InMemory<R> {
    async fn dispatch(&self, id: &str, events: &[EventEnvelope<Hosted<D>>]) {
        let mut views = self.0.lock().unwrap();
        let view = views.entry(id.to_owned()).or_default();
        for event in events {
            view.update(event);
        }
    }
}

/// Counts what passes.
struct Counted<D: Hostable> {
    query: Box<dyn Query<Hosted<D>>>,
    facts: Arc<AtomicU64>,
}

#[async_trait]
impl<D: Hostable> Query<Hosted<D>> for Counted<D> {
    async fn dispatch(&self, id: &str, events: &[EventEnvelope<Hosted<D>>]) {
        self.facts.fetch_add(events.len() as u64, Ordering::Relaxed);
        self.query.dispatch(id, events).await;
    }
}
