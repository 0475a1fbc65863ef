//! How dates, times and durations are written: always on the branch's wall clock.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use super::language::Language;

/// The branch's wall clock, and what it shows now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub language: Language,
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

impl Calendar {
    /// A moment as people at the branch would say it.
    #[must_use]
    pub fn at(&self, moment: DateTime<Utc>) -> Moment {
        Moment {
            language: self.language,
            local: moment.with_timezone(&self.zone),
            this_year: self.today().year(),
        }
    }

    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The city that names the time zone: "Berlin".
    #[must_use]
    pub fn city(&self) -> String {
        let name = self.zone.name();
        name.rsplit('/').next().unwrap_or(name).replace('_', " ")
    }

    /// "Times in Berlin".
    #[must_use]
    pub fn times_in(&self) -> String {
        self.language.say_with("times-in", [("city", self.city().into())])
    }

    /// The heading of a day: "Today, Tuesday 12 January"; the year only if it is another.
    #[must_use]
    pub fn heading(&self, day: NaiveDate) -> String {
        let written = self.language.write(day, Style::Long, day.year() != self.today().year());
        if day == self.today() {
            self.language.say_with("today", [("date", written.into())])
        } else {
            written
        }
    }

    /// "Tuesday 12 January 2027".
    #[must_use]
    pub fn full(&self, day: NaiveDate) -> String {
        self.language.write(day, Style::Long, true)
    }

    /// A day as it stands in a row: "Tue 12 Jan"; the year only if it is another.
    #[must_use]
    pub fn short(&self, day: NaiveDate) -> String {
        self.language.write(day, Style::Short, day.year() != self.today().year())
    }
}

/// A moment on the branch's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    language: Language,
    local: DateTime<Tz>,
    this_year: i32,
}

impl Moment {
    /// "Tue 12 Jan"; the year only if it is another.
    #[must_use]
    pub fn date(&self) -> String {
        self.language.write(self.day(), Style::Short, self.is_of_another_year())
    }

    /// "18:30".
    #[must_use]
    pub fn time(&self) -> String {
        self.local.format("%H:%M").to_string()
    }

    /// "18": the hour in which it lies.
    #[must_use]
    pub fn hour(&self) -> String {
        self.local.format("%H").to_string()
    }

    /// "4 Jan": for what has been.
    #[must_use]
    pub fn day_and_month(&self) -> String {
        self.language.write(self.day(), Style::DayAndMonth, self.is_of_another_year())
    }

    /// "Tuesday 12 January 2027".
    #[must_use]
    pub fn full_date(&self) -> String {
        self.language.write(self.day(), Style::Long, true)
    }

    /// "Tuesday 12 January 2027, 18:30 to 19:30"; the day of the end only if it is another.
    #[must_use]
    pub fn until(&self, end: Moment) -> String {
        let last =
            if end.day() == self.day() { end.time() } else { format!("{} {}", end.date(), end.time()) };
        let (date, from) = (self.full_date(), self.time());
        self.language.say_with("from-to", [("date", date.into()), ("from", from.into()), ("to", last.into())])
    }

    /// For `<time datetime>`: "2027-01-12T18:30+01:00".
    #[must_use]
    pub fn machine(&self) -> String {
        self.local.format("%Y-%m-%dT%H:%M%:z").to_string()
    }

    fn is_of_another_year(&self) -> bool {
        self.local.year() != self.this_year
    }

    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.local.date_naive()
    }

    #[must_use]
    pub fn weekday(&self) -> Weekday {
        self.local.weekday()
    }
}

/// "Tue 12 Jan, 18:30".
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.date(), self.time())
    }
}

/// How much of a date is written.
#[derive(Debug, Clone, Copy)]
enum Style {
    /// "Tue 12 Jan"
    Short,
    /// "Tuesday 12 January"
    Long,
    /// "4 Jan"
    DayAndMonth,
}

