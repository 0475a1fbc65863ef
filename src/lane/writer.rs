//! Deciding and storing the batches of one branch.

use std::cmp::Ordering;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use aggregates::Fact;
use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::booking_link::BookingLink;
use aggregates::branch::Branch;
use aggregates::cart::BookingCart;
use aggregates::ids::BranchId;
use aggregates::membership::Membership;
use futures::FutureExt;
use projections::Recorded;

use super::Asked;
use crate::clock::Clock;
use crate::command::{Answer, Failure, IdempotencyKey, Refusal, Reply};
use crate::hosting::EVENT_VERSION;
use crate::ledger::query::Select;
use crate::ledger::table::{COMMANDS, Cell, Cells, Table};
use crate::ledger::{
    Append, AppendError, Entry, Hash, Ledger, Locked, Position, StoreError, Tail, Unreadable, from_micros,
    micros, stored_id,
};
use crate::read_models::{Folded, RowCache, rebuild};
use crate::unit;
use crate::unit::staging::{Layer, Staging};
use crate::vault;

/// After a conflict the lane locks the ledger first, until so many appends passed uncontended.
const CAREFUL: u32 = 100;

/// How long a lane tries to find out what became of a commit before it tells callers that it is unknown.
const RESOLVE: Duration = Duration::from_secs(5);

/// Facts read at once while catching up.
const PAGE: u32 = 1_000;

pub(super) struct LaneWriter {
    branch: BranchId,
    ledger: Arc<dyn Ledger>,
    clock: Clock,
    staging: Arc<Staging>,
    rows: RowCache,
    /// Where the lane believes that the ledger ends; `None` before it looked.
    tail: Option<Tail>,
    /// Appends to go until the lane trusts again that nobody else writes.
    careful: u32,
    /// An append of which nobody knows whether it was stored.
    unresolved: Option<Append>,
}

/// What was decided for one command of a batch.
type Decision = Result<Reply, Failure>;

/// A command that was accepted and recorded facts.
struct Accepted {
    key: IdempotencyKey,
    answer: Answer,
    seal: vault::Key,
    /// Places of its facts within the batch.
    facts: std::ops::Range<usize>,
}

/// A decided batch on its way to the store.
struct Decided {
    decisions: Vec<Decision>,
    accepted: Vec<Accepted>,
    layer: Layer,
}

/// Why a round came to nothing.
enum Interrupted {
    /// The ledger has moved on; decide again.
    Moved,
    /// The store cannot be asked; nothing was stored.
    Away(StoreError),
    /// What became of the append is not known.
    Unknown,
    /// The rows were made by older folds; they have to be made anew first.
    Outdated,
    Broken(String),
}

impl From<StoreError> for Interrupted {
    fn from(error: StoreError) -> Self {
        Self::Away(error)
    }
}

impl From<Unreadable> for Interrupted {
    fn from(error: Unreadable) -> Self {
        Self::Away(error.into())
    }
}

impl LaneWriter {
    pub(super) fn new(branch: BranchId, ledger: Arc<dyn Ledger>, clock: Clock) -> Self {
        Self {
            branch,
            staging: Arc::new(Staging::new(branch, Arc::clone(&ledger))),
            rows: RowCache::new(branch, Arc::clone(&ledger)),
            ledger,
            clock,
            tail: None,
            careful: 0,
            unresolved: None,
        }
    }

    /// Decides a batch, stores it, answers. Answers go out only after the commit, refusals too: they may rest on
    /// facts of the same batch.
    pub(super) async fn carry_out(&mut self, batch: Vec<Asked>) {
        let decisions = loop {
            match self.round(&batch).await {
                Ok(decisions) => break decisions,
                Err(Interrupted::Moved) => self.careful = CAREFUL,
                Err(Interrupted::Outdated) => {
                    tracing::info!(branch = %self.branch, "older folds made the rows of this branch; rebuilding");
                    self.forget();
                    if let Err(error) = rebuild::branch(self.ledger.as_ref(), self.branch, &|_| ()).await {
                        break self.failed(&batch, Interrupted::Away(error.into()));
                    }
                }
                Err(interrupted) => break self.failed(&batch, interrupted),
            }
        };
        for (asked, decision) in batch.into_iter().zip(decisions) {
            // Whoever asked may have gone away meanwhile.
            let _ = asked.answer.send(decision);
        }
    }

