//! Sentences with something in them. Each is a message under the same name in every language.

mod choosing;
mod confirming;
mod importing;
mod integrating;
mod price;
pub mod telling;

use std::fmt::Display;

use chrono::Weekday;

use super::language::Language;

pub use price::Price;

impl Language {
    #[must_use]
    pub fn spots_left(self, n: u16) -> String {
        self.say_with("spots-left", [("n", n.into())])
    }

    /// "Sold out", or how many spots are left.
    #[must_use]
    pub fn left(self, free: u16) -> String {
        if free == 0 { self.say("sold-out") } else { self.spots_left(free) }
    }

    /// "Yoga with Sofie".
    #[must_use]
    pub fn with(self, service: &str, team_member: &str) -> String {
        self.say_with("service-with", [("service", service.into()), ("member", team_member.into())])
    }

    /// "Yoga with Sofie, Tue 12 Jan, 18:30".
    #[must_use]
    pub fn with_on(self, service: &str, team_member: &str, date: impl Display) -> String {
        let of =
            [("service", service.into()), ("member", team_member.into()), ("date", date.to_string().into())];
        self.say_with("service-with-on", of)
    }

    /// A sentence about one date.
    #[must_use]
    pub fn of_date(self, name: &str, date: impl Display) -> String {
        self.say_with(name, [("date", date.to_string().into())])
    }

    /// A reason after what it is the reason for: "Nothing was changed: this appointment is cancelled."
    #[must_use]
    pub fn because(self, name: &str, why: String) -> String {
        self.say_with(name, [("why", why.into())])
    }

    /// The title of a page; first of all it says that there is a problem, if there is one.
    #[must_use]
    pub fn titled(self, problem: bool, title: String) -> String {
        if problem { self.say_with("problem", [("title", title.into())]) } else { title }
    }

    #[must_use]
    pub fn minutes(self, n: i64) -> String {
        self.say_with("minutes", [("n", n.into())])
    }

    #[must_use]
    pub fn dates_count(self, n: usize) -> String {
        self.say_with("dates-count", [("n", n.into())])
    }

    #[must_use]
    pub fn spots_count(self, n: usize) -> String {
        self.say_with("spots-count", [("n", n.into())])
    }

    /// A message that is different for each weekday, 1 for Monday to 7 for Sunday.
    pub(super) fn of_weekday(self, name: &str, weekday: Weekday) -> String {
        self.say_with(name, [("dow", weekday.number_from_monday().into())])
    }

    /// How long before the start a rule ends.
    #[must_use]
    pub fn notice_hours(self, n: usize) -> String {
        self.say_with("notice-hours", [("n", n.into())])
    }

    #[must_use]
    pub fn problems_title(self, n: usize) -> String {
        self.say_with("problems-title", [("n", n.into())])
    }

    #[must_use]
    pub fn try_again_in(self, seconds: u32) -> String {
        self.say_with("try-again-in", [("n", seconds.into())])
    }

    #[must_use]
    pub fn spots_taken(self, n: u32, max: u16) -> String {
        self.say_with("spots-taken", [("n", n.into()), ("max", max.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_one_reads_as_one() {
        assert_eq!(
            [Language::English.spots_left(1), Language::English.spots_left(9)],
            ["1 spot left", "9 spots left"]
        );
        assert_eq!(
            [Language::English.dates_count(1), Language::English.dates_count(18)],
            ["1 date", "18 dates"]
        );
        assert_eq!(
            Language::English.only_left(1, "Thu 21 Jan", 2),
            "Only 1 spot is left on Thu 21 Jan, and you asked for 2."
        );
        assert_eq!(
            Language::English.only_left(2, "Thu 21 Jan", 4),
            "Only 2 spots are left on Thu 21 Jan, and you asked for 4."
        );
        assert_eq!(
            Language::English.not_listed_too_few(1, 3),
            "1 date has fewer than 3 spots left and is not listed."
        );
        assert_eq!(Language::English.not_listed_sold_out(2), "2 dates are sold out and not listed.");
        assert_eq!(Language::English.try_again_in(1), "Please try again in 1 second.");
        assert_eq!(Language::English.notice_hours(1), "until 1 hour before the start");
    }
}
