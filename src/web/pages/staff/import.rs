//! S4: a timetable on its way into a branch.

use askama::Template;

use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// Which file, and what it does not say.
#[derive(Debug, Clone, Template)]
#[template(path = "import.html")]
pub struct ImportPage {
    pub shell: StaffShell,
    /// Whose clocks the file's times are of.
    pub city: String,
    pub capacity: String,
    /// As a date field writes it.
    pub first_week: String,
    pub weeks: String,
    pub problems: Problems,
}

impl ImportPage {
    fn action(&self) -> Address {
        urls::import(self.shell.branch)
    }

    fn times(&self) -> String {
        self.shell.language.say_with("import-times", [("city", self.city.clone().into())])
    }
}

/// A file that was uploaded, and how far it has come.
#[derive(Debug, Clone, Template)]
#[template(path = "import_upload.html")]
pub struct UploadPage {
    pub shell: StaffShell,
    pub upload: uuid::Uuid,
    pub shown: Shown,
    /// Of single lines of the file, the first of them.
    pub notes: Vec<String>,
    /// Notes that are not listed.
    pub more: usize,
}

/// What there is to see of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Preview(Counts),
    Running { done: usize, of: usize, may_begin: bool },
    Stopped { done: usize, of: usize },
    Done { events: usize, journal: Address },
}

/// What a file comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub events: usize,
    /// Not there yet.
    pub new: usize,
    pub closed: usize,
    /// Lines of the file.
    pub skipped: usize,
}

impl Counts {
    /// "240 events, 228 new, 12 already here; …", as far as there is something to say.
    fn told(self, language: Language) -> Vec<String> {
        let there = self.events - self.new.min(self.events);
        let all = [
            ("import-events", self.events),
            ("import-new", self.new),
            ("import-there", there),
            ("import-closed", self.closed),
            ("import-skipped", self.skipped),
        ];
        let said = all.into_iter().filter(|(name, n)| 0 < *n || *name == "import-events");
        said.map(|(name, n)| language.say_with(name, [("n", n.into())])).collect()
    }
}

impl UploadPage {
    fn action(&self) -> Address {
        urls::import_upload(self.shell.branch, self.upload)
    }

    fn again(&self) -> Address {
        self.action().along(&self.shell.along)
    }

    fn other_file(&self) -> Address {
        urls::import(self.shell.branch).along(&self.shell.along)
    }

    fn counted(&self, name: &str, n: usize) -> String {
        self.shell.language.say_with(name, [("n", n.into())])
    }

    fn so_far(&self, name: &str, done: usize, of: usize) -> String {
        self.shell.language.say_with(name, [("done", done.into()), ("n", of.into())])
    }
}
