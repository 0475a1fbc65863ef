//! Checkpoints: signed statements of where ledgers end, made from time to time. Whoever rewrites a history and computes all
//! hashes anew is found by the ones that were made before; best by those that are kept elsewhere.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aggregates::ids::BranchId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::anchors::Anchors;
use super::difference::{Difference, Place};
use crate::app::App;
use crate::ledger::query::Select;
use crate::ledger::table::{Cell, Cells, Kind, Table};
use crate::ledger::{Ledger, Position, StoreError, Tail};
use crate::signing::{PublicKey, Signer};

/// The name of the format.
const FORMAT: &str = "cartwheel-checkpoint-v1";

/// The file in the folder of checkpoints.
const FILE: &str = "checkpoints.jsonl";

/// Not a read model: no fold makes it, and a rebuild leaves it alone.
pub static CHECKPOINTS: Table = Table {
    name: "checkpoints",
    columns: &[
        ("branch_id", Kind::Id),
        ("position", Kind::Int),
        ("statement", Kind::Text),
        ("public_key", Kind::Text),
        ("signature", Kind::Text),
    ],
    key: &["branch_id", "position"],
};

/// Where a ledger ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    format: String,
    pub branch_id: BranchId,
    pub position: Position,
    /// In hexadecimal digits.
    pub hash: String,
    pub signed_at: DateTime<Utc>,
}

/// The same, as it is kept: what was signed, by whom, and the signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedCheckpoint {
    /// The text that is signed: a [`Statement`] in JSON.
    pub statement: String,
    pub public_key: String,
    /// Ed25519, in base64url.
    pub signature: String,
}

/// Why no checkpoint was made.
#[derive(Debug, thiserror::Error)]
pub enum NotSigned {
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
    #[error("what does not agree with an earlier checkpoint is not signed: {0}")]
    Differs(Difference),
    #[error("the statement cannot be written: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error("{} cannot be written: {error}", path.display())]
    Unwritable { path: PathBuf, error: std::io::Error },
}

/// The last checkpoint of a branch, and whether the ledger still is as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub statement: Statement,
    pub public_key: String,
    pub difference: Option<Difference>,
}

impl SignedCheckpoint {
    fn sign(branch_id: BranchId, tail: Tail, at: DateTime<Utc>, signer: &Signer) -> serde_json::Result<Self> {
        let statement = serde_json::to_string(&Statement {
            format: FORMAT.to_owned(),
            branch_id,
            position: tail.head,
            hash: tail.hash.to_string(),
            signed_at: at,
        })?;
        let signature = signer.sign(&statement);
        Ok(Self { statement, public_key: signer.public_key().to_string(), signature })
    }

    /// What it says, if its key signed it, and that is the one which is asked for.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(&self, by: Option<PublicKey>) -> Result<Statement, String> {
        let key = self.public_key.parse::<PublicKey>().ok();
        if !key.is_some_and(|key| key.has_signed(&self.statement, &self.signature)) {
            return Err("the checkpoint is not what was signed".to_owned());
        }
        if by.is_some() && by != key {
            return Err("the checkpoint was signed with another key".to_owned());
        }
        let statement: Statement =
            serde_json::from_str(&self.statement).map_err(|error| format!("is no checkpoint: {error}"))?;
        if statement.format != FORMAT {
            return Err(format!("is of the format {}, which this release does not know", statement.format));
        }
        Ok(statement)
    }

    fn cells(&self, branch: BranchId, position: Position) -> Vec<Cell> {
        vec![
            branch.into(),
            position.into(),
            self.statement.as_str().into(),
            self.public_key.as_str().into(),
            self.signature.as_str().into(),
        ]
    }

    fn of(row: Vec<Cell>) -> Result<(BranchId, Position, Self), StoreError> {
        let mut cells = Cells::of(row);
        let (branch, position) = (cells.id()?, cells.int()?);
        let [statement, public_key, signature] = [cells.text()?, cells.text()?, cells.text()?];
        Ok((branch, position, Self { statement, public_key, signature }))
    }
}

/// Every checkpoint that the store keeps of a branch. One that is not as it was signed, or stands elsewhere than it says,
/// is a difference itself.
pub(super) async fn stored(
    ledger: &dyn Ledger,
    branch: BranchId,
) -> Result<Result<Anchors, Difference>, StoreError> {
    let mut anchors = Anchors::default();
    for row in ledger.select(&Select::of(&CHECKPOINTS, branch).by(&["position"])).await? {
        let (_, position, signed) = SignedCheckpoint::of(row)?;
        let read = signed.read(None).and_then(|statement| {
            let fits = (statement.branch_id, statement.position) == (branch, position);
            if fits { anchors.add(&signed, None) } else { Err("it says another place".to_owned()) }
        });
        if let Err(is) = read {
            let place = Place::Row { table: CHECKPOINTS.name, key: position.to_string() };
            let should_be = "what was signed".to_owned();
            return Ok(Err(Difference { branch_id: Some(branch), place, is, should_be }));
        }
    }
    Ok(Ok(anchors))
}

