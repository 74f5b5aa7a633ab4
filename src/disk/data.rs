//! Files of a site's data that are written together: all of them or none.
//!
//! Each is written beside its place first, under a hidden name. Only when all are on the disk are they put in place, one
//! after the other; what they replace is kept until the last one is there. A list in `data/.import` says what is under
//! way: an import that was killed meanwhile is undone by the next one, before anything else.

#![expect(clippy::disallowed_methods, reason = "writes the site's data")]

use crate::finding::{OrFail, Result, message};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The list of what is under way in a site, and the lock.
const LIST: &str = "data/.import";
/// The same in another folder.
const LIST_ELSEWHERE: &str = ".utsikt-writing";

/// The right to write a site's data, while it lives.
#[derive(Debug)]
pub struct DataLock {
    site: PathBuf,
    list: PathBuf,
    file: File,
}

/// A file on its way: its place, what is written beside it, what it replaces.
struct Draft {
    place: PathBuf,
    next: PathBuf,
    was: PathBuf,
}

impl Draft {
    fn of(site: &Path, path: &str) -> Self {
        let place = site.join(path);
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = |ending: &str| place.with_file_name(format!(".{name}.{ending}"));
        Self {
            next: beside("next"),
            was: beside("was"),
            place,
        }
    }

    /// Removes what was there before.
    fn forget(&self) -> io::Result<()> {
        match fs::remove_file(&self.was) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// Puts back what was there before, if anything was. Only for one that has been prepared.
    fn undo(&self) -> io::Result<()> {
        let exists = |path: &Path| fs::symlink_metadata(path).is_ok();
        if exists(&self.was) {
            fs::rename(&self.was, &self.place)?;
        } else if !exists(&self.next) && exists(&self.place) {
            // It was put in place, and nothing was there before.
            fs::remove_file(&self.place)?;
        }
        if exists(&self.next) {
            fs::remove_file(&self.next)?;
        }
        Ok(())
    }
}

impl DataLock {
    /// Takes the lock of a site's data, and undoes what an import that was killed has left.
    ///
    /// # Errors
    /// When somebody else is importing, or the disk refuses.
    pub fn take(site: &Path) -> Result<Self> {
        let site = fs::canonicalize(site).or_fail(|| message::cannot_find_site(site.display()))?;
        let list = site.join(LIST);
        Self::open(site, list)
    }

    /// Undoes or ends what an import that was killed has left, if any has: before the site is read, which would else be read
    /// half written.
    ///
    /// # Errors
    /// When somebody is importing just now, or the disk refuses.
    pub fn recover(site: &Path) -> Result<()> {
        if fs::symlink_metadata(site.join(LIST)).is_err() {
            Ok(())
        } else {
            Self::take(site).map(drop)
        }
    }

    /// The right to write a folder that is no site's, which is made if it is missing.
    ///
    /// # Errors
    /// When somebody else is writing there, or the disk refuses.
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
        let drafts: Vec<Draft> = under_way.lines().map(|path| Draft::of(&lock.site, path)).collect();
        // Where all were in place, only the clearing away was left to do; to undo that now could undo what came after it.
        let complete = drafts.iter().all(|draft| fs::symlink_metadata(&draft.next).is_err());
        for draft in &drafts {
            let cleared = if complete { draft.forget() } else { draft.undo() };
            cleared.or_fail(|| message::cannot_put_back(draft.place.display()))?;
        }
        lock.say("")?;
        Ok(lock)
    }

    /// Writes these files, by their paths within the site: all, or none.
    ///
    /// # Errors
    /// What the disk refuses; then all is as it was.
    pub fn write(&self, files: &[(String, Vec<u8>)]) -> Result<()> {
        let drafts: Vec<Draft> = files.iter().map(|(path, _)| Draft::of(&self.site, path)).collect();
        let prepared = files
            .iter()
            .zip(&drafts)
            .try_for_each(|((_, bytes), draft)| self.prepare(bytes, draft));
        let written = prepared.and_then(|()| self.exchange(files, &drafts));
        self.say("")?;
        for draft in &drafts {
            let _ = fs::remove_file(&draft.was);
            let _ = fs::remove_file(&draft.next);
        }
        written
    }

    /// Writes a file beside its place, and gives what is there a second name: were it moved, a killed import would leave
    /// nothing in its place.
    fn prepare(&self, bytes: &[u8], draft: &Draft) -> Result<()> {
        let write = || {
            fs::create_dir_all(draft.place.parent().unwrap_or(&self.site))?;
            // What an earlier import may have left here could be another name of the very file.
            let _ = fs::remove_file(&draft.was);
            let mut file = File::create(&draft.next)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            match fs::hard_link(&draft.place, &draft.was) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                Err(_) => fs::copy(&draft.place, &draft.was).map(|_| ()),
                linked => linked,
            }
        };
        write().or_fail(|| message::cannot_write(draft.place.display()))
    }

    /// Puts all in place; when one cannot be, puts back those that are.
    fn exchange(&self, files: &[(String, Vec<u8>)], drafts: &[Draft]) -> Result<()> {
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).chain(["end"]).collect();
        self.say(&(paths.join("\n") + "\n"))?;
        for draft in drafts {
            if let Err(error) = fs::rename(&draft.next, &draft.place) {
                for own in drafts {
                    own.undo().or_fail(|| message::cannot_put_back(own.place.display()))?;
                }
                return Err(error).or_fail(|| message::cannot_write(draft.place.display()));
            }
        }
        Ok(())
    }

    /// Writes what is under way.
    fn say(&self, list: &str) -> Result<()> {
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
