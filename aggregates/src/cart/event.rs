//! The facts that a cart leaves behind. Names and fields here are the storage format.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::command::{Mode, Seen};
use crate::ids::{ActivityId, AppointmentId, ClientId, LinkId};
use crate::obstacle::Obstacle;
use crate::values::Spots;

facts! {
    /// A fact about a cart.
    CartEvent {
        "cart.opened.v1" => Opened(CartOpened),
        /// Carries the whole selection, so that no reader needs the one before.
        "cart.selection-made.v1" => SelectionMade(SelectionMade),
        /// Carries the new number of spots, not the change.
        "cart.spots-set.v1" => SpotsSet(SpotsSet),
        "cart.confirmed.v1" => Confirmed(CartConfirmed),
        /// What a `best_effort` confirmation could not book.
        "cart.items-refused.v1" => ItemsRefused(ItemsRefused),
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CartOpened {
    pub link_id: LinkId,
    pub opened_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SelectionMade {
    pub lines: Vec<Line>,
    pub shown: Seen,
}

/// One selected event with its spots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub activity_id: ActivityId,
    pub spots: Spots,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpotsSet {
    pub activity_id: ActivityId,
    pub spots: Spots,
}

/// Everything in the cart was confirmed at once. Repeats the whole selection, by start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CartConfirmed {
    pub client_id: ClientId,
    pub lines: Vec<ConfirmedLine>,
    pub mode: Mode,
    pub with_membership: bool,
    /// The version of the consent text that the client agreed to, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_version: Option<u32>,
    pub confirmed_at: DateTime<Utc>,
}

/// One event of a confirmed cart, and the appointment that it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmedLine {
    pub activity_id: ActivityId,
    pub appointment_id: AppointmentId,
    pub spots: Spots,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemsRefused {
    pub items: Vec<RefusedItem>,
}

/// One event that could not be booked, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedItem {
    pub activity_id: ActivityId,
    pub obstacle: Obstacle,
}
