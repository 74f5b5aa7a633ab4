//! Files of a site's data that are written together: all of them or none.
//!
//! Each is written beside its place first, under a hidden name. Only when all are on the disk are they put in place, one
//! after the other; the files they replace are kept until the last one is there. A list in `data/.import` names the files
//! under way: an import that was killed meanwhile is undone by the next one, before anything else.

#![expect(clippy::disallowed_methods, reason = "writes the site's data")]

use crate::finding::{OrFail, Result, message};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The list of files under way in a site, which is also the lock.
const LIST: &str = "data/.import";
/// The list and lock in a folder that is no site's.
const LIST_ELSEWHERE: &str = ".utsikt-writing";

/// The right to write a site's data, while it lives.
#[derive(Debug)]
pub struct DataLock {
    site: PathBuf,
    list: PathBuf,
    file: File,
}

/// A file under way.
struct PendingFile {
    /// Its path when it is done.
    place: PathBuf,
    /// The new contents, until they are put in place.
    next: PathBuf,
    /// A second name of the file that it replaces, if there is one.
    was: PathBuf,
}

impl PendingFile {
    fn new(site: &Path, path: &str) -> Self {
        let place = site.join(path);
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = |ending: &str| place.with_file_name(format!(".{name}.{ending}"));
        Self {
            next: beside("next"),
            was: beside("was"),
            place,
        }
    }

    /// Removes the second name of the file that was replaced.
    fn forget(&self) -> io::Result<()> {
        match fs::remove_file(&self.was) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// Puts back the file that was replaced, if there was one. Only for a file that has been prepared.
    fn undo(&self) -> io::Result<()> {
        let exists = |path: &Path| fs::symlink_metadata(path).is_ok();
        if exists(&self.was) {
            fs::rename(&self.was, &self.place)?;
        } else if !exists(&self.next) && exists(&self.place) {
            // It was put in place, and replaced nothing.
            fs::remove_file(&self.place)?;
        }
        if exists(&self.next) {
            fs::remove_file(&self.next)?;
        }
        Ok(())
    }
}

impl DataLock {
    /// Takes the lock of a site's data, and undoes the work of an import that was killed.
    ///
    /// # Errors
    /// When somebody else is importing, or the file system fails.
    pub fn take(site: &Path) -> Result<Self> {
        let site = fs::canonicalize(site).or_fail(|| message::cannot_find_site(site.display()))?;
        let list = site.join(LIST);
        Self::open(site, list)
    }

    /// Undoes or completes the work of an import that was killed, if there is any: before the site is read, which would else be
    /// read half written.
    ///
    /// # Errors
    /// When somebody is importing just now, or the file system fails.
    pub fn recover(site: &Path) -> Result<()> {
        if fs::symlink_metadata(site.join(LIST)).is_err() {
            Ok(())
        } else {
            Self::take(site).map(drop)
        }
    }

    /// Takes the lock of a folder that is no site's, which is made if it is missing.
    ///
    /// # Errors
    /// When somebody else is writing there, or the file system fails.
    pub fn take_folder(folder: &Path) -> Result<Self> {
        let cannot = || message::cannot_make_folder(folder.display());
        fs::create_dir_all(folder).or_fail(cannot)?;
        let folder = fs::canonicalize(folder).or_fail(cannot)?;
        let list = folder.join(LIST_ELSEWHERE);
        Self::open(folder, list)
    }

