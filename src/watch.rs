//! Edits of files, as the operating system reports them; those in quick succession are given as one.
//!
//! Takes folders to watch; gives paths. Where the system cannot watch (too many folders for it, a disk that does not know
//! how), a notice every second says that something may have changed. Reads no contents and judges nothing.

#![expect(clippy::disallowed_methods, reason = "measures how long a series of edits lasts")]

use notify::event::{EventKind, MetadataKind, ModifyKind};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Silence after which a series of edits is over: programs save in several steps, mostly within a millisecond. What comes later
/// interrupts the build.
const QUIET: Duration = Duration::from_millis(5);
/// The longest that a series is waited for, such as a checkout of many files.
const LONGEST: Duration = Duration::from_millis(200);
/// The interval between two notices where the system does not watch.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// A message to whoever serves the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// These paths were written, made or deleted.
    Touched(Vec<PathBuf>),
    /// Something may have been; it is not known what.
    Unsure,
    /// The user wants to end.
    Stop,
}

/// A series of edits in quick succession.
#[derive(Debug)]
pub struct Edits {
    /// Paths that were touched, absolute.
    pub paths: BTreeSet<PathBuf>,
    /// Whether other paths may have been touched too.
    pub unsure: bool,
    /// Whether the user wants to end.
    pub stop: bool,
    /// Moment of the first notice.
    pub began: Instant,
}

/// Notices as they come, one after the other. May be asked from several threads.
#[derive(Debug)]
pub struct Notices(Mutex<Queue>);

#[derive(Debug)]
struct Queue {
    told: Receiver<Notice>,
    /// Notices that have come and not been reacted to.
    waiting: VecDeque<Notice>,
}

impl Notices {
    /// What comes this way.
    #[must_use]
    pub fn new(told: Receiver<Notice>) -> Self {
        let waiting = VecDeque::new();
        Self(Mutex::new(Queue { told, waiting }))
    }

    /// Whether an edit, or the wish to end, has come and not been reacted to. That something may have changed does not count:
    /// where the system cannot tell, it is said every second.
    #[must_use]
    pub fn interrupt(&self) -> bool {
        let mut queue = self.lock();
        let come: Vec<Notice> = queue.told.try_iter().collect();
        queue.waiting.extend(come);
        queue.waiting.iter().any(|notice| *notice != Notice::Unsure)
    }

    /// Waits until something comes and then until it is quiet; `None` when nobody is left who could tell.
    #[must_use]
    pub fn next(&self) -> Option<Edits> {
        let mut queue = self.lock();
        let mut edits = Edits {
            paths: BTreeSet::new(),
            unsure: false,
            stop: false,
            began: Instant::now(),
        };
        let mut notice = queue.waiting.pop_front().or_else(|| queue.told.recv().ok())?;
        loop {
            match notice {
                Notice::Touched(paths) => edits.paths.extend(paths),
                Notice::Unsure => edits.unsure = true,
                Notice::Stop => {
                    edits.stop = true;
                    return Some(edits);
                }
            }
            let left = LONGEST.saturating_sub(edits.began.elapsed());
            let another = queue.waiting.pop_front();
            match another.map_or_else(|| queue.told.recv_timeout(QUIET.min(left)), Ok) {
                Ok(another) => notice = another,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(edits),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A watch on some folders.
pub struct Watcher {
    /// The system's own watcher; `None` when notices come at intervals instead.
    system: Option<RecommendedWatcher>,
    sender: Sender<Notice>,
}

impl Watcher {
    /// A watcher of nothing yet, which sends its notices here. With `polling` the system is not asked.
    #[must_use]
    pub fn start(sender: Sender<Notice>, polling: bool) -> Self {
        let config = Config::default().with_follow_symlinks(false);
        let system = if polling {
            None
        } else {
            RecommendedWatcher::new(handler(sender.clone()), config).ok()
        };
        let watcher = Self { system, sender };
        if watcher.is_polling() {
            watcher.poll();
        }
        watcher
    }

    /// Whether notices come at intervals, so that it takes longer to notice an edit.
    #[must_use]
    pub fn is_polling(&self) -> bool {
        self.system.is_none()
    }

    /// Watches these folders, each with all below it (`true`) or by itself. Those that are watched already are added anew: a
    /// folder may have been deleted and made again. Folders that do not exist are passed over.
    pub fn watch(&mut self, folders: &[(PathBuf, bool)]) {
        let Some(system) = &mut self.system else { return };
        let mut add = |(folder, deep): &(PathBuf, bool)| {
            let mode = if *deep {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            system
                .watch(folder, mode)
                .or_else(|error| if is_missing(&error) { Ok(()) } else { Err(error) })
        };
        if folders.iter().try_for_each(&mut add).is_err() {
            self.system = None;
            self.poll();
        }
    }

    /// Sends a notice at intervals that something may have changed, until nobody listens.
    fn poll(&self) {
        let sender = self.sender.clone();
        thread::spawn(move || {
            while sender.send(Notice::Unsure).is_ok() {
                thread::sleep(POLL_INTERVAL);
            }
        });
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn handler(sender: Sender<Notice>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    move |event| {
        if let Some(notice) = notice(event) {
            // Nobody listens any longer when the program ends.
            let _ = sender.send(notice);
        }
    }
}

/// The notice that an event gives rise to. That a file was read means nothing: a build reads all of them.
fn notice(event: notify::Result<notify::Event>) -> Option<Notice> {
    match event {
        Err(_) => Some(Notice::Unsure),
        Ok(event) if event.need_rescan() => Some(Notice::Unsure),
        Ok(event) => match event.kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => None,
            _ => Some(Notice::Touched(event.paths)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::mpsc;

    #[test]
    fn what_comes_in_quick_succession_is_told_as_one() {
        let (tell, told) = mpsc::channel();
        let notices = Notices::new(told);
        assert!(!notices.interrupt());
        for name in ["a", "b", "a"] {
            tell.send(Notice::Touched(vec![name.into()])).unwrap();
        }
        assert!(notices.interrupt());
        let edits = notices.next().unwrap();
        assert_eq!(edits.paths, ["a", "b"].map(PathBuf::from).into());
        assert!(!edits.unsure && !edits.stop);
        tell.send(Notice::Stop).unwrap();
        assert!(notices.next().unwrap().stop);
        drop(tell);
        assert!(notices.next().is_none());
    }

    #[test]
    fn both_ways_tell_of_an_edit() {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::canonicalize(folder.path()).unwrap().join("a.md");
        fs::write(&file, "text").unwrap();
        for (polling, expected) in [(false, Notice::Touched(vec![file.clone()])), (true, Notice::Unsure)] {
            let (tell, told) = mpsc::channel();
            let mut watcher = Watcher::start(tell, polling);
            watcher.watch(&[(file.parent().unwrap().into(), true), ("/nowhere/at/all".into(), true)]);
            fs::write(&file, "another text").unwrap();
            assert_eq!(told.recv_timeout(Duration::from_secs(10)).unwrap(), expected);
            assert_eq!(watcher.is_polling(), polling);
        }
    }

    #[test]
    fn reading_is_no_edit() {
        let open = EventKind::Access(notify::event::AccessKind::Any);
        assert_eq!(notice(Ok(notify::Event::new(open))), None);
    }
}
