//! A booking link, as its clients need it.

use crate::web::api::whole::whole;
use aggregates::booking_link::{Field, Settled};
use aggregates::change_rules::ChangeRule;
use aggregates::values::{MaxEvents, MultipleEventBooking, MultipleSpots};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The setting group *Multiple event booking*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MultipleEvents {
    /// *Allow clients to book multiple events.*
    pub allowed: bool,
    /// *How many events at once*: 1 to 10; 10 if left out.
    #[schema(minimum = 1, maximum = 10)]
    #[serde(default = "ten", deserialize_with = "whole")]
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

written_as!(Field as ContactField { Off, Optional, Required });

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
    /// A confirmation takes a code, which `send_phone_code` sends to the client's number.
    pub phone_code: bool,
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
    #[serde(default, deserialize_with = "whole")]
    pub notice_minutes: u32,
}

impl From<ChangeRule> for ChangeRuleView {
    fn from(rule: ChangeRule) -> Self {
        Self { allowed: rule.allowed, notice_minutes: rule.notice.into() }
    }
}
