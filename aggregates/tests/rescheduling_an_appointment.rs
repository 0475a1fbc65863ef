//! Moving one appointment to another event.

use aggregates::Decider;
use aggregates::activity::{ActivityCommand, Holder, Taking};
use aggregates::appointment::{
    Appointment, AppointmentCancelled, AppointmentCommand, AppointmentEvent, AppointmentRefusal,
    AppointmentRescheduled, By, Change, Entitlement, Place,
};
use aggregates::branch::{Duplicates, MembershipBooking};
use aggregates::change_rules::ChangeRule;
use aggregates::obstacle::Obstacle;
use aggregates::rescheduling;
use aggregates::spec::given;
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn a_13_a_client_moves_to_another_event_of_the_same_service_and_team_member() {
    let to = |place| {
        let change = by_client(until(hours(24)), monday());
        let entitlement = no_membership_needed();
        given::<Appointment>([booked(TUESDAY)]).when(AppointmentCommand::Reschedule {
            to: place,
            change,
            entitlement,
        })
    };

    to(place(THURSDAY)).then([rescheduled(THURSDAY, By::Client)]);
    to(Place { team_member_id: MARCO, ..place(THURSDAY) })
        .then_refused(AppointmentRefusal::DifferentTeamMembers);
    to(Place { service_id: PILATES, ..place(THURSDAY) }).then_refused(AppointmentRefusal::DifferentServices);
    to(place(TUESDAY)).then_nothing();
}

#[test]
fn a_13_staff_move_an_appointment_to_any_event_of_the_branch() {
    let to = Place { team_member_id: MARCO, service_id: PILATES, ..place(THURSDAY) };
    let change = Change { by: By::Staff, at: monday(), rule: ChangeRule::default() };

    given::<Appointment>([booked(TUESDAY)])
        .when(AppointmentCommand::Reschedule { to, change, entitlement: no_membership_needed() })
        .then([
            AppointmentRescheduled { from: place(TUESDAY), to, membership_id: None, by: By::Staff }.into()
        ]);
}

#[test]
fn a_13_the_new_spots_are_taken_before_the_old_are_given_back() {
    let booking = given::<Appointment>([booked(TUESDAY)]).0.booking().unwrap().clone();
    let taking = Taking::Online(online());

    let follow = rescheduling::react(
        appointment(1),
        &booking,
        &rescheduled(THURSDAY, By::Client),
        taking,
        Duplicates::Refuse,
    );

    let [(first, take), (then, release)] = follow.as_slice() else { panic!("two commands, not {follow:?}") };
    assert_eq!((*first, *then), (THURSDAY, TUESDAY));
    assert!(matches!(
        take,
        ActivityCommand::TakeSpots { appointment: id, holder: Holder { client: ANN, spots: two }, .. }
            if *id == appointment(1) && *two == spots(2)
    ));
    assert!(matches!(release, ActivityCommand::ReleaseSpots(id) if *id == appointment(1)));
}

#[test]
fn a_13_a_full_event_is_not_moved_into_and_the_old_spots_are_kept() {
    let (mut studio, [tuesday, _]) = two_booked();
    fill(&mut studio, NEXT_TUESDAY);
    let before = studio.clone();

    let answer = studio.change(
        tuesday,
        reschedule(NEXT_TUESDAY, by_client(until(hours(1)), monday())),
        Taking::Online(online()),
    );

    let full = Obstacle::NotEnoughSpots { asked: spots(1), left: 0 };
    assert_eq!(answer, Err(Refused::Activity(full.into())));
    assert_eq!(studio, before);
}

#[test]
fn a_29_a_client_does_not_move_into_an_event_they_already_have() {
    let (mut studio, [tuesday, _]) = two_booked();

    let answer = studio.change(
        tuesday,
        reschedule(THURSDAY, by_client(until(hours(1)), monday())),
        Taking::Online(online()),
    );

    assert_eq!(answer, Err(Refused::Activity(Obstacle::AlreadyBooked.into())));
}

#[test]
fn a_29_membership_is_judged_again_for_the_new_date() {
    let to = |applying| {
        let entitlement = Entitlement { booking: MembershipBooking::Required, wanted: false, applying };
        let change = by_client(until(hours(1)), monday());
        given::<Appointment>([booked(TUESDAY)]).when(AppointmentCommand::Reschedule {
            to: place(THURSDAY),
            change,
            entitlement,
        })
    };

    to(None).then_refused(Obstacle::NoMembership.into());
    to(Some(TEN_VISITS)).then([AppointmentRescheduled {
        from: place(TUESDAY),
        to: place(THURSDAY),
        membership_id: Some(TEN_VISITS),
        by: By::Client,
    }
    .into()]);
}

#[test]
fn after_a_move_the_new_date_and_its_membership_count() {
    let moved = AppointmentRescheduled {
        from: place(TUESDAY),
        to: place(NEXT_TUESDAY),
        membership_id: Some(TEN_VISITS),
        by: By::Client,
    };
    let appointment = given::<Appointment>([booked(TUESDAY), moved.into()]);
    assert_eq!(appointment.0.booking().unwrap().place, place(NEXT_TUESDAY));
    assert_eq!(appointment.0.booking().unwrap().membership, Some(TEN_VISITS));

    let at = start_of(NEXT_TUESDAY) - TimeDelta::hours(24);
    appointment.when(AppointmentCommand::Cancel(by_client(until(hours(24)), at))).then([
        AppointmentCancelled { activity_id: NEXT_TUESDAY, by: By::Client, starts_at: start_of(NEXT_TUESDAY) }
            .into(),
    ]);
}

#[test]
fn what_the_studio_changed_itself_calls_for_no_spots() {
    let booking = given::<Appointment>([booked(TUESDAY)]).0.booking().unwrap().clone();
    let react = |fact: &AppointmentEvent| {
        let taking = Taking::Staff { force: false };
        let follow = rescheduling::react(appointment(1), &booking, fact, taking, Duplicates::Refuse);
        follow.into_iter().map(|(activity, _)| activity).collect::<Vec<_>>()
    };

    assert_eq!(react(&cancelled(By::Client)), [TUESDAY]);
    assert_eq!(react(&reduced(1, By::Client)), [TUESDAY]);
    assert_eq!(react(&booked(TUESDAY)), []);
}

#[test]
fn e_06_what_follows_from_a_move_is_harmless_when_repeated() {
    let (mut studio, [tuesday, _]) = two_booked();
    let change = by_client(until(hours(1)), monday());
    studio.change(tuesday, reschedule(NEXT_TUESDAY, change), Taking::Online(online())).unwrap();
    let booking = studio.appointments[&tuesday].booking().unwrap();
    let moved = rescheduled(NEXT_TUESDAY, By::Client);

    for (activity, command) in
        rescheduling::react(tuesday, booking, &moved, Taking::Online(online()), Duplicates::Refuse)
    {
        assert_eq!(studio.schedule[&activity].decide(command), Ok(vec![]));
    }
}
