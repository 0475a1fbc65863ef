//! A client's way from a selection to appointments: what pages and API have in common.

use aggregates::cart::{Mode, Pick, Seen};
use aggregates::ids::{AppointmentId, BranchId, CartId, ClientId, LinkId};
use aggregates::values::MaxEvents;
use serde::Serialize;
use uuid::Uuid;

use super::App;
use crate::capability::{Place, Token};
use crate::codes::Code;
use crate::command::{
    Actor, Command, Confirm, DeskBooking, Envelope, Failure, IdempotencyKey, Refusal, Reply,
};
use crate::contact::Contact;
use crate::vault::{Client, Typed, Vault};

/// Who asks, for envelopes.
#[derive(Debug, Clone)]
pub struct Caller {
    pub actor: Actor,
    /// The id of the request.
    pub request: String,
}

/// A cart that was opened now.
#[derive(Debug, Clone)]
pub struct OpenedCart {
    pub cart: CartId,
    pub token: Token,
    pub reply: Reply,
}

/// A confirmation as a client asked for it.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    pub contact: Contact,
    pub mode: Mode,
    pub with_membership: bool,
    /// The version of the consent text that was agreed to.
    pub consent: Option<u32>,
    /// What was shown last: not part of what is asked, so a retry from a fresher page is the same request.
    #[serde(skip)]
    pub seen: Option<Seen>,
    /// The code that proves the telephone number, if it was typed: whoever asks again may have one by then.
    #[serde(skip)]
    pub code: Option<Code>,
    /// The code of the language for messages, if one was chosen.
    #[serde(skip)]
    pub language: Option<String>,
}

/// A booking as staff ask for it.
#[derive(Debug, Clone, Serialize)]
pub struct AskedAtDesk {
    /// Whose terms the client is bound by later.
    pub link: LinkId,
    pub picks: Vec<Pick>,
    /// Overbook on purpose.
    pub force: bool,
    /// A client whom the branch knows; else it is for whoever has the number.
    pub client: Option<ClientId>,
    pub booking: Asked,
}

impl App {
    /// An envelope without key or version.
    #[must_use]
    pub fn envelope(&self, caller: &Caller, branch: BranchId, command: Command) -> Envelope {
        Envelope {
            branch,
            at: self.clock.now(),
            actor: caller.actor,
            request: caller.request.clone(),
            key: None,
            if_match: None,
            seal: self.vault.answer_key(),
            show: None,
            command,
        }
    }

    /// An idempotency key for a request, as it was parsed.
    ///
    /// # Errors
    ///
    /// If the request cannot be written as JSON.
    pub fn key(
        &self,
        scope: String,
        key: String,
        name: &str,
        request: &impl Serialize,
    ) -> Result<IdempotencyKey, Failure> {
        let parsed =
            serde_json::to_vec(&(name, request)).map_err(|error| Failure::Broken(error.to_string()))?;
        Ok(IdempotencyKey { scope, key, fingerprint: self.vault.fingerprint(&parsed) })
    }

    /// Opens a cart from a link with a first selection.
    ///
    /// # Errors
    ///
    /// If a rule says no, or the store is away.
    pub async fn open_cart(
        &self,
        caller: &Caller,
        branch: BranchId,
        link: LinkId,
        picks: Vec<Pick>,
    ) -> Result<OpenedCart, Failure> {
        let cart = CartId(Uuid::now_v7());
        let token = Token::draw(branch);
        let command = Command::OpenCart { cart, link, picks, token: token.clone() };
        let reply = self.ask(self.envelope(caller, branch, command)).await?;
        Ok(OpenedCart { cart, token, reply })
    }

    /// Books for a client at the desk, in one step.
    ///
    /// # Errors
    ///
    /// If a rule says no, or the store is away.
    pub async fn book_for_client(
        &self,
        caller: &Caller,
        branch: BranchId,
        key: String,
        asked: AskedAtDesk,
    ) -> Result<Reply, Failure> {
        let client = match asked.client {
            Some(id) => {
                let known = self.vault.people(branch, [id]).await?;
                known.into_iter().next().map(|(client, _)| client).ok_or_else(|| {
                    let what = "client";
                    Failure::from(Refusal::NotFound { what, pointer: String::new() })
                })?
            }
            None => self.vault.admit(branch, &asked.booking.contact).await?,
        };
        // Keys are the principal's own.
        let key = self.key(caller.actor.name().into_owned(), key, "book-for-client", &asked)?;
        let confirm = confirm(branch, CartId(Uuid::now_v7()), &client, &asked.booking, Judging::default())?;
        let booking = DeskBooking { link: asked.link, picks: asked.picks, force: asked.force, confirm };
        let mut envelope = self.envelope(caller, branch, Command::BookForClient(Box::new(booking)));
        envelope.key = Some(key);
        envelope.seal = client.key;
        self.ask(envelope).await
    }

    /// The tokens of a confirmed cart's appointments, for whoever opened its result page.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn tokens_of(
        &self,
        branch: BranchId,
        cart: CartId,
    ) -> Result<Option<ResultTokens>, crate::ledger::StoreError> {
        let (Some(row), Some(typed)) =
            (self.cart(branch, cart).await?, self.vault.typed(branch, cart).await?)
        else {
            return Ok(None);
        };
        let Some(confirmed) = row.confirmed else { return Ok(None) };
        let appointments = confirmed
            .booked()
            .filter_map(|(place, line)| Some((line.appointment_id, typed.tokens.get(place)?.clone())))
            .collect();
        let Typed { contact, result, language, .. } = typed;
        Ok(Some(ResultTokens { contact, result, appointments, language }))
    }
}

/// What opens a result page and its appointments.
#[derive(Debug, Clone)]
pub struct ResultTokens {
    pub contact: Contact,
    pub result: Token,
    pub appointments: Vec<(AppointmentId, Token)>,
    /// The code of the language in which the client booked, if that is known.
    pub language: Option<String>,
}

/// How a confirmation is to be judged.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Judging {
    /// The client proved their telephone number for the cart.
    pub(super) phone_proved: bool,
    /// Nothing is changed.
    pub(super) dry_run: bool,
}

/// The command that confirms a cart for a client.
pub(super) fn confirmation(
    branch: BranchId,
    cart: CartId,
    client: &Client,
    asked: &Asked,
    judging: Judging,
) -> Result<Command, Failure> {
    Ok(Command::ConfirmMultiBooking(Box::new(confirm(branch, cart, client, asked, judging)?)))
}

fn confirm(
    branch: BranchId,
    cart: CartId,
    client: &Client,
    asked: &Asked,
    judging: Judging,
) -> Result<Confirm, Failure> {
    let place = Place::draw();
    let tokens: Vec<Token> = (0..MaxEvents::MAX.get()).map(|_| Token::draw_at(place, branch)).collect();
    let result = Token::draw_at(place, branch);
    let typed = Typed {
        contact: asked.contact.clone(),
        tokens: tokens.clone(),
        result: result.clone(),
        language: asked.language.clone(),
    };
    let typed = Vault::seal_typed(branch, cart, client, &typed)
        .map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(Confirm {
        cart,
        client: client.id,
        known_at: client.known_at,
        mode: asked.mode,
        with_membership: asked.with_membership,
        consent: asked.consent,
        has_email: asked.contact.email.is_some(),
        has_comment: asked.contact.comment.is_some(),
        phone_proved: judging.phone_proved,
        seen: asked.seen.clone(),
        dry_run: judging.dry_run,
        result,
        tokens,
        typed,
    })
}
