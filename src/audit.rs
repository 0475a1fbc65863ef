//! The ledger is the audit: what happened to one thing, and whether everything that is stored agrees.

mod history;
mod settings;
mod verify;

pub use history::{HistoryEntry, HistoryError, Subject, facts, history};
pub use settings::{Save, branch_saves, link_saves};
pub use verify::{CannotTell, Difference, Place, Told, Verdict, verify};
