//! What a caller of the API sees.

use std::collections::{BTreeMap, BTreeSet};

use aggregates::Obstacle;
use aggregates::booking_link::{Field, Settled};
use aggregates::branch::{Branch, MembershipBooking};
use aggregates::cart::{CartTerms, LIFETIME, Seen};
use aggregates::change_rules::{ChangeRule, Closed};
use aggregates::ids::ActivityId;
use aggregates::values::{MaxEvents, Money, MultipleEventBooking, MultipleSpots};
use chrono::{DateTime, FixedOffset, Utc};
use projections::appointments::AppointmentRow;
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// One dated event.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Activity {
    pub activity_id: Uuid,
    pub service_id: Uuid,
    pub service: String,
    pub team_member_id: Uuid,
    pub team_member: String,
    /// With the branch's offset from UTC at that moment.
    pub starts_at: DateTime<FixedOffset>,
    pub ends_at: DateTime<FixedOffset>,
    /// IANA name of the branch's time zone.
    pub time_zone: String,
    pub capacity: u32,
    /// Never below 0.
    pub spots_left: u32,
    pub sold_out: bool,
    pub bookable: bool,
    /// The stable code of what stands in the way of booking it.
    pub reason: Option<String>,
    pub price: Option<Price>,
    /// Has to be paid online before the visit, so it is booked alone.
    pub prepayment_required: bool,
    pub membership: Membership,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// In the minor unit of the currency: 1500 EUR is fifteen euros.
    pub amount_minor: i64,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub currency: String,
}

impl From<Money> for Price {
    fn from(money: Money) -> Self {
        Self { amount_minor: money.minor, currency: money.currency.into() }
    }
}

/// Whether a service is booked with a membership.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    #[default]
    Off,
    Optional,
    Required,
}

impl From<MembershipBooking> for Membership {
    fn from(booking: MembershipBooking) -> Self {
        match booking {
            MembershipBooking::Off => Self::Off,
            MembershipBooking::Optional => Self::Optional,
            MembershipBooking::Required => Self::Required,
        }
    }
}

impl From<Membership> for MembershipBooking {
    fn from(booking: Membership) -> Self {
        match booking {
            Membership::Off => Self::Off,
            Membership::Optional => Self::Optional,
            Membership::Required => Self::Required,
        }
    }
}

/// A moment as the branch's clock shows it.
#[must_use]
pub fn at_branch(branch: &Branch, moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    match branch.details() {
        Some(details) => moment.with_timezone(&details.time_zone).fixed_offset(),
        None => moment.fixed_offset(),
    }
}

impl Activity {
    #[must_use]
    pub fn new(branch: &Branch, row: &AvailabilityRow, obstacle: Option<&Obstacle>) -> Self {
        let plan = &row.vacancy.plan;
        let service = branch.service(plan.service_id);
        let left = row.vacancy.free();
        Self {
            activity_id: row.activity_id.0,
            service_id: plan.service_id.0,
            service: service.map_or_else(String::new, |service| service.name.to_string()),
            team_member_id: plan.team_member_id.0,
            team_member: branch
                .team()
                .get(&plan.team_member_id)
                .map_or_else(String::new, ToString::to_string),
            starts_at: at_branch(branch, plan.starts_at),
            ends_at: at_branch(branch, plan.ends_at()),
            time_zone: branch.details().map_or("UTC", |details| details.time_zone.name()).to_owned(),
            capacity: plan.capacity.into(),
            spots_left: left.into(),
            sold_out: left == 0,
            bookable: obstacle.is_none(),
            reason: obstacle.map(|obstacle| obstacle.code().to_owned()),
            price: service.and_then(|service| service.price).map(Price::from),
            prepayment_required: service.is_some_and(|service| service.prepayment_required),
            membership: service.map_or(Membership::Off, |service| service.membership_booking.into()),
        }
    }
}

/// The setting group *Multiple event booking*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MultipleEvents {
    /// *Allow clients to book multiple events.*
    pub allowed: bool,
    /// *How many events at once*: 1 to 10; 10 if left out.
    #[schema(minimum = 1, maximum = 10)]
    #[serde(default = "ten")]
    pub max_events: u32,
}

fn ten() -> u32 {
    MaxEvents::MAX.into()
}

impl From<MultipleEventBooking> for MultipleEvents {
    fn from(setting: MultipleEventBooking) -> Self {
        match setting {
            MultipleEventBooking::Off => Self { allowed: false, max_events: ten() },
            MultipleEventBooking::UpTo(max) => Self { allowed: true, max_events: max.into() },
        }
    }
}

/// Whether a field of the contact form is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    Off,
    #[default]
    Optional,
    Required,
}

