//! The ledger is the audit: what happened to one thing, whether everything that is stored agrees, and a file of it that
//! anybody can check.

mod anchors;
mod check;
mod checkpoints;
mod difference;
mod export;
mod history;
mod links;
mod settings;
mod states;
mod verify;

pub use anchors::Anchors;
pub use check::{Checked, Uncheckable, check};
pub use checkpoints::{
    CHECKPOINTS, NotSigned, SignedCheckpoint, Standing, Statement, keep, schedule, sign, standing, take,
};
pub use difference::{Difference, Place};
pub use export::{Exported, NotExported, SignedManifest, export};
pub use history::{HistoryEntry, HistoryError, Subject, facts, history, of_client};
pub use links::Links;
pub use settings::{Save, branch_saves, link_saves};
pub use states::{
    Changed, ChangedValue, Differences, NotCompared, NotWhen, State, When, differences, leaves, position_at,
    state,
};
pub use verify::{CannotTell, Told, Verdict, verify, verify_against};
