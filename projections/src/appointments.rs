//! One row per appointment, so that cancelling one leaves its siblings alone.

use aggregates::Fact;
use aggregates::appointment::{AppointmentEvent, Attendance, By, Place};
use aggregates::ids::{AppointmentId, CartId, ClientId, LinkId, MembershipId, TeamMemberId};
use aggregates::values::Spots;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Projection, Recorded};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentRow {
    pub appointment_id: AppointmentId,
    pub cart_id: CartId,
    pub link_id: LinkId,
    pub client_id: ClientId,
    pub place: Place,
    pub spots: Spots,
    pub membership_id: Option<MembershipId>,
    pub booked_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// Who cancelled it, if it is cancelled.
    pub cancelled_by: Option<By>,
    /// The start before the last move.
    pub moved_from: Option<DateTime<Utc>>,
    /// The team member whom the studio replaced last.
    pub team_member_was: Option<TeamMemberId>,
    /// How often its calendar entry changed (RFC 5545, `SEQUENCE`).
    pub revision: u32,
    /// Version of the aggregate, for `If-Match`.
    pub version: u64,
    /// Whether the client came, once that is noted.
    pub attendance: Option<Attendance>,
    /// At the desk, not online.
    pub booked_by_staff: bool,
}

impl AppointmentRow {
    pub fn is_cancelled(&self) -> bool {
        self.cancelled_by.is_some()
    }
}

impl Projection for AppointmentRow {
    type Key = AppointmentId;

    fn key(entry: &Recorded) -> Option<AppointmentId> {
        matches!(entry.fact, Fact::Appointment(_)).then_some(AppointmentId(entry.id))
    }

    fn fold(row: Option<Self>, entry: &Recorded) -> Option<Self> {
        let Fact::Appointment(fact) = &entry.fact else { return row };
        if let AppointmentEvent::Booked(booked) = fact {
            return Some(Self {
                appointment_id: AppointmentId(entry.id),
                cart_id: booked.cart_id,
                link_id: booked.link_id,
                client_id: booked.client_id,
                place: booked.place,
                spots: booked.spots,
                membership_id: booked.membership_id,
                booked_at: entry.recorded_at,
                changed_at: entry.recorded_at,
                cancelled_by: None,
                moved_from: None,
                team_member_was: None,
                revision: 0,
                version: entry.sequence,
                attendance: None,
                booked_by_staff: entry.by_staff,
            });
        }
        let mut row = row?;
        row.version = entry.sequence;
        if let AppointmentEvent::AttendanceNoted(fact) = fact {
            // Nothing that stands in anybody's calendar.
            row.attendance = fact.attendance;
            return Some(row);
        }
        row.changed_at = entry.recorded_at;
        row.revision += 1;
        match fact {
            AppointmentEvent::Booked(_) | AppointmentEvent::AttendanceNoted(_) => {}
            AppointmentEvent::Cancelled(fact) => row.cancelled_by = Some(fact.by),
            AppointmentEvent::Rescheduled(fact) => {
                row.moved_from = Some(fact.from.starts_at);
                row.place = fact.to;
                row.membership_id = fact.membership_id;
                row.attendance = None;
            }
            AppointmentEvent::SpotsReduced(fact) => row.spots = fact.spots,
            AppointmentEvent::Moved(fact) => {
                row.moved_from = Some(fact.was);
                row.place.starts_at = fact.starts_at;
                row.place.duration = fact.duration;
            }
            AppointmentEvent::TeamMemberReplaced(fact) => {
                row.team_member_was = Some(fact.was);
                row.place.team_member_id = fact.team_member_id;
            }
        }
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aggregates::appointment::{AppointmentBooked, AppointmentCancelled};
    use aggregates::ids::{ActivityId, ServiceId};
    use aggregates::values::Duration;
    use uuid::Uuid;

    #[test]
    fn s_31_cancelling_one_appointment_leaves_its_sibling_alone() {
        let [first, second] = [1, 2].map(Uuid::from_u128);
        let log = [booked(1, first), booked(2, second), cancelled(3, first)];

        assert_eq!(row(first, &log).cancelled_by, Some(By::Client));
        assert_eq!(row(second, &log).cancelled_by, None);
        assert_eq!(row(second, &log), row(second, &log[..2]));
    }

    fn row(id: Uuid, log: &[Recorded]) -> AppointmentRow {
        log.iter()
            .filter(|entry| AppointmentRow::key(entry) == Some(AppointmentId(id)))
            .fold(None, AppointmentRow::fold)
            .unwrap()
    }

    fn booked(position: u64, id: Uuid) -> Recorded {
        let any = Uuid::from_u128;
        let place = Place {
            activity_id: ActivityId(any(10)),
            service_id: ServiceId(any(11)),
            team_member_id: TeamMemberId(any(12)),
            starts_at: DateTime::UNIX_EPOCH,
            duration: Duration::MIN,
        };
        let fact = AppointmentBooked {
            cart_id: CartId(any(13)),
            link_id: LinkId(any(14)),
            client_id: ClientId(any(15)),
            place,
            spots: Spots::ONE,
            membership_id: None,
        };
        recorded(position, id, 1, fact.into())
    }

    fn cancelled(position: u64, id: Uuid) -> Recorded {
        let activity_id = ActivityId(Uuid::from_u128(10));
        let fact = AppointmentCancelled { activity_id, by: By::Client, starts_at: DateTime::UNIX_EPOCH };
        recorded(position, id, 2, fact.into())
    }

    fn recorded(position: u64, id: Uuid, sequence: u64, fact: AppointmentEvent) -> Recorded {
        let (recorded_at, fact) = (DateTime::UNIX_EPOCH, Fact::Appointment(fact));
        Recorded { position, recorded_at, id, sequence, by_staff: false, fact }
    }
}
