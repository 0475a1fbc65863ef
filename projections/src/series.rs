//! The same weekday and time for some weeks (B-10).

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Which of these starts are on the weekday and at the time of `first`, in one of the `weeks` after it. Weekday and
/// time are those of the branch's wall clock, so the change of the clocks does not end a series (E-08).
pub fn weekly(
    zone: Tz,
    first: DateTime<Utc>,
    weeks: u8,
    starts: impl IntoIterator<Item = DateTime<Utc>>,
) -> impl Iterator<Item = DateTime<Utc>> {
    let wall = move |moment: DateTime<Utc>| moment.with_timezone(&zone).naive_local();
    let first = wall(first);
    let last = first + TimeDelta::weeks(weeks.into());
    starts.into_iter().filter(move |start| {
        let start = wall(*start);
        first < start && start <= last && (start - first).num_seconds() % WEEK == 0
    })
}

const WEEK: i64 = 7 * 24 * 60 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin(starts: &[&str], weeks: u8) -> Vec<String> {
        let moments = starts.iter().map(|start| start.parse().unwrap());
        let first = "2027-03-16T17:30:00Z".parse().unwrap();
        let found = weekly(chrono_tz::Europe::Berlin, first, weeks, moments);
        found.map(|start| start.format("%m-%d %H:%M").to_string()).collect()
    }

    #[test]
    fn b_10_a_series_keeps_weekday_and_time() {
        let dates = [
            "2027-03-16T17:30:00Z",
            "2027-03-18T17:30:00Z",
            "2027-03-23T17:30:00Z",
            "2027-03-23T18:30:00Z",
            "2027-03-09T17:30:00Z",
        ];

        assert_eq!(berlin(&dates, 4), ["03-23 17:30"]);
    }

    #[test]
    fn b_10_a_series_ends_after_its_weeks() {
        let dates = ["2027-03-23T17:30:00Z", "2027-03-30T16:30:00Z", "2027-04-06T16:30:00Z"];

        assert_eq!(berlin(&dates, 2), ["03-23 17:30", "03-30 16:30"]);
        assert!(berlin(&dates, 0).is_empty());
    }

    #[test]
    fn e_08_the_change_of_the_clocks_does_not_end_a_series() {
        let summer = ["2027-03-30T16:30:00Z", "2027-03-30T17:30:00Z"];

        assert_eq!(berlin(&summer, 4), ["03-30 16:30"], "18:30 in Berlin, before and after");
    }
}
