//! The ledger is the audit: what happened to one thing, and whether everything that is stored agrees.

mod history;
mod verify;

pub use history::{HistoryEntry, HistoryError, Subject, history};
pub use verify::{CannotTell, Difference, Place, Told, Verdict, verify};
