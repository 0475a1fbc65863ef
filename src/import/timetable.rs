//! The lines of a timetable, parsed; those that make no sense are set aside.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use aggregates::values::{Duration, Name};
use chrono::NaiveDateTime;
use csv::{ByteRecord, ReaderBuilder, StringRecord, Trim};

use super::{ImportError, Note, Remark};

/// The columns that an import cannot do without.
const NEEDED: [&str; 4] = ["service", "teacher", "starts_local", "duration_minutes"];

/// A file as it was read.
#[derive(Debug, Default)]
pub struct Timetable {
    /// Whether it says where each event is held.
    pub(super) has_venues: bool,
    pub(super) lines: Vec<Line>,
    pub(super) skipped: Vec<Note>,
}

/// One event of the week.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) venue: Option<Name>,
    pub(super) service: Name,
    /// What tells people of one name apart; the name itself, unless the file has more.
    pub(super) teacher_id: Name,
    pub(super) teacher: Name,
    pub(super) starts_local: NaiveDateTime,
    pub(super) duration: Duration,
    pub(super) open: bool,
}

impl Timetable {
    /// Reads a CSV file with a heading line; its fields end with commas, semicolons or tabs.
    ///
    /// Columns: `service`, `teacher`, `starts_local` (2027-01-04T18:30), `duration_minutes`, and if it has them `venue`,
    /// `teacher_id` and `status` (available or unavailable). Others are left unread.
    ///
    /// # Errors
    ///
    /// If the file is not CSV, or a column is missing; lines that make no sense are noted instead.
    pub fn read(file: impl Read) -> Result<Self, ImportError> {
        let mut file = BufReader::new(file);
        let delimiter = delimiter(file.fill_buf()?);
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).trim(Trim::Headers).flexible(true).from_reader(file);
        let headings = reader.headers()?.clone();
        let columns: HashMap<&str, usize> = headings.iter().zip(0..).collect();
        if let Some(missing) = NEEDED.into_iter().find(|name| !columns.contains_key(name)) {
            return Err(ImportError::NoColumn(missing));
        }
        let mut timetable = Self { has_venues: columns.contains_key("venue"), ..Self::default() };
        for record in reader.into_byte_records() {
            let record = record?;
            let number = record.position().map_or(0, csv::Position::line);
            match parse(number, record, headings.len(), &columns) {
                Ok(line) => timetable.lines.push(line),
                Err(remark) => timetable.skipped.push(Note { line: number, remark }),
            }
        }
        Ok(timetable)
    }
}

/// What the heading line has most of: spreadsheets of many countries write semicolons.
fn delimiter(beginning: &[u8]) -> u8 {
    let heading = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| heading.iter().filter(|byte| *byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn parse(
    number: u64,
    record: ByteRecord,
    expected: usize,
    columns: &HashMap<&str, usize>,
) -> Result<Line, Remark> {
    if record.len() != expected {
        return Err(Remark::Fields { has: record.len(), expected });
    }
    let record = StringRecord::from_byte_record(record).map_err(|_| Remark::NotUtf8)?;
    let given = |name: &str| columns.get(name).map(|place| record.get(*place).unwrap_or_default().trim());
    let field = |name: &str| given(name).unwrap_or_default();
    let named = |column: &'static str| {
        let text = field(column).to_owned();
        let empty = text.is_empty();
        Name::try_from(text)
            .map_err(|error| if empty { Remark::Empty(column) } else { Remark::NoName { column, error } })
    };
    let open = match given("status") {
        None | Some("available") => true,
        Some("unavailable") => false,
        Some(other) => return Err(Remark::Status(other.to_owned())),
    };
    let (starts, minutes) = (field("starts_local"), field("duration_minutes"));
    Ok(Line {
        number,
        venue: given("venue").map(|_| named("venue")).transpose()?,
        service: named("service")?,
        teacher_id: named(if columns.contains_key("teacher_id") { "teacher_id" } else { "teacher" })?,
        teacher: named("teacher")?,
        starts_local: local(starts).ok_or_else(|| Remark::NoStart(starts.to_owned()))?,
        duration: minutes
            .parse::<u32>()
            .map_err(|_| Remark::NoNumber(minutes.to_owned()))?
            .try_into()
            .map_err(Remark::Duration)?,
        open,
    })
}

fn local(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
}
