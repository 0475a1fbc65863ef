use aggregates::Fact;
use aggregates::cart::{
    CartConfirmed, CartEvent, CartOpened, CartTerms, ConfirmedLine, ItemsRefused, Line, Mode, RefusedItem,
    Seen, SelectionMade, SpotsSet,
};
use aggregates::obstacle::Obstacle;

use super::check;
use crate::people::*;

#[test]
fn facts_about_a_cart_are_stored_as_ever() {
    check(
        "cart",
        CartEvent::NAMES,
        Fact::Cart,
        CartEvent::name,
        &[
            (
                r#"{"type":"cart.opened.v1",
            "link_id":"00000000-0000-0000-0000-000000000007","opened_at":"2027-01-04T09:00:00Z"}"#,
                CartOpened { link_id: LINK, opened_at: monday() }.into(),
            ),
            (
                r#"{"type":"cart.selection-made.v1",
            "lines":[{"activity_id":"00000000-0000-0000-0000-000000000064","spots":2},
            {"activity_id":"00000000-0000-0000-0000-000000000066","spots":1}],
            "shown":{"max_events":10,"prepayment":false,"consent_version":3,
            "starts":{"00000000-0000-0000-0000-000000000064":"2027-01-05T17:30:00Z",
            "00000000-0000-0000-0000-000000000066":"2027-01-07T17:30:00Z"}}}"#,
                shown(
                    vec![
                        Line { activity_id: TUESDAY, spots: spots(2) },
                        Line { activity_id: THURSDAY, spots: spots(1) },
                    ],
                    &CartTerms { consent_version: Some(3), ..terms() },
                ),
            ),
            (
                r#"{"type":"cart.selection-made.v1",
            "lines":[],"shown":{"max_events":null,"prepayment":true,"starts":{}}}"#,
                SelectionMade { lines: vec![], shown: Seen { prepayment: true, ..Seen::default() } }.into(),
            ),
            (
                r#"{"type":"cart.selection-made.v1","lines":[],
            "shown":{"max_events":null,"prepayment":false,"starts":{},
            "unbookable":["00000000-0000-0000-0000-000000000064"]}}"#,
                SelectionMade {
                    lines: vec![],
                    shown: Seen { unbookable: [TUESDAY].into(), ..Seen::default() },
                }
                .into(),
            ),
            (
                r#"{"type":"cart.spots-set.v1",
            "activity_id":"00000000-0000-0000-0000-000000000064","spots":255}"#,
                SpotsSet { activity_id: TUESDAY, spots: spots(255) }.into(),
            ),
            (
                r#"{"type":"cart.confirmed.v1",
            "client_id":"00000000-0000-0000-0000-000000000005",
            "lines":[{"activity_id":"00000000-0000-0000-0000-000000000064",
            "appointment_id":"00000000-0000-0000-0000-0000000000c9","spots":2}],
            "mode":"all_or_nothing","with_membership":false,"confirmed_at":"2027-01-04T09:00:00Z"}"#,
                confirmed().into(),
            ),
            (
                r#"{"type":"cart.confirmed.v1",
            "client_id":"00000000-0000-0000-0000-000000000005",
            "lines":[{"activity_id":"00000000-0000-0000-0000-000000000064",
            "appointment_id":"00000000-0000-0000-0000-0000000000c9","spots":2}],
            "mode":"best_effort","with_membership":true,"consent_version":3,
            "confirmed_at":"2027-01-04T09:00:00Z"}"#,
                CartConfirmed {
                    mode: Mode::BestEffort,
                    with_membership: true,
                    consent_version: Some(3),
                    ..confirmed()
                }
                .into(),
            ),
            (
                r#"{"type":"cart.items-refused.v1","items":[
            {"activity_id":"00000000-0000-0000-0000-000000000064",
            "obstacle":{"code":"not-enough-spots","asked":2,"left":1}},
            {"activity_id":"00000000-0000-0000-0000-000000000065",
            "obstacle":{"code":"activity-cancelled"}},
            {"activity_id":"00000000-0000-0000-0000-000000000066",
            "obstacle":{"code":"booking-closed"}},
            {"activity_id":"00000000-0000-0000-0000-000000000067",
            "obstacle":{"code":"already-started"}},
            {"activity_id":"00000000-0000-0000-0000-000000000068",
            "obstacle":{"code":"too-soon"}},
            {"activity_id":"00000000-0000-0000-0000-000000000069",
            "obstacle":{"code":"too-far-ahead"}},
            {"activity_id":"00000000-0000-0000-0000-00000000006a",
            "obstacle":{"code":"not-offered"}},
            {"activity_id":"00000000-0000-0000-0000-00000000006b",
            "obstacle":{"code":"activity-moved","was":"2027-01-12T17:30:00Z","is":"2027-01-13T17:30:00Z"}},
            {"activity_id":"00000000-0000-0000-0000-00000000006c",
            "obstacle":{"code":"already-booked"}},
            {"activity_id":"00000000-0000-0000-0000-00000000006d",
            "obstacle":{"code":"no-membership"}},
            {"activity_id":"00000000-0000-0000-0000-00000000006e",
            "obstacle":{"code":"too-many-spots","max":5}}]}"#,
                ItemsRefused { items: every_obstacle() }.into(),
            ),
        ],
    );
}

fn confirmed() -> CartConfirmed {
    CartConfirmed {
        client_id: ANN,
        lines: vec![ConfirmedLine { activity_id: TUESDAY, appointment_id: appointment(1), spots: spots(2) }],
        mode: Mode::AllOrNothing,
        with_membership: false,
        consent_version: None,
        confirmed_at: monday(),
    }
}

fn every_obstacle() -> Vec<RefusedItem> {
    items(&[
        (day(0), Obstacle::NotEnoughSpots { asked: spots(2), left: 1 }),
        (day(1), Obstacle::ActivityCancelled),
        (day(2), Obstacle::BookingClosed),
        (day(3), Obstacle::AlreadyStarted),
        (day(4), Obstacle::TooSoon),
        (day(5), Obstacle::TooFarAhead),
        (day(6), Obstacle::NotOffered),
        (day(7), Obstacle::ActivityMoved { was: start_of(day(7)), is: start_of(day(8)) }),
        (day(8), Obstacle::AlreadyBooked),
        (day(9), Obstacle::NoMembership),
        (day(10), Obstacle::TooManySpots { max: spots(5) }),
    ])
}
