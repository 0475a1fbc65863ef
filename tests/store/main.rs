//! What is kept, and how: ledgers, lanes, views, and the proofs that nothing was changed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "../studio/mod.rs"]
mod studio;

mod auditing;
mod lane;
mod ledger;
mod processes;
mod rebuilding;
mod refused;
mod released;
mod replica;
mod sealed;
mod tampering;
mod verifying;
mod versions;
mod watching;
mod write_ahead_log;

use studio::postgres_server;
