//! Who of staff is signed in.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Staff, UserId};
use crate::ledger::change::Change;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{StoreError, from_micros, micros};
use crate::sessions::SessionId;

/// After so long without a request somebody is signed out.
pub const IDLE: TimeDelta = TimeDelta::hours(12);

/// And after so long in any case.
pub const LONGEST: TimeDelta = TimeDelta::days(14);

/// How exactly it is known when somebody was last here: not every request writes.
const EXACT: TimeDelta = TimeDelta::minutes(5);

/// How much is kept of what a browser calls itself.
const DEVICE: usize = 120;

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
static SESSIONS: Table = Table {
    name: "staff_sessions",
    columns: &[
        ("hash", Kind::Bytes),
        ("session_id", Kind::Id),
        ("user_id", Kind::Id),
        ("device", Kind::Text),
        ("signed_in_at", Kind::Int),
        ("seen_at", Kind::Int),
    ],
    key: &["hash"],
};

/// Somebody of staff at one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    hash: Vec<u8>,
    /// By which it is listed and ended; it opens nothing.
    pub id: Uuid,
    pub user: UserId,
    /// What the browser called itself.
    pub device: String,
    pub signed_in_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

impl StaffSession {
    fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.signed_in_at + LONGEST <= now || self.seen_at + IDLE <= now
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.hash.clone().into(),
            self.id.into(),
            self.user.into(),
            self.device.clone().into(),
            micros(self.signed_in_at).into(),
            micros(self.seen_at).into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        Ok(Self {
            hash: cells.bytes()?,
            id: cells.id()?,
            user: cells.id()?,
            device: cells.text()?,
            signed_in_at: from_micros(cells.int()?),
            seen_at: from_micros(cells.int()?),
        })
    }
}

impl Staff {
    /// Signs somebody in. The id is new, whatever the browser had before.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn open_session(
        &self,
        user: UserId,
        device: &str,
        now: DateTime<Utc>,
    ) -> Result<SessionId, StoreError> {
        for (column, kept) in [("signed_in_at", LONGEST), ("seen_at", IDLE)] {
            self.ledger.change(Change::delete(&SESSIONS).below(column, micros(now - kept))).await?;
        }
        let id = SessionId::draw();
        let session = StaffSession {
            hash: id.hash(),
            id: Uuid::now_v7(),
            user,
            device: device.chars().filter(|letter| !letter.is_control()).take(DEVICE).collect(),
            signed_in_at: now,
            seen_at: now,
        };
        self.ledger.insert_new(&SESSIONS, session.cells()).await?;
        Ok(id)
    }

    /// Whose session it is; `None` if nobody is signed in with it any more.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn session(
        &self,
        id: &SessionId,
        now: DateTime<Utc>,
    ) -> Result<Option<StaffSession>, StoreError> {
        let found = self.ledger.select(&Select::all(&SESSIONS).is("hash", id.hash())).await?;
        let found = found.into_iter().next().map(StaffSession::read).transpose()?;
        let Some(session) = found.filter(|session| !session.is_over(now)) else { return Ok(None) };
        if session.seen_at + EXACT <= now {
            let seen = StaffSession { seen_at: now, ..session.clone() };
            self.ledger.change(Change::replace(&SESSIONS, seen.cells())).await?;
        }
        Ok(Some(session))
    }

    /// Where somebody is signed in, the newest first.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn sessions_of(
        &self,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<StaffSession>, StoreError> {
        let own = Select::all(&SESSIONS).is("user_id", user).by(&["signed_in_at"]).descending();
        let found = self.ledger.select(&own).await?.into_iter().map(StaffSession::read);
        Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|it| !it.is_over(now)).collect())
    }

    /// Ends one session of somebody.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn end_session(&self, user: UserId, session: Uuid) -> Result<(), StoreError> {
        let one = Change::delete(&SESSIONS).is("user_id", user).is("session_id", session);
        self.ledger.change(one).await.map(|_| ())
    }

    /// Ends every session of somebody: what they are or how they prove it changed.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn end_sessions(&self, user: UserId) -> Result<(), StoreError> {
        self.ledger.change(Change::delete(&SESSIONS).is("user_id", user)).await.map(|_| ())
    }
}
