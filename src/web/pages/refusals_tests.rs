use aggregates::cart::RefusedItem;
use aggregates::ids::ActivityId;
use chrono::{DateTime, NaiveDateTime, Utc};
use uuid::Uuid;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn obstacles() -> Vec<Obstacle> {
    let (two, was) = (2_u32.try_into().unwrap(), at("2027-01-12T17:30:00Z"));
    vec![
        Obstacle::NotEnoughSpots { asked: two, left: 3 },
        Obstacle::ActivityCancelled,
        Obstacle::BookingClosed,
        Obstacle::AlreadyStarted,
        Obstacle::TooSoon,
        Obstacle::TooFarAhead,
        Obstacle::NotOffered,
        Obstacle::ActivityMoved { was, is: was },
        Obstacle::AlreadyBooked,
        Obstacle::NoMembership,
        Obstacle::TooManySpots { max: two },
    ]
}

fn of_carts() -> Vec<CartRefusal> {
    let item = RefusedItem { activity_id: ActivityId(Uuid::nil()), obstacle: Obstacle::TooSoon };
    vec![
        CartRefusal::NotOpened,
        CartRefusal::NotConfirmed,
        CartRefusal::DifferentTeamMembers,
        CartRefusal::DifferentServices,
        CartRefusal::TooManyEvents { max: 4_u32.try_into().unwrap() },
        CartRefusal::PrepaymentEnabled,
        CartRefusal::PrepaymentRequired,
        CartRefusal::NotSelected,
        CartRefusal::NothingSelected,
        CartRefusal::AlreadyConfirmed,
        CartRefusal::Expired,
        CartRefusal::TooManyEdits,
        CartRefusal::LinkClosed,
        CartRefusal::ConsentMissing,
        CartRefusal::ConsentChanged,
        CartRefusal::EmailMissing,
        CartRefusal::CommentMissing,
        CartRefusal::PhoneCodeNeeded,
        CartRefusal::ItemsRefused(vec![item.clone(), item]),
    ]
}

fn all() -> Vec<Refusal> {
    let no_such = |what| Refusal::NotFound { what, pointer: String::new() };
    let time: NaiveDateTime = "2027-03-28T01:59:00".parse().unwrap();
    let closed = [Closed::NotAllowed, Closed::NoticePassed { since: at("2027-01-12T17:30:00Z") }];
    let mut all = vec![
        no_such("appointment"),
        no_such("booking link"),
        no_such("branch"),
        no_such("cart"),
        no_such("event"),
        no_such("service"),
        no_such("team member"),
        Refusal::Stale { version: 7 },
        Refusal::KeyReused,
        Refusal::Gap { earlier: time, later: time, pointer: String::new() },
        Refusal::NotBooked { items: vec![], changed: vec![] },
        Refusal::Activity(ActivityRefusal::NotScheduled),
        Refusal::Activity(ActivityRefusal::AlreadyScheduled),
        Refusal::Activity(ActivityRefusal::Cancelled),
        Refusal::Activity(ActivityRefusal::CapacityBelowTaken { taken: 7 }),
        Refusal::Appointment(AppointmentRefusal::NotBooked),
        Refusal::Appointment(AppointmentRefusal::AlreadyBooked),
        Refusal::Appointment(AppointmentRefusal::Cancelled),
        Refusal::Appointment(AppointmentRefusal::DifferentTeamMembers),
        Refusal::Appointment(AppointmentRefusal::DifferentServices),
        Refusal::Appointment(AppointmentRefusal::NotFewerSpots { now: 3_u32.try_into().unwrap() }),
        Refusal::Branch(BranchRefusal::NotOpen),
        Refusal::Branch(BranchRefusal::AlreadyOpen),
        Refusal::Link(LinkRefusal::NotCreated),
        Refusal::Link(LinkRefusal::AlreadyCreated),
        Refusal::Link(LinkRefusal::NotForIndividualLinks),
        Refusal::Link(LinkRefusal::ConsentEmpty),
        Refusal::Membership(MembershipRefusal::AlreadyGranted),
        Refusal::Client(ClientRefusal::Erased),
        Refusal::Client(ClientRefusal::UpcomingAppointments { count: 2 }),
    ];
    all.extend(closed.map(|closed| Refusal::Appointment(AppointmentRefusal::CancellingClosed(closed))));
    all.extend(closed.map(|closed| Refusal::Appointment(AppointmentRefusal::ReschedulingClosed(closed))));
    all.extend(of_carts().into_iter().map(Refusal::from));
    all.extend(obstacles().into_iter().map(|obstacle| Refusal::Activity(obstacle.into())));
    all.extend(obstacles().into_iter().map(|obstacle| Refusal::Appointment(obstacle.into())));
    all
}

#[test]
fn in_english_a_page_says_what_programs_are_told() {
    for refusal in all() {
        assert_eq!(Language::English.refusal(&refusal), refusal.to_string());
    }
}

#[test]
fn every_refusal_is_said_in_every_language() {
    for language in [Language::German, Language::Spanish, Language::Russian, Language::Accented] {
        for refusal in all() {
            assert_ne!(language.refusal(&refusal), refusal.to_string(), "{}", language.code());
        }
    }
}

#[test]
fn obstacles_are_said_under_their_codes() {
    for obstacle in obstacles() {
        let name = format!("obstacle-{}", obstacle.code());
        let numbers = [("left", 3.into()), ("asked", 2.into()), ("max", 2.into())];

        assert_eq!(Language::German.obstacle(&obstacle), Language::German.say_with(&name, numbers));
    }
}
