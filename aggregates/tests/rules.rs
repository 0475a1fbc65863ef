//! The rules, as sentences. One file per situation; one binary for all of them, so that it is linked once.
//!
//! A name that begins with an id (`s_04_`, `a_12_`, `e_19_`) proves that row of the requirements.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod people;

mod asking_twice;
mod attendance;
mod booking_an_activity;
mod booking_for_a_client;
mod booking_several_at_once;
mod booking_with_a_membership;
mod branch_rules;
mod changing_an_appointment;
mod combined_limits;
mod confirming;
mod never_overbooked;
mod proving_a_number;
mod refusals;
mod rescheduling_an_appointment;
mod selecting_events;
mod setting_spots;
mod setting_up_a_link;
mod stored_facts;
mod studio_changes;
mod values;
