//! One row per branch: its details, rules, services and team, as pages name them.

use aggregates::Fact;
use aggregates::branch::Branch;
use aggregates::decider::Decider;
use aggregates::ids::BranchId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Projection, Recorded};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BranchRow {
    pub branch_id: BranchId,
    pub branch: Branch,
    pub changed_at: DateTime<Utc>,
    /// Version of the aggregate, for `If-Match`.
    pub version: u64,
}

impl Projection for BranchRow {
    type Key = BranchId;

    fn key(entry: &Recorded) -> Option<BranchId> {
        matches!(entry.fact, Fact::Branch(_)).then_some(BranchId(entry.id))
    }

    fn fold(row: Option<Self>, entry: &Recorded) -> Option<Self> {
        let Fact::Branch(fact) = &entry.fact else { return row };
        let branch = row.map(|row| row.branch).unwrap_or_default().evolve(fact);
        Some(Self {
            branch_id: BranchId(entry.id),
            branch,
            changed_at: entry.recorded_at,
            version: entry.sequence,
        })
    }
}
