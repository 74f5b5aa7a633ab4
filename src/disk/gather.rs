//! A site's folder → a snapshot of every file under `content`, `data` and `themes`.
//!
//! One bad file never hides the others: what cannot be read is listed with the reason. Links are followed while they
//! stay within the site, so that a site has the same files on every machine. Contents are left to [`crate::read`].

#![expect(clippy::disallowed_methods, reason = "reads the site's files")]

use crate::finding::{OrFail, Result, message};
use crate::source::{FilePath, Snapshot, Unreadable, UnreadableReason};
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The folders of a site that are read; nothing else in it is.
pub(super) const FOLDERS: [&str; 3] = ["content", "data", "themes"];

/// Size up to which a file is read, in bytes.
pub(super) const LIMIT: u64 = 64 << 20;

/// Every file under `content`, `data` and `themes` of this site; those that cannot be read, with the reason.
///
/// Hidden files and what editors leave behind are passed over. A folder that is missing is empty.
///
/// # Errors
/// When `site` is not a folder. A single bad file is not an error.
pub fn gather(site: &Path) -> Result<Snapshot> {
    let home = fs::canonicalize(site).or_fail(|| message::cannot_find_site(site.display()))?;
    if !home.is_dir() {
        return Err(message::not_a_folder(site.display()).into());
    }
    let mut snapshot = Snapshot::default();
    snapshot.prefix = prefix(site, &home);
    let mut search = Search {
        home: &home,
        found: Vec::new(),
        unreadable: Vec::new(),
        ends: Vec::new(),
    };
    for folder in FOLDERS {
        search.walk(folder);
    }
    let Search {
        found,
        mut unreadable,
        ends,
        ..
    } = search;
    snapshot.link_targets = ends;
    snapshot.beside = beside(&home);
    for (path, bytes) in read_all(&home, &found) {
        match bytes {
            Ok(bytes) => snapshot.insert(path, bytes),
            Err(error) => unreadable.push(Unreadable {
                path: path.as_str().into(),
                reason: UnreadableReason::from(&error),
            }),
        }
    }
    unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    snapshot.unreadable = unreadable;
    Ok(snapshot)
}

/// Files beside the folders of the site that may be meant for them: those in its own folder, and of each other folder the
/// first YAML file. They are named, not read.
fn beside(home: &Path) -> Vec<FilePath> {
    let names = |folder: &Path| -> Vec<(String, bool)> {
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(io::Result::ok);
        let entries = entries.filter(|entry| !is_left_over(&entry.path()));
        let mut names: Vec<(String, bool)> = entries
            .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.file_type().ok()?.is_dir())))
            .collect();
        names.sort();
        names
    };
    let is_yaml = |name: &str| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        matches!(ending.as_str(), "yaml" | "yml")
    };
    let mut found = Vec::new();
    for (name, is_folder) in names(home) {
        if !is_folder {
            found.push(name.into());
        } else if !FOLDERS.contains(&name.as_str()) {
            let inner = names(&home.join(&name))
                .into_iter()
                .find(|(inner, is_folder)| !is_folder && is_yaml(inner));
            found.extend(inner.map(|(inner, _)| FilePath::from(format!("{name}/{inner}"))));
        }
    }
    found
}

/// The contents of these files, read side by side; in their order.
pub(super) fn read_all<'p>(home: &Path, found: &'p [String]) -> Vec<(&'p String, io::Result<Vec<u8>>)> {
    found.par_iter().map(|path| (path, read(&home.join(path)))).collect()
}

/// The files of a folder that is no site's, and those that cannot be read, with the reason.
pub(super) fn walk(home: &Path) -> (Vec<String>, Vec<Unreadable>) {
    let mut search = Search {
        home,
        found: Vec::new(),
        unreadable: Vec::new(),
        ends: Vec::new(),
    };
    search.walk("");
    (search.found, search.unreadable)
}

