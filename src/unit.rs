//! One step: a command, and all that follows from it, staged, all or nothing.
//!
//! What a rule needs of other aggregates (terms, start, service, team member, membership) is filled in here, from
//! aggregates as the step sees them, never by a route.

mod appointments;
mod booking;
mod clients;
pub mod staging;
mod studio;

use std::collections::HashMap;
use std::sync::Arc;

use aggregates::booking_link::{BookingLink, Settled};
use aggregates::branch::Branch;
use aggregates::cart::BookingCart;
use aggregates::ids::LinkId;
use aggregates::{Decider, Fact};
use cqrs_es::{AggregateError, CqrsFramework};
use uuid::Uuid;

use crate::command::{Answer, Command, Done, Envelope, Failure, Refusal};
use crate::hosting::{Hostable, Hosted};
use crate::ledger::StoreError;
use staging::{Key, Staging, StagingStore};

/// A step under way.
pub struct Unit<'a> {
    staging: &'a Arc<Staging>,
    envelope: &'a Envelope,
    metadata: HashMap<String, String>,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Away(error)
    }
}

/// Carries a command out on a layer of its own. On success the layer is kept, else it is dropped.
///
/// # Errors
///
/// If a rule says no, or the store cannot be asked; nothing is staged then.
pub async fn perform(staging: &Arc<Staging>, envelope: &Envelope) -> Result<Answer, Failure> {
    staging.begin();
    let done = Unit::new(staging, envelope).carry_out().await;
    let dry_run = matches!(&envelope.command, Command::ConfirmMultiBooking(confirm) if confirm.dry_run);
    if done.is_ok() && !dry_run {
        staging.keep_layer();
    } else {
        staging.drop_layer();
    }
    done
}

/// The aggregates that a command names, as far as they are known before it is carried out.
#[must_use]
pub fn named(command: &Command) -> Vec<Key> {
    use aggregates::activity::Activity;
    use aggregates::appointment::Appointment;
    use aggregates::client::Client;
    use aggregates::membership::Membership;

    let activity = |id: &aggregates::ids::ActivityId| (Activity::NAME, id.0);
    let picked = |picks: &[aggregates::cart::Pick]| {
        picks.iter().map(|pick| activity(&pick.activity)).collect::<Vec<_>>()
    };
    match command {
        Command::OpenCart { link, picks, .. } => [vec![(BookingLink::NAME, link.0)], picked(picks)].concat(),
        Command::SelectEvents { cart, picks } => [vec![(BookingCart::NAME, cart.0)], picked(picks)].concat(),
        Command::SetSpots { cart, activity: id, .. } => vec![(BookingCart::NAME, cart.0), activity(id)],
        Command::ConfirmMultiBooking(confirm) => vec![(BookingCart::NAME, confirm.cart.0)],
        Command::BookForClient(booking) => [
            vec![
                (BookingLink::NAME, booking.link.0),
                (Membership::NAME, booking.confirm.client.0),
                (Client::NAME, booking.confirm.client.0),
            ],
            picked(&booking.picks),
        ]
        .concat(),
        Command::CancelAppointment { appointment, .. }
        | Command::ReduceSpots { appointment, .. }
        | Command::NoteAttendance { appointment, .. } => {
            vec![(Appointment::NAME, appointment.0)]
        }
        Command::RescheduleAppointment { appointment, to, .. } => {
            vec![(Appointment::NAME, appointment.0), activity(to)]
        }
        Command::Schedule(events) => events.iter().map(|event| activity(&event.activity)).collect(),
        Command::SetCapacity { activity: id, .. }
        | Command::MoveActivity { activity: id, .. }
        | Command::CancelActivity(id)
        | Command::ReplaceTeamMember(id, _)
        | Command::SetOpen(id, _) => vec![activity(id)],
        Command::CreateLink(link, ..)
        | Command::SetUpLink(link, _)
        | Command::DressLink(link, _)
        | Command::SaveLink(link, ..) => vec![(BookingLink::NAME, link.0)],
        Command::GrantMembership(client, ..) => vec![(Membership::NAME, client.0), (Client::NAME, client.0)],
        Command::ExportClient { client, .. } | Command::EndLinks { client, .. } => {
            vec![(Client::NAME, client.0)]
        }
        Command::EraseClient(erasure) => vec![(Client::NAME, erasure.client.0)],
        Command::OpenBranch(_)
        | Command::SetDetails(_)
        | Command::SetRules(_)
        | Command::SaveBranch(..)
        | Command::SetService(..)
        | Command::SetTeamMember(..) => vec![],
    }
}

/// The cart that a command confirms.
#[must_use]
pub fn confirmed_cart(command: &Command) -> Option<Key> {
    match command {
        Command::ConfirmMultiBooking(confirm) => Some((BookingCart::NAME, confirm.cart.0)),
        _ => None,
    }
}

