//! One-time links: whoever opens one chooses the password of the one it was made for.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::users::User;
use super::{CannotTell, Password, Staff, UserId};
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cells, Kind, Table};
use crate::ledger::{StoreError, from_micros, micros};
use crate::vault::random;

/// How long a link can be used.
const LIFETIME: TimeDelta = TimeDelta::days(7);

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
static INVITATIONS: Table = Table {
    name: "staff_invitations",
    columns: &[("user_id", Kind::Id), ("hash", Kind::Bytes), ("expires_at", Kind::Int)],
    key: &["user_id"],
};

/// What stands in a link: 256 random bits, 43 characters of base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation([u8; 32]);

impl Invitation {
    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

impl fmt::Display for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// Never shown in a log.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Invitation(…)")
    }
}

impl FromStr for Invitation {
    type Err = base64::DecodeSliceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        match URL_SAFE_NO_PAD.decode_slice(text, &mut bytes)? {
            32 => Ok(Self(bytes)),
            length => Err(base64::DecodeError::InvalidLength(length).into()),
        }
    }
}

impl Staff {
    /// A link for somebody; one that they had before opens nothing any more.
    pub(super) async fn invite(&self, user: UserId, now: DateTime<Utc>) -> Result<Invitation, StoreError> {
        self.ledger.change(Change::delete(&INVITATIONS).is("user_id", user)).await?;
        let invitation = Invitation(random());
        let row = vec![user.into(), invitation.hash().into(), micros(now + LIFETIME).into()];
        self.ledger.insert_new(&INVITATIONS, row).await?;
        Ok(invitation)
    }

    pub(super) async fn uninvite(&self, user: UserId) -> Result<(), StoreError> {
        self.ledger.change(Change::delete(&INVITATIONS).is("user_id", user)).await.map(|_| ())
    }

    /// For whom a link was made, if it can still be used.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn invited(
        &self,
        invitation: &Invitation,
        now: DateTime<Utc>,
    ) -> Result<Option<User>, StoreError> {
        let shown = Select::all(&INVITATIONS).is("hash", invitation.hash());
        let Some(row) = self.ledger.select(&shown).await?.into_iter().next() else { return Ok(None) };
        let mut cells = Cells::of(row);
        let user: UserId = cells.id()?;
        let _hash = cells.bytes()?;
        let can_be_used = now < from_micros(cells.int()?);
        if can_be_used { self.user(user).await } else { Ok(None) }
    }

    /// Gives somebody the password that they chose, and uses the link up. Whoever was signed in as them is not any more.
    ///
    /// # Errors
    ///
    /// If too many ask at once, or the store cannot be asked.
    pub async fn accept(
        &self,
        invitation: &Invitation,
        password: &Password,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>, CannotTell> {
        let Some(user) = self.invited(invitation, now).await? else { return Ok(None) };
        let hashed = self.hashing.hash(password).await?;
        // Of two who use it at once, one is too late.
        let use_up = Change::delete(&INVITATIONS).is("hash", invitation.hash());
        if self.ledger.change(use_up).await? == 0 {
            return Ok(None);
        }
        let chosen = |user: User| User { password: Some(hashed.clone()), ..user };
        let changed = self.change_user(user.id, chosen).await?;
        self.end_sessions(user.id).await?;
        Ok(changed.map(|()| user.id))
    }
}
