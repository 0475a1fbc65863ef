//! One row per booking link.

use aggregates::Fact;
use aggregates::booking_link::{BookingLink, Settled};
use aggregates::decider::Decider;
use aggregates::ids::LinkId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Projection, Recorded};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkRow {
    pub link_id: LinkId,
    pub link: BookingLink,
    pub changed_at: DateTime<Utc>,
    /// Version of the aggregate, for `If-Match`.
    pub version: u64,
}

impl LinkRow {
    /// The link's settings.
    pub fn settled(&self) -> Option<&Settled> {
        self.link.settled()
    }
}

impl Projection for LinkRow {
    type Key = LinkId;

    fn key(entry: &Recorded) -> Option<LinkId> {
        matches!(entry.fact, Fact::Link(_)).then_some(LinkId(entry.id))
    }

    fn fold(row: Option<Self>, entry: &Recorded) -> Option<Self> {
        let Fact::Link(fact) = &entry.fact else { return row };
        let link = row.map(|row| row.link).unwrap_or_default().evolve(fact);
        Some(Self { link_id: LinkId(entry.id), link, changed_at: entry.recorded_at, version: entry.sequence })
    }
}