/// The events that a confirmation will need, the client if the lane began after they were looked up, and their memberships
/// if any service asks for them, once its cart is known. Its appointments need no loading: until a cart is confirmed they
/// have no facts.
///
/// # Errors
///
/// If the cart has to be loaded and cannot be.
pub async fn selected(staging: &Staging, command: &Command) -> Result<Vec<Key>, StoreError> {
    use aggregates::activity::Activity;
    use aggregates::appointment::Appointment;
    use aggregates::client::Client;
    use aggregates::ids::AppointmentId;
    use aggregates::membership::Membership;

    let Command::ConfirmMultiBooking(confirm) = command else { return Ok(vec![]) };
    let cart = staging.get::<BookingCart>(confirm.cart.0).await?;
    let BookingCart::Open(open) = &*cart else { return Ok(vec![]) };
    staging.begins::<Appointment>(
        open.lines.keys().map(|activity| AppointmentId::derive(confirm.cart, *activity).0),
    );
    let mut keys: Vec<Key> = open.lines.keys().map(|activity| (Activity::NAME, activity.0)).collect();
    if !staging.heard_since(confirm.known_at) {
        keys.push((Client::NAME, confirm.client.0));
    }
    if staging.branch().await?.takes_memberships() {
        keys.push((Membership::NAME, confirm.client.0));
    }
    Ok(keys)
}

impl<'a> Unit<'a> {
    fn new(staging: &'a Arc<Staging>, envelope: &'a Envelope) -> Self {
        let command = envelope.key.as_ref().map_or(&envelope.request, |key| &key.key);
        let metadata = [
            ("actor", envelope.actor.name().into_owned()),
            ("command", command.clone()),
            ("request", envelope.request.clone()),
            ("cause", envelope.command.name().to_owned()),
        ];
        let metadata = metadata.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { staging, envelope, metadata }
    }

    async fn carry_out(&self) -> Result<Answer, Failure> {
        match &self.envelope.command {
            Command::OpenCart { .. }
            | Command::SelectEvents { .. }
            | Command::SetSpots { .. }
            | Command::ConfirmMultiBooking(_)
            | Command::BookForClient(_) => self.book().await,
            Command::CancelAppointment { .. }
            | Command::RescheduleAppointment { .. }
            | Command::ReduceSpots { .. }
            | Command::NoteAttendance { .. } => self.change_appointment().await,
            Command::ExportClient { .. } | Command::EndLinks { .. } | Command::EraseClient(_) => {
                self.change_client().await
            }
            _ => self.run_the_studio().await,
        }
    }

    /// Asks one aggregate. Its facts are staged on the top layer.
    async fn ask<D: Hostable>(&self, id: Uuid, command: D::Command) -> Result<(), Failure> {
        let framework: CqrsFramework<Hosted<D>, _> =
            CqrsFramework::new(StagingStore(Arc::clone(self.staging)), vec![], ());
        framework.execute_with_metadata(&id.to_string(), command, self.metadata.clone()).await.map_err(
            |error| match error {
                AggregateError::UserError(refusal) => Failure::Refused(Box::new(refusal.into())),
                AggregateError::DatabaseConnectionError(error) => {
                    Failure::Away(StoreError(Arc::new(anyhow::anyhow!(error))))
                }
                broken => Failure::Broken(broken.to_string()),
            },
        )
    }

    /// Asks one aggregate and returns the facts that it answered with.
    async fn ask_for_facts<D: Hostable>(&self, id: Uuid, command: D::Command) -> Result<Vec<Fact>, Failure> {
        let before = self.staging.facts();
        self.ask::<D>(id, command).await?;
        Ok(self.staging.facts_since(before))
    }

    /// Refuses if the requester saw another version of what they change.
    async fn check_version<D: Hostable>(&self, id: Uuid) -> Result<(), Failure> {
        let Some(expected) = self.envelope.if_match else { return Ok(()) };
        let version = self.staging.version::<D>(id).await?;
        if version == expected { Ok(()) } else { Err(Refusal::Stale { version }.into()) }
    }

    async fn done<D: Hostable>(&self, id: Uuid) -> Result<Answer, Failure> {
        Ok(Answer::Done(Done { version: self.staging.version::<D>(id).await? }))
    }

    async fn branch(&self) -> Result<Arc<Branch>, Failure> {
        Ok(self.staging.branch().await?)
    }

    async fn link(&self, id: LinkId) -> Result<Settled, Failure> {
        let link = self.staging.get::<BookingLink>(id.0).await?;
        link.settled().cloned().ok_or_else(|| missing("booking link", "/link_id"))
    }
}

fn missing(what: &'static str, pointer: impl Into<String>) -> Failure {
    Refusal::NotFound { what, pointer: pointer.into() }.into()
}
