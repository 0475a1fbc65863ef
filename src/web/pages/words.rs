//! Sentences with something in them. Each is a message under the same name in every language.

use std::fmt::Display;

use aggregates::branch::MembershipBooking;
use aggregates::values::Money;
use chrono::Weekday;

use super::dates::Moment;
use super::language::Language;

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
    pub fn choose_up_to(self, max: u8) -> String {
        self.say_with("choose-up-to", [("max", max.into())])
    }

    #[must_use]
    pub fn too_many_selected(self, max: u8, n: usize) -> String {
        let over = n.saturating_sub(max.into());
        self.say_with("too-many-selected", [("max", max.into()), ("n", n.into()), ("over", over.into())])
    }

    #[must_use]
    pub fn dates_count(self, n: usize) -> String {
        self.say_with("dates-count", [("n", n.into())])
    }

    #[must_use]
    pub fn spots_count(self, n: usize) -> String {
        self.say_with("spots-count", [("n", n.into())])
    }

    #[must_use]
    pub fn weekday_only(self, weekday: Weekday) -> String {
        self.of_weekday("weekday-only", weekday)
    }

    /// A message that is different for each weekday, 1 for Monday to 7 for Sunday.
    pub(super) fn of_weekday(self, name: &str, weekday: Weekday) -> String {
        self.say_with(name, [("dow", weekday.number_from_monday().into())])
    }

    #[must_use]
    pub fn not_listed_sold_out(self, n: usize) -> String {
        self.say_with("not-listed-sold-out", [("n", n.into())])
    }

    #[must_use]
    pub fn not_listed_too_few(self, n: usize, spots: u8) -> String {
        self.say_with("not-listed-too-few", [("n", n.into()), ("spots", spots.into())])
    }

    #[must_use]
    pub fn nothing_if_one_full(self, n: usize) -> String {
        self.say_with("nothing-if-one-full", [("n", n.into())])
    }

    /// How long before the start a rule ends.
    #[must_use]
    pub fn notice_hours(self, n: usize) -> String {
        self.say_with("notice-hours", [("n", n.into())])
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
    pub fn only_left(self, n: u16, date: &str, asked: u8) -> String {
        self.say_with("only-left", [("n", n.into()), ("date", date.into()), ("asked", asked.into())])
    }

    #[must_use]
    pub fn book_the_others(self, n: usize) -> String {
        self.say_with("book-the-others", [("n", n.into())])
    }

    #[must_use]
    pub fn booked_title(self, n: usize) -> String {
        self.say_with("booked-title", [("n", n.into())])
    }

    #[must_use]
    pub fn partly_booked(self, n: usize, max: usize) -> String {
        self.say_with("partly-booked", [("n", n.into()), ("max", max.into())])
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

/// How a date is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    pub amount: Option<Money>,
    pub membership: MembershipBooking,
    /// Has to be paid online before the visit.
    pub prepaid: bool,
}

impl Price {
    /// "15 EUR at the studio", "membership"; nothing if nothing is known.
    #[must_use]
    pub fn note(self, language: Language) -> Option<String> {
        self.told(language, "price")
    }

    /// "15 EUR per spot at the studio".
    #[must_use]
    pub fn note_per_spot(self, language: Language) -> Option<String> {
        self.told(language, "price-per-spot")
    }

    fn told(self, language: Language, name: &str) -> Option<String> {
        if self.membership == MembershipBooking::Required {
            return Some(language.say("membership"));
        }
        let paid = if self.prepaid { "online" } else { "studio" };
        let told = |amount: Money| {
            language.say_with(name, [("amount", amount.to_string().into()), ("paid", paid.into())])
        };
        self.amount.map(told)
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

    #[test]
    fn s_13_too_many_dates_are_counted_in_words() {
        assert_eq!(
            Language::English.too_many_selected(4, 6),
            "One booking takes up to 4 dates and 6 are ticked. Please clear 2."
        );
        assert_eq!(
            Language::English.too_many_selected(1, 2),
            "One booking takes 1 date and 2 are ticked. Please clear 1."
        );
    }

    #[test]
    fn a_required_membership_takes_the_place_of_the_price() {
        let amount = Some(Money { minor: 1500, currency: "EUR".to_owned().try_into().unwrap() });
        let price = |membership| Price { amount, membership, prepaid: false };

        assert_eq!(price(MembershipBooking::Required).note(Language::English).as_deref(), Some("membership"));
        assert_eq!(
            price(MembershipBooking::Off).note(Language::English).as_deref(),
            Some("15 EUR at the studio")
        );
        assert_eq!(
            price(MembershipBooking::Optional).note_per_spot(Language::English).as_deref(),
            Some("15 EUR per spot at the studio")
        );
    }
}
