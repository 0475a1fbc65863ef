//! Any command that somebody might send, valid or not.

use aggregates::activity::{ActivityCommand, Holder, Online, Taking};
use aggregates::appearance::{Appearance, Colour};
use aggregates::appointment::{AppointmentCommand, Attendance, By, Change, Entitlement, Place};
use aggregates::booking_link::{Kind, LinkCommand, Settings};
use aggregates::branch::{BranchCommand, Details, Duplicates, MembershipBooking, Rules, Service};
use aggregates::cart::{Candidate, CartCommand, CartTerms, Confirmation, Mode, Pick};
use aggregates::change_rules::ChangeRule;
use aggregates::ids::{MembershipId, ServiceId, TeamMemberId};
use aggregates::membership::MembershipCommand;
use aggregates::obstacle::Obstacle;
use aggregates::values::{MultipleEventBooking, MultipleSpots};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    ANN, BEN, CART, LINK, MARCO, PILATES, SOFIE, TEN_VISITS, YOGA, appointment, candidate, candidates_but,
    confirmation, day, days, details, hours, items, monday, name, number, online, place, service, settings,
    spots, terms, visits, yoga,
};

pub fn activity_command() -> impl Strategy<Value = ActivityCommand> {
    prop_oneof![
        1 => (1u32..9).prop_map(|n| ActivityCommand::Schedule(super::yoga_with(n))),
        2 => (1u32..9, any::<bool>())
            .prop_map(|(n, force)| ActivityCommand::SetCapacity { capacity: number(n), force }),
        1 => (moment(), 1u32..3)
            .prop_map(|(starts_at, n)| ActivityCommand::Move { starts_at, duration: number(60 * n) }),
        1 => team_member().prop_map(ActivityCommand::ReplaceTeamMember),
        1 => any::<bool>().prop_map(ActivityCommand::SetOpen),
        9 => (0u128..6, prop::sample::select(vec![ANN, BEN]), 1u32..5, taking(), duplicates()).prop_map(
            |(id, client, n, taking, duplicates)| ActivityCommand::TakeSpots {
                appointment: appointment(id),
                holder: Holder { client, spots: spots(n) },
                taking,
                duplicates,
            }
        ),
        3 => (0u128..6).prop_map(|id| ActivityCommand::ReleaseSpots(appointment(id))),
        3 => (0u128..6, 1u32..5).prop_map(|(id, n)| ActivityCommand::KeepSpots(appointment(id), spots(n))),
    ]
}

/// Like [`activity_command`], and once in a while the studio cancels.
pub fn activity_command_or_cancel() -> impl Strategy<Value = ActivityCommand> {
    prop_oneof![30 => activity_command(), 1 => Just(ActivityCommand::Cancel)]
}

pub fn cart_command() -> impl Strategy<Value = CartCommand> {
    prop_oneof![
        2 => Just(CartCommand::OpenCart { link: LINK, at: monday() }),
        9 => (picks(), cart_terms(), 0u128..20).prop_map(|(picks, terms, full)| {
            let change = |it: &mut Candidate| it.vacancy.taken = 9;
            CartCommand::SelectEvents { picks, terms, candidates: candidates_but(&days::<20>(), day(full), change) }
        }),
        5 => (0u128..12, 1u32..12, cart_terms()).prop_map(|(n, asked, terms)| CartCommand::SetSpots {
            activity: day(n),
            spots: spots(asked),
            terms,
            candidate: Box::new(candidate(yoga(day(n)))),
        }),
        1 => cart_terms().prop_map(|terms| CartCommand::ConfirmMultiBooking(Box::new(Confirmation {
            mode: Mode::BestEffort,
            terms,
            ..confirmation(&days::<12>())
        }))),
        1 => (0u128..3).prop_map(|n| CartCommand::RecordRefusals(items(&[(day(n), Obstacle::BookingClosed)]))),
    ]
}

pub fn picks() -> impl Strategy<Value = Vec<Pick>> {
    let pick = (0u128..12, prop::option::of(1u32..4))
        .prop_map(|(n, asked)| Pick { activity: day(n), spots: asked.map(spots) });
    prop::collection::vec(pick, 0..12)
}

pub fn appointment_command() -> impl Strategy<Value = AppointmentCommand> {
    prop_oneof![
        2 => (any_place(), 1u32..4, entitlement()).prop_map(|(place, n, entitlement)| {
            AppointmentCommand::Book { cart: CART, link: LINK, client: ANN, place, spots: spots(n), entitlement }
        }),
        1 => change().prop_map(AppointmentCommand::Cancel),
        4 => (any_place(), change(), entitlement()).prop_map(|(to, change, entitlement)| {
            AppointmentCommand::Reschedule { to, change, entitlement }
        }),
        3 => (1u32..5, change())
            .prop_map(|(n, change)| AppointmentCommand::ReduceSpots { spots: spots(n), change }),
        2 => (moment(), 1u32..3)
            .prop_map(|(starts_at, n)| AppointmentCommand::FollowMove { starts_at, duration: number(60 * n) }),
        2 => team_member().prop_map(AppointmentCommand::FollowTeamMember),
        2 => proptest::option::of(proptest::sample::select(&[Attendance::Arrived, Attendance::NoShow][..]))
            .prop_map(AppointmentCommand::NoteAttendance),
    ]
}