impl From<Field> for ContactField {
    fn from(field: Field) -> Self {
        match field {
            Field::Off => Self::Off,
            Field::Optional => Self::Optional,
            Field::Required => Self::Required,
        }
    }
}

impl From<ContactField> for Field {
    fn from(field: ContactField) -> Self {
        match field {
            ContactField::Off => Self::Off,
            ContactField::Optional => Self::Optional,
            ContactField::Required => Self::Required,
        }
    }
}

/// What clients agree to before they confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consent {
    /// Send it back with the confirmation.
    pub version: u32,
    pub text: String,
}

impl Consent {
    #[must_use]
    pub fn of(link: &Settled) -> Option<Self> {
        link.settings.consent.clone().map(|text| Self { version: link.consent_version, text })
    }
}

/// Spots within one booking: `null` is one only.
#[must_use]
pub fn spot_limit(setting: MultipleSpots) -> u32 {
    setting.max_spots().into()
}

/// What a booking link offers its clients.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PublicLink {
    pub link_id: Uuid,
    pub name: String,
    /// Switched off, or books no events.
    pub closed: bool,
    pub studio: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub time_zone: String,
    /// How many events fit into one booking now: 1 while multiple event booking is off or prepayment is on.
    #[schema(minimum = 1, maximum = 10)]
    pub limit: u32,
    pub multiple_event_booking: MultipleEvents,
    /// Online prepayment of the branch: while it is on, events are booked one at a time.
    pub prepayment: bool,
    /// The most spots in one event by one booking.
    #[schema(minimum = 1, maximum = 255)]
    pub max_spots: u32,
    pub email: ContactField,
    pub comment: ContactField,
    pub consent: Option<Consent>,
    pub cancellation: ChangeRuleView,
    pub rescheduling: ChangeRuleView,
}

/// Until when clients may change an appointment themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeRule)]
pub struct ChangeRuleView {
    pub allowed: bool,
    /// Minutes before the start; kept while the rule is off.
    #[schema(maximum = 525_600)]
    #[serde(default)]
    pub notice_minutes: u32,
}

impl From<ChangeRule> for ChangeRuleView {
    fn from(rule: ChangeRule) -> Self {
        Self { allowed: rule.allowed, notice_minutes: rule.notice.into() }
    }
}

/// One selected event.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SelectedActivity {
    #[serde(flatten)]
    pub activity: Activity,
    pub spots: u32,
}

/// A cart.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Cart {
    pub cart_id: Uuid,
    pub link_id: Uuid,
    pub status: CartStatus,
    pub expires_at: DateTime<Utc>,
    /// How many events fit into it now.
    pub limit: u32,
    /// What is selected, by start. A full or closed event stays, marked, until it is cleared.
    pub events: Vec<SelectedActivity>,
    pub consent: Option<Consent>,
    /// Send it back with the confirmation, so that the answer says what changed since.
    pub seen: Shown,
    /// What was booked, once it is confirmed.
    pub appointment_ids: Vec<Uuid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CartStatus {
    Open,
    Confirmed,
    Expired,
}

/// What was shown to the client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Seen)]
pub struct Shown {
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10)]
    pub max_events: Option<u32>,
    #[serde(default)]
    pub prepayment: bool,
    #[serde(default)]
    pub consent_version: Option<u32>,
    /// When each event started, by its id.
    #[serde(default)]
    pub starts: BTreeMap<Uuid, DateTime<Utc>>,
    /// The events that were marked as not bookable any more.
    #[serde(default)]
    pub unbookable: BTreeSet<Uuid>,
}

impl From<Seen> for Shown {
    fn from(seen: Seen) -> Self {
        Self {
            max_events: seen.max_events.map(u32::from),
            prepayment: seen.prepayment,
            consent_version: seen.consent_version,
            starts: seen.starts.into_iter().map(|(id, start)| (id.0, start)).collect(),
            unbookable: seen.unbookable.into_iter().map(|id| id.0).collect(),
        }
    }
}

impl From<Shown> for Seen {
    fn from(shown: Shown) -> Self {
        Self {
            max_events: shown.max_events.and_then(|max| max.try_into().ok()),
            prepayment: shown.prepayment,
            consent_version: shown.consent_version,
            starts: shown.starts.into_iter().map(|(id, start)| (ActivityId(id), start)).collect(),
            unbookable: shown.unbookable.into_iter().map(ActivityId).collect(),
        }
    }
}

