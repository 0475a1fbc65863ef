//! The facts about an event. Names and fields here are the storage format.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Plan;
use crate::ids::{AppointmentId, ClientId, TeamMemberId};
use crate::values::{Capacity, Duration, Spots};

facts! {
    /// A fact about one event.
    ActivityEvent {
        "activity.scheduled.v1" => Scheduled(ActivityScheduled),
        "activity.capacity-set.v1" => CapacitySet(CapacitySet),
        "activity.moved.v1" => Moved(ActivityMoved),
        /// Nobody holds spots afterwards; each appointment has a fact of its own in the same step.
        "activity.cancelled.v1" => Cancelled(ActivityCancelled),
        "activity.team-member-replaced.v1" => TeamMemberReplaced(TeamMemberReplaced),
        "activity.booking-opened.v1" => BookingOpened(BookingOpened),
        "activity.booking-closed.v1" => BookingClosed(BookingClosed),
        "activity.spots-taken.v1" => SpotsTaken(SpotsTaken),
        "activity.spots-released.v1" => SpotsReleased(SpotsReleased),
        "activity.spots-kept.v1" => SpotsKept(SpotsKept),
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivityScheduled {
    pub plan: Plan,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapacitySet {
    pub capacity: Capacity,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivityMoved {
    pub was: DateTime<Utc>,
    pub starts_at: DateTime<Utc>,
    pub duration: Duration,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivityCancelled {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamMemberReplaced {
    pub was: TeamMemberId,
    pub team_member_id: TeamMemberId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookingOpened {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookingClosed {}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpotsTaken {
    pub appointment_id: AppointmentId,
    pub client_id: ClientId,
    pub spots: Spots,
    /// More than were free: staff overbooked on purpose.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overbooked: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpotsReleased {
    pub appointment_id: AppointmentId,
    pub spots: Spots,
}

/// An appointment kept fewer of its spots; the rest became free.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpotsKept {
    pub appointment_id: AppointmentId,
    pub was: Spots,
    pub spots: Spots,
}
