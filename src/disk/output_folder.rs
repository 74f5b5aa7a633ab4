//! An output folder and the work folder beside it: where they lie, and whether they may be written to.
//!
//! A folder may be written to when it is new, empty, or has a build's list in it, and when no site's own files are in danger.
//! A link is refused: exchanging it would leave the folder behind it as it was, and nobody expects files beside the end
//! of a link. Links further up the path are resolved.

#![expect(
    clippy::disallowed_methods,
    reason = "looks at the output folder and makes the work folder"
)]

use super::gather::FOLDERS;
use super::manifest::Manifest;
use crate::finding::{OrFail, Result, message};
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Whether a site may be published into this folder, which need not exist. Changes nothing.
///
/// # Errors
/// The reason, and what to do: the folder has files but no list of a build, is a file or a link, is a site's own folder, or
/// lies among a site's sources.
pub fn check_target(target: &Path) -> Result<()> {
    OutputFolder::find(target)?.last().map(|_| ())
}

/// An output folder and the work folder beside it.
pub(super) struct OutputFolder {
    /// Absolute, links resolved.
    pub(super) path: PathBuf,
    /// `.NAME.utsikt` beside it.
    work: PathBuf,
}

impl OutputFolder {
    /// The output folder at this path, which need not exist.
    ///
    /// # Errors
    /// When it is no folder, a site's own, or among a site's sources.
    pub(super) fn find(target: &Path) -> Result<Self> {
        let target = resolved(target).or_fail(|| message::cannot_find_way(target.display()))?;
        let shown = target.display();
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(message::output_is_root(shown).into());
        };
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_symlink() => {
                let end = fs::read_link(&target).unwrap_or_default();
                return Err(message::output_is_link(shown, end.display()).into());
            }
            Ok(found) if !found.is_dir() => return Err(message::output_is_file(shown).into()),
            Ok(_) if is_site(&target) => return Err(message::output_is_site(shown).into()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).or_fail(|| message::cannot_look_at(shown));
            }
            Ok(_) | Err(_) => {}
        }
        if let Some(site) = parent
            .ancestors()
            .find(|folder| is_site(folder) && is_source(&target, folder))
        {
            return Err(message::output_among_sources(shown, site.display(), FOLDERS.join(", ")).into());
        }
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".utsikt");
        Ok(Self {
            work: parent.join(hidden),
            path: target,
        })
    }

    /// The list of files that the last build made; `None` when the folder is new or empty.
    ///
    /// # Errors
    /// When the folder has files but no list of a build.
    pub(super) fn last(&self) -> Result<Option<Manifest>> {
        let shown = self.path.display();
        if let Some(last) = Manifest::load(&self.path)? {
            return Ok(Some(last));
        }
        match fs::read_dir(&self.path).map(|mut entries| entries.next().is_some()) {
            Ok(true) => Err(message::output_is_foreign(shown).into()),
            Ok(false) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).or_fail(|| message::cannot_read(shown)),
        }
    }

    /// Makes the work folder and the folders around the output, where they are missing; not the output folder itself.
    ///
    /// # Errors
    /// Errors of the file system.
    pub(super) fn open(&self) -> Result<()> {
        let parent = self.path.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(parent).or_fail(|| message::cannot_make_folder(parent.display()))?;
        let shown = self.work.display();
        match fs::create_dir(&self.work) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !fs::symlink_metadata(&self.work).is_ok_and(|found| found.is_dir()) {
                    return Err(message::folder_needed(shown).into());
                }
            }
            made => made.or_fail(|| message::cannot_make_folder(shown))?,
        }
        let ignore = self.work.join(".gitignore");
        if fs::symlink_metadata(&ignore).is_err() {
            let made = write_new(&ignore, b"*\n");
            // A build beside this one may have been first.
            if fs::symlink_metadata(&ignore).is_err() {
                made?;
            }
        }
        Ok(())
    }

    /// A path in the work folder.
    pub(super) fn work_path(&self, name: &str) -> PathBuf {
        self.work.join(name)
    }
}

/// The path without links, except that its last part may be one. Parts that do not exist yet are taken as written.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => Ok(without_links(parent)?.join(name)),
        // The root, or a path that ends in `..`.
        _ => fs::canonicalize(path),
    }
}

fn without_links(folder: &Path) -> io::Result<PathBuf> {
    match (fs::canonicalize(folder), folder.parent(), folder.file_name()) {
        (Err(error), Some(parent), Some(name)) if error.kind() == io::ErrorKind::NotFound => {
            Ok(without_links(parent)?.join(name))
        }
        (path, ..) => path,
    }
}

/// Whether the folder is that of a site.
pub(super) fn is_site(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join("data/site.yaml")).is_ok()
}

/// Whether the path is one of the folders a site is read from, or lies in one.
fn is_source(path: &Path, site: &Path) -> bool {
    let first = path.strip_prefix(site).ok().and_then(|below| below.iter().next());
    first.is_some_and(|first| FOLDERS.iter().any(|folder| first == *folder))
}

/// Writes a new file; gives its metadata.
///
/// # Errors
/// Errors of the file system; also when there is such a file.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<fs::Metadata> {
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.metadata()
    };
    write().or_fail(|| message::cannot_write(path.display()))
}

/// The path at which a file of the work folder is written before it takes its place.
pub(super) fn draft(path: &Path) -> PathBuf {
    path.with_extension("draft")
}

/// Writes a file of the work folder, in parts, so that it is there whole or not at all. The lock must be held.
///
/// # Errors
/// Errors of the file system.
pub(super) fn replace(path: &Path, parts: &[&[u8]]) -> Result<()> {
    let draft = draft(path);
    let write = || {
        if fs::symlink_metadata(&draft).is_ok() {
            fs::remove_file(&draft)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(&draft)?;
        parts.iter().try_for_each(|part| file.write_all(part))?;
        fs::rename(&draft, path)
    };
    let written = write().or_fail(|| message::cannot_write(path.display()));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}
