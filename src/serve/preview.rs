//! The site that the preview shows: the last good one in memory, when each file of it changed, and what is wrong with the
//! input.
//!
//! Takes outcomes; gives files by address, and news to those who wait for them. While a build goes on, pages that somebody
//! waits for or has open are asked of it first, and shown as soon as they are rendered. Versions are numbers that only
//! grow.

use super::panel::Panel;
use crate::page::Output;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a browser waits for a page of the build that goes on before it gets the page as it was.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The site that is shown. Shared between threads.
#[derive(Debug)]
pub struct Preview {
    state: Mutex<State>,
    /// Notified when anything of the state changed.
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
    /// Pages that browsers have open or wait for, and how many do.
    readers: BTreeMap<String, usize>,
    /// The build that goes on.
    build: Option<Build>,
}

/// A build that goes on.
#[derive(Debug, Default)]
struct Build {
    /// Files that are as the build makes them.
    ready: BTreeSet<String>,
    /// Pages with readers that have not been asked for yet.
    wanted: VecDeque<String>,
    /// Number of files that changed so far.
    changed: usize,
}

/// Somebody who reads a page, or waits for it; no longer when dropped.
pub(super) struct Reader<'a> {
    preview: &'a Preview,
    route: String,
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut state = self.preview.lock();
        if let Some(count) = state.readers.get_mut(&self.route) {
            *count -= 1;
            if *count == 0 {
                state.readers.remove(&self.route);
            }
        }
    }
}

impl Preview {
    /// A preview that shows nothing yet and waits for its first build. Its versions come after `start`, which must be larger
    /// than those of earlier previews: a page that was left open since then knows that it is old.
    #[must_use]
    pub fn new(start: u64) -> Self {
        Self {
            state: Mutex::new(State {
                version: start,
                build: Some(Build::default()),
                ..State::default()
            }),
            news: Condvar::new(),
        }
    }

    /// A build begins; one that went on before is given up. Whoever asks for a page waits for this build's.
    pub fn begin(&self) {
        let mut state = self.lock();
        let wanted = state.readers.keys().cloned().collect();
        state.build = Some(Build {
            wanted,
            ..Build::default()
        });
    }

    /// A page with readers that the build has not been asked for yet.
    pub fn next_wanted(&self) -> Option<String> {
        self.lock().build.as_mut()?.wanted.pop_front()
    }

    /// Shows files of the build that goes on, without waiting for the others.
    pub fn show_early(&self, outputs: &[Output]) {
        let mut state = self.lock();
        let next = state.version + 1;
        let changed = outputs.iter().filter(|output| state.put(output, next)).count();
        if changed > 0 {
            state.version = next;
        }
        if let Some(build) = &mut state.build {
            build.changed += changed;
            build.ready.extend(outputs.iter().map(|output| output.route.clone()));
        }
        self.news.notify_all();
    }

    /// Ends a build: shows its site, or, where there are errors, the last good one with what is wrong. Gives the number of
    /// addresses that changed.
    pub fn show(&self, outputs: &[Output], errors: bool, panel: Panel) -> usize {
        let mut state = self.lock();
        state.version += 1;
        state.panel = panel;
        let early = state.build.take().map_or(0, |build| build.changed);
        let changed = if errors && state.good {
            0
        } else {
            state.replace(outputs)
        };
        state.good |= !errors;
        self.news.notify_all();
        early + changed
    }

    /// The file at an address, and the site's version. While a build goes on, waits until it has made the file, or is over.
    pub(super) fn file(&self, route: &str) -> (Option<Arc<[u8]>>, u64) {
        let mut state = self.lock();
        if state.is_awaited(route) {
            drop(state);
            let _reader = self.reader(route);
            let waited = self
                .news
                .wait_timeout_while(self.lock(), LONGEST_WAIT, |state| state.is_awaited(route));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            let found = state.file(route);
            // The reader takes the lock when it goes.
            drop(state);
            return found;
        }
        state.file(route)
    }

    /// Somebody who reads this page, or waits for it.
    pub(super) fn reader(&self, route: &str) -> Reader<'_> {
        let mut state = self.lock();
        *state.readers.entry(route.to_owned()).or_default() += 1;
        if state.is_awaited(route)
            && let Some(build) = &mut state.build
        {
            build.wanted.push_back(route.to_owned());
        }
        Reader {
            preview: self,
            route: route.to_owned(),
        }
    }

    /// What changed after version `seen`, as soon as something has, with the version that it is now; `None` when nothing
    /// has come for this long.
    pub(super) fn news(&self, seen: u64, patience: Duration) -> Option<(u64, String)> {
        let waited = self
            .news
            .wait_timeout_while(self.lock(), patience, |state| state.version <= seen);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (state.version > seen).then(|| (state.version, state.news(seen)))
    }

    /// The same for somebody who has just come: what is wrong is told even when nothing changed.
    pub(super) fn greeting(&self, seen: u64) -> (u64, String) {
        let state = self.lock();
        (state.version, state.news(seen))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn file(&self, route: &str) -> (Option<Arc<[u8]>>, u64) {
        let bytes = self.files.get(route).and_then(|(bytes, _)| bytes.clone());
        (bytes, self.version)
    }

    /// Whether the build that goes on may still make this file.
    fn is_awaited(&self, route: &str) -> bool {
        self.build.as_ref().is_some_and(|build| !build.ready.contains(route))
    }

    /// Puts a file in its place; whether it is another than before, which it then is since this version.
    fn put(&mut self, output: &Output, version: u64) -> bool {
        let is_same = |(bytes, _): &(Option<Arc<[u8]>>, u64)| bytes.as_ref() == Some(&output.bytes);
        if self.files.get(&output.route).is_some_and(is_same) {
            return false;
        }
        let file = (Some(output.bytes.clone()), version);
        self.files.insert(output.route.clone(), file);
        true
    }

    /// Takes these files for the whole site; how many changed.
    fn replace(&mut self, outputs: &[Output]) -> usize {
        let version = self.version;
        let mut changed = outputs.iter().filter(|output| self.put(output, version)).count();
        let routes: BTreeSet<&str> = outputs.iter().map(|output| output.route.as_str()).collect();
        for (route, (bytes, since)) in &mut self.files {
            if bytes.is_some() && !routes.contains(route.as_str()) {
                (*bytes, *since) = (None, version);
                changed += 1;
            }
        }
        changed
    }

    fn news(&self, seen: u64) -> String {
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
    fn a_page_that_somebody_waits_for_is_asked_of_the_build_and_shown_before_it_ends() {
        let preview = Arc::new(Preview::new(0));
        preview.show(&outputs(&[("a", "1"), ("b", "1")]), false, Panel::default());
        let _open = preview.reader("b");
        preview.begin();
        assert_eq!(preview.next_wanted().as_deref(), Some("b"));
        let waiting = {
            let preview = preview.clone();
            std::thread::spawn(move || preview.file("a").0)
        };
        let asked = std::iter::repeat_with(|| preview.next_wanted()).find_map(|wanted| wanted);
        assert_eq!(asked.as_deref(), Some("a"));
        preview.show_early(&outputs(&[("a", "2")]));
        assert_eq!(waiting.join().unwrap().as_deref(), Some(b"2".as_slice()));
        assert_eq!(changed(&preview, 1), ["a"]);
        assert_eq!(
            preview.show(&outputs(&[("a", "2"), ("b", "2")]), false, Panel::default()),
            2,
            "those shown early count"
        );
        assert_eq!(preview.next_wanted(), None);
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
