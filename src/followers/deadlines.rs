//! What must happen at a time. Any process may see to it: the row goes away in the same step in which it is done.

use std::sync::Arc;

use aggregates::ids::BranchId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Follower;
use crate::app::App;
use crate::ledger::change::{Change, Changes};
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{StoreError, from_micros, micros};

/// Deadlines that are looked at in one go.
const PAGE: u32 = 256;

static DEADLINES: Table = Table {
    name: "deadlines",
    columns: &[
        ("branch_id", Kind::Id),
        ("kind", Kind::Text),
        ("id", Kind::Id),
        ("due", Kind::Int),
        ("about", Kind::Int),
    ],
    key: &["branch_id", "kind", "id"],
};

/// A moment at which something has to be done about an aggregate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub branch: BranchId,
    /// What has to be done.
    pub kind: String,
    pub id: Uuid,
    pub due: DateTime<Utc>,
    /// The start that it was made for.
    pub about: DateTime<Utc>,
}

impl Deadline {
    fn cells(&self) -> Vec<Cell> {
        vec![
            self.branch.into(),
            self.kind.clone().into(),
            self.id.into(),
            micros(self.due).into(),
            micros(self.about).into(),
        ]
    }

    fn read(row: Vec<Cell>) -> Result<Self, StoreError> {
        let mut cells = Cells::of(row);
        Ok(Self {
            branch: cells.id()?,
            kind: cells.text()?,
            id: cells.id()?,
            due: from_micros(cells.int()?),
            about: from_micros(cells.int()?),
        })
    }

    /// Sets it, in the place of the one that was set before.
    #[must_use]
    pub fn set(&self) -> [Change; 2] {
        [lifted(self.branch, &self.kind, self.id), Change::add(&DEADLINES, vec![self.cells()])]
    }
}

/// Lifts the deadline of that kind for one aggregate, if there is one.
#[must_use]
pub fn lifted(branch: BranchId, kind: &str, id: Uuid) -> Change {
    all_lifted(branch, kind).is("id", id)
}

/// Lifts all deadlines of that kind in a branch.
#[must_use]
pub fn all_lifted(branch: BranchId, kind: &str) -> Change {
    Change::delete(&DEADLINES).is("branch_id", branch).is("kind", kind)
}

/// Does what is due; whether anything was.
pub(super) async fn fire(app: &App, followers: &[Arc<dyn Follower>]) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let due = Select::all(&DEADLINES).below("due", micros(now) + 1).by(&["due"]).limit(PAGE);
    let mut fired = false;
    for row in app.ledger.select(&due).await? {
        let deadline = Deadline::read(row)?;
        let own = lifted(deadline.branch, &deadline.kind, deadline.id);
        let mut changes = vec![own.is("due", micros(deadline.due))];
        for follower in followers {
            changes.extend(follower.due(&deadline).await?);
        }
        fired |= app.ledger.change_together(Changes::if_first(changes)).await?.first() != Some(&0);
    }
    Ok(fired)
}