    /// What everybody in the batch hears of a round that came to nothing.
    fn failed(&mut self, batch: &[Asked], interrupted: Interrupted) -> Vec<Decision> {
        let failure = match interrupted {
            Interrupted::Away(error) => {
                tracing::error!(branch = %self.branch, %error, "the store is away");
                Failure::Away(error)
            }
            Interrupted::Broken(error) => {
                tracing::error!(branch = %self.branch, %error, "a batch broke");
                Failure::Broken(error)
            }
            Interrupted::Unknown | Interrupted::Moved | Interrupted::Outdated => Failure::Unknown,
        };
        self.forget();
        batch.iter().map(|_| Err(failure.clone())).collect()
    }

    /// Forgets what is cached, so that the next round begins with what is stored.
    fn forget(&mut self) {
        self.tail = None;
        self.staging.abandon(0);
        self.staging.clear();
        self.rows.clear();
    }

    async fn round(&mut self, batch: &[Asked]) -> Result<Vec<Decision>, Interrupted> {
        if let Some(append) = self.unresolved.take() {
            self.resolve(append).await?;
            self.forget();
        }
        if self.careful == 0 { self.trusting_round(batch).await } else { self.locked_round(batch).await }
    }

    /// Decides first and appends after, in the belief that nobody else writes to this branch.
    async fn trusting_round(&mut self, batch: &[Asked]) -> Result<Vec<Decision>, Interrupted> {
        let tail = match self.tail {
            Some(tail) => tail,
            None => self.opened(self.ledger.tail(self.branch).await?)?,
        };
        let decided = self.decide(batch, tail).await?;
        if decided.layer.facts.is_empty() {
            // An answer is given only if the ledger still ends where it was judged.
            let now = self.opened(self.ledger.tail(self.branch).await?)?;
            return if now.head == tail.head {
                self.tail = Some(now);
                Ok(decided.decisions)
            } else {
                self.catch_up(now).await?;
                Err(Interrupted::Moved)
            };
        }
        let (append, folded) = self.prepare(&decided, tail).await?;
        match self.ledger.append(append.clone()).await {
            Ok(()) => Ok(self.stored(decided, append.tail(), folded)),
            Err(AppendError::Moved) => {
                let now = self.opened(self.ledger.tail(self.branch).await?)?;
                self.catch_up(now).await?;
                Err(Interrupted::Moved)
            }
            Err(error) => self.not_stored(error, append, decided, folded).await,
        }
    }

    /// Waits for the turn to write, catches up, decides and appends while nobody else can.
    async fn locked_round(&mut self, batch: &[Asked]) -> Result<Vec<Decision>, Interrupted> {
        let mut locked = self.ledger.lock(self.branch).await?;
        let (tail, decided) = match self.decide_locked(batch, locked.as_mut()).await {
            Ok(decided) => decided,
            Err(interrupted) => {
                locked.release().await;
                return Err(interrupted);
            }
        };
        if decided.layer.facts.is_empty() {
            locked.release().await;
            return Ok(decided.decisions);
        }
        let (append, folded) = match self.prepare(&decided, tail).await {
            Ok(prepared) => prepared,
            Err(interrupted) => {
                locked.release().await;
                return Err(interrupted);
            }
        };
        match locked.append(append.clone()).await {
            Ok(()) => {
                self.careful -= 1;
                Ok(self.stored(decided, append.tail(), folded))
            }
            Err(error) => self.not_stored(error, append, decided, folded).await,
        }
    }

    async fn decide_locked(
        &mut self,
        batch: &[Asked],
        locked: &mut dyn Locked,
    ) -> Result<(Tail, Decided), Interrupted> {
        let now = self.opened(locked.tail().await?)?;
        match self.tail {
            Some(tail) if tail.head == now.head => {}
            Some(tail) => {
                self.careful = CAREFUL;
                let mut after = tail.head;
                while after < now.head {
                    let entries = locked.read(after, PAGE).await?;
                    after = self.take_note(&entries, after, now)?;
                }
            }
            None => {}
        }
        self.tail = Some(now);
        Ok((now, self.decide(batch, now).await?))
    }