/// The site's folder as seen from the working directory; empty, or ends in `/`.
fn prefix(site: &Path, home: &Path) -> String {
    let here = fs::canonicalize(".").unwrap_or_default();
    let below = home.strip_prefix(&here).ok().filter(|_| here.is_absolute());
    let name = below.unwrap_or(site).display().to_string();
    match name.trim_end_matches('/') {
        "" if below.is_some() => String::new(),
        name => format!("{name}/"),
    }
}

/// A walk through the folders, with everything it has found.
struct Search<'a> {
    home: &'a Path,
    found: Vec<String>,
    unreadable: Vec<Unreadable>,
    ends: Vec<FilePath>,
}

impl Search<'_> {
    /// Looks through one folder of the site. Folders that cannot be entered are listed as unreadable.
    fn walk(&mut self, folder: &str) {
        let root = self.home.join(folder);
        if fs::symlink_metadata(&root).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return;
        }
        let mut entries = WalkDir::new(&root).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if is_left_over(entry.path()) || self.refuses(&entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.found.extend(self.relative(entry.path())),
                Err(error) => {
                    let path = error.path().unwrap_or(&root).to_owned();
                    if !is_left_over(&path) {
                        let reason = error
                            .io_error()
                            .map_or(UnreadableReason::LinkInCircles, UnreadableReason::from);
                        self.report(&path, reason);
                    }
                }
            }
        }
    }

    /// Whether the entry is not part of the site; then the reason is listed.
    fn refuses(&mut self, entry: &DirEntry) -> bool {
        let reason = if self.relative(entry.path()).is_none() {
            UnreadableReason::NameEncoding
        } else if entry.path_is_symlink() && !self.leads_inside(entry.path()) {
            UnreadableReason::LinkLeadsOut
        } else if entry.path_is_symlink() && self.leads_up(entry.path()) {
            UnreadableReason::LinkInCircles
        } else if !entry.file_type().is_dir() && !entry.file_type().is_file() {
            UnreadableReason::NeitherFileNorFolder
        } else {
            if entry.path_is_symlink() {
                let end = fs::canonicalize(entry.path()).ok().and_then(|end| self.relative(&end));
                self.ends.extend(end.map(FilePath::from));
            }
            return false;
        };
        self.report(entry.path(), reason);
        true
    }

    fn leads_inside(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|end| end.starts_with(self.home))
    }

    fn leads_up(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|end| end == self.home || link.starts_with(&end))
    }

    fn relative(&self, path: &Path) -> Option<String> {
        let parts = path.strip_prefix(self.home).ok()?.components();
        Some(
            parts
                .map(|part| part.as_os_str().to_str())
                .collect::<Option<Vec<_>>>()?
                .join("/"),
        )
    }

    fn report(&mut self, path: &Path, reason: UnreadableReason) {
        let path: PathBuf = path.strip_prefix(self.home).unwrap_or(path).into();
        self.unreadable.push(Unreadable {
            path: path.to_string_lossy().into(),
            reason,
        });
    }
}

/// Hidden files, and what editors and file managers leave behind.
pub(super) fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b".")
        || name.starts_with(b"~$")
        || name.ends_with(b"~")
        || name.ends_with(b".swp")
        || name.starts_with(b"#") && name.ends_with(b"#")
        || [&b"thumbs.db"[..], b"ehthumbs.db", b"desktop.ini"]
            .iter()
            .any(|other| name.eq_ignore_ascii_case(other))
}

pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    // One byte more than the limit tells a file that has grown since from one that just fits.
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(LIMIT) + 1).unwrap_or_default());
    if size <= LIMIT {
        file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    }
    if size > LIMIT || bytes.len() as u64 > LIMIT {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A folder with a site in `site`, which has these files.
    fn site(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in [&["data/site.yaml"], files].concat() {
            let path = folder.path().join("site").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn gathered(folder: &tempfile::TempDir) -> (Vec<String>, Vec<(String, UnreadableReason)>) {
        let snapshot = gather(&folder.path().join("site")).unwrap();
        let found = snapshot.under("", "").map(|file| file.path.to_string()).collect();
        (
            found,
            snapshot
                .unreadable
                .iter()
                .map(|file| (file.path.to_string(), file.reason.clone()))
                .collect(),
        )
    }

    #[test]
    fn the_three_folders_are_read_and_nothing_else() {
        let folder = site(&[
            "content/index.md",
            "content/a/b.md",
            "themes/own/theme.yaml",
            "output/index.html",
            "README.md",
        ]);
        let found = [
            "content/a/b.md",
            "content/index.md",
            "data/site.yaml",
            "themes/own/theme.yaml",
        ];
        assert_eq!(gathered(&folder), (found.map(String::from).to_vec(), Vec::new()));
    }

    #[test]
    fn what_editors_leave_behind_is_passed_over() {
        let folder = site(&[
            "content/.a.md.swp",
            "content/a.md~",
            "content/b.swp",
            "content/.git/x",
            "content/#a.md#",
            "data/.DS_Store",
        ]);
        symlink("me@host.1234", folder.path().join("site/content/.#a.md")).unwrap();
        assert_eq!(gathered(&folder), (vec!["data/site.yaml".to_owned()], Vec::new()));
    }

    #[test]
    fn links_are_followed_within_the_site_only() {
        let folder = site(&["content/a.md", "notes/b.md"]);
        fs::write(folder.path().join("secret"), "text").unwrap();
        let link = |to: &str, name: &str| symlink(to, folder.path().join("site/content").join(name)).unwrap();
        link("a.md", "same.md");
        link("../notes", "notes");
        link("../../secret", "out.md");
        link("/etc", "etc");
        link("nowhere", "gone.md");
        link("..", "up");
        let (found, unreadable) = gathered(&folder);
        assert_eq!(
            found,
            [
                "content/a.md",
                "content/notes/b.md",
                "content/same.md",
                "data/site.yaml"
            ]
        );
        let gone = UnreadableReason::from(&io::Error::from_raw_os_error(2));
        let expected = [
            ("content/etc", UnreadableReason::LinkLeadsOut),
            ("content/gone.md", gone),
            ("content/out.md", UnreadableReason::LinkLeadsOut),
            ("content/up", UnreadableReason::LinkInCircles),
        ];
        assert_eq!(unreadable, expected.map(|(path, reason)| (path.to_owned(), reason)));
    }

    #[test]
    fn what_cannot_be_read_is_listed_with_the_reason() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = site(&[]);
        let data = folder.path().join("site/data");
        fs::write(data.join(OsStr::from_bytes(b"latin-\xe5.csv")), "text").unwrap();
        File::create(data.join("large.csv"))
            .and_then(|file| file.set_len(LIMIT + 1))
            .unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(data.join("socket")).unwrap();
        let expected = [
            ("data/large.csv", UnreadableReason::TooLarge),
            ("data/latin-\u{fffd}.csv", UnreadableReason::NameEncoding),
            ("data/socket", UnreadableReason::NeitherFileNorFolder),
        ];
        assert_eq!(
            gathered(&folder).1,
            expected.map(|(path, reason)| (path.to_owned(), reason))
        );
    }

    #[test]
    fn paths_are_shown_as_the_user_called_the_folder() {
        let folder = site(&[]);
        let site = folder.path().join("site");
        assert_eq!(gather(&site).unwrap().prefix, format!("{}/", site.display()));
        assert_eq!(prefix(Path::new("."), &fs::canonicalize(".").unwrap()), "");
        assert_eq!(prefix(Path::new("./src/"), &fs::canonicalize("src").unwrap()), "src/");
    }

    #[test]
    fn a_site_must_be_a_folder() {
        let folder = site(&[]);
        assert!(gather(&folder.path().join("other")).is_err());
        assert!(gather(&folder.path().join("site/data/site.yaml")).is_err());
    }
}
