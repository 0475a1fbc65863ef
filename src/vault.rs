//! Personal data, sealed, outside the ledger.
//!
//! Facts and rows hold a random client id. Each client's name, phone and e-mail are sealed with a key of their own,
//! which is wrapped by the master key; once that row is gone, so is the person, and the ledger stays whole.

mod key;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use aggregates::ids::{BranchId, CartId, ClientId};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;

pub use key::{Key, MasterKey, MasterKeyError, Unsealable, random};

use crate::capability::Token;
use crate::contact::{Contact, Phone};
use crate::ledger::query::Select;
use crate::ledger::table::{CLIENTS, CONTACTS, Cell, Cells, STORE};
use crate::ledger::{Ledger, StoreError};
use crate::signing::Signer;

/// The vault of a store.
#[derive(Clone)]
pub struct Vault {
    ledger: Arc<dyn Ledger>,
    phone: Key,
    fingerprint: Key,
    wrap: Key,
    answer: Key,
    code: Key,
    feed: Key,
    cookie: Key,
    audit: Key,
    webhook: Key,
    staff: Key,
}

/// A client whom the vault knows, with the key to what it holds of them.
#[derive(Debug, Clone)]
pub struct Client {
    pub id: ClientId,
    pub key: Key,
    /// Before the store was asked: they were not erased then.
    pub known_at: Instant,
}

/// What was typed with one confirmation, and the tokens of the appointments that came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Typed {
    pub contact: Contact,
    /// One per line of the confirmed cart, in their order.
    pub tokens: Vec<Token>,
    /// The token of the result page.
    pub result: Token,
    /// The code of the language in which the client booked, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Why a vault did not open.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the master key does not fit this store: it was made with another one")]
    WrongKey,
    #[error("{0}")]
    Store(StoreError),
}

impl Vault {
    /// Opens the vault of a store. The first key that comes to an empty store is its key from then on.
    ///
    /// # Errors
    ///
    /// If the store was made with another master key, or cannot be asked.
    pub async fn open(ledger: Arc<dyn Ledger>, master: &MasterKey) -> Result<Self, VaultError> {
        const NAME: &str = "master-key-check";
        let check = master.sub_key("check").mac(&[b"cartwheel"]);
        ledger
            .insert_new(&STORE, vec![NAME.into(), check.to_vec().into()])
            .await
            .map_err(VaultError::Store)?;
        let kept = ledger.select(&Select::all(&STORE).is("name", NAME)).await.map_err(VaultError::Store)?;
        let fits = kept.first().and_then(|row| row.get(1)).is_some_and(|cell| match cell {
            Cell::Bytes(kept) => bool::from(kept.ct_eq(&check)),
            _ => false,
        });
        if !fits {
            return Err(VaultError::WrongKey);
        }
        Ok(Self {
            ledger,
            phone: master.sub_key("phone"),
            fingerprint: master.sub_key("fingerprint"),
            wrap: master.sub_key("wrap"),
            answer: master.sub_key("answer"),
            code: master.sub_key("code"),
            feed: master.sub_key("feed"),
            cookie: master.sub_key("cookie"),
            audit: master.sub_key("audit"),
            webhook: master.sub_key("webhook"),
            staff: master.sub_key("staff"),
        })
    }

    /// The client with that telephone number, made known now if the branch did not know them.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or what it holds of the client cannot be opened.
    pub async fn admit(&self, branch: BranchId, contact: &Contact) -> Result<Client, StoreError> {
        let mac = self.phone_mac(branch, &contact.phone);
        if let Some(known) = self.with_phone(branch, mac.clone()).await? {
            return Ok(known);
        }
        let id = ClientId(uuid::Builder::from_random_bytes(random()).into_uuid());
        let key = Key::draw();
        let person = Contact { comment: None, ..contact.clone() };
        let context = context(branch, id);
        let row = vec![
            branch.into(),
            id.into(),
            mac.clone().into(),
            self.wrap.seal(&context, key.expose()).into(),
            key.seal(&context, &serde_json::to_vec(&person)?).into(),
        ];
        self.ledger.insert_new(&CLIENTS, row).await?;
        // Somebody may have been faster; whoever is stored is the client.
        self.with_phone(branch, mac).await?.ok_or_else(|| StoreError::saying("a client was not stored"))
    }

    /// The client with that telephone number, if the branch knows them.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or what it holds of the client cannot be opened.
    pub async fn find(&self, branch: BranchId, phone: &Phone) -> Result<Option<Client>, StoreError> {
        self.with_phone(branch, self.phone_mac(branch, phone)).await
    }

    fn phone_mac(&self, branch: BranchId, phone: &Phone) -> Vec<u8> {
        self.phone.mac(&[branch.0.as_bytes(), phone.as_str().as_bytes()]).to_vec()
    }

    async fn with_phone(&self, branch: BranchId, mac: Vec<u8>) -> Result<Option<Client>, StoreError> {
        let known_at = Instant::now();
        let found = self.ledger.select(&Select::of(&CLIENTS, branch).is("phone_mac", mac)).await?;
        found.into_iter().next().map(|row| self.client(row, known_at).map(|(client, _)| client)).transpose()
    }

