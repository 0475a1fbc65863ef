//! What opens a cart, a result page or an appointment without a sign-in: a random token, of which only a hash is
//! stored, and the few bytes by which its record is found.

use std::fmt;
use std::str::FromStr;

use aggregates::ids::BranchId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::ledger::query::Select;
use crate::ledger::table::{CAPABILITIES, Cell, Cells};
use crate::ledger::{Ledger, StoreError};

/// base64url of the branch's 16 bytes and 16 random bytes: 43 characters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token([u8; 32]);

/// Random bytes that tokens for things of one step share. Their records begin with them as they are, and so are neighbours
/// in the store: else each were on a page of its own, which has to be written anew. Of a token 12 bytes remain that nobody
/// knows.
#[derive(Debug, Clone, Copy)]
pub struct Place([u8; 4]);

impl Place {
    #[must_use]
    pub fn draw() -> Self {
        Self(crate::vault::random())
    }
}

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Cart,
    Result,
    Appointment,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Cart => "cart",
            Self::Result => "result",
            Self::Appointment => "appointment",
        }
    }
}

/// What somebody who shows a token may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    pub branch: BranchId,
    pub kind: Kind,
    pub id: Uuid,
}

/// Not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an access token")]
pub struct NotAToken;

impl Token {
    /// A token for something in this branch; random, so that nobody derives it from another or from an id.
    #[must_use]
    pub fn draw(branch: BranchId) -> Self {
        Self::draw_at(Place::draw(), branch)
    }

    /// A token for something that is made together with others.
    #[must_use]
    pub fn draw_at(place: Place, branch: BranchId) -> Self {
        let secret = crate::vault::random::<12>();
        let drawn = branch.0.as_bytes().iter().chain(&place.0).chain(&secret);
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(drawn).for_each(|(to, from)| *to = *from);
        Self(bytes)
    }

    /// What the record has of it: where it lies, and SHA-256 of the whole.
    fn hash(&self) -> Vec<u8> {
        self.0.iter().skip(16).take(4).copied().chain(self.plain_hash()).collect()
    }

    /// What records of 0.1.0 have: SHA-256 alone.
    fn plain_hash(&self) -> Vec<u8> {
        Sha256::digest(self.to_string()).to_vec()
    }

    /// The branch that the token belongs to.
    #[must_use]
    pub fn branch(&self) -> BranchId {
        let mut id = [0; 16];
        id.iter_mut().zip(self.0).for_each(|(to, from)| *to = from);
        BranchId(Uuid::from_bytes(id))
    }

    /// The record that makes it open something.
    #[must_use]
    pub fn record(&self, kind: Kind, id: Uuid) -> Vec<Cell> {
        vec![self.branch().into(), Cell::Bytes(self.hash()), kind.name().into(), id.into(), Cell::Null]
    }

    /// What it opens; `None` if it opens nothing.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn open(&self, ledger: &dyn Ledger) -> Result<Option<Opened>, StoreError> {
        let hashes = [self.hash(), self.plain_hash()];
        let found = ledger.select(&Select::of(&CAPABILITIES, self.branch()).one_of("hash", hashes)).await?;
        let Some(row) = found.into_iter().next() else { return Ok(None) };
        let mut cells = Cells::of(row);
        let branch = cells.id()?;
        let _hash = cells.bytes()?;
        let kind = match cells.text()?.as_str() {
            "cart" => Kind::Cart,
            "result" => Kind::Result,
            "appointment" => Kind::Appointment,
            _ => return Ok(None),
        };
        let id = cells.id()?;
        Ok(cells.int_or_null()?.is_none().then_some(Opened { branch, kind, id }))
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Token {
    /// Never shows the token: it would open something from a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotAToken)?;
        bytes.try_into().map(Self).map_err(|_| NotAToken)
    }
}

impl TryFrom<String> for Token {
    type Error = NotAToken;

    fn try_from(text: String) -> Result<Self, NotAToken> {
        text.parse()
    }
}

impl From<Token> for String {
    fn from(token: Token) -> String {
        token.to_string()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_30_a_token_is_43_characters_and_says_its_branch_only() {
        let branch = BranchId(Uuid::from_u128(7));

        let [one, other] = [Token::draw(branch), Token::draw(branch)];

        assert_eq!(one.to_string().len(), 43);
        assert_eq!(one.branch(), branch);
        assert_ne!(one, other);
        assert_eq!(one.to_string().parse(), Ok(one.clone()));
        assert!(!format!("{one:?}").contains(&one.to_string()));
    }

    #[test]
    fn tokens_of_one_step_lie_together_and_have_nothing_else_in_common() {
        let branch = BranchId(Uuid::from_u128(7));
        let place = Place::draw();
        let together = [(); 11].map(|()| Token::draw_at(place, branch));

        let secrets: HashSet<_> = together.iter().map(|token| token.0[20..].to_vec()).collect();
        assert_eq!(secrets.len(), 11);
        for token in &together {
            assert_eq!((&token.0[16..20], &token.hash()[..4]), (&place.0[..], &place.0[..]));
            assert_eq!(token.hash()[4..], Sha256::digest(token.to_string())[..]);
        }
        assert_ne!(Token::draw(branch).hash()[..4], place.0);
    }

    #[test]
    fn bad_tokens_are_refused() {
        for text in ["", "abc", "====", &"A".repeat(42), &"A".repeat(44), "ö"] {
            assert_eq!(text.parse::<Token>(), Err(NotAToken), "{text}");
        }
    }
}
