//! Changing one appointment: cancelling it, keeping fewer spots, and who may do so until when.

use aggregates::Decider;
use aggregates::activity::Taking;
use aggregates::appointment::{Appointment, AppointmentCommand, AppointmentRefusal, By, Change};
use aggregates::change_rules::{ChangeRule, Closed};
use aggregates::ids::ActivityId;
use aggregates::spec::given;
use aggregates::values::Notice;
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn s_29_a_client_cancels_where_the_branch_allows_it() {
    given::<Appointment>([booked(TUESDAY)])
        .when(AppointmentCommand::Cancel(by_client(until(hours(24)), monday())))
        .then([cancelled(By::Client)]);
    given::<Appointment>([booked(TUESDAY)])
        .when(AppointmentCommand::Cancel(by_client(ChangeRule::default(), monday())))
        .then_refused(AppointmentRefusal::CancellingClosed(Closed::NotAllowed));
}

#[test]
fn s_35_a_12_both_rules_on_and_off_before_at_and_after_the_boundary() {
    let deadline = start_of(TUESDAY) - TimeDelta::hours(24);
    let second = TimeDelta::seconds(1);
    let passed = Err(Closed::NoticePassed { since: deadline });
    for (allowed, at, answer) in [
        (true, deadline - second, Ok(())),
        (true, deadline, Ok(())),
        (true, deadline + second, passed),
        (false, deadline - second, Err(Closed::NotAllowed)),
        (false, deadline, Err(Closed::NotAllowed)),
        (false, deadline + second, Err(Closed::NotAllowed)),
    ] {
        let rule = ChangeRule { allowed, notice: hours(24) };
        let appointment = given::<Appointment>([booked(TUESDAY)]);

        assert_eq!(rule.permit(start_of(TUESDAY), at), answer, "{rule:?} at {at}");
        assert_eq!(
            decided(&appointment.0, AppointmentCommand::Cancel(by_client(rule, at))),
            answer.map_err(AppointmentRefusal::CancellingClosed),
            "cancelling, {rule:?} at {at}"
        );
        assert_eq!(
            decided(&appointment.0, reschedule(THURSDAY, by_client(rule, at))),
            answer.map_err(AppointmentRefusal::ReschedulingClosed),
            "rescheduling, {rule:?} at {at}"
        );
        assert_eq!(
            decided(&appointment.0, reduce_to(1, by_client(rule, at))),
            answer.map_err(AppointmentRefusal::CancellingClosed),
            "fewer spots, {rule:?} at {at}"
        );
    }
}

#[test]
fn s_30_the_notice_is_measured_from_the_start_and_shown_as_a_moment() {
    assert_eq!(
        until(hours(2)).deadline(start_of(TUESDAY)),
        Some(start_of(TUESDAY) - TimeDelta::minutes(120))
    );
    assert_eq!(ChangeRule { allowed: false, notice: hours(2) }.deadline(start_of(TUESDAY)), None);
}

#[test]
fn s_30_without_notice_a_client_may_change_until_the_start() {
    let rule = until(Notice::MIN);
    let start = start_of(TUESDAY);

    assert_eq!(rule.permit(start, start), Ok(()));
    assert_eq!(rule.permit(start, start + TimeDelta::seconds(1)), Err(Closed::NoticePassed { since: start }));
}

#[test]
fn s_32_staff_are_not_bound_by_the_clients_notice() {
    let at = start_of(TUESDAY) + TimeDelta::hours(1);
    let staff = Change { by: By::Staff, at, rule: ChangeRule::default() };
    let appointment = || given::<Appointment>([booked(TUESDAY)]);

    appointment().when(AppointmentCommand::Cancel(staff)).then([cancelled(By::Staff)]);
    appointment().when(reschedule(THURSDAY, staff)).then([rescheduled(THURSDAY, By::Staff)]);
    appointment().when(reduce_to(1, staff)).then([reduced(1, By::Staff)]);
}

#[test]
fn a_cancelled_appointment_stays_cancelled() {
    let appointment = || given::<Appointment>([booked(TUESDAY), cancelled(By::Client)]);
    let change = by_client(until(Notice::MIN), monday());

    appointment().when(AppointmentCommand::Cancel(change)).then_nothing();
    appointment().when(reschedule(THURSDAY, change)).then_refused(AppointmentRefusal::Cancelled);
    appointment().when(reduce_to(1, change)).then_refused(AppointmentRefusal::Cancelled);
    appointment().when(book(TUESDAY, 2)).then_refused(AppointmentRefusal::Cancelled);
    assert!(appointment().0.is_cancelled());
    assert_eq!(appointment().0.booking().unwrap().place, place(TUESDAY), "what was booked is still known");
}

