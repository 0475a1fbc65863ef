//! How much the mirror may do while clients book.
//!
//! A thread below all others still slows the other half of its core and warms caches for itself. So while this process records
//! facts, the mirror takes no more than a small share of one processor, whatever piles up; when it is quiet, it takes what is
//! idle.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::followers::Appended;

/// The share of one processor while facts are recorded.
const SHARE: f64 = 0.03;

/// How long after the last append it is quiet.
const QUIET: Duration = Duration::from_millis(500);

/// Seconds of a processor that it may take at once, after it took less than its share.
const BURST: f64 = 0.02;

/// How long it rests until it looks again whether it is quiet.
const REST: Duration = Duration::from_millis(100);

/// Keeps the one thread of the mirror to its share.
pub(super) struct Pace {
    appended: Arc<Appended>,
    account: Account,
}

impl Pace {
    pub(super) fn new(appended: Arc<Appended>) -> Self {
        Self { appended, account: Account::default() }
    }

    /// Waits until more may be done.
    pub(super) async fn wait(&mut self) {
        while !self.appended.is_quiet_for(QUIET) && !self.account.settle(Instant::now(), spent()) {
            tokio::time::sleep(REST).await;
        }
    }
}

/// Processor time of this thread (`clock_gettime(2)`, `CLOCK_THREAD_CPUTIME_ID`).
fn spent() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap_or_default()
}

/// Seconds of a processor: what was earned by waiting, and what was spent.
#[derive(Debug, Default)]
struct Account {
    balance: f64,
    /// When it was settled last, and what had been spent in all by then.
    settled: Option<(Instant, Duration)>,
}

impl Account {
    /// Whether more may be spent, after what was earned and spent since it was settled last.
    fn settle(&mut self, now: Instant, spent: Duration) -> bool {
        let (then, before) = self.settled.replace((now, spent)).unwrap_or((now, spent));
        let earned = SHARE * now.saturating_duration_since(then).as_secs_f64();
        self.balance = (self.balance + earned).min(BURST) - spent.saturating_sub(before).as_secs_f64();
        0.0 <= self.balance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_spent_more_than_its_share_waits_for_the_rest_of_it() {
        let (mut account, began) = (Account::default(), Instant::now());
        let mut settle = |after: u64, spent: u64| {
            account.settle(began + Duration::from_millis(after), Duration::from_millis(spent))
        };

        assert!(settle(0, 0));
        // 3 ms were earned, and 10 were spent.
        assert!(!settle(100, 10));
        assert!(!settle(320, 10));
        assert!(settle(340, 10));
        // What is earned by doing nothing for long is no more than a burst.
        assert!(settle(60_000, 10));
        assert!(settle(60_000, 29));
        assert!(!settle(60_000, 31));
    }
}
