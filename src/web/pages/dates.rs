//! How dates, times and durations are written: always on the branch's wall clock.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

/// The branch's wall clock, and what it shows now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

impl Calendar {
    /// A moment as people at the branch would say it.
    #[must_use]
    pub fn at(&self, moment: DateTime<Utc>) -> Moment {
        Moment { local: moment.with_timezone(&self.zone), this_year: self.today().year() }
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

    /// The heading of a day: "Today, Tuesday 12 January"; the year only if it is another.
    #[must_use]
    pub fn heading(&self, day: NaiveDate) -> String {
        let today = if day == self.today() { "Today, " } else { "" };
        format!("{today}{}{}", day.format("%A %-d %B"), year_unless(day, self.today().year()))
    }

    /// A day as it stands in a row: "Tue 12 Jan"; the year only if it is another.
    #[must_use]
    pub fn short(&self, day: NaiveDate) -> String {
        format!("{}{}", day.format("%a %-d %b"), year_unless(day, self.today().year()))
    }
}

/// A moment on the branch's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    local: DateTime<Tz>,
    this_year: i32,
}

impl Moment {
    /// "Tue 12 Jan"; the year only if it is another.
    #[must_use]
    pub fn date(&self) -> String {
        format!("{}{}", self.local.format("%a %-d %b"), year_unless(self.day(), self.this_year))
    }

    /// "18:30".
    #[must_use]
    pub fn time(&self) -> String {
        self.local.format("%H:%M").to_string()
    }

    /// "4 Jan": for what has been.
    #[must_use]
    pub fn day_and_month(&self) -> String {
        format!("{}{}", self.local.format("%-d %b"), year_unless(self.day(), self.this_year))
    }

    /// "Tuesday 12 January 2027".
    #[must_use]
    pub fn full_date(&self) -> String {
        self.local.format("%A %-d %B %Y").to_string()
    }

    /// "Tuesday 12 January 2027, 18:30 to 19:30"; the day of the end only if it is another.
    #[must_use]
    pub fn until(&self, end: Moment) -> String {
        let last_day = if end.day() == self.day() { String::new() } else { format!("{} ", end.date()) };
        format!("{}, {} to {last_day}{}", self.full_date(), self.time(), end.time())
    }

    /// For `<time datetime>`: "2027-01-12T18:30+01:00".
    #[must_use]
    pub fn machine(&self) -> String {
        self.local.format("%Y-%m-%dT%H:%M%:z").to_string()
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

/// " 2028", or nothing if it is this year.
fn year_unless(day: NaiveDate, this_year: i32) -> String {
    if day.year() == this_year { String::new() } else { format!(" {}", day.year()) }
}

/// How long something lasts, in whole minutes.
#[must_use]
pub fn minutes(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    (to - from).max(TimeDelta::zero()).num_minutes()
}

/// "Tuesdays".
#[must_use]
pub fn plural(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Mondays",
        Weekday::Tue => "Tuesdays",
        Weekday::Wed => "Wednesdays",
        Weekday::Thu => "Thursdays",
        Weekday::Fri => "Fridays",
        Weekday::Sat => "Saturdays",
        Weekday::Sun => "Sundays",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Calendar {
        Calendar { zone: chrono_tz::Europe::Berlin, now: "2027-01-12T09:00:00Z".parse().unwrap() }
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
        let kathmandu = Calendar { zone: chrono_tz::Asia::Kathmandu, now: late };

        assert_eq!(kathmandu.heading(kathmandu.today()), "Today, Wednesday 13 January");
        assert_eq!(kathmandu.at(late).weekday(), Weekday::Wed);
        assert_eq!(kathmandu.at(late).time(), "05:15");
        assert_eq!(Calendar { zone: chrono_tz::America::New_York, now: late }.city(), "New York");
    }

    #[test]
    fn e_08_wall_time_follows_the_change_of_the_clocks() {
        let [winter, summer] = ["2027-03-23T17:30:00Z", "2027-03-30T16:30:00Z"].map(|at| at.parse().unwrap());

        assert_eq!(berlin().at(winter).time(), berlin().at(summer).time());
    }
}
