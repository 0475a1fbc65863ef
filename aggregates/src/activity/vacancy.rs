//! An event as the schedule shows it, and whether it can be booked.
//!
//! The aggregate decides by this, and the read model of the widget keeps the same value, so that what is offered
//! and what is accepted cannot drift apart.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Taking;
use super::event::{
    ActivityEvent, ActivityMoved, ActivityScheduled, CapacitySet, SpotsKept, SpotsReleased, SpotsTaken,
    TeamMemberReplaced,
};
use crate::ids::{ServiceId, TeamMemberId};
use crate::obstacle::Obstacle;
use crate::values::{Capacity, Duration, Horizon, Notice, Spots};

/// What, who, when, for how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub service_id: ServiceId,
    pub team_member_id: TeamMemberId,
    pub starts_at: DateTime<Utc>,
    pub duration: Duration,
    pub capacity: Capacity,
    /// Open to online booking.
    pub open: bool,
}

/// A plan, and what has become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vacancy {
    pub plan: Plan,
    pub cancelled: bool,
    /// Spots taken; more than the capacity after staff overbooked or lowered it.
    pub taken: u32,
}

/// The terms on which a client takes spots through a link.
#[derive(Debug, Clone, Copy)]
pub struct Online {
    /// The moment of the command.
    pub at: DateTime<Utc>,
    pub lead: Notice,
    pub horizon: Horizon,
    /// Whether the link offers the event's service and team member.
    pub offered: bool,
    pub max_spots: Spots,
    /// The start that the client last saw, if it matters.
    pub seen_start: Option<DateTime<Utc>>,
}

impl Plan {
    /// The end of the event; at the end of the calendar it ends there.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at.checked_add_signed(self.duration.span()).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

impl Vacancy {
    /// Spots left, never below 0.
    pub fn free(&self) -> u16 {
        let free = u32::from(self.plan.capacity).saturating_sub(self.taken);
        u16::try_from(free).unwrap_or(u16::MAX)
    }

    /// What stands in the way of booking that many spots online.
    pub fn obstacle(&self, spots: Spots, online: &Online) -> Option<Obstacle> {
        let starts_at = self.plan.starts_at;
        if self.cancelled {
            return Some(Obstacle::ActivityCancelled);
        }
        if starts_at <= online.at {
            return Some(Obstacle::AlreadyStarted);
        }
        if let Some(was) = online.seen_start.filter(|seen| *seen != starts_at) {
            return Some(Obstacle::ActivityMoved { was, is: starts_at });
        }
        if !self.plan.open {
            return Some(Obstacle::BookingClosed);
        }
        if !online.offered {
            return Some(Obstacle::NotOffered);
        }
        if starts_at < online.at + online.lead.span() {
            return Some(Obstacle::TooSoon);
        }
        if online.at + online.horizon.span() < starts_at {
            return Some(Obstacle::TooFarAhead);
        }
        if online.max_spots < spots {
            return Some(Obstacle::TooManySpots { max: online.max_spots });
        }
        self.too_full(spots)
    }

    /// What stands in the way of taking that many spots.
    pub fn obstacle_to(&self, taking: Taking, spots: Spots) -> Option<Obstacle> {
        match taking {
            Taking::Online(online) => self.obstacle(spots, &online),
            Taking::Staff { force: true } => self.cancelled.then_some(Obstacle::ActivityCancelled),
            Taking::Staff { force: false } => self.obstacle_for_staff(spots),
        }
    }

    /// What stands in the way of staff booking that many spots without overbooking.
    pub fn obstacle_for_staff(&self, spots: Spots) -> Option<Obstacle> {
        if self.cancelled { Some(Obstacle::ActivityCancelled) } else { self.too_full(spots) }
    }

    fn too_full(&self, asked: Spots) -> Option<Obstacle> {
        let left = self.free();
        (left < u16::from(asked.get())).then_some(Obstacle::NotEnoughSpots { asked, left })
    }

    /// The event after one more fact.
    #[must_use]
    pub fn after(now: Option<Self>, event: &ActivityEvent) -> Option<Self> {
        let Some(mut now) = now else {
            return match event {
                ActivityEvent::Scheduled(ActivityScheduled { plan }) => {
                    Some(Self { plan: *plan, cancelled: false, taken: 0 })
                }
                _ => None,
            };
        };
        match event {
            ActivityEvent::Scheduled(ActivityScheduled { plan }) => now.plan = *plan,
            ActivityEvent::CapacitySet(CapacitySet { capacity }) => now.plan.capacity = *capacity,
            ActivityEvent::Moved(ActivityMoved { starts_at, duration, .. }) => {
                now.plan.starts_at = *starts_at;
                now.plan.duration = *duration;
            }
            ActivityEvent::Cancelled(_) => {
                now.cancelled = true;
                now.taken = 0;
            }
            ActivityEvent::TeamMemberReplaced(TeamMemberReplaced { team_member_id, .. }) => {
                now.plan.team_member_id = *team_member_id;
            }
            ActivityEvent::BookingOpened(_) => now.plan.open = true,
            ActivityEvent::BookingClosed(_) => now.plan.open = false,
            ActivityEvent::SpotsTaken(SpotsTaken { spots, .. }) => now.taken += u32::from(*spots),
            ActivityEvent::SpotsReleased(SpotsReleased { spots, .. }) => {
                now.taken = now.taken.saturating_sub(u32::from(*spots));
            }
            ActivityEvent::SpotsKept(SpotsKept { was, spots, .. }) => {
                now.taken =
                    now.taken.saturating_sub(u32::from(*was) - u32::from(*spots).min(u32::from(*was)));
            }
        }
        Some(now)
    }
}
