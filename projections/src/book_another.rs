//! The block *Book another*: which further dates are offered, and why others are not (B-15).

use aggregates::Obstacle;
use aggregates::booking_link::{Kind, Settled};
use aggregates::branch::Branch;
use aggregates::cart::{Candidate, CartTerms};
use aggregates::ids::ActivityId;
use aggregates::values::{MaxEvents, MultipleEventBooking, Spots};
use chrono::{DateTime, Utc, Weekday};

use crate::availability::AvailabilityRow;

/// How many dates are shown before *View all dates* (S-18).
pub const SHOWN: usize = 3;

/// What is offered beside the event that was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct BookAnother {
    /// Why the block is not shown at all, if it is not.
    pub hidden: Option<Hidden>,
    /// How many events fit into one booking, the first included.
    pub limit: MaxEvents,
    /// The similar events besides the opened one, by start, then id.
    pub dates: Vec<Date>,
}

/// A similar event, bookable or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Date {
    pub activity_id: ActivityId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub free: u16,
    /// Why it is not offered, if it is not.
    pub obstacle: Option<Obstacle>,
}

/// Why there is no block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// The link is switched off, or books no events.
    LinkClosed,
    /// The setting *Multiple event booking* is off (S-12).
    MultipleEventsOff,
    /// The setting allows one event.
    LimitOfOne,
    /// The branch takes online prepayment (S-10).
    PrepaymentEnabled,
    /// The event has to be paid before the visit.
    PrepaymentRequired,
    /// No other similar event can be booked.
    NothingElse,
}

impl Hidden {
    /// The stable code that programs depend on.
    pub fn code(self) -> &'static str {
        match self {
            Self::LinkClosed => "link-closed",
            Self::MultipleEventsOff => "multiple-events-off",
            Self::LimitOfOne => "limit-of-one",
            Self::PrepaymentEnabled => "prepayment-enabled",
            Self::PrepaymentRequired => "prepayment-required",
            Self::NothingElse => "nothing-else",
        }
    }
}

/// What is offered for that many spots beside the opened event.
///
/// `rows` may hold any events of the branch; those of another service or team member are left out (S-14, S-17).
#[must_use]
pub fn book_another<'a>(
    branch: &Branch,
    link: &Settled,
    at: DateTime<Utc>,
    opened: &AvailabilityRow,
    spots: Spots,
    rows: impl IntoIterator<Item = &'a AvailabilityRow>,
) -> BookAnother {
    let terms = CartTerms::new(branch.rules(), link, at);
    let plan = &opened.vacancy.plan;
    let mut dates: Vec<Date> = rows
        .into_iter()
        .filter(|row| row.activity_id != opened.activity_id)
        .filter(|row| {
            let other = &row.vacancy.plan;
            (other.service_id, other.team_member_id) == (plan.service_id, plan.team_member_id)
        })
        .map(|row| Date {
            activity_id: row.activity_id,
            starts_at: row.vacancy.plan.starts_at,
            ends_at: row.vacancy.plan.ends_at(),
            free: row.vacancy.free(),
            obstacle: row.vacancy.obstacle(spots, &link.online(&row.vacancy.plan, branch.rules(), at)),
        })
        .collect();
    dates.sort_by_key(|date| (date.starts_at, date.activity_id));

    let prepaid = Candidate::new(opened.vacancy, branch, link, at).prepayment_required;
    let hidden = if !terms.active || link.kind == Kind::Individual {
        Some(Hidden::LinkClosed)
    } else if link.settings.multiple_events == MultipleEventBooking::Off {
        Some(Hidden::MultipleEventsOff)
    } else if terms.max_events == MaxEvents::MIN {
        Some(Hidden::LimitOfOne)
    } else if terms.prepayment {
        Some(Hidden::PrepaymentEnabled)
    } else if prepaid {
        Some(Hidden::PrepaymentRequired)
    } else if dates.iter().all(|date| date.obstacle.is_some()) {
        Some(Hidden::NothingElse)
    } else {
        None
    };
    let limit = if hidden.is_some_and(|hidden| hidden != Hidden::NothingElse) {
        MaxEvents::MIN
    } else {
        terms.limit()
    };
    BookAnother { hidden, limit, dates }
}

impl BookAnother {
    /// The dates that can be booked, in the order of the list.
    pub fn bookable(&self) -> impl Iterator<Item = &Date> {
        self.dates.iter().filter(|date| date.obstacle.is_none())
    }
}

/// Whether a moment falls on that weekday at the branch.
#[must_use]
pub fn falls_on(weekday: Weekday, at: DateTime<Utc>, branch: &Branch) -> bool {
    chrono::Datelike::weekday(&branch.day_of(at)) == weekday
}
