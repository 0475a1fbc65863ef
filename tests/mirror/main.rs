//! Facts on EventStoreDB: brought there whatever happens, compared, and brought back.
//!
//! `CARTWHEEL_TEST_EVENTSTORE_URL` names a server of the vendor for all tests that ask nothing of it but what it always
//! does; what has to go wrong goes wrong on the server of the tests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "../running/mod.rs"]
mod running;
#[path = "../studio/mod.rs"]
mod studio;

mod comparing;
mod following;
mod house;
mod restoring;
mod unkind;

use studio::postgres_server;
