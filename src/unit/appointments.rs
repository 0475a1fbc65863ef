//! One appointment, changed alone: cancelled, moved, or with fewer spots.

use aggregates::Fact;
use aggregates::activity::{Activity, Taking};
use aggregates::appointment::{Appointment, AppointmentCommand, Booking, By, Change, Entitlement, Place};
use aggregates::branch::{Branch, MembershipBooking};
use aggregates::change_rules::ChangeRule;
use aggregates::confirmation::entitlement;
use aggregates::ids::{ActivityId, AppointmentId};
use aggregates::membership::Membership;
use aggregates::rescheduling;
use aggregates::values::Spots;

use super::{Unit, missing};
use crate::command::{Answer, Command, Failure, Requester};

impl Unit<'_> {
    pub(super) async fn change_appointment(&self) -> Result<Answer, Failure> {
        let branch = self.branch().await?;
        match self.envelope.command {
            Command::CancelAppointment { appointment, by } => {
                let change = self.change(by, branch.rules().cancellation);
                self.step(appointment, AppointmentCommand::Cancel(change), Taking::Staff { force: false })
                    .await
            }
            Command::ReduceSpots { appointment, spots, by } => {
                let change = self.change(by, branch.rules().cancellation);
                let command = AppointmentCommand::ReduceSpots { spots, change };
                self.step(appointment, command, Taking::Staff { force: false }).await
            }
            Command::NoteAttendance { appointment, attendance } => {
                let command = AppointmentCommand::NoteAttendance(attendance);
                self.step(appointment, command, Taking::Staff { force: false }).await
            }
            Command::RescheduleAppointment { appointment, to, by } => {
                self.reschedule(&branch, appointment, to, by).await
            }
            ref other => Err(Failure::Broken(format!("{} does not concern an appointment", other.name()))),
        }
    }

    fn change(&self, by: Requester, rule: ChangeRule) -> Change {
        let by = match by {
            Requester::Client => By::Client,
            Requester::Staff { .. } => By::Staff,
        };
        Change { by, at: self.envelope.at, rule }
    }

    async fn reschedule(
        &self,
        branch: &Branch,
        appointment: AppointmentId,
        to: ActivityId,
        by: Requester,
    ) -> Result<Answer, Failure> {
        let booking = self.booking(appointment).await?;
        let activity = self.staging.get::<Activity>(to.0).await?;
        let plan = activity.vacancy().ok_or_else(|| missing("event", "/activity_id"))?.plan;
        let place = Place::of(to, &plan);
        let membership = self.staging.get::<Membership>(booking.client.0).await?;
        let (taking, entitlement) = match by {
            Requester::Client => {
                let mut online =
                    self.link(booking.link).await?.online(&plan, branch.rules(), self.envelope.at);
                // The appointment keeps the spots it has, also where a new one could not have as many.
                online.max_spots = Spots::MAX;
                let entitlement = entitlement(branch, &membership, &place, booking.membership.is_some());
                (Taking::Online(online), entitlement)
            }
            Requester::Staff { force: false } => {
                let entitlement = entitlement(branch, &membership, &place, booking.membership.is_some());
                (Taking::Staff { force: false }, entitlement)
            }
            Requester::Staff { force: true } => {
                let unneeded = Entitlement { booking: MembershipBooking::Off, wanted: false, applying: None };
                (Taking::Staff { force: true }, unneeded)
            }
        };
        let change = self.change(by, branch.rules().rescheduling);
        self.step(appointment, AppointmentCommand::Reschedule { to: place, change, entitlement }, taking)
            .await
    }

    pub(super) async fn booking(&self, id: AppointmentId) -> Result<Booking, Failure> {
        let appointment = self.staging.get::<Appointment>(id.0).await?;
        appointment.booking().cloned().ok_or_else(|| missing("appointment", ""))
    }

    /// Asks the appointment, and its events for what follows.
    pub(super) async fn step(
        &self,
        id: AppointmentId,
        command: AppointmentCommand,
        taking: Taking,
    ) -> Result<Answer, Failure> {
        self.booking(id).await?;
        self.check_version::<Appointment>(id.0).await?;
        let duplicates = self.branch().await?.rules().duplicates;
        for fact in self.ask_for_facts::<Appointment>(id.0, command).await? {
            let Fact::Appointment(fact) = fact else { continue };
            let after = self.booking(id).await?;
            for (activity, command) in rescheduling::react(id, &after, &fact, taking, duplicates) {
                self.ask::<Activity>(activity.0, command).await?;
            }
        }
        self.done::<Appointment>(id.0).await
    }
}
