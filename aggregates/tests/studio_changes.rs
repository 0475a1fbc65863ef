//! What the studio does to an event on the schedule, and what follows for the appointments in it.

use aggregates::activity::{
    Activity, ActivityCancelled, ActivityCommand, ActivityEvent, ActivityMoved, ActivityRefusal,
    BookingClosed, BookingOpened, CapacitySet, Plan, Taking, TeamMemberReplaced,
};
use aggregates::appointment::{
    Appointment, AppointmentCancelled, AppointmentCommand, AppointmentEvent, AppointmentMoved, By,
    TeamMemberReplaced as AppointmentTeamMemberReplaced,
};
use aggregates::ids::AppointmentId;
use aggregates::obstacle::Obstacle;
use aggregates::schedule_change::react;
use aggregates::spec::given;
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn an_event_is_scheduled_once() {
    let again = |plan| given::<Activity>([scheduled(yoga(TUESDAY))]).when(ActivityCommand::Schedule(plan));

    given::<Activity>([]).when(ActivityCommand::Schedule(yoga(TUESDAY))).then([scheduled(yoga(TUESDAY))]);
    again(yoga(TUESDAY)).then_nothing();
    again(yoga_with(3)).then_refused(ActivityRefusal::AlreadyScheduled);
}

#[test]
fn what_was_never_scheduled_is_not_changed() {
    given::<Activity>([]).when(ActivityCommand::Cancel).then_refused(ActivityRefusal::NotScheduled);
    assert_eq!(given::<Activity>([cancelled()]).0.vacancy(), None);
}

#[test]
fn an_event_changes_as_the_studio_says() {
    let later = start_of(TUESDAY) + TimeDelta::hours(1);
    for (command, fact, plan) in [
        (
            ActivityCommand::SetCapacity { capacity: number(12), force: false },
            CapacitySet { capacity: number(12) }.into(),
            yoga_with(12),
        ),
        (
            ActivityCommand::Move { starts_at: later, duration: number(90) },
            moved_by_an_hour(),
            Plan { starts_at: later, duration: number(90), ..yoga(TUESDAY) },
        ),
        (
            ActivityCommand::ReplaceTeamMember(MARCO),
            replaced_by_marco(),
            Plan { team_member_id: MARCO, ..yoga(TUESDAY) },
        ),
        (ActivityCommand::SetOpen(false), BookingClosed {}.into(), Plan { open: false, ..yoga(TUESDAY) }),
    ] {
        given::<Activity>([scheduled(yoga(TUESDAY))]).when(command.clone()).then([fact.clone()]);
        let after = given::<Activity>([scheduled(yoga(TUESDAY)), fact]);
        assert_eq!(after.0.vacancy().unwrap().plan, plan);
        after.when(command).then_nothing();
    }
}

#[test]
fn a_longer_event_is_a_move_too() {
    given::<Activity>([scheduled(yoga(TUESDAY))])
        .when(ActivityCommand::Move { starts_at: start_of(TUESDAY), duration: number(75) })
        .then([ActivityMoved { was: start_of(TUESDAY), starts_at: start_of(TUESDAY), duration: number(75) }
            .into()]);
}

#[test]
fn a_closed_event_is_opened_again() {
    let closed = [scheduled(yoga(TUESDAY)), BookingClosed {}.into()];

    given::<Activity>(closed.clone()).when(ActivityCommand::SetOpen(true)).then([BookingOpened {}.into()]);
    let reopened = given::<Activity>(closed.into_iter().chain([BookingOpened {}.into()]));
    assert!(reopened.0.vacancy().unwrap().plan.open);
}

#[test]
fn a_20_a_capacity_below_what_is_taken_needs_force() {
    let set = |to, force| {
        given::<Activity>([scheduled(yoga(TUESDAY)), taken(appointment(1), ANN, 4)])
            .when(ActivityCommand::SetCapacity { capacity: number(to), force })
    };

    set(4, false).then([CapacitySet { capacity: number(4) }.into()]);
    set(3, false).then_refused(ActivityRefusal::CapacityBelowTaken { taken: 4 });
    set(3, true).then([CapacitySet { capacity: number(3) }.into()]);
}

#[test]
fn a_cancelled_event_stays_cancelled_and_nobody_holds_its_spots() {
    let history = [scheduled(yoga(TUESDAY)), taken(appointment(1), ANN, 2), cancelled()];
    let event = || given::<Activity>(history.clone());

    event().when(ActivityCommand::Cancel).then_nothing();
    event().when(ActivityCommand::ReleaseSpots(appointment(1))).then_nothing();
    event().when(ActivityCommand::SetOpen(false)).then_refused(ActivityRefusal::Cancelled);
    event()
        .when(take(appointment(2), BEN, 1, Taking::Online(online())))
        .then_refused(Obstacle::ActivityCancelled.into());
    assert!(event().0.holders().is_empty());
    assert_eq!(event().0.vacancy().unwrap().free(), 9);
}

