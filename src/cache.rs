//! Drawings, remembered by everything that decides them.
//!
//! Takes a key and a way to make the text under it; gives the text, made once. A key is a hash of everything that decides
//! the text, so that a remembered text is never wrong: warm output equals cold output byte for byte. Knows nothing of what a
//! text shows, and remembers nothing about pages, which are cheap to make again. [`crate::disk`] keeps it between runs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Hash of everything that decides a text.
pub type Key = [u8; 32];

/// Bytes that are always kept, however little of them a run asked for: a site that is broken for a while, or one page of
/// it, does not throw the drawings of the others away.
const FLOOR: usize = 7 << 20;

/// Remembered texts. Shared between threads.
#[derive(Debug, Default)]
pub struct Cache {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    entries: BTreeMap<Key, Entry>,
    /// Number of the run that goes on.
    run: u32,
    made: usize,
    /// Whether other texts are remembered than when the cache was opened.
    changed: bool,
}

/// A remembered text, and the number of the run that last asked for it: higher is later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The text.
    pub text: Arc<str>,
    /// The run.
    pub run: u32,
}

impl Cache {
    /// A cache with what earlier runs remembered.
    #[must_use]
    pub fn new(entries: BTreeMap<Key, Entry>) -> Self {
        let run = entries.values().map(|entry| entry.run + 1).max().unwrap_or_default();
        let state = State {
            entries,
            run,
            ..State::default()
        };
        Self {
            state: Mutex::new(state),
        }
    }

    /// The text under this key, made and remembered when it is not there. Two threads may make one text at the same time;
    /// both make the same.
    ///
    /// # Errors
    /// What `make` fails with; nothing is remembered then.
    pub fn get_or_make<E>(&self, key: Key, make: impl FnOnce() -> Result<String, E>) -> Result<Arc<str>, E> {
        if let Some(text) = self.get(&key) {
            return Ok(text);
        }
        // Not under the lock: other threads draw meanwhile.
        let text: Arc<str> = make()?.into();
        let mut state = self.lock();
        let (run, entry_text) = (state.run, text.clone());
        state.entries.insert(key, Entry { text: entry_text, run });
        state.made += 1;
        state.changed = true;
        Ok(text)
    }

    fn get(&self, key: &Key) -> Option<Arc<str>> {
        let mut state = self.lock();
        let run = state.run;
        let entry = state.entries.get_mut(key)?;
        entry.run = run;
        Some(entry.text.clone())
    }

    /// Ends a run in which a whole site was made. Of the texts it did not ask for, those asked for most lately stay, as many
    /// bytes as it did ask for, so that an edit which is taken back finds its drawings; older ones are forgotten.
    pub fn end_run(&self) {
        let mut state = self.lock();
        let run = state.run;
        state.run += 1;
        let bytes = |entry: &Entry| entry.text.len();
        let used: usize = state.entries.values().filter(|entry| entry.run == run).map(bytes).sum();
        let mut room = FLOOR.max(2 * used);
        let mut by_age: Vec<(u32, Key, usize)> = state
            .entries
            .iter()
            .map(|(key, entry)| (entry.run, *key, bytes(entry)))
            .collect();
        by_age.sort_unstable_by(|a, b| b.cmp(a));
        for (_, key, bytes) in by_age {
            if bytes > room {
                state.entries.remove(&key);
                state.changed = true;
            }
            room = room.saturating_sub(bytes);
        }
    }

    /// Number of texts that were made, not remembered, since this cache was opened.
    #[must_use]
    pub fn made(&self) -> usize {
        self.lock().made
    }

    /// Whether other texts are remembered than when the cache was opened; which run asked for which does not count.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.lock().changed
    }

    /// Everything that is remembered.
    #[must_use]
    pub fn entries(&self) -> BTreeMap<Key, Entry> {
        self.lock().entries.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Texts are put in whole; a thread that panicked has left none half made.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cache, FLOOR};

    fn ask(cache: &Cache, key: u8, bytes: usize) {
        let text = cache.get_or_make([key; 32], || Ok::<_, ()>("x".repeat(bytes)));
        assert_eq!(text.map(|text| text.len()), Ok(bytes));
    }

    fn keys(cache: &Cache) -> Vec<u8> {
        cache.entries().keys().map(|key| key[0]).collect()
    }

    #[test]
    fn a_remembered_text_is_not_made_again() {
        let cache = Cache::default();
        ask(&cache, 1, 3);
        ask(&cache, 1, 3);
        assert_eq!(cache.made(), 1);
    }

    #[test]
    fn a_run_that_asks_for_nothing_forgets_nothing() {
        let cache = Cache::default();
        ask(&cache, 1, FLOOR - 1);
        cache.end_run();
        cache.end_run();
        ask(&cache, 1, FLOOR - 1);
        assert_eq!(cache.made(), 1);
    }

    #[test]
    fn texts_unused_for_longest_go_when_they_outweigh_those_used() {
        let cache = Cache::default();
        for key in 1..=3 {
            ask(&cache, key, FLOOR);
            cache.end_run();
        }
        assert_eq!(keys(&cache), [2, 3]);
    }
}
