//! The journal of one consultation, for a receiver that adds to it for weeks: lines are appended and are on the disk before
//! anybody is told.
//!
//! Others write the journal too: an import puts a longer one in its place. So the lock is held for each group of lines and
//! no longer, and the file is looked at again before every group: a journal that is another, or longer, is read anew.

#![expect(clippy::disallowed_methods, reason = "appends to the journal")]

use crate::finding::{OrFail, Result, message};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The file beside the journal that keeps the pieces of lines that were cut off.
const TORN: &str = "responses.torn";
/// Most bytes of one line that is read back; a longer one was written by nobody here.
const LONGEST_LINE: u64 = 16 << 20;

/// A journal that is appended to.
#[derive(Debug)]
pub struct JournalFile {
    folder: PathBuf,
    path: PathBuf,
    lock: File,
    /// The file as it was left; `None`: it must be read before anything is added.
    known: Option<KnownFile>,
}

#[derive(Debug)]
struct KnownFile {
    file: File,
    inode: u64,
    length: u64,
}

/// How the end of a journal was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalEnd {
    /// Whole.
    Whole,
    /// The last line lacked its line break, which was added.
    Unended,
    /// So many bytes of a line that was never finished were moved to the file of torn lines.
    Torn(usize),
}

impl JournalFile {
    /// The journal `name` of `answers/ID`, a folder that is made if it is missing.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn open(answers: &Path, id: &str, name: &str) -> Result<Self> {
        let folder = answers.join(id);
        let shown = folder.display().to_string();
        fs::create_dir_all(&folder).or_fail(|| message::cannot_make_folder(&shown))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(super::answers::LOCK));
        Ok(Self {
            path: folder.join(name),
            lock: lock.or_fail(|| message::cannot_write_in(&shown))?,
            folder,
            known: None,
        })
    }

    /// Takes the lock, as soon as an import that holds it is done.
    ///
    /// # Errors
    /// When the file system has no locks.
    pub fn lock(&mut self) -> Result<LockedJournal<'_>> {
        self.lock
            .lock()
            .or_fail(|| message::cannot_lock(self.folder.display()))?;
        Ok(LockedJournal(self))
    }
}

/// A journal that nobody else may write, while this lives.
#[derive(Debug)]
pub struct LockedJournal<'a>(&'a mut JournalFile);

impl Drop for LockedJournal<'_> {
    fn drop(&mut self) {
        // It ends with the process at the latest.
        let _ = self.0.lock.unlock();
    }
}

