//! Brings facts to their streams as they come.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aggregates::ids::BranchId;
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use futures::{FutureExt, StreamExt};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::address::Address;
use super::connection::{Away, Connection, Held, NotAppended};
use super::event;
use super::pace::Pace;
use super::stream::stream_name;
use crate::followers::{Appended, Wake, heads};
use crate::ledger::{self, Entry, Ledger, OpenError, Position, StoreError};
use crate::telemetry;

/// How often it is looked everywhere for what is new: appends of this process are heard of sooner.
const OFTEN: Duration = Duration::from_secs(1);

/// How long to wait once the server is away, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));

/// Facts that are read in one go.
const PAGE: u32 = 500;

/// Bytes of one append, a half of what servers take by default.
const LARGEST: usize = 512 << 10;

/// Branches whose facts are brought at the same time.
const AT_ONCE: usize = 8;

/// A mirror that is kept up to date, until it is stopped.
#[derive(Debug)]
pub struct Mirroring {
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
    // Its threads are needed until it has stopped.
    _connection: Connection,
}

/// Why a mirror was not begun.
#[derive(Debug, thiserror::Error)]
pub enum NotBegun {
    #[error("the mirror cannot read the store: {0}")]
    Ledgers(#[from] OpenError),
    #[error("the mirror cannot be begun: {0}")]
    Connection(#[from] Away),
}

impl Mirroring {
    /// Stops where it is. What is missing is brought after the next start.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Some(task) = self.task {
            let _ = task.await;
        }
    }
}

/// Keeps the streams of all branches up to date. It reads the ledgers with connections and threads of its own, so that
/// nobody who books waits for it; `wake` tells it of appends of this process.
///
/// # Errors
///
/// If the ledgers cannot be opened once more, or no thread can be started. That EventStoreDB is away is no error.
pub async fn follow(ledgers: &ledger::Address, wake: &Wake, to: &Address) -> Result<Mirroring, NotBegun> {
    let connection = Connection::in_background(to)?;
    let ledger = ledgers.open(false).await?;
    let (stop, appended) = (CancellationToken::new(), wake.listen());
    let mirror = Mirror {
        ledger: Arc::clone(&ledger),
        connection: connection.clone(),
        streams: Mutex::default(),
        largest: Mutex::new(LARGEST),
        pace: tokio::sync::Mutex::new(Pace::new(Arc::clone(&appended))),
    };
    let stopped = stop.clone();
    let task = connection.spawn(async move {
        stopped.run_until_cancelled(mirror.run(&appended)).await;
        ledger.close().await;
    });
    Ok(Mirroring { stop, task, _connection: connection })
}

/// Growing pauses.
fn pauses() -> ExponentialBackoff {
    let (first, longest) = PAUSES;
    ExponentialBuilder::new().with_min_delay(first).with_max_delay(longest).without_max_times().build()
}

struct Mirror {
    ledger: Arc<dyn Ledger>,
    connection: Connection,
    streams: Mutex<HashMap<BranchId, Known>>,
    /// Bytes of one append.
    largest: Mutex<usize>,
    pace: tokio::sync::Mutex<Pace>,
}

/// What is known of a stream.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// It held the facts up to here when somebody looked last, and they are ours.
    Ends(Position),
    /// It holds something else. Nobody but a person can tell what to do.
    Stopped,
}

