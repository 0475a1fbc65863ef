//! What may be done with codes, and when: pure, with the time in every question.

use chrono::{DateTime, TimeDelta, Utc};
use subtle::ConstantTimeEq;

/// How long a code works.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// How often a code may be typed wrong before it is closed.
pub const TRIES: u32 = 5;

/// How long to wait for another code.
pub const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// How many codes a number gets on one day of UTC, to sign in and to confirm bookings with: so many for each of both,
/// so that nobody who asks for the one keeps its owner from the other.
pub const PER_DAY: u32 = 10;

/// Stands in the place of the tries that failed once a code was typed right that goes on standing.
const PROVED: u32 = TRIES + 1;

const SECONDS_OF_A_DAY: i64 = 86_400;

/// What becomes of a code that was typed right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// It is used up.
    Once,
    /// It stands until it ends, for whoever is held up by something else and asks again.
    Stands,
}

/// Where a number stands: its last code, and how many it got that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub mac: [u8; 32],
    pub issued_at: DateTime<Utc>,
    /// How often the code was typed wrong; as often as is possible once it is used up, and once more if it stands.
    pub tries: u32,
    /// The day of the last code, in days since 1970.
    pub day: i64,
    pub issued_that_day: u32,
    pub version: u64,
}

/// Why there is no other code yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotIssued {
    #[error("another code can be had in {seconds} seconds")]
    TooEarly { seconds: u32 },
    #[error("no other code can be had today, for {seconds} seconds")]
    EnoughForToday { seconds: u32 },
}

/// Why a code does not open anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the code does not match; {left} tries are left")]
    Wrong { left: u32 },
    #[error("the code has ended")]
    Ended,
    #[error("the code is closed")]
    Closed,
}

impl Standing {
    /// What follows when a code with this MAC is issued.
    ///
    /// # Errors
    ///
    /// If the one before it was issued a moment ago, or there were enough for one day.
    pub fn issue(before: Option<&Self>, mac: [u8; 32], now: DateTime<Utc>) -> Result<Self, NotIssued> {
        if let Some(before) = before {
            let wait = before.issued_at + PAUSE - now;
            if TimeDelta::zero() < wait {
                return Err(NotIssued::TooEarly { seconds: seconds(wait) });
            }
        }
        Ok(Self { tries: 0, ..Self::count(before, mac, now)? })
    }

    /// What follows when one more of the codes of a day is issued that are counted together, each of which stands by
    /// itself. No code opens this one; its MAC only tells it from the count of somebody else at the same time.
    ///
    /// # Errors
    ///
    /// If there were enough for one day.
    pub fn count(before: Option<&Self>, mac: [u8; 32], now: DateTime<Utc>) -> Result<Self, NotIssued> {
        let day = now.timestamp().div_euclid(SECONDS_OF_A_DAY);
        let today = before.filter(|before| before.day == day).map_or(0, |before| before.issued_that_day);
        if PER_DAY <= today {
            let left = TimeDelta::seconds(SECONDS_OF_A_DAY - now.timestamp().rem_euclid(SECONDS_OF_A_DAY));
            return Err(NotIssued::EnoughForToday { seconds: seconds(left) });
        }
        let version = before.map_or(0, |before| before.version) + 1;
        Ok(Self { mac, issued_at: now, tries: TRIES, day, issued_that_day: today + 1, version })
    }

    /// Whether the code was typed right and goes on standing.
    #[must_use]
    pub fn is_proved(&self, now: DateTime<Utc>) -> bool {
        self.tries == PROVED && now < self.issued_at + LIFETIME
    }

    /// Whether a code with this MAC opens what it was issued for, and what follows, if anything does.
    pub fn judge(
        &self,
        mac: &[u8; 32],
        right: Right,
        now: DateTime<Utc>,
    ) -> (Result<(), Refused>, Option<Self>) {
        let matches = bool::from(self.mac.ct_eq(mac));
        if self.issued_at + LIFETIME <= now {
            return (Err(Refused::Ended), None);
        }
        if self.is_proved(now) {
            return (Ok(()), None);
        }
        if TRIES <= self.tries {
            return (Err(Refused::Closed), None);
        }
        let after = |tries| Some(Self { tries, version: self.version + 1, ..self.clone() });
        if matches {
            return (
                Ok(()),
                after(match right {
                    Right::Once => TRIES,
                    Right::Stands => PROVED,
                }),
            );
        }
        let tries = self.tries + 1;
        let refused = if tries == TRIES { Refused::Closed } else { Refused::Wrong { left: TRIES - tries } };
        (Err(refused), after(tries))
    }
}

