//! What is left of the mirror in a program that was built without EventStoreDB: no address is one.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;

use aggregates::ids::BranchId;
use serde::Serialize;

use crate::audit::{Difference, Told};
use crate::followers::Wake;
use crate::ledger::{self, Ledger};

/// Where EventStoreDB would be.
#[derive(Debug, Clone)]
pub struct Address(Infallible);

/// This program cannot speak to EventStoreDB.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this program was built without EventStoreDB: cargo build --release --features eventstore")]
pub struct NotAnAddress;

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(_: &str) -> Result<Self, NotAnAddress> {
        Err(NotAnAddress)
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {}
    }
}

/// A connection that there cannot be.
#[derive(Debug, Clone)]
pub struct Connection(Infallible);

/// Why there is no connection.
pub type Away = NotAnAddress;

impl std::fmt::Display for Connection {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {}
    }
}

impl Connection {
    /// # Errors
    ///
    /// None: there is no address.
    pub fn new(address: &Address) -> Result<Self, Away> {
        match address.0 {}
    }

    /// # Errors
    ///
    /// None: there is no address.
    #[expect(clippy::unused_async, reason = "as in a program with EventStoreDB")]
    pub async fn ask_version(&self) -> Result<String, Away> {
        match self.0 {}
    }
}

/// Streams that nobody keeps.
#[derive(Debug)]
pub struct Mirroring(Infallible);

impl Mirroring {
    #[expect(clippy::unused_async, reason = "as in a program with EventStoreDB")]
    pub async fn stop(self) {
        match self.0 {}
    }
}

/// # Errors
///
/// None: there is no address.
#[expect(clippy::unused_async, reason = "as in a program with EventStoreDB")]
pub async fn follow(_: &ledger::Address, _: &Wake, to: &Address) -> Result<Mirroring, Away> {
    match to.0 {}
}

/// # Errors
///
/// None: there is no connection.
#[expect(clippy::unused_async, reason = "as in a program with EventStoreDB")]
pub async fn branches(connection: &Connection, _: &Told) -> Result<BTreeSet<BranchId>, Away> {
    match connection.0 {}
}

/// What was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    pub facts: u64,
    pub behind: u64,
    pub difference: Option<Difference>,
}

/// # Errors
///
/// None: there is no connection.
#[expect(clippy::unused_async, reason = "as in a program with EventStoreDB")]
pub async fn compare(
    _: &Arc<dyn Ledger>,
    connection: &Connection,
    _: BTreeSet<BranchId>,
    _: Arc<Told>,
) -> Result<Compared, Away> {
    match connection.0 {}
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    pub branches: usize,
    pub facts: u64,
}

/// Why nothing was restored.
pub type NotRestored = NotAnAddress;

/// # Errors
///
/// None: there is no connection.
#[expect(clippy::unused_async, reason = "as in a program with EventStoreDB")]
pub async fn restore(
    connection: &Connection,
    _: &Arc<dyn Ledger>,
    _: &[BranchId],
    _: Arc<Told>,
) -> Result<Restored, NotRestored> {
    match connection.0 {}
}
