//! State that lives from call to call, beside the store.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::Value;

/// State that lives from call to call, beside the store. The conforming server counts the calls
/// under way and notes outcomes; faults and variants note what they like.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    under_way: AtomicUsize,
    outcomes: Mutex<BTreeMap<String, bool>>,
    notes: Mutex<BTreeMap<String, Value>>,
}

/// A call under way, until it is dropped.
pub(crate) struct Presence<'a>(&'a Memory);

impl Memory {
    /// Counts a call in.
    pub(crate) fn enter(&self) -> Presence<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        Presence(self)
    }

    /// Whether several calls are under way.
    pub(crate) fn is_crowded(&self) -> bool {
        self.under_way() > 1
    }

    /// The number of calls under way.
    pub(crate) fn under_way(&self) -> usize {
        self.under_way.load(Ordering::Relaxed)
    }

    /// Notes whether a removal was refused.
    pub(crate) fn note_outcome(&self, user: &str, refused: bool) {
        self.outcomes().insert(user.to_owned(), refused);
    }

    /// Whether the last removal from this user was refused.
    pub(crate) fn outcome(&self, user: &str) -> Option<bool> {
        self.outcomes().get(user).copied()
    }

    /// Counts up under a key and returns the count.
    pub(crate) fn count(&self, key: &str) -> u64 {
        let mut notes = self.notes();
        let count = notes.get(key).and_then(Value::as_u64).unwrap_or_default() + 1;
        notes.insert(key.to_owned(), Value::from(count));
        count
    }

    /// Notes a value under a key and returns the one that was noted before.
    pub(crate) fn note(&self, key: &str, value: Value) -> Option<Value> {
        self.notes().insert(key.to_owned(), value)
    }

    /// The value that is noted under a key.
    pub(crate) fn recall(&self, key: &str) -> Option<Value> {
        self.notes().get(key).cloned()
    }

    /// Removes a note and returns its value.
    pub(crate) fn forget(&self, key: &str) -> Option<Value> {
        self.notes().remove(key)
    }

    fn outcomes(&self) -> MutexGuard<'_, BTreeMap<String, bool>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn notes(&self) -> MutexGuard<'_, BTreeMap<String, Value>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Presence<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}
