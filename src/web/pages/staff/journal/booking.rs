//! J3: the same booking at the desk.

use aggregates::ids::{ActivityId, ClientId};
use askama::Template;

use super::client::MembershipLine;
use crate::web::pages::dates::Moment;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::urls::{self, Address};

/// Book for a client: who, which dates, how many spots.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_book.html")]
pub struct BookPage {
    pub shell: StaffShell,
    /// What was typed to find a client.
    pub wanted: String,
    /// It was looked for.
    pub searched: bool,
    pub people: Vec<Person>,
    pub client: Chosen,
    pub name: String,
    pub phone: String,
    /// The event whose dates are offered, and what it is called.
    pub like: Option<(ActivityId, String)>,
    pub dates: Vec<DateBox>,
    /// Events to begin with, while none is chosen.
    pub events: Vec<(ActivityId, String)>,
    pub spots: String,
    pub comment: String,
    /// The client may book with a membership.
    pub offers_membership: bool,
    pub with_membership: bool,
    pub force: bool,
    /// "Tue 12 Jan would have 10 of 9 taken."
    pub overbooks: Vec<String>,
    pub key: String,
    pub problems: Problems,
}

/// For whom it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    New,
    Known(ClientId),
}

/// Somebody who was found.
#[derive(Debug, Clone)]
pub struct Person {
    pub client: ClientId,
    pub name: String,
    pub phone: String,
    pub memberships: Vec<MembershipLine>,
}

/// A date that can be ticked, full ones too.
#[derive(Debug, Clone)]
pub struct DateBox {
    pub activity: ActivityId,
    pub starts: Moment,
    /// "full, 9 of 9" or "2 free".
    pub counts: String,
    pub ticked: bool,
}

impl BookPage {
    fn action(&self) -> Address {
        urls::journal_book(self.shell.branch)
    }

    fn begin(&self, activity: ActivityId) -> Address {
        self.action().with("event", activity).along(&self.shell.along)
    }

    fn is_for(&self, client: ClientId) -> bool {
        self.client == Chosen::Known(client)
    }

    fn is_for_new(&self) -> bool {
        self.client == Chosen::New
    }

    /// "Book for Anna Berg".
    fn button(&self) -> String {
        let known = self.people.iter().find(|person| self.is_for(person.client));
        match known {
            Some(person) => {
                self.shell.language.say_with("book-for", [("client", person.name.as_str().into())])
            }
            None => self.shell.say("book"),
        }
    }

    fn back(&self) -> Address {
        match &self.like {
            Some((activity, _)) => urls::journal_event(self.shell.branch, *activity),
            None => urls::journal(self.shell.branch),
        }
        .along(&self.shell.along)
    }
}

/// What was booked at the desk.
#[derive(Debug, Clone, Template)]
#[template(path = "journal_booked.html")]
pub struct BookedPage {
    pub shell: StaffShell,
    pub client: String,
    pub dates: Vec<(ActivityId, Moment, String)>,
}

impl BookedPage {
    fn title(&self) -> String {
        let of = [("n", self.dates.len().into()), ("client", self.client.as_str().into())];
        self.shell.language.say_with("booked-for", of)
    }

    fn event(&self, activity: ActivityId) -> Address {
        urls::journal_event(self.shell.branch, activity).along(&self.shell.along)
    }

    fn print(&self) -> Option<Address> {
        let (_, starts, _) = self.dates.first()?;
        Some(urls::journal_print(self.shell.branch, starts.day()).along(&self.shell.along))
    }
}
