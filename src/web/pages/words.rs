//! Sentences with numbers in them, in English, each named as in every other language.

use aggregates::branch::MembershipBooking;
use aggregates::values::Money;
use chrono::Weekday;

use super::dates::{Moment, plural};

/// The English plural forms: one, and other.
fn counted(n: usize, one: &str, other: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {other}") }
}

#[must_use]
pub fn spots_left(n: u16) -> String {
    counted(n.into(), "spot left", "spots left")
}

#[must_use]
pub fn choose_up_to(max: u8) -> String {
    if max == 1 { "You can choose 1 date.".to_owned() } else { format!("You can choose up to {max} dates.") }
}

#[must_use]
pub fn too_many_selected(max: u8, n: usize) -> String {
    let over = n.saturating_sub(max.into());
    let limit = if max == 1 { "takes 1 date".to_owned() } else { format!("takes up to {max} dates") };
    format!("One booking {limit} and {n} are ticked. Please clear {over}.")
}

#[must_use]
pub fn dates_count(n: usize) -> String {
    counted(n, "date", "dates")
}

#[must_use]
pub fn spots_count(n: usize) -> String {
    counted(n, "spot", "spots")
}

#[must_use]
pub fn weekday_only(weekday: Weekday) -> String {
    format!("{} only", plural(weekday))
}

#[must_use]
pub fn not_listed_sold_out(n: usize) -> String {
    let are = if n == 1 { "is" } else { "are" };
    format!("{} {are} sold out and not listed.", dates_count(n))
}

#[must_use]
pub fn not_listed_too_few(n: usize, spots: u8) -> String {
    let (have, are) = if n == 1 { ("has", "is") } else { ("have", "are") };
    format!("{} {have} fewer than {spots} spots left and {are} not listed.", dates_count(n))
}

#[must_use]
pub fn nothing_if_one_full(n: usize) -> &'static str {
    if n == 1 {
        "Nothing is booked if this date is full."
    } else {
        "Nothing is booked if one of these dates is full."
    }
}

/// How long before the start a rule ends.
#[must_use]
pub fn notice_hours(n: usize) -> String {
    format!("until {} before the start", counted(n, "hour", "hours"))
}

/// Which dates filled up between page and confirmation.
#[must_use]
pub fn race_lost(dates: &[Moment]) -> String {
    match dates {
        [date] => format!("Nothing is booked yet: {date} filled up a moment ago."),
        dates => format!("Nothing is booked yet: {} filled up a moment ago.", dates_count(dates.len())),
    }
}

#[must_use]
pub fn only_left(n: u16, date: &str, asked: u8) -> String {
    let are = if n == 1 { "is" } else { "are" };
    format!("Only {} {are} left on {date}, and you asked for {asked}.", spots_count(n.into()))
}

#[must_use]
pub fn book_the_others(n: usize) -> String {
    if n == 1 { "Book the other date".to_owned() } else { format!("Book the other {n} dates") }
}

#[must_use]
pub fn booked_title(n: usize) -> String {
    if n == 1 { "Your date is booked".to_owned() } else { format!("{n} dates are booked") }
}

#[must_use]
pub fn partly_booked(n: usize, max: usize) -> String {
    format!("{n} of {max} dates are booked")
}

#[must_use]
pub fn problems_title(n: usize) -> String {
    if n == 1 { "There is a problem".to_owned() } else { format!("There are {n} problems") }
}

#[must_use]
pub fn try_again_in(seconds: u32) -> String {
    let unit = if seconds == 1 { "second" } else { "seconds" };
    format!("Please try again in {seconds} {unit}.")
}

#[must_use]
pub fn spots_taken(n: u32, max: u16) -> String {
    format!("{n} of {max} taken")
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
    pub fn note(self) -> Option<String> {
        self.told("")
    }

    /// "15 EUR per spot at the studio".
    #[must_use]
    pub fn note_per_spot(self) -> Option<String> {
        self.told(" per spot")
    }

    fn told(self, per: &str) -> Option<String> {
        if self.membership == MembershipBooking::Required {
            return Some("membership".to_owned());
        }
        let place = if self.prepaid { "paid online" } else { "at the studio" };
        self.amount.map(|amount| format!("{amount}{per} {place}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_one_reads_as_one() {
        assert_eq!([spots_left(1), spots_left(9)], ["1 spot left", "9 spots left"]);
        assert_eq!([dates_count(1), dates_count(18)], ["1 date", "18 dates"]);
        assert_eq!(only_left(1, "Thu 21 Jan", 2), "Only 1 spot is left on Thu 21 Jan, and you asked for 2.");
        assert_eq!(
            only_left(2, "Thu 21 Jan", 4),
            "Only 2 spots are left on Thu 21 Jan, and you asked for 4."
        );
        assert_eq!(not_listed_too_few(1, 3), "1 date has fewer than 3 spots left and is not listed.");
        assert_eq!(not_listed_sold_out(2), "2 dates are sold out and not listed.");
        assert_eq!(try_again_in(1), "Please try again in 1 second.");
        assert_eq!(notice_hours(1), "until 1 hour before the start");
    }

    #[test]
    fn s_13_too_many_dates_are_counted_in_words() {
        assert_eq!(
            too_many_selected(4, 6),
            "One booking takes up to 4 dates and 6 are ticked. Please clear 2."
        );
        assert_eq!(too_many_selected(1, 2), "One booking takes 1 date and 2 are ticked. Please clear 1.");
    }

    #[test]
    fn a_required_membership_takes_the_place_of_the_price() {
        let amount = Some(Money { minor: 1500, currency: "EUR".to_owned().try_into().unwrap() });
        let price = |membership| Price { amount, membership, prepaid: false };

        assert_eq!(price(MembershipBooking::Required).note().as_deref(), Some("membership"));
        assert_eq!(price(MembershipBooking::Off).note().as_deref(), Some("15 EUR at the studio"));
        assert_eq!(
            price(MembershipBooking::Optional).note_per_spot().as_deref(),
            Some("15 EUR per spot at the studio")
        );
    }
}
