//! Who is signed in: a random id that only a browser knows, of which only a hash is stored.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use aggregates::ids::{BranchId, ClientId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, StoreError, from_micros, micros};
use crate::vault::random;

/// How long somebody stays signed in.
pub const LIFETIME: TimeDelta = TimeDelta::days(30);

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
pub(crate) static SESSIONS: Table = Table {
    name: "sessions",
    columns: &[
        ("branch_id", Kind::Id),
        ("hash", Kind::Bytes),
        ("client_id", Kind::Id),
        ("language", Kind::Text),
        ("signed_in_at", Kind::Int),
        ("expires_at", Kind::Int),
    ],
    key: &["branch_id", "hash"],
};

/// What a browser shows: 256 random bits, 43 characters of base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId([u8; 32]);

/// A client who proved their telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub branch: BranchId,
    pub client: ClientId,
    /// The code of the language that they chose.
    pub language: Option<String>,
    pub signed_in_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// The sessions of a store.
#[derive(Clone)]
pub struct Sessions(Arc<dyn Ledger>);

impl Sessions {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>) -> Self {
        Self(ledger)
    }

    /// Signs a client in.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn open(
        &self,
        branch: BranchId,
        client: ClientId,
        now: DateTime<Utc>,
    ) -> Result<SessionId, StoreError> {
        let over = Change::delete(&SESSIONS).is("branch_id", branch).below("expires_at", micros(now));
        self.0.change(over).await?;
        let id = SessionId::draw();
        let session =
            Session { branch, client, language: None, signed_in_at: now, expires_at: now + LIFETIME };
        self.0.insert_new(&SESSIONS, session.cells(&id)).await?;
        Ok(id)
    }

    /// Who shows this id; `None` if nobody is signed in with it any more.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn find(
        &self,
        branch: BranchId,
        id: &SessionId,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>, StoreError> {
        let found = self.0.select(&Select::of(&SESSIONS, branch).is("hash", id.hash())).await?;
        let found = found.into_iter().next().map(Session::read).transpose()?;
        Ok(found.filter(|session| now < session.expires_at))
    }

    /// Every session of a client that has not expired, by when it began.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn of_client(
        &self,
        branch: BranchId,
        client: ClientId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Session>, StoreError> {
        let found = Select::of(&SESSIONS, branch).is("client_id", client).by(&["signed_in_at"]);
        let found = self.0.select(&found).await?.into_iter().map(Session::read);
        Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|it| now < it.expires_at).collect())
    }

    /// Keeps the language that somebody chose.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn speak(&self, id: &SessionId, session: &Session, language: &str) -> Result<(), StoreError> {
        let spoken = Session { language: Some(language.to_owned()), ..session.clone() };
        self.0.change(Change::replace(&SESSIONS, spoken.cells(id))).await.map(|_| ())
    }

    /// Signs out.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn close(&self, branch: BranchId, id: &SessionId) -> Result<(), StoreError> {
        let own = Change::delete(&SESSIONS).is("branch_id", branch).is("hash", id.hash());
        self.0.change(own).await.map(|_| ())
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions(…)")
    }
}

impl Session {
    fn cells(&self, id: &SessionId) -> Vec<Cell> {
        vec![
            self.branch.into(),
            id.hash().into(),
            self.client.into(),
            self.language.clone().into(),
            micros(self.signed_in_at).into(),
            micros(self.expires_at).into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        let branch = cells.id()?;
        let _hash = cells.bytes()?;
        Ok(Self {
            branch,
            client: cells.id()?,
            language: cells.text_or_null()?,
            signed_in_at: from_micros(cells.int()?),
            expires_at: from_micros(cells.int()?),
        })
    }
}

impl SessionId {
    pub(crate) fn draw() -> Self {
        Self(random())
    }

    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// Never shows the id: it would sign somebody in from a log.
impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(…)")
    }
}

/// Not the id of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a session")]
pub struct NotASession;

impl FromStr for SessionId {
    type Err = NotASession;

    fn from_str(text: &str) -> Result<Self, NotASession> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotASession)?;
        bytes.try_into().map(Self).map_err(|_| NotASession)
    }
}
