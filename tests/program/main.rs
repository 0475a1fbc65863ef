//! The program on its command line.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "../crowd/mod.rs"]
mod crowd;
#[path = "../postgres_server/mod.rs"]
mod postgres_server;
#[path = "../running/mod.rs"]
mod running;
#[path = "../timetable/mod.rs"]
mod timetable;

mod backing_up;
mod command_line;
mod demonstrating;
mod doctor;
mod importing;
mod settings_file;
