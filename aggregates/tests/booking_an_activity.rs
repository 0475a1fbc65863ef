//! Taking and giving back the spots of one event.

use aggregates::activity::{
    Activity, ActivityCancelled, ActivityCommand, ActivityEvent, ActivityRefusal, Holder, Online, Plan,
    SpotsKept, SpotsReleased, SpotsTaken, Taking,
};
use aggregates::branch::Duplicates;
use aggregates::obstacle::Obstacle;
use aggregates::spec::given;
use chrono::{DateTime, TimeDelta, Utc};

use crate::people::*;

#[test]
fn a_client_takes_the_spots_that_were_asked_for() {
    given::<Activity>([scheduled(yoga(TUESDAY))])
        .when(take(appointment(1), ANN, 3, Taking::Online(online())))
        .then([taken(appointment(1), ANN, 3)]);
}

#[test]
fn nobody_takes_spots_in_an_event_that_was_never_scheduled() {
    given::<Activity>([])
        .when(take(appointment(1), ANN, 1, Taking::Online(online())))
        .then_refused(ActivityRefusal::NotScheduled);
}

#[test]
fn e_01_of_two_clients_who_want_the_last_spot_one_wins() {
    given::<Activity>([scheduled(yoga_with(1)), taken(appointment(1), ANN, 1)])
        .when(take(appointment(2), BEN, 1, Taking::Online(online())))
        .then_refused(Obstacle::NotEnoughSpots { asked: spots(1), left: 0 }.into());
}

#[test]
fn e_02_more_spots_than_are_left_are_refused_although_one_is_left() {
    let with_one_left = || given::<Activity>([scheduled(yoga_with(4)), taken(appointment(1), ANN, 3)]);

    with_one_left()
        .when(take(appointment(2), BEN, 2, Taking::Online(online())))
        .then_refused(Obstacle::NotEnoughSpots { asked: spots(2), left: 1 }.into());
    with_one_left().when(take(appointment(2), BEN, 1, Taking::Online(online()))).then([taken(
        appointment(2),
        BEN,
        1,
    )]);
}

#[test]
fn e_06_asking_again_for_spots_that_are_held_takes_nothing_twice() {
    given::<Activity>([scheduled(yoga_with(2)), taken(appointment(1), ANN, 2)])
        .when(take(appointment(1), ANN, 2, Taking::Online(online())))
        .then_nothing();
}

#[test]
fn an_appointment_that_holds_spots_takes_no_others() {
    let holder = Holder { client: ANN, spots: spots(3) };
    let taking = Taking::Staff { force: true };
    let more = ActivityCommand::TakeSpots {
        appointment: appointment(1),
        holder,
        taking,
        duplicates: Duplicates::Allow,
    };

    given::<Activity>([scheduled(yoga(TUESDAY)), taken(appointment(1), ANN, 2)])
        .when(more)
        .then_refused(Obstacle::AlreadyBooked.into());
}

#[test]
fn a_15_the_same_client_books_an_event_twice_only_where_the_branch_allows_it() {
    let again = |duplicates| {
        let holder = Holder { client: ANN, spots: spots(1) };
        let taking = Taking::Online(online());
        let take = ActivityCommand::TakeSpots { appointment: appointment(2), holder, taking, duplicates };
        given::<Activity>([scheduled(yoga(TUESDAY)), taken(appointment(1), ANN, 1)]).when(take)
    };

    again(Duplicates::Refuse).then_refused(Obstacle::AlreadyBooked.into());
    again(Duplicates::Allow).then([taken(appointment(2), ANN, 1)]);
    assert_eq!(Duplicates::default(), Duplicates::Refuse);
}

#[test]
fn each_obstacle_of_a_link_stands_in_the_way() {
    let start = start_of(TUESDAY);
    let at = |at| Online { at, ..online() };
    let plan = yoga(TUESDAY);
    for (plan, terms, obstacle) in [
        (plan, at(start), Obstacle::AlreadyStarted),
        (Plan { open: false, ..plan }, online(), Obstacle::BookingClosed),
        (plan, Online { offered: false, ..online() }, Obstacle::NotOffered),
        (plan, Online { lead: hours(24), ..at(start - TimeDelta::hours(23)) }, Obstacle::TooSoon),
        (plan, Online { horizon: number(1), ..at(start - TimeDelta::hours(25)) }, Obstacle::TooFarAhead),
        (plan, Online { max_spots: spots(1), ..online() }, Obstacle::TooManySpots { max: spots(1) }),
        (
            plan,
            Online { seen_start: Some(start_of(THURSDAY)), ..online() },
            Obstacle::ActivityMoved { was: start_of(THURSDAY), is: start },
        ),
    ] {
        given::<Activity>([scheduled(plan)])
            .when(take(appointment(1), ANN, 2, Taking::Online(terms)))
            .then_refused(obstacle.into());
    }
}

#[test]
fn at_exactly_the_lead_and_at_exactly_the_horizon_an_event_is_bookable() {
    let start = start_of(TUESDAY);
    for terms in [
        Online { lead: hours(24), at: start - TimeDelta::hours(24), ..online() },
        Online { horizon: number(1), at: start - TimeDelta::hours(24), ..online() },
        Online { at: start - TimeDelta::seconds(1), ..online() },
        Online { seen_start: Some(start), ..online() },
        Online { max_spots: spots(2), ..online() },
    ] {
        given::<Activity>([scheduled(yoga(TUESDAY))])
            .when(take(appointment(1), ANN, 2, Taking::Online(terms)))
            .then([taken(appointment(1), ANN, 2)]);
    }
}

