//! Answers that everybody is given alike, kept for a moment as the bytes that are sent: while a timetable opens for
//! booking, the same list is asked for again and again.
//!
//! An answer is not given any more once this process has answered a command of that branch, so whoever booked sees it at
//! once. What another process stored is shown half a second later at most, and that late what depends on the time.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use aggregates::ids::BranchId;
use chrono::{DateTime, TimeDelta, Utc};

use crate::cache::{Budget, Cache, Weigh};

/// How long an answer is given.
const FRESH: TimeDelta = TimeDelta::milliseconds(500);

/// Counters of what changed. Branches that share one make each other's answers anew, and nothing worse.
const COUNTERS: usize = 1024;

/// A list in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub body: Arc<[u8]>,
    /// Where the next page is, as the header `Link` says it (RFC 8288).
    pub link: Option<Arc<str>>,
}

/// What was answered lately.
#[derive(Clone)]
pub struct KeptAnswers {
    kept: Arc<Mutex<Cache<String, Kept>>>,
    changes: Arc<[AtomicU64]>,
    hasher: RandomState,
}

struct Kept {
    answer: Answer,
    since: Since,
}

/// What an answer that is about to be made stands for.
#[derive(Debug, Clone, Copy)]
pub struct Since {
    moment: DateTime<Utc>,
    changes: u64,
}

impl KeptAnswers {
    #[must_use]
    pub fn within(budget: &Budget) -> Self {
        Self {
            kept: Arc::new(Mutex::new(Cache::within(budget))),
            changes: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
        }
    }

    /// Something of that branch may have changed.
    pub fn changed(&self, branch: BranchId) {
        if let Some(counter) = self.counter(branch) {
            counter.fetch_add(1, Ordering::Release);
        }
    }

    /// To be asked before anything is read for an answer.
    #[must_use]
    pub fn now(&self, branch: BranchId, moment: DateTime<Utc>) -> Since {
        let changes = self.counter(branch).map_or(0, |counter| counter.load(Ordering::Acquire));
        Since { moment, changes }
    }

    /// The answer to such a request, if one was made that is as good as a new one.
    #[must_use]
    pub fn get(&self, request: &str, now: Since) -> Option<Answer> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Kept { answer, since } = kept.get(request)?;
        let age = now.moment - since.moment;
        let fresh = since.changes == now.changes && TimeDelta::zero() <= age && age < FRESH;
        fresh.then(|| answer.clone())
    }

    /// Keeps an answer to such a request.
    pub fn keep(&self, request: &str, since: Since, answer: &Answer) {
        let kept = Kept { answer: answer.clone(), since };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).put(request.to_owned(), kept);
    }

    fn counter(&self, branch: BranchId) -> Option<&AtomicU64> {
        let hash = self.hasher.hash_one(branch);
        self.changes.get(usize::try_from(hash % COUNTERS as u64).unwrap_or_default())
    }
}

impl Weigh for Kept {
    fn weight(&self) -> usize {
        size_of::<Self>() + self.answer.body.len() + self.answer.link.as_ref().map_or(0, |link| link.len())
    }
}

impl fmt::Debug for KeptAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeptAnswers").field(&self.kept).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &'static str) -> Answer {
        Answer { body: Arc::from(body.as_bytes()), link: None }
    }

    #[test]
    fn an_answer_is_given_until_the_branch_changes_or_half_a_second_has_passed() {
        let answers = KeptAnswers::within(&Budget::default());
        let branch = BranchId(uuid::Uuid::max());
        let (noon, later) = (DateTime::UNIX_EPOCH, |ms| DateTime::UNIX_EPOCH + TimeDelta::milliseconds(ms));
        let begun = answers.now(branch, noon);
        answers.keep("/list", begun, &answer("two"));

        assert_eq!(answers.get("/list", answers.now(branch, noon)), Some(answer("two")));
        assert_eq!(answers.get("/list", answers.now(branch, later(499))), Some(answer("two")));
        assert_eq!(answers.get("/list?limit=1", answers.now(branch, noon)), None);
        assert_eq!(answers.get("/list", answers.now(branch, later(500))), None);
        assert_eq!(answers.get("/list", answers.now(branch, later(-1))), None, "the clock was set back");

        answers.changed(branch);
        assert_eq!(answers.get("/list", answers.now(branch, noon)), None);
        answers.keep("/list", begun, &answer("two"));
        assert_eq!(answers.get("/list", answers.now(branch, noon)), None, "it was read before the change");
    }
}
