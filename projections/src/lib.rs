//! What people see: pure folds from facts to rows, and questions to those rows.
//!
//! # Map
//!
//! * [`appointments`], [`availability`], [`carts`], [`links`], [`branches`]: one table each, one row per thing.
//! * [`book_another`]: which further dates are offered, and why others are not.
//! * [`history`]: what happened to one thing, in sentences.
//! * [`series`]: the same weekday and time for some weeks.
//! * [`settings`]: what a save of settings changed, value by value.
//!
//! # Deliberately absent
//!
//! Saving and loading. A fold is run with every append and again by a rebuild, and must give the same rows both
//! times; so it knows no clock, no database and nobody's name.

pub mod appointments;
pub mod availability;
pub mod book_another;
pub mod branches;
pub mod carts;
pub mod history;
pub mod links;
pub mod series;
pub mod settings;

use aggregates::Fact;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Version of the folds. Raise it with every change that makes other rows of the same facts; a branch whose rows
/// were made by an older version is rebuilt before it is written to again.
pub const ROWS_VERSION: u32 = 3;

/// A fact as the ledger keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Place in the ledger of the branch, from 1.
    pub position: u64,
    pub recorded_at: DateTime<Utc>,
    /// The aggregate that the fact is about.
    pub id: Uuid,
    /// Place in the history of that aggregate, from 1: its version after this fact.
    pub sequence: u64,
    /// Whether staff asked for it.
    pub by_staff: bool,
    pub fact: Fact,
}

/// A row of a read model, which knows how facts change it.
pub trait Projection: Sized {
    /// What identifies a row.
    type Key;

    /// The row that this entry concerns, if any.
    fn key(entry: &Recorded) -> Option<Self::Key>;

    /// The row after this entry. `None` stands for no row, before and after.
    fn fold(row: Option<Self>, entry: &Recorded) -> Option<Self>;
}
