//! Staff: who they are, how they prove it, and what they may do in which branch.
//!
//! Users belong to the whole store, roles to a branch. Nothing of it is a fact: each is a row that is replaced only if it
//! still is as it was read. What is drawn for somebody, a session, a one-time link, a token, is stored as its hash.

mod ids;
mod invitations;
mod names;
mod passwords;
mod people;
pub mod roles;
pub mod second_factor;
mod sessions;
mod signing_in;
pub mod tokens;
mod users;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Mutex;

pub use self::ids::{TokenId, UserId};
pub use self::invitations::Invitation;
pub use self::names::names;
pub use self::passwords::{NotAPassword, Password};
pub use self::people::{Added, Member, NotChanged};
pub use self::roles::Role;
pub use self::sessions::{IDLE, LONGEST, StaffSession};
pub use self::signing_in::{Begun, CodeRefused};
pub use self::users::{Login, NotALogin, User};
use crate::ledger::query::Select;
use crate::ledger::table::STORE;
use crate::ledger::{Ledger, StoreError};
use crate::vault::Key;

/// The staff of a store.
#[derive(Clone)]
pub struct Staff {
    ledger: Arc<dyn Ledger>,
    key: Key,
    /// Whether there ever was anybody: nothing takes that back, so it is asked only until it is known.
    begun: Arc<AtomicBool>,
    /// Roles are changed one at a time, so that the last owner of a branch stays one.
    changing: Arc<Mutex<()>>,
    hashing: passwords::Hashing,
}

/// Why something of staff could not be done now.
#[derive(Debug, thiserror::Error)]
pub enum CannotTell {
    /// Too many passwords are being looked at.
    #[error("too many passwords are being looked at; try again in a moment")]
    Busy,
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
}

impl From<StoreError> for CannotTell {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The record of a store that says that staff sign in.
const BEGUN: &str = "staff-sign-in";

/// How often a step is tried again that somebody else was faster at.
const ROUNDS: usize = 16;

impl Staff {
    #[must_use]
    pub fn new(ledger: Arc<dyn Ledger>, key: Key) -> Self {
        Self {
            ledger,
            key,
            begun: Arc::default(),
            changing: Arc::default(),
            hashing: passwords::Hashing::default(),
        }
    }

    /// Whether staff sign in: from the first user on, and for good.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn sign_in(&self) -> Result<bool, StoreError> {
        if self.begun.load(Ordering::Acquire) {
            return Ok(true);
        }
        let begun = !self.ledger.select(&Select::all(&STORE).is("name", BEGUN)).await?.is_empty();
        self.begun.fetch_or(begun, Ordering::AcqRel);
        Ok(begun)
    }

    /// Notes that staff sign in from now on.
    async fn begin(&self) -> Result<(), StoreError> {
        self.ledger.insert_new(&STORE, vec![BEGUN.into(), vec![1_u8].into()]).await?;
        self.begun.store(true, Ordering::Release);
        Ok(())
    }
}

impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Staff(…)")
    }
}

fn contended() -> StoreError {
    StoreError::saying("too many change the same sign-in at once")
}
