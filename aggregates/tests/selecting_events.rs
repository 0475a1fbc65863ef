//! Selecting events in the widget.

use aggregates::cart::{BookingCart, CartCommand, CartEvent, CartRefusal, CartTerms, Line, Pick};
use aggregates::ids::{ActivityId, LinkId};
use aggregates::obstacle::Obstacle;
use aggregates::spec::given;
use aggregates::values::MaxEvents;
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn a_visit_opens_a_cart() {
    given::<BookingCart>([]).when(CartCommand::OpenCart { link: LINK, at: monday() }).then([opened()]);
}

#[test]
fn nothing_is_selected_in_a_cart_that_was_never_opened() {
    given::<BookingCart>([]).when(select(&[TUESDAY])).then_refused(CartRefusal::NotOpened);
}

#[test]
fn s_19_a_ticked_box_selects_with_one_spot() {
    given::<BookingCart>([opened()]).when(select(&[TUESDAY])).then([selected(&[TUESDAY])]);
}

#[test]
fn s_19_a_cleared_box_unselects_that_date_only() {
    given::<BookingCart>([opened(), selected(&[TUESDAY, THURSDAY])])
        .when(select(&[THURSDAY]))
        .then([selected(&[THURSDAY])]);
}

#[test]
fn s_25_the_first_picked_event_can_be_cleared_too() {
    given::<BookingCart>([opened(), selected(&[TUESDAY]), selected(&[TUESDAY, THURSDAY])])
        .when(select(&[THURSDAY]))
        .then([selected(&[THURSDAY])]);
}

#[test]
fn s_25_everything_can_be_cleared() {
    given::<BookingCart>([opened(), selected(&[TUESDAY])]).when(select(&[])).then([selected(&[])]);
}

#[test]
fn s_24_reopening_the_selection_and_sending_it_unchanged_changes_nothing() {
    given::<BookingCart>([opened(), selected_with(&[(TUESDAY, 2), (THURSDAY, 1)])])
        .when(select(&[TUESDAY, THURSDAY]))
        .then_nothing();
}

#[test]
fn s_03_a_selection_spans_weeks_and_weekdays() {
    let dates = [TUESDAY, THURSDAY, NEXT_TUESDAY, NEXT_THURSDAY, day(14), day(16)];

    given::<BookingCart>([opened()]).when(select(&dates)).then([selected(&dates)]);
}

#[test]
fn s_04_events_of_two_team_members_are_refused() {
    let both = candidates_but(&[TUESDAY, THURSDAY], THURSDAY, |it| it.vacancy.plan.team_member_id = MARCO);

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, THURSDAY], terms(), both))
        .then_refused(CartRefusal::DifferentTeamMembers);
}

#[test]
fn s_04_events_of_two_services_are_refused() {
    let both = candidates_but(&[TUESDAY, THURSDAY], THURSDAY, |it| it.vacancy.plan.service_id = PILATES);

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, THURSDAY], terms(), both))
        .then_refused(CartRefusal::DifferentServices);
}

#[test]
fn e_03_the_last_of_the_selection_is_checked_like_the_first() {
    let all = days::<10>();
    let with_marco = candidates_but(&all, day(9), |it| it.vacancy.plan.team_member_id = MARCO);
    let full = candidates_but(&all, day(9), |it| it.vacancy.taken = 9);

    given::<BookingCart>([opened()])
        .when(select_from(&all, terms(), with_marco))
        .then_refused(CartRefusal::DifferentTeamMembers);
    given::<BookingCart>([opened()])
        .when(select_from(&all, terms(), full))
        .then_refused(refused(&[(day(9), Obstacle::NotEnoughSpots { asked: spots(1), left: 0 })]));
}

#[test]
fn s_14_one_event_with_another_team_member_is_a_booking_of_its_own() {
    let with_marco = candidates_but(&[TUESDAY], TUESDAY, |it| it.vacancy.plan.team_member_id = MARCO);

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY], terms(), with_marco))
        .then([selected(&[TUESDAY])]);
    assert_eq!(
        CartRefusal::DifferentTeamMembers.to_string(),
        "all events in one booking are run by the same team member"
    );
}

#[test]
fn s_05_ten_events_fit_and_an_eleventh_does_not() {
    given::<BookingCart>([opened()]).when(select(&days::<10>())).then([selected(&days::<10>())]);
    given::<BookingCart>([opened()])
        .when(select(&days::<11>()))
        .then_refused(CartRefusal::TooManyEvents { max: MaxEvents::MAX });
}

