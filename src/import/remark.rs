//! What is to be said about a line of a file.

use aggregates::values::{NotAName, OutOfRange};
use chrono::{NaiveDateTime, NaiveTime};
use serde::{Serialize, Serializer};

/// A line of the file, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    pub line: u64,
    /// Written as its English sentence.
    #[serde(rename = "note", serialize_with = "sentence")]
    pub remark: Remark,
}

/// Why a line was left out, or what differs from what it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    #[error("it has {has} fields instead of {expected}")]
    Fields { has: usize, expected: usize },
    #[error("it is not UTF-8")]
    NotUtf8,
    #[error("{0} cannot be used: {error}", error = NotAName)]
    Empty(&'static str),
    #[error("{column} cannot be used: {error}")]
    NoName { column: &'static str, error: NotAName },
    #[error("its status is neither available nor unavailable but {0:?}")]
    Status(String),
    #[error("starts_local is no date and time like 2027-01-04T18:30 but {0:?}")]
    NoStart(String),
    #[error("duration_minutes is no number but {0:?}")]
    NoNumber(String),
    #[error("{0}")]
    Duration(OutOfRange),
    #[error("its weeks leave the calendar")]
    LeavesCalendar,
    #[error("it is the same event as line {0}")]
    SameAs(u64),
    #[error("it is of {0}")]
    OtherVenue(String),
    #[error("the clock skips {}, so that event starts at {}", asked.format("%H:%M on %Y-%m-%d"), starts.format("%H:%M"))]
    Shifted { asked: NaiveDateTime, starts: NaiveTime },
}

fn sentence<S: Serializer>(remark: &Remark, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(remark)
}
