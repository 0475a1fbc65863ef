//! The history of one thing, as sentences.

use std::collections::HashMap;

use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::booking_link::BookingLink;
use aggregates::branch::Branch;
use aggregates::cart::BookingCart;
use aggregates::client::Client;
use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, ClientId, LinkId};
use aggregates::membership::Membership;
use aggregates::{Decider, Fact};
use chrono::{DateTime, Utc};
use projections::history::sentence;
use serde::Serialize;
use uuid::Uuid;

use crate::ledger::{Entry, Ledger, Position, StoreError, Unreadable};
use crate::staff::names;

/// Whose history is asked for, within a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Branch,
    Link(LinkId),
    Cart(CartId),
    Activity(ActivityId),
    Appointment(AppointmentId),
    /// What a client has paid ahead.
    Memberships(ClientId),
    /// What was done with what is known of a client.
    Client(ClientId),
}

/// One thing that happened: what, when, and on whose request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryEntry {
    /// Place in the ledger of the branch.
    pub position: Position,
    pub at: DateTime<Utc>,
    pub actor: String,
    /// What they are called, if they are known by a name and still there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_name: Option<String>,
    /// The id of the request that brought the command.
    pub request: String,
    /// The command that it followed from.
    pub cause: String,
    pub sentence: String,
}

/// Why a history cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    #[error("the store cannot be asked: {0}")]
    Store(StoreError),
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    #[error("position {position}: the metadata is not an object of strings: {error}")]
    Metadata { position: Position, error: serde_json::Error },
}

impl Subject {
    pub(super) fn address(self, branch: BranchId) -> (&'static str, Uuid) {
        match self {
            Self::Branch => (Branch::NAME, branch.0),
            Self::Link(id) => (BookingLink::NAME, id.0),
            Self::Cart(id) => (BookingCart::NAME, id.0),
            Self::Activity(id) => (Activity::NAME, id.0),
            Self::Appointment(id) => (Appointment::NAME, id.0),
            Self::Memberships(id) => (Membership::NAME, id.0),
            Self::Client(id) => (Client::NAME, id.0),
        }
    }
}

/// Everything that happened to one thing of a branch, in order; empty if the branch has no such thing.
///
/// # Errors
///
/// If the store cannot be asked, or holds something that cannot be read.
pub async fn history(
    ledger: &dyn Ledger,
    branch: BranchId,
    subject: Subject,
) -> Result<Vec<HistoryEntry>, HistoryError> {
    let (aggregate_type, id) = subject.address(branch);
    let entries = ledger.history(branch, aggregate_type, id).await.map_err(HistoryError::Store)?;
    let told = entries.iter().map(told).collect::<Result<_, _>>()?;
    named(ledger, branch, told).await
}

/// The same with the names of those who have one.
pub(super) async fn named(
    ledger: &dyn Ledger,
    branch: BranchId,
    mut entries: Vec<HistoryEntry>,
) -> Result<Vec<HistoryEntry>, HistoryError> {
    let actors = entries.iter().map(|entry| entry.actor.as_str());
    let names = names(ledger, branch, actors).await.map_err(HistoryError::Store)?;
    for entry in &mut entries {
        entry.actor_name = names.get(&entry.actor).cloned();
    }
    Ok(entries)
}

/// The same, each with its fact, for those who say it in words of their own.
///
/// # Errors
///
/// If the store cannot be asked, or holds something that cannot be read.
pub async fn facts(
    ledger: &dyn Ledger,
    branch: BranchId,
    subject: Subject,
) -> Result<Vec<(HistoryEntry, Fact)>, HistoryError> {
    let (aggregate_type, id) = subject.address(branch);
    let entries = ledger.history(branch, aggregate_type, id).await.map_err(HistoryError::Store)?;
    let told = entries.iter().map(told).collect::<Result<_, _>>()?;
    let told = named(ledger, branch, told).await?;
    told.into_iter().zip(&entries).map(|(told, entry)| Ok((told, entry.read()?.fact))).collect()
}

pub(super) fn told(entry: &Entry) -> Result<HistoryEntry, HistoryError> {
    let recorded = entry.read()?;
    let mut metadata: HashMap<String, String> = serde_json::from_str(&entry.metadata)
        .map_err(|error| HistoryError::Metadata { position: entry.position, error })?;
    let mut metadata = |name: &str| metadata.remove(name).unwrap_or_default();
    Ok(HistoryEntry {
        position: entry.position,
        at: recorded.recorded_at,
        actor: metadata("actor"),
        actor_name: None,
        request: metadata("request"),
        cause: metadata("cause"),
        sentence: sentence(&recorded),
    })
}
