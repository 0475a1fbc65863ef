//! Whether an export is what was signed, and which place is not. Nothing but the file and its manifest is needed.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use aggregates::ids::BranchId;
use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::anchors::{Anchors, Fathoming};
use super::difference::{Difference, Place};
use super::export::{BranchEnd, FORMAT, Line, Manifest, SignedManifest, WAYPOINT};
use super::links::Links;
use super::verify::Told;
use crate::ledger::Hash;
use crate::signing::PublicKey;

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Whose signature the manifest bears.
    pub signed_by: String,
    pub exported_at: Option<DateTime<Utc>>,
    pub branches: usize,
    /// Facts that were looked at.
    pub facts: u64,
    /// The first thing that is not as it was signed.
    pub difference: Option<String>,
}

/// Why nothing can be said about a file.
#[derive(Debug, thiserror::Error)]
pub enum Uncheckable {
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    #[error("the manifest is of no format that this release knows")]
    OtherFormat,
}

/// Checks the signature of the manifest, then every fact of the file by those before it, by the manifest and by checkpoints
/// that were signed before, then the file as a whole. Stops at the first difference.
///
/// # Errors
///
/// If the file cannot be read, or is of another format.
pub fn check(
    file: impl BufRead,
    signed: &SignedManifest,
    by: Option<PublicKey>,
    anchors: &Anchors,
    told: &Told,
) -> Result<Checked, Uncheckable> {
    let mut checked = Checked {
        signed_by: signed.public_key.clone(),
        exported_at: None,
        branches: 0,
        facts: 0,
        difference: None,
    };
    let claimed = signed.public_key.parse::<PublicKey>().ok();
    if !claimed.is_some_and(|key| key.has_signed(&signed.manifest, &signed.signature)) {
        checked.difference = Some("the manifest is not what was signed".to_owned());
        return Ok(checked);
    }
    if by.is_some() && by != claimed {
        checked.difference = Some("the manifest was signed with another key".to_owned());
        return Ok(checked);
    }
    let manifest: Manifest = serde_json::from_str(&signed.manifest).map_err(|_| Uncheckable::OtherFormat)?;
    if manifest.format != FORMAT {
        return Err(Uncheckable::OtherFormat);
    }
    checked.exported_at = Some(manifest.exported_at);
    checked.branches = manifest.branches.len();
    let anchors = anchors.clone().until(manifest.exported_at);
    checked.difference = facts(file, &manifest, &anchors, &mut checked.facts, told)?;
    Ok(checked)
}

fn facts(
    mut file: impl BufRead,
    manifest: &Manifest,
    anchors: &Anchors,
    count: &mut u64,
    told: &Told,
) -> Result<Option<String>, Uncheckable> {
    let ends: BTreeMap<BranchId, &BranchEnd> =
        manifest.branches.iter().map(|end| (end.branch_id, end)).collect();
    let mut links: BTreeMap<BranchId, Links> = ends.keys().map(|id| (*id, Links::new(*id))).collect();
    let mut signed: BTreeMap<BranchId, Fathoming> = ends.keys().map(|id| (*id, anchors.of(*id))).collect();
    let (mut digest, mut bytes) = (Sha256::new(), vec![]);
    loop {
        bytes.clear();
        if file.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        digest.update(&bytes);
        *count += 1;
        told(1);
        if let Err(what) = fact(&bytes, &ends, &mut links, &mut signed) {
            return Ok(Some(format!("line {count}: {what}")));
        }
    }
    for (branch, end) in &ends {
        let at = links.get(branch).map_or(0, |links| links.at);
        if at < end.facts {
            let branch_id = Some(*branch);
            let (is, should_be) = ("missing".to_owned(), format!("a fact, since {} were signed", end.facts));
            let place = Place::Position(at + 1);
            return Ok(Some(Difference { branch_id, place, is, should_be }.to_string()));
        }
    }
    for (branch, signed) in &signed {
        let at = links.get(branch).map_or(0, |links| links.at);
        if let Err(difference) = signed.end(*branch, at) {
            return Ok(Some(difference.to_string()));
        }
    }
    let is = Hash(digest.finalize().into()).to_string();
    Ok((is != manifest.sha256).then(|| format!("the file: is {is}; should be {}", manifest.sha256)))
}

/// The next line of the file.
fn fact(
    bytes: &[u8],
    ends: &BTreeMap<BranchId, &BranchEnd>,
    links: &mut BTreeMap<BranchId, Links>,
    anchors: &mut BTreeMap<BranchId, Fathoming>,
) -> Result<(), String> {
    let line: Line = serde_json::from_slice(bytes).map_err(|error| format!("is no fact: {error}"))?;
    let (branch, entry) = line.entry().map_err(|field| format!("{field} cannot be read"))?;
    let (Some(end), Some(links)) = (ends.get(&branch), links.get_mut(&branch)) else {
        return Err(format!("branch {branch} is none of those that were signed"));
    };
    links.next(&entry).map_err(|difference| difference.to_string())?;
    let position = entry.position;
    if let Some(anchors) = anchors.get_mut(&branch) {
        anchors.pass(branch, position, entry.hash).map_err(|difference| difference.to_string())?;
    }
    if end.facts < position {
        let should = format_args!("nothing, since {} facts were signed", end.facts);
        return Err(links.differs(Place::Position(position), &entry.event_type, should).to_string());
    }
    let signed = if position == end.facts {
        Some(&end.hash)
    } else if position % WAYPOINT == 0 {
        usize::try_from(position / WAYPOINT - 1).ok().and_then(|place| end.waypoints.get(place))
    } else {
        return Ok(());
    };
    match signed {
        Some(hash) if *hash == entry.hash.to_string() => Ok(()),
        _ => {
            let first = (position - 1) / WAYPOINT * WAYPOINT + 1;
            let place = Place::Positions { first, last: position };
            let should = "what was signed; a fact was changed, and every hash after it";
            Err(links.differs(place, format_args!("hash {}", entry.hash), should).to_string())
        }
    }
}