    fn open(site: PathBuf, path: PathBuf) -> Result<Self> {
        let shown = path.display().to_string();
        let opened = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path);
        let file = opened.or_fail(|| message::cannot_write(&shown))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(message::command_is_writing(site.display()).into()),
            Err(TryLockError::Error(error)) => return Err(error).or_fail(|| message::cannot_lock(&shown)),
        }
        let list = fs::read_to_string(&path).or_fail(|| message::cannot_read(shown))?;
        let lock = Self { site, list: path, file };
        // A list without its last line was never acted upon.
        let under_way = list.strip_suffix("end\n").unwrap_or_default();
        let pending: Vec<PendingFile> = under_way
            .lines()
            .map(|path| PendingFile::new(&lock.site, path))
            .collect();
        // Where all were in place, only the clearing away was left to do; to undo that now could undo what came after it.
        let is_complete = pending.iter().all(|file| fs::symlink_metadata(&file.next).is_err());
        for file in &pending {
            let cleared = if is_complete { file.forget() } else { file.undo() };
            cleared.or_fail(|| message::cannot_put_back(file.place.display()))?;
        }
        lock.write_list("")?;
        Ok(lock)
    }

    /// Writes these files, by their paths within the site: all, or none.
    ///
    /// # Errors
    /// Errors of the file system; then all is as it was.
    pub fn write(&self, files: &[(String, Vec<u8>)]) -> Result<()> {
        let pending: Vec<PendingFile> = files
            .iter()
            .map(|(path, _)| PendingFile::new(&self.site, path))
            .collect();
        let prepared = files
            .iter()
            .zip(&pending)
            .try_for_each(|((_, bytes), file)| self.prepare(bytes, file));
        let written = prepared.and_then(|()| self.exchange(files, &pending));
        // While they are on the list, the next import clears them away if this one is killed here.
        for file in &pending {
            let _ = fs::remove_file(&file.was);
            let _ = fs::remove_file(&file.next);
        }
        self.write_list("")?;
        written
    }

    /// Writes a file beside its place, and gives the one it replaces a second name: were that moved, a killed import would
    /// leave nothing in its place.
    fn prepare(&self, bytes: &[u8], pending: &PendingFile) -> Result<()> {
        let write = || {
            fs::create_dir_all(pending.place.parent().unwrap_or(&self.site))?;
            // A file that an earlier import left here could be another name of the very file.
            let _ = fs::remove_file(&pending.was);
            let mut file = File::create(&pending.next)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            match fs::hard_link(&pending.place, &pending.was) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                Err(_) => fs::copy(&pending.place, &pending.was).map(|_| ()),
                linked => linked,
            }
        };
        write().or_fail(|| message::cannot_write(pending.place.display()))
    }

    /// Puts all in place; when one cannot be, puts back those that are.
    fn exchange(&self, files: &[(String, Vec<u8>)], pending: &[PendingFile]) -> Result<()> {
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).chain(["end"]).collect();
        self.write_list(&(paths.join("\n") + "\n"))?;
        for file in pending {
            if let Err(error) = fs::rename(&file.next, &file.place) {
                for other in pending {
                    other
                        .undo()
                        .or_fail(|| message::cannot_put_back(other.place.display()))?;
                }
                return Err(error).or_fail(|| message::cannot_write(file.place.display()));
            }
        }
        Ok(())
    }

    /// Writes the list of files under way.
    fn write_list(&self, list: &str) -> Result<()> {
        let write = || {
            self.file.set_len(0)?;
            let mut file = &self.file;
            io::Seek::rewind(&mut file)?;
            file.write_all(list.as_bytes())?;
            self.file.sync_all()
        };
        write().or_fail(|| message::cannot_write(self.list.display()))
    }
}

impl Drop for DataLock {
    fn drop(&mut self) {
        // Whoever waits for the lock of a file that is gone makes a new one: nothing is under way then.
        let _ = fs::remove_file(&self.list);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("data/series")).unwrap();
        fs::write(folder.path().join("data/series/a.csv"), "old").unwrap();
        folder
    }

    fn files(list: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        list.iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    fn tree(folder: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                format!(
                    "{} {}",
                    entry.file_name().display(),
                    fs::read_to_string(entry.path()).unwrap()
                )
            })
            .collect()
    }

    #[test]
    fn all_are_written() {
        let folder = site();
        let lock = DataLock::take(folder.path()).unwrap();
        lock.write(&files(&[
            ("data/series/a.csv", "new"),
            ("data/indicators/a.yaml", "name"),
        ]))
        .unwrap();
        drop(lock);
        assert_eq!(tree(folder.path()), ["a.yaml name", "a.csv new"]);
    }

    #[test]
    fn one_that_cannot_be_written_leaves_all_as_it_was() {
        let folder = site();
        fs::create_dir_all(folder.path().join("data/series/b.csv/in-the-way")).unwrap();
        let lock = DataLock::take(folder.path()).unwrap();
        assert!(
            lock.write(&files(&[("data/series/a.csv", "new"), ("data/series/b.csv", "new")]))
                .is_err()
        );
        drop(lock);
        assert_eq!(tree(folder.path()), ["a.csv old"]);
    }

    #[test]
    fn an_import_that_was_killed_is_undone_by_the_next() {
        let folder = site();
        let at = |name: &str| folder.path().join("data/series").join(name);
        fs::write(at(".a.csv.was"), "old").unwrap();
        fs::write(at("a.csv"), "new").unwrap();
        fs::write(at("b.csv"), "new, and put in place").unwrap();
        fs::write(at(".c.csv.next"), "new, and not yet in place").unwrap();
        let list = "data/series/a.csv\ndata/series/b.csv\ndata/series/c.csv\nend\n";
        fs::write(folder.path().join(LIST), list).unwrap();
        drop(DataLock::take(folder.path()).unwrap());
        assert_eq!(tree(folder.path()), ["a.csv old"]);
    }

    #[test]
    fn an_import_that_was_killed_when_all_was_in_place_stands() {
        let folder = site();
        let at = |name: &str| folder.path().join("data/series").join(name);
        fs::write(at(".a.csv.was"), "old").unwrap();
        fs::write(at("a.csv"), "new, and edited since").unwrap();
        fs::write(at("b.csv"), "new").unwrap();
        fs::write(folder.path().join(LIST), "data/series/a.csv\ndata/series/b.csv\nend\n").unwrap();
        drop(DataLock::take(folder.path()).unwrap());
        assert_eq!(tree(folder.path()), ["a.csv new, and edited since", "b.csv new"]);
    }

    #[test]
    fn two_imports_do_not_meet() {
        let folder = site();
        let first = DataLock::take(folder.path()).unwrap();
        assert!(DataLock::take(folder.path()).is_err());
        drop(first);
        assert!(DataLock::take(folder.path()).is_ok());
    }
}
