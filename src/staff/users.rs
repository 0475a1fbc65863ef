//! Who works here, as it is stored.

use std::fmt;
use std::str::FromStr;

use aggregates::values::Name;
use chrono::{DateTime, Utc};

use super::{ROUNDS, Staff, UserId, contended};
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{StoreError, from_micros, micros};

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
pub(super) static USERS: Table = Table {
    name: "staff_users",
    columns: &[
        ("user_id", Kind::Id),
        ("login", Kind::Text),
        ("name", Kind::Text),
        ("password", Kind::Text),
        ("totp", Kind::Bytes),
        ("totp_step", Kind::Int),
        ("recovery", Kind::Bytes),
        ("wrong_codes", Kind::Int),
        ("closed_until", Kind::Int),
        ("made_at", Kind::Int),
        ("version", Kind::Int),
    ],
    key: &["user_id"],
};

/// What somebody signs in with: a name or an e-mail address, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login(String);

/// Not a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a login has 2 to 100 letters, digits and signs, without blanks")]
pub struct NotALogin;

impl FromStr for Login {
    type Err = NotALogin;

    fn from_str(text: &str) -> Result<Self, NotALogin> {
        const LENGTHS: std::ops::RangeInclusive<usize> = 2..=100;
        let login = text.trim().to_lowercase();
        let is_plain = login.chars().all(|letter| letter.is_alphanumeric() || "@._+-".contains(letter));
        if is_plain && LENGTHS.contains(&login.chars().count()) { Ok(Self(login)) } else { Err(NotALogin) }
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody who works in one studio or several.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub login: String,
    pub name: String,
    /// Argon2id; none before the first was chosen.
    pub(super) password: Option<String>,
    /// The secret of the second factor, sealed.
    pub(super) totp: Option<Vec<u8>>,
    pub(super) totp_step: u64,
    pub(super) recovery: Vec<u8>,
    pub(super) wrong_codes: u32,
    pub(super) closed_until: DateTime<Utc>,
    pub made_at: DateTime<Utc>,
    pub(super) version: u64,
}

/// Never shows what proves somebody.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "User({})", self.id)
    }
}

impl User {
    pub(super) fn new(id: UserId, login: &Login, name: &Name, now: DateTime<Utc>) -> Self {
        Self {
            id,
            login: login.to_string(),
            name: name.to_string(),
            password: None,
            totp: None,
            totp_step: 0,
            recovery: vec![],
            wrong_codes: 0,
            closed_until: from_micros(0),
            made_at: now,
            version: 1,
        }
    }

    /// Whether they chose a password.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }

    #[must_use]
    pub fn has_second_factor(&self) -> bool {
        self.totp.is_some()
    }

    pub(super) fn cells(&self) -> Vec<Cell> {
        vec![
            self.id.into(),
            self.login.clone().into(),
            self.name.clone().into(),
            self.password.clone().into(),
            self.totp.clone().into(),
            self.totp_step.into(),
            self.recovery.clone().into(),
            self.wrong_codes.into(),
            micros(self.closed_until).into(),
            micros(self.made_at).into(),
            self.version.into(),
        ]
    }

    pub(super) fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        Ok(Self {
            id: cells.id()?,
            login: cells.text()?,
            name: cells.text()?,
            password: cells.text_or_null()?,
            totp: cells.bytes_or_null()?,
            totp_step: cells.int()?,
            recovery: cells.bytes()?,
            wrong_codes: cells.int()?,
            closed_until: from_micros(cells.int()?),
            made_at: from_micros(cells.int()?),
            version: cells.int()?,
        })
    }
}

impl Staff {
    /// Somebody of staff.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        self.user_where(Select::all(&USERS).is("user_id", id)).await
    }

    /// Whoever signs in with that.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn with_login(&self, login: &Login) -> Result<Option<User>, StoreError> {
        self.user_where(Select::all(&USERS).is("login", login.0.clone())).await
    }

    async fn user_where(&self, select: Select) -> Result<Option<User>, StoreError> {
        self.ledger.select(&select).await?.into_iter().next().map(User::read).transpose()
    }

    /// All of these.
    pub(super) async fn users(&self, ids: impl IntoIterator<Item = UserId>) -> Result<Vec<User>, StoreError> {
        let rows = self.ledger.select(&Select::all(&USERS).one_of("user_id", ids)).await?;
        rows.into_iter().map(User::read).collect()
    }

    /// Puts this in the place of what was read; false if somebody else was faster.
    pub(super) async fn put(&self, user: User) -> Result<bool, StoreError> {
        let before = user.version;
        let next = User { version: before + 1, ..user };
        Ok(0 < self.ledger.change(Change::replace(&USERS, next.cells()).is("version", before)).await?)
    }

    /// Changes somebody, as they are at that moment; `None` if they are gone.
    pub(super) async fn change_user(
        &self,
        id: UserId,
        change: impl Fn(User) -> User,
    ) -> Result<Option<()>, StoreError> {
        for _ in 0..ROUNDS {
            let Some(user) = self.user(id).await? else { return Ok(None) };
            if self.put(change(user)).await? {
                return Ok(Some(()));
            }
        }
        Err(contended())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_the_same_however_it_is_typed() {
        assert_eq!("  Anna.Berg@Example.org ".parse::<Login>().unwrap().to_string(), "anna.berg@example.org");
        for text in ["", "a", "two words", "a\nb", "<b>", &"a".repeat(101)] {
            assert_eq!(text.parse::<Login>(), Err(NotALogin), "{text}");
        }
    }
}
