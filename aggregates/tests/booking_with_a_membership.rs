//! Booking with a membership.

use aggregates::appointment::{
    Appointment, AppointmentBooked, AppointmentCommand, AppointmentEvent, AppointmentRefusal, Entitlement,
    Place,
};
use aggregates::booking_link::Kind;
use aggregates::branch::{MembershipBooking, Rules, Service};
use aggregates::confirmation::entitlement;
use aggregates::ids::{MembershipId, ServiceId};
use aggregates::membership::{
    Membership, MembershipCommand, MembershipGranted, MembershipRefusal, Status, Terms,
};
use aggregates::obstacle::Obstacle;
use aggregates::spec::given;
use aggregates::values::Offered;
use chrono::NaiveDate;
use uuid::Uuid;

use crate::people::*;

#[test]
fn s_06_three_events_are_booked_with_one_membership() {
    let mut studio = studio(MembershipBooking::Required, visits(10));
    studio.select(&[TUESDAY, THURSDAY, NEXT_TUESDAY].map(pick)).unwrap();

    let booked = studio.confirm().unwrap();

    assert_eq!(booked.len(), 3);
    for id in booked {
        assert_eq!(studio.appointments[&id].booking().unwrap().membership, Some(TEN_VISITS));
    }
}

#[test]
fn s_08_three_events_are_booked_with_two_visits_left() {
    let mut studio = studio(MembershipBooking::Required, visits(2));
    studio.select(&[TUESDAY, THURSDAY, NEXT_TUESDAY].map(pick)).unwrap();

    assert_eq!(studio.confirm().unwrap().len(), 3);
}

#[test]
fn s_07_a_membership_for_another_service_does_not_apply_and_each_event_says_so() {
    let for_pilates = Terms { services: Offered::Only([PILATES].into()), ..visits(10) };
    let mut studio = studio(MembershipBooking::Required, for_pilates);
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();

    assert_eq!(
        studio.confirm(),
        Err(Refused::Items(items(&[(TUESDAY, Obstacle::NoMembership), (THURSDAY, Obstacle::NoMembership)])))
    );
}

#[test]
fn a_24_a_membership_that_expires_between_two_events_refuses_the_second() {
    let until_wednesday = Terms { expires_on: Some(date("2027-01-06")), ..visits(10) };
    let mut studio = studio(MembershipBooking::Required, until_wednesday);
    studio.select(&[TUESDAY, THURSDAY].map(pick)).unwrap();

    assert_eq!(studio.confirm(), Err(Refused::Items(items(&[(THURSDAY, Obstacle::NoMembership)]))));
}

#[test]
fn a_24_what_applies() {
    let day = date("2027-01-05");
    let yesterday = Some(date("2027-01-04"));
    for (terms, applies) in [
        (visits(1), true),
        (visits(0), false),
        (Terms { balance: None, ..visits(0) }, true),
        (Terms { status: Status::Released, ..visits(1) }, true),
        (Terms { status: Status::Frozen, ..visits(1) }, true),
        (Terms { status: Status::Ended, ..visits(1) }, false),
        (Terms { expires_on: Some(day), ..visits(1) }, true),
        (Terms { expires_on: yesterday, ..visits(1) }, false),
        (Terms { services: Offered::All, ..visits(1) }, true),
        (Terms { services: Offered::Only([PILATES].into()), ..visits(1) }, false),
    ] {
        assert_eq!(terms.apply(YOGA, day), applies, "{terms:?}");
        assert_eq!(membership(terms).applying(YOGA, day), applies.then_some(TEN_VISITS));
    }
}

#[test]
fn of_several_memberships_the_one_that_expires_first_is_used() {
    let day = date("2027-01-05");
    let [endless, june, march] = [1, 2, 3].map(|n| MembershipId(Uuid::from_u128(n)));
    let grant = |id, expires_on: Option<&str>| {
        MembershipGranted {
            membership_id: id,
            terms: Terms { expires_on: expires_on.map(date), ..visits(1) },
        }
        .into()
    };

    let all = given::<Membership>([
        grant(endless, None),
        grant(june, Some("2027-06-30")),
        grant(march, Some("2027-03-31")),
    ]);

    assert_eq!(all.0.applying(YOGA, day), Some(march));
    assert_eq!(all.0.applying(YOGA, date("2027-04-01")), Some(june));
    assert_eq!(all.0.applying(YOGA, date("2027-07-01")), Some(endless));
    assert_eq!(all.0.applying(PILATES, day), None);
}

