//! The stable codes of problems: what programs depend on.

use std::collections::BTreeSet;

use aggregates::Obstacle;
use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::booking_link::LinkRefusal;
use aggregates::branch::BranchRefusal;
use aggregates::cart::CartRefusal;
use aggregates::change_rules::Closed;
use aggregates::client::ClientRefusal;
use aggregates::membership::MembershipRefusal;
use aggregates::values::{MaxEvents, Spots};
use axum::response::IntoResponse;
use cartwheel::command::{Failure, Refusal};
use cartwheel::ledger::StoreError;
use cartwheel::web::problem::{CODES, Problem};
use chrono::{DateTime, NaiveDateTime, Utc};

/// Written out a second time on purpose: whoever changes the table changes what programs depend on.
const PROMISED: &[(&str, u16)] = &[
    ("idempotency-key-required", 400),
    ("malformed", 400),
    ("malformed-idempotency-key", 400),
    ("malformed-query", 400),
    ("sign-in-needed", 401),
    ("foreign-origin", 403),
    ("not-allowed", 403),
    ("not-found", 404),
    ("method-not-allowed", 405),
    ("too-slow", 408),
    ("already-confirmed", 409),
    ("stale", 412),
    ("too-large", 413),
    ("not-json", 415),
    ("unknown-host", 421),
    ("activity-cancelled", 422),
    ("activity-moved", 422),
    ("already-booked", 422),
    ("already-created", 422),
    ("already-granted", 422),
    ("already-open", 422),
    ("already-scheduled", 422),
    ("already-started", 422),
    ("appointment-cancelled", 422),
    ("booking-closed", 422),
    ("cancelling-closed", 422),
    ("capacity-below-taken", 422),
    ("cart-expired", 422),
    ("comment-missing", 422),
    ("consent-changed", 422),
    ("consent-empty", 422),
    ("consent-missing", 422),
    ("different-services", 422),
    ("different-team-members", 422),
    ("email-missing", 422),
    ("idempotency-key-reused", 422),
    ("invalid-fields", 422),
    ("items-refused", 422),
    ("link-closed", 422),
    ("no-membership", 422),
    ("no-such-local-time", 422),
    ("not-booked", 422),
    ("not-confirmed", 422),
    ("not-enough-spots", 422),
    ("not-fewer-spots", 422),
    ("not-for-individual-links", 422),
    ("not-offered", 422),
    ("not-selected", 422),
    ("nothing-selected", 422),
    ("phone-code-closed", 422),
    ("phone-code-ended", 422),
    ("phone-code-needed", 422),
    ("phone-code-not-needed", 422),
    ("phone-code-wrong", 422),
    ("prepayment-enabled", 422),
    ("prepayment-required", 422),
    ("rescheduling-closed", 422),
    ("too-far-ahead", 422),
    ("too-many-edits", 422),
    ("too-many-events", 422),
    ("too-many-spots", 422),
    ("too-many-webhooks", 422),
    ("too-soon", 422),
    ("upcoming-appointments", 422),
    ("if-match-required", 428),
    ("enough-phone-codes", 429),
    ("phone-code-sent-just-now", 429),
    ("too-many-requests", 429),
    ("internal", 500),
    ("busy", 503),
    ("not-ready", 503),
    ("outcome-unknown", 503),
    ("phone-codes-not-set-up", 503),
    ("store-away", 503),
    ("timed-out", 503),
];

#[test]
fn a_22_every_code_keeps_its_name_and_its_status() {
    assert_eq!(CODES, PROMISED);
}

#[test]
fn codes_are_kebab_case_and_each_stands_once() {
    let names: BTreeSet<_> = CODES.iter().map(|(code, _)| code).collect();

    assert_eq!(names.len(), CODES.len());
    for name in names {
        let words: Vec<_> = name.split('-').collect();
        assert!(words.iter().all(|word| !word.is_empty()), "{name}");
        assert!(name.chars().all(|it| it.is_ascii_lowercase() || it == '-'), "{name}");
    }
}

fn obstacles() -> Vec<Obstacle> {
    let moment = DateTime::<Utc>::UNIX_EPOCH;
    vec![
        Obstacle::NotEnoughSpots { asked: Spots::ONE, left: 0 },
        Obstacle::ActivityCancelled,
        Obstacle::BookingClosed,
        Obstacle::AlreadyStarted,
        Obstacle::TooSoon,
        Obstacle::TooFarAhead,
        Obstacle::NotOffered,
        Obstacle::ActivityMoved { was: moment, is: moment },
        Obstacle::AlreadyBooked,
        Obstacle::NoMembership,
        Obstacle::TooManySpots { max: Spots::ONE },
    ]
}