#[test]
fn what_was_never_booked_is_not_changed() {
    let change = by_client(until(Notice::MIN), monday());

    given::<Appointment>([])
        .when(AppointmentCommand::Cancel(change))
        .then_refused(AppointmentRefusal::NotBooked);
    given::<Appointment>([cancelled(By::Client)])
        .when(reschedule(THURSDAY, change))
        .then_refused(AppointmentRefusal::NotBooked);
    assert_eq!(Appointment::default().booking(), None);
    assert!(!Appointment::default().is_cancelled());
    assert!(!given::<Appointment>([booked(TUESDAY)]).0.is_cancelled());
}

#[test]
fn e_06_booking_again_changes_nothing_and_booking_otherwise_is_refused() {
    let appointment = || given::<Appointment>([booked(TUESDAY)]);

    appointment().when(book(TUESDAY, 2)).then_nothing();
    appointment().when(book(TUESDAY, 3)).then_refused(AppointmentRefusal::AlreadyBooked);
    appointment().when(book(THURSDAY, 2)).then_refused(AppointmentRefusal::AlreadyBooked);
}

#[test]
fn a_28_spots_are_reduced_but_never_raised() {
    let appointment = || given::<Appointment>([booked(TUESDAY)]);
    let change = by_client(until(hours(24)), monday());

    appointment().when(reduce_to(1, change)).then([reduced(1, By::Client)]);
    appointment().when(reduce_to(2, change)).then_nothing();
    appointment()
        .when(reduce_to(3, change))
        .then_refused(AppointmentRefusal::NotFewerSpots { now: spots(2) });
    let after = given::<Appointment>([booked(TUESDAY), reduced(1, By::Client)]);
    assert_eq!(after.0.booking().unwrap().spots, spots(1));
}

#[test]
fn e_23_one_of_five_is_cancelled_up_to_the_deadline_and_not_after() {
    let mut studio = Studio::open();
    studio.select(&days::<5>().map(pick)).unwrap();
    let booked = studio.confirm().unwrap();
    let rule = until(hours(24));
    let cancel_at = |at| AppointmentCommand::Cancel(by_client(rule, at));
    let deadline = start_of(day(2)) - TimeDelta::hours(24);

    let late =
        studio.change(booked[2], cancel_at(deadline + TimeDelta::minutes(1)), Taking::Online(online()));
    assert_eq!(
        late,
        Err(Refused::Appointment(AppointmentRefusal::CancellingClosed(Closed::NoticePassed {
            since: deadline
        })))
    );
    studio.change(booked[2], cancel_at(deadline), Taking::Online(online())).unwrap();

    assert_eq!(booked.iter().filter(|id| studio.appointments[id].is_cancelled()).count(), 1);
    assert_eq!(days::<5>().map(|it| studio.free(it)), [8, 8, 9, 8, 8]);
}

#[test]
fn s_31_fewer_spots_and_moves_leave_the_sibling_alone() {
    let (mut studio, [tuesday, thursday]) = two_booked();
    let sibling = (studio.appointments[&thursday].clone(), studio.schedule[&THURSDAY].clone());

    let change = by_client(until(hours(1)), monday());
    studio.change(tuesday, reschedule(NEXT_TUESDAY, change), Taking::Online(online())).unwrap();
    studio.change(tuesday, AppointmentCommand::Cancel(change), Taking::Online(online())).unwrap();

    assert_eq!((studio.appointments[&thursday].clone(), studio.schedule[&THURSDAY].clone()), sibling);
    assert_eq!([TUESDAY, NEXT_TUESDAY].map(|it| studio.free(it)), [9, 9]);
}

fn decided(appointment: &Appointment, command: AppointmentCommand) -> Result<(), AppointmentRefusal> {
    appointment.decide(command).map(|_| ())
}

fn book(activity: ActivityId, n: u32) -> AppointmentCommand {
    AppointmentCommand::Book {
        cart: CART,
        link: LINK,
        client: ANN,
        place: place(activity),
        spots: spots(n),
        entitlement: no_membership_needed(),
    }
}
