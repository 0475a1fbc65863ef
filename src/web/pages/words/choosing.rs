//! What is said while dates are chosen.

use chrono::Weekday;

use crate::web::pages::language::Language;

impl Language {
    #[must_use]
    pub fn dates_shown(self, n: usize) -> String {
        self.say_with("dates-shown", [("n", n.into())])
    }

    #[must_use]
    pub fn selected_count(self, n: u8, max: u8) -> String {
        self.say_with("selected-count", [("n", n.into()), ("max", max.into())])
    }

    #[must_use]
    pub fn spots_per_date(self, n: u8) -> String {
        self.say_with("spots-per-date", [("n", n.into())])
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
    pub fn weekday_only(self, weekday: Weekday) -> String {
        self.of_weekday("weekday-only", weekday)
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
    pub fn only_left(self, n: u16, date: &str, asked: u8) -> String {
        self.say_with("only-left", [("n", n.into()), ("date", date.into()), ("asked", asked.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
