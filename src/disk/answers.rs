//! The answers folder: read into a snapshot under `answers/`, wherever it lies.
//!
//! Its journal only grows: an import puts the longer one in the place of the shorter in one step, under a lock, and only if
//! nobody else has changed it meanwhile.

#![expect(clippy::disallowed_methods, reason = "reads and writes the answers folder")]

use super::gather::{read_all, walk};
use crate::finding::{OrFail, Result, message};
use crate::source::Snapshot;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file whose lock is the right to change a consultation's answers.
pub(super) const LOCK: &str = ".lock";
/// Time between two attempts at the lock, and how many there are: ten seconds' worth. A receiver holds it for milliseconds.
const PAUSE: Duration = Duration::from_millis(25);
const ATTEMPTS: usize = 400;

/// The folder of a site's answers: `argument` of the command line as seen from here, else `setting` as seen from the site.
#[must_use]
pub fn answers_folder(site: &Path, setting: &str, argument: Option<&Path>) -> PathBuf {
    argument.map_or_else(|| site.join(setting), Path::to_path_buf)
}

/// Whether a folder lies in another, or is that folder. What does not exist lies nowhere.
#[must_use]
pub fn lies_in(folder: &Path, other: &Path) -> bool {
    let ends = fs::canonicalize(folder).ok().zip(fs::canonicalize(other).ok());
    ends.is_some_and(|(folder, other)| folder.starts_with(other))
}

/// Adds the files of an answers folder to a snapshot. A folder that is missing is empty.
pub fn gather_answers(snapshot: &mut Snapshot, site: &Path, folder: &Path) {
    snapshot.answers = format!("{}/", folder.display());
    snapshot.answers_outside = !lies_in(folder, site);
    let Ok(home) = fs::canonicalize(folder) else { return };
    let (files, unreadable) = walk(&home);
    for (path, bytes) in read_all(&home, &files) {
        match bytes {
            Ok(bytes) => snapshot.insert(&format!("answers/{path}"), ended(&home.join(path), bytes)),
            Err(error) => snapshot.add_unreadable(&format!("answers/{path}"), (&error).into()),
        }
    }
    for file in unreadable {
        snapshot.add_unreadable(&format!("answers/{}", file.path), file.reason);
    }
}

/// The bytes of a file of lines whose last one is whole. A receiver may be writing it just now, which takes a moment; what has
/// no end after that is read as it is.
fn ended(path: &Path, mut bytes: Vec<u8>) -> Vec<u8> {
    let is_lines = path.extension().is_some_and(|ending| ending == "jsonl");
    for _ in 0..5 {
        if !is_lines || bytes.is_empty() || bytes.ends_with(b"\n") {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
        bytes = fs::read(path).unwrap_or(bytes);
    }
    bytes
}

/// The invitation codes in a folder of answers, by the id of the consultation; codes that cannot be read are left out.
#[must_use]
pub fn read_codes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(std::result::Result::ok);
    let codes = entries.filter_map(|entry| {
        let id = entry.file_name().into_string().ok()?;
        Some((id, fs::read(entry.path().join("codes.csv")).ok()?))
    });
    codes.collect()
}

/// The contents of a file to import or of a mapping.
///
/// # Errors
/// When it cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).or_fail(|| message::cannot_read(path.display()))
}

/// The right to change one consultation's answers, while it lives.
#[derive(Debug)]
pub struct AnswersLock {
    folder: PathBuf,
    _file: File,
}

impl AnswersLock {
    /// Takes the lock of `folder/ID`, which is made if it is missing; waits up to ten seconds while somebody else has it.
    ///
    /// # Errors
    /// When somebody else is importing, or the file system fails.
    pub fn take(folder: &Path, id: &str) -> Result<Self> {
        Self::within(ATTEMPTS, folder, id)
    }

    fn within(attempts: usize, folder: &Path, id: &str) -> Result<Self> {
        let folder = folder.join(id);
        let shown = folder.display().to_string();
        fs::create_dir_all(&folder).or_fail(|| message::cannot_make_folder(&shown))?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join(LOCK));
        let file = file.or_fail(|| message::cannot_write_in(&shown))?;
        for attempt in 0..attempts {
            if attempt > 0 {
                std::thread::sleep(PAUSE);
            }
            match file.try_lock() {
                Ok(()) => return Ok(Self { folder, _file: file }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error).or_fail(|| message::cannot_lock(shown)),
            }
        }
        Err(message::import_is_writing(shown).into())
    }

    /// Puts these contents in the place of a file, whole or not at all.
    ///
    /// # Errors
    /// Errors of the file system, or when the file is no longer as it `was`; then nothing has changed.
    pub fn replace(&self, name: &str, was: &[u8], parts: &[&[u8]]) -> Result<()> {
        let path = self.folder.join(name);
        let shown = path.display().to_string();
        let now = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.or_fail(|| message::cannot_read(&shown))?,
        };
        if now != was {
            return Err(message::changed_meanwhile(shown).into());
        }
        let draft = self.folder.join(format!(".{name}.draft"));
        let write = || {
            let mut file = File::create(&draft)?;
            parts.iter().try_for_each(|part| file.write_all(part))?;
            file.sync_all()?;
            fs::rename(&draft, &path)
        };
        let written = write().or_fail(|| message::cannot_write(shown));
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
        written
    }

    /// Adds lines at the end of a file.
    ///
    /// # Errors
    /// Errors of the file system.
    pub fn append(&self, name: &str, lines: &str) -> Result<()> {
        let path = self.folder.join(name);
        let write = || {
            OpenOptions::new()
                .create(true)
                .append(true)
                .open(&path)?
                .write_all(lines.as_bytes())
        };
        write().or_fail(|| message::cannot_write(path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let lock = AnswersLock::take(folder.path(), "enkat").unwrap();
        lock.replace("responses.jsonl", b"", &[b"one\n"]).unwrap();
        assert!(lock.replace("responses.jsonl", b"", &[b"two\n"]).is_err());
        lock.replace("responses.jsonl", b"one\n", &[b"one\n", b"two\n"])
            .unwrap();
        assert_eq!(
            fs::read(folder.path().join("enkat/responses.jsonl")).unwrap(),
            b"one\ntwo\n"
        );
    }

    #[test]
    fn two_imports_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let first = AnswersLock::take(folder.path(), "enkat").unwrap();
        assert!(AnswersLock::within(2, folder.path(), "enkat").is_err());
        drop(first);
        assert!(AnswersLock::take(folder.path(), "enkat").is_ok());
    }

    #[test]
    fn the_folder_is_read_wherever_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("site/data")).unwrap();
        fs::create_dir_all(folder.path().join("svar/enkat")).unwrap();
        fs::write(folder.path().join("svar/enkat/responses.jsonl"), "{}").unwrap();
        fs::write(folder.path().join("svar/enkat/.lock"), "").unwrap();
        let mut snapshot = Snapshot::default();
        gather_answers(&mut snapshot, &folder.path().join("site"), &folder.path().join("svar"));
        let found: Vec<_> = snapshot.under("", "").map(|file| file.path.to_string()).collect();
        assert_eq!(found, ["answers/enkat/responses.jsonl"]);
        assert!(snapshot.answers_outside);
    }
}
