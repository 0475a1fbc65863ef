//! What clients are told in messages.

use crate::messages::About;
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
}
