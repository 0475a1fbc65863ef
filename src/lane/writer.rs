//! Deciding and storing the batches of one branch.

mod answered;
mod catch_up;
mod decide;
mod prepare;
mod resolve;
mod scopes;

use std::cmp::Ordering;
use std::sync::Arc;

use aggregates::ids::{BranchId, CartId};

use super::Asked;
use crate::clock::Clock;
use crate::command::{Failure, Reply};
use crate::ledger::{Append, AppendError, Ledger, Locked, StoreError, Tail, Unreadable};
use crate::read_models::{Folded, RowCache, rebuild};
use crate::unit::staging::{Layer, Staging};
use answered::Accepted;
use resolve::Outcome;
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
    /// An append of which nobody knows whether it was stored.
    unresolved: Option<Append>,
}

/// What was decided for one command of a batch.
type Decision = Result<Reply, Failure>;

/// A decided batch on its way to the store.
struct Decided {
    decisions: Vec<Decision>,
    accepted: Vec<Accepted>,
    /// Carts that were opened.
    opened: Vec<CartId>,
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
            scopes: Scopes::default(),
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
        self.scopes.clear();
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
        let mut decided = self.decide(batch, tail).await?;
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
        let (append, folded) = self.prepare(&mut decided, tail).await?;
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
        let (tail, mut decided) = match self.decide_locked(batch, locked.as_mut()).await {
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
        let (append, folded) = match self.prepare(&mut decided, tail).await {
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

    /// The append took place: what was decided is true now.
    fn stored(&mut self, decided: Decided, tail: Tail, folded: Folded) -> Vec<Decision> {
        self.staging.absorb(decided.layer);
        decided.opened.into_iter().for_each(|cart| self.scopes.begin(cart));
        decided.accepted.iter().for_each(|accepted| self.scopes.add(&accepted.key));
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
}
