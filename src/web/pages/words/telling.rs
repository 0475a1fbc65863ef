//! What clients are told in messages.

use crate::contact::Contact;
use crate::messages::{About, Confirmation};
use crate::messenger::Way;
use crate::web::pages::language::Language;

/// What there is to tell of one appointment, written out.
#[derive(Debug, Clone)]
pub struct Told {
    /// "Yoga with Sofie".
    pub what: String,
    pub service: String,
    /// "Tue 12 Jan, 18:30", before and after.
    pub was: String,
    pub date: String,
    /// Who runs it, before and after.
    pub before: String,
    pub member: String,
    /// The client asked for it.
    pub by_client: bool,
}

impl Language {
    /// The subject of a message about one appointment, and its sentence.
    #[must_use]
    pub fn told(self, about: About, told: Told) -> (String, String) {
        let by_client = told.by_client;
        let of = [
            ("what", told.what.into()),
            ("service", told.service.into()),
            ("was", told.was.into()),
            ("date", told.date.into()),
            ("before", told.before.into()),
            ("member", told.member.into()),
        ];
        let say = |name: &str| self.say_with(name, of.clone());
        match about {
            About::Cancelled if by_client => (say("letter-cancelled"), say("letter-you-cancelled")),
            About::Cancelled => (say("letter-cancelled"), say("letter-studio-cancelled")),
            About::Moved => (say("letter-moved"), say("letter-studio-moved")),
            About::TeamMemberReplaced => (say("letter-now-with"), say("letter-replaced")),
            About::Reminder => (say("letter-reminder"), say("letter-remind")),
            About::Rescheduled | About::Confirmation => (say("letter-moved"), say("letter-rescheduled")),
        }
    }

    /// "2 dates are booked: Yoga with Sofie".
    #[must_use]
    pub fn told_booked(self, n: usize, what: String) -> String {
        let title = self.booked_title(n);
        self.say_with("letter-booked", [("title", title.into()), ("what", what.into())])
    }

    /// "Questions? Please call 030 23125 014."
    #[must_use]
    pub fn told_to_call(self, phone: String) -> String {
        self.say_with("letter-call", [("phone", phone.into())])
    }

    /// That the details of a booking go to the client as a message.
    #[must_use]
    pub fn told_details(self, confirmation: Confirmation, contact: &Contact) -> String {
        let address = contact.email.as_deref().map_or_else(String::new, masked);
        let mailed = |name: &str| self.say_with(name, [("address", address.clone().into())]);
        match (confirmation.way, confirmation.arrived) {
            (Way::Mail, false) => mailed("result-mail-on-its-way"),
            (Way::Mail, true) => mailed("result-mailed"),
            (Way::Text, false) => self.say("result-text-on-its-way"),
            (Way::Text, true) => self.say("result-texted"),
        }
    }
}

/// "a…@example.org": enough to recognise one's own, on a page that others may see.
fn masked(address: &str) -> String {
    let (name, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    format!("{}…@{domain}", name.chars().next().unwrap_or('…'))
}
