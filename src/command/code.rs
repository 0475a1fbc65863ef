//! What each rule's no is called, for programs: kebab-case, never renamed.

use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::booking_link::LinkRefusal;
use aggregates::branch::BranchRefusal;
use aggregates::client::ClientRefusal;
use aggregates::membership::MembershipRefusal;

use super::Refusal;

impl Refusal {
    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. }
            | Self::Activity(ActivityRefusal::NotScheduled)
            | Self::Appointment(AppointmentRefusal::NotBooked)
            | Self::Branch(BranchRefusal::NotOpen)
            | Self::Link(LinkRefusal::NotCreated)
            | Self::Client(ClientRefusal::Erased) => "not-found",
            Self::Stale { .. } => "stale",
            Self::KeyReused => "idempotency-key-reused",
            Self::Gap { .. } => "no-such-local-time",
            Self::Cart { refusal, .. } => refusal.code(),
            Self::NotBooked { .. } => "not-booked",
            Self::Activity(refusal) => activity(refusal),
            Self::Appointment(refusal) => appointment(refusal),
            Self::Branch(BranchRefusal::AlreadyOpen) => "already-open",
            Self::Link(LinkRefusal::AlreadyCreated) => "already-created",
            Self::Link(LinkRefusal::NotForIndividualLinks) => "not-for-individual-links",
            Self::Link(LinkRefusal::ConsentEmpty) => "consent-empty",
            Self::Membership(MembershipRefusal::AlreadyGranted) => "already-granted",
            Self::Client(ClientRefusal::UpcomingAppointments { .. }) => "upcoming-appointments",
        }
    }
}

fn activity(refusal: &ActivityRefusal) -> &'static str {
    match refusal {
        ActivityRefusal::NotScheduled => "not-found",
        ActivityRefusal::AlreadyScheduled => "already-scheduled",
        ActivityRefusal::Cancelled => "activity-cancelled",
        ActivityRefusal::CapacityBelowTaken { .. } => "capacity-below-taken",
        ActivityRefusal::Obstacle(obstacle) => obstacle.code(),
    }
}

fn appointment(refusal: &AppointmentRefusal) -> &'static str {
    match refusal {
        AppointmentRefusal::NotBooked => "not-found",
        AppointmentRefusal::AlreadyBooked => "already-booked",
        AppointmentRefusal::Cancelled => "appointment-cancelled",
        AppointmentRefusal::CancellingClosed(_) => "cancelling-closed",
        AppointmentRefusal::ReschedulingClosed(_) => "rescheduling-closed",
        AppointmentRefusal::DifferentTeamMembers => "different-team-members",
        AppointmentRefusal::DifferentServices => "different-services",
        AppointmentRefusal::NotFewerSpots { .. } => "not-fewer-spots",
        AppointmentRefusal::Obstacle(obstacle) => obstacle.code(),
    }
}
