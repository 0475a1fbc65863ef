//! The people, days and settings that the tests talk about. All of it is at a studio in Berlin.

pub mod any;
mod appointments;
mod carts;
mod studio;

use aggregates::Decider;
use aggregates::activity::{
    Activity, ActivityCommand, ActivityEvent, ActivityScheduled, Holder, Online, Plan, SpotsTaken, Taking,
    Vacancy,
};
use aggregates::appearance::Appearance;
use aggregates::appointment::Place;
use aggregates::booking_link::{BookingLink, Kind, LinkCreated, Settings, Settled};
use aggregates::branch::{
    Branch, BranchEvent, BranchOpened, Details, Duplicates, MembershipBooking, Rules, RulesSet, Service,
    ServiceAdded,
};
use aggregates::ids::{
    ActivityId, AppointmentId, CartId, ClientId, LinkId, MembershipId, ServiceId, TeamMemberId,
};
use aggregates::membership::{Membership, MembershipGranted, Status, Terms};
use aggregates::values::{Horizon, MultipleEventBooking, Name, Notice, Offered, Spots};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

pub use appointments::*;
pub use carts::*;
pub use studio::{Refused, Studio};

pub const SOFIE: TeamMemberId = TeamMemberId(Uuid::from_u128(1));
pub const MARCO: TeamMemberId = TeamMemberId(Uuid::from_u128(2));
pub const YOGA: ServiceId = ServiceId(Uuid::from_u128(3));
pub const PILATES: ServiceId = ServiceId(Uuid::from_u128(4));
pub const ANN: ClientId = ClientId(Uuid::from_u128(5));
pub const BEN: ClientId = ClientId(Uuid::from_u128(6));
pub const LINK: LinkId = LinkId(Uuid::from_u128(7));
pub const CART: CartId = CartId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0008));
pub const TEN_VISITS: MembershipId = MembershipId(Uuid::from_u128(9));

/// Yoga with Sofie; `day(n)` is n days later.
pub const TUESDAY: ActivityId = day(0);
pub const THURSDAY: ActivityId = day(2);
pub const NEXT_TUESDAY: ActivityId = day(7);
pub const NEXT_THURSDAY: ActivityId = day(9);

pub const fn day(n: u128) -> ActivityId {
    ActivityId(Uuid::from_u128(100 + n))
}

pub fn days<const N: usize>() -> [ActivityId; N] {
    std::array::from_fn(|n| day(n as u128))
}

pub fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Monday morning, when everybody books.
pub fn monday() -> DateTime<Utc> {
    utc("2027-01-04T09:00:00Z")
}

/// Half past six in the evening of an activity's day.
pub fn start_of(activity: ActivityId) -> DateTime<Utc> {
    let days = i64::try_from(activity.0.as_u128() - 100).unwrap();
    utc("2027-01-05T17:30:00Z") + TimeDelta::days(days)
}

pub fn number<T: TryFrom<u32, Error: std::fmt::Debug>>(n: u32) -> T {
    n.try_into().unwrap()
}

pub fn spots(n: u32) -> Spots {
    number(n)
}

pub fn name(text: &str) -> Name {
    text.to_owned().try_into().unwrap()
}

pub fn hours(n: u32) -> Notice {
    number(60 * n)
}

/// Nine spots for an hour with Sofie.
pub fn yoga(activity: ActivityId) -> Plan {
    Plan {
        service_id: YOGA,
        team_member_id: SOFIE,
        starts_at: start_of(activity),
        duration: number(60),
        capacity: number(9),
        open: true,
    }
}

pub fn yoga_with(spots: u32) -> Plan {
    Plan { capacity: number(spots), ..yoga(TUESDAY) }
}

pub fn scheduled(plan: Plan) -> ActivityEvent {
    ActivityScheduled { plan }.into()
}

pub fn taken(appointment: AppointmentId, client: ClientId, n: u32) -> ActivityEvent {
    SpotsTaken { appointment_id: appointment, client_id: client, spots: spots(n), overbooked: false }.into()
}

pub fn appointment(n: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(200 + n))
}

pub fn take(appointment: AppointmentId, client: ClientId, n: u32, taking: Taking) -> ActivityCommand {
    let holder = Holder { client, spots: spots(n) };
    ActivityCommand::TakeSpots { appointment, holder, taking, duplicates: Duplicates::Refuse }
}

/// A client who comes through an ordinary link on Monday.
pub fn online() -> Online {
    Online {
        at: monday(),
        lead: Notice::MIN,
        horizon: number::<Horizon>(365),
        offered: true,
        max_spots: Spots::MAX,
        seen_start: None,
    }
}

pub fn vacant(plan: Plan) -> Vacancy {
    Vacancy { plan, cancelled: false, taken: 0 }
}

pub fn place(activity: ActivityId) -> Place {
    Place::of(activity, &yoga(activity))
}

pub fn details() -> Details {
    Details {
        name: name("Studio Sonne"),
        time_zone: chrono_tz::Europe::Berlin,
        country: "DE".to_owned().try_into().unwrap(),
        address: Some(name("Sonnenallee 1, Berlin")),
        phone: Some(name("+49 30 5550100")),
    }
}

pub fn service(title: &str) -> Service {
    Service {
        name: name(title),
        duration: number(60),
        price: None,
        prepayment_required: false,
        membership_booking: MembershipBooking::Off,
    }
}

/// The studio in Berlin with these rules, where yoga is booked like this.
pub fn branch(rules: Rules, yoga: Service) -> Branch {
    Branch::after(&[
        BranchEvent::from(BranchOpened { details: details() }),
        RulesSet { rules }.into(),
        ServiceAdded { service_id: YOGA, service: yoga }.into(),
        ServiceAdded { service_id: PILATES, service: service("Pilates") }.into(),
    ])
}

pub fn settings() -> Settings {
    Settings::named(name("Group classes"))
}

pub fn settings_up_to(max: u32) -> Settings {
    Settings { multiple_events: MultipleEventBooking::UpTo(number(max)), ..settings() }
}

pub fn link(kind: Kind, settings: Settings) -> BookingLink {
    BookingLink::after(&[LinkCreated { kind, settings, consent_version: 0 }.into()])
}

pub fn settled(settings: Settings) -> Settled {
    Settled { kind: Kind::Group, settings, consent_version: 0, appearance: Appearance::default() }
}

/// Visits for yoga, without an end.
pub fn visits(balance: u32) -> Terms {
    Terms {
        name: name("Ten visits"),
        services: Offered::Only([YOGA].into()),
        balance: Some(balance),
        expires_on: None,
        status: Status::Active,
    }
}

pub fn membership(terms: Terms) -> Membership {
    Membership::after(&[MembershipGranted { membership_id: TEN_VISITS, terms }.into()])
}

/// Asks, and takes the facts into account.
pub fn ask<D: Decider + Clone>(decider: &mut D, command: D::Command) -> Result<Vec<D::Event>, D::Refusal> {
    let facts = decider.decide(command)?;
    *decider = facts.iter().fold(decider.clone(), D::evolve);
    Ok(facts)
}

/// An event that was scheduled, with nobody in it.
pub fn empty(plan: Plan) -> Activity {
    Activity::after(&[scheduled(plan)])
}
