//! Deciding and storing the batches of one branch.

mod ahead;
mod answered;
mod catch_up;
mod decide;
mod prepare;
mod resolve;
mod scopes;

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::Arc;

use aggregates::ids::{BranchId, CartId};

use super::Asked;
use super::batch::apart;
use super::traffic::Traffic;
use crate::cache::Budget;
use crate::clock::Clock;
use crate::command::{Failure, Reply};
use crate::ledger::{Ledger, Locked, StoreError, Tail, Unreadable};
use crate::read_models::{RowCache, rebuild};
use crate::telemetry;
use crate::unit::staging::{Layer, Staging};
use ahead::{Handed, UnderWay, answer, timed};
use answered::Accepted;
use scopes::Scopes;

/// After a conflict the lane locks the ledger first, until so many appends passed uncontended.
const CAREFUL: u32 = 100;

/// Facts read at once while catching up.
const PAGE: u32 = 1_000;

pub(super) struct LaneWriter {
    branch: BranchId,
    ledger: Arc<dyn Ledger>,
    clock: Clock,
    staging: Arc<Staging>,
    rows: RowCache,
    scopes: Scopes,
    /// Where the lane believes that the ledger ends; `None` before it looked.
    tail: Option<Tail>,
    /// Appends to go until the lane trusts again that nobody else writes.
    careful: u32,
    /// Where the ledger ends if an append was stored of which nobody knows.
    unresolved: Option<Tail>,
    /// Batches to be decided, the oldest first.
    waiting: VecDeque<Vec<Asked>>,
    /// Batches on their way to the store, each decided on top of the one before.
    under_way: VecDeque<UnderWay>,
    /// What is on its way to the store, of all lanes.
    traffic: Traffic,
}

/// What was decided for one command of a batch.
type Decision = Result<Reply, Failure>;

/// A decided batch.
struct Decided {
    decisions: Vec<Decision>,
    accepted: Vec<Accepted>,
    /// Carts that were opened.
    opened: Vec<CartId>,
    layer: Layer,
}

/// How far a round brought a batch.
enum Round {
    Done(Vec<Decision>),
    HandedIn(Box<Handed>),
    /// Nothing is to be stored. It was judged by a ledger that ends like this.
    Judged(Vec<Decision>, Tail),
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
    pub(super) fn new(
        branch: BranchId,
        ledger: Arc<dyn Ledger>,
        clock: Clock,
        budget: &Budget,
        traffic: Traffic,
    ) -> Self {
        Self {
            branch,
            staging: Arc::new(Staging::new(branch, Arc::clone(&ledger), budget)),
            rows: RowCache::new(branch, Arc::clone(&ledger), budget),
            scopes: Scopes::default(),
            ledger,
            clock,
            tail: None,
            careful: 0,
            unresolved: None,
            waiting: VecDeque::new(),
            under_way: VecDeque::new(),
            traffic,
        }
    }

    /// Decides a batch and hands it in to be stored. Answers go out only after the commit, refusals too: they may rest
    /// on facts of the same batch.
    pub(super) async fn carry_out(&mut self, batch: Vec<Asked>) {
        self.waiting.extend(apart(batch));
        self.decide_what_waits().await;
    }

    /// Takes note of what became of the oldest batch under way, once it is known.
    pub(super) async fn go_on(&mut self) {
        self.settle().await;
        self.decide_what_waits().await;
    }

    async fn decide_what_waits(&mut self) {
        while let Some(batch) = self.waiting.pop_front() {
            if self.is_under_way() && !self.goes_ahead(&batch) {
                self.waiting.push_front(batch);
                self.settle_all().await;
                continue;
            }
            match self.round(&batch).await {
                Ok(Round::Done(decisions)) => answer(batch, decisions),
                Ok(Round::Judged(decisions, by)) => self.compare(batch, decisions, by).await,
                Ok(Round::HandedIn(handed)) => self.under_way.push_back(UnderWay { batch, handed }),
                Err(_) if self.is_under_way() => {
                    // It is decided again once it is known what it stands on.
                    self.waiting.push_front(batch);
                    self.settle_all().await;
                }
                Err(interrupted) => self.interrupted(batch, interrupted).await,
            }
        }
    }

    /// Answers that store nothing are given only if the ledger ends where they were judged.
    async fn compare(&mut self, batch: Vec<Asked>, decisions: Vec<Decision>, by: Tail) {
        self.waiting.push_front(batch);
        self.settle_all().await;
        if self.tail.is_none_or(|tail| tail.hash != by.hash) {
            // They were judged by what was not stored: decided again, behind that.
            return;
        }
        let Some(batch) = self.waiting.pop_front() else { return };
        let now = self.ledger.tail(self.branch).await.map_err(Interrupted::from);
        match now.and_then(|now| self.opened(now)) {
            Ok(now) if now.hash == by.hash => {
                self.tail = Some(now);
                answer(batch, decisions);
            }
            Ok(_) => self.interrupted(batch, Interrupted::Moved).await,
            Err(interrupted) => self.interrupted(batch, interrupted).await,
        }
    }

