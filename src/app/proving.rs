//! The confirmation of a cart, and the code for it where a link asks clients to prove their telephone number.

use std::time::Instant;

use aggregates::cart::CartRefusal;
use aggregates::client::ClientRefusal;
use aggregates::ids::{BranchId, CartId, ClientId};
use uuid::Uuid;

use super::App;
use super::booking::{Asked, Caller, Judging, confirmation};
use crate::codes::Purpose;
use crate::codes::rules::{NotIssued, Refused};
use crate::command::{Envelope, Failure, Refusal, Reply};
use crate::ledger::StoreError;
use crate::messenger::{Message, Way};
use crate::vault::{Client, Key};

/// Why a cart was not confirmed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NotConfirmed {
    #[error(transparent)]
    Failed(#[from] Failure),
    /// A code is needed, and this one opens nothing.
    #[error(transparent)]
    Code(#[from] Refused),
}

impl From<StoreError> for NotConfirmed {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Why no code was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    #[error("no code is needed: the link asks for none, or the number was proved already")]
    NotNeeded,
    #[error("codes cannot be sent here")]
    NotSetUp,
    #[error(transparent)]
    NotIssued(#[from] NotIssued),
}

/// What a confirmation would do now.
#[derive(Debug, Clone)]
pub struct WouldConfirm {
    pub reply: Reply,
    /// A code has to come along.
    pub code_needed: bool,
}

impl App {
    /// Confirms a whole cart. Personal data goes into the vault first; the command carries a random id.
    ///
    /// Whether a code is needed is known once the rules have spoken: who asks again with the same key, and was answered,
    /// is not asked for another.
    ///
    /// # Errors
    ///
    /// If a rule says no, the code is wrong, or the store is away.
    pub async fn confirm(
        &self,
        caller: &Caller,
        branch: BranchId,
        cart: CartId,
        key: String,
        asked: Asked,
    ) -> Result<Reply, NotConfirmed> {
        let (phone, purpose, now) = (&asked.contact.phone, Purpose::Confirm(cart), self.clock.now());
        let typed = match &asked.code {
            Some(code) => Some(self.codes.check(branch, phone, purpose, code, now).await?),
            None => None,
        };
        let proved = typed == Some(Ok(()));
        match (self.confirm_once(caller, branch, cart, &key, &asked, proved).await, typed) {
            (Err(failure), Some(Err(refused))) if needs_code(&failure) => Err(refused.into()),
            (Err(failure), None)
                if needs_code(&failure) && self.codes.is_proved(branch, phone, purpose, now).await? =>
            {
                Ok(self.confirm_once(caller, branch, cart, &key, &asked, true).await?)
            }
            (answer, _) => Ok(answer?),
        }
    }

    async fn confirm_once(
        &self,
        caller: &Caller,
        branch: BranchId,
        cart: CartId,
        key: &str,
        asked: &Asked,
        phone_proved: bool,
    ) -> Result<Reply, Failure> {
        let answer = self.confirm_as_known(caller, branch, cart, key, asked, phone_proved).await;
        match answer {
            // Erased between the look-up and the step: whoever books from now on is a new client.
            Err(failure) if is_erased(&failure) => {
                self.confirm_as_known(caller, branch, cart, key, asked, phone_proved).await
            }
            answer => answer,
        }
    }

    async fn confirm_as_known(
        &self,
        caller: &Caller,
        branch: BranchId,
        cart: CartId,
        key: &str,
        asked: &Asked,
        phone_proved: bool,
    ) -> Result<Reply, Failure> {
        let key = self.key(cart.to_string(), key.to_owned(), "confirm-multi-booking", asked)?;
        let known = self.vault.find(branch, &asked.contact.phone).await?;
        let is_known = known.is_some();
        if !is_known && !phone_proved && self.asks_for_code(branch, cart).await? {
            // Nobody becomes known under a number before it is proved.
            let judging = Judging { phone_proved, dry_run: true };
            let command = confirmation(branch, cart, &stranger(), asked, judging)?;
            let envelope = self.envelope(caller, branch, command);
            self.ask(Envelope { key: Some(key.clone()), ..envelope }).await?;
        }
        let client = match known {
            Some(known) => known,
            None => self.vault.admit(branch, &asked.contact).await?,
        };
        let judging = Judging { phone_proved, dry_run: false };
        let command = confirmation(branch, cart, &client, asked, judging)?;
        let envelope = self.envelope(caller, branch, command);
        let answer = self.ask(Envelope { key: Some(key), seal: client.key, ..envelope }).await;
        if is_known && answer.as_ref().is_err_and(needs_code) {
            // The same steps as for a number that is not known: nobody learns from the time which of them it is.
            self.asks_for_code(branch, cart).await?;
        }
        answer
    }

    /// Judges a confirmation as if it were asked now, and changes nothing. Where a code is needed first, it is judged as
    /// if by a stranger: what a number has booked is for those who have it.
    ///
    /// # Errors
    ///
    /// If a rule says no to all of it, or the store is away.
    pub async fn try_confirmation(
        &self,
        caller: &Caller,
        branch: BranchId,
        cart: CartId,
        asked: Asked,
    ) -> Result<WouldConfirm, Failure> {
        let phone = &asked.contact.phone;
        let code_needed =
            self.asks_for_code(branch, cart).await? && !self.is_proved(branch, cart, &asked).await?;
        let known = if code_needed { None } else { self.vault.find(branch, phone).await? };
        let client = known.unwrap_or_else(stranger);
        let reply = self.judge(caller, branch, cart, &asked, &client, true).await?;
        Ok(WouldConfirm { reply, code_needed })
    }

    /// Sends a code to the number with which a cart is to be confirmed, if nothing but the code is missing.
    ///
    /// # Errors
    ///
    /// If a rule says no, or the store is away. The inner one says why there is no code.
    pub async fn send_code(
        &self,
        caller: &Caller,
        branch: BranchId,
        cart: CartId,
        asked: &Asked,
        text: impl FnOnce(&str) -> String,
    ) -> Result<Result<(), NotSent>, Failure> {
        match self.judge(caller, branch, cart, asked, &stranger(), false).await {
            Ok(_) => return Ok(Err(NotSent::NotNeeded)),
            Err(failure) if needs_code(&failure) => {}
            Err(failure) => return Err(failure),
        }
        if self.is_proved(branch, cart, asked).await? {
            return Ok(Err(NotSent::NotNeeded));
        }
        let Some(messenger) = self.messenger.as_ref().filter(|it| it.goes(Way::Text)) else {
            return Ok(Err(NotSent::NotSetUp));
        };
        let (phone, now) = (&asked.contact.phone, self.clock.now());
        let code = match self.codes.issue(branch, phone, Purpose::Confirm(cart), true, now).await? {
            Ok(code) => code,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        messenger.send(Message::text(now, phone.clone(), text(code.as_str())));
        Ok(Ok(()))
    }

    async fn judge(
        &self,
        caller: &Caller,
        branch: BranchId,
        cart: CartId,
        asked: &Asked,
        client: &Client,
        phone_proved: bool,
    ) -> Result<Reply, Failure> {
        let judging = Judging { phone_proved, dry_run: true };
        self.ask(self.envelope(caller, branch, confirmation(branch, cart, client, asked, judging)?)).await
    }

    async fn is_proved(&self, branch: BranchId, cart: CartId, asked: &Asked) -> Result<bool, StoreError> {
        let now = self.clock.now();
        self.codes.is_proved(branch, &asked.contact.phone, Purpose::Confirm(cart), now).await
    }

    /// Whether the link of a cart asks for a code now. The rules decide; this only saves asking them in vain.
    async fn asks_for_code(&self, branch: BranchId, cart: CartId) -> Result<bool, StoreError> {
        let Some(cart) = self.cart(branch, cart).await? else { return Ok(false) };
        let link = self.link(branch, cart.link_id).await?;
        Ok(link.as_ref().and_then(|row| row.settled()).is_some_and(|link| link.settings.phone_code))
    }
}

/// Whether nothing but the code is missing.
fn needs_code(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else { return false };
    matches!(**refusal, Refusal::Cart { refusal: CartRefusal::PhoneCodeNeeded, .. })
}

/// Whether the client was erased meanwhile.
fn is_erased(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else { return false };
    matches!(**refusal, Refusal::Client(ClientRefusal::Erased))
}

/// Somebody of whom nothing is known.
fn stranger() -> Client {
    Client { id: ClientId(Uuid::new_v4()), key: Key::draw(), known_at: Instant::now() }
}
