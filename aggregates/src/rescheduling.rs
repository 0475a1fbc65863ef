//! What follows when an appointment changes: spots are taken and given back in the same step.

use crate::activity::{ActivityCommand, Holder, Taking};
use crate::appointment::{AppointmentEvent, Booking};
use crate::branch::Duplicates;
use crate::ids::{ActivityId, AppointmentId};

/// The commands to events that a fact about an appointment calls for, in their order.
///
/// The new spots are taken before the old are given back. A change that the studio made to the event itself
/// calls for nothing: the event knows already.
#[must_use]
pub fn react(
    appointment: AppointmentId,
    after: &Booking,
    fact: &AppointmentEvent,
    taking: Taking,
    duplicates: Duplicates,
) -> Vec<(ActivityId, ActivityCommand)> {
    match fact {
        AppointmentEvent::Rescheduled(moved) => {
            let holder = Holder { client: after.client, spots: after.spots };
            vec![
                (
                    moved.to.activity_id,
                    ActivityCommand::TakeSpots { appointment, holder, taking, duplicates },
                ),
                (moved.from.activity_id, ActivityCommand::ReleaseSpots(appointment)),
            ]
        }
        AppointmentEvent::Cancelled(cancelled) => {
            vec![(cancelled.activity_id, ActivityCommand::ReleaseSpots(appointment))]
        }
        AppointmentEvent::SpotsReduced(reduced) => {
            vec![(reduced.activity_id, ActivityCommand::KeepSpots(appointment, reduced.spots))]
        }
        AppointmentEvent::Booked(_)
        | AppointmentEvent::AttendanceNoted(_)
        | AppointmentEvent::Moved(_)
        | AppointmentEvent::TeamMemberReplaced(_) => vec![],
    }
}