#[test]
fn s_12_while_multiple_event_booking_is_off_one_event_fits() {
    let off = CartTerms { max_events: MaxEvents::MIN, ..terms() };

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, THURSDAY], off, candidates(&[TUESDAY, THURSDAY])))
        .then_refused(CartRefusal::TooManyEvents { max: number(1) });
}

#[test]
fn s_13_a_04_the_limit_of_the_link_counts_the_first_event() {
    let three = CartTerms { max_events: number(3), ..terms() };
    let decide = |dates: &[_]| {
        given::<BookingCart>([opened()]).when(select_from(dates, three, candidates(dates))).0.map(|_| ())
    };

    assert_eq!(decide(&days::<3>()), Ok(()));
    assert_eq!(decide(&days::<4>()), Err(CartRefusal::TooManyEvents { max: number(3) }));
}

#[test]
fn a_box_sent_twice_counts_once() {
    let one = CartTerms { max_events: MaxEvents::MIN, ..terms() };

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, TUESDAY], one, candidates(&[TUESDAY])))
        .then([shown_with(&[TUESDAY], &one)]);
}

#[test]
fn s_09_while_the_branch_takes_prepayment_one_event_fits() {
    let prepaid = CartTerms { prepayment: true, ..terms() };

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, THURSDAY], prepaid, candidates(&[TUESDAY, THURSDAY])))
        .then_refused(CartRefusal::PrepaymentEnabled);
    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY], prepaid, candidates(&[TUESDAY])))
        .then([shown_with(&[TUESDAY], &prepaid)]);
}

#[test]
fn s_10_while_the_branch_takes_prepayment_the_limit_shown_is_one() {
    assert_eq!(CartTerms { prepayment: true, ..terms() }.limit(), MaxEvents::MIN);
    assert_eq!(CartTerms { max_events: number(4), ..terms() }.limit(), number(4));
}

#[test]
fn a_01_an_event_with_required_prepayment_is_booked_alone() {
    let prepaid = candidates_but(&[TUESDAY, THURSDAY], THURSDAY, |it| it.prepayment_required = true);

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, THURSDAY], terms(), prepaid.clone()))
        .then_refused(CartRefusal::PrepaymentRequired);
    given::<BookingCart>([opened()])
        .when(select_from(&[THURSDAY], terms(), prepaid))
        .then([selected(&[THURSDAY])]);
}

#[test]
fn every_new_event_that_cannot_be_booked_is_named_with_its_reason() {
    let mut some = candidates(&[TUESDAY, THURSDAY, NEXT_TUESDAY]);
    some.get_mut(&TUESDAY).unwrap().vacancy.taken = 9;
    some.get_mut(&NEXT_TUESDAY).unwrap().vacancy.plan.open = false;

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, THURSDAY, NEXT_TUESDAY], terms(), some))
        .then_refused(refused(&[
            (TUESDAY, Obstacle::NotEnoughSpots { asked: spots(1), left: 0 }),
            (NEXT_TUESDAY, Obstacle::BookingClosed),
        ]));
}

#[test]
fn an_event_that_nobody_knows_is_not_offered() {
    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY, day(99)], terms(), candidates(&[TUESDAY])))
        .then_refused(refused(&[(day(99), Obstacle::NotOffered)]));
}

#[test]
fn a_21_a_selected_event_that_filled_up_or_closed_stays_until_it_is_cleared() {
    let mut now = candidates(&[TUESDAY, THURSDAY, NEXT_TUESDAY]);
    now.get_mut(&TUESDAY).unwrap().vacancy.taken = 9;
    now.get_mut(&THURSDAY).unwrap().vacancy.plan.open = false;
    let cart = || given::<BookingCart>([opened(), selected_with(&[(TUESDAY, 3), (THURSDAY, 1)])]);

    cart().when(select_from(&[TUESDAY, THURSDAY, NEXT_TUESDAY], terms(), now.clone())).then([marked(
        selected_with(&[(TUESDAY, 3), (THURSDAY, 1), (NEXT_TUESDAY, 1)]),
        &[TUESDAY, THURSDAY],
    )]);
    cart()
        .when(select_from(&[NEXT_TUESDAY], terms(), now.clone()))
        .then([selected_with(&[(NEXT_TUESDAY, 1)])]);
    let picks = vec![Pick { activity: TUESDAY, spots: Some(spots(2)) }];
    cart()
        .when(CartCommand::SelectEvents { picks, terms: terms(), candidates: now })
        .then_refused(refused(&[(TUESDAY, Obstacle::NotEnoughSpots { asked: spots(2), left: 0 })]));
}

