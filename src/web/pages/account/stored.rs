//! What is stored about a client.

use aggregates::membership::Terms;
use askama::Template;

use super::AccountShell;
use crate::web::pages::appointment::Panel;
use crate::web::pages::dates::{Calendar, Moment};

/// Everything about whoever is signed in.
#[derive(Debug, Clone, Template)]
#[template(path = "stored.html")]
pub struct StoredPage {
    pub shell: AccountShell,
    pub calendar: Calendar,
    /// As they first introduced themselves.
    pub person: Known,
    pub bookings: Vec<Typed>,
    pub appointments: Vec<Panel>,
    pub memberships: Vec<Terms>,
    /// When those browsers signed in that still are.
    pub sign_ins: Vec<Moment>,
    /// When the address of their calendar feed was made.
    pub feed: Option<Moment>,
    /// Their private addresses were ended just now.
    pub links_ended: bool,
}

/// Asks whether everything is to be erased.
#[derive(Debug, Clone, Template)]
#[template(path = "erase.html")]
pub struct ErasePage {
    pub shell: AccountShell,
    /// Dates that are cancelled with it.
    pub upcoming: usize,
}

impl ErasePage {
    fn dates(&self) -> Option<String> {
        let n = [("n", self.upcoming.into())];
        (0 < self.upcoming).then(|| self.shell.language.say_with("account-erase-dates", n))
    }
}

/// Contact details.
#[derive(Clone, PartialEq, Eq)]
pub struct Known {
    pub name: String,
    pub phone: String,
    pub email: Option<String>,
    pub comment: Option<String>,
}

/// Never shows a person: debug output goes to logs.
impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Known(…)")
    }
}

/// What was typed with one booking.
#[derive(Debug, Clone)]
pub struct Typed {
    pub at: Moment,
    pub contact: Known,
    /// The version of the privacy notice that they agreed to.
    pub consent_version: Option<u32>,
}

impl StoredPage {
    /// Contact details, each with what it is.
    fn details<'a>(&self, known: &'a Known) -> Vec<(String, &'a str)> {
        let say = |name| self.shell.say(name);
        [
            (say("name"), Some(known.name.as_str())),
            (say("phone"), Some(known.phone.as_str())),
            (say("email"), known.email.as_deref()),
            (say("comment"), known.comment.as_deref()),
        ]
        .into_iter()
        .filter_map(|(what, value)| Some((what, value?)))
        .collect()
    }

    fn consent(&self, booking: &Typed) -> Option<String> {
        let version = booking.consent_version?;
        Some(self.shell.language.say_with("account-consent", [("version", version.into())]))
    }

    fn feed_since(&self, since: &Moment) -> String {
        self.shell.language.say_with("account-feed-since", [("date", since.to_string().into())])
    }

    fn signed_in(&self, since: &Moment) -> String {
        self.shell.language.say_with("account-since", [("date", since.to_string().into())])
    }
}
