//! What comes back: an answer that is kept with its key, or why a command was not carried out.

use std::fmt;

use aggregates::Obstacle;
use aggregates::activity::ActivityRefusal;
use aggregates::appointment::AppointmentRefusal;
use aggregates::booking_link::LinkRefusal;
use aggregates::branch::BranchRefusal;
use aggregates::cart::{CartRefusal, Changed};
use aggregates::client::ClientRefusal;
use aggregates::ids::{ActivityId, AppointmentId, CartId};
use aggregates::membership::MembershipRefusal;
use aggregates::values::Spots;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::capability::Token;
use crate::ledger::{Position, StoreError};
use crate::read_models::Rows;

/// What an accepted command gives back. Stored with its key, so a later release still reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Done(Done),
    Confirmed(Confirmed),
    WouldConfirm(Vec<ItemOutcome>),
    Scheduled(Vec<Scheduled>),
    Shown(Shown),
}

/// An answer as its requester gets it.
///
/// It is this that is stored with a key, not what it was made of: rows, settings, names and the words of a later
/// release would make another body of the same facts, and then it would not be the original answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub status: u16,
    /// The version that it shows, for `ETag`.
    pub version: Option<u64>,
    pub location: Option<String>,
    /// JSON.
    pub body: String,
}

/// Writes answers that show rows.
#[async_trait]
pub trait Show: fmt::Debug + Send + Sync {
    /// The answer to a command that was asked at that moment, from rows as it left them.
    ///
    /// # Errors
    ///
    /// If a row cannot be read.
    async fn show(&self, answer: &Answer, at: DateTime<Utc>, rows: &Rows<'_>) -> Result<Shown, Failure>;
}

/// A change of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The version of the addressed aggregate now.
    pub version: u64,
}

/// What one confirmation booked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    pub cart: CartId,
    /// Opens the result page.
    pub result: Token,
    pub booked: Vec<Booked>,
    /// What a `best_effort` confirmation could not book.
    pub refused: Vec<ItemOutcome>,
}

/// One appointment that came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Booked {
    pub activity: ActivityId,
    pub appointment: AppointmentId,
    pub starts_at: DateTime<Utc>,
    pub spots: Spots,
    /// Opens the appointment.
    pub token: Token,
}

/// What became, or would become, of one event of a confirmation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemOutcome {
    pub activity: ActivityId,
    pub asked: Spots,
    pub left: u16,
    /// Why it cannot be booked, if it cannot.
    pub obstacle: Option<Obstacle>,
}

/// One event that was scheduled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    pub activity: ActivityId,
    pub starts_at: DateTime<Utc>,
    /// Starts later than asked for, since the clock skips that time.
    pub shifted: bool,
}

/// An answer, and where the ledger stood.
#[derive(Debug, Clone)]
pub struct Reply {
    pub answer: Answer,
    pub position: Position,
    /// The command was accepted before; this is its original answer.
    pub replayed: bool,
}

/// Why a command was not carried out.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// Too much is waiting; nothing was taken in.
    #[error("too many commands are waiting")]
    Busy,
    /// It may have been carried out or not; the same key gives the truth.
    #[error("the outcome is unknown")]
    Unknown,
    /// The store cannot be asked; nothing was changed.
    #[error("the store is away: {0}")]
    Away(StoreError),
    /// Something is wrong with us; nothing was changed.
    #[error("something broke: {0}")]
    Broken(String),
}

impl<R: Into<Refusal>> From<R> for Failure {
    fn from(refusal: R) -> Self {
        Self::Refused(Box::new(refusal.into()))
    }
}

/// Why a rule said no.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// There is no such thing in this branch.
    #[error("there is no such {what}")]
    NotFound { what: &'static str, pointer: String },
    #[error("this was changed meanwhile; its version is {version} now")]
    Stale { version: u64 },
    #[error("this idempotency key belongs to another request")]
    KeyReused,
    /// A wall time that the clock skips; the neighbours are wall times too.
    #[error("the clock skips this time; the neighbours are {earlier:?} and {later:?}")]
    Gap { earlier: NaiveDateTime, later: NaiveDateTime, pointer: String },
    #[error("{refusal}")]
    Cart { refusal: CartRefusal, changed: Vec<Changed> },
    /// Nothing was booked; one entry per event of the cart.
    #[error("nothing is booked: not every event can be")]
    NotBooked { items: Vec<ItemOutcome>, changed: Vec<Changed> },
    #[error(transparent)]
    Activity(#[from] ActivityRefusal),
    #[error(transparent)]
    Appointment(#[from] AppointmentRefusal),
    #[error(transparent)]
    Branch(#[from] BranchRefusal),
    #[error(transparent)]
    Link(#[from] LinkRefusal),
    #[error(transparent)]
    Membership(#[from] MembershipRefusal),
    #[error(transparent)]
    Client(#[from] ClientRefusal),
}

impl From<CartRefusal> for Refusal {
    fn from(refusal: CartRefusal) -> Self {
        Self::Cart { refusal, changed: vec![] }
    }
}
