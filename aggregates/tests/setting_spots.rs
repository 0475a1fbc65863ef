//! Setting the spots of an event in the cart: several people under one phone number.

use aggregates::activity::{Online, Taking};
use aggregates::cart::{
    BookingCart, Candidate, CartCommand, CartEvent, CartRefusal, CartTerms, Pick, SpotsSet,
};
use aggregates::ids::ActivityId;
use aggregates::obstacle::Obstacle;
use aggregates::spec::given;
use aggregates::values::{MultipleSpots, Spots};
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn s_22_the_number_of_spots_can_be_changed() {
    given::<BookingCart>([opened(), selected(&[TUESDAY])])
        .when(set_spots(TUESDAY, 3))
        .then([spots_set(TUESDAY, 3)]);
}

#[test]
fn setting_the_same_number_again_changes_nothing() {
    given::<BookingCart>([opened(), selected(&[TUESDAY]), spots_set(TUESDAY, 3)])
        .when(set_spots(TUESDAY, 3))
        .then_nothing();
}

#[test]
fn spots_are_set_for_selected_events_only() {
    given::<BookingCart>([opened(), selected(&[TUESDAY])])
        .when(set_spots(THURSDAY, 3))
        .then_refused(CartRefusal::NotSelected);
}

#[test]
fn a_14_on_a_closed_link_no_spots_are_set_not_even_those_that_are_set_already() {
    for spots in [1, 3] {
        let CartCommand::SetSpots { activity, spots, candidate, .. } = set_spots(TUESDAY, spots) else {
            panic!("spots are set")
        };
        let closed = CartTerms { active: false, ..terms() };
        given::<BookingCart>([opened(), selected(&[TUESDAY])])
            .when(CartCommand::SetSpots { activity, spots, candidate, terms: closed })
            .then_refused(CartRefusal::LinkClosed);
    }
}

#[test]
fn a_03_each_event_keeps_its_own_number_of_spots() {
    let cart = given::<BookingCart>([opened(), selected(&[TUESDAY, THURSDAY]), spots_set(THURSDAY, 4)]).0;

    assert_eq!(cart.selected().collect::<Vec<_>>(), [(TUESDAY, spots(1)), (THURSDAY, spots(4))]);
}

#[test]
fn e_22_one_selection_can_ask_for_different_spots_in_different_events() {
    let picks = vec![
        Pick { activity: TUESDAY, spots: Some(spots(2)) },
        Pick { activity: THURSDAY, spots: Some(spots(3)) },
        pick(NEXT_TUESDAY),
    ];

    given::<BookingCart>([opened()])
        .when(CartCommand::SelectEvents { picks, terms: terms(), candidates: candidates(&days::<8>()) })
        .then([selected_with(&[(TUESDAY, 2), (THURSDAY, 3), (NEXT_TUESDAY, 1)])]);
}

#[test]
fn an_event_keeps_its_spots_while_others_are_ticked() {
    given::<BookingCart>([opened(), selected_with(&[(TUESDAY, 3)])])
        .when(select(&[TUESDAY, THURSDAY]))
        .then([selected_with(&[(TUESDAY, 3), (THURSDAY, 1)])]);
}

#[test]
fn s_41_the_limit_of_events_does_not_limit_spots() {
    let one_event = CartTerms { max_events: number(1), ..terms() };
    let candidate = Box::new(candidate(yoga(TUESDAY)));

    given::<BookingCart>([opened(), selected(&[TUESDAY])])
        .when(CartCommand::SetSpots { activity: TUESDAY, spots: spots(9), terms: one_event, candidate })
        .then([spots_set(TUESDAY, 9)]);
}

#[test]
fn s_41_the_limit_of_spots_does_not_limit_events() {
    let one_spot = |it: ActivityId| (it, limited_to(Spots::ONE, it));
    let candidates = days::<10>().map(one_spot).into();

    given::<BookingCart>([opened()])
        .when(select_from(&days::<10>(), terms(), candidates))
        .then([selected(&days::<10>())]);
}

#[test]
fn s_42_spots_are_limited_by_the_journal_setting() {
    let set = |n, max| {
        let candidate = Box::new(limited_to(max, TUESDAY));
        let command = CartCommand::SetSpots { activity: TUESDAY, spots: spots(n), terms: terms(), candidate };
        given::<BookingCart>([opened(), selected(&[TUESDAY])]).when(command)
    };
    let off = MultipleSpots::Off.max_spots();
    let up_to_three = MultipleSpots::UpTo(number(3)).max_spots();

    set(2, off).then_refused(refused(Obstacle::TooManySpots { max: spots(1) }));
    set(3, up_to_three).then([spots_set(TUESDAY, 3)]);
    set(4, up_to_three).then_refused(refused(Obstacle::TooManySpots { max: spots(3) }));
}

#[test]
fn s_42_e_02_more_spots_than_are_free_are_refused() {
    let set = |n| {
        let mut candidate = candidate(yoga(TUESDAY));
        candidate.vacancy.taken = 7;
        let candidate = Box::new(candidate);
        let command = CartCommand::SetSpots { activity: TUESDAY, spots: spots(n), terms: terms(), candidate };
        given::<BookingCart>([opened(), selected(&[TUESDAY])]).when(command)
    };

    set(2).then([spots_set(TUESDAY, 2)]);
    set(3).then_refused(refused(Obstacle::NotEnoughSpots { asked: spots(3), left: 2 }));
}

#[test]
fn spots_are_not_set_after_the_cart_has_ended() {
    let late = CartTerms { at: monday() + TimeDelta::hours(25), ..terms() };
    let candidate = Box::new(candidate(yoga(TUESDAY)));

    given::<BookingCart>([opened(), selected(&[TUESDAY])])
        .when(CartCommand::SetSpots { activity: TUESDAY, spots: spots(2), terms: late, candidate })
        .then_refused(CartRefusal::Expired);
}

#[test]
fn setting_spots_counts_as_an_edit() {
    let edits = (0..99).map(|n| spots_set(TUESDAY, 1 + n % 2));

    given::<BookingCart>([opened(), selected(&[TUESDAY])].into_iter().chain(edits))
        .when(set_spots(TUESDAY, 3))
        .then_refused(CartRefusal::TooManyEdits);
}

fn limited_to(max_spots: Spots, activity: ActivityId) -> Candidate {
    Candidate { taking: Taking::Online(Online { max_spots, ..online() }), ..candidate(yoga(activity)) }
}

fn spots_set(activity: ActivityId, n: u32) -> CartEvent {
    SpotsSet { activity_id: activity, spots: spots(n) }.into()
}

fn refused(obstacle: Obstacle) -> CartRefusal {
    CartRefusal::ItemsRefused(items(&[(TUESDAY, obstacle)]))
}
