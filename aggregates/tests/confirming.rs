//! Confirming a cart: every rule is judged again, and one fact takes it all.

use std::collections::BTreeMap;

use aggregates::activity::{Online, Taking};
use aggregates::cart::{
    BookingCart, Candidate, CartCommand, CartConfirmed, CartEvent, CartRefusal, CartTerms, Changed,
    Confirmation, ItemsRefused, Line, Mode, OpenCart, Seen, Value,
};

use aggregates::obstacle::Obstacle;
use aggregates::spec::given;
use aggregates::values::MaxEvents;
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn s_01_one_confirmation_takes_every_event_of_the_cart() {
    cart_with(&days::<10>())
        .when(confirm(confirmation(&days::<10>())))
        .then([confirmed(&days::<10>().map(|it| (it, 1)))]);
}

#[test]
fn e_22_each_event_is_confirmed_with_its_own_spots() {
    given::<BookingCart>([opened(), selected_with(&[(TUESDAY, 2), (THURSDAY, 3)])])
        .when(confirm(confirmation(&[TUESDAY, THURSDAY])))
        .then([confirmed(&[(TUESDAY, 2), (THURSDAY, 3)])]);
}

#[test]
fn confirmed_events_are_ordered_by_their_start() {
    let moved = candidates_but(&[TUESDAY, THURSDAY, day(1)], TUESDAY, |it| {
        it.vacancy.plan.starts_at = start_of(NEXT_TUESDAY);
    });
    let asked = Confirmation { candidates: moved, ..confirmation(&[]) };

    cart_with(&[TUESDAY, THURSDAY, day(1)]).when(confirm(asked)).then([confirmed(&[
        (day(1), 1),
        (THURSDAY, 1),
        (TUESDAY, 1),
    ])]);
}

#[test]
fn s_25_with_nothing_selected_there_is_nothing_to_confirm() {
    let cleared = given::<BookingCart>([opened(), selected(&[TUESDAY]), selected(&[])]);

    given::<BookingCart>([opened()])
        .when(confirm(confirmation(&[])))
        .then_refused(CartRefusal::NothingSelected);
    cleared.when(confirm(confirmation(&[]))).then_refused(CartRefusal::NothingSelected);
    assert_eq!(CartRefusal::NothingSelected.to_string(), "no event is selected");
}

#[test]
fn a_cart_that_was_never_opened_is_not_confirmed() {
    given::<BookingCart>([]).when(confirm(confirmation(&[TUESDAY]))).then_refused(CartRefusal::NotOpened);
}

#[test]
fn a_23_a_confirmed_cart_answers_nothing_but_that_it_is_confirmed() {
    let cart = || given::<BookingCart>([opened(), selected(&[TUESDAY]), confirmed(&[(TUESDAY, 1)])]);
    let open = CartCommand::OpenCart { link: LINK, at: monday() };

    for command in [confirm(confirmation(&[TUESDAY])), select(&[THURSDAY]), set_spots(TUESDAY, 2), open] {
        cart().when(command).then_refused(CartRefusal::AlreadyConfirmed);
    }
    assert_eq!(cart().0.link(), Some(LINK));
    assert_eq!(cart().0.selected().count(), 0);
}

#[test]
fn e_19_a_14_the_settings_of_the_moment_are_what_counts() {
    let two = [TUESDAY, THURSDAY];
    let judged = |terms| {
        let asked = Confirmation { terms, ..confirmation(&two) };
        cart_with(&two).when(confirm(asked)).0.map(|_| ()).unwrap_err()
    };

    assert_eq!(judged(CartTerms { prepayment: true, ..terms() }), CartRefusal::PrepaymentEnabled);
    assert_eq!(
        judged(CartTerms { max_events: number(1), ..terms() }),
        CartRefusal::TooManyEvents { max: number(1) }
    );
    assert_eq!(judged(CartTerms { active: false, ..terms() }), CartRefusal::LinkClosed);
}

#[test]
fn e_19_a_14_the_events_of_the_moment_are_what_counts() {
    let judged = |change: fn(&mut Candidate)| {
        let candidates = candidates_but(&[TUESDAY, THURSDAY], THURSDAY, change);
        let asked = Confirmation { candidates, ..confirmation(&[]) };
        cart_with(&[TUESDAY, THURSDAY]).when(confirm(asked)).0.map(|_| ()).unwrap_err()
    };

    assert_eq!(
        judged(|it| it.vacancy.plan.team_member_id = MARCO),
        CartRefusal::DifferentTeamMembers,
        "Marco stands in for Sofie"
    );
    assert_eq!(judged(|it| it.vacancy.plan.service_id = PILATES), CartRefusal::DifferentServices);
    assert_eq!(judged(|it| it.prepayment_required = true), CartRefusal::PrepaymentRequired);
}

