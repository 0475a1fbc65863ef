//! A link may ask clients to prove their telephone number: once for a whole confirmation.

use aggregates::Decider;
use aggregates::booking_link::{BookingLink, Kind, LinkCreated, Settings};
use aggregates::branch::Rules;
use aggregates::cart::{CartRefusal, CartTerms, Confirmation};

use crate::people::*;

const THREE: [aggregates::ids::ActivityId; 3] = [TUESDAY, THURSDAY, NEXT_TUESDAY];

fn proving() -> CartTerms {
    CartTerms { phone_code: true, ..terms() }
}

#[test]
fn a_16_a_link_that_asks_for_it_books_only_for_who_proved_their_number_once_for_all_events() {
    let asked = |phone_proved| Confirmation { phone_proved, terms: proving(), ..confirmation(&THREE) };

    cart_with(&THREE).when(confirm(asked(false))).then_refused(CartRefusal::PhoneCodeNeeded);
    cart_with(&THREE).when(confirm(asked(true))).then([confirmed(&THREE.map(|id| (id, 1)))]);
}

#[test]
fn a_16_a_link_that_does_not_ask_books_for_everybody() {
    for phone_proved in [false, true] {
        let asked = Confirmation { phone_proved, ..confirmation(&THREE) };
        cart_with(&THREE).when(confirm(asked)).then([confirmed(&THREE.map(|id| (id, 1)))]);
    }
}

#[test]
fn a_16_a_code_is_asked_for_only_when_nothing_else_is_missing() {
    let judged = |terms| {
        let asked = Confirmation { terms, ..confirmation(&THREE) };
        cart_with(&THREE).when(confirm(asked)).0.map(|_| ()).unwrap_err()
    };

    let consent = CartTerms { consent_version: Some(1), ..proving() };
    assert_eq!(judged(consent), CartRefusal::ConsentMissing);
    assert_eq!(judged(CartTerms { email_required: true, ..proving() }), CartRefusal::EmailMissing);
    assert_eq!(judged(CartTerms { active: false, ..proving() }), CartRefusal::LinkClosed);
    assert_eq!(judged(CartTerms { prepayment: true, ..proving() }), CartRefusal::PrepaymentEnabled);
    assert_eq!(judged(proving()), CartRefusal::PhoneCodeNeeded);
}

#[test]
fn a_16_the_link_sets_the_terms_and_the_desk_is_not_bound_by_it() {
    for phone_code in [false, true] {
        let settings = Settings { phone_code, ..settings() };
        let created = LinkCreated { kind: Kind::Group, settings, consent_version: 0 };
        let link = BookingLink::after(&[created.into()]);

        assert_eq!(
            CartTerms::new(&Rules::default(), link.settled().unwrap(), monday()).phone_code,
            phone_code
        );
    }
    assert!(!CartTerms::at_desk(monday()).phone_code);
}
