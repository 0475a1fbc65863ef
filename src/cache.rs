//! What was used lately, kept in memory within limits in bytes: one for each cache, and one for all caches of a process
//! together, however many branches are active.

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lru::LruCache;

/// Bytes that all caches of a process keep together, roughly.
const ALL: usize = 512 << 20;

/// Bytes that one cache keeps, roughly.
const ONE: usize = 16 << 20;

/// Bytes that one cache may keep however much the others do: what one batch works on.
const FLOOR: usize = 64 << 10;

/// Bytes that an entry takes beside its value, roughly.
const OVERHEAD: usize = 128;

/// Something that knows how many bytes it takes in memory, roughly.
pub trait Weigh {
    fn weight(&self) -> usize;
}

/// The bytes that caches share.
#[derive(Debug, Clone)]
pub struct Budget {
    limit: usize,
    used: Arc<AtomicUsize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self::of(ALL)
    }
}

impl Budget {
    /// So many bytes.
    #[must_use]
    pub fn of(limit: usize) -> Self {
        Self { limit, used: Arc::default() }
    }

    /// Bytes that caches keep now, roughly.
    #[must_use]
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }
}

/// Values that were used lately.
pub struct Cache<K: Hash + Eq, V: Weigh> {
    kept: LruCache<K, V>,
    used: usize,
    budget: Budget,
}

impl<K: Hash + Eq, V: Weigh> Cache<K, V> {
    #[must_use]
    pub fn within(budget: &Budget) -> Self {
        Self { kept: LruCache::unbounded(), used: 0, budget: budget.clone() }
    }

    /// A value, which stays longer for having been asked for.
    pub fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.kept.get(key)
    }

    /// A value, without a claim to stay.
    pub fn peek(&self, key: &K) -> Option<&V> {
        self.kept.peek(key)
    }

    /// Keeps a value, and lets go of those that were not used for longest where there is not enough room.
    pub fn put(&mut self, key: K, value: V) {
        self.take(value.weight() + OVERHEAD);
        if let Some(old) = self.kept.put(key, value) {
            self.give_back(old.weight() + OVERHEAD);
        }
        while ONE < self.used || (FLOOR < self.used && self.budget.limit < self.budget.used()) {
            let Some((_, old)) = self.kept.pop_lru() else { break };
            self.give_back(old.weight() + OVERHEAD);
        }
    }

    pub fn forget(&mut self, key: &K) {
        if let Some(old) = self.kept.pop(key) {
            self.give_back(old.weight() + OVERHEAD);
        }
    }

    pub fn clear(&mut self) {
        self.kept.clear();
        self.give_back(self.used);
    }

    fn take(&mut self, bytes: usize) {
        self.used += bytes;
        self.budget.used.fetch_add(bytes, Ordering::Relaxed);
    }

    fn give_back(&mut self, bytes: usize) {
        self.used -= bytes;
        self.budget.used.fetch_sub(bytes, Ordering::Relaxed);
    }
}

impl<K: Hash + Eq, V: Weigh> Drop for Cache<K, V> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl<K: Hash + Eq, V: Weigh> fmt::Debug for Cache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} values of {} bytes", self.kept.len(), self.used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many bytes.
    struct Bytes(usize);

    impl Weigh for Bytes {
        fn weight(&self) -> usize {
            self.0 - OVERHEAD
        }
    }

    fn filled(budget: &Budget, values: usize, bytes: usize) -> Cache<usize, Bytes> {
        let mut cache = Cache::within(budget);
        for n in 0..values {
            cache.put(n, Bytes(bytes));
        }
        cache
    }

    #[test]
    fn a_cache_keeps_what_was_used_last_within_its_limit() {
        let mut cache = filled(&Budget::default(), 4, ONE / 4);
        cache.get(&0);
        cache.peek(&1);
        cache.put(4, Bytes(ONE / 4));

        let kept: Vec<usize> = (0..5).filter(|n| cache.peek(n).is_some()).collect();
        assert_eq!(kept, [0, 2, 3, 4]);
    }

    #[test]
    fn all_caches_together_keep_within_theirs_and_each_has_a_little() {
        let budget = Budget::of(FLOOR * 10);
        let first = filled(&budget, 100, FLOOR / 8);
        assert_eq!(first.used, FLOOR * 10);
        let late = filled(&budget, 100, FLOOR / 8);
        assert_eq!((first.used, late.used), (FLOOR * 10, FLOOR));

        drop(first);
        assert_eq!(budget.used(), late.used);
        let next = filled(&budget, 100, FLOOR / 8);
        assert_eq!(next.used, FLOOR * 9);
    }

    #[test]
    fn what_is_replaced_forgotten_or_cleared_is_not_counted_any_more() {
        let budget = Budget::default();
        let mut cache = filled(&budget, 10, 1_000);
        cache.put(0, Bytes(3_000));
        cache.forget(&1);
        cache.forget(&1);
        assert_eq!(budget.used(), 8 * 1_000 + 3_000);

        cache.clear();
        assert_eq!(budget.used(), 0);
        cache.put(0, Bytes(1_000));
        assert_eq!(budget.used(), 1_000);
    }
}
