//! Pages, from plain values to markup.
//!
//! One module per page. A page is a struct of what it shows, with [`askama::Template::render`] to write it; nothing in
//! here asks a store or a clock, and nothing derived is passed in, so that two values cannot disagree. Forms are read
//! here too, beside the page that shows them, tolerantly: what cannot be read is as if it had not been sent.

pub mod accent;
pub mod account;
pub mod appointment;
pub mod code_step;
pub mod contact;
mod date_row;
pub mod dates;
pub mod door;
pub mod event_list;
pub mod event_page;
pub mod event_query;
#[cfg(test)]
mod every_language_tests;
#[cfg(test)]
mod every_page;
pub mod form;
pub mod language;
pub mod letters;
pub mod my_sign_in;
pub mod problem;
pub mod refusals;
pub mod result;
#[cfg(test)]
mod samples;
mod script_words;
mod series;
pub mod shell;
pub mod sorry;
pub mod staff;
pub mod urls;
pub mod words;
