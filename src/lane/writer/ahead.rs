//! Deciding ahead: while one batch is on its way to the store, the next is decided on top of it and handed in behind
//! it. Should the first not be stored, the second does not fit any more, and is decided again.

use std::collections::HashSet;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use futures::FutureExt;
use futures::future::{BoxFuture, MaybeDone, maybe_done};

use super::resolve::Outcome;
use super::{Asked, Decided, Decision, Interrupted, LaneWriter};
use crate::lane::traffic::OnItsWay;
use crate::ledger::{Append, AppendError, Tail};
use crate::read_models::Folded;
use crate::telemetry;

/// How many batches of one lane may be on their way to the store.
const AHEAD: usize = 2;

/// A batch on its way to the store.
pub(super) struct UnderWay {
    pub(super) batch: Vec<Asked>,
    pub(super) handed: Box<Handed>,
}

/// What was decided, and handed in to be stored.
pub(super) struct Handed {
    decided: Decided,
    /// Where the ledger ends once it is stored.
    tail: Tail,
    outcome: MaybeDone<BoxFuture<'static, Result<(), AppendError>>>,
    _on_its_way: OnItsWay,
}

impl Handed {
    async fn outcome(&mut self) -> Result<(), AppendError> {
        (&mut self.outcome).await;
        Pin::new(&mut self.outcome).take_output().unwrap_or(Err(AppendError::Moved))
    }
}

impl UnderWay {
    pub(super) fn tail(&self) -> Tail {
        self.handed.tail
    }
}

