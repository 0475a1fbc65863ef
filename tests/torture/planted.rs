//! The checker finds what was planted: else it would prove nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use aggregates::Fact;
use aggregates::activity::{ActivityEvent, ActivityScheduled, Plan, SpotsTaken};
use aggregates::appointment::{AppointmentBooked, AppointmentEvent, Place};
use aggregates::cart::{CartConfirmed, CartEvent, ConfirmedLine, Mode};
use aggregates::ids::{
    ActivityId, AppointmentId, BranchId, CartId, ClientId, LinkId, ServiceId, TeamMemberId,
};
use cartwheel::ledger::Address;
use projections::Recorded;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};
use uuid::Uuid;

use crate::checker::{Ledgers, Shown, shown_otherwise, violations};
use crate::notebook::{Note, Told, What};
use crate::read;
use crate::running::{Kept, Serving};

const BRANCH: BranchId = BranchId(Uuid::from_u128(1));
const YOGA: ActivityId = ActivityId(Uuid::from_u128(2));

/// One event with two spots, which two clients have booked, each told so; a third was refused.
fn sold_out() -> (Vec<Recorded>, Vec<Note>) {
    let mut facts = vec![];
    let mut record = |id: Uuid, fact: Fact| {
        let position = facts.len() as u64 + 1;
        let recorded_at = chrono::DateTime::default();
        facts.push(Recorded { position, recorded_at, id, sequence: 1, by_staff: false, fact });
    };
    let plan = Plan {
        service_id: ServiceId(Uuid::nil()),
        team_member_id: TeamMemberId(Uuid::nil()),
        starts_at: chrono::DateTime::default(),
        duration: 60.try_into().unwrap(),
        capacity: 2.try_into().unwrap(),
        open: true,
    };
    record(YOGA.0, Fact::Activity(ActivityEvent::Scheduled(ActivityScheduled { plan })));
    let spots = 1.try_into().unwrap();
    let mut notes = vec![];
    for client in 0..2_u128 {
        let (cart, appointment) = (cart(client), AppointmentId(Uuid::from_u128(200 + client)));
        let client_id = ClientId(Uuid::from_u128(client));
        let line = ConfirmedLine { activity_id: YOGA, appointment_id: appointment, spots };
        let confirmed = CartConfirmed {
            client_id,
            lines: vec![line],
            mode: Mode::AllOrNothing,
            with_membership: false,
            consent_version: None,
            confirmed_at: chrono::DateTime::default(),
        };
        record(cart.0, Fact::Cart(CartEvent::Confirmed(confirmed)));
        let taken = SpotsTaken { appointment_id: appointment, client_id, spots, overbooked: false };
        record(YOGA.0, Fact::Activity(ActivityEvent::SpotsTaken(taken)));
        let booked = AppointmentBooked {
            cart_id: cart,
            link_id: LinkId(Uuid::nil()),
            client_id,
            place: Place::of(YOGA, &plan),
            spots,
            membership_id: None,
        };
        record(appointment.0, Fact::Appointment(AppointmentEvent::Booked(booked)));
        notes.push(note(client, Told::Done(BTreeMap::from([(appointment, YOGA)]))));
    }
    notes.push(note(2, Told::Refused(vec![(YOGA, 1)])));
    (facts, notes)
}

fn cart(client: u128) -> CartId {
    CartId(Uuid::from_u128(100 + client))
}

/// The clients asked one after another.
fn note(client: u128, told: Told) -> Note {
    let asked = Duration::from_secs(10 * u64::try_from(client).unwrap());
    let what = What::Confirm { cart: cart(client) };
    Note { branch: BRANCH, asked, answered: asked + Duration::from_secs(5), what, told }
}

fn found(facts: Vec<Recorded>, notes: &[Note]) -> String {
    violations(&Ledgers::from([(BRANCH, facts)]), notes).join("\n")
}

#[test]
fn an_honest_history_has_no_violations() {
    let (facts, notes) = sold_out();

    assert_eq!(found(facts, &notes), "");
}

#[test]
fn an_overbooking_is_found() {
    let (mut facts, notes) = sold_out();
    let Fact::Activity(ActivityEvent::Scheduled(scheduled)) = &mut facts[0].fact else { panic!() };
    scheduled.plan.capacity = 1.try_into().unwrap();

    assert!(found(facts, &notes).contains("is overbooked at 6: 2 of 1"));
}

#[test]
fn a_lost_booking_is_found() {
    let (mut facts, notes) = sold_out();
    facts.truncate(4);

    assert!(found(facts, &notes).contains("lost: "));
}

#[test]
fn half_a_cart_is_found() {
    let (mut facts, notes) = sold_out();
    facts.truncate(6);

    assert!(found(facts, &notes).contains("half a cart"));
}

#[test]
fn a_booking_after_a_refusal_that_stood_is_found() {
    let (facts, mut notes) = sold_out();
    notes[1].told = Told::Declined("not-booked".to_owned());

    assert!(found(facts, &notes).contains("booked after a refusal that stood"));
}

#[test]
fn a_refusal_that_no_moment_explains_is_found() {
    let (facts, mut notes) = sold_out();
    // Asked and answered while one spot was left: before the second client asked.
    notes[2].asked = Duration::from_secs(6);
    notes[2].answered = Duration::from_secs(7);

    assert!(found(facts, &notes).contains("refused without a reason"));
}

#[test]
fn an_answer_that_came_before_its_place_in_the_order_is_found() {
    let (facts, mut notes) = sold_out();
    // The second in the ledger was answered before the first was asked.
    (notes[0].asked, notes[0].answered) = (Duration::from_secs(30), Duration::from_secs(31));

    assert!(found(facts, &notes).contains("out of order"));
}

#[test]
fn somebody_who_was_never_answered_is_found() {
    let (facts, mut notes) = sold_out();
    notes[2].told = Told::Nothing;

    assert!(found(facts, &notes).contains("never answered"));
}

#[tokio::test]
async fn two_facts_that_changed_places_are_found() {
    let kept = Kept::in_sqlite();
    let demo = Serving::start("demo", &kept.address, &kept.arguments()[2..]);
    assert_eq!(demo.stop().code(), Some(0));
    let address: Address = kept.address.parse().unwrap();
    assert!(read(&address).await.is_ok());
    let Address::Sqlite(path) = &address else { panic!() };
    let mut door = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    for (from, to) in [(7, 1_000), (8, 7), (1_000, 8)] {
        let moved = format!("UPDATE events SET position = {to} WHERE position = {from}");
        assert_eq!(door.execute(moved.as_str()).await.unwrap().rows_affected(), 1);
    }
    door.close().await.unwrap();

    let found = read(&address).await.unwrap_err();

    assert!(found.contains("position 7"), "{found}");
}

#[test]
fn an_appointment_that_is_shown_otherwise_is_found() {
    let (facts, _) = sold_out();
    let shown = |activity, cancelled| {
        let appointment = AppointmentId(Uuid::from_u128(200));
        let shown = Shown { branch: BRANCH, appointment, activity, cancelled };
        shown_otherwise(&Ledgers::from([(BRANCH, facts.clone())]), &[shown]).len()
    };

    assert_eq!(shown(YOGA, false), 0);
    assert_eq!(shown(YOGA, true), 1);
    assert_eq!(shown(ActivityId(Uuid::nil()), false), 1);
}
