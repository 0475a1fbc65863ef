//! Brings deliveries to where they go: each by itself, and no more at the same time in one queue than it has places, so
//! that one end that is dead holds up nobody else.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::deliveries::{Deliveries, Delivery, Ended};
use super::{DRAIN, End, Follower, OFTEN, Outcome};
use crate::app::App;
use crate::clock::Clock;
use crate::ledger::StoreError;
use crate::telemetry;
use crate::vault::random;

/// Attempts at the same time in one queue.
const PLACES: usize = 4;

/// Attempts at the same time in this process.
const AT_ONCE: usize = 256;

/// Deliveries that are looked at in one go.
const PAGE: usize = 64;

/// How often what ended long ago is forgotten.
const TIDY: Duration = Duration::from_hours(1);

pub(super) struct Sending {
    deliveries: Deliveries,
    clock: Clock,
    wake: super::Wake,
    followers: Vec<Arc<dyn Follower>>,
    stop: CancellationToken,
    under_way: JoinSet<Ended>,
    places: HashMap<Uuid, usize>,
}

impl Sending {
    pub(super) fn new(app: &App, followers: Vec<Arc<dyn Follower>>, stop: CancellationToken) -> Self {
        Self {
            deliveries: app.deliveries.clone(),
            clock: app.clock.clone(),
            wake: app.wake.clone(),
            followers,
            stop,
            under_way: JoinSet::new(),
            places: HashMap::new(),
        }
    }

    pub(super) async fn run(mut self) {
        let mut tidied = None::<Instant>;
        while !self.stop.is_cancelled() {
            if tidied.is_none_or(|at| TIDY < at.elapsed()) {
                tidied = Some(Instant::now());
                told(self.deliveries.forget(self.clock.now()).await);
            }
            told(self.begin().await);
            let wake = self.wake.clone();
            let ended = tokio::select! {
                () = self.stop.cancelled() => None,
                () = tokio::time::sleep(OFTEN) => None,
                () = wake.0.deliveries.notified() => None,
                Some(ended) = self.under_way.join_next() => Some(ended),
            };
            self.record(ended.and_then(Result::ok)).await;
        }
        let drained = async {
            while let Some(ended) = self.under_way.join_next().await {
                self.record(ended.ok()).await;
            }
        };
        let _ = tokio::time::timeout(DRAIN, drained).await;
    }

    /// Begins attempts as long as anything is due that has a place.
    async fn begin(&mut self) -> Result<(), StoreError> {
        loop {
            let free = AT_ONCE.saturating_sub(self.under_way.len());
            if free == 0 {
                return Ok(());
            }
            let full = self.places.iter().filter(|(_, taken)| PLACES <= **taken).map(|(queue, _)| *queue);
            let full: Vec<Uuid> = full.collect();
            let limit = u32::try_from(PAGE).unwrap_or(u32::MAX);
            let due = self.deliveries.due(self.clock.now(), full, limit).await?;
            let found = due.len();
            let chosen = self.choose(due, free);
            if chosen.is_empty() {
                return Ok(());
            }
            for delivery in self.deliveries.claim(chosen, self.clock.now()).await? {
                self.attempt(delivery);
            }
            if found < PAGE {
                return Ok(());
            }
        }
    }

    /// Those that have a place.
    fn choose(&self, due: Vec<Delivery>, free: usize) -> Vec<Delivery> {
        let mut places = self.places.clone();
        let mut chosen = vec![];
        for delivery in due {
            let taken = places.entry(delivery.queue).or_default();
            if *taken < PLACES && chosen.len() < free {
                *taken += 1;
                chosen.push(delivery);
            }
        }
        chosen
    }

    fn attempt(&mut self, delivery: Delivery) {
        *self.places.entry(delivery.queue).or_default() += 1;
        let follower = self.followers.iter().find(|follower| follower.name() == delivery.follower).cloned();
        let began = self.clock.now();
        self.under_way.spawn(async move {
            let stopwatch = Instant::now();
            let (outcome, pause) = match follower {
                Some(follower) => {
                    let outcome = follower.send(&delivery).await;
                    let pause = follower.pause(delivery.attempts).map(jittered);
                    (outcome, pause)
                }
                // A release, or a configuration, that no longer has it.
                None => (Outcome::failed("not-configured"), Some(TimeDelta::hours(1))),
            };
            let milliseconds = u32::try_from(stopwatch.elapsed().as_millis()).unwrap_or(u32::MAX);
            telemetry::delivery(&delivery.follower, outcome.end.name());
            if outcome.end == End::Failed {
                let (id, branch, word) = (delivery.id, delivery.branch, outcome.word);
                tracing::info!(%id, %branch, word, status = outcome.status, "a delivery did not arrive");
            }
            Ended { delivery, outcome, pause, began, milliseconds }
        });
    }

    /// Stores how this attempt ended, and all others that ended meanwhile.
    async fn record(&mut self, first: Option<Ended>) {
        let mut all: Vec<Ended> = first.into_iter().collect();
        while let Some(ended) = self.under_way.try_join_next() {
            all.extend(ended.ok());
        }
        if all.is_empty() {
            return;
        }
        for ended in &all {
            if let Some(taken) = self.places.get_mut(&ended.delivery.queue) {
                *taken -= 1;
                if *taken == 0 {
                    self.places.remove(&ended.delivery.queue);
                }
            }
        }
        // Should nobody learn of it, the attempt is made again once its lease is over.
        told(self.deliveries.record(&all, self.clock.now()).await);
    }
}

fn told(done: Result<(), StoreError>) {
    if let Err(error) = done {
        tracing::warn!(%error, "deliveries cannot be looked at or stored");
    }
}

/// Up to a fifth longer, so that what failed together does not come back together.
fn jittered(pause: Duration) -> TimeDelta {
    let [luck] = random::<1>();
    let longer = pause.mul_f64(1.0 + 0.2 * f64::from(luck) / 255.0);
    TimeDelta::from_std(longer).unwrap_or(TimeDelta::MAX)
}
