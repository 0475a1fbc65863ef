//! One confirmation, several appointments: what the policy makes of a confirmed cart.

use aggregates::Decider;
use aggregates::activity::{Activity, ActivityCommand};
use aggregates::booking_link::{Kind, LinkSetUp};
use aggregates::branch::{BranchEvent, Rules, RulesSet};
use aggregates::cart::{BookingCart, CartConfirmed, CartRefusal, ConfirmedLine, Mode, Pick, Seen};
use aggregates::confirmation::{Booker, Booking};
use aggregates::ids::AppointmentId;
use aggregates::obstacle::Obstacle;
use aggregates::values::MultipleSpots;
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn s_01_one_confirmation_creates_ten_appointments() {
    let mut studio = Studio::open();
    studio.select(&days::<10>().map(pick)).unwrap();

    let booked = studio.confirm().unwrap();

    assert_eq!(booked, days::<10>().map(|it| AppointmentId::derive(CART, it)));
    for (id, activity) in booked.iter().zip(days::<10>()) {
        let booking = studio.appointments[id].booking().unwrap();
        assert_eq!((booking.cart, booking.link, booking.client), (CART, LINK, ANN));
        assert_eq!((booking.place, booking.spots), (place(activity), spots(1)));
        assert_eq!(studio.free(activity), 8);
    }
}

#[test]
fn e_22_each_appointment_takes_its_own_number_of_spots() {
    let mut studio = up_to_five_spots();
    let ask = |activity, n| Pick { activity, spots: Some(spots(n)) };
    studio.select(&[ask(TUESDAY, 2), ask(THURSDAY, 5), ask(NEXT_TUESDAY, 1)]).unwrap();

    let booked = studio.confirm().unwrap();

    assert_eq!([TUESDAY, THURSDAY, NEXT_TUESDAY].map(|it| studio.free(it)), [7, 4, 8]);
    let held = booked.iter().map(|id| studio.appointments[id].booking().unwrap().spots);
    assert_eq!(held.collect::<Vec<_>>(), [2, 5, 1].map(spots));
}

#[test]
fn a_10_e_04_if_one_is_full_nothing_is_booked_and_every_reason_is_named() {
    let mut studio = Studio::open();
    studio.select(&[TUESDAY, THURSDAY, NEXT_TUESDAY].map(pick)).unwrap();
    fill(&mut studio, THURSDAY);
    studio.change_event(NEXT_TUESDAY, ActivityCommand::SetOpen(false)).unwrap();
    let before = studio.clone();

    let answer = studio.confirm();

    assert_eq!(
        answer,
        Err(Refused::Items(items(&[
            (THURSDAY, Obstacle::NotEnoughSpots { asked: spots(1), left: 0 }),
            (NEXT_TUESDAY, Obstacle::BookingClosed),
        ])))
    );
    assert_eq!(studio, before);
}

#[test]
fn a_10_best_effort_books_what_can_be_booked_and_records_the_rest() {
    let mut studio = Studio::open();
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();
    fill(&mut studio, THURSDAY);

    let booked = studio.confirm_as(Mode::BestEffort).unwrap();

    assert_eq!(booked, [AppointmentId::derive(CART, TUESDAY)]);
    assert_eq!(studio.appointments.len(), 1);
    let BookingCart::Confirmed(cart) = &studio.cart else { panic!("the cart is confirmed") };
    assert_eq!(cart.refused, items(&[(THURSDAY, Obstacle::NotEnoughSpots { asked: spots(1), left: 0 })]));
}

#[test]
fn a_10_best_effort_that_books_nothing_leaves_the_cart_open() {
    let mut studio = Studio::open();
    studio.select(&[THURSDAY].map(pick)).unwrap();
    fill(&mut studio, THURSDAY);

    assert!(studio.confirm_as(Mode::BestEffort).is_err());
    assert!(matches!(studio.cart, BookingCart::Open(_)));
}

#[test]
fn a_15_a_client_who_has_one_of_the_events_is_told_so() {
    let mut studio = Studio::open();
    studio.select(&[THURSDAY].map(pick)).unwrap();
    studio.confirm().unwrap();
    studio.next_client(ANN);
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();

    assert_eq!(studio.confirm(), Err(Refused::Items(items(&[(THURSDAY, Obstacle::AlreadyBooked)]))));
}

