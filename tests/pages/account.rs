//! The personal account: who gets in, and what they see and change there.

mod app;
mod browser;
mod changes;
mod erasing;
mod links;
mod list;
mod messages;
mod older_store;
mod sessions;
mod signing_in;
