//! What is shown: the last good site in memory, when each file of it changed, and what is wrong with the input.
//!
//! Takes outcomes; gives files by address, and news to those who wait for them. Versions are numbers that only grow.

use super::panel::Panel;
use crate::render::Output;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The site that is shown. Shared between threads.
#[derive(Debug)]
pub struct Preview {
    state: Mutex<State>,
    news: Condvar,
}

/// Files by address: contents, `None` when taken away; and the version that made it so.
type Files = BTreeMap<String, (Option<Arc<[u8]>>, u64)>;

#[derive(Debug, Default)]
struct State {
    version: u64,
    files: Files,
    /// Whether the files are those of a site without errors.
    good: bool,
    panel: Panel,
}

impl Preview {
    /// A preview that shows nothing yet. Its versions come after `start`, which must be larger than those of earlier
    /// previews: a page that was left open since then knows that it is old.
    #[must_use]
    pub fn new(start: u64) -> Self {
        Self {
            state: Mutex::new(State {
                version: start,
                ..State::default()
            }),
            news: Condvar::new(),
        }
    }

    /// Shows another site, or, where there are errors, the last good one with what is wrong. Gives the number of addresses that changed.
    pub fn show(&self, outputs: &[Output], errors: bool, panel: Panel) -> usize {
        let mut state = self.lock();
        state.version += 1;
        state.panel = panel;
        let changed = if errors && state.good {
            0
        } else {
            state.replace(outputs)
        };
        state.good |= !errors;
        self.news.notify_all();
        changed
    }

    /// The file at an address, and the site's version.
    pub(super) fn file(&self, route: &str) -> (Option<Arc<[u8]>>, u64) {
        let state = self.lock();
        (
            state.files.get(route).and_then(|(bytes, _)| bytes.clone()),
            state.version,
        )
    }

    /// What changed after version `seen`, as soon as something has, with the version that it is now; `None` when nothing
    /// has come for this long.
    pub(super) fn news(&self, seen: u64, patience: Duration) -> Option<(u64, String)> {
        let waited = self
            .news
            .wait_timeout_while(self.lock(), patience, |state| state.version <= seen);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (state.version > seen).then(|| (state.version, state.told(seen)))
    }

    /// The same for somebody who has just come: what is wrong is told even when nothing changed.
    pub(super) fn greeting(&self, seen: u64) -> (u64, String) {
        let state = self.lock();
        (state.version, state.told(seen))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn replace(&mut self, outputs: &[Output]) -> usize {
        let version = self.version;
        let mut changed = 0;
        let mut left: Files = std::mem::take(&mut self.files);
        for output in outputs {
            let was = left.remove(&output.route);
            let file = match was {
                Some((Some(bytes), since)) if bytes == output.bytes => (Some(bytes), since),
                _ => {
                    changed += 1;
                    (Some(output.bytes.clone()), version)
                }
            };
            self.files.insert(output.route.clone(), file);
        }
        for (route, (bytes, since)) in left {
            changed += usize::from(bytes.is_some());
            let since = if bytes.is_some() { version } else { since };
            self.files.insert(route, (None, since));
        }
        changed
    }

    fn told(&self, seen: u64) -> String {
        let changed: Vec<&String> = self
            .files
            .iter()
            .filter(|(_, (_, since))| *since > seen)
            .map(|(route, _)| route)
            .collect();
        json!({ "version": self.version, "changed": changed, "panel": self.panel.value }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(files: &[(&str, &str)]) -> Vec<Output> {
        files
            .iter()
            .map(|(route, text)| Output {
                route: (*route).into(),
                bytes: text.as_bytes().into(),
            })
            .collect()
    }

    fn changed(preview: &Preview, seen: u64) -> Vec<String> {
        let told: serde_json::Value = serde_json::from_str(&preview.greeting(seen).1).unwrap();
        told["changed"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn only_what_is_another_changed() {
        let preview = Preview::new(10);
        assert_eq!(
            preview.show(&outputs(&[("a", "1"), ("b", "1")]), false, Panel::default()),
            2
        );
        assert_eq!(
            preview.show(&outputs(&[("b", "2"), ("c", "1")]), false, Panel::default()),
            3
        );
        assert_eq!(changed(&preview, 11), ["a", "b", "c"]);
        assert_eq!(preview.show(&outputs(&[("b", "2")]), false, Panel::default()), 1);
        assert_eq!(changed(&preview, 12), ["c"]);
        assert_eq!(
            changed(&preview, 0).len(),
            3,
            "somebody from an earlier preview is told of everything"
        );
        assert_eq!(preview.file("a"), (None, 13));
    }

    #[test]
    fn errors_leave_the_last_good_site() {
        let preview = Preview::new(0);
        preview.show(&outputs(&[("a", "half")]), true, Panel::default());
        assert!(
            preview.file("a").0.is_some(),
            "what could be made is better than nothing"
        );
        preview.show(&outputs(&[("a", "good")]), false, Panel::default());
        assert_eq!(preview.show(&outputs(&[("a", "bad")]), true, Panel::default()), 0);
        assert_eq!(preview.file("a").0.as_deref(), Some(b"good".as_slice()));
        assert_eq!(
            preview.news(2, Duration::ZERO).map(|(version, _)| version),
            Some(3),
            "what is wrong is news"
        );
    }

    #[test]
    fn who_waits_is_told() {
        let preview = Arc::new(Preview::new(0));
        assert_eq!(preview.news(0, Duration::from_millis(1)), None);
        let waiting = {
            let preview = preview.clone();
            std::thread::spawn(move || preview.news(0, Duration::from_secs(10)))
        };
        preview.show(&outputs(&[("a", "1")]), false, Panel::default());
        assert_eq!(waiting.join().unwrap().map(|(version, _)| version), Some(1));
    }
}
