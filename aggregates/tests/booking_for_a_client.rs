//! Staff book for a client at the desk: the same booking, on terms of their own.

use aggregates::Decider;
use aggregates::activity::{Activity, ActivityRefusal};
use aggregates::cart::{
    BookingCart, Candidate, CartCommand, CartConfirmed, CartRefusal, CartTerms, ConfirmedLine, Mode, Seen,
};
use aggregates::confirmation::{Booker, Booking};
use aggregates::obstacle::Obstacle;

use crate::people::*;

#[test]
fn j3_staff_are_not_bound_by_what_a_link_asks_of_visitors() {
    let terms = CartTerms::at_desk(monday());

    assert_eq!(terms.unanswered(None, false, false), []);
    assert!(terms.active && terms.limit().get() == 10);
}

#[test]
fn a_20_a_full_event_is_selected_at_the_desk_only_on_purpose() {
    let full = Activity::after(&[scheduled(yoga_with(1)), taken(appointment(9), BEN, 1)]);
    let vacancy = *full.vacancy().unwrap();
    let select = |force| CartCommand::SelectEvents {
        picks: vec![pick(TUESDAY)],
        terms: CartTerms::at_desk(monday()),
        candidates: [(TUESDAY, Candidate::at_desk(vacancy, force))].into(),
    };
    let cart = BookingCart::after(&[opened()]);

    let refused = Obstacle::NotEnoughSpots { asked: spots(1), left: 0 };
    assert_eq!(
        cart.decide(select(false)),
        Err(CartRefusal::ItemsRefused(items(&[(TUESDAY, refused.clone())])))
    );
    assert!(cart.decide(select(true)).is_ok());

    for (force, answer) in [(false, Some(refused)), (true, None)] {
        let item = at_desk(Booker::Staff { force }, &full);
        let said = full.decide(item).err();
        assert_eq!(said, answer.map(ActivityRefusal::Obstacle));
    }
}

fn at_desk(booker: Booker, activity: &Activity) -> aggregates::activity::ActivityCommand {
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
        booker,
    };
    let line = ConfirmedLine { activity_id: TUESDAY, appointment_id: appointment(1), spots: spots(1) };
    booking.item(&line, activity).unwrap().take
}