/// Why a stream was not brought up to date.
#[derive(Debug, thiserror::Error)]
enum Hindrance {
    #[error("EventStoreDB is away: {0}")]
    Away(#[from] Away),
    #[error("the store is away: {0}")]
    Store(StoreError),
    /// The stream is not what this ledger makes of it.
    #[error("position {position}: {why}")]
    Stop { position: Position, why: &'static str },
}

impl From<StoreError> for Hindrance {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Mirror {
    async fn run(&self, appended: &Appended) {
        let mut waits = pauses();
        let mut tick = tokio::time::interval(OFTEN);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tracing::info!(to = %self.connection, "facts are mirrored");
        loop {
            let woken = tokio::select! {
                _ = tick.tick() => None,
                branches = appended.branches() => Some(branches),
            };
            match self.catch_up(woken.as_ref()).await {
                Ok(()) => waits = pauses(),
                Err(hindrance) => {
                    let wait = waits.next().unwrap_or(PAUSES.1);
                    tracing::warn!(%hindrance, ?wait, "the mirror cannot go on yet");
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    /// Brings what is new in these branches, or in all.
    async fn catch_up(&self, woken: Option<&BTreeSet<BranchId>>) -> Result<(), Hindrance> {
        let heads = heads(self.ledger.as_ref(), woken).await?;
        let behind = heads.iter().filter(|(branch, head)| match self.streams().get(branch) {
            None => true,
            Some(Known::Ends(at)) => at < head,
            Some(Known::Stopped) => false,
        });
        let behind: Vec<(BranchId, Position)> = behind.copied().collect();
        // What somebody else appended, somebody else may have brought: look before.
        let look = woken.is_none();
        let bringing: Vec<_> =
            behind.into_iter().map(|(branch, head)| self.bring_or_stop(branch, head, look).boxed()).collect();
        let brought: Vec<_> = futures::stream::iter(bringing).buffer_unordered(AT_ONCE).collect().await;
        if woken.is_none() {
            self.tell(&heads);
        }
        brought.into_iter().collect()
    }

    /// Brings the facts of one branch, unless its stream is not what it should be: that holds up no other.
    async fn bring_or_stop(&self, branch: BranchId, head: Position, look: bool) -> Result<(), Hindrance> {
        match self.bring(branch, head, look).await {
            Err(Hindrance::Stop { position, why }) => {
                self.streams().insert(branch, Known::Stopped);
                tracing::error!(%branch, position, why, "the mirror of this branch stopped");
                Ok(())
            }
            brought => brought,
        }
    }

    /// Brings the facts of one branch up to that position.
    async fn bring(&self, branch: BranchId, head: Position, look: bool) -> Result<(), Hindrance> {
        let known = match self.streams().get(&branch) {
            Some(Known::Ends(at)) if !look => Some(*at),
            _ => None,
        };
        let mut at = match known {
            Some(at) => at,
            None => self.end(branch).await?,
        };
        while at < head {
            self.pace.lock().await.wait().await;
            let facts = self.ledger.read(branch, at, PAGE).await?;
            self.ledger.settled().await?;
            let largest = *locked(&self.largest);
            let Some((first, count)) = facts.first().zip(fitting(&facts, largest)) else { break };
            let (position, facts) = (first.position, facts.get(..count).unwrap_or_default());
            let events = facts.iter().map(|fact| event::proposed(branch, fact));
            let events = events.collect::<Result<_, _>>().map_err(StoreError::from)?;
            match self.connection.append(stream_name(branch), at.checked_sub(1), events).await {
                Ok(last) if last + 1 == at + count as u64 => {
                    at = last + 1;
                    telemetry::mirrored(count as u64);
                }
                Ok(_) => {
                    let why = "the stream was deleted before, so that revisions are not positions any more";
                    return Err(Hindrance::Stop { position, why });
                }
                // Somebody else was faster, or an answer was lost: whoever it was, the stream tells what it holds.
                Err(NotAppended::Moved) => at = self.end(branch).await?,
                Err(NotAppended::Deleted) => {
                    return Err(Hindrance::Stop { position, why: "the stream was deleted" });
                }
                Err(NotAppended::TooLarge) if count == 1 => {
                    let why = "the server takes no event as large as this fact";
                    return Err(Hindrance::Stop { position, why });
                }
                Err(NotAppended::TooLarge) => self.shrink(largest),
                Err(NotAppended::Away(away)) => return Err(away.into()),
            }
            self.streams().insert(branch, Known::Ends(at));
        }
        self.streams().insert(branch, Known::Ends(at));
        Ok(())
    }

    /// Up to which position the stream holds the facts of the ledger. Its last hash stands for all of them.
    async fn end(&self, branch: BranchId) -> Result<Position, Hindrance> {
        let event = match self.connection.last(stream_name(branch)).await? {
            Held::Nothing => return Ok(0),
            Held::Deleted => {
                return Err(Hindrance::Stop { position: 1, why: "the stream was deleted" });
            }
            Held::Events(events) => events.into_iter().next(),
        };
        let Some(event) = event else { return Ok(0) };
        let position = event.revision + 1;
        let Ok(mirrored) = event::entry(branch, &event) else {
            return Err(Hindrance::Stop { position, why: "the stream ends with an event that is not ours" });
        };
        match self.ledger.read(branch, event.revision, 1).await?.first() {
            Some(kept) if kept.position == position && kept.hash == mirrored.hash => Ok(position),
            Some(kept) if kept.position == position => {
                Err(Hindrance::Stop { position, why: "the stream holds another fact than the ledger" })
            }
            _ => Err(Hindrance::Stop { position, why: "the stream holds a fact that the ledger does not" }),
        }
    }

    /// The server takes less than was thought.
    fn shrink(&self, from: usize) {
        let mut largest = locked(&self.largest);
        *largest = (*largest).min(from / 2);
        tracing::info!(bytes = *largest, "the server takes smaller appends only");
    }

    /// Tells how things stand.
    fn tell(&self, heads: &[(BranchId, Position)]) {
        let streams = self.streams();
        let behind = heads.iter().map(|(branch, head)| match streams.get(branch) {
            Some(Known::Ends(at)) => head.saturating_sub(*at),
            Some(Known::Stopped) => 0,
            None => *head,
        });
        let stopped = streams.values().filter(|known| matches!(known, Known::Stopped)).count();
        telemetry::mirror(behind.sum(), stopped);
    }

    fn streams(&self) -> MutexGuard<'_, HashMap<BranchId, Known>> {
        locked(&self.streams)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many of these facts fit into one append: at least one, if there is any.
fn fitting(facts: &[Entry], largest: usize) -> Option<usize> {
    let mut bytes = 0;
    let fits = facts.iter().take_while(|fact| {
        bytes += event::weight(fact);
        bytes <= largest
    });
    (!facts.is_empty()).then_some(fits.count().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Hash;

    fn fact(bytes: usize) -> Entry {
        Entry {
            position: 1,
            recorded_at: 0,
            aggregate_type: String::new(),
            aggregate_id: String::new(),
            sequence: 1,
            event_type: String::new(),
            event_version: String::new(),
            payload: "x".repeat(bytes),
            metadata: String::new(),
            hash: Hash([0; 32]),
        }
    }

    #[test]
    fn an_append_holds_as_many_facts_as_fit_and_never_none() {
        let facts: Vec<Entry> = (0..10).map(|_| fact(100_000)).collect();
        let weight = event::weight(&fact(100_000));

        assert_eq!(fitting(&facts, 3 * weight), Some(3));
        assert_eq!(fitting(&facts, 3 * weight - 1), Some(2));
        assert_eq!(fitting(&facts, LARGEST), Some(5));
        assert_eq!(fitting(&facts, 1), Some(1));
        assert_eq!(fitting(&[], LARGEST), None);
    }
}
