//! The branch's wall clock across changes of daylight saving (A-25, E-08).
//!
//! Local times are resolved with the IANA time zone database as compiled into `chrono-tz`.

use chrono::{DateTime, Days, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// What a time on the wall clock means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// One moment.
    Once(DateTime<Utc>),
    /// The clock shows it twice; these are both.
    Twice { first: DateTime<Utc>, second: DateTime<Utc> },
    /// The clock skips it. `earlier` and `later` are off by the gap, to either side.
    Never { earlier: DateTime<Utc>, later: DateTime<Utc> },
}

impl Resolved {
    /// The moment that a weekly series takes: the first of two, and later by the gap.
    #[must_use]
    pub fn for_series(self) -> DateTime<Utc> {
        match self {
            Self::Once(moment) | Self::Twice { first: moment, .. } | Self::Never { later: moment, .. } => {
                moment
            }
        }
    }
}

/// Looks a wall time up.
#[must_use]
pub fn resolve(zone: Tz, local: NaiveDateTime) -> Resolved {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) => Resolved::Once(moment.to_utc()),
        LocalResult::Ambiguous(one, other) => {
            let (one, other) = (one.to_utc(), other.to_utc());
            Resolved::Twice { first: one.min(other), second: one.max(other) }
        }
        LocalResult::None => {
            // The offset before the gap puts the time after it, and the other way round.
            let at_offset_of = |neighbour: DateTime<Tz>| {
                let offset = neighbour.naive_local() - neighbour.naive_utc();
                local.checked_sub_signed(offset).unwrap_or(local).and_utc()
            };
            let later = neighbour(zone, local, -PROBE).map_or(local.and_utc(), at_offset_of);
            let earlier = neighbour(zone, local, PROBE).map_or(local.and_utc(), at_offset_of);
            Resolved::Never { earlier, later }
        }
    }
}

/// Changes of the clock fall on quarters of an hour.
const PROBE: TimeDelta = TimeDelta::minutes(15);

/// The nearest time in that direction that the clock shows; a zone that crosses the date line skips a day. At the
/// ends of the calendar there is none.
fn neighbour(zone: Tz, local: NaiveDateTime, step: TimeDelta) -> Option<DateTime<Tz>> {
    (1..=100)
        .map_while(|steps| local.checked_add_signed(step * steps))
        .find_map(|other| zone.from_local_datetime(&other).latest())
}

/// The starts of a weekly series: the same wall time, week after week.
///
/// Yields the wall time asked for with the moment that was found; the last weeks are missing if they leave the
/// range of the calendar.
pub fn weekly(zone: Tz, first: NaiveDateTime, weeks: u32) -> impl Iterator<Item = (NaiveDateTime, Resolved)> {
    (0..u64::from(weeks)).filter_map(move |week| {
        let local = first.checked_add_days(Days::new(7 * week))?;
        Some((local, resolve(zone, local)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, Timelike};
    use chrono_tz::{America, Asia, Australia, Europe};

    fn local(date: &str, time: &str) -> NaiveDateTime {
        format!("{date}T{time}:00").parse().unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn e_08_a_weekly_series_keeps_wall_time_across_both_changes() {
        for (zone, first) in [
            (Europe::Berlin, "2026-10-06"),
            (America::Denver, "2026-10-06"),
            (Europe::Berlin, "2027-03-02"),
            (America::Denver, "2027-02-23"),
        ] {
            let starts: Vec<_> = weekly(zone, local(first, "18:30"), 8).collect();

            assert_eq!(starts.len(), 8);
            let offsets: std::collections::BTreeSet<_> = starts
                .iter()
                .map(|(wall, resolved)| {
                    let shown = resolved.for_series().with_timezone(&zone).naive_local();
                    assert_eq!(shown, *wall, "{zone}");
                    (shown - resolved.for_series().naive_utc()).num_minutes()
                })
                .collect();
            assert_eq!(offsets.len(), 2, "{zone} changes its clocks within these weeks");
        }
    }

    #[test]
    fn a_25_a_series_in_a_gap_starts_later_by_the_gap() {
        let gap = resolve(Europe::Berlin, local("2027-03-28", "02:30"));

        assert_eq!(
            gap,
            Resolved::Never { earlier: utc("2027-03-28T00:30:00Z"), later: utc("2027-03-28T01:30:00Z") }
        );
        assert_eq!(gap.for_series().with_timezone(&Europe::Berlin).hour(), 3);
        let Resolved::Never { earlier, later } = resolve(America::Denver, local("2027-03-14", "02:00"))
        else {
            panic!("the clocks go forward in Denver");
        };
        assert_eq!(earlier.with_timezone(&America::Denver).naive_local(), local("2027-03-14", "01:00"));
        assert_eq!(later.with_timezone(&America::Denver).naive_local(), local("2027-03-14", "03:00"));
    }

    #[test]
    fn a_25_an_overlap_takes_the_first() {
        let twice = resolve(Europe::Berlin, local("2026-10-25", "02:30"));

        assert_eq!(
            twice,
            Resolved::Twice { first: utc("2026-10-25T00:30:00Z"), second: utc("2026-10-25T01:30:00Z") }
        );
        assert_eq!(twice.for_series(), utc("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn a_half_hour_change_shifts_by_half_an_hour() {
        let zone = Australia::Lord_Howe;

        let gap = resolve(zone, local("2026-10-04", "02:15"));

        let Resolved::Never { earlier, later } = gap else { panic!("the clocks go forward on Lord Howe") };
        assert_eq!(earlier.with_timezone(&zone).naive_local(), local("2026-10-04", "01:45"));
        assert_eq!(later.with_timezone(&zone).naive_local(), local("2026-10-04", "02:45"));
    }

    #[test]
    fn an_offset_of_three_quarters_is_an_ordinary_offset() {
        let start = resolve(Asia::Kathmandu, local("2027-01-12", "18:30"));

        assert_eq!(start, Resolved::Once(utc("2027-01-12T12:45:00Z")));
    }

    #[test]
    fn a_skipped_day_lies_between_its_neighbours() {
        let zone = chrono_tz::Pacific::Apia;
        let noon = NaiveDate::from_ymd_opt(2011, 12, 30).unwrap().and_hms_opt(12, 0, 0).unwrap();

        let Resolved::Never { earlier, later } = resolve(zone, noon) else { panic!("Samoa had no such day") };

        assert_eq!(earlier.with_timezone(&zone).naive_local(), local("2011-12-29", "12:00"));
        assert_eq!(later.with_timezone(&zone).naive_local(), local("2011-12-31", "12:00"));
    }
}
