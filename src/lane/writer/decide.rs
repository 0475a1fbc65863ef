//! Deciding a batch.

use std::panic::AssertUnwindSafe;

use aggregates::Decider;
use aggregates::branch::Branch;
use aggregates::ids::BranchId;
use futures::FutureExt;
use tracing::Instrument;

use super::answered::{Accepted, Known, answered_before};
use super::{Asked, Decided, Interrupted, LaneWriter};
use crate::command::{Command, Failure, Reply};
use crate::ledger::{StoreError, Tail};
use crate::unit;
use crate::unit::staging::Staging;

impl LaneWriter {
    /// Decides one command after another, each as if the ones before were stored.
    pub(super) async fn decide(&mut self, batch: &[Asked], tail: Tail) -> Result<Decided, Interrupted> {
        self.staging.abandon(0);
        let ((), known) = tokio::try_join!(
            prefetch(&self.staging, self.branch, batch),
            Known::of(batch, &self.scopes, self.branch, self.ledger.as_ref())
        )?;
        self.staging.begin();
        let mut decisions = Vec::with_capacity(batch.len());
        let mut accepted: Vec<Accepted> = vec![];
        let mut opened = vec![];
        for (place, asked) in batch.iter().enumerate() {
            let envelope = &asked.envelope;
            if let Some(key) = &envelope.key
                && let Some(decision) =
                    answered_before(key, &envelope.seal, &known, &mut accepted, tail, place)
            {
                decisions.push(decision);
                continue;
            }
            let from = self.staging.facts();
            let span = tracing::debug_span!(
                "command",
                name = envelope.command.name(),
                request = %envelope.request,
                branch = %self.branch
            );
            let performed = AssertUnwindSafe(unit::perform(&self.staging, envelope)).catch_unwind();
            let performed = performed.instrument(span).await;
            let decision = performed.unwrap_or_else(|_| {
                self.staging.abandon(1);
                Err(Failure::Broken(format!("{} panicked", envelope.command.name())))
            });
            if let Err(Failure::Away(error)) = decision {
                return Err(Interrupted::Away(error));
            }
            if let (Ok(_), Command::OpenCart { cart, .. }) = (&decision, &envelope.command) {
                opened.push(*cart);
            }
            let facts = from..self.staging.facts();
            if let (Ok(answer), Some(key), false) = (&decision, &envelope.key, facts.is_empty()) {
                accepted.push(Accepted {
                    key: key.clone(),
                    answer: answer.clone(),
                    seal: envelope.seal.clone(),
                    at: envelope.at,
                    show: envelope.show.clone(),
                    facts: facts.clone(),
                    asked: vec![place],
                });
            }
            let position = tail.head + facts.end as u64;
            decisions.push(decision.map(|answer| Reply { answer, position, replayed: false }));
        }
        Ok(Decided { decisions, accepted, opened, layer: self.staging.take() })
    }
}

/// Fetches what the batch names in one query; what a confirmation needs is known once its cart and the branch are.
async fn prefetch(staging: &Staging, branch: BranchId, batch: &[Asked]) -> Result<(), StoreError> {
    let commands = || batch.iter().map(|asked| &asked.envelope.command);
    let first = commands().filter_map(unit::confirmed_cart).chain([(Branch::NAME, branch.0)]);
    staging.prefetch(&staging.missing(first)).await?;
    let mut keys = vec![];
    for command in commands() {
        keys.extend(unit::named(command));
        keys.extend(unit::selected(staging, command).await?);
    }
    let mut missing = staging.missing(keys);
    missing.sort_unstable();
    missing.dedup();
    staging.prefetch(&missing).await
}
