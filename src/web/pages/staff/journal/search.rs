//! What was found under a name or a number.

use aggregates::ids::ActivityId;
use askama::Template;

use crate::web::pages::dates::Moment;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// The answer to a search. What was typed stands in no address.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_search.html")]
pub struct SearchPage {
    pub shell: StaffShell,
    pub wanted: String,
    pub hits: Vec<Hit>,
    /// There are more than are shown.
    pub more: bool,
}

/// One appointment of somebody who was found.
#[derive(Debug, Clone)]
pub struct Hit {
    pub activity: ActivityId,
    pub name: String,
    pub phone: String,
    /// "Yoga, Sofie".
    pub what: String,
    pub starts: Moment,
    pub spots: u8,
    /// By whom, in words.
    pub cancelled: Option<String>,
}

impl SearchPage {
    fn says(&self) -> String {
        let language = self.shell.language;
        if self.hits.is_empty() {
            language.say("nobody-found")
        } else if self.more {
            language.say_with("showing-first", [("n", self.hits.len().into())])
        } else {
            let of = [("n", self.hits.len().into()), ("who", self.wanted.trim().into())];
            language.say_with("appointments-for", of)
        }
    }

    fn event(&self, hit: &Hit) -> Address {
        urls::journal_event(self.shell.branch, hit.activity).along(&self.shell.along)
    }
}
