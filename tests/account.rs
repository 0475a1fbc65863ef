//! The personal account: who gets in, and what they see and change there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "account/app.rs"]
mod app;
#[path = "account/browser.rs"]
mod browser;
#[path = "account/changes.rs"]
mod changes;
#[path = "account/erasing.rs"]
mod erasing;
#[path = "account/list.rs"]
mod list;
#[path = "account/messages.rs"]
mod messages;
#[path = "account/older_store.rs"]
mod older_store;
#[path = "account/sessions.rs"]
mod sessions;
#[path = "account/signing_in.rs"]
mod signing_in;
mod studio;
