//! The facts about an appointment. Names and fields here are the storage format.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::By;
use crate::activity::Plan;
use crate::ids::{ActivityId, CartId, ClientId, LinkId, MembershipId, ServiceId, TeamMemberId};
use crate::values::{Duration, Spots};

facts! {
    /// A fact about one appointment.
    AppointmentEvent {
        "appointment.booked.v1" => Booked(AppointmentBooked),
        "appointment.cancelled.v1" => Cancelled(AppointmentCancelled),
        "appointment.rescheduled.v1" => Rescheduled(AppointmentRescheduled),
        "appointment.spots-reduced.v1" => SpotsReduced(SpotsReduced),
        "appointment.moved.v1" => Moved(AppointmentMoved),
        "appointment.team-member-replaced.v1" => TeamMemberReplaced(TeamMemberReplaced),
        "appointment.attendance-noted.v1" => AttendanceNoted(AttendanceNoted),
    }
}

/// The event that an appointment is for, as the client knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub activity_id: ActivityId,
    pub service_id: ServiceId,
    pub team_member_id: TeamMemberId,
    pub starts_at: DateTime<Utc>,
    pub duration: Duration,
}

impl Place {
    #[must_use]
    pub fn of(activity_id: ActivityId, plan: &Plan) -> Self {
        Self {
            activity_id,
            service_id: plan.service_id,
            team_member_id: plan.team_member_id,
            starts_at: plan.starts_at,
            duration: plan.duration,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentBooked {
    pub cart_id: CartId,
    pub link_id: LinkId,
    pub client_id: ClientId,
    pub place: Place,
    pub spots: Spots,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership_id: Option<MembershipId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentCancelled {
    pub activity_id: ActivityId,
    pub by: By,
    pub starts_at: DateTime<Utc>,
}

/// The client holds spots in another event from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentRescheduled {
    pub from: Place,
    pub to: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership_id: Option<MembershipId>,
    pub by: By,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpotsReduced {
    pub activity_id: ActivityId,
    pub was: Spots,
    pub spots: Spots,
    pub by: By,
}

/// The studio moved the event, and the appointment with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentMoved {
    pub activity_id: ActivityId,
    pub was: DateTime<Utc>,
    pub starts_at: DateTime<Utc>,
    pub duration: Duration,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamMemberReplaced {
    pub activity_id: ActivityId,
    pub was: TeamMemberId,
    pub team_member_id: TeamMemberId,
}

/// Staff noted whether the client came; without a value, the note was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttendanceNoted {
    pub activity_id: ActivityId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
}

/// Whether a client came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attendance {
    Arrived,
    NoShow,
}

impl Attendance {
    /// As stored, and as forms say it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::NoShow => "no-show",
        }
    }

    /// The attendance of a [`Attendance::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Arrived, Self::NoShow].into_iter().find(|attendance| attendance.name() == name)
    }
}
