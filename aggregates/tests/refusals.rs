//! The stable codes that programs depend on.

use aggregates::cart::CartRefusal;
use aggregates::obstacle::Obstacle;
use aggregates::values::MaxEvents;

use crate::people::*;

#[test]
fn a_22_each_refusal_of_a_cart_has_its_code() {
    for (refusal, code) in [
        (CartRefusal::NotOpened, "not-found"),
        (CartRefusal::NotConfirmed, "not-confirmed"),
        (CartRefusal::DifferentTeamMembers, "different-team-members"),
        (CartRefusal::DifferentServices, "different-services"),
        (CartRefusal::TooManyEvents { max: MaxEvents::MAX }, "too-many-events"),
        (CartRefusal::PrepaymentEnabled, "prepayment-enabled"),
        (CartRefusal::PrepaymentRequired, "prepayment-required"),
        (CartRefusal::NotSelected, "not-selected"),
        (CartRefusal::NothingSelected, "nothing-selected"),
        (CartRefusal::AlreadyConfirmed, "already-confirmed"),
        (CartRefusal::Expired, "cart-expired"),
        (CartRefusal::TooManyEdits, "too-many-edits"),
        (CartRefusal::LinkClosed, "link-closed"),
        (CartRefusal::ConsentMissing, "consent-missing"),
        (CartRefusal::ConsentChanged, "consent-changed"),
        (CartRefusal::EmailMissing, "email-missing"),
        (CartRefusal::CommentMissing, "comment-missing"),
        (CartRefusal::PhoneCodeNeeded, "phone-code-needed"),
        (CartRefusal::ItemsRefused(vec![]), "items-refused"),
    ] {
        assert_eq!(refusal.code(), code);
    }
}

#[test]
fn a_22_each_obstacle_has_its_code_and_is_stored_under_it() {
    for (obstacle, code) in [
        (Obstacle::NotEnoughSpots { asked: spots(2), left: 1 }, "not-enough-spots"),
        (Obstacle::ActivityCancelled, "activity-cancelled"),
        (Obstacle::BookingClosed, "booking-closed"),
        (Obstacle::AlreadyStarted, "already-started"),
        (Obstacle::TooSoon, "too-soon"),
        (Obstacle::TooFarAhead, "too-far-ahead"),
        (Obstacle::NotOffered, "not-offered"),
        (Obstacle::ActivityMoved { was: monday(), is: monday() }, "activity-moved"),
        (Obstacle::AlreadyBooked, "already-booked"),
        (Obstacle::NoMembership, "no-membership"),
        (Obstacle::TooManySpots { max: spots(1) }, "too-many-spots"),
    ] {
        assert_eq!(obstacle.code(), code);
        assert_eq!(serde_json::to_value(&obstacle).unwrap()["code"], code);
    }
}

#[test]
fn a_refusal_says_in_words_what_stood_in_the_way() {
    assert_eq!(
        CartRefusal::TooManyEvents { max: number(3) }.to_string(),
        "at most 3 events can be booked at once"
    );
    assert_eq!(
        Obstacle::NotEnoughSpots { asked: spots(2), left: 1 }.to_string(),
        "1 spots are left, and 2 were asked for"
    );
}
