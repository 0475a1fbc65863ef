//! What is said about dates that are, were or could not be booked.

use crate::web::pages::dates::Moment;
use crate::web::pages::language::Language;

impl Language {
    #[must_use]
    pub fn nothing_if_one_full(self, n: usize) -> String {
        self.say_with("nothing-if-one-full", [("n", n.into())])
    }

    /// Which dates filled up between page and confirmation.
    #[must_use]
    pub fn race_lost(self, dates: &[Moment]) -> String {
        let date = dates.first().map_or_else(String::new, Moment::to_string);
        self.say_with("race-lost", [("n", dates.len().into()), ("date", date.into())])
    }

    /// The same where it was said already that nothing is booked.
    #[must_use]
    pub fn filled_up(self, dates: &[Moment]) -> String {
        let date = dates.first().map_or_else(String::new, Moment::to_string);
        self.say_with("filled-up", [("n", dates.len().into()), ("date", date.into())])
    }

    #[must_use]
    pub fn book_the_others(self, n: usize) -> String {
        self.say_with("book-the-others", [("n", n.into())])
    }

    /// Which number the code went to; `again` if there was one before.
    #[must_use]
    pub fn code_sent(self, phone: &str, again: bool) -> String {
        let name = if again { "code-sent-again" } else { "code-sent" };
        self.say_with(name, [("phone", phone.into())])
    }

    /// The text message that brings a code.
    #[must_use]
    pub fn code_message(self, code: &str, studio: &str) -> String {
        self.say_with("code-message", [("code", code.into()), ("studio", studio.into())])
    }

    #[must_use]
    pub fn booked_title(self, n: usize) -> String {
        self.say_with("booked-title", [("n", n.into())])
    }

    #[must_use]
    pub fn partly_booked(self, n: usize, max: usize) -> String {
        self.say_with("partly-booked", [("n", n.into()), ("max", max.into())])
    }
}
