//! Remembered work: drawings by what decides them, pages by what they looked at.
//!
//! A plain map from key to text, and records of pages; it knows nothing of what either shows. [`crate::disk`] keeps it between runs. A
//! key is a hash of everything that decides the drawing, so that a remembered one is never wrong:
//! warm output equals cold output byte for byte.

mod fact;
mod record;

pub use fact::{Fact, Ledger, Trace};
pub use record::{Anchor, Record, Seen};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Hash of everything that decides a remembered text.
pub type Key = [u8; 32];

/// Remembered texts. Shared between threads.
#[derive(Debug, Default)]
pub struct Memo {
    texts: Mutex<BTreeMap<Key, Arc<str>>>,
    used: Mutex<BTreeSet<Key>>,
    records: Mutex<BTreeMap<Key, Arc<Record>>>,
    kept: Mutex<BTreeMap<Key, Arc<Record>>>,
}

impl Memo {
    /// The text under this key, made and remembered when it is not there. Two threads may make the same text at once; both make the same.
    ///
    /// # Errors
    /// What `make` fails with; nothing is remembered then.
    pub fn recall<E>(&self, key: Key, make: impl FnOnce() -> Result<String, E>) -> Result<Arc<str>, E> {
        if let Ok(mut used) = self.used.lock() {
            used.insert(key);
        }
        let known = self.texts.lock().ok().and_then(|texts| texts.get(&key).cloned());
        if let Some(text) = known {
            return Ok(text);
        }
        let text: Arc<str> = make()?.into();
        self.insert(key, text.clone());
        Ok(text)
    }

    /// Remembers a text.
    pub fn insert(&self, key: Key, text: Arc<str>) {
        if let Ok(mut texts) = self.texts.lock() {
            texts.insert(key, text);
        }
    }

    /// What is remembered of the page of this name.
    pub fn record(&self, name: Key) -> Option<Arc<Record>> {
        self.records.lock().ok()?.get(&name).cloned()
    }

    /// Remembers a page for the next run.
    pub fn keep(&self, name: Key, record: Arc<Record>) {
        if let Ok(mut kept) = self.kept.lock() {
            kept.insert(name, record);
        }
    }

    /// Remembers a page of an earlier run.
    pub fn restore(&self, name: Key, record: Arc<Record>) {
        if let Ok(mut records) = self.records.lock() {
            records.insert(name, record);
        }
    }

    /// Ends a run: pages that were not kept in it are forgotten; all of them when `none` is to be trusted.
    pub fn settle(&self, none: bool) {
        let (Ok(mut records), Ok(mut kept)) = (self.records.lock(), self.kept.lock()) else {
            return;
        };
        let kept = std::mem::take(&mut *kept);
        *records = if none { BTreeMap::new() } else { kept };
    }

    /// All remembered pages by name.
    #[must_use]
    pub fn records(&self) -> Vec<(Key, Arc<Record>)> {
        let records = self.records.lock();
        records.map_or_else(
            |_| Vec::new(),
            |records| records.iter().map(|(key, it)| (*key, it.clone())).collect(),
        )
    }

    /// Everything that was asked for since this memo was made, by key: what is worth keeping.
    #[must_use]
    pub fn used(&self) -> Vec<(Key, Arc<str>)> {
        let (Ok(texts), Ok(used)) = (self.texts.lock(), self.used.lock()) else {
            return Vec::new();
        };
        used.iter()
            .filter_map(|key| Some((*key, texts.get(key)?.clone())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;

    #[test]
    fn what_is_remembered_is_not_made_again() {
        let memo = Memo::default();
        let first = memo.recall([1; 32], || Ok::<_, ()>("a".to_owned()));
        let second = memo.recall([1; 32], || Err(()));
        assert_eq!(first, second);
        assert_eq!(memo.used().len(), 1);
    }
}
