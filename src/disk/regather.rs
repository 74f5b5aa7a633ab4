//! A snapshot kept in step with the disk: files that were touched are read again, by the rules of [`super::gather`].
//!
//! Takes the paths that were touched; gives whether the snapshot has changed. What cannot be told from a path alone (a
//! folder, a link, a file that cannot be read) needs a new look at the whole site, which is left to the caller.

#![expect(clippy::disallowed_methods, reason = "reads files of the site")]

use super::gather::{FOLDERS, is_left_over, read};
use crate::source::{FilePath, Snapshot};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The result of reading some files again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regathered {
    /// The site's files are as they were.
    Same,
    /// Some file has changed, come or gone.
    Changed,
    /// More may have changed than these files: gather the whole site.
    Unsure,
}

/// A folder's path with links resolved; as it is written when the folder does not exist.
#[must_use]
pub fn canonical(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

/// The folders to watch for edits of a site, each with all below it (`true`) or by itself: the site's own three, where its links
/// lead, the answers. In place of a folder that does not exist the one around it is watched, so that it is seen to come.
#[must_use]
pub fn watched_folders(site: &Path, answers: &Path, ends: &[FilePath]) -> Vec<(PathBuf, bool)> {
    let home = canonical(site);
    let site_folders = FOLDERS.iter().map(|folder| home.join(folder));
    let linked = ends.iter().map(|end| home.join(&**end));
    let mut folders: Vec<(PathBuf, bool)> = vec![(home.clone(), false)];
    for path in site_folders.chain(linked).chain([canonical(answers)]) {
        if path.is_dir() {
            folders.push((path, true));
        } else if let Some(parent) = path.parent() {
            folders.push((parent.to_owned(), false));
        }
    }
    folders.sort();
    // A folder that is watched with all below it need not be watched by itself.
    folders.dedup_by(|(path, is_deep), (kept, is_kept_deep)| {
        *is_kept_deep |= path == kept && *is_deep;
        path == kept
    });
    folders
}

/// Reads these files of a site again, by absolute paths with links resolved; those that are gone leave the snapshot.
#[must_use]
pub fn regather<'p>(
    snapshot: &mut Snapshot,
    site: &Path,
    touched: impl IntoIterator<Item = &'p PathBuf>,
) -> Regathered {
    let Ok(home) = fs::canonicalize(site) else {
        return Regathered::Unsure;
    };
    let mut changed = false;
    for path in touched {
        match regather_file(snapshot, &home, path) {
            Regathered::Same => {}
            Regathered::Changed => changed = true,
            Regathered::Unsure => return Regathered::Unsure,
        }
    }
    if changed { Regathered::Changed } else { Regathered::Same }
}

fn regather_file(snapshot: &mut Snapshot, home: &Path, path: &Path) -> Regathered {
    // What lies behind a link has two names, and only one of them was touched.
    let Some(below) = path
        .strip_prefix(home)
        .ok()
        .filter(|_| snapshot.link_targets.is_empty())
    else {
        return Regathered::Unsure;
    };
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let in_site = below
        .iter()
        .next()
        .is_some_and(|first| FOLDERS.iter().any(|folder| first == *folder));
    if !in_site || below.iter().any(|part| is_left_over(Path::new(part))) {
        return Regathered::Same;
    }
    let Some(name) = parts.filter(|parts| parts.len() > 1).map(|parts| parts.join("/")) else {
        return Regathered::Unsure;
    };
    let folder = format!("{name}/");
    let was_unreadable = snapshot
        .unreadable
        .iter()
        .any(|file| *file.path == *name || file.path.starts_with(&folder));
    if was_unreadable || snapshot.under(&folder, "").next().is_some() {
        return Regathered::Unsure;
    }
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if snapshot.remove(&name) {
                Regathered::Changed
            } else {
                Regathered::Same
            }
        }
        Ok(found) if found.is_file() && fs::canonicalize(path).is_ok_and(|end| end == path) => match read(path) {
            Ok(bytes) if snapshot.find(&name).is_some_and(|file| *file.bytes == *bytes) => Regathered::Same,
            Ok(bytes) => {
                snapshot.insert(&name, bytes);
                Regathered::Changed
            }
            Err(_) => Regathered::Unsure,
        },
        _ => Regathered::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::gather;
    use std::os::unix::fs::symlink;

    /// A site with two files, and what was gathered of it.
    fn site() -> (tempfile::TempDir, PathBuf, Snapshot) {
        let folder = tempfile::tempdir().unwrap();
        let home = fs::canonicalize(folder.path()).unwrap();
        for name in ["data/site.yaml", "content/a.md"] {
            fs::create_dir_all(home.join(name).parent().unwrap()).unwrap();
            fs::write(home.join(name), "text").unwrap();
        }
        let snapshot = gather(&home).unwrap();
        (folder, home, snapshot)
    }

    /// Reads this path again; unless unsure, the snapshot must be the one that gathering everything gives.
    fn regathered(home: &Path, snapshot: &mut Snapshot, name: &str) -> Regathered {
        let regathered = regather(snapshot, home, [&home.join(name)]);
        assert!(
            regathered == Regathered::Unsure || *snapshot == gather(home).unwrap(),
            "{name}: {regathered:?}"
        );
        regathered
    }

    #[test]
    fn a_file_that_is_edited_made_or_deleted_is_as_if_all_were_gathered() {
        let (_folder, home, mut snapshot) = site();
        assert_eq!(regathered(&home, &mut snapshot, "content/a.md"), Regathered::Same);
        fs::write(home.join("content/a.md"), "other").unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content/a.md"), Regathered::Changed);
        fs::write(home.join("content/b.md"), "new").unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content/b.md"), Regathered::Changed);
        fs::remove_file(home.join("content/a.md")).unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content/a.md"), Regathered::Changed);
    }

    #[test]
    fn what_is_none_of_the_sites_changes_nothing() {
        let (_folder, home, mut snapshot) = site();
        for name in [
            "content/.a.md.swp",
            "content/a.md~",
            "output/index.html",
            "content/4913",
        ] {
            assert_eq!(regathered(&home, &mut snapshot, name), Regathered::Same, "{name}");
        }
        fs::write(home.join("content/.hidden"), "text").unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content/.hidden"), Regathered::Same);
    }

    #[test]
    fn folders_and_links_want_a_look_at_everything() {
        let (_folder, home, mut snapshot) = site();
        fs::create_dir(home.join("content/more")).unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content/more"), Regathered::Unsure);
        fs::remove_dir_all(home.join("content")).unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content"), Regathered::Unsure);
        symlink("site.yaml", home.join("data/same.yaml")).unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "data/same.yaml"), Regathered::Unsure);
        let mut linked = gather(&home).unwrap();
        assert_eq!(linked.link_targets, ["data/site.yaml".into()]);
        assert_eq!(regathered(&home, &mut linked, "data/site.yaml"), Regathered::Unsure);
    }

    #[test]
    fn a_file_that_can_no_longer_be_read_is_reported_by_a_look_at_everything() {
        let (_folder, home, mut snapshot) = site();
        fs::File::create(home.join("content/a.md"))
            .and_then(|file| file.set_len((64 << 20) + 1))
            .unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content/a.md"), Regathered::Unsure);
        let mut snapshot = gather(&home).unwrap();
        fs::write(home.join("content/a.md"), "text").unwrap();
        assert_eq!(regathered(&home, &mut snapshot, "content/a.md"), Regathered::Unsure);
    }
}
