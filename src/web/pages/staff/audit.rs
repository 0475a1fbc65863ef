//! The audit's pages.

mod facts;

use askama::Template;
use uuid::Uuid;

use super::journal::HistoryLine;
use crate::audit::Differences;
use crate::ledger::Position;
use crate::web::pages::dates::Moment;
use crate::web::pages::form::Choice;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// What happened, how it stood, what changed.
#[derive(Debug, Clone, Template)]
#[template(path = "audit.html")]
pub struct AuditPage {
    pub shell: StaffShell,
    pub kinds: Vec<Choice>,
    /// As typed.
    pub id: String,
    pub from: String,
    pub to: String,
    /// What was asked for.
    pub looked: Option<Looked>,
    pub signed: Option<Signed>,
    pub problems: Problems,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    pub from: Position,
    pub to: Position,
    /// Of one thing, each with its position.
    pub history: Option<Vec<(Position, HistoryLine)>>,
    /// After which position the next page begins.
    pub next: Option<Position>,
    pub state: Vec<ValueLine>,
    pub differences: Vec<DifferenceLine>,
    /// How many facts of which name.
    pub facts: Vec<(String, u64)>,
    /// Things that changed and are not listed.
    pub more: usize,
}

/// The last checkpoint.
#[derive(Debug, Clone)]
pub struct Signed {
    pub at: Moment,
    pub position: Position,
    pub differs: Option<String>,
}

/// A value by its path.
#[derive(Debug, Clone)]
pub struct ValueLine {
    pub path: String,
    pub was: Option<String>,
    pub is: String,
}

/// A thing that stands otherwise than before.
#[derive(Debug, Clone)]
pub struct DifferenceLine {
    /// As stored: `appointment`.
    pub kind: String,
    pub id: Uuid,
    pub values: Vec<ValueLine>,
}

/// What was refused lately.
#[derive(Debug, Clone, Template)]
#[template(path = "audit_refusals.html")]
pub struct RefusalsPage {
    pub shell: StaffShell,
    pub id: String,
    pub lines: Vec<RefusalLine>,
    pub next: Option<Uuid>,
}

/// One refusal.
#[derive(Debug, Clone)]
pub struct RefusalLine {
    pub at: Moment,
    /// The name of the command.
    pub what: String,
    pub code: String,
    pub reasons: Vec<String>,
    pub of: Option<(String, Uuid)>,
    pub who: String,
    pub request: String,
}

impl Looked {
    #[must_use]
    pub fn differing(found: &Differences, differences: Vec<DifferenceLine>) -> Self {
        Self {
            from: found.from,
            to: found.to,
            differences,
            facts: found.facts.iter().map(|(name, count)| (name.clone(), *count)).collect(),
            more: found.more,
            ..Self::default()
        }
    }
}

/// The page of one thing, by the name of its kind in facts.
fn of_thing(shell: &StaffShell, kind: &str, id: Uuid) -> Address {
    let what = if kind == "membership" { "client" } else { kind };
    urls::audit(shell.branch).with("what", what).with("id", id).along(&shell.along)
}

impl AuditPage {
    fn action(&self) -> Address {
        urls::audit(self.shell.branch)
    }

    fn refusals(&self) -> Address {
        urls::audit(self.shell.branch).below("refusals").along(&self.shell.along)
    }

    fn next(&self, after: Position) -> Address {
        let chosen = self.kinds.iter().find(|kind| kind.chosen);
        let here = urls::audit(self.shell.branch).with("what", chosen.map_or("", |kind| kind.value.as_str()));
        let here = here.with("id", &self.id).with("from", &self.from).with("to", &self.to);
        here.with("after", after).along(&self.shell.along)
    }

    fn thing(&self, line: &DifferenceLine) -> Address {
        of_thing(&self.shell, &line.kind, line.id)
    }

    fn checkpoint(&self) -> String {
        let Some(signed) = &self.signed else { return self.shell.say("audit-never-signed") };
        let of = [("date", signed.at.to_string().into()), ("n", signed.position.into())];
        match &signed.differs {
            None => self.shell.language.say_with("audit-signed", of),
            Some(what) => {
                let of = [of[0].clone(), of[1].clone(), ("what", what.as_str().into())];
                self.shell.language.say_with("audit-differs", of)
            }
        }
    }

    fn state_title(&self, looked: &Looked) -> String {
        self.shell.language.say_with("audit-state", [("n", looked.to.into())])
    }

    fn difference_title(&self, looked: &Looked) -> String {
        let of = [("from", looked.from.into()), ("to", looked.to.into())];
        self.shell.language.say_with("audit-difference", of)
    }

    fn more(&self, looked: &Looked) -> Option<String> {
        let n = [("n", looked.more.into())];
        (0 < looked.more).then(|| self.shell.language.say_with("audit-more", n))
    }
}

impl RefusalsPage {
    fn back(&self) -> Address {
        urls::audit(self.shell.branch).along(&self.shell.along)
    }

    fn thing(&self, kind: &str, id: Uuid) -> Address {
        of_thing(&self.shell, kind, id)
    }

    fn next_page(&self, before: Uuid) -> Address {
        let here = urls::audit(self.shell.branch).below("refusals");
        let here = if self.id.is_empty() { here } else { here.with("id", &self.id) };
        here.with("before", before).along(&self.shell.along)
    }
}