impl LaneWriter {
    pub(in crate::lane) fn is_under_way(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Whether another batch may be decided before one under way is stored: what arrives meanwhile is one batch while
    /// other lanes give the store enough to do.
    pub(in crate::lane) fn has_room(&self) -> bool {
        self.under_way.is_empty() || (self.under_way.len() < AHEAD && !self.traffic.is_dense())
    }

    /// How many commands are on their way to the store.
    pub(in crate::lane) fn under_way(&self) -> usize {
        self.under_way.iter().map(|it| it.batch.len()).sum()
    }

    /// Whether this batch can be decided on top of what is under way. What a key was accepted for is looked up in the
    /// store, so whoever asks again waits until it is there.
    pub(super) fn goes_ahead(&self, batch: &[Asked]) -> bool {
        if 0 < self.careful || self.unresolved.is_some() {
            return false;
        }
        if batch.iter().any(|asked| asked.envelope.command.stands_alone()) {
            return false;
        }
        let accepted = self.under_way.iter().flat_map(|it| &it.handed.decided.accepted);
        let accepted: HashSet<_> = accepted.map(|it| (&it.key.scope, &it.key.key)).collect();
        let mut keys = batch.iter().filter_map(|asked| asked.envelope.key.as_ref());
        !keys.any(|key| accepted.contains(&(&key.scope, &key.key)))
    }

    /// Hands in what was decided; from now on it is believed in.
    pub(super) async fn hand_in(
        &mut self,
        append: Append,
        mut decided: Decided,
        folded: Folded,
    ) -> Box<Handed> {
        let tail = append.tail();
        self.staging.expect(mem::take(&mut decided.layer));
        self.rows.expect(folded);
        let ledger = Arc::clone(&self.ledger);
        let mut outcome = maybe_done(async move { timed(ledger.append(append)).await }.boxed());
        // An append begins when it is polled first, and the next one must not overtake it.
        let _ = futures::poll!(tokio::task::unconstrained(&mut outcome));
        Box::new(Handed { decided, tail, outcome, _on_its_way: self.traffic.begin() })
    }

    /// Waits until it is known what became of the oldest batch under way. May be given up and begun anew.
    pub(in crate::lane) async fn hear(&mut self) {
        if let Some(oldest) = self.under_way.front_mut() {
            (&mut oldest.handed.outcome).await;
        }
    }

    /// Answers all batches under way, or sends them to be decided again.
    pub(super) async fn settle_all(&mut self) {
        while self.is_under_way() {
            self.settle().await;
        }
    }

    /// Answers the oldest batch under way, or sends it and what was decided on top of it to be decided again.
    pub(super) async fn settle(&mut self) {
        let Some(mut oldest) = self.under_way.pop_front() else { return };
        let Err(error) = oldest.handed.outcome().await else {
            let decisions = self.stored(oldest.handed.decided, oldest.handed.tail);
            return answer(oldest.batch, decisions);
        };
        let later = mem::take(&mut self.under_way);
        self.staging.take_back();
        self.rows.take_back();
        let mut outcome = Err(error);
        // From the youngest to the oldest, each before the one that follows it.
        for mut it in later.into_iter().rev() {
            match it.handed.outcome().await {
                Err(AppendError::Moved) => self.waiting.push_front(it.batch),
                Ok(()) => {
                    // It fits only onto what it was decided on, so that was stored too.
                    outcome = Ok(());
                    self.settle_alone(it, Ok(())).await;
                }
                failed => self.settle_alone(it, failed).await,
            }
        }
        self.settle_alone(oldest, outcome).await;
    }

    async fn settle_alone(&mut self, it: UnderWay, outcome: Result<(), AppendError>) {
        match self.fate(it.handed.tail, outcome).await {
            Ok(()) => {
                // Others may have stored more since, and what was decided on top of it is not believed in any more.
                self.forget();
                answer(it.batch, it.handed.decided.decisions);
            }
            Err(interrupted) => self.interrupted(it.batch, interrupted).await,
        }
    }

    /// Whether an append was stored after which the ledger was expected to end like this, in the end.
    pub(super) async fn fate(
        &mut self,
        expected: Tail,
        outcome: Result<(), AppendError>,
    ) -> Result<(), Interrupted> {
        match outcome {
            Ok(()) => Ok(()),
            Err(AppendError::Moved) => Err(Interrupted::Moved),
            Err(AppendError::Refused(error)) => Err(Interrupted::Away(error)),
            Err(AppendError::Fatal(error)) => Err(Interrupted::Broken(error.to_string())),
            Err(AppendError::Unknown(_)) if self.unresolved.is_some() => Err(Interrupted::Unknown),
            Err(AppendError::Unknown(error)) => {
                tracing::warn!(branch = %self.branch, %error, "a commit has an unknown outcome");
                match self.resolve(expected).await? {
                    Outcome::Stored => Ok(()),
                    Outcome::NotStored => {
                        self.forget();
                        Err(Interrupted::Moved)
                    }
                }
            }
        }
    }

    /// The oldest append that was expected took place: what was decided is true now.
    pub(super) fn stored(&mut self, decided: Decided, tail: Tail) -> Vec<Decision> {
        self.staging.absorb();
        self.rows.absorb();
        decided.opened.into_iter().for_each(|cart| self.scopes.begin(cart));
        decided.accepted.iter().for_each(|accepted| self.scopes.add(&accepted.key));
        self.tail = Some(tail);
        decided.decisions
    }
}

/// An append, whose time is counted.
pub(super) async fn timed(append: impl Future<Output = Result<(), AppendError>>) -> Result<(), AppendError> {
    let began = Instant::now();
    let appended = append.await;
    let outcome = match &appended {
        Ok(()) => "stored",
        Err(AppendError::Moved) => "moved",
        Err(AppendError::Refused(_)) => "refused",
        Err(AppendError::Unknown(_)) => "unknown",
        Err(AppendError::Fatal(_)) => "fatal",
    };
    telemetry::append(outcome, began.elapsed());
    appended
}

pub(super) fn answer(batch: Vec<Asked>, decisions: Vec<Decision>) {
    for (asked, decision) in batch.into_iter().zip(decisions) {
        // Whoever asked may have gone away meanwhile.
        let _ = asked.answer.send(decision);
    }
}
