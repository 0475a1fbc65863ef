//! A webhook and what was sent to it, as callers read them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::followers::deliveries::{Attempt, Delivery};
use crate::webhooks::{Endpoint, Standing, Wanted};

/// Whether anything is sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookState)]
pub(super) enum StateBody {
    On,
    Off,
    /// Switched off by itself.
    Disabled,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WebhookView {
    pub(super) webhook_id: Uuid,
    pub(super) url: String,
    pub(super) types: Option<Vec<String>>,
    pub(super) state: StateBody,
    /// `gone` (it answered 410) or `failing` (nothing arrived for three days).
    pub(super) disabled_because: Option<&'static str>,
    /// The first failure after the last success.
    pub(super) failing_since: Option<DateTime<Utc>>,
    /// Until when the secret before the last change signs as well.
    pub(super) old_secret_until: Option<DateTime<Utc>>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) version: u64,
}

impl From<&Endpoint> for WebhookView {
    fn from(endpoint: &Endpoint) -> Self {
        Self {
            webhook_id: endpoint.id,
            url: endpoint.url.to_string(),
            types: match &endpoint.wanted {
                Wanted::All => None,
                Wanted::Only(names) => Some(names.iter().cloned().collect()),
            },
            state: match endpoint.standing {
                Standing::On => StateBody::On,
                Standing::Off => StateBody::Off,
                Standing::Disabled(_) => StateBody::Disabled,
            },
            disabled_because: endpoint.standing.because(),
            failing_since: endpoint.failing_since,
            old_secret_until: endpoint.secret_was_until,
            created_at: endpoint.made_at,
            version: endpoint.version,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WebhookList {
    pub(super) items: Vec<WebhookView>,
}

/// A webhook with its secret, which is told only now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WebhookWithSecret {
    #[serde(flatten)]
    pub(super) webhook: WebhookView,
    /// `whsec_` and base64: what signatures are verified with.
    pub(super) secret: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AttemptView {
    pub(super) at: DateTime<Utc>,
    /// `delivered`, or what went wrong, in one word.
    pub(super) outcome: String,
    /// The status that the receiver answered with, if it answered.
    pub(super) status: Option<u16>,
    pub(super) milliseconds: u32,
}

impl From<Attempt> for AttemptView {
    fn from(attempt: Attempt) -> Self {
        let Attempt { at, outcome, status, milliseconds } = attempt;
        Self { at, outcome, status, milliseconds }
    }
}

/// Something that was, or is to be, sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub(super) struct DeliveryView {
    /// The header `webhook-id`: the same however often it is sent.
    pub(super) delivery_id: Uuid,
    pub(super) r#type: String,
    /// Of the fact in the ledger of the branch; 0 for a test.
    pub(super) position: u64,
    /// `waiting`, `delivered`, `failed` or `dropped`.
    pub(super) state: &'static str,
    pub(super) created_at: DateTime<Utc>,
    pub(super) next_attempt_at: Option<DateTime<Utc>>,
    pub(super) attempts: Vec<AttemptView>,
}

impl DeliveryView {
    pub(super) fn of(delivery: &Delivery, attempts: Vec<Attempt>) -> Self {
        Self {
            delivery_id: delivery.id,
            r#type: delivery.kind.clone(),
            position: delivery.position,
            state: delivery.state.name(),
            created_at: delivery.made_at,
            next_attempt_at: delivery.due,
            attempts: attempts.into_iter().map(AttemptView::from).collect(),
        }
    }
}
