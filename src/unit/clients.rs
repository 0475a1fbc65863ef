//! One client: handed over what is known of them, their private addresses ended, or erased.

use aggregates::activity::Taking;
use aggregates::appointment::{AppointmentCommand, By, Change};
use aggregates::change_rules::ChangeRule;
use aggregates::client::{Client, ClientCommand, ClientRefusal};
use aggregates::ids::{AppointmentId, ClientId};
use aggregates::values::Notice;
use projections::appointments::AppointmentRow;

use super::Unit;
use crate::command::{Answer, Command, Erasure, Failure};
use crate::ledger::StoreError;
use crate::ledger::query::Select;
use crate::read_models::Tabled;
use crate::traces::Traces;

/// An erasure asks for no notice: what a client has to keep to when they cancel does not make them stay known.
const AT_ANY_TIME: ChangeRule = ChangeRule { allowed: true, notice: Notice::MIN };

impl Unit<'_> {
    pub(super) async fn change_client(&self) -> Result<Answer, Failure> {
        match &self.envelope.command {
            Command::ExportClient { client, by } => {
                self.ask::<Client>(client.0, ClientCommand::Export { by: *by }).await?;
                self.done::<Client>(client.0).await
            }
            Command::EndLinks { client, by } => self.end_links(*client, *by).await,
            Command::EraseClient(erasure) => self.erase(erasure).await,
            other => Err(Failure::Broken(format!("{} does not concern a client", other.name()))),
        }
    }

    /// Nothing is asked in the name of somebody who is erased.
    pub(super) async fn check_known(&self, client: ClientId) -> Result<(), Failure> {
        let is_erased = self.staging.get::<Client>(client.0).await?.is_erased();
        if is_erased { Err(ClientRefusal::Erased.into()) } else { Ok(()) }
    }

    /// Nothing else is on its way to the store, so that its rows name every appointment of the client; whether one is to
    /// be cancelled, the appointment says itself.
    async fn erase(&self, erasure: &Erasure) -> Result<Answer, Failure> {
        let (branch, client) = (self.envelope.branch, erasure.client);
        let rows = self.appointments_of(client).await?;
        let upcoming = self.upcoming(&rows).await?;
        let command = ClientCommand::Erase {
            by: erasure.by,
            upcoming: upcoming.len(),
            cancel_upcoming: erasure.cancel_upcoming,
        };
        if self.ask_for_facts::<Client>(client.0, command).await?.is_empty() {
            return self.done::<Client>(client.0).await;
        }
        let change = Change { by: erasure.by, at: self.envelope.at, rule: AT_ANY_TIME };
        for appointment in upcoming {
            let taking = Taking::Staff { force: false };
            self.step(appointment, AppointmentCommand::Cancel(change), taking).await?;
        }
        let mut traces = erasure.traces.clone();
        traces.add(self.staging.ledger(), branch, &rows).await?;
        for change in traces.changes(branch, client) {
            self.staging.change(change);
        }
        self.done::<Client>(client.0).await
    }

    /// Nothing else is on its way to the store here either.
    async fn end_links(&self, client: ClientId, by: By) -> Result<Answer, Failure> {
        self.ask::<Client>(client.0, ClientCommand::EndLinks { by }).await?;
        let mut traces = Traces::default();
        traces.add(self.staging.ledger(), self.envelope.branch, &self.appointments_of(client).await?).await?;
        for change in traces.ending_links(self.envelope.branch, client) {
            self.staging.change(change);
        }
        self.done::<Client>(client.0).await
    }

    async fn appointments_of(&self, client: ClientId) -> Result<Vec<AppointmentRow>, Failure> {
        let of_client = Select::of(AppointmentRow::TABLE, self.envelope.branch).is("client_id", client);
        let rows = self.staging.ledger().select(&of_client).await?;
        Ok(rows.into_iter().map(AppointmentRow::read).collect::<Result<_, StoreError>>()?)
    }

    async fn upcoming(&self, rows: &[AppointmentRow]) -> Result<Vec<AppointmentId>, Failure> {
        let mut upcoming = vec![];
        for row in rows.iter().filter(|row| !row.is_cancelled() && self.envelope.at < row.place.starts_at) {
            if self.envelope.at < self.booking(row.appointment_id).await?.place.starts_at {
                upcoming.push(row.appointment_id);
            }
        }
        Ok(upcoming)
    }
}
