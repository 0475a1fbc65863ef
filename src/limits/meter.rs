//! One rate, counted for many by the generic cell rate algorithm.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::Rate;

/// How many are told apart. Two who fall into one cell by chance share its rate.
const CELLS: u64 = 1 << 17;

type Cells<C> = RateLimiter<u32, HashMapStateStore<u32>, C, NoOpMiddleware<<C as Clock>::Instant>>;

pub(super) struct Meter<C: Clock = MonotonicClock> {
    cells: Cells<C>,
    clock: C,
    /// Drawn by this process: nobody chooses whose cell they fall into.
    hasher: RandomState,
}

impl Meter {
    pub(super) fn of(rate: Rate) -> Self {
        Self::by(MonotonicClock, rate)
    }
}

impl<C: Clock + Clone> Meter<C> {
    fn by(clock: C, rate: Rate) -> Self {
        let quota = Quota::with_period(rate.one_in()).unwrap_or(Quota::per_second(rate.burst));
        let cells = RateLimiter::hashmap_with_clock(quota.allow_burst(rate.burst), clock.clone());
        Self { cells, clock, hasher: RandomState::new() }
    }

    /// Counts one, or says in how many seconds there is another.
    pub(super) fn take(&self, whose: &[u8]) -> Result<(), u32> {
        let cell = u32::try_from(self.hasher.hash_one(whose) % CELLS).unwrap_or_default();
        self.cells.check_key(&cell).map_err(|until| seconds(until.wait_time_from(self.clock.now())))
    }
}

/// Whole seconds, at least one, the last one begun included.
fn seconds(wait: Duration) -> u32 {
    u32::try_from((wait + Duration::from_millis(999)).as_secs()).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn meter(rate: &str) -> (Meter<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Meter::by(clock.clone(), rate.parse().unwrap()), clock)
    }

    #[test]
    fn a_burst_is_had_at_once_and_after_it_one_at_a_time() {
        let (meter, clock) = meter("3:6/min");

        assert_eq!([(); 5].map(|()| meter.take(b"anna")), [Ok(()), Ok(()), Ok(()), Err(10), Err(10)]);
        clock.advance(Duration::from_secs(9));
        assert_eq!(meter.take(b"anna"), Err(1));
        clock.advance(Duration::from_secs(1));
        assert_eq!([(); 2].map(|()| meter.take(b"anna")), [Ok(()), Err(10)]);
        clock.advance(Duration::from_mins(5));
        assert_eq!([(); 4].map(|()| meter.take(b"anna").is_ok()), [true, true, true, false]);
    }

    #[test]
    fn nobody_pays_for_somebody_else() {
        let (meter, _) = meter("2:1/h");

        assert_eq!([(); 3].map(|()| meter.take(b"anna").is_ok()), [true, true, false]);
        assert_eq!([(); 3].map(|()| meter.take(b"ben").is_ok()), [true, true, false]);
    }

    #[test]
    fn a_flood_of_addresses_takes_no_more_cells_than_there_are() {
        let (meter, _) = meter("1:1/h");

        for address in 0..300_000_u32 {
            let _counted = meter.take(&address.to_be_bytes());
        }

        let kept = meter.cells.len() as u64;
        assert!(CELLS / 2 < kept && kept <= CELLS, "{kept}");
    }
}