/// Whole seconds, the last one begun included.
fn seconds(wait: TimeDelta) -> u32 {
    u32::try_from((wait + TimeDelta::milliseconds(999)).num_seconds()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: [u8; 32] = [7; 32];
    const WRONG: [u8; 32] = [8; 32];

    fn noon() -> DateTime<Utc> {
        "2027-01-04T12:00:00Z".parse().unwrap()
    }

    fn issued() -> Standing {
        Standing::issue(None, RIGHT, noon()).unwrap()
    }

    fn after(seconds: i64) -> DateTime<Utc> {
        noon() + TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_16_a_code_works_once_and_for_ten_minutes() {
        let (opened, used) = issued().judge(&RIGHT, Right::Once, after(599));
        assert_eq!(opened, Ok(()));
        assert_eq!(
            used.unwrap().judge(&RIGHT, Right::Once, after(599)).0,
            Err(Refused::Closed),
            "it is used up"
        );

        for late in [600, 601, 100_000] {
            assert_eq!(
                issued().judge(&RIGHT, Right::Once, after(late)),
                (Err(Refused::Ended), None),
                "{late}"
            );
        }
    }

    #[test]
    fn a_16_a_code_is_closed_by_the_fifth_wrong_try_also_for_the_right_one() {
        let mut code = issued();

        for left in [4, 3, 2, 1] {
            let (verdict, next) = code.judge(&WRONG, Right::Once, after(1));
            assert_eq!(verdict, Err(Refused::Wrong { left }));
            code = next.unwrap();
        }
        assert_eq!(code.judge(&RIGHT, Right::Once, after(1)).0, Ok(()), "the fifth may be right");
        let (verdict, closed) = code.judge(&WRONG, Right::Once, after(1));
        assert_eq!(verdict, Err(Refused::Closed));
        assert_eq!(closed.unwrap().judge(&RIGHT, Right::Once, after(1)), (Err(Refused::Closed), None));
    }

    #[test]
    fn a_16_another_code_can_be_had_after_30_seconds_and_makes_the_first_one_void() {
        let first = issued();

        for (at, seconds) in [(0, 30), (10, 20), (29, 1)] {
            let early = Standing::issue(Some(&first), WRONG, after(at));
            assert_eq!(early, Err(NotIssued::TooEarly { seconds }));
        }
        let almost = after(30) - TimeDelta::milliseconds(1);
        assert_eq!(Standing::issue(Some(&first), WRONG, almost), Err(NotIssued::TooEarly { seconds: 1 }));
        let second = Standing::issue(Some(&first), WRONG, after(30)).unwrap();
        assert_eq!(second.judge(&RIGHT, Right::Once, after(31)).0, Err(Refused::Wrong { left: 4 }));
        assert_eq!(second.judge(&WRONG, Right::Once, after(31)).0, Ok(()));
    }

    #[test]
    fn a_16_a_number_gets_ten_codes_a_day_and_the_next_day_again() {
        let mut last = issued();
        for n in 1..10 {
            last = Standing::issue(Some(&last), RIGHT, after(n * 60)).unwrap();
        }

        let enough = Standing::issue(Some(&last), RIGHT, after(3_600));
        let midnight = Standing::issue(Some(&last), RIGHT, after(12 * 3_600));

        assert_eq!(enough, Err(NotIssued::EnoughForToday { seconds: 11 * 3_600 }));
        assert_eq!(midnight.unwrap().issued_that_day, 1);
    }

    #[test]
    fn a_16_tries_of_one_code_say_nothing_of_the_next() {
        let (_, tried) = issued().judge(&WRONG, Right::Once, after(1));

        let next = Standing::issue(tried.as_ref(), RIGHT, after(30)).unwrap();

        assert_eq!((next.tries, next.version), (0, 3));
    }

    #[test]
    fn a_16_a_code_that_stands_is_not_asked_for_again_until_it_ends() {
        let (opened, proved) = issued().judge(&RIGHT, Right::Stands, after(20));
        let proved = proved.unwrap();

        assert_eq!(opened, Ok(()));
        assert!(!issued().is_proved(after(20)), "nobody typed it");
        for at in [20, 599] {
            assert!(proved.is_proved(after(at)));
            for typed in [RIGHT, WRONG] {
                assert_eq!(proved.judge(&typed, Right::Stands, after(at)), (Ok(()), None), "{at}");
            }
        }
        assert!(!proved.is_proved(after(600)));
        assert_eq!(proved.judge(&RIGHT, Right::Stands, after(600)), (Err(Refused::Ended), None));
        let another = Standing::issue(Some(&proved), WRONG, after(30)).unwrap();
        assert!(!another.is_proved(after(30)), "a new code is a new question");
    }

    #[test]
    fn a_16_a_code_that_would_stand_is_closed_by_the_fifth_wrong_try_too() {
        let mut code = issued();
        for _ in 0..5 {
            code = code.judge(&WRONG, Right::Stands, after(1)).1.unwrap();
        }

        assert_eq!(code.judge(&RIGHT, Right::Stands, after(1)), (Err(Refused::Closed), None));
        assert!(!code.is_proved(after(1)));
    }

    #[test]
    fn a_16_codes_that_are_counted_together_have_to_wait_each_by_itself() {
        let mut count = Standing::count(None, RIGHT, noon()).unwrap();
        for n in 1..10 {
            count = Standing::count(Some(&count), RIGHT, noon()).unwrap();
            assert_eq!((count.issued_that_day, count.version), (n + 1, u64::from(n) + 1));
        }

        let enough = Standing::count(Some(&count), RIGHT, after(3_600));
        assert_eq!(enough, Err(NotIssued::EnoughForToday { seconds: 11 * 3_600 }));
        assert_eq!(Standing::count(Some(&count), RIGHT, after(12 * 3_600)).unwrap().issued_that_day, 1);
        assert_eq!(count.judge(&RIGHT, Right::Stands, noon()).0, Err(Refused::Closed), "it opens nothing");
    }
}
