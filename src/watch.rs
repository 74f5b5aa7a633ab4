//! Files that are touched: the system tells of them, and what comes in quick succession is told as one.
//!
//! Takes folders to keep an eye on; gives paths. Where the system cannot tell (too many folders for it, a disk that does not
//! know how), it says every second that something may have changed. Reads no contents and judges nothing.

#![expect(clippy::disallowed_methods, reason = "measures how long an edit has lain")]

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
/// How long a series may go on before what has come is told: a checkout of many files.
const LONGEST: Duration = Duration::from_millis(200);
/// How often the site is looked through when the system does not tell.
const TURN: Duration = Duration::from_secs(1);

/// Something to react to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// These paths were written, made or deleted.
    Touched(Vec<PathBuf>),
    /// Something was, but it is not known what.
    Unsure,
    /// The user wants to end.
    Stop,
}

/// What has come since the last time.
#[derive(Debug)]
pub struct Stir {
    /// What was touched, absolute.
    pub paths: BTreeSet<PathBuf>,
    /// Whether more may have been.
    pub unsure: bool,
    /// Whether the user wants to end.
    pub stop: bool,
    /// When the first of it was told.
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
    pub fn next(&self) -> Option<Stir> {
        let mut queue = self.lock();
        let mut stir = Stir {
            paths: BTreeSet::new(),
            unsure: false,
            stop: false,
            began: Instant::now(),
        };
        let mut notice = queue.waiting.pop_front().or_else(|| queue.told.recv().ok())?;
        loop {
            match notice {
                Notice::Touched(paths) => stir.paths.extend(paths),
                Notice::Unsure => stir.unsure = true,
                Notice::Stop => {
                    stir.stop = true;
                    return Some(stir);
                }
            }
            let left = LONGEST.saturating_sub(stir.began.elapsed());
            let another = queue.waiting.pop_front();
            match another.map_or_else(|| queue.told.recv_timeout(QUIET.min(left)), Ok) {
                Ok(another) => notice = another,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(stir),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An eye on some folders.
pub struct Watcher {
    /// `None`: the site is looked through in turn.
    eye: Option<RecommendedWatcher>,
    tell: Sender<Notice>,
}

impl Watcher {
    /// An eye on nothing yet, which tells here. With `polling` the system is not asked.
    #[must_use]
    pub fn start(tell: Sender<Notice>, polling: bool) -> Self {
        let config = Config::default().with_follow_symlinks(false);
        let eye = if polling {
            None
        } else {
            RecommendedWatcher::new(handler(tell.clone()), config).ok()
        };
        let watcher = Self { eye, tell };
        if watcher.is_polling() {
            watcher.poll();
        }
        watcher
    }

    /// Whether the site is looked through in turn, which takes longer to notice an edit.
    #[must_use]
    pub fn is_polling(&self) -> bool {
        self.eye.is_none()
    }

    /// Keeps an eye on these folders, each with all below it (`true`) or by itself. Ones that are seen already are looked for
    /// anew: a folder may have been deleted and made again. What does not exist is passed over.
    pub fn see(&mut self, folders: &[(PathBuf, bool)]) {
        let Some(eye) = &mut self.eye else { return };
        let mut add = |(folder, deep): &(PathBuf, bool)| {
            let mode = if *deep {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            eye.watch(folder, mode)
                .or_else(|error| if is_missing(&error) { Ok(()) } else { Err(error) })
        };
        if folders.iter().try_for_each(&mut add).is_err() {
            self.eye = None;
            self.poll();
        }
    }

    /// Says again and again that something may have changed, until nobody listens.
    fn poll(&self) {
        let tell = self.tell.clone();
        thread::spawn(move || {
            while tell.send(Notice::Unsure).is_ok() {
                thread::sleep(TURN);
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

fn handler(tell: Sender<Notice>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    move |event| {
        if let Some(notice) = notice(event) {
            // Nobody listens any longer when the program ends.
            let _ = tell.send(notice);
        }
    }
}

/// What an event means. That a file was read means nothing: we read them ourselves.
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
        let stir = notices.next().unwrap();
        assert_eq!(stir.paths, ["a", "b"].map(PathBuf::from).into());
        assert!(!stir.unsure && !stir.stop);
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
            watcher.see(&[(file.parent().unwrap().into(), true), ("/nowhere/at/all".into(), true)]);
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
