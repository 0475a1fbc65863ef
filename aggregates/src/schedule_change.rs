//! What follows when the studio changes an event that has appointments: each gets its own fact.

use chrono::{DateTime, Utc};

use crate::activity::{Activity, ActivityEvent};
use crate::appointment::{AppointmentCommand, By, Change};
use crate::change_rules::ChangeRule;
use crate::ids::AppointmentId;

/// The commands to the appointments in the event that a fact about it calls for.
///
/// `before` is the event as it was, since a cancelled event forgets who held spots.
#[must_use]
pub fn react(
    before: &Activity,
    fact: &ActivityEvent,
    at: DateTime<Utc>,
) -> Vec<(AppointmentId, AppointmentCommand)> {
    let command = match fact {
        ActivityEvent::Cancelled(_) => {
            AppointmentCommand::Cancel(Change { by: By::Studio, at, rule: ChangeRule::default() })
        }
        ActivityEvent::Moved(moved) => {
            AppointmentCommand::FollowMove { starts_at: moved.starts_at, duration: moved.duration }
        }
        ActivityEvent::TeamMemberReplaced(replaced) => {
            AppointmentCommand::FollowTeamMember(replaced.team_member_id)
        }
        _ => return vec![],
    };
    before.holders().keys().map(|appointment| (*appointment, command)).collect()
}
