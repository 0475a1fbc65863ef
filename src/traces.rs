//! What a store holds of one client beside facts and rows, so that an erasure leaves nothing of it, and what opens without
//! a sign-in can be ended.

use std::collections::BTreeSet;

use aggregates::Decider;
use aggregates::cart::BookingCart;
use aggregates::ids::{AppointmentId, BranchId, CartId, ClientId};
use aggregates::membership::Membership;
use projections::appointments::AppointmentRow;
use uuid::Uuid;

use crate::codes::CODES;
use crate::contact::Phone;
use crate::feeds::{FEEDS, Subject};
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{CAPABILITIES, CLIENTS, COMMANDS, CONTACTS, Cell, Cells};
use crate::ledger::{Entry, Ledger, StoreError};
use crate::sessions::SESSIONS;

/// How many ids one question names.
const AT_ONCE: usize = 500;

/// What was found of a client.
#[derive(Debug, Clone, Default)]
pub struct Traces {
    /// Their carts, each with everything that was asked of it.
    carts: BTreeSet<CartId>,
    appointments: BTreeSet<AppointmentId>,
    /// Hashes of the tokens that open these.
    tokens: Vec<Vec<u8>>,
    /// Scopes and keys under which staff were answered.
    answers: Vec<[String; 2]>,
    /// What their sign-in codes stand under.
    codes: Vec<Vec<u8>>,
    /// Their number, for what is in memory.
    phone: Option<Phone>,
}

impl Traces {
    /// What there is of a client with these appointments.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn of(
        ledger: &dyn Ledger,
        branch: BranchId,
        client: ClientId,
        appointments: &[AppointmentRow],
    ) -> Result<Self, StoreError> {
        let mut traces = Self::default();
        traces.add(ledger, branch, appointments).await?;
        for entry in ledger.history(branch, Membership::NAME, client.0).await? {
            traces.answers.extend(answers(&entry));
        }
        Ok(traces)
    }

    /// With those of further appointments, if there are any that were not looked at.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn add(
        &mut self,
        ledger: &dyn Ledger,
        branch: BranchId,
        appointments: &[AppointmentRow],
    ) -> Result<(), StoreError> {
        let new: Vec<&AppointmentRow> =
            appointments.iter().filter(|row| self.appointments.insert(row.appointment_id)).collect();
        let mut ids: Vec<Uuid> = new.iter().map(|row| row.appointment_id.0).collect();
        for row in new {
            if !self.carts.insert(row.cart_id) {
                continue;
            }
            ids.push(row.cart_id.0);
            if row.booked_by_staff {
                for entry in ledger.history(branch, BookingCart::NAME, row.cart_id.0).await? {
                    self.answers.extend(answers(&entry));
                }
            }
        }
        for ids in ids.chunks(AT_ONCE) {
            let opening = Select::of(&CAPABILITIES, branch).one_of("id", ids.iter().copied());
            for row in ledger.select(&opening).await? {
                let mut cells = Cells::of(row);
                let _branch: BranchId = cells.id()?;
                self.tokens.push(cells.bytes()?);
            }
        }
        Ok(())
    }

    /// With what their number leads to.
    #[must_use]
    pub fn with_phone(self, phone: Phone, codes: Vec<Vec<u8>>) -> Self {
        Self { codes, phone: Some(phone), ..self }
    }

    #[must_use]
    pub fn phone(&self) -> Option<&Phone> {
        self.phone.as_ref()
    }

    #[must_use]
    pub fn carts(&self) -> &BTreeSet<CartId> {
        &self.carts
    }

    /// What takes all of it away.
    #[must_use]
    pub fn changes(&self, branch: BranchId, client: ClientId) -> Vec<Change> {
        let of = |table| Change::delete(table).is("branch_id", branch);
        let scopes = self.carts.iter().map(ToString::to_string);
        let scopes = scopes.chain(self.appointments.iter().map(ToString::to_string));
        let scopes: Vec<Cell> = scopes.map(Cell::from).collect();
        let mut changes = self.ending_links(branch, client);
        changes.extend([
            of(&CLIENTS).is("client_id", client),
            of(&CONTACTS).is("client_id", client),
            of(&SESSIONS).is("client_id", client),
        ]);
        let each = |cells: Vec<Cell>| cells.into_iter().map(|cell| vec![cell]).collect::<Vec<_>>();
        let blobs = |blobs: &[Vec<u8>]| each(blobs.iter().cloned().map(Cell::from).collect());
        let answers: Vec<Vec<Cell>> = self
            .answers
            .iter()
            .map(|[scope, key]| vec![scope.as_str().into(), key.as_str().into()])
            .collect();
        for (change, columns, values) in [
            (of(&COMMANDS), vec!["scope"], each(scopes)),
            (of(&COMMANDS), vec!["scope", "key"], answers),
            (of(&CODES), vec!["subject"], blobs(&self.codes)),
        ] {
            for values in values.chunks(AT_ONCE) {
                changes.push(change.clone().one_of(columns.clone(), values.to_vec()));
            }
        }
        changes
    }

    /// What makes everything open nothing any more that opens without a sign-in: what was booked, and the calendar feed.
    #[must_use]
    pub fn ending_links(&self, branch: BranchId, client: ClientId) -> Vec<Change> {
        let of = |table| Change::delete(table).is("branch_id", branch);
        let feed = Subject::Client(client);
        let mut changes = vec![of(&FEEDS).is("subject", feed.name()).is("subject_id", feed.id())];
        for tokens in self.tokens.chunks(AT_ONCE) {
            let hashes = tokens.iter().map(|hash| vec![Cell::from(hash.clone())]).collect();
            changes.push(of(&CAPABILITIES).one_of(vec!["hash"], hashes));
        }
        changes
    }
}

/// Under which scopes and key the command was answered that brought this fact.
fn answers(entry: &Entry) -> Vec<[String; 2]> {
    #[derive(serde::Deserialize)]
    struct Brought {
        actor: String,
        command: String,
    }
    let Ok(Brought { actor, command }) = serde_json::from_str(&entry.metadata) else { return vec![] };
    // Keys are the principal's own.
    [Some(actor), Some("staff".to_owned())]
        .into_iter()
        .flatten()
        .map(|scope| [scope, command.clone()])
        .collect()
}
