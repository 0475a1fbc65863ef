//! What acts on facts after the append: webhooks and messages.
//!
//! A follower knows how far it has come in the ledger of each branch. It turns the facts behind that into deliveries, and
//! stores those together with how far it came, in one step and only if nobody else did meanwhile: so a restart, a rebuild or
//! a second process sends nothing twice. Appends of this process wake it; that it looks by itself every second is what can
//! be relied on. `sending` brings deliveries to where they go.

pub mod deadlines;
pub mod deliveries;
mod positions;
mod sending;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use aggregates::ids::BranchId;
use async_trait::async_trait;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::ledger::change::Change;
use crate::ledger::{Entry, Position, StoreError};
use crate::messages::Messages;
use crate::outbound::Outbound;
use crate::webhooks::Webhooks;
use deliveries::Delivery;
pub use positions::heads;

/// How often a follower looks by itself for what is new.
const OFTEN: Duration = Duration::from_secs(1);

/// How long a follower waits after it was woken: what is appended meanwhile is turned into deliveries in the same step.
const TOGETHER: Duration = Duration::from_millis(50);

/// How long deliveries that are under way may take after somebody asked to stop; what was not told to have arrived is sent
/// again, with the same id, after the next start.
const DRAIN: Duration = Duration::from_secs(1);

/// Turns facts into deliveries.
#[async_trait]
pub trait Follower: Send + Sync {
    /// The name that its positions and deliveries are stored under.
    fn name(&self) -> &'static str;

    /// Which of these branches, given with where their ledgers end, it follows, and from where on.
    async fn followed(&self, heads: &[(BranchId, Position)]) -> Result<Vec<Followed>, StoreError>;

    /// What follows of facts: changes that are made together with the new position.
    async fn react(&self, branch: BranchId, facts: &[Entry]) -> Result<Vec<Change>, StoreError>;

    /// Brings a delivery to where it goes. It may be asked to do so again, if nobody heard how it ended.
    async fn send(&self, delivery: &Delivery) -> Outcome;

    /// After how many failed attempts how long to wait; none once that was the last.
    fn pause(&self, attempts: u32) -> Option<Duration>;

    /// What has to happen once a deadline of that kind is due.
    async fn due(&self, _: &deadlines::Deadline) -> Result<Vec<Change>, StoreError> {
        Ok(vec![])
    }
}

/// A branch that a follower follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    pub branch: BranchId,
    /// What was already there when it began concerns it as little as what lies at or before this position.
    pub begin: Position,
    /// Facts up to here are of no use to it, however far it came.
    pub at_least: Position,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub end: End,
    /// In one word, as it is stored.
    pub word: &'static str,
    /// What the other side said, if it spoke HTTP.
    pub status: Option<u16>,
}

/// What becomes of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Delivered,
    /// Another attempt may do better.
    Failed,
    /// Nobody is to be told any more.
    Dropped,
}

impl End {
    /// As it is counted.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

impl Outcome {
    #[must_use]
    pub fn delivered() -> Self {
        Self { end: End::Delivered, word: "delivered", status: None }
    }

    #[must_use]
    pub fn failed(word: &'static str) -> Self {
        Self { end: End::Failed, word, status: None }
    }

    #[must_use]
    pub fn dropped(word: &'static str) -> Self {
        Self { end: End::Dropped, word, status: None }
    }

    #[must_use]
    pub fn with(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }
}

/// Tells followers of this process that there is something new.
#[derive(Debug, Clone, Default)]
pub struct Wake(Arc<Woken>);

#[derive(Debug, Default)]
struct Woken {
    listeners: Mutex<Vec<Arc<Appended>>>,
    deliveries: Notify,
}

/// Branches to whose ledgers something was appended since somebody looked last.
#[derive(Debug, Default)]
pub struct Appended {
    heard: Mutex<Heard>,
    any: Notify,
}

#[derive(Debug, Default)]
struct Heard {
    branches: BTreeSet<BranchId>,
    last: Option<Instant>,
}

impl Wake {
    /// Something was appended to the ledger of this branch.
    pub fn appended(&self, branch: BranchId) {
        for listener in locked(&self.0.listeners).iter() {
            let mut heard = locked(&listener.heard);
            heard.branches.insert(branch);
            heard.last = Some(Instant::now());
            drop(heard);
            listener.any.notify_one();
        }
    }

    /// Hears from now on where something was appended.
    #[must_use]
    pub fn listen(&self) -> Arc<Appended> {
        let listener = Arc::default();
        locked(&self.0.listeners).push(Arc::clone(&listener));
        listener
    }

    /// There is something to be delivered now.
    pub fn to_deliver(&self) {
        self.0.deliveries.notify_one();
    }
}

impl Appended {
    /// Waits until something was appended, and a moment longer: what comes meanwhile is taken along.
    pub async fn branches(&self) -> BTreeSet<BranchId> {
        self.any.notified().await;
        tokio::time::sleep(TOGETHER).await;
        std::mem::take(&mut locked(&self.heard).branches)
    }

    /// Whether nothing has been appended for so long.
    #[must_use]
    pub fn is_quiet_for(&self, time: Duration) -> bool {
        locked(&self.heard).last.is_none_or(|last| time <= last.elapsed())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Followers at work, until they are stopped.
#[derive(Debug)]
pub struct Following {
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Following {
    /// Stops them; what is under way may come to its end.
    pub async fn stop(self) {
        self.stop.cancel();
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

/// Starts the followers of the service.
///
/// # Errors
///
/// If nobody could be called over TLS.
pub fn start(app: &App) -> Result<Following, rustls::Error> {
    let outbound = Outbound::new(app.reach)?;
    let webhooks = Webhooks::new(Arc::clone(&app.ledger), app.endpoints.clone(), outbound, app.clock.clone());
    Ok(start_these(app, vec![Arc::new(webhooks), Arc::new(Messages::new(app.clone()))]))
}

/// Starts these followers.
#[must_use]
pub fn start_these(app: &App, followers: Vec<Arc<dyn Follower>>) -> Following {
    let stop = CancellationToken::new();
    let sending = sending::Sending::new(app, followers.clone(), stop.clone());
    let tasks = vec![tokio::spawn(follow(app.clone(), followers, stop.clone())), tokio::spawn(sending.run())];
    Following { stop, tasks }
}

/// Looks for what is new, everywhere every second, and sooner where something was appended.
async fn follow(app: App, followers: Vec<Arc<dyn Follower>>, stop: CancellationToken) {
    let appended = app.wake.listen();
    let mut tick = tokio::time::interval(OFTEN);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let woken = tokio::select! {
            () = stop.cancelled() => return,
            _ = tick.tick() => None,
            branches = appended.branches() => Some(branches),
        };
        for follower in &followers {
            match positions::catch_up(&app, follower.as_ref(), woken.as_ref(), &stop).await {
                Ok(true) => app.wake.to_deliver(),
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(%error, follower = follower.name(), "a follower cannot go on yet");
                }
            }
        }
        if woken.is_none() {
            let fired = deadlines::fire(&app, &followers).await;
            match fired {
                Ok(true) => app.wake.to_deliver(),
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "deadlines cannot be looked at"),
            }
        }
    }
}
