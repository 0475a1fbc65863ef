//! Scopes of idempotency keys that began in this lane: it knows every key in them and need not ask the store, as long as
//! nobody else writes to the branch.

use std::num::NonZeroUsize;

use aggregates::ids::CartId;
use lru::LruCache;

use crate::command::IdempotencyKey;

/// How many scopes a lane knows; a cart lives longer than most clients need for it.
const SCOPES: usize = 4_096;

/// The keys of commands that were accepted, by scope.
pub(super) struct Scopes(LruCache<String, Vec<String>>);

impl Default for Scopes {
    fn default() -> Self {
        Self(LruCache::new(NonZeroUsize::new(SCOPES).unwrap_or(NonZeroUsize::MIN)))
    }
}

impl Scopes {
    /// A cart was opened: before that, no command can have been accepted in its scope.
    pub(super) fn begin(&mut self, cart: CartId) {
        self.0.put(cart.to_string(), vec![]);
    }

    /// A command with this key was accepted.
    pub(super) fn add(&mut self, key: &IdempotencyKey) {
        if let Some(keys) = self.0.get_mut(&key.scope) {
            keys.push(key.key.clone());
        }
    }

    /// Whether a command with this key may have been accepted.
    pub(super) fn may_hold(&self, key: &IdempotencyKey) -> bool {
        self.0.peek(&key.scope).is_none_or(|keys| keys.contains(&key.key))
    }

    /// Somebody else wrote, or may have.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
