//! One row per event: what the schedule shows, and how many spots are taken.

use aggregates::Fact;
use aggregates::activity::Vacancy;
use aggregates::ids::ActivityId;
use serde::{Deserialize, Serialize};

use crate::{Projection, Recorded};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AvailabilityRow {
    pub activity_id: ActivityId,
    pub vacancy: Vacancy,
    /// Version of the aggregate, for `If-Match`.
    pub version: u64,
}

impl Projection for AvailabilityRow {
    type Key = ActivityId;

    fn key(entry: &Recorded) -> Option<ActivityId> {
        matches!(entry.fact, Fact::Activity(_)).then_some(ActivityId(entry.id))
    }

    fn fold(row: Option<Self>, entry: &Recorded) -> Option<Self> {
        let Fact::Activity(fact) = &entry.fact else { return row };
        let vacancy = Vacancy::after(row.map(|row| row.vacancy), fact)?;
        Some(Self { activity_id: ActivityId(entry.id), vacancy, version: entry.sequence })
    }
}
