//! A2: all my dates.

use aggregates::ids::LinkId;
use aggregates::membership::Terms;
use askama::Template;

use super::AccountShell;
use crate::web::pages::appointment::Panel;
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Choice;
use crate::web::pages::language::Language;
use crate::web::pages::shell::Along;
use crate::web::pages::urls::{self, Address};

/// The appointments of whoever is signed in.
#[derive(Debug, Clone, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    pub shell: AccountShell,
    pub calendar: Calendar,
    /// What has been, instead of what is to come.
    pub past: bool,
    /// The next first; of the past, the last first.
    pub appointments: Vec<Panel>,
    /// Which appointment is open, from 1.
    pub open: usize,
    /// Where this page of the list begins, if it is not the first.
    pub after: Option<String>,
    /// Where the next one does.
    pub next: Option<String>,
    pub memberships: Vec<Terms>,
    /// The address of the calendar feed, once it was made.
    pub feed: Option<String>,
    /// A link through which more can be booked.
    pub book: Option<LinkId>,
}

impl AccountPage {
    fn action(&self) -> Address {
        urls::account(self.shell.branch)
    }

    fn more(&self) -> Option<Address> {
        let side = if self.past { self.shell.past() } else { self.shell.upcoming() };
        self.next.as_ref().map(|next| side.with("after", next))
    }

    fn book_an_event(&self) -> Option<Address> {
        self.book.map(|link| urls::event_list(self.shell.branch, link).along(&self.shell.along))
    }

    /// What rides along beside the language, which is chosen here.
    fn kept(&self) -> Vec<(&'static str, String)> {
        Along { language: None, ..self.shell.along.clone() }.fields()
    }

    fn languages(&self) -> Vec<Choice> {
        let choice = |language: Language| Choice {
            value: language.code().to_owned(),
            name: language.own_name().to_owned(),
            chosen: language == self.shell.language,
        };
        Language::SPOKEN.into_iter().map(choice).collect()
    }
}
