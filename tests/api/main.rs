//! What integrators meet: the JSON API, its routes, its rules and what it refuses.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "../studio/mod.rs"]
mod studio;

mod access;
mod asked_again;
mod bad_input;
mod bad_input_of_staff;
mod book_another;
mod booking;
mod changing;
mod combined_limits;
mod confirming;
mod ended_links;
mod every_operation;
mod feeds;
mod front_door;
mod journal;
mod lists;
mod meanwhile;
mod memberships;
mod paging;
mod problem_codes;
mod readiness;
mod schedule;
mod settings;
mod tokens;
mod whole_story;
mod widget;