    /// A round came to nothing: another follows, or everybody in the batch hears why not.
    async fn interrupted(&mut self, batch: Vec<Asked>, interrupted: Interrupted) {
        let failure = match interrupted {
            Interrupted::Moved => {
                telemetry::moved();
                self.careful = CAREFUL;
                return self.waiting.push_front(batch);
            }
            Interrupted::Outdated => {
                tracing::info!(branch = %self.branch, "older folds made the rows of this branch; rebuilding");
                self.forget();
                match rebuild::branch(self.ledger.as_ref(), self.branch, &|_| ()).await {
                    Ok(_) => return self.waiting.push_front(batch),
                    Err(error) => self.away(&batch, error.into()),
                }
            }
            Interrupted::Away(error) => self.away(&batch, error),
            Interrupted::Broken(error) => {
                tracing::error!(branch = %self.branch, requests = ?requests(&batch), %error, "a batch broke");
                Failure::Broken(error)
            }
            Interrupted::Unknown => Failure::Unknown,
        };
        self.forget();
        let decisions = batch.iter().map(|_| Err(failure.clone())).collect();
        answer(batch, decisions);
    }

    fn away(&self, batch: &[Asked], error: StoreError) -> Failure {
        tracing::error!(branch = %self.branch, requests = ?requests(batch), %error, "the store is away");
        Failure::Away(error)
    }

    /// Forgets what is cached, so that the next round begins with what is stored.
    fn forget(&mut self) {
        self.tail = None;
        self.staging.abandon(0);
        self.staging.clear();
        self.rows.clear();
        self.scopes.clear();
    }

    async fn round(&mut self, batch: &[Asked]) -> Result<Round, Interrupted> {
        if let Some(expected) = self.unresolved.take() {
            self.resolve(expected).await?;
            self.forget();
        }
        if self.careful == 0 { self.trusting_round(batch).await } else { self.locked_round(batch).await }
    }

    /// Decides first and appends after, in the belief that nobody else writes to this branch and that what is under
    /// way will be stored.
    async fn trusting_round(&mut self, batch: &[Asked]) -> Result<Round, Interrupted> {
        let tail = match self.under_way.back().map(UnderWay::tail).or(self.tail) {
            Some(tail) => tail,
            None => self.opened(self.ledger.tail(self.branch).await?)?,
        };
        let mut decided = self.decide(batch, tail).await?;
        if decided.layer.facts.is_empty() {
            return Ok(Round::Judged(decided.decisions, tail));
        }
        let (append, folded) = self.prepare(&mut decided, tail).await?;
        Ok(Round::HandedIn(self.hand_in(append, decided, folded).await))
    }

    /// Waits for the turn to write, catches up, decides and appends while nobody else can.
    async fn locked_round(&mut self, batch: &[Asked]) -> Result<Round, Interrupted> {
        if self.careful == CAREFUL {
            // Somebody else wrote just now. What can be read without the turn is not read with it.
            self.catch_up().await?;
        }
        let mut locked = self.ledger.lock(self.branch).await?;
        let (tail, mut decided) = match self.decide_locked(batch, locked.as_mut()).await {
            Ok(decided) => decided,
            Err(interrupted) => {
                locked.release().await;
                return Err(interrupted);
            }
        };
        if decided.layer.facts.is_empty() {
            locked.release().await;
            return Ok(Round::Done(decided.decisions));
        }
        let (append, folded) = match self.prepare(&mut decided, tail).await {
            Ok(prepared) => prepared,
            Err(interrupted) => {
                locked.release().await;
                return Err(interrupted);
            }
        };
        let expected = append.tail();
        match timed(locked.append(append)).await {
            Ok(()) => {
                self.careful -= 1;
                self.staging.expect(std::mem::take(&mut decided.layer));
                self.rows.expect(folded);
                Ok(Round::Done(self.stored(decided, expected)))
            }
            Err(error) => {
                self.fate(expected, Err(error)).await?;
                self.forget();
                Ok(Round::Done(decided.decisions))
            }
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
        if self.tail.is_none() {
            self.staging.follow();
        }
        if self.tail.get_or_insert(tail).fence != tail.fence {
            // Whoever raised the fence may have made the rows anew, and then those in memory are not to be trusted.
            self.rows.clear();
        }
        Ok(tail)
    }
}

/// The requests that brought a batch, for the log.
fn requests(batch: &[Asked]) -> Vec<&str> {
    const TOLD: usize = 16;
    batch.iter().take(TOLD).map(|asked| asked.envelope.request.as_str()).collect()
}