/// The selection, with these events marked as not bookable any more.
fn marked(selection: CartEvent, unbookable: &[ActivityId]) -> CartEvent {
    let CartEvent::SelectionMade(mut fact) = selection else { return selection };
    fact.shown.unbookable.extend(unbookable);
    fact.into()
}

#[test]
fn a_selection_shown_on_other_terms_is_recorded_anew() {
    let five = CartTerms { max_events: number(5), ..terms() };

    given::<BookingCart>([opened(), selected(&[TUESDAY])])
        .when(select_from(&[TUESDAY], five, candidates(&[TUESDAY])))
        .then([shown_with(&[TUESDAY], &five)]);
}

#[test]
fn nothing_is_selected_through_a_closed_link() {
    let closed = CartTerms { active: false, ..terms() };

    given::<BookingCart>([opened()])
        .when(select_from(&[TUESDAY], closed, candidates(&[TUESDAY])))
        .then_refused(CartRefusal::LinkClosed);
}

#[test]
fn a_cart_can_be_edited_for_exactly_24_hours() {
    let at = |span| CartTerms { at: monday() + span, ..terms() };
    let edit = |terms| {
        let cart = given::<BookingCart>([opened()]);
        cart.when(select_from(&[NEXT_TUESDAY], terms, candidates(&[NEXT_TUESDAY]))).0.map(|_| ())
    };

    assert_eq!(edit(at(TimeDelta::hours(24))), Ok(()));
    assert_eq!(edit(at(TimeDelta::hours(24) + TimeDelta::seconds(1))), Err(CartRefusal::Expired));
}

#[test]
fn a_cart_takes_a_hundred_edits() {
    let edits = |n: usize| {
        [opened()].into_iter().chain((0..n).map(|n| selected(&[if n % 2 == 0 { TUESDAY } else { THURSDAY }])))
    };

    given::<BookingCart>(edits(99)).when(select(&[])).then([selected(&[])]);
    given::<BookingCart>(edits(100)).when(select(&[])).then_refused(CartRefusal::TooManyEdits);
    given::<BookingCart>(edits(100)).when(set_spots(THURSDAY, 2)).then_refused(CartRefusal::TooManyEdits);
    given::<BookingCart>(edits(100)).when(select(&[THURSDAY])).then_nothing();
}

#[test]
fn opening_a_cart_again_changes_nothing() {
    given::<BookingCart>([opened(), selected(&[TUESDAY])])
        .when(CartCommand::OpenCart { link: LINK, at: monday() + TimeDelta::hours(1) })
        .then_nothing();
}

#[test]
fn a_cart_belongs_to_one_link() {
    let other = LinkId(uuid::Uuid::from_u128(77));

    given::<BookingCart>([opened()])
        .when(CartCommand::OpenCart { link: other, at: monday() })
        .then_refused(CartRefusal::NotConfirmed);
}

#[test]
fn e_17_an_abandoned_cart_costs_no_capacity() {
    let mut studio = Studio::open();

    studio.select(&[Pick { activity: TUESDAY, spots: Some(spots(1)) }, pick(THURSDAY)]).unwrap();
    studio.next_client(BEN);

    assert_eq!([TUESDAY, THURSDAY].map(|it| studio.free(it)), [9, 9]);
}

#[test]
fn a_cart_knows_its_link_and_what_is_selected() {
    let cart = given::<BookingCart>([opened(), selected_with(&[(THURSDAY, 2), (TUESDAY, 1)])]).0;

    assert_eq!(cart.link(), Some(LINK));
    assert_eq!(cart.selected().collect::<Vec<_>>(), [(TUESDAY, spots(1)), (THURSDAY, spots(2))]);
    assert_eq!(BookingCart::default().link(), None);
    assert_eq!(BookingCart::default().selected().count(), 0);
}

fn shown_with(activities: &[ActivityId], terms: &CartTerms) -> CartEvent {
    let line = |id: &_| Line { activity_id: *id, spots: spots(1) };
    shown(activities.iter().map(line).collect(), terms)
}

fn refused(of: &[(ActivityId, Obstacle)]) -> CartRefusal {
    CartRefusal::ItemsRefused(items(of))
}
