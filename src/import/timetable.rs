//! The lines of a timetable, parsed; those that make no sense are set aside.

use std::collections::HashMap;
use std::io::Read;

use aggregates::values::{Duration, Name};
use chrono::NaiveDateTime;
use csv::{ByteRecord, ReaderBuilder, StringRecord, Trim};

use super::{ImportError, Note};

/// The columns that an import needs; others are left unread.
const COLUMNS: [&str; 7] =
    ["venue", "service", "teacher_id", "teacher", "starts_local", "duration_minutes", "status"];

/// A file as it was read.
#[derive(Debug, Default)]
pub struct Timetable {
    pub(super) lines: Vec<Line>,
    pub(super) skipped: Vec<Note>,
}

/// One event of the week.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) venue: Name,
    pub(super) service: Name,
    pub(super) teacher_id: Name,
    pub(super) teacher: Name,
    pub(super) starts_local: NaiveDateTime,
    pub(super) duration: Duration,
    pub(super) open: bool,
}

impl Timetable {
    /// Reads a CSV file with a heading line.
    ///
    /// # Errors
    ///
    /// If the file is not CSV, or a column is missing; lines that make no sense are noted instead.
    pub fn read(file: impl Read) -> Result<Self, ImportError> {
        let mut reader = ReaderBuilder::new().trim(Trim::Headers).flexible(true).from_reader(file);
        let headings = reader.headers().map_err(ImportError::NotCsv)?.clone();
        let columns: HashMap<&str, usize> = headings.iter().zip(0..).collect();
        if let Some(missing) = COLUMNS.into_iter().find(|name| !columns.contains_key(name)) {
            return Err(ImportError::NoColumn(missing));
        }
        let mut timetable = Self::default();
        for record in reader.into_byte_records() {
            let record = record.map_err(ImportError::NotCsv)?;
            let number = record.position().map_or(0, csv::Position::line);
            match parse(number, record, headings.len(), &columns) {
                Ok(line) => timetable.lines.push(line),
                Err(note) => timetable.skipped.push(Note { line: number, note }),
            }
        }
        Ok(timetable)
    }
}

fn parse(
    number: u64,
    record: ByteRecord,
    fields: usize,
    columns: &HashMap<&str, usize>,
) -> Result<Line, String> {
    if record.len() != fields {
        return Err(format!("it has {} fields instead of {fields}", record.len()));
    }
    let record = StringRecord::from_byte_record(record).map_err(|_| "it is not UTF-8".to_owned())?;
    let field =
        |name: &str| columns.get(name).and_then(|place| record.get(*place)).unwrap_or_default().trim();
    let named = |column: &str| {
        Name::try_from(field(column).to_owned()).map_err(|error| format!("{column} cannot be used: {error}"))
    };
    let open = match field("status") {
        "available" => true,
        "unavailable" => false,
        other => return Err(format!("its status is neither available nor unavailable but {other:?}")),
    };
    let starts = field("starts_local");
    let minutes = field("duration_minutes");
    Ok(Line {
        number,
        venue: named("venue")?,
        service: named("service")?,
        teacher_id: named("teacher_id")?,
        teacher: named("teacher")?,
        starts_local: local(starts).ok_or_else(|| {
            format!("starts_local is no date and time like 2027-01-04T18:30 but {starts:?}")
        })?,
        duration: minutes
            .parse::<u32>()
            .map_err(|_| format!("duration_minutes is no number but {minutes:?}"))?
            .try_into()
            .map_err(|error: aggregates::values::OutOfRange| error.to_string())?,
        open,
    })
}

fn local(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
}
