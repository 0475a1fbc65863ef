//! What people see, as HTML: the widget, the account, the journal, the settings.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "../store/lane/double.rs"]
#[allow(dead_code, reason = "shared with the tests of the lane")]
mod double;
#[path = "../studio/mod.rs"]
mod studio;

mod account;
mod audit;
mod catalogue;
mod choosing;
mod import;
mod journal;
mod languages;
mod looks;
mod phone_codes;
mod result;
mod settings;
mod sorry;
mod staff;
mod widget;