#[test]
fn e_20_a_19_when_an_event_is_cancelled_each_appointment_in_it_gets_its_own_fact() {
    let mut studio = Studio::open();
    let anns = book_two(&mut studio);
    studio.next_client(BEN);
    let bens = book_two(&mut studio);

    studio.change_event(TUESDAY, ActivityCommand::Cancel).unwrap();

    let cancelled = |id: AppointmentId| studio.appointments[&id].is_cancelled();
    assert_eq!(anns.map(cancelled), [true, false]);
    assert_eq!(bens.map(cancelled), [true, false]);
    assert_eq!(studio.free(THURSDAY), 7, "S-31: the other date is untouched");
}

#[test]
fn a_19_the_studio_cancels_an_appointment_whatever_the_clients_rule_says() {
    let command = only(&react(&with_ann(), &cancelled(), start_of(TUESDAY)));

    given::<Appointment>([booked(TUESDAY)]).when(command).then([AppointmentCancelled {
        activity_id: TUESDAY,
        by: By::Studio,
        starts_at: start_of(TUESDAY),
    }
    .into()]);
}

#[test]
fn a_19_when_an_event_is_moved_the_appointment_follows() {
    let command = only(&react(&with_ann(), &moved_by_an_hour(), monday()));
    let later = start_of(TUESDAY) + TimeDelta::hours(1);
    let follows = AppointmentEvent::from(AppointmentMoved {
        activity_id: TUESDAY,
        was: start_of(TUESDAY),
        starts_at: later,
        duration: number(90),
    });

    given::<Appointment>([booked(TUESDAY)]).when(command).then([follows.clone()]);
    let after = given::<Appointment>([booked(TUESDAY), follows]);
    let place = after.0.booking().unwrap().place;
    assert_eq!((place.starts_at, place.duration), (later, number(90)));
    after.when(command).then_nothing();
}

#[test]
fn a_19_an_appointment_follows_an_event_that_only_became_longer() {
    let longer = AppointmentCommand::FollowMove { starts_at: start_of(TUESDAY), duration: number(75) };

    given::<Appointment>([booked(TUESDAY)]).when(longer).then([AppointmentMoved {
        activity_id: TUESDAY,
        was: start_of(TUESDAY),
        starts_at: start_of(TUESDAY),
        duration: number(75),
    }
    .into()]);
}

#[test]
fn e_21_when_the_team_member_is_replaced_the_appointment_says_so() {
    let command = only(&react(&with_ann(), &replaced_by_marco(), monday()));
    let follows = AppointmentEvent::from(AppointmentTeamMemberReplaced {
        activity_id: TUESDAY,
        was: SOFIE,
        team_member_id: MARCO,
    });

    given::<Appointment>([booked(TUESDAY)]).when(command).then([follows.clone()]);
    let after = given::<Appointment>([booked(TUESDAY), follows]);
    assert_eq!(after.0.booking().unwrap().place.team_member_id, MARCO);
    after.when(command).then_nothing();
}

#[test]
fn e_21_only_the_event_with_the_new_team_member_is_touched() {
    let mut studio = Studio::open();
    let [tuesday, thursday] = book_two(&mut studio);

    studio.change_event(TUESDAY, ActivityCommand::ReplaceTeamMember(MARCO)).unwrap();

    let runs = |id: AppointmentId| studio.appointments[&id].booking().unwrap().place.team_member_id;
    assert_eq!([tuesday, thursday].map(runs), [MARCO, SOFIE]);
}

#[test]
fn what_does_not_concern_the_clients_calls_for_nothing() {
    for fact in [CapacitySet { capacity: number(3) }.into(), BookingClosed {}.into()] {
        assert!(react(&with_ann(), &fact, monday()).is_empty(), "{fact:?}");
    }
}

fn with_ann() -> Activity {
    given([scheduled(yoga(TUESDAY)), taken(appointment(1), ANN, 2)]).0
}

fn only(follow: &[(AppointmentId, AppointmentCommand)]) -> AppointmentCommand {
    let [(id, command)] = follow else { panic!("one command, not {follow:?}") };
    assert_eq!(*id, appointment(1));
    *command
}

fn book_two(studio: &mut Studio) -> [AppointmentId; 2] {
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();
    studio.confirm().unwrap().try_into().unwrap()
}

fn cancelled() -> ActivityEvent {
    ActivityCancelled {}.into()
}

fn moved_by_an_hour() -> ActivityEvent {
    let was = start_of(TUESDAY);
    ActivityMoved { was, starts_at: was + TimeDelta::hours(1), duration: number(90) }.into()
}

fn replaced_by_marco() -> ActivityEvent {
    TeamMemberReplaced { was: SOFIE, team_member_id: MARCO }.into()
}