    /// Whether this program may append to a ledger that ends like this.
    fn opened(&mut self, tail: Tail) -> Result<Tail, Interrupted> {
        match tail.rows_version.cmp(&projections::ROWS_VERSION) {
            Ordering::Less => return Err(Interrupted::Outdated),
            Ordering::Greater => return Err(Interrupted::Away(rebuild::RebuildError::Newer.into())),
            Ordering::Equal => {}
        }
        if self.tail.get_or_insert(tail).fence != tail.fence {
            // Whoever raised the fence may have made the rows anew, and then those in memory are not to be trusted.
            self.rows.clear();
        }
        Ok(tail)
    }

    /// Reads what others stored since, and takes note of it.
    async fn catch_up(&mut self, now: Tail) -> Result<(), Interrupted> {
        let mut after = self.tail.map_or(now.head, |tail| tail.head);
        while after < now.head {
            let entries = self.ledger.read(self.branch, after, PAGE).await?;
            after = self.take_note(&entries, after, now)?;
        }
        self.tail = Some(now);
        Ok(())
    }

    fn take_note(&mut self, entries: &[Entry], after: Position, now: Tail) -> Result<Position, Interrupted> {
        let mut last = after;
        for entry in entries.iter().filter(|entry| entry.position <= now.head) {
            if entry.position != last + 1 {
                break;
            }
            let recorded = entry.read()?;
            evolve(&self.staging, &recorded);
            self.rows.evolve(&recorded);
            last = entry.position;
        }
        if last == after {
            return Err(Interrupted::Away(StoreError::saying("the ledger has a gap before its head")));
        }
        Ok(last)
    }

    /// Decides one command after another, each as if the ones before were stored.
    async fn decide(&mut self, batch: &[Asked], tail: Tail) -> Result<Decided, Interrupted> {
        let ((), known) = tokio::try_join!(self.prefetch(batch), self.known(batch))?;
        self.staging.abandon(0);
        self.staging.begin();
        let mut decisions = Vec::with_capacity(batch.len());
        let mut accepted: Vec<Accepted> = vec![];
        for asked in batch {
            let envelope = &asked.envelope;
            if let Some(key) = &envelope.key
                && let Some(decision) = answered_before(key, &envelope.seal, &known, &accepted, tail)
            {
                decisions.push(decision);
                continue;
            }
            let from = self.staging.facts();
            let performed = AssertUnwindSafe(unit::perform(&self.staging, envelope)).catch_unwind().await;
            let decision = performed.unwrap_or_else(|_| {
                self.staging.abandon(1);
                Err(Failure::Broken(format!("{} panicked", envelope.command.name())))
            });
            if let Err(Failure::Away(error)) = decision {
                return Err(Interrupted::Away(error));
            }
            let facts = from..self.staging.facts();
            if let (Ok(answer), Some(key), false) = (&decision, &envelope.key, facts.is_empty()) {
                let (key, seal) = (key.clone(), envelope.seal.clone());
                accepted.push(Accepted { key, answer: answer.clone(), seal, facts: facts.clone() });
            }
            let position = tail.head + facts.end as u64;
            decisions.push(decision.map(|answer| Reply { answer, position, replayed: false }));
        }
        Ok(Decided { decisions, accepted, layer: self.staging.take() })
    }

    /// Fetches what the batch names in one query; what a cart has selected is known once the cart is.
    async fn prefetch(&self, batch: &[Asked]) -> Result<(), Interrupted> {
        let commands = || batch.iter().map(|asked| &asked.envelope.command);
        let carts = self.staging.missing(commands().filter_map(unit::confirmed_cart));
        self.staging.prefetch(&carts).await?;
        let mut keys = vec![(<Branch as aggregates::Decider>::NAME, self.branch.0)];
        for command in commands() {
            keys.extend(unit::named(command));
            keys.extend(unit::selected(&self.staging, command).await?);
        }
        let mut missing = self.staging.missing(keys);
        missing.sort_unstable();
        missing.dedup();
        Ok(self.staging.prefetch(&missing).await?)
    }

