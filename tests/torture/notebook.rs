//! What clients asked for, when, and what they were told.

use std::collections::BTreeMap;
use std::time::Duration;

use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId};

/// One thing that somebody asked for, until there was an answer. Times are those of the whole fleet's one clock.
#[derive(Debug, Clone)]
pub struct Note {
    pub branch: BranchId,
    pub asked: Duration,
    pub answered: Duration,
    pub what: What,
    pub told: Told,
}

#[derive(Debug, Clone)]
pub enum What {
    /// Only what was not to be had is noted.
    Select,
    Confirm {
        cart: CartId,
    },
    Cancel {
        appointment: AppointmentId,
    },
    Reschedule {
        appointment: AppointmentId,
        to: ActivityId,
    },
    CancelEvent {
        activity: ActivityId,
    },
}

impl What {
    /// Whether it is done also if it was done before: whoever cancels again is told yes.
    pub fn may_be_done_already(&self) -> bool {
        !matches!(self, Self::Select | Self::Confirm { .. })
    }
}

#[derive(Debug, Clone)]
pub enum Told {
    /// It was done; a confirmation with its appointments.
    Done(BTreeMap<AppointmentId, ActivityId>),
    /// It was not done: these events had fewer spots left than were asked for.
    Refused(Vec<(ActivityId, u32)>),
    /// It was not done, for another reason: the code of the problem.
    Declined(String),
    /// Nothing, although somebody asked again and again.
    Nothing,
}
