//! Every page in a language, with as much on it as it can say.

mod account;
mod audit;
mod choosing;
mod door;
mod import;
mod journal;
mod mine;
mod staff;
mod webhooks;

use askama::Template;

use super::dates::Calendar;
use super::language::Language;
use super::problem::Problems;
use super::samples;
use super::shell::Shell;

/// Pages with their names.
pub(super) type Pages = Vec<(&'static str, String)>;

/// All of them.
pub(super) fn every_page(language: Language) -> Pages {
    let of = InLanguage(language);
    [
        of.lists(),
        of.event_pages(),
        of.contacts(),
        of.mine(),
        of.account(),
        of.sorry(),
        of.journal(),
        of.settings(),
        of.imports(),
        of.audit(),
        of.webhooks(),
        of.doors(),
        of.people_and_tokens(),
    ]
    .concat()
}

struct InLanguage(Language);

fn written(page: &impl Template) -> String {
    page.render().unwrap()
}

impl InLanguage {
    fn shell(&self) -> Shell {
        Shell { language: self.0, ..samples::shell() }
    }

    fn calendar(&self) -> Calendar {
        Calendar { language: self.0, ..samples::calendar() }
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        problems.add(self.0.say("please-check"), "dates");
        problems
    }
}
