//! Ledgers as a file that anybody can check without us. `docs/audit.md` describes it for those who write a checker.

use std::io::{self, Write};

use aggregates::ids::BranchId;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::difference::Difference;
use super::links::Links;
use super::verify::Told;
use crate::ledger::{Entry, Hash, Ledger, Position, StoreError, from_micros, micros};
use crate::signing::Signer;

/// The name of the format, and the first thing that a checker looks at.
pub(super) const FORMAT: &str = "cartwheel-audit-v1";

/// After how many facts a hash is written into the manifest, so that what was changed can be narrowed down to them.
pub(super) const WAYPOINT: Position = 100;

/// Facts read at once.
const PAGE: u32 = 2_000;

/// A fact as a line: a `CloudEvents` 1.0 event in JSON, with what the hash covers beside its standard attributes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    specversion: String,
    /// The position.
    id: String,
    /// `urn:uuid:` and the branch.
    source: String,
    #[serde(rename = "type")]
    kind: String,
    /// The type of the aggregate, `/`, and its id as it is stored: `<branch>/<id>`.
    subject: String,
    /// UTC, with six digits of a second.
    time: String,
    datacontenttype: String,
    sequence: String,
    factversion: String,
    /// As it is stored, letter by letter.
    metadata: String,
    hash: String,
    /// The same.
    data: Box<RawValue>,
}

/// What was exported, as it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    pub exported_at: DateTime<Utc>,
    pub facts: u64,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    pub branches: Vec<BranchEnd>,
}

/// Where the ledger of a branch ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BranchEnd {
    pub branch_id: BranchId,
    pub facts: Position,
    pub hash: String,
    /// The hashes at positions 100, 200 and so on.
    pub waypoints: Vec<String>,
}

/// The manifest as it stands beside the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedManifest {
    /// The text that is signed: a [`Manifest`] in JSON.
    pub manifest: String,
    pub public_key: String,
    /// Ed25519, in base64url.
    pub signature: String,
}

/// What became of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub branches: usize,
    pub facts: u64,
    pub signed: SignedManifest,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
    #[error("the file cannot be written: {0}")]
    Unwritable(#[from] io::Error),
    #[error("what does not agree with itself is not signed: {0}")]
    Differs(Difference),
    #[error("a fact cannot be written as JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error("there is no branch {0} in this store")]
    NoBranch(BranchId),
}

/// Writes the facts of these branches, all of them if none is named, each up to where its ledger ends by then; the
/// service may go on. On the way the chain is checked: nothing is signed that would be found to differ.
///
/// # Errors
///
/// If the store cannot be asked or does not agree with itself, or the file cannot be written.
pub async fn export(
    ledger: &dyn Ledger,
    only: &[BranchId],
    signer: &Signer,
    at: DateTime<Utc>,
    to: &mut (dyn Write + Send),
    told: &Told,
) -> Result<Exported, NotExported> {
    let all = ledger.branches().await.map_err(NotExported::Store)?;
    if let Some(unknown) = only.iter().find(|branch| !all.contains(branch)) {
        return Err(NotExported::NoBranch(*unknown));
    }
    let mut file = Hashed { to, digest: Sha256::new() };
    let mut branches = vec![];
    for branch in all.into_iter().filter(|branch| only.is_empty() || only.contains(branch)) {
        branches.push(write_branch(ledger, branch, &mut file, told).await?);
    }
    file.to.flush()?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        exported_at: at,
        facts: branches.iter().map(|branch| branch.facts).sum(),
        sha256: Hash(file.digest.finalize().into()).to_string(),
        branches,
    };
    let (facts, branches) = (manifest.facts, manifest.branches.len());
    let manifest = serde_json::to_string(&manifest)?;
    let (signature, public_key) = (signer.sign(&manifest), signer.public_key().to_string());
    Ok(Exported { branches, facts, signed: SignedManifest { manifest, public_key, signature } })
}

async fn write_branch(
    ledger: &dyn Ledger,
    branch: BranchId,
    file: &mut Hashed<'_>,
    told: &Told,
) -> Result<BranchEnd, NotExported> {
    let head = ledger.tail(branch).await.map_err(NotExported::Store)?.head;
    let (mut links, mut waypoints) = (Links::new(branch), vec![]);
    while links.at < head {
        let page = ledger.read(branch, links.at, PAGE).await.map_err(NotExported::Store)?;
        if page.is_empty() {
            let missing = links.differs(links.next_place(), "missing", "a fact");
            return Err(NotExported::Differs(missing));
        }
        let before = links.at;
        for entry in page.iter().take_while(|entry| entry.position <= head) {
            links.next(entry).map_err(NotExported::Differs)?;
            if entry.position % WAYPOINT == 0 {
                waypoints.push(entry.hash.to_string());
            }
            serde_json::to_writer(&mut *file, &Line::of(branch, entry)?)?;
            file.write_all(b"\n")?;
        }
        told(links.at - before);
    }
    Ok(BranchEnd { branch_id: branch, facts: links.at, hash: links.hash.to_string(), waypoints })
}

/// Takes the hash of what is written.
struct Hashed<'a> {
    to: &'a mut (dyn Write + Send),
    digest: Sha256,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Line {
    fn of(branch: BranchId, entry: &Entry) -> Result<Self, serde_json::Error> {
        Ok(Self {
            specversion: "1.0".to_owned(),
            id: entry.position.to_string(),
            source: format!("urn:uuid:{branch}"),
            kind: entry.event_type.clone(),
            subject: format!("{}/{}", entry.aggregate_type, entry.aggregate_id),
            time: from_micros(entry.recorded_at).to_rfc3339_opts(SecondsFormat::Micros, true),
            datacontenttype: "application/json".to_owned(),
            sequence: entry.sequence.to_string(),
            factversion: entry.event_version.clone(),
            metadata: entry.metadata.clone(),
            hash: entry.hash.to_string(),
            data: RawValue::from_string(entry.payload.clone())?,
        })
    }

    /// The branch and the fact as its ledger keeps it; an error names what cannot be read.
    pub(super) fn entry(self) -> Result<(BranchId, Entry), &'static str> {
        let branch = self.source.strip_prefix("urn:uuid:").and_then(|id| id.parse().ok());
        let (aggregate_type, aggregate_id) = self.subject.split_once('/').ok_or("subject")?;
        if self.specversion != "1.0" || self.datacontenttype != "application/json" {
            return Err("specversion or datacontenttype");
        }
        let entry = Entry {
            position: self.id.parse().map_err(|_| "id")?,
            recorded_at: micros(DateTime::parse_from_rfc3339(&self.time).map_err(|_| "time")?.to_utc()),
            aggregate_type: aggregate_type.to_owned(),
            aggregate_id: aggregate_id.to_owned(),
            sequence: self.sequence.parse().map_err(|_| "sequence")?,
            event_type: self.kind,
            event_version: self.factversion,
            payload: Box::<str>::from(self.data).into(),
            metadata: self.metadata,
            hash: self.hash.parse().map_err(|_| "hash")?,
        };
        Ok((branch.ok_or("source")?, entry))
    }
}