/// The last checkpoint of a branch; `None` before there is one, or if the last cannot be read.
///
/// # Errors
///
/// If the store cannot be asked.
pub async fn standing(ledger: &dyn Ledger, branch: BranchId) -> Result<Option<Standing>, StoreError> {
    let last = Select::of(&CHECKPOINTS, branch).by(&["position"]).descending().limit(1);
    let Some(row) = ledger.select(&last).await?.into_iter().next() else { return Ok(None) };
    let (_, _, signed) = SignedCheckpoint::of(row)?;
    let Ok(statement) = signed.read(None) else { return Ok(None) };
    let difference = compare(ledger, &statement).await?;
    Ok(Some(Standing { statement, public_key: signed.public_key, difference }))
}

/// Whether the ledger still holds the fact that was the last one then.
async fn compare(ledger: &dyn Ledger, statement: &Statement) -> Result<Option<Difference>, StoreError> {
    let (branch, position) = (statement.branch_id, statement.position);
    let mut before = 0;
    let earlier = Select::of(&CHECKPOINTS, branch).below("position", position).by(&["position"]).descending();
    for row in ledger.select(&earlier.limit(1)).await? {
        before = SignedCheckpoint::of(row)?.1;
    }
    let found = ledger.read(branch, position.saturating_sub(1), 1).await?;
    let is = match found.first().filter(|entry| entry.position == position) {
        Some(entry) if entry.hash.to_string() == statement.hash => return Ok(None),
        Some(entry) => format!("hash {}", entry.hash),
        None => "missing".to_owned(),
    };
    let place = Place::Positions { first: before + 1, last: position };
    let should_be = format!("hash {}, as it was signed", statement.hash);
    Ok(Some(Difference { branch_id: Some(branch), place, is, should_be }))
}

/// Signs where each branch ends that has moved since its last checkpoint. What does not agree with that one any more is
/// not signed again: the first such branch is told once all others are signed.
///
/// # Errors
///
/// If the store cannot be asked, or does not hold any more what was signed before.
pub async fn sign(
    ledger: &dyn Ledger,
    signer: &Signer,
    at: DateTime<Utc>,
) -> Result<Vec<SignedCheckpoint>, (Vec<SignedCheckpoint>, NotSigned)> {
    let mut made = vec![];
    let mut trouble = None;
    let branches = match ledger.branches().await {
        Ok(branches) => branches,
        Err(error) => return Err((made, NotSigned::Store(error))),
    };
    for branch in branches {
        match sign_branch(ledger, branch, signer, at).await {
            Ok(signed) => made.extend(signed),
            Err(why) => trouble = trouble.or(Some(why)),
        }
    }
    match trouble {
        None => Ok(made),
        Some(why) => Err((made, why)),
    }
}

async fn sign_branch(
    ledger: &dyn Ledger,
    branch: BranchId,
    signer: &Signer,
    at: DateTime<Utc>,
) -> Result<Option<SignedCheckpoint>, NotSigned> {
    let last = standing(ledger, branch).await.map_err(NotSigned::Store)?;
    if let Some(difference) = last.as_ref().and_then(|last| last.difference.clone()) {
        return Err(NotSigned::Differs(difference));
    }
    let tail = ledger.tail(branch).await.map_err(NotSigned::Store)?;
    if tail.head == last.map_or(0, |last| last.statement.position) {
        return Ok(None);
    }
    let signed = SignedCheckpoint::sign(branch, tail, at, signer)?;
    let row = signed.cells(branch, tail.head);
    ledger.insert_new(&CHECKPOINTS, row).await.map_err(NotSigned::Store)?;
    Ok(Some(signed))
}

/// Adds checkpoints to the file in that folder, outside the store.
///
/// # Errors
///
/// If it cannot be written.
pub fn keep(folder: &Path, made: &[SignedCheckpoint]) -> Result<(), NotSigned> {
    let path = folder.join(FILE);
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&path)?;
        let mut lines = String::new();
        for signed in made {
            lines += &serde_json::to_string(signed)?;
            lines.push('\n');
        }
        file.write_all(lines.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| NotSigned::Unwritable { path: path.clone(), error })
}

/// Signs now, and keeps what was signed.
///
/// # Errors
///
/// If not everything could be signed and kept; what could, was.
pub async fn take(app: &App, folder: Option<&Path>) -> Result<Vec<SignedCheckpoint>, NotSigned> {
    let Some(signer) = app.vault.signer() else { return Ok(vec![]) };
    let (made, trouble) = match sign(app.ledger.as_ref(), &signer, app.clock.now()).await {
        Ok(made) => (made, None),
        Err((made, why)) => (made, Some(why)),
    };
    if let Some(folder) = folder.filter(|_| !made.is_empty()) {
        keep(folder, &made)?;
    }
    trouble.map_or(Ok(made), Err)
}

/// Signs from time to time, as long as it is waited for.
pub async fn schedule(app: App, every: Duration, folder: Option<PathBuf>) {
    let mut due = tokio::time::interval(every);
    due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        due.tick().await;
        match take(&app, folder.as_deref()).await {
            Ok(made) => tracing::debug!(branches = made.len(), "checkpoints were signed"),
            Err(why @ NotSigned::Differs(_)) => tracing::error!(%why, "a history was rewritten"),
            Err(why) => tracing::warn!(%why, "no checkpoint"),
        }
    }
}