    fn client(&self, row: Vec<Cell>, known_at: Instant) -> Result<(Client, Vec<u8>), StoreError> {
        let mut cells = Cells::of(row);
        let branch: BranchId = cells.id()?;
        let id: ClientId = cells.id()?;
        let _mac = cells.bytes()?;
        let key = Key::expose_from(&self.wrap.open(&context(branch, id), &cells.bytes()?)?)?;
        Ok((Client { id, key, known_at }, cells.bytes()?))
    }

    /// The clients with these ids, as they first introduced themselves; whoever was erased is missing.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or what it holds cannot be opened.
    pub async fn people(
        &self,
        branch: BranchId,
        ids: impl IntoIterator<Item = ClientId>,
    ) -> Result<Vec<(Client, Contact)>, StoreError> {
        let known_at = Instant::now();
        let rows = self.ledger.select(&Select::of(&CLIENTS, branch).one_of("client_id", ids)).await?;
        let open = |row| -> Result<_, StoreError> {
            let (client, sealed) = self.client(row, known_at)?;
            let person = client.key.open(&context(branch, client.id), &sealed)?;
            Ok((client, serde_json::from_slice(&person)?))
        };
        rows.into_iter().map(open).collect()
    }

    /// What was typed with the confirmation of a cart, as a record to be stored with it.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn seal_typed(
        branch: BranchId,
        cart: CartId,
        client: &Client,
        typed: &Typed,
    ) -> Result<Vec<Cell>, serde_json::Error> {
        let sealed = client.key.seal(&context(branch, client.id), &serde_json::to_vec(typed)?);
        Ok(vec![branch.into(), cart.into(), client.id.into(), sealed.into()])
    }

    /// What was typed with the confirmation of a cart; `None` before it, and after the client was erased.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or what it holds cannot be opened.
    pub async fn typed(&self, branch: BranchId, cart: CartId) -> Result<Option<Typed>, StoreError> {
        let found = self.ledger.select(&Select::of(&CONTACTS, branch).is("cart_id", cart)).await?;
        let Some(row) = found.into_iter().next() else { return Ok(None) };
        let mut cells = Cells::of(row);
        let (_branch, _cart): (BranchId, CartId) = (cells.id()?, cells.id()?);
        let client: ClientId = cells.id()?;
        let sealed = cells.bytes()?;
        let people = self.people(branch, [client]).await?;
        let Some((client, _)) = people.into_iter().next() else { return Ok(None) };
        let typed = client.key.open(&context(branch, client.id), &sealed)?;
        Ok(Some(serde_json::from_slice(&typed)?))
    }

    /// What these clients typed with these confirmations; of whoever is missing among them, nothing.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or what it holds cannot be opened.
    pub async fn typed_by(
        &self,
        branch: BranchId,
        clients: &HashMap<ClientId, Client>,
        carts: impl IntoIterator<Item = CartId>,
    ) -> Result<Vec<(CartId, Typed)>, StoreError> {
        let rows = self.ledger.select(&Select::of(&CONTACTS, branch).one_of("cart_id", carts)).await?;
        let mut all = vec![];
        for row in rows {
            let mut cells = Cells::of(row);
            let (_branch, cart): (BranchId, CartId) = (cells.id()?, cells.id()?);
            let client: ClientId = cells.id()?;
            let Some(client) = clients.get(&client) else { continue };
            let typed = client.key.open(&context(branch, client.id), &cells.bytes()?)?;
            all.push((cart, serde_json::from_slice(&typed)?));
        }
        Ok(all)
    }

    /// Recognises the same request again, without keeping what it said.
    #[must_use]
    pub fn fingerprint(&self, request: &[u8]) -> [u8; 32] {
        self.fingerprint.mac(&[request])
    }

    /// The key for stored answers that belong to no client.
    #[must_use]
    pub fn answer_key(&self) -> Key {
        self.answer.clone()
    }

    /// The key for MACs of one-time codes.
    #[must_use]
    pub fn code_key(&self) -> Key {
        self.code.clone()
    }

    /// What exports are signed with.
    #[must_use]
    pub fn signer(&self) -> Option<Signer> {
        Signer::from_seed(self.audit.expose().try_into().ok()?)
    }

    /// The key for addresses of feeds, which are shown again.
    #[must_use]
    pub fn feed_key(&self) -> Key {
        self.feed.clone()
    }

    /// The key for secrets of webhooks.
    #[must_use]
    pub fn webhook_key(&self) -> Key {
        self.webhook.clone()
    }

    /// The key for what staff prove themselves with a second time.
    #[must_use]
    pub fn staff_key(&self) -> Key {
        self.staff.clone()
    }

    /// The key for what a browser keeps for us and cannot read.
    #[must_use]
    pub fn cookie_key(&self) -> Key {
        self.cookie.clone()
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// What a sealed value belongs to; it opens nowhere else.
fn context(branch: BranchId, client: ClientId) -> Vec<u8> {
    [branch.0.into_bytes(), client.0.into_bytes()].concat()
}

type HmacSha256 = Hmac<Sha256>;

impl Key {
    /// HMAC-SHA-256 (RFC 2104) over the parts, each behind its length.
    #[must_use]
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let Ok(mut mac) = HmacSha256::new_from_slice(self.expose()) else { return [0; 32] };
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}
