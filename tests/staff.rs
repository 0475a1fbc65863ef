//! Staff: who gets in and how, who works where, and what facts remember of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "staff/actors.rs"]
mod actors;
#[path = "staff/browser.rs"]
mod browser;
#[path = "staff/mine.rs"]
mod mine;
#[path = "staff/people.rs"]
mod people;
#[path = "staff/signing_in.rs"]
mod signing_in;
mod studio;
#[path = "staff/tokens.rs"]
mod tokens;
