//! A timetable of one week, taken in as weekly series.
//!
//! Every id follows from what the file says, so importing again, or with more weeks, adds only what is missing; what
//! staff changed meanwhile stays as they left it.

mod plan;
mod remark;
mod survey;
mod timetable;
pub mod uploads;

use aggregates::values::{Capacity, Country};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;

pub use plan::{Plan, id};
pub use remark::{Note, Remark};
pub use survey::Survey;
pub use timetable::Timetable;

/// What the file does not say.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Of the wall clocks in the file.
    pub zone: Tz,
    /// How telephone numbers without a country prefix are read.
    pub country: Country,
    /// Spots of every event.
    pub capacity: Capacity,
    /// The file's weekdays are looked for from this date on.
    pub first_week: NaiveDate,
    /// How many weeks each event is held.
    pub weeks: u32,
}

/// How a studio is booked from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    pub venue: String,
    pub branch_id: aggregates::ids::BranchId,
    pub link_id: aggregates::ids::LinkId,
}

/// What a file comes to, and what an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Events that the file stands for, in all weeks.
    pub events: usize,
    /// Of those, closed to online booking.
    pub closed: usize,
    /// Of those, added.
    pub added: usize,
    pub branches: Vec<Opened>,
    /// Lines that were left out, and why.
    pub skipped: Vec<Note>,
    /// Events that start later, since the clock skips their time.
    pub shifted: Vec<Note>,
}

/// Why nothing, or not everything, was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("This file has no column {0}. Nothing was imported.")]
    NoColumn(&'static str),
    #[error("This file cannot be read as CSV: {0}. Nothing was imported.")]
    NotCsv(#[from] csv::Error),
    #[error("This file cannot be read: {0}. Nothing was imported.")]
    Unread(#[from] std::io::Error),
    #[error("This file is of several venues ({}), and none of them is {branch}. Nothing was imported.", venues.join(", "))]
    OtherVenues { venues: Vec<String>, branch: String },
    #[error("This comes to {events} events; one import takes up to {most}. Nothing was imported.")]
    TooMany { events: usize, most: usize },
    #[error("There is no such branch. Nothing was imported.")]
    NoBranch,
    #[error("{venue} was imported with the time zone {is}, not {said}. Nothing was imported.")]
    OtherZone { venue: String, is: Tz, said: Tz },
    #[error("The store cannot be asked: {0}. Import again to add what is missing.")]
    Store(crate::ledger::StoreError),
    #[error("{venue} could not be imported: {failure}. Import again to add what is missing.")]
    Refused { venue: String, failure: crate::command::Failure },
}
