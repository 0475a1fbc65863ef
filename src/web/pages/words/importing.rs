//! What an import finds in a file.

use crate::import::{ImportError, Note, Remark};
use crate::web::pages::dates::Calendar;
use crate::web::pages::language::Language;

impl Language {
    /// Why nothing can be imported; `None` if it is not because of the file.
    #[must_use]
    pub fn not_imported(self, error: &ImportError) -> Option<String> {
        Some(match error {
            ImportError::NoColumn(column) => self.say_with("no-column", [("column", (*column).into())]),
            ImportError::NotCsv(_) | ImportError::Unread(_) => self.say("not-csv"),
            ImportError::OtherVenues { venues, branch } => {
                let named = [("venues", venues.join(", ").into()), ("branch", branch.clone().into())];
                self.say_with("other-venues", named)
            }
            ImportError::TooMany { events, most } => {
                self.say_with("too-many-events", [("n", (*events).into()), ("max", (*most).into())])
            }
            ImportError::NoBranch
            | ImportError::OtherZone { .. }
            | ImportError::Store(_)
            | ImportError::Refused { .. } => return None,
        })
    }
}

impl Calendar {
    /// "Line 17: has no start like …; skipped".
    #[must_use]
    pub fn line_note(&self, note: &Note) -> String {
        let text = self.remark(&note.remark);
        self.language.say_with("line-note", [("line", note.line.into()), ("text", text.into())])
    }

    fn remark(&self, remark: &Remark) -> String {
        let language = self.language;
        let quoting = |name, text: &str| language.say_with(name, [("text", text.into())]);
        match remark {
            Remark::Fields { has, expected } => {
                language.say_with("line-fields", [("has", (*has).into()), ("n", (*expected).into())])
            }
            Remark::NotUtf8 => language.say("line-not-utf8"),
            Remark::Empty(column) => language.say_with("line-empty", [("column", (*column).into())]),
            Remark::NoName { column, .. } => {
                language.say_with("line-no-name", [("column", (*column).into())])
            }
            Remark::Status(text) => quoting("line-status", text),
            Remark::NoStart(text) => quoting("line-no-start", text),
            Remark::NoNumber(text) => quoting("line-no-minutes", text),
            Remark::Duration(range) => quoting("line-no-minutes", &range.given.to_string()),
            Remark::LeavesCalendar => language.say("line-leaves-calendar"),
            Remark::SameAs(line) => language.say_with("line-same-as", [("line", (*line).into())]),
            Remark::OtherVenue(venue) => {
                language.say_with("line-other-venue", [("venue", venue.clone().into())])
            }
            Remark::Shifted { asked, starts } => {
                let date = format!("{}, {}", self.full(asked.date()), asked.format("%H:%M"));
                let time = starts.format("%H:%M").to_string();
                language.say_with("line-shifted", [("date", date.into()), ("time", time.into())])
            }
        }
    }
}