pub fn branch_command() -> impl Strategy<Value = BranchCommand> {
    let any_details = prop::sample::select(vec!["Sonne", "Mond"])
        .prop_map(|studio| Details { name: name(studio), ..details() });
    let any_service = (prop::sample::select(vec!["Yoga", "Pilates"]), any::<bool>())
        .prop_map(|(title, prepayment_required)| Service { prepayment_required, ..service(title) });
    prop_oneof![
        any_details.clone().prop_map(BranchCommand::Open),
        any_details.prop_map(BranchCommand::SetDetails),
        (any::<bool>(), 2u32..4, change_rule(), duplicates()).prop_map(
            |(prepayment, max, cancellation, duplicates)| BranchCommand::SetRules(Rules {
                prepayment,
                multiple_spots: MultipleSpots::UpTo(number(max)),
                cancellation,
                rescheduling: ChangeRule::default(),
                duplicates,
                reminder: None,
            })
        ),
        (service_id(), any_service).prop_map(|(id, service)| BranchCommand::SetService(id, service)),
        (team_member(), prop::sample::select(vec!["Sofie", "Marco"]))
            .prop_map(|(id, called)| BranchCommand::SetTeamMember(id, name(called))),
    ]
}

pub fn link_command() -> impl Strategy<Value = LinkCommand> {
    let any_settings =
        (0u32..4, prop::option::of(prop::sample::select(vec!["A", "B"]))).prop_map(|(max, consent)| {
            Settings {
                multiple_events: match max {
                    0 => MultipleEventBooking::Off,
                    max => MultipleEventBooking::UpTo(number(max)),
                },
                consent: consent.map(str::to_owned),
                ..settings()
            }
        });
    let kind = prop::sample::select(vec![Kind::Individual, Kind::Group, Kind::Mixed]);
    prop_oneof![
        (kind, any_settings.clone()).prop_map(|(kind, settings)| LinkCommand::Create(kind, settings)),
        any_settings.prop_map(LinkCommand::SetUp),
        prop::sample::select(vec![None, Some(Colour([15, 107, 95]))])
            .prop_map(|accent| { LinkCommand::Dress(Appearance { accent, ..Appearance::default() }) }),
    ]
}

pub fn membership_command() -> impl Strategy<Value = MembershipCommand> {
    (0u128..3, 0u32..3).prop_map(|(id, balance)| {
        MembershipCommand::Grant(MembershipId(Uuid::from_u128(id)), visits(balance))
    })
}

/// By the client or by staff, before or after the deadline.
pub fn change() -> impl Strategy<Value = Change> {
    let by = prop::sample::select(vec![By::Client, By::Staff, By::Studio]);
    (by, moment(), change_rule()).prop_map(|(by, at, rule)| Change { by, at, rule })
}

fn change_rule() -> impl Strategy<Value = ChangeRule> {
    (any::<bool>(), 0u32..72).prop_map(|(allowed, notice)| ChangeRule { allowed, notice: hours(notice) })
}

fn cart_terms() -> impl Strategy<Value = CartTerms> {
    (0i64..30, 1u32..=10, prop::bool::weighted(0.1)).prop_map(|(hours, max, prepayment)| CartTerms {
        at: monday() + TimeDelta::hours(hours),
        max_events: number(max),
        prepayment,
        ..terms()
    })
}

fn taking() -> impl Strategy<Value = Taking> {
    prop_oneof![
        3 => moment().prop_map(|at| Taking::Online(Online { at, ..online() })),
        1 => any::<bool>().prop_map(|force| Taking::Staff { force }),
    ]
}

fn any_place() -> impl Strategy<Value = Place> {
    (0u128..5, team_member(), service_id()).prop_map(|(n, team_member_id, service_id)| Place {
        team_member_id,
        service_id,
        ..place(day(n))
    })
}

fn entitlement() -> impl Strategy<Value = Entitlement> {
    let booking = prop::sample::select(vec![MembershipBooking::Off, MembershipBooking::Required]);
    (booking, any::<bool>(), prop::option::of(Just(TEN_VISITS)))
        .prop_map(|(booking, wanted, applying)| Entitlement { booking, wanted, applying })
}

/// Mostly before the first event.
fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..48).prop_map(|hours| monday() + TimeDelta::hours(hours))
}

fn team_member() -> impl Strategy<Value = TeamMemberId> {
    prop::sample::select(vec![SOFIE, MARCO])
}

fn service_id() -> impl Strategy<Value = ServiceId> {
    prop::sample::select(vec![YOGA, PILATES])
}

fn duplicates() -> impl Strategy<Value = Duplicates> {
    prop::sample::select(vec![Duplicates::Refuse, Duplicates::Allow])
}
