//! One dated event.

use crate::web::api::whole::whole;
use aggregates::Obstacle;
use aggregates::branch::{Branch, MembershipBooking};
use aggregates::ids::{ServiceId, TeamMemberId};
use aggregates::values::Money;
use chrono::{DateTime, FixedOffset, Utc};
use projections::availability::AvailabilityRow;
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
    #[schema(minimum = 0)]
    #[serde(deserialize_with = "whole")]
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

written_as!(MembershipBooking as Membership { Off, Optional, Required });

/// A moment as the branch's clock shows it.
#[must_use]
pub fn at_branch(branch: &Branch, moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    match branch.details() {
        Some(details) => moment.with_timezone(&details.time_zone).fixed_offset(),
        None => moment.fixed_offset(),
    }
}

/// The name of a service, as clients read it.
#[must_use]
pub fn service_name(branch: &Branch, id: ServiceId) -> String {
    branch.service(id).map_or_else(String::new, |service| service.name.to_string())
}

#[must_use]
pub fn team_member_name(branch: &Branch, id: TeamMemberId) -> String {
    branch.team().get(&id).map_or_else(String::new, ToString::to_string)
}

/// The IANA name of the branch's time zone.
#[must_use]
pub fn zone_name(branch: &Branch) -> String {
    branch.details().map_or("UTC", |details| details.time_zone.name()).to_owned()
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
            service: service_name(branch, plan.service_id),
            team_member_id: plan.team_member_id.0,
            team_member: team_member_name(branch, plan.team_member_id),
            starts_at: at_branch(branch, plan.starts_at),
            ends_at: at_branch(branch, plan.ends_at()),
            time_zone: zone_name(branch),
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
