//! New folders and files that are there whole or not at all: filled or written beside their place, then moved there. A folder
//! that is there already and empty stays the same folder, since somebody may stand in it: it is filled within, and what was
//! made is then moved up.
//!
//! Leftovers of a process that was killed are hidden by their name, and are cleared away by the next that writes there.

#![expect(clippy::disallowed_methods, reason = "makes files and folders")]

use crate::finding::{OrFail, Result, message};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Name of the folder that is filled, or the end of its name.
const WITHIN: &str = ".utsikt-new";

/// An empty folder beside the place of a new one, or within it.
pub struct Draft {
    /// The folder to fill.
    pub path: PathBuf,
    target: PathBuf,
    /// Held while it is filled, by a lock that ends with the process.
    _lock: File,
}

impl Draft {
    /// A folder to fill. The folders around the place are made if they are missing.
    ///
    /// # Errors
    /// When another process is filling it, or the file system fails.
    pub fn open(target: &Path) -> Result<Self> {
        let parent = target
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(parent).or_fail(|| message::cannot_make_folder(parent.display()))?;
        let path = if target.is_dir() {
            target.join(WITHIN)
        } else {
            beside(target, WITHIN)
        };
        let cannot = || message::cannot_make_folder(path.display());
        match fs::create_dir(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made.or_fail(cannot)?,
        }
        if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir()) {
            return Err(message::folder_needed(path.display()).into());
        }
        let lock = File::open(&path).or_fail(cannot)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(message::process_is_writing(target.display()).into()),
            Err(TryLockError::Error(error)) => return Err(error).or_fail(cannot),
        }
        for entry in fs::read_dir(&path).or_fail(cannot)? {
            let left = entry.or_fail(cannot)?.path();
            let is_folder = fs::symlink_metadata(&left).is_ok_and(|found| found.is_dir());
            let removed = if is_folder {
                fs::remove_dir_all(&left)
            } else {
                fs::remove_file(&left)
            };
            removed.or_fail(|| message::cannot_remove(left.display()))?;
        }
        Ok(Self {
            path,
            target: target.to_owned(),
            _lock: lock,
        })
    }

    /// Puts the folder in its place, which must be free or an empty folder, if it could be filled; else removes it.
    ///
    /// # Errors
    /// Why it could not be filled, or an error of the file system.
    pub fn place(self, filled: Result<()>) -> Result<()> {
        let is_within = self.path.parent() == Some(&self.target);
        let moved = filled.and_then(|()| {
            let moved = if is_within {
                move_up(&self.path, &self.target)
            } else {
                fs::rename(&self.path, &self.target)
            };
            moved.or_fail(|| message::cannot_place_folder(self.target.display()))
        });
        if moved.is_err() {
            // What cannot be removed now, the next try removes.
            let _ = fs::remove_dir_all(&self.path);
        }
        moved
    }
}

/// Moves everything in a folder to the folder around it, and removes it.
fn move_up(path: &Path, target: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        fs::rename(entry.path(), target.join(entry.file_name()))?;
    }
    fs::remove_dir(path)
}

/// Whether a folder has anything in it but what a killed process left behind.
///
/// # Errors
/// Errors of the file system.
pub fn has_files(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        if entry?.file_name() != WITHIN {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a file that must not be there yet, and the folders it lies in; false when it is there.
///
/// # Errors
/// Errors of the file system; the file is then not there.
pub fn write_new_file(path: &Path, bytes: &[u8]) -> Result<bool> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(parent).or_fail(|| message::cannot_make_folder(parent.display()))?;
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    let draft = beside(path, ".draft");
    let write = || {
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // A second name cannot be given where a file is, so that nothing is ever written over.
        fs::hard_link(&draft, path)
    };
    let written = write();
    let _ = fs::remove_file(&draft);
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        done => done.map(|()| true).or_fail(|| message::cannot_write(path.display())),
    }
}

/// A hidden name beside a path.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("new");
        let fill = |draft: &Draft| write_new_file(&draft.path.join("a"), b"text").map(drop);
        let draft = Draft::open(&target).unwrap();
        assert!(Draft::open(&target).is_err(), "two do not fill it at once");
        fs::write(draft.path.join("half"), "").unwrap();
        drop(draft);
        let draft = Draft::open(&target).unwrap();
        let filled = fill(&draft);
        draft.place(filled).unwrap();
        let names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["new"]);
        assert!(!target.join("half").exists());
    }

    #[test]
    fn a_file_that_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/a");
        assert!(write_new_file(&path, b"one").unwrap());
        assert!(!write_new_file(&path, b"two").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
