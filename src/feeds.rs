//! Private addresses for calendar apps: one for a client, one for a team member. Whoever knows one may read it and
//! nothing else; a new one ends the old.

use std::sync::Arc;

use aggregates::ids::{BranchId, ClientId, TeamMemberId};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::capability::Token;
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, StoreError, from_micros, micros};
use crate::vault::Key;

/// Addresses that calendar apps subscribe to.
pub(crate) static FEEDS: Table = Table {
    name: "feeds",
    columns: &[
        ("branch_id", Kind::Id),
        ("subject", Kind::Text),
        ("subject_id", Kind::Id),
        ("hash", Kind::Bytes),
        ("sealed", Kind::Bytes),
        ("made_at", Kind::Int),
    ],
    key: &["branch_id", "subject", "subject_id"],
};

/// Whose dates a feed shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Client(ClientId),
    TeamMember(TeamMemberId),
}

impl Subject {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Client(_) => "client",
            Self::TeamMember(_) => "team-member",
        }
    }

    pub(crate) fn id(self) -> Uuid {
        match self {
            Self::Client(id) => id.0,
            Self::TeamMember(id) => id.0,
        }
    }

    /// What a sealed address belongs to; it opens nowhere else.
    fn context(self, branch: BranchId) -> Vec<u8> {
        [branch.0.as_bytes(), self.name().as_bytes(), self.id().as_bytes()].concat()
    }
}

/// An address as it is kept.
struct Made {
    sealed: Vec<u8>,
    at: DateTime<Utc>,
}

/// The feeds of a store.
#[derive(Clone)]
pub struct Feeds {
    ledger: Arc<dyn Ledger>,
    key: Key,
}

impl Feeds {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>, key: Key) -> Self {
        Self { ledger, key }
    }

    /// The address that was made; `None` before there was one.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn find(&self, branch: BranchId, subject: Subject) -> Result<Option<Token>, StoreError> {
        let Some(made) = self.made(branch, subject).await? else { return Ok(None) };
        let token = self.key.open(&subject.context(branch), &made.sealed)?;
        Ok(Some(String::from_utf8(token)?.parse()?))
    }

    /// When the address was made; `None` before there was one.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn made_at(
        &self,
        branch: BranchId,
        subject: Subject,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(self.made(branch, subject).await?.map(|made| made.at))
    }

    async fn made(&self, branch: BranchId, subject: Subject) -> Result<Option<Made>, StoreError> {
        let own = Select::of(&FEEDS, branch).is("subject", subject.name()).is("subject_id", subject.id());
        let Some(row) = self.ledger.select(&own).await?.into_iter().next() else { return Ok(None) };
        let mut cells = Cells::of(row);
        let (_, _): (Uuid, String) = (cells.id()?, cells.text()?);
        let (_, _): (Uuid, Vec<u8>) = (cells.id()?, cells.bytes()?);
        Ok(Some(Made { sealed: cells.bytes()?, at: from_micros(cells.int()?) }))
    }

    /// Makes a new address; the old one, if there was one, opens nothing any more.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn renew(
        &self,
        branch: BranchId,
        subject: Subject,
        now: DateTime<Utc>,
    ) -> Result<Token, StoreError> {
        let token = Token::draw(branch);
        let sealed = self.key.seal(&subject.context(branch), token.to_string().as_bytes());
        let row = vec![
            branch.into(),
            subject.name().into(),
            subject.id().into(),
            Cell::Bytes(hash(&token)),
            Cell::Bytes(sealed),
            micros(now).into(),
        ];
        if 0 < self.ledger.change(Change::replace(&FEEDS, row.clone())).await? {
            return Ok(token);
        }
        self.ledger.insert_new(&FEEDS, row).await?;
        // Somebody else may have made the first one meanwhile.
        Ok(self.find(branch, subject).await?.unwrap_or(token))
    }

    /// Whose dates an address shows.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn open(&self, token: &Token) -> Result<Option<Subject>, StoreError> {
        let shown = Select::of(&FEEDS, token.branch()).is("hash", hash(token));
        let Some(row) = self.ledger.select(&shown).await?.into_iter().next() else { return Ok(None) };
        let mut cells = Cells::of(row);
        let (_, subject, id): (Uuid, String, Uuid) = (cells.id()?, cells.text()?, cells.id()?);
        Ok(match subject.as_str() {
            "client" => Some(Subject::Client(ClientId(id))),
            "team-member" => Some(Subject::TeamMember(TeamMemberId(id))),
            _ => None,
        })
    }
}

impl std::fmt::Debug for Feeds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Feeds(…)")
    }
}

fn hash(token: &Token) -> Vec<u8> {
    Sha256::digest(token.to_string()).to_vec()
}
