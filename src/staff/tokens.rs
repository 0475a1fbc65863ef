//! What programs of a studio show to the API of staff: random, shown once, stored as its hash.

use std::fmt;
use std::str::FromStr;

use aggregates::ids::BranchId;
use aggregates::values::Name;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Role, Staff, TokenId, UserId};
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{StoreError, from_micros, micros};
use crate::vault::random;

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
pub(super) static TOKENS: Table = Table {
    name: "api_tokens",
    columns: &[
        ("branch_id", Kind::Id),
        ("token_id", Kind::Id),
        ("hash", Kind::Bytes),
        ("name", Kind::Text),
        ("scope", Kind::Text),
        ("made_by", Kind::Id),
        ("made_at", Kind::Int),
        ("expires_at", Kind::Int),
        ("used_at", Kind::Int),
        ("revoked_at", Kind::Int),
    ],
    key: &["branch_id", "token_id"],
};

/// How many days a token may live.
pub const DAYS: std::ops::RangeInclusive<u32> = 1..=730;

/// How exactly it is known when a token was last used: not every request writes.
const EXACT: TimeDelta = TimeDelta::minutes(5);

/// What tokens begin with, so that whoever finds one knows what it is.
const PREFIX: &str = "cw_";

/// What a program shows: `cw_` and 256 random bits in base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiToken([u8; 32]);

impl ApiToken {
    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.to_string()).to_vec()
    }
}

impl fmt::Display for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// Never shown in a log.
impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiToken(…)")
    }
}

/// Not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token is cw_ and 43 characters")]
pub struct NotAnApiToken;

impl FromStr for ApiToken {
    type Err = NotAnApiToken;

    fn from_str(text: &str) -> Result<Self, NotAnApiToken> {
        let text = text.strip_prefix(PREFIX).ok_or(NotAnApiToken)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotAnApiToken)?;
        bytes.try_into().map(Self).map_err(|_| NotAnApiToken)
    }
}

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Reads everything, changes nothing.
    Read,
    /// The journal: appointments, attendance, clients.
    Book,
    /// The journal, and the settings.
    Settings,
}

impl Scope {
    pub const ALL: [Self; 3] = [Self::Read, Self::Book, Self::Settings];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Book => "book",
            Self::Settings => "settings",
        }
    }

    /// It may what somebody with this role may; never what an owner may.
    #[must_use]
    pub fn role(self) -> Role {
        match self {
            Self::Read => Role::Auditor,
            Self::Book => Role::FrontDesk,
            Self::Settings => Role::Manager,
        }
    }
}

/// Not the name of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scope is read, book or settings")]
pub struct NotAScope;

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        Self::ALL.into_iter().find(|scope| scope.name() == text).ok_or(NotAScope)
    }
}

/// A token as it is kept: everything but what opens something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub branch: BranchId,
    pub id: TokenId,
    hash: Vec<u8>,
    pub name: String,
    pub scope: Scope,
    pub made_by: Option<UserId>,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Kept {
    #[must_use]
    pub fn works(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.branch.into(),
            self.id.into(),
            self.hash.clone().into(),
            self.name.clone().into(),
            self.scope.name().into(),
            self.made_by.into(),
            micros(self.made_at).into(),
            micros(self.expires_at).into(),
            self.used_at.map(micros).into(),
            self.revoked_at.map(micros).into(),
        ]
    }

    pub(super) fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        Ok(Self {
            branch: cells.id()?,
            id: cells.id()?,
            hash: cells.bytes()?,
            name: cells.text()?,
            scope: cells.text()?.parse()?,
            made_by: cells.id_or_null()?,
            made_at: from_micros(cells.int()?),
            expires_at: from_micros(cells.int()?),
            used_at: cells.int_or_null()?.map(from_micros),
            revoked_at: cells.int_or_null()?.map(from_micros),
        })
    }
}

impl Staff {
    /// Makes a token, which is shown this once.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn make_token(
        &self,
        branch: BranchId,
        (name, scope): (&Name, Scope),
        days: u32,
        made_by: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Result<(TokenId, ApiToken), StoreError> {
        let token = ApiToken(random());
        let kept = Kept {
            branch,
            id: TokenId(Uuid::now_v7()),
            hash: token.hash(),
            name: name.to_string(),
            scope,
            made_by,
            made_at: now,
            expires_at: now + TimeDelta::days(days.into()),
            used_at: None,
            revoked_at: None,
        };
        self.ledger.insert_new(&TOKENS, kept.cells()).await?;
        Ok((kept.id, token))
    }

    /// The tokens of a branch, the newest first; those that end are kept for whoever reads what they did.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn tokens(&self, branch: BranchId) -> Result<Vec<Kept>, StoreError> {
        let own = Select::of(&TOKENS, branch).by(&["made_at", "token_id"]).descending();
        self.ledger.select(&own).await?.into_iter().map(Kept::read).collect()
    }

    /// What a program may do that shows this; `None` if it opens nothing (any more).
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn token(&self, token: &ApiToken, now: DateTime<Utc>) -> Result<Option<Kept>, StoreError> {
        let found = self.ledger.select(&Select::all(&TOKENS).is("hash", token.hash())).await?;
        let found = found.into_iter().next().map(Kept::read).transpose()?;
        let Some(kept) = found.filter(|kept| kept.works(now)) else { return Ok(None) };
        if kept.used_at.is_none_or(|used| used + EXACT <= now) {
            let used = Kept { used_at: Some(now), ..kept.clone() };
            // Not if it was revoked meanwhile.
            let change = Change::replace(&TOKENS, used.cells()).is("revoked_at", Cell::Null);
            self.ledger.change(change).await?;
        }
        Ok(Some(kept))
    }

    /// Ends a token; false if the branch has none with that id that works.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn revoke_token(
        &self,
        branch: BranchId,
        id: TokenId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let own = self.ledger.select(&Select::of(&TOKENS, branch).is("token_id", id)).await?;
        let Some(kept) = own.into_iter().next().map(Kept::read).transpose()? else { return Ok(false) };
        let revoked = Kept { revoked_at: Some(now), ..kept };
        let change = Change::replace(&TOKENS, revoked.cells()).is("revoked_at", Cell::Null);
        Ok(0 < self.ledger.change(change).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_what_it_is_and_is_never_shown_twice() {
        let token = ApiToken(random());

        let written = token.to_string();

        assert!(written.starts_with("cw_") && written.len() == 46, "{written}");
        assert_eq!(written.parse(), Ok(token.clone()));
        assert!(!format!("{token:?}").contains(&written));
        for text in ["", "cw_", "cw_abc", &written[3..], &format!("{written}A")] {
            assert_eq!(text.parse::<ApiToken>(), Err(NotAnApiToken), "{text}");
        }
    }

    #[test]
    fn no_token_may_what_an_owner_may() {
        assert!(Scope::ALL.iter().all(|scope| scope.role() != Role::Owner));
    }
}
