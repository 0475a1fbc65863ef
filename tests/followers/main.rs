//! What leaves the house after a booking: messages and webhooks.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "../mail_server/mod.rs"]
mod mail_server;
#[path = "../receiver/mod.rs"]
mod receiver;
#[path = "../running/mod.rs"]
mod running;
#[path = "../studio/mod.rs"]
mod studio;
#[path = "../timetable/mod.rs"]
mod timetable;

mod messages;
mod webhooks;

use studio::postgres_server;
