//! Reads from a replica, as long as it is known to be no further behind than it may.
//!
//! Whether it is, the primary's own log tells, without any clock of another machine: at some moment the primary had
//! flushed its log up to a place; once the replica has replayed up to there, it has everything that could be read on the
//! primary at that moment (postgresql.org, "Recovery Information Functions", "Backup Control Functions").

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aggregates::ids::BranchId;
use sqlx::Row;
use sqlx::postgres::{PgConnectOptions, PgRow};
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

use super::connections::Connections;
use super::question::Question;
use crate::ledger::StoreError;

/// Connections to the replica, of one process.
const READERS: u32 = 8;

/// How often the replica is looked at while it may be behind for so long.
const LOOKS: u32 = 4;

/// Shorter than this, nothing is worth a look.
const SHORTEST: Duration = Duration::from_millis(40);

/// How long the replica may take to answer before the primary is asked instead.
const HURRY: Duration = Duration::from_secs(1);

/// A server that follows the one with the ledgers.
#[derive(Debug)]
pub(super) struct Replica {
    connections: Connections,
    known: Arc<Known>,
    watching: AbortOnDropHandle<()>,
}

/// What is known of a replica.
#[derive(Debug)]
struct Known {
    at_most_behind: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// It has everything that could be read on the primary at this moment.
    as_of: Option<Instant>,
    /// When this process wrote to a branch last, unless the replica has that for certain.
    wrote: HashMap<BranchId, Instant>,
}

impl Replica {
    /// Watches the replica with these options from now on. It is read from once it is known to be near enough.
    pub(super) fn following(
        primary: &Connections,
        options: &PgConnectOptions,
        at_most_behind: Duration,
    ) -> Self {
        let connections = Connections::to(options, "cartwheel reads a replica", READERS, HURRY);
        let known = Arc::new(Known { at_most_behind, state: Mutex::default() });
        let watch =
            Watch { primary: primary.clone(), replica: connections.clone(), log: Log::default(), fit: false };
        let watching = AbortOnDropHandle::new(tokio::spawn(watch.go_on(Arc::clone(&known))));
        Self { connections, known, watching }
    }

    /// What the replica says, if it is near enough and says anything in time.
    pub(super) async fn ask(&self, branch: BranchId, question: &Question) -> Option<Vec<PgRow>> {
        if !self.known.is_near_enough_for(branch) {
            return None;
        }
        let asked = self.connections.tell(question).await;
        if let Err(trouble) = &asked {
            tracing::debug!(%trouble, "the replica does not answer; the primary is asked");
        }
        asked.ok()
    }

    /// This process has written to the branch, and will be asked for what it wrote.
    pub(super) fn wrote(&self, branch: BranchId) {
        self.known.state().wrote.insert(branch, Instant::now());
    }

    /// How far behind it is at most; `None` if that is not known.
    pub(super) fn behind(&self) -> Option<Duration> {
        self.known.state().as_of.map(|as_of| as_of.elapsed())
    }

    pub(super) async fn close(&self) {
        self.watching.abort();
        self.connections.close().await;
    }
}

impl Known {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_near_enough_for(&self, branch: BranchId) -> bool {
        let state = self.state();
        state.as_of.is_some_and(|as_of| {
            as_of.elapsed() <= self.at_most_behind
                && state.wrote.get(&branch).is_none_or(|wrote| *wrote <= as_of)
        })
    }

    fn set(&self, as_of: Option<Instant>) {
        let mut state = self.state();
        state.as_of = as_of;
        if let Some(as_of) = as_of {
            state.wrote.retain(|_, wrote| as_of < *wrote);
        }
    }
}

/// Looks at primary and replica again and again.
struct Watch {
    primary: Connections,
    replica: Connections,
    log: Log,
    /// Whether the replica was near enough when it was looked at last; told when that changes.
    fit: bool,
}

/// A place in the log of a cluster of servers that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    cluster: i64,
    at: i64,
}

const FLUSHED: &str = "SELECT system_identifier, pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint \
                       FROM pg_control_system()";

/// Nothing, of a server that follows no other.
const REPLAYED: &str = "SELECT system_identifier, pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint \
                        FROM pg_control_system() WHERE pg_is_in_recovery()";