impl Language {
    /// A date as it is written in rows and sentences: shorter than the locale's own formats, without commas.
    fn write(self, day: NaiveDate, style: Style, with_year: bool) -> String {
        let (pattern, year) = match (self, style) {
            (Self::German, Style::Short) => ("%a %-d. %b", " %Y"),
            (Self::German, Style::Long) => ("%A, %-d. %B", " %Y"),
            (Self::German, Style::DayAndMonth) => ("%-d. %b", " %Y"),
            (Self::Spanish, Style::Long) => ("%A %-d de %B", " de %Y"),
            (Self::Russian, Style::Long) => ("%A, %-d %B", " %Y"),
            (_, Style::Short) => ("%a %-d %b", " %Y"),
            (_, Style::Long) => ("%A %-d %B", " %Y"),
            (_, Style::DayAndMonth) => ("%-d %b", " %Y"),
        };
        let pattern = format!("{pattern}{}", if with_year { year } else { "" });
        let written = day.format_localized(&pattern, self.locale()).to_string();
        // The locale begins weekdays with a capital letter; within a sentence that is wrong in Russian.
        if self == Self::Russian { written.to_lowercase() } else { written }
    }
}

/// How long something lasts, in whole minutes.
#[must_use]
pub fn minutes(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    (to - from).max(TimeDelta::zero()).num_minutes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Calendar {
        Calendar {
            language: Language::English,
            zone: chrono_tz::Europe::Berlin,
            now: "2027-01-12T09:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_date_is_short_in_rows_and_complete_in_details() {
        let start = berlin().at("2027-01-12T17:30:00Z".parse().unwrap());
        let end = berlin().at("2027-01-12T18:30:00Z".parse().unwrap());

        assert_eq!(start.to_string(), "Tue 12 Jan, 18:30");
        assert_eq!(start.until(end), "Tuesday 12 January 2027, 18:30 to 19:30");
        assert_eq!(start.machine(), "2027-01-12T18:30+01:00");
    }

    #[test]
    fn each_language_writes_dates_its_own_way() {
        let written = |language| {
            let berlin = Calendar { language, ..berlin() };
            let start = berlin.at("2027-03-02T17:30:00Z".parse().unwrap());
            let end = berlin.at("2027-03-02T18:30:00Z".parse().unwrap());
            [start.to_string(), start.until(end), start.day_and_month(), berlin.heading(berlin.today())]
        };

        assert_eq!(
            written(Language::German),
            [
                "Di 2. Mär, 18:30",
                "Dienstag, 2. März 2027, 18:30 bis 19:30",
                "2. Mär",
                "Heute, Dienstag, 12. Januar"
            ]
        );
        assert_eq!(
            written(Language::Spanish),
            [
                "mar 2 mar, 18:30",
                "martes 2 de marzo de 2027, de 18:30 a 19:30",
                "2 mar",
                "Hoy, martes 12 de enero"
            ]
        );
        assert_eq!(
            written(Language::Russian),
            [
                "вт 2 мар, 18:30",
                "вторник, 2 марта 2027, 18:30 – 19:30",
                "2 мар",
                "Сегодня, вторник, 12 января"
            ]
        );
    }

    #[test]
    fn the_year_stands_in_rows_only_if_it_is_another() {
        assert_eq!(berlin().at("2028-01-04T17:30:00Z".parse().unwrap()).to_string(), "Tue 4 Jan 2028, 18:30");
    }

    #[test]
    fn an_event_past_midnight_names_the_day_it_ends() {
        let start = berlin().at("2027-01-12T22:30:00Z".parse().unwrap());
        let end = berlin().at("2027-01-12T23:30:00Z".parse().unwrap());

        assert_eq!(start.until(end), "Tuesday 12 January 2027, 23:30 to Wed 13 Jan 00:30");
    }

    #[test]
    fn today_and_the_weekday_are_those_of_the_branch() {
        let late = "2027-01-12T23:30:00Z".parse().unwrap();
        let kathmandu = Calendar { language: Language::English, zone: chrono_tz::Asia::Kathmandu, now: late };

        assert_eq!(kathmandu.heading(kathmandu.today()), "Today, Wednesday 13 January");
        assert_eq!(kathmandu.at(late).weekday(), Weekday::Wed);
        assert_eq!(kathmandu.at(late).time(), "05:15");
        assert_eq!(
            Calendar { language: Language::English, zone: chrono_tz::America::New_York, now: late }.city(),
            "New York"
        );
    }

    #[test]
    fn e_08_wall_time_follows_the_change_of_the_clocks() {
        let [winter, summer] = ["2027-03-23T17:30:00Z", "2027-03-30T16:30:00Z"].map(|at| at.parse().unwrap());

        assert_eq!(berlin().at(winter).time(), berlin().at(summer).time());
    }
}
