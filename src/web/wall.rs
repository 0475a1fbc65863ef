//! Days of a branch's calendar as spans of time.

use aggregates::branch::Branch;
use aggregates::wall_time;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// From the first moment of the branch's day to the first of the next; daylight saving makes it 23 to 25 hours.
#[must_use]
pub(crate) fn day_span(branch: &Branch, day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let zone = branch.details().map_or(chrono_tz::UTC, |details| details.time_zone);
    let begins = |day: NaiveDate| wall_time::resolve(zone, day.and_time(NaiveTime::MIN)).for_series();
    (begins(day), begins(day.succ_opt().unwrap_or(day)))
}