#[test]
fn staff_are_bound_by_capacity_but_not_by_the_link() {
    let started = Plan { open: false, starts_at: monday() - TimeDelta::hours(1), ..yoga_with(2) };
    let by_staff = Taking::Staff { force: false };

    given::<Activity>([scheduled(started)]).when(take(appointment(1), ANN, 2, by_staff)).then([taken(
        appointment(1),
        ANN,
        2,
    )]);
    given::<Activity>([scheduled(started)])
        .when(take(appointment(1), ANN, 3, by_staff))
        .then_refused(Obstacle::NotEnoughSpots { asked: spots(3), left: 2 }.into());
}

#[test]
fn a_20_staff_overbook_only_with_force_and_it_is_recorded() {
    let full = || given::<Activity>([scheduled(yoga_with(2)), taken(appointment(1), ANN, 2)]);
    let overbooked =
        SpotsTaken { appointment_id: appointment(2), client_id: BEN, spots: spots(1), overbooked: true };

    full()
        .when(take(appointment(2), BEN, 1, Taking::Staff { force: false }))
        .then_refused(Obstacle::NotEnoughSpots { asked: spots(1), left: 0 }.into());
    full().when(take(appointment(2), BEN, 1, Taking::Staff { force: true })).then([overbooked.into()]);
}

#[test]
fn a_20_force_without_need_is_not_recorded_as_overbooking() {
    given::<Activity>([scheduled(yoga_with(2))])
        .when(take(appointment(1), ANN, 2, Taking::Staff { force: true }))
        .then([taken(appointment(1), ANN, 2)]);
}

#[test]
fn a_20_free_spots_are_never_below_zero() {
    let crowded = given::<Activity>([scheduled(yoga_with(2)), taken(appointment(1), ANN, 5)]).0;

    let vacancy = crowded.vacancy().unwrap();

    assert_eq!((vacancy.free(), vacancy.taken), (0, 5));
}

#[test]
fn force_does_not_book_a_cancelled_event() {
    for force in [false, true] {
        given::<Activity>([scheduled(yoga(TUESDAY)), ActivityCancelled {}.into()])
            .when(take(appointment(1), ANN, 1, Taking::Staff { force }))
            .then_refused(Obstacle::ActivityCancelled.into());
    }
}

#[test]
fn spots_given_back_are_free_again() {
    let history = [scheduled(yoga_with(4)), taken(appointment(1), ANN, 3), taken(appointment(2), BEN, 1)];
    let released = ActivityEvent::from(SpotsReleased { appointment_id: appointment(1), spots: spots(3) });

    given::<Activity>(history.clone())
        .when(ActivityCommand::ReleaseSpots(appointment(1)))
        .then([released.clone()]);
    let after = given::<Activity>(history.into_iter().chain([released]));
    assert_eq!(after.0.vacancy().unwrap().free(), 3);
    assert_eq!(after.0.holders().keys().collect::<Vec<_>>(), [&appointment(2)]);
    after.when(ActivityCommand::ReleaseSpots(appointment(1))).then_nothing();
}

#[test]
fn a_28_an_appointment_keeps_fewer_spots_and_the_rest_is_free() {
    let history = [scheduled(yoga_with(4)), taken(appointment(1), ANN, 3)];
    let kept =
        ActivityEvent::from(SpotsKept { appointment_id: appointment(1), was: spots(3), spots: spots(1) });

    given::<Activity>(history.clone())
        .when(ActivityCommand::KeepSpots(appointment(1), spots(1)))
        .then([kept.clone()]);
    let after = given::<Activity>(history.into_iter().chain([kept]));
    assert_eq!(after.0.vacancy().unwrap().free(), 3);
    assert_eq!(after.0.holders()[&appointment(1)], Holder { client: ANN, spots: spots(1) });
    after.when(ActivityCommand::KeepSpots(appointment(1), spots(1))).then_nothing();
}

#[test]
fn an_appointment_never_keeps_more_spots_than_it_holds() {
    for (whose, keep) in [(1, 3), (1, 4), (2, 1)] {
        given::<Activity>([scheduled(yoga(TUESDAY)), taken(appointment(1), ANN, 3)])
            .when(ActivityCommand::KeepSpots(appointment(whose), spots(keep)))
            .then_nothing();
    }
}

#[test]
fn an_event_ends_after_its_duration() {
    let long = Plan { duration: number(90), ..yoga(TUESDAY) };

    assert_eq!(long.ends_at(), start_of(TUESDAY) + TimeDelta::minutes(90));
}

#[test]
fn a_start_at_the_ends_of_the_calendar_breaks_no_rule() {
    let [first, last] = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];

    assert_eq!(Plan { starts_at: last, ..yoga(TUESDAY) }.ends_at(), last);
    assert_eq!(until(hours(24)).deadline(first), Some(first));
    given::<Activity>([scheduled(Plan { starts_at: last, ..yoga(TUESDAY) })])
        .when(take(appointment(1), ANN, 1, Taking::Online(online())))
        .then_refused(Obstacle::TooFarAhead.into());
}