    /// The stored commands that have keys of this batch.
    async fn known(&self, batch: &[Asked]) -> Result<Vec<Known>, Interrupted> {
        let keys: Vec<&str> =
            batch.iter().filter_map(|asked| Some(asked.envelope.key.as_ref()?.key.as_str())).collect();
        if keys.is_empty() {
            return Ok(vec![]);
        }
        let scopes = batch.iter().filter_map(|asked| Some(asked.envelope.key.as_ref()?.scope.as_str()));
        let select = Select::of(&COMMANDS, self.branch).one_of("scope", scopes).one_of("key", keys);
        let rows = self.ledger.select(&select).await?;
        rows.into_iter().map(|row| Ok(Known::read(row)?)).collect()
    }

    /// Turns what was decided into an append.
    async fn prepare(&mut self, decided: &Decided, after: Tail) -> Result<(Append, Folded), Interrupted> {
        let recorded_at = micros(self.clock.now()).max(after.recorded_at);
        let mut hash = after.hash;
        let mut entries = Vec::with_capacity(decided.layer.facts.len());
        let mut recorded = Vec::with_capacity(decided.layer.facts.len());
        for (position, fact) in (after.head + 1..).zip(&decided.layer.facts) {
            let mut entry = Entry {
                position,
                recorded_at,
                aggregate_type: fact.aggregate_type.to_owned(),
                aggregate_id: stored_id(self.branch, fact.id),
                sequence: fact.sequence,
                event_type: fact.event_type.to_owned(),
                event_version: EVENT_VERSION.to_owned(),
                payload: fact.payload.clone(),
                metadata: fact.metadata.to_string(),
                hash: Hash([0; 32]),
            };
            hash = hash.then(&entry);
            entry.hash = hash;
            entries.push(entry);
            recorded.push(Recorded {
                position,
                recorded_at: from_micros(recorded_at),
                id: fact.id,
                sequence: fact.sequence,
                fact: fact.fact.clone(),
            });
        }
        let folded = self.rows.fold(&recorded).await?;
        let mut records = by_table(&decided.layer.records);
        let commands: Result<Vec<_>, _> =
            decided.accepted.iter().map(|it| it.row(self.branch, after.head)).collect();
        records.push((&COMMANDS, commands.map_err(|error| Interrupted::Broken(error.to_string()))?));
        let append = Append {
            branch: self.branch,
            after,
            entries: Arc::new(entries),
            rows: folded.rows(self.branch),
            records,
        };
        Ok((append, folded))
    }

    /// The append took place: what was decided is true now.
    fn stored(&mut self, decided: Decided, tail: Tail, folded: Folded) -> Vec<Decision> {
        self.staging.absorb(decided.layer);
        self.rows.absorb(folded);
        self.tail = Some(tail);
        decided.decisions
    }

    async fn not_stored(
        &mut self,
        error: AppendError,
        append: Append,
        decided: Decided,
        folded: Folded,
    ) -> Result<Vec<Decision>, Interrupted> {
        match error {
            AppendError::Moved => Err(Interrupted::Moved),
            AppendError::Refused(error) => Err(Interrupted::Away(error)),
            AppendError::Fatal(error) => Err(Interrupted::Broken(error.to_string())),
            AppendError::Unknown(error) => {
                tracing::warn!(branch = %self.branch, %error, "a commit has an unknown outcome");
                let expected = append.tail();
                match self.resolve(append).await? {
                    Outcome::Stored(now) => {
                        let decisions = self.stored(decided, Tail { fence: now.fence, ..expected }, folded);
                        if now.head != expected.head {
                            self.forget();
                        }
                        Ok(decisions)
                    }
                    Outcome::NotStored => {
                        self.forget();
                        Err(Interrupted::Moved)
                    }
                }
            }
        }
    }