fn refusals() -> Vec<Refusal> {
    use AppointmentRefusal as Appointment;
    use CartRefusal as Cart;

    let carts = [
        Cart::NotOpened,
        Cart::NotConfirmed,
        Cart::DifferentTeamMembers,
        Cart::DifferentServices,
        Cart::TooManyEvents { max: MaxEvents::MAX },
        Cart::PrepaymentEnabled,
        Cart::PrepaymentRequired,
        Cart::NotSelected,
        Cart::NothingSelected,
        Cart::AlreadyConfirmed,
        Cart::Expired,
        Cart::TooManyEdits,
        Cart::LinkClosed,
        Cart::ConsentMissing,
        Cart::ConsentChanged,
        Cart::EmailMissing,
        Cart::CommentMissing,
        Cart::PhoneCodeNeeded,
        Cart::ItemsRefused(vec![]),
    ];
    let appointments = [
        Appointment::NotBooked,
        Appointment::AlreadyBooked,
        Appointment::Cancelled,
        Appointment::CancellingClosed(Closed::NotAllowed),
        Appointment::ReschedulingClosed(Closed::NotAllowed),
        Appointment::DifferentTeamMembers,
        Appointment::DifferentServices,
        Appointment::NotFewerSpots { now: Spots::ONE },
    ];
    let activities = [
        ActivityRefusal::NotScheduled,
        ActivityRefusal::AlreadyScheduled,
        ActivityRefusal::Cancelled,
        ActivityRefusal::CapacityBelowTaken { taken: 2 },
    ];
    let gap = Refusal::Gap {
        earlier: NaiveDateTime::default(),
        later: NaiveDateTime::default(),
        pointer: "/starts_local".to_owned(),
    };
    let mut refusals = vec![
        gap,
        Refusal::NotFound { what: "event", pointer: String::new() },
        Refusal::Stale { version: 2 },
        Refusal::KeyReused,
        Refusal::NotBooked { items: vec![], changed: vec![] },
        BranchRefusal::NotOpen.into(),
        BranchRefusal::AlreadyOpen.into(),
        LinkRefusal::NotCreated.into(),
        LinkRefusal::AlreadyCreated.into(),
        LinkRefusal::NotForIndividualLinks.into(),
        LinkRefusal::ConsentEmpty.into(),
        MembershipRefusal::AlreadyGranted.into(),
        ClientRefusal::Erased.into(),
        ClientRefusal::UpcomingAppointments { count: 2 }.into(),
    ];
    refusals.extend(carts.map(Refusal::from));
    refusals.extend(appointments.map(Refusal::from));
    refusals.extend(activities.map(Refusal::from));
    refusals.extend(obstacles().into_iter().map(|it| Appointment::Obstacle(it).into()));
    refusals.extend(obstacles().into_iter().map(|it| ActivityRefusal::Obstacle(it).into()));
    refusals
}

#[test]
fn every_no_of_a_rule_is_in_the_table_and_no_other_kind_of_status_than_its_own() {
    for refusal in refusals() {
        let problem = Problem::from(refusal.clone());

        assert_eq!(problem.code, refusal.code(), "{refusal:?}");
        let pair = (problem.code, problem.status.as_u16());
        assert!(PROMISED.contains(&pair), "{refusal:?} is {pair:?}");
        let status = match problem.code {
            "not-found" => 404,
            "already-confirmed" => 409,
            "stale" => 412,
            _ => 422,
        };
        assert_eq!(problem.status, status, "{refusal:?}");
        assert!(!problem.detail.is_empty());
    }
}

#[test]
fn a_22_what_is_busy_unknown_or_away_says_when_to_try_again() {
    let away = || StoreError(std::sync::Arc::new(anyhow::anyhow!("gone")));
    for (failure, code) in [
        (Failure::Busy, "busy"),
        (Failure::Unknown, "outcome-unknown"),
        (Failure::Away(away()), "store-away"),
    ] {
        let response = Problem::from(failure).into_response();
        assert_eq!(response.status(), 503, "{code}");
        assert!(response.headers().contains_key("retry-after"), "{code}");
    }
    let broken = Problem::from(Failure::Broken("the name of a client".to_owned()));
    assert_eq!((broken.status.as_u16(), broken.code), (500, "internal"));
    assert!(!broken.detail.contains("client"), "what broke is for the log");
    let response = Problem::from(Refusal::KeyReused).into_response();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["cache-control"], "no-store");
}