impl Watch {
    async fn go_on(mut self, known: Arc<Known>) {
        let period = known.at_most_behind.clamp(SHORTEST, Duration::from_secs(1)) / LOOKS;
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let trouble = match self.look(known.at_most_behind).await {
                Ok(as_of) => {
                    known.set(as_of);
                    None
                }
                // What was known stays true, and becomes too old by itself.
                Err(error) => Some(error.to_string()),
            };
            self.tell(&known, trouble);
        }
    }

    /// Since when the replica has everything.
    async fn look(&mut self, at_most_behind: Duration) -> Result<Option<Instant>, StoreError> {
        // The replica first: what it has replayed by then, a primary that it follows has flushed.
        let replayed = self.replica.tell(&Question::new(REPLAYED, vec![])).await?;
        let replayed = replayed.first().map(place).transpose()?;
        let now = Instant::now();
        let flushed = self.primary.tell(&Question::new(FLUSHED, vec![])).await?;
        let flushed = flushed.first().map(place).transpose()?;
        let (Some(replayed), Some(flushed)) = (replayed, flushed) else {
            self.log.forget();
            return Ok(None);
        };
        self.log.note(now, flushed, at_most_behind);
        Ok(self.log.had(replayed, flushed))
    }

    fn tell(&mut self, known: &Known, trouble: Option<String>) {
        let behind = known.state().as_of.map(|as_of| as_of.elapsed());
        let fit = behind.is_some_and(|behind| behind <= known.at_most_behind);
        if fit != self.fit {
            let why = trouble.unwrap_or_else(|| "it is too far behind, or follows another server".to_owned());
            if fit {
                tracing::info!("the replica is near enough to read from");
            } else {
                tracing::warn!(%why, "the replica is not read from");
            }
            self.fit = fit;
        }
    }
}

fn place(row: &PgRow) -> Result<Place, StoreError> {
    Ok(Place { cluster: row.try_get(0)?, at: row.try_get(1)? })
}

/// How far the primary's log was at moments of the past, the oldest first.
#[derive(Debug, Default)]
struct Log(VecDeque<(Instant, i64)>);

impl Log {
    fn note(&mut self, now: Instant, flushed: Place, keep: Duration) {
        // One that is older than asked for is enough to be measured against.
        while self.0.get(1).is_some_and(|(at, _)| keep < now.duration_since(*at)) {
            self.0.pop_front();
        }
        self.0.push_back((now, flushed.at));
    }

    /// The last moment of which a replica that has replayed so much has everything. Nothing if it cannot have had that
    /// from this primary: it is ahead, or of another cluster.
    fn had(&mut self, replayed: Place, flushed: Place) -> Option<Instant> {
        if replayed.cluster != flushed.cluster || flushed.at < replayed.at {
            self.forget();
            return None;
        }
        self.0.iter().rev().find(|(_, at)| *at <= replayed.at).map(|(moment, _)| *moment)
    }

    fn forget(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEHIND: Duration = Duration::from_secs(1);

    fn at(at: i64) -> Place {
        Place { cluster: 7, at }
    }

    #[tokio::test(start_paused = true)]
    async fn a_replica_is_as_old_as_the_last_moment_of_which_it_has_everything() {
        let mut log = Log::default();
        let start = Instant::now();
        let after = |tenths: u32| start + BEHIND / 10 * tenths;
        for tenths in 0..30 {
            log.note(after(tenths), at(100 + i64::from(tenths)), BEHIND);
        }
        let mut had = |replayed| log.had(at(replayed), at(129));

        assert_eq!(had(129), Some(after(29)), "everything");
        assert_eq!(had(125), Some(after(25)));
        assert_eq!(had(119), Some(after(19)));
        assert_eq!(had(110), None, "longer ago than anybody wants to know");
    }

    #[tokio::test]
    async fn a_server_that_is_ahead_of_the_primary_or_of_another_cluster_does_not_follow_it() {
        for stranger in [at(11), Place { cluster: 8, at: 10 }] {
            let mut log = Log::default();
            log.note(Instant::now(), at(10), BEHIND);

            assert_eq!(log.had(stranger, at(10)), None);
            assert_eq!(log.had(at(10), at(10)), None, "what was noted before is forgotten");
        }
    }
}
