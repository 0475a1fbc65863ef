//! How far followers have come.

use std::collections::{BTreeSet, HashMap};

use aggregates::ids::BranchId;
use tokio_util::sync::CancellationToken;

use super::{Followed, Follower};
use crate::app::App;
use crate::ledger::change::{Change, Changes};
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, Position, StoreError};

/// Facts that are turned into deliveries in one step.
const PAGE: u32 = 256;

static LEDGERS: Table =
    Table { name: "ledgers", columns: &[("branch_id", Kind::Id), ("head", Kind::Int)], key: &["branch_id"] };

static FOLLOWERS: Table = Table {
    name: "followers",
    columns: &[("branch_id", Kind::Id), ("follower", Kind::Text), ("position", Kind::Int)],
    key: &["branch_id", "follower"],
};

/// Turns what is new into deliveries, in these branches or in all; whether there was anything new.
pub(super) async fn catch_up(
    app: &App,
    follower: &dyn Follower,
    woken: Option<&BTreeSet<BranchId>>,
    stop: &CancellationToken,
) -> Result<bool, StoreError> {
    let ledger = app.ledger.as_ref();
    let heads = heads(ledger, woken).await?;
    let concerned = follower.followed(&heads).await?;
    let heads: HashMap<_, _> = heads.into_iter().collect();
    let reached = reached(ledger, follower.name(), woken).await?;
    let mut moved = false;
    for branch in concerned {
        let known = reached.get(&branch.branch).copied();
        let from = known.unwrap_or(branch.begin).max(branch.at_least);
        let head = heads.get(&branch.branch).copied().unwrap_or(0);
        if known.is_some() && head <= from {
            continue;
        }
        // What stands in the way in one branch holds up no other.
        match catch_up_in(ledger, follower, branch, known, stop).await {
            Ok(stepped) => moved |= stepped,
            Err(error) => {
                let (branch, follower) = (branch.branch, follower.name());
                tracing::warn!(%error, %branch, follower, "a follower cannot go on in a branch yet");
            }
        }
    }
    Ok(moved)
}

/// Where the ledgers of these branches end, or of all.
///
/// # Errors
///
/// If the store cannot be asked.
pub async fn heads(
    ledger: &dyn Ledger,
    woken: Option<&BTreeSet<BranchId>>,
) -> Result<Vec<(BranchId, Position)>, StoreError> {
    let all = Select::all(&LEDGERS);
    let select = match woken {
        Some(branches) => all.one_of("branch_id", branches.iter().copied()),
        None => all,
    };
    let read = |row| -> Result<_, StoreError> {
        let mut cells = Cells::of(row);
        Ok((cells.id()?, cells.int()?))
    };
    ledger.select(&select).await?.into_iter().map(read).collect()
}

async fn reached(
    ledger: &dyn Ledger,
    follower: &'static str,
    woken: Option<&BTreeSet<BranchId>>,
) -> Result<HashMap<BranchId, Position>, StoreError> {
    let own = Select::all(&FOLLOWERS).is("follower", follower);
    let select = match woken {
        Some(branches) => own.one_of("branch_id", branches.iter().copied()),
        None => own,
    };
    let read = |row| -> Result<_, StoreError> {
        let mut cells = Cells::of(row);
        let (branch, _): (_, String) = (cells.id()?, cells.text()?);
        Ok((branch, cells.int()?))
    };
    ledger.select(&select).await?.into_iter().map(read).collect()
}

fn row(branch: BranchId, follower: &'static str, position: Position) -> Vec<Cell> {
    vec![branch.into(), follower.into(), position.into()]
}

/// Goes on in one branch until nothing is new; whether anything was.
async fn catch_up_in(
    ledger: &dyn Ledger,
    follower: &dyn Follower,
    of: Followed,
    known: Option<Position>,
    stop: &CancellationToken,
) -> Result<bool, StoreError> {
    let (branch, name) = (of.branch, follower.name());
    if known.is_none() {
        ledger.insert_new(&FOLLOWERS, row(branch, name, of.begin)).await?;
    }
    let mut at = known.unwrap_or(of.begin);
    let mut moved = false;
    while !stop.is_cancelled() {
        let facts = ledger.read(branch, at.max(of.at_least), PAGE).await?;
        let Some(last) = facts.last().map(|fact| fact.position) else { break };
        let moving = Change::replace(&FOLLOWERS, row(branch, name, last)).is("position", at);
        let mut changes = vec![moving];
        changes.extend(follower.react(branch, &facts).await?);
        if ledger.change_together(Changes::if_first(changes)).await?.first() == Some(&0) {
            // Another process was faster.
            break;
        }
        at = last;
        moved = true;
    }
    Ok(moved)
}
