//! One dated event: its capacity, and who holds which spots.
//!
//! To people it is an *event*; in code an activity, so that *fact* and *event* never meet in one line.

mod event;
mod vacancy;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use event::{
    ActivityCancelled, ActivityEvent, ActivityMoved, ActivityScheduled, BookingClosed, BookingOpened,
    CapacitySet, SpotsKept, SpotsReleased, SpotsTaken, TeamMemberReplaced,
};
pub use vacancy::{Online, Plan, Vacancy};

use crate::branch::Duplicates;
use crate::decider::Decider;
use crate::ids::{AppointmentId, ClientId, TeamMemberId};
use crate::obstacle::Obstacle;
use crate::values::{Capacity, Duration, Spots};

/// What the rules of one event need to remember; the default is the moment before it was scheduled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    vacancy: Option<Vacancy>,
    holders: BTreeMap<AppointmentId, Holder>,
}

/// Who holds spots, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub client: ClientId,
    pub spots: Spots,
}

/// What may be asked of an event.
#[derive(Debug, Clone)]
pub enum ActivityCommand {
    Schedule(Plan),
    /// Fewer than are taken only with `force`.
    SetCapacity {
        capacity: Capacity,
        force: bool,
    },
    Move {
        starts_at: DateTime<Utc>,
        duration: Duration,
    },
    Cancel,
    ReplaceTeamMember(TeamMemberId),
    /// Opens or closes the event to online booking.
    SetOpen(bool),
    TakeSpots {
        appointment: AppointmentId,
        holder: Holder,
        taking: Taking,
        duplicates: Duplicates,
    },
    ReleaseSpots(AppointmentId),
    /// Gives back all but so many of the spots that an appointment holds.
    KeepSpots(AppointmentId, Spots),
}

/// On whose behalf spots are taken.
#[derive(Debug, Clone, Copy)]
pub enum Taking {
    /// By a client, on the terms of a booking link.
    Online(Online),
    /// By staff, who are bound by neither lead nor horizon, and may overbook on purpose.
    Staff { force: bool },
}

/// Why an event said no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActivityRefusal {
    #[error("there is no such event")]
    NotScheduled,
    #[error("this event was scheduled differently")]
    AlreadyScheduled,
    #[error("the studio cancelled this event")]
    Cancelled,
    #[error("{taken} spots are taken already")]
    CapacityBelowTaken { taken: u32 },
    /// It cannot be booked.
    #[error(transparent)]
    Obstacle(#[from] Obstacle),
}

impl Activity {
    /// The event as the schedule shows it; `None` before it was scheduled.
    pub fn vacancy(&self) -> Option<&Vacancy> {
        self.vacancy.as_ref()
    }

    /// The appointments that hold spots.
    pub fn holders(&self) -> &BTreeMap<AppointmentId, Holder> {
        &self.holders
    }

    /// What stands in the way of this holder taking spots.
    fn obstacle(
        &self,
        vacancy: &Vacancy,
        holder: Holder,
        taking: Taking,
        duplicates: Duplicates,
    ) -> Option<Obstacle> {
        let has_it_already = || self.holders.values().any(|other| other.client == holder.client);
        vacancy.obstacle_to(taking, holder.spots).or_else(|| {
            (duplicates == Duplicates::Refuse && has_it_already()).then_some(Obstacle::AlreadyBooked)
        })
    }
}

impl Decider for Activity {
    const NAME: &'static str = "activity";
    type Command = ActivityCommand;
    type Event = ActivityEvent;
    type Refusal = ActivityRefusal;

    fn decide(&self, command: ActivityCommand) -> Result<Vec<ActivityEvent>, ActivityRefusal> {
        use ActivityCommand::{
            Cancel, KeepSpots, Move, ReleaseSpots, ReplaceTeamMember, Schedule, SetCapacity, SetOpen,
            TakeSpots,
        };

        let Some(vacancy) = &self.vacancy else {
            return match command {
                Schedule(plan) => Ok(vec![ActivityScheduled { plan }.into()]),
                _ => Err(ActivityRefusal::NotScheduled),
            };
        };
        let plan = &vacancy.plan;
        let fact: ActivityEvent = match command {
            Schedule(again) if again == *plan => return Ok(vec![]),
            Schedule(_) => return Err(ActivityRefusal::AlreadyScheduled),

            ReleaseSpots(appointment) => match self.holders.get(&appointment) {
                Some(holder) => SpotsReleased { appointment_id: appointment, spots: holder.spots }.into(),
                None => return Ok(vec![]),
            },
            KeepSpots(appointment, keep) => match self.holders.get(&appointment) {
                Some(holder) if keep < holder.spots => {
                    SpotsKept { appointment_id: appointment, was: holder.spots, spots: keep }.into()
                }
                _ => return Ok(vec![]),
            },
            TakeSpots { appointment, holder, .. } if self.holders.get(&appointment) == Some(&holder) => {
                return Ok(vec![]);
            }
            TakeSpots { appointment, .. } if self.holders.contains_key(&appointment) => {
                return Err(Obstacle::AlreadyBooked.into());
            }
            TakeSpots { appointment, holder, taking, duplicates } => {
                if let Some(obstacle) = self.obstacle(vacancy, holder, taking, duplicates) {
                    return Err(obstacle.into());
                }
                SpotsTaken {
                    appointment_id: appointment,
                    client_id: holder.client,
                    spots: holder.spots,
                    overbooked: vacancy.free() < u16::from(holder.spots.get()),
                }
                .into()
            }

            Cancel if vacancy.cancelled => return Ok(vec![]),
            Cancel => ActivityCancelled {}.into(),
            _ if vacancy.cancelled => return Err(ActivityRefusal::Cancelled),

            SetCapacity { capacity, .. } if capacity == plan.capacity => return Ok(vec![]),
            SetCapacity { capacity, force } => {
                let taken = vacancy.taken;
                if u32::from(capacity) < taken && !force {
                    return Err(ActivityRefusal::CapacityBelowTaken { taken });
                }
                CapacitySet { capacity }.into()
            }
            Move { starts_at, duration } if (starts_at, duration) == (plan.starts_at, plan.duration) => {
                return Ok(vec![]);
            }
            Move { starts_at, duration } => ActivityMoved { was: plan.starts_at, starts_at, duration }.into(),
            ReplaceTeamMember(member) if member == plan.team_member_id => return Ok(vec![]),
            ReplaceTeamMember(member) => {
                TeamMemberReplaced { was: plan.team_member_id, team_member_id: member }.into()
            }
            SetOpen(open) if open == plan.open => return Ok(vec![]),
            SetOpen(true) => BookingOpened {}.into(),
            SetOpen(false) => BookingClosed {}.into(),
        };
        Ok(vec![fact])
    }

    fn evolve(mut self, event: &ActivityEvent) -> Self {
        match event {
            ActivityEvent::SpotsTaken(SpotsTaken { appointment_id, client_id, spots, .. }) => {
                self.holders.insert(*appointment_id, Holder { client: *client_id, spots: *spots });
            }
            ActivityEvent::SpotsReleased(SpotsReleased { appointment_id, .. }) => {
                self.holders.remove(appointment_id);
            }
            ActivityEvent::SpotsKept(SpotsKept { appointment_id, spots, .. }) => {
                if let Some(holder) = self.holders.get_mut(appointment_id) {
                    holder.spots = *spots;
                }
            }
            ActivityEvent::Cancelled(_) => self.holders.clear(),
            _ => {}
        }
        Self { vacancy: Vacancy::after(self.vacancy, event), holders: self.holders }
    }
}