impl Cart {
    /// A cart with its events, which are all that it has selected.
    #[must_use]
    pub fn new(
        branch: &Branch,
        link: &Settled,
        row: &CartRow,
        events: &[AvailabilityRow],
        now: DateTime<Utc>,
    ) -> Self {
        let terms = CartTerms::new(branch.rules(), link, now);
        let expires_at = row.opened_at + LIFETIME;
        let candidates = events
            .iter()
            .map(|event| {
                (event.activity_id, aggregates::cart::Candidate::new(event.vacancy, branch, link, now))
            })
            .collect();
        let seen = Seen::of(&terms, row.selected.iter().map(|it| &it.activity_id), &candidates);
        let selected = events.iter().filter_map(|event| {
            let spots = row.selected.iter().find(|it| it.activity_id == event.activity_id)?.spots;
            let online = link.online(&event.vacancy.plan, branch.rules(), now);
            let obstacle = event.vacancy.obstacle(spots, &online);
            Some(SelectedActivity {
                activity: Activity::new(branch, event, obstacle.as_ref()),
                spots: spots.into(),
            })
        });
        let confirmed = row.confirmed.as_ref();
        Self {
            cart_id: row.cart_id.0,
            link_id: row.link_id.0,
            status: match confirmed {
                Some(_) => CartStatus::Confirmed,
                None if expires_at < now => CartStatus::Expired,
                None => CartStatus::Open,
            },
            expires_at,
            limit: terms.limit().into(),
            events: if confirmed.is_some() { vec![] } else { selected.collect() },
            consent: Consent::of(link),
            seen: seen.into(),
            appointment_ids: confirmed
                .map(|confirmed| confirmed.booked().map(|(_, line)| line.appointment_id.0).collect())
                .unwrap_or_default(),
        }
    }
}

/// Whether a client may change an appointment themselves now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Permission {
    pub allowed: bool,
    /// The last moment, if the rule is on.
    pub until: Option<DateTime<FixedOffset>>,
    /// `not-allowed` or `notice-passed`.
    pub reason: Option<String>,
}

impl Permission {
    fn new(branch: &Branch, rule: ChangeRule, row: &AppointmentRow, now: DateTime<Utc>) -> Self {
        let until = rule.deadline(row.place.starts_at).map(|until| at_branch(branch, until));
        match rule.permit(row.place.starts_at, now) {
            Ok(()) => Self { allowed: true, until, reason: None },
            Err(Closed::NotAllowed) => Self { allowed: false, until, reason: Some("not-allowed".to_owned()) },
            Err(Closed::NoticePassed { .. }) => {
                Self { allowed: false, until, reason: Some("notice-passed".to_owned()) }
            }
        }
    }
}

/// One booked event of one client.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Appointment {
    pub appointment_id: Uuid,
    /// To say on the telephone.
    pub reference: String,
    pub activity_id: Uuid,
    pub service_id: Uuid,
    pub service: String,
    pub team_member_id: Uuid,
    pub team_member: String,
    pub starts_at: DateTime<FixedOffset>,
    pub ends_at: DateTime<FixedOffset>,
    pub time_zone: String,
    pub address: Option<String>,
    pub spots: u32,
    pub status: AppointmentStatus,
    /// `client`, `staff` or `studio`, if it is cancelled.
    pub cancelled_by: Option<String>,
    /// The start before the last move.
    pub moved_from: Option<DateTime<FixedOffset>>,
    pub membership_id: Option<Uuid>,
    pub cancellation: Permission,
    pub rescheduling: Permission,
    pub version: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentStatus {
    Booked,
    Cancelled,
}

impl Appointment {
    #[must_use]
    pub fn new(branch: &Branch, row: &AppointmentRow, now: DateTime<Utc>) -> Self {
        let place = &row.place;
        let details = branch.details();
        let rules = branch.rules();
        Self {
            appointment_id: row.appointment_id.0,
            reference: row.appointment_id.reference(),
            activity_id: place.activity_id.0,
            service_id: place.service_id.0,
            service: branch
                .service(place.service_id)
                .map_or_else(String::new, |service| service.name.to_string()),
            team_member_id: place.team_member_id.0,
            team_member: branch
                .team()
                .get(&place.team_member_id)
                .map_or_else(String::new, ToString::to_string),
            starts_at: at_branch(branch, place.starts_at),
            ends_at: at_branch(branch, place.starts_at + place.duration.span()),
            time_zone: details.map_or("UTC", |details| details.time_zone.name()).to_owned(),
            address: details.and_then(|details| details.address.as_ref()).map(ToString::to_string),
            spots: row.spots.into(),
            status: if row.is_cancelled() { AppointmentStatus::Cancelled } else { AppointmentStatus::Booked },
            cancelled_by: row.cancelled_by.map(|by| by.name().to_owned()),
            moved_from: row.moved_from.map(|moment| at_branch(branch, moment)),
            membership_id: row.membership_id.map(|id| id.0),
            cancellation: Permission::new(branch, rules.cancellation, row, now),
            rescheduling: Permission::new(branch, rules.rescheduling, row, now),
            version: row.version,
        }
    }
}
