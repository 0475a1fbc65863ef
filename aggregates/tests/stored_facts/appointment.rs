use aggregates::Fact;
use aggregates::appointment::{
    AppointmentBooked, AppointmentCancelled, AppointmentEvent, AppointmentMoved, AppointmentRescheduled,
    Attendance, AttendanceNoted, By, SpotsReduced, TeamMemberReplaced,
};
use aggregates::ids::MembershipId;

use super::check;
use crate::people::*;

#[test]
#[expect(clippy::too_many_lines, reason = "one literal after the other")]
fn facts_about_an_appointment_are_stored_as_ever() {
    check(
        "appointment",
        AppointmentEvent::NAMES,
        Fact::Appointment,
        AppointmentEvent::name,
        &[
            (
                r#"{"type":"appointment.booked.v1",
            "cart_id":"01900000-0000-7000-8000-000000000008",
            "link_id":"00000000-0000-0000-0000-000000000007",
            "client_id":"00000000-0000-0000-0000-000000000005",
            "place":{"activity_id":"00000000-0000-0000-0000-000000000064",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-05T17:30:00Z","duration":60},"spots":2}"#,
                booked(TUESDAY),
            ),
            (
                r#"{"type":"appointment.booked.v1",
            "cart_id":"01900000-0000-7000-8000-000000000008",
            "link_id":"00000000-0000-0000-0000-000000000007",
            "client_id":"00000000-0000-0000-0000-000000000006",
            "place":{"activity_id":"00000000-0000-0000-0000-000000000064",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-05T17:30:00Z","duration":60},"spots":1,
            "membership_id":"00000000-0000-0000-0000-000000000009"}"#,
                bens_with_a_membership(),
            ),
            (
                r#"{"type":"appointment.cancelled.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064",
            "by":"client","starts_at":"2027-01-05T17:30:00Z"}"#,
                cancelled(By::Client),
            ),
            (
                r#"{"type":"appointment.cancelled.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064",
            "by":"staff","starts_at":"2027-01-05T17:30:00Z"}"#,
                cancelled(By::Staff),
            ),
            (
                r#"{"type":"appointment.cancelled.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064",
            "by":"studio","starts_at":"2027-01-05T17:30:00Z"}"#,
                cancelled(By::Studio),
            ),
            (
                r#"{"type":"appointment.rescheduled.v1",
            "from":{"activity_id":"00000000-0000-0000-0000-000000000064",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-05T17:30:00Z","duration":60},
            "to":{"activity_id":"00000000-0000-0000-0000-000000000066",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-07T17:30:00Z","duration":60},"by":"client"}"#,
                to_thursday(None, By::Client),
            ),
            (
                r#"{"type":"appointment.rescheduled.v1",
            "from":{"activity_id":"00000000-0000-0000-0000-000000000064",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-05T17:30:00Z","duration":60},
            "to":{"activity_id":"00000000-0000-0000-0000-000000000066",
            "service_id":"00000000-0000-0000-0000-000000000003",
            "team_member_id":"00000000-0000-0000-0000-000000000001",
            "starts_at":"2027-01-07T17:30:00Z","duration":60},
            "membership_id":"00000000-0000-0000-0000-000000000009","by":"staff"}"#,
                to_thursday(Some(TEN_VISITS), By::Staff),
            ),
            (
                r#"{"type":"appointment.spots-reduced.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064","was":3,"spots":1,"by":"client"}"#,
                SpotsReduced { activity_id: TUESDAY, was: spots(3), spots: spots(1), by: By::Client }.into(),
            ),
            (
                r#"{"type":"appointment.moved.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064","was":"2027-01-05T17:30:00Z",
            "starts_at":"2027-01-07T17:30:00Z","duration":90}"#,
                AppointmentMoved {
                    activity_id: TUESDAY,
                    was: start_of(TUESDAY),
                    starts_at: start_of(THURSDAY),
                    duration: number(90),
                }
                .into(),
            ),
            (
                r#"{"type":"appointment.team-member-replaced.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064",
            "was":"00000000-0000-0000-0000-000000000001",
            "team_member_id":"00000000-0000-0000-0000-000000000002"}"#,
                TeamMemberReplaced { activity_id: TUESDAY, was: SOFIE, team_member_id: MARCO }.into(),
            ),
            (
                r#"{"type":"appointment.attendance-noted.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064","attendance":"arrived"}"#,
                noted(Some(Attendance::Arrived)),
            ),
            (
                r#"{"type":"appointment.attendance-noted.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064","attendance":"no-show"}"#,
                noted(Some(Attendance::NoShow)),
            ),
            (
                r#"{"type":"appointment.attendance-noted.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064"}"#,
                noted(None),
            ),
        ],
    );
}

fn cancelled(by: By) -> AppointmentEvent {
    AppointmentCancelled { activity_id: TUESDAY, by, starts_at: start_of(TUESDAY) }.into()
}

fn noted(attendance: Option<Attendance>) -> AppointmentEvent {
    AttendanceNoted { activity_id: TUESDAY, attendance }.into()
}

fn bens_with_a_membership() -> AppointmentEvent {
    AppointmentBooked {
        cart_id: CART,
        link_id: LINK,
        client_id: BEN,
        place: place(TUESDAY),
        spots: spots(1),
        membership_id: Some(TEN_VISITS),
    }
    .into()
}

fn to_thursday(membership_id: Option<MembershipId>, by: By) -> AppointmentEvent {
    AppointmentRescheduled { from: place(TUESDAY), to: place(THURSDAY), membership_id, by }.into()
}
