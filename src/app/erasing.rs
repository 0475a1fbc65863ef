//! What is asked to erase a client, or to hand over what is known of them.

use aggregates::Decider;
use aggregates::appointment::By;
use aggregates::client::Client;
use aggregates::ids::{BranchId, ClientId};

use super::App;
use super::reading::Side;
use crate::command::{Command, Erasure};
use crate::ledger::StoreError;
use crate::traces::Traces;

impl App {
    /// The command that erases a client; `None` if the branch never knew them.
    ///
    /// What is found here is not looked for again while the branch waits; what comes after, the step itself finds.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn erasure(
        &self,
        branch: BranchId,
        client: ClientId,
        by: By,
        cancel_upcoming: bool,
    ) -> Result<Option<Command>, StoreError> {
        let person = self.vault.people(branch, [client]).await?.into_iter().next();
        if person.is_none() && !self.was_known(branch, client).await? {
            return Ok(None);
        }
        let appointments = self.appointments_of(branch, client, Side::All, None, None).await?;
        let mut traces = Traces::of(self.ledger.as_ref(), branch, client, &appointments).await?;
        if let Some((_, person)) = person {
            let codes = self.codes.subjects(branch, &person.phone, traces.carts());
            traces = traces.with_phone(person.phone, codes);
        }
        Ok(Some(Command::EraseClient(Box::new(Erasure { client, by, cancel_upcoming, traces }))))
    }

    /// Whether something was recorded of a client who may be erased by now.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn was_known(&self, branch: BranchId, client: ClientId) -> Result<bool, StoreError> {
        Ok(!self.ledger.history(branch, Client::NAME, client.0).await?.is_empty())
    }
}
