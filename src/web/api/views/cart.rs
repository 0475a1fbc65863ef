//! A cart, and what its client was shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aggregates::booking_link::Settled;
use aggregates::branch::Branch;
use aggregates::cart::{Candidate, CartTerms, LIFETIME, Seen};
use aggregates::ids::ActivityId;
use chrono::{DateTime, Utc};
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Activity, Consent};
use crate::web::api::whole::whole_or_none;

/// One selected event.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SelectedActivity {
    #[serde(flatten)]
    pub activity: Activity,
    pub spots: u32,
}

/// A cart.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Cart {
    pub cart_id: Uuid,
    pub link_id: Uuid,
    pub status: CartStatus,
    pub expires_at: DateTime<Utc>,
    /// How many events fit into it now.
    pub limit: u32,
    /// What is selected, by start. A full or closed event stays, marked, until it is cleared.
    pub events: Vec<SelectedActivity>,
    pub consent: Option<Consent>,
    /// Send it back with the confirmation, so that the answer says what changed since.
    pub seen: Shown,
    /// What was booked, once it is confirmed.
    pub appointment_ids: Vec<Uuid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CartStatus {
    Open,
    Confirmed,
    Expired,
}

/// What was shown to the client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Seen)]
pub struct Shown {
    #[serde(default, deserialize_with = "whole_or_none")]
    #[schema(minimum = 1, maximum = 10)]
    pub max_events: Option<u32>,
    #[serde(default)]
    pub prepayment: bool,
    #[serde(default, deserialize_with = "whole_or_none")]
    pub consent_version: Option<u32>,
    /// When each event started, by its id.
    #[serde(default)]
    pub starts: BTreeMap<Uuid, DateTime<Utc>>,
    /// The events that were marked as not bookable any more.
    #[serde(default)]
    pub unbookable: BTreeSet<Uuid>,
}

impl From<Seen> for Shown {
    fn from(seen: Seen) -> Self {
        Self {
            max_events: seen.max_events.map(u32::from),
            prepayment: seen.prepayment,
            consent_version: seen.consent_version,
            starts: seen.starts.into_iter().map(|(id, start)| (id.0, start)).collect(),
            unbookable: seen.unbookable.into_iter().map(|id| id.0).collect(),
        }
    }
}

impl From<Shown> for Seen {
    fn from(shown: Shown) -> Self {
        Self {
            max_events: shown.max_events.and_then(|max| max.try_into().ok()),
            prepayment: shown.prepayment,
            consent_version: shown.consent_version,
            starts: shown.starts.into_iter().map(|(id, start)| (ActivityId(id), start)).collect(),
            unbookable: shown.unbookable.into_iter().map(ActivityId).collect(),
        }
    }
}

impl Cart {
    /// A cart with its events, which are all that it has selected.
    #[must_use]
    pub fn new(
        branch: &Branch,
        link: &Settled,
        row: &CartRow,
        events: &[Arc<AvailabilityRow>],
        now: DateTime<Utc>,
    ) -> Self {
        let terms = CartTerms::new(branch.rules(), link, now);
        let expires_at = row.opened_at + LIFETIME;
        let candidates = events
            .iter()
            .map(|event| (event.activity_id, Candidate::new(event.vacancy, branch, link, now)))
            .collect();
        let seen = Seen::of(&terms, row.selected.iter().map(|it| &it.activity_id), &candidates);
        let selected = events.iter().filter_map(|event| {
            let spots = row.selected.iter().find(|it| it.activity_id == event.activity_id)?.spots;
            let online = link.online(&event.vacancy.plan, branch.rules(), now);
            let obstacle = event.vacancy.obstacle(spots, &online);
            Some(SelectedActivity {
                activity: Activity::new(branch, event, obstacle.as_ref()),
                spots: spots.into(),
            })
        });
        let confirmed = row.confirmed.as_ref();
        Self {
            cart_id: row.cart_id.0,
            link_id: row.link_id.0,
            status: match confirmed {
                Some(_) => CartStatus::Confirmed,
                None if expires_at < now => CartStatus::Expired,
                None => CartStatus::Open,
            },
            expires_at,
            limit: terms.limit().into(),
            events: if confirmed.is_some() { vec![] } else { selected.collect() },
            consent: Consent::of(link),
            seen: seen.into(),
            appointment_ids: confirmed
                .map(|confirmed| confirmed.booked().map(|(_, line)| line.appointment_id.0).collect())
                .unwrap_or_default(),
        }
    }
}
