//! What staff change about an event or an appointment: a page that asks, with who is affected, before anything is done.

use askama::Template;

use crate::web::pages::form::Choice;
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::Address;

/// One change, asked for before it is made.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_change.html")]
pub struct ChangePage {
    pub shell: StaffShell,
    /// "Move event".
    pub heading: String,
    /// What it is that is changed: "Yoga, Sofie. Tuesday 12 January 2027, 18:30 to 19:30".
    pub of: String,
    pub back: Address,
    pub action: Address,
    /// The version that was seen.
    pub version: u64,
    pub fields: Vec<Field>,
    /// Sentences before the button.
    pub notes: Vec<String>,
    /// Who is affected, for changes of an event.
    pub affected: Option<Vec<Affected>>,
    /// What the button does.
    pub button: String,
    /// What a second button does in spite of what was said: "Save anyway".
    pub anyway: Option<String>,
    /// What the way back says.
    pub keep: String,
    /// Somebody else changed it meanwhile.
    pub stale: Option<Stale>,
    pub problems: Problems,
}

/// Two changes that met.
#[derive(Debug, Clone)]
pub struct Stale {
    pub theirs: String,
    pub yours: String,
}

/// Somebody whom a change concerns.
#[derive(Debug, Clone)]
pub struct Affected {
    pub name: String,
    /// None if they cannot be reached.
    pub phone: Option<String>,
    pub spots: u8,
    /// Whether a message tells them.
    pub told: bool,
}

/// What has to be said before a change.
#[derive(Debug, Clone)]
pub struct Field {
    pub id: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub control: Control,
}

/// How it is said.
#[derive(Debug, Clone)]
pub enum Control {
    Number {
        value: String,
        min: u32,
        max: u32,
    },
    Date(String),
    Time(String),
    Select(Vec<Choice>),
    /// One of several dates.
    Dates(Vec<Choice>),
    Tick(bool),
}

impl ChangePage {
    fn affected_in_all(affected: &[Affected], language: Language) -> String {
        language.say_with("clients-affected", [("n", affected.len().into())])
    }

    /// Who is told by a message, and whom the studio has to tell.
    fn who_is_told(affected: &[Affected], language: Language) -> String {
        let untold = affected.iter().filter(|person| !person.told).count();
        if untold == affected.len() {
            return language.say("please-tell-them");
        }
        let told = language.say("messages-tell-them");
        if untold == 0 {
            return told;
        }
        format!("{told} {}", language.say_with("please-tell-others", [("n", untold.into())]))
    }

    fn cannot_be_reached(affected: &[Affected], language: Language) -> Option<String> {
        let n = affected.iter().filter(|person| person.phone.is_none()).count();
        (0 < n).then(|| language.say_with("cannot-be-reached", [("n", n.into())]))
    }
}

impl Language {
    /// "Move event and tell 12 clients"; without the end if no message tells anybody.
    #[must_use]
    pub fn change_and_tell(self, change: String, affected: &[Affected]) -> String {
        let n = affected.iter().filter(|person| person.told).count();
        if n == 0 {
            return change;
        }
        self.say_with("change-and-tell", [("change", change.into()), ("n", n.into())])
    }
}