    /// Finds out whether an append was stored: raises the fence, so that it cannot arrive later, and compares the
    /// hash at its last position.
    async fn resolve(&mut self, append: Append) -> Result<Outcome, Interrupted> {
        let expected = append.tail();
        let found = tokio::time::timeout(RESOLVE, async {
            loop {
                match self.what_became_of(expected).await {
                    Ok(found) => break found,
                    Err(error) => {
                        tracing::warn!(branch = %self.branch, %error, "an outcome is still unknown");
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
            }
        });
        found.await.map_err(|_| {
            self.unresolved = Some(append);
            Interrupted::Unknown
        })
    }

    async fn what_became_of(&self, expected: Tail) -> Result<Outcome, StoreError> {
        let now = self.ledger.raise_fence(self.branch).await?;
        let found = self.ledger.read(self.branch, expected.head - 1, 1).await?;
        let stored = found.first().is_some_and(|entry| entry.hash == expected.hash);
        Ok(if stored { Outcome::Stored(now) } else { Outcome::NotStored })
    }
}

/// What became of an append whose commit was not answered.
enum Outcome {
    /// It was stored; the ledger ends like this now.
    Stored(Tail),
    NotStored,
}

/// Whether the key was accepted before: its original answer, or that it belongs to another request.
fn answered_before(
    key: &IdempotencyKey,
    seal: &vault::Key,
    known: &[Known],
    accepted: &[Accepted],
    tail: Tail,
) -> Option<Decision> {
    let is = |scope: &str, name: &str| key.scope == scope && key.key == name;
    if let Some(known) = known.iter().find(|known| is(&known.scope, &known.key)) {
        if known.fingerprint != key.fingerprint {
            return Some(Err(Refusal::KeyReused.into()));
        }
        let answer = seal.open(key.scope.as_bytes(), &known.answer).ok();
        let answer = answer.and_then(|answer| serde_json::from_slice(&answer).ok());
        return Some(match answer {
            Some(answer) => Ok(Reply { answer, position: known.last, replayed: true }),
            None => Err(Failure::Broken("a stored answer cannot be read".to_owned())),
        });
    }
    let earlier = accepted.iter().find(|accepted| is(&accepted.key.scope, &accepted.key.key))?;
    Some(if earlier.key.fingerprint == key.fingerprint {
        let position = tail.head + earlier.facts.end as u64;
        Ok(Reply { answer: earlier.answer.clone(), position, replayed: true })
    } else {
        Err(Refusal::KeyReused.into())
    })
}

/// A stored command.
struct Known {
    scope: String,
    key: String,
    fingerprint: Vec<u8>,
    last: Position,
    answer: Vec<u8>,
}

impl Known {
    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let _branch: BranchId = cells.id()?;
        let (scope, key, fingerprint) = (cells.text()?, cells.text()?, cells.bytes()?);
        let _first: i64 = cells.int()?;
        Ok(Self { scope, key, fingerprint, last: cells.int()?, answer: cells.bytes()? })
    }
}

impl Accepted {
    fn row(&self, branch: BranchId, head: Position) -> Result<Vec<Cell>, serde_json::Error> {
        let answer = self.seal.seal(self.key.scope.as_bytes(), &serde_json::to_vec(&self.answer)?);
        Ok(vec![
            branch.into(),
            self.key.scope.as_str().into(),
            self.key.key.as_str().into(),
            self.key.fingerprint.to_vec().into(),
            (head + 1 + self.facts.start as u64).into(),
            (head + self.facts.end as u64).into(),
            answer.into(),
        ])
    }
}

/// Tells the cache of a fact that somebody else stored.
fn evolve(staging: &Staging, entry: &Recorded) {
    match &entry.fact {
        Fact::Branch(fact) => staging.evolve::<Branch>(entry.id, entry.sequence, fact),
        Fact::Link(fact) => staging.evolve::<BookingLink>(entry.id, entry.sequence, fact),
        Fact::Activity(fact) => staging.evolve::<Activity>(entry.id, entry.sequence, fact),
        Fact::Cart(fact) => staging.evolve::<BookingCart>(entry.id, entry.sequence, fact),
        Fact::Appointment(fact) => staging.evolve::<Appointment>(entry.id, entry.sequence, fact),
        Fact::Membership(fact) => staging.evolve::<Membership>(entry.id, entry.sequence, fact),
    }
}

fn by_table(records: &[(&'static Table, Vec<Cell>)]) -> Vec<(&'static Table, Vec<Vec<Cell>>)> {
    let mut tables: Vec<(&'static Table, Vec<Vec<Cell>>)> = vec![];
    for (table, row) in records {
        match tables.iter_mut().find(|(known, _)| known == table) {
            Some((_, rows)) => rows.push(row.clone()),
            None => tables.push((table, vec![row.clone()])),
        }
    }
    tables
}