#[test]
fn a_24_off_optional_and_required() {
    let judge = |booking, wanted, applying| Entitlement { booking, wanted, applying }.judge();
    let some = Some(TEN_VISITS);
    for (booking, wanted, with_one, with_none) in [
        (MembershipBooking::Off, false, Ok(None), Ok(None)),
        (MembershipBooking::Off, true, Ok(None), Ok(None)),
        (MembershipBooking::Optional, false, Ok(None), Ok(None)),
        (MembershipBooking::Optional, true, Ok(some), Err(Obstacle::NoMembership)),
        (MembershipBooking::Required, false, Ok(some), Err(Obstacle::NoMembership)),
        (MembershipBooking::Required, true, Ok(some), Err(Obstacle::NoMembership)),
    ] {
        assert_eq!(judge(booking, wanted, some), with_one, "{booking:?}, wanted: {wanted}");
        assert_eq!(judge(booking, wanted, None), with_none, "{booking:?}, wanted: {wanted}");
    }
}

#[test]
fn a_24_a_branch_takes_memberships_if_any_service_of_it_does() {
    for (booking, taken) in [
        (MembershipBooking::Off, false),
        (MembershipBooking::Optional, true),
        (MembershipBooking::Required, true),
    ] {
        assert_eq!(studio(booking, visits(10)).branch.takes_memberships(), taken, "{booking:?}");
    }
}

#[test]
fn a_24_the_day_is_the_day_at_the_branch() {
    let until_tuesday = membership(Terms { expires_on: Some(date("2027-01-05")), ..visits(1) });
    let berlin = branch(Rules::default(), with_membership(MembershipBooking::Required));
    let at = |text| {
        let place = Place { starts_at: utc(text), ..place(TUESDAY) };
        entitlement(&berlin, &until_tuesday, &place, false).applying
    };

    assert_eq!(at("2027-01-05T22:59:00Z"), Some(TEN_VISITS));
    assert_eq!(at("2027-01-05T23:00:00Z"), None, "Wednesday has begun in Berlin");
}

#[test]
fn a_service_that_the_branch_does_not_know_needs_no_membership() {
    let place = Place { service_id: ServiceId(Uuid::from_u128(99)), ..place(TUESDAY) };
    let berlin = branch(Rules::default(), with_membership(MembershipBooking::Required));

    assert_eq!(entitlement(&berlin, &Membership::default(), &place, true).booking, MembershipBooking::Off);
}

#[test]
fn an_appointment_remembers_the_membership_it_was_booked_with() {
    let booked = AppointmentBooked {
        cart_id: CART,
        link_id: LINK,
        client_id: ANN,
        place: place(TUESDAY),
        spots: spots(1),
        membership_id: Some(TEN_VISITS),
    };

    given::<Appointment>([]).when(book(Some(TEN_VISITS))).then([AppointmentEvent::from(booked)]);
    given::<Appointment>([])
        .when(book(None))
        .then_refused(AppointmentRefusal::Obstacle(Obstacle::NoMembership));
}

#[test]
fn a_membership_is_granted_once() {
    let granted = MembershipGranted { membership_id: TEN_VISITS, terms: visits(10) };
    let again = |balance| {
        given::<Membership>([granted.clone().into()])
            .when(MembershipCommand::Grant(TEN_VISITS, visits(balance)))
    };

    given::<Membership>([])
        .when(MembershipCommand::Grant(TEN_VISITS, visits(10)))
        .then([granted.clone().into()]);
    again(10).then_nothing();
    again(9).then_refused(MembershipRefusal::AlreadyGranted);
}

fn studio(booking: MembershipBooking, terms: Terms) -> Studio {
    let mut studio =
        Studio::with(Kind::Group, settings_up_to(10), Rules::default(), with_membership(booking));
    studio.membership = membership(terms);
    studio
}

fn with_membership(membership_booking: MembershipBooking) -> Service {
    Service { membership_booking, ..service("Yoga") }
}

fn book(applying: Option<MembershipId>) -> AppointmentCommand {
    AppointmentCommand::Book {
        cart: CART,
        link: LINK,
        client: ANN,
        place: place(TUESDAY),
        spots: spots(1),
        entitlement: Entitlement { booking: MembershipBooking::Required, wanted: false, applying },
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
