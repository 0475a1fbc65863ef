//! Appointments: what was booked, and how it is changed.

use aggregates::activity::Taking;
use aggregates::appointment::{
    AppointmentBooked, AppointmentCancelled, AppointmentCommand, AppointmentEvent, AppointmentRescheduled,
    By, Change, Entitlement, SpotsReduced,
};
use aggregates::branch::MembershipBooking;
use aggregates::change_rules::ChangeRule;
use aggregates::ids::{ActivityId, AppointmentId};
use aggregates::values::Notice;
use chrono::{DateTime, Utc};

use super::{
    ANN, BEN, CART, LINK, Studio, THURSDAY, TUESDAY, appointment, ask, pick, place, spots, start_of, take,
};

/// Ann's appointment, with two spots.
pub fn booked(activity: ActivityId) -> AppointmentEvent {
    AppointmentBooked {
        cart_id: CART,
        link_id: LINK,
        client_id: ANN,
        place: place(activity),
        spots: spots(2),
        membership_id: None,
    }
    .into()
}

pub fn no_membership_needed() -> Entitlement {
    Entitlement { booking: MembershipBooking::Off, wanted: false, applying: None }
}

pub fn until(notice: Notice) -> ChangeRule {
    ChangeRule { allowed: true, notice }
}

pub fn by_client(rule: ChangeRule, at: DateTime<Utc>) -> Change {
    Change { by: By::Client, at, rule }
}

pub fn reschedule(to: ActivityId, change: Change) -> AppointmentCommand {
    AppointmentCommand::Reschedule { to: place(to), change, entitlement: no_membership_needed() }
}

pub fn reduce_to(n: u32, change: Change) -> AppointmentCommand {
    AppointmentCommand::ReduceSpots { spots: spots(n), change }
}

pub fn cancelled(by: By) -> AppointmentEvent {
    AppointmentCancelled { activity_id: TUESDAY, by, starts_at: start_of(TUESDAY) }.into()
}

pub fn rescheduled(to: ActivityId, by: By) -> AppointmentEvent {
    AppointmentRescheduled { from: place(TUESDAY), to: place(to), membership_id: None, by }.into()
}

pub fn reduced(n: u32, by: By) -> AppointmentEvent {
    SpotsReduced { activity_id: TUESDAY, was: spots(2), spots: spots(n), by }.into()
}

pub fn two_booked() -> (Studio, [AppointmentId; 2]) {
    let mut studio = Studio::open();
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();
    let booked = studio.confirm().unwrap();
    (studio, [booked[0], booked[1]])
}

pub fn fill(studio: &mut Studio, activity: ActivityId) {
    let full = studio.schedule.get_mut(&activity).unwrap();
    ask(full, take(appointment(9), BEN, 9, Taking::Staff { force: false })).unwrap();
}