impl LockedJournal<'_> {
    /// Whether the file is the one that was left here, with nothing added.
    #[must_use]
    pub fn is_known(&self) -> bool {
        let found = fs::metadata(&self.0.path);
        let known = self.0.known.as_ref();
        found
            .ok()
            .zip(known)
            .is_some_and(|(found, known)| found.ino() == known.inode && found.len() == known.length)
    }

    /// Reads every line. `is_response` takes a line and says whether it is one; a last line that has no line break and is none
    /// was never finished, and is moved out of the way.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn read(&mut self, mut is_response: impl FnMut(&str) -> bool) -> Result<JournalEnd> {
        let shown = self.0.path.display().to_string();
        self.0.known = None;
        let is_new = fs::symlink_metadata(&self.0.path).is_err();
        let opened = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(&self.0.path);
        let mut file = opened.or_fail(|| message::cannot_open(&shown))?;
        let (mut length, mut last) = (0, Vec::new());
        let mut last_is_response = true;
        let mut lines = BufReader::new(&mut file);
        loop {
            let mut line = Vec::new();
            let read = io::Read::take(&mut lines, LONGEST_LINE).read_until(b'\n', &mut line);
            if read.or_fail(|| message::cannot_read(&shown))? == 0 {
                break;
            }
            length += line.len() as u64;
            last_is_response = is_response(String::from_utf8_lossy(&line).trim_start_matches('\u{feff}'));
            last = line;
        }
        let end = if last.is_empty() || last.ends_with(b"\n") {
            JournalEnd::Whole
        } else if last_is_response {
            JournalEnd::Unended
        } else {
            JournalEnd::Torn(last.len())
        };
        let mut mend = |file: &mut File| {
            match end {
                JournalEnd::Whole => {}
                JournalEnd::Unended => {
                    file.write_all(b"\n")?;
                    length += 1;
                }
                JournalEnd::Torn(size) => {
                    let kept = OpenOptions::new()
                        .create(true)
                        .append(true)
                        .open(self.0.folder.join(TORN));
                    let mut kept = kept?;
                    kept.write_all(&last)?;
                    kept.write_all(b"\n")?;
                    kept.sync_data()?;
                    length -= size as u64;
                    file.set_len(length)?;
                }
            }
            if end != JournalEnd::Whole {
                file.sync_data()?;
            }
            // The name of a new file is on the disk only when its folder is.
            if is_new || end != JournalEnd::Whole {
                File::open(&self.0.folder)?.sync_all()?;
            }
            file.metadata()
        };
        let metadata = mend(&mut file).or_fail(|| message::cannot_write(&shown))?;
        self.0.known = Some(KnownFile {
            inode: metadata.ino(),
            file,
            length,
        });
        Ok(end)
    }

    /// Adds lines at the end, and waits until they are on the disk. After an error nothing of them is in the file, as far as
    /// the disk still obeys, and it must be read again.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn append(&mut self, lines: &[u8]) -> Result<()> {
        let shown = self.0.path.display().to_string();
        let Some(mut known) = self.0.known.take() else {
            return Err(message::changed_meanwhile(shown).into());
        };
        let written = known.file.write_all(lines).and_then(|()| known.file.sync_data());
        if written.is_ok() {
            known.length += lines.len() as u64;
            self.0.known = Some(known);
        } else {
            // What is half written belongs to nobody: all its senders are told that it failed.
            let _ = known.file.set_len(known.length);
            let _ = known.file.seek(SeekFrom::End(0)).and_then(|_| known.file.sync_data());
        }
        written.or_fail(|| message::cannot_write(shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: fn(&str) -> bool = |line| line.trim_end().ends_with('}');

    fn journal(contents: &str) -> (tempfile::TempDir, JournalFile) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/j"), contents).unwrap();
        let journal = JournalFile::open(folder.path(), "a", "j").unwrap();
        (folder, journal)
    }

    fn text(folder: &tempfile::TempDir, name: &str) -> String {
        fs::read_to_string(folder.path().join("a").join(name)).unwrap()
    }

    #[test]
    fn a_line_that_was_never_finished_is_moved_away() {
        let (folder, mut journal) = journal("{1}\n{2}\n{\"hal");
        let mut locked = journal.lock().unwrap();
        assert_eq!(locked.read(WHOLE).unwrap(), JournalEnd::Torn(5));
        locked.append(b"{3}\n").unwrap();
        assert_eq!(text(&folder, "j"), "{1}\n{2}\n{3}\n");
        assert_eq!(text(&folder, "responses.torn"), "{\"hal\n");
    }

    #[test]
    fn a_whole_line_without_its_break_is_kept() {
        let (folder, mut journal) = journal("{1}\n{2}");
        let mut locked = journal.lock().unwrap();
        assert_eq!(locked.read(WHOLE).unwrap(), JournalEnd::Unended);
        locked.append(b"{3}\n").unwrap();
        assert_eq!(text(&folder, "j"), "{1}\n{2}\n{3}\n");
    }

    #[test]
    fn a_journal_that_others_have_changed_is_read_again() {
        let (folder, mut journal) = journal("{1}\n");
        journal.lock().unwrap().read(WHOLE).unwrap();
        assert!(journal.lock().unwrap().is_known());
        // An import puts another file in its place.
        let path = folder.path().join("a/j");
        fs::write(folder.path().join("new"), "{1}\n{2}\n").unwrap();
        fs::rename(folder.path().join("new"), &path).unwrap();
        let mut locked = journal.lock().unwrap();
        assert!(!locked.is_known());
        let mut lines = 0;
        locked
            .read(|_| {
                lines += 1;
                true
            })
            .unwrap();
        locked.append(b"{3}\n").unwrap();
        assert_eq!((lines, text(&folder, "j").as_str()), (2, "{1}\n{2}\n{3}\n"));
    }
}
