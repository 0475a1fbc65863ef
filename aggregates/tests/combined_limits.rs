//! S-15: how prepayment, membership, the limit of events, spots and the kind of link combine.

use std::collections::BTreeSet;

use aggregates::booking_link::{Kind, Settings};
use aggregates::branch::{MembershipBooking, Rules, Service};
use aggregates::cart::{CartRefusal, Pick};
use aggregates::ids::ActivityId;
use aggregates::obstacle::Obstacle;
use aggregates::values::{MultipleEventBooking, MultipleSpots};

use crate::people::*;

/// One row of the table; the events are the first so many days.
#[derive(Debug, Clone, Copy)]
struct Case {
    prepayment: bool,
    membership: Membership,
    kind: Kind,
    /// Events at once that the link allows; 0 is off.
    limit: u32,
    /// Spots within one booking that the branch allows.
    max_spots: u32,
    events: usize,
    spots: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Membership {
    NotNeeded,
    Needed,
    NeededAndMissing,
}

#[test]
fn s_15_the_limits_combine() {
    let mut answers = BTreeSet::new();
    for case in every_case() {
        let answer = book(case);

        assert_eq!(answer, expected(case), "{case:?}");
        answers.insert(answer.map_err(rule));
    }
    assert_eq!(answers.len(), 11, "each answer occurs: {answers:?}");
}

/// The table in words: the link first, then prepayment, the limit, the spots of each event, and membership.
fn expected(case: Case) -> Result<usize, Refused> {
    let several = 1 < case.events;
    let limit = case.limit.max(1);
    if case.kind == Kind::Individual {
        return Err(Refused::Cart(CartRefusal::LinkClosed));
    }
    if several && case.prepayment {
        return Err(Refused::Cart(CartRefusal::PrepaymentEnabled));
    }
    if limit < u32::try_from(case.events).unwrap() {
        return Err(Refused::Cart(CartRefusal::TooManyEvents { max: number(limit) }));
    }
    let all = |obstacle: Obstacle| items(&days::<11>().map(|id| (id, obstacle.clone()))[..case.events]);
    if case.max_spots < case.spots {
        let obstacle = Obstacle::TooManySpots { max: spots(case.max_spots) };
        return Err(Refused::Cart(CartRefusal::ItemsRefused(all(obstacle))));
    }
    if 9 < case.spots {
        let obstacle = Obstacle::NotEnoughSpots { asked: spots(case.spots), left: 9 };
        return Err(Refused::Cart(CartRefusal::ItemsRefused(all(obstacle))));
    }
    if case.membership == Membership::NeededAndMissing {
        return Err(Refused::Items(all(Obstacle::NoMembership)));
    }
    Ok(case.events)
}

fn every_case() -> Vec<Case> {
    let mut cases = vec![];
    for prepayment in [false, true] {
        for membership in [Membership::NotNeeded, Membership::Needed, Membership::NeededAndMissing] {
            for (kind, limit) in [
                (Kind::Individual, 0),
                (Kind::Group, 0),
                (Kind::Group, 1),
                (Kind::Group, 3),
                (Kind::Group, 10),
                (Kind::Mixed, 0),
                (Kind::Mixed, 3),
                (Kind::Mixed, 10),
            ] {
                for (max_spots, spots) in [(1, 1), (1, 2), (10, 1), (10, 2), (10, 9), (10, 10)] {
                    for events in [1, 2, 3, 4, 10, 11] {
                        cases.push(Case { prepayment, membership, kind, limit, max_spots, events, spots });
                    }
                }
            }
        }
    }
    cases
}

/// Selects and confirms, and says how many appointments there are.
fn book(case: Case) -> Result<usize, Refused> {
    let multiple_spots = match case.max_spots {
        1 => MultipleSpots::Off,
        max => MultipleSpots::UpTo(number(max)),
    };
    let multiple_events = match case.limit {
        0 => MultipleEventBooking::Off,
        max => MultipleEventBooking::UpTo(number(max)),
    };
    let membership_booking = match case.membership {
        Membership::NotNeeded => MembershipBooking::Off,
        Membership::Needed | Membership::NeededAndMissing => MembershipBooking::Required,
    };
    let mut studio = Studio::with(
        case.kind,
        Settings { multiple_events, ..settings() },
        Rules { prepayment: case.prepayment, multiple_spots, ..Rules::default() },
        Service { membership_booking, ..service("Yoga") },
    );
    if case.membership == Membership::Needed {
        studio.membership = membership(visits(2));
    }
    let pick = |activity: ActivityId| Pick { activity, spots: Some(spots(case.spots)) };
    studio.select(&days::<11>().map(pick)[..case.events])?;
    studio.confirm().map(|booked| booked.len())
}

fn rule(refused: Refused) -> String {
    match refused {
        Refused::Cart(CartRefusal::ItemsRefused(items)) | Refused::Items(items) => {
            items[0].obstacle.code().to_owned()
        }
        Refused::Cart(refusal) => refusal.code().to_owned(),
        other => panic!("{other:?}"),
    }
}