#[test]
fn e_19_prepayment_switched_on_between_page_and_confirm_is_refused() {
    let mut studio = Studio::open();
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();
    let rules = Rules { prepayment: true, ..Rules::default() };
    studio.branch = studio.branch.evolve(&BranchEvent::from(RulesSet { rules }));

    assert_eq!(studio.confirm(), Err(Refused::Cart(CartRefusal::PrepaymentEnabled)));
}

#[test]
fn e_19_a_limit_lowered_between_page_and_confirm_is_refused() {
    let mut studio = Studio::open();
    studio.select(&[TUESDAY, THURSDAY, NEXT_TUESDAY].map(pick)).unwrap();
    studio.link = studio.link.evolve(&LinkSetUp { settings: settings_up_to(2), consent_version: 0 }.into());

    assert_eq!(studio.confirm(), Err(Refused::Cart(CartRefusal::TooManyEvents { max: number(2) })));
}

#[test]
fn s_42_the_limit_of_spots_is_judged_again_at_the_confirmation() {
    let mut studio = up_to_five_spots();
    studio.select(&[Pick { activity: TUESDAY, spots: Some(spots(5)) }, pick(THURSDAY)]).unwrap();
    let rules = Rules { multiple_spots: MultipleSpots::UpTo(number(4)), ..Rules::default() };
    studio.branch = studio.branch.evolve(&BranchEvent::from(RulesSet { rules }));

    assert_eq!(
        studio.confirm(),
        Err(Refused::Items(items(&[(TUESDAY, Obstacle::TooManySpots { max: spots(4) })])))
    );
}

#[test]
fn e_19_an_event_moved_started_or_cancelled_between_page_and_confirm_is_refused() {
    let later = start_of(THURSDAY) + TimeDelta::hours(1);
    let moved = ActivityCommand::Move { starts_at: later, duration: number(60) };
    for (change, at, obstacle) in [
        (Some(moved), monday(), Obstacle::ActivityMoved { was: start_of(THURSDAY), is: later }),
        (Some(ActivityCommand::Cancel), monday(), Obstacle::ActivityCancelled),
        (Some(ActivityCommand::SetOpen(false)), monday(), Obstacle::BookingClosed),
        (None, start_of(THURSDAY), Obstacle::AlreadyStarted),
    ] {
        let mut studio = Studio::open();
        studio.at = start_of(THURSDAY) - TimeDelta::hours(2);
        studio.select(&[THURSDAY, NEXT_TUESDAY].map(pick)).unwrap();
        if let Some(change) = change {
            studio.change_event(THURSDAY, change).unwrap();
        }
        studio.at = studio.at.max(at);

        assert_eq!(studio.confirm(), Err(Refused::Items(items(&[(THURSDAY, obstacle)]))));
    }
}

#[test]
fn a_line_of_an_event_that_was_never_scheduled_books_nothing() {
    let confirmed = CartConfirmed {
        client_id: ANN,
        lines: vec![],
        mode: Mode::AllOrNothing,
        with_membership: false,
        consent_version: None,
        confirmed_at: monday(),
    };
    let studio = Studio::open();
    let booking = Booking {
        cart: CART,
        link_id: LINK,
        confirmed: &confirmed,
        branch: &studio.branch,
        link: studio.link.settled().unwrap(),
        membership: &studio.membership,
        seen: &Seen::default(),
        booker: Booker::Client,
    };
    let line = ConfirmedLine { activity_id: TUESDAY, appointment_id: appointment(1), spots: spots(1) };

    assert!(booking.item(&line, &Activity::default()).is_none());
    assert!(booking.item(&line, &studio.schedule[&TUESDAY]).is_some());
}

#[test]
fn a_mixed_link_books_events_like_a_group_link() {
    let mut studio = Studio::with(Kind::Mixed, settings_up_to(3), Rules::default(), service("Yoga"));
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();

    assert_eq!(studio.confirm().unwrap().len(), 2);
}

fn up_to_five_spots() -> Studio {
    let rules = Rules { multiple_spots: MultipleSpots::UpTo(number(5)), ..Rules::default() };
    Studio::with(Kind::Group, settings_up_to(10), rules, service("Yoga"))
}
