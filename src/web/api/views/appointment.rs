//! One booked event of one client.

use aggregates::appointment;
use aggregates::branch::Branch;
use aggregates::change_rules::{ChangeRule, Closed};
use chrono::{DateTime, FixedOffset, Utc};
use projections::appointments::AppointmentRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{at_branch, service_name, team_member_name, zone_name};

/// Whether a client may change an appointment themselves now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Permission {
    pub allowed: bool,
    /// The last moment, if the rule is on.
    pub until: Option<DateTime<FixedOffset>>,
    /// `not-allowed` or `notice-passed`.
    pub reason: Option<String>,
}

impl Permission {
    fn new(branch: &Branch, rule: ChangeRule, row: &AppointmentRow, now: DateTime<Utc>) -> Self {
        let until = rule.deadline(row.place.starts_at).map(|until| at_branch(branch, until));
        match rule.permit(row.place.starts_at, now) {
            Ok(()) => Self { allowed: true, until, reason: None },
            Err(Closed::NotAllowed) => Self { allowed: false, until, reason: Some("not-allowed".to_owned()) },
            Err(Closed::NoticePassed { .. }) => {
                Self { allowed: false, until, reason: Some("notice-passed".to_owned()) }
            }
        }
    }
}

/// One booked event of one client.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Appointment {
    pub appointment_id: Uuid,
    /// To say on the telephone.
    pub reference: String,
    pub activity_id: Uuid,
    pub service_id: Uuid,
    pub service: String,
    pub team_member_id: Uuid,
    pub team_member: String,
    pub starts_at: DateTime<FixedOffset>,
    pub ends_at: DateTime<FixedOffset>,
    pub time_zone: String,
    pub address: Option<String>,
    pub spots: u32,
    pub status: AppointmentStatus,
    /// `client`, `staff` or `studio`, if it is cancelled.
    pub cancelled_by: Option<String>,
    /// The start before the last move.
    pub moved_from: Option<DateTime<FixedOffset>>,
    pub membership_id: Option<Uuid>,
    /// Whether the client came, once the studio noted it.
    pub attendance: Option<Attendance>,
    pub cancellation: Permission,
    pub rescheduling: Permission,
    pub version: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentStatus {
    Booked,
    Cancelled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    Arrived,
    NoShow,
}

impl From<appointment::Attendance> for Attendance {
    fn from(noted: appointment::Attendance) -> Self {
        match noted {
            appointment::Attendance::Arrived => Self::Arrived,
            appointment::Attendance::NoShow => Self::NoShow,
        }
    }
}

impl From<Attendance> for appointment::Attendance {
    fn from(given: Attendance) -> Self {
        match given {
            Attendance::Arrived => Self::Arrived,
            Attendance::NoShow => Self::NoShow,
        }
    }
}

impl Appointment {
    #[must_use]
    pub fn new(branch: &Branch, row: &AppointmentRow, now: DateTime<Utc>) -> Self {
        let place = &row.place;
        let details = branch.details();
        let rules = branch.rules();
        Self {
            appointment_id: row.appointment_id.0,
            reference: row.appointment_id.reference(),
            activity_id: place.activity_id.0,
            service_id: place.service_id.0,
            service: service_name(branch, place.service_id),
            team_member_id: place.team_member_id.0,
            team_member: team_member_name(branch, place.team_member_id),
            starts_at: at_branch(branch, place.starts_at),
            ends_at: at_branch(branch, place.starts_at + place.duration.span()),
            time_zone: zone_name(branch),
            address: details.and_then(|details| details.address.as_ref()).map(ToString::to_string),
            spots: row.spots.into(),
            status: if row.is_cancelled() { AppointmentStatus::Cancelled } else { AppointmentStatus::Booked },
            cancelled_by: row.cancelled_by.map(|by| by.name().to_owned()),
            moved_from: row.moved_from.map(|moment| at_branch(branch, moment)),
            membership_id: row.membership_id.map(|id| id.0),
            attendance: row.attendance.map(Attendance::from),
            cancellation: Permission::new(branch, rules.cancellation, row, now),
            rescheduling: Permission::new(branch, rules.rescheduling, row, now),
            version: row.version,
        }
    }
}