#[test]
fn e_19_the_answer_can_name_what_changed_since_it_was_shown() {
    let three = [TUESDAY, THURSDAY, NEXT_TUESDAY];
    let was = CartTerms { consent_version: Some(1), ..terms() };
    let lines = three.map(|activity_id| Line { activity_id, spots: spots(1) });
    let cart = open_cart([opened(), shown(lines.into(), &was)]);
    let is = CartTerms { prepayment: true, max_events: number(2), consent_version: Some(2), ..terms() };
    let later = start_of(THURSDAY) + TimeDelta::hours(1);
    let moved = candidates_but(&three, THURSDAY, |it| it.vacancy.plan.starts_at = later);
    let [at_first, at_last] =
        [start_of(THURSDAY), later].map(|starts_at| Value::Start { activity: THURSDAY, starts_at });

    assert_eq!(
        cart.changed(None, &is, &moved),
        [
            changed(Value::MaxEvents(Some(number(10))), Value::MaxEvents(Some(number(2)))),
            changed(Value::Prepayment(false), Value::Prepayment(true)),
            changed(Value::ConsentVersion(Some(1)), Value::ConsentVersion(Some(2))),
            changed(at_first, at_last),
        ]
    );
    assert_eq!(cart.changed(None, &was, &candidates(&three)), []);
    assert_eq!(cart.changed(None, &was, &BTreeMap::new()), [], "an unknown event says nothing");
}

#[test]
fn e_19_a_consent_text_that_was_not_there_or_is_gone_has_changed() {
    let asking = CartTerms { consent_version: Some(1), ..terms() };
    let [none, first] = [None, Some(1)].map(Value::ConsentVersion);
    let line = || vec![Line { activity_id: TUESDAY, spots: spots(1) }];
    let there = candidates(&[TUESDAY]);

    let before = open_cart([opened(), shown(line(), &terms())]);
    assert_eq!(before.changed(None, &asking, &there), [changed(none, first)]);
    let after = open_cart([opened(), shown(line(), &asking)]);
    assert_eq!(after.changed(None, &terms(), &there), [changed(first, none)]);
}

#[test]
fn e_19_an_event_that_started_or_was_closed_meanwhile_has_changed_unless_it_was_marked_already() {
    let cart = open_cart([opened(), selected(&[TUESDAY, THURSDAY])]);
    let both = [TUESDAY, THURSDAY];
    let closed = changed(
        Value::Bookable { activity: THURSDAY, bookable: true },
        Value::Bookable { activity: THURSDAY, bookable: false },
    );
    let changes: [fn(&mut Candidate); 4] = [
        |it| it.vacancy.plan.open = false,
        |it| it.vacancy.cancelled = true,
        |it| it.vacancy.taken = it.vacancy.plan.capacity.into(),
        |it| it.taking = Taking::Online(Online { at: it.vacancy.plan.starts_at, ..online() }),
    ];

    for change in changes {
        let now = candidates_but(&both, THURSDAY, change);
        assert_eq!(cart.changed(None, &terms(), &now), vec![closed.clone()]);
        let marked = Seen::of(&terms(), both.iter(), &now);
        assert_eq!(cart.changed(Some(&marked), &terms(), &now), []);
        let again = cart.changed(Some(&marked), &terms(), &candidates(&both));
        assert_eq!(again, [changed(closed.is, closed.was)]);
    }
}

#[test]
fn e_19_what_a_page_showed_last_counts_more_than_the_last_edit() {
    let cart = open_cart([opened(), selected(&[TUESDAY])]);
    let two = CartTerms { max_events: number(2), ..terms() };
    let seen = Seen::of(&two, [TUESDAY].iter(), &candidates(&[TUESDAY]));

    assert_eq!(cart.changed(Some(&seen), &two, &candidates(&[TUESDAY])), []);
    assert_eq!(cart.changed(None, &two, &candidates(&[TUESDAY])).len(), 1);
}

