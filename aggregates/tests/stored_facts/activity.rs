use aggregates::Fact;
use aggregates::activity::{
    ActivityCancelled, ActivityEvent, ActivityMoved, ActivityScheduled, BookingClosed, BookingOpened,
    CapacitySet, Plan, SpotsKept, SpotsReleased, SpotsTaken, TeamMemberReplaced,
};

use super::check;
use crate::people::*;

#[test]
fn facts_about_an_event_are_stored_as_ever() {
    check(
        "activity",
        ActivityEvent::NAMES,
        Fact::Activity,
        ActivityEvent::name,
        &[
            (
                r#"{"type":"activity.scheduled.v1",
            "plan":{"service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-05T17:30:00Z","duration":60,"capacity":9,"open":true}}"#,
                ActivityScheduled { plan: yoga(TUESDAY) }.into(),
            ),
            (
                r#"{"type":"activity.scheduled.v1",
            "plan":{"service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-05T17:30:00Z","duration":1440,"capacity":65535,"open":false}}"#,
                ActivityScheduled { plan: Plan { duration: number(1440), open: false, ..yoga_with(65_535) } }
                    .into(),
            ),
            (
                r#"{"type":"activity.capacity-set.v1","capacity":12}"#,
                CapacitySet { capacity: number(12) }.into(),
            ),
            (
                r#"{"type":"activity.moved.v1","was":"2027-01-05T17:30:00Z",
            "starts_at":"2027-01-07T17:30:00Z","duration":90}"#,
                ActivityMoved { was: start_of(TUESDAY), starts_at: start_of(THURSDAY), duration: number(90) }
                    .into(),
            ),
            (r#"{"type":"activity.cancelled.v1"}"#, ActivityCancelled {}.into()),
            (
                r#"{"type":"activity.team-member-replaced.v1",
            "was":"00000000-0000-0000-0000-000000000001",
            "team_member_id":"00000000-0000-0000-0000-000000000002"}"#,
                TeamMemberReplaced { was: SOFIE, team_member_id: MARCO }.into(),
            ),
            (r#"{"type":"activity.booking-opened.v1"}"#, BookingOpened {}.into()),
            (r#"{"type":"activity.booking-closed.v1"}"#, BookingClosed {}.into()),
            (
                r#"{"type":"activity.spots-taken.v1",
            "appointment_id":"00000000-0000-0000-0000-0000000000c9",
            "client_id":"00000000-0000-0000-0000-000000000005","spots":2}"#,
                taken(appointment(1), ANN, 2),
            ),
            (
                r#"{"type":"activity.spots-taken.v1",
            "appointment_id":"00000000-0000-0000-0000-0000000000c9",
            "client_id":"00000000-0000-0000-0000-000000000005","spots":255,"overbooked":true}"#,
                SpotsTaken {
                    appointment_id: appointment(1),
                    client_id: ANN,
                    spots: spots(255),
                    overbooked: true,
                }
                .into(),
            ),
            (
                r#"{"type":"activity.spots-released.v1",
            "appointment_id":"00000000-0000-0000-0000-0000000000c9","spots":2}"#,
                SpotsReleased { appointment_id: appointment(1), spots: spots(2) }.into(),
            ),
            (
                r#"{"type":"activity.spots-kept.v1",
            "appointment_id":"00000000-0000-0000-0000-0000000000c9","was":3,"spots":1}"#,
                SpotsKept { appointment_id: appointment(1), was: spots(3), spots: spots(1) }.into(),
            ),
        ],
    );
}
