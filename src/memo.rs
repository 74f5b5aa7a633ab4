//! Remembered work: drawings by what decides them.
//!
//! A plain map from key to text; it knows nothing of pages or files. [`crate::disk`] keeps it between runs. A
//! key is a hash of everything that decides the drawing, so that a remembered one is never wrong:
//! warm output equals cold output byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Hash of everything that decides a remembered text.
pub type Key = [u8; 32];

/// Remembered texts. Shared between threads.
#[derive(Debug, Default)]
pub struct Memo {
    texts: Mutex<BTreeMap<Key, Arc<str>>>,
    used: Mutex<BTreeSet<Key>>,
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

    /// Everything that was asked for since this memo was made, by key: what is worth keeping.
    #[must_use]
    pub fn used(&self) -> Vec<(Key, Arc<str>)> {
        let (Ok(texts), Ok(used)) = (self.texts.lock(), self.used.lock()) else { return Vec::new() };
        used.iter().filter_map(|key| Some((*key, texts.get(key)?.clone()))).collect()
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