#[test]
fn e_19_nothing_has_changed_for_a_client_who_was_shown_nothing() {
    let strict =
        CartTerms { prepayment: true, max_events: MaxEvents::MIN, consent_version: Some(3), ..terms() };

    assert_eq!(open_cart([opened()]).changed(None, &strict, &candidates(&[TUESDAY])), []);
}

#[test]
fn a_26_the_consent_that_was_given_must_be_to_the_present_text() {
    let terms = CartTerms { consent_version: Some(2), ..terms() };
    let agreed = |consent| {
        let asked = Confirmation { consent, terms, ..confirmation(&[TUESDAY]) };
        cart_with(&[TUESDAY]).when(confirm(asked))
    };

    agreed(None).then_refused(CartRefusal::ConsentMissing);
    agreed(Some(1)).then_refused(CartRefusal::ConsentChanged);
    let CartEvent::Confirmed(fact) = confirmed(&[(TUESDAY, 1)]) else { panic!("a confirmation") };
    agreed(Some(2)).then([CartConfirmed { consent_version: Some(2), ..fact }.into()]);
}

#[test]
fn a_26_an_e_mail_address_and_a_comment_are_asked_for_where_the_link_says_so() {
    let terms = CartTerms { email_required: true, comment_required: true, ..terms() };
    let given_with = |has_email, has_comment| {
        let asked = Confirmation { has_email, has_comment, terms, ..confirmation(&[TUESDAY]) };
        cart_with(&[TUESDAY]).when(confirm(asked))
    };

    given_with(false, true).then_refused(CartRefusal::EmailMissing);
    given_with(true, false).then_refused(CartRefusal::CommentMissing);
    given_with(true, true).then([confirmed(&[(TUESDAY, 1)])]);
}

#[test]
fn a_26_everything_that_is_missing_can_be_named_at_once() {
    let terms =
        CartTerms { email_required: true, comment_required: true, consent_version: Some(2), ..terms() };

    assert_eq!(
        terms.unanswered(None, false, false),
        [CartRefusal::ConsentMissing, CartRefusal::EmailMissing, CartRefusal::CommentMissing]
    );
    assert_eq!(terms.unanswered(Some(1), true, true), [CartRefusal::ConsentChanged]);
    assert_eq!(terms.unanswered(Some(2), true, true), []);
}

#[test]
fn what_the_client_chose_is_in_the_fact() {
    let asked = Confirmation {
        mode: Mode::BestEffort,
        with_membership: true,
        client: BEN,
        ..confirmation(&[TUESDAY])
    };
    let CartEvent::Confirmed(fact) = confirmed(&[(TUESDAY, 1)]) else { panic!("a confirmation") };

    cart_with(&[TUESDAY]).when(confirm(asked)).then([CartConfirmed {
        mode: Mode::BestEffort,
        with_membership: true,
        client_id: BEN,
        ..fact
    }
    .into()]);
}

#[test]
fn a_cart_can_be_confirmed_for_exactly_24_hours() {
    let at = |hours| {
        let terms = CartTerms { at: monday() + TimeDelta::hours(hours), ..terms() };
        let asked = Confirmation { terms, ..confirmation(&[NEXT_TUESDAY]) };
        cart_with(&[NEXT_TUESDAY]).when(confirm(asked)).0.map(|_| ())
    };

    assert_eq!(at(24), Ok(()));
    assert_eq!(at(25), Err(CartRefusal::Expired));
}

#[test]
fn a_10_what_best_effort_could_not_book_is_recorded_once() {
    let full = items(&[(THURSDAY, Obstacle::NotEnoughSpots { asked: spots(1), left: 0 })]);
    let fact = CartEvent::from(ItemsRefused { items: full.clone() });
    let history = [opened(), selected(&[TUESDAY, THURSDAY]), confirmed(&[(TUESDAY, 1), (THURSDAY, 1)])];

    given::<BookingCart>(history.clone())
        .when(CartCommand::RecordRefusals(full.clone()))
        .then([fact.clone()]);
    given::<BookingCart>(history.into_iter().chain([fact]))
        .when(CartCommand::RecordRefusals(full.clone()))
        .then_nothing();
    cart_with(&[TUESDAY]).when(CartCommand::RecordRefusals(full)).then_refused(CartRefusal::NotConfirmed);
}

fn open_cart(history: impl IntoIterator<Item = CartEvent>) -> OpenCart {
    match given(history).0 {
        BookingCart::Open(cart) => cart,
        other => panic!("{other:?} is not open"),
    }
}

fn changed(was: Value, is: Value) -> Changed {
    Changed { was, is }
}
