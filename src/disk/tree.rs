//! The contents of a folder, and the removal of a site that has been replaced.
//!
//! Only files are removed that the folder's own list names or that are in the new site too. A file that came in while
//! the new site was being made is brought over to it.

#![expect(
    clippy::disallowed_methods,
    reason = "walks through output folders and removes replaced ones"
)]

use super::manifest::{self, Manifest};
use super::output_folder::OutputFolder;
use crate::finding::{Failure, OrFail, Result, message};
use rayon::prelude::*;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The contents of a folder, by paths relative to it. The list of files that a build made is left out.
#[derive(Default)]
pub(super) struct Tree {
    /// The folder itself, if there is one.
    root: Option<Metadata>,
    /// Folders, each before those in it.
    pub(super) folders: Vec<(PathBuf, Metadata)>,
    /// Everything else: files, links, …
    pub(super) files: Vec<PathBuf>,
}

impl Tree {
    /// The contents of this folder; nothing when there is no such folder.
    ///
    /// # Errors
    /// When a folder cannot be read or is another disk's.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut tree = Self::default();
        let root_metadata = match fs::symlink_metadata(root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(tree),
            found => found.or_fail(|| message::cannot_look_at(root.display()))?,
        };
        for entry in WalkDir::new(root).min_depth(1) {
            let entry = entry.map_err(|error| {
                let cannot = message::cannot_look_through(error.path().unwrap_or(root).display());
                match error.into_io_error() {
                    Some(error) => Failure::from(cannot).because(error),
                    None => Failure::from(cannot).because(Failure::from(message::link_in_circles())),
                }
            })?;
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned();
            if entry.file_type().is_dir() {
                let metadata = entry
                    .metadata()
                    .or_fail(|| message::cannot_look_at(entry.path().display()))?;
                if metadata.dev() != root_metadata.dev() {
                    return Err(message::output_holds_disk(entry.path().display()).into());
                }
                tree.folders.push((path, metadata));
            } else if path != Path::new(manifest::NAME) {
                tree.files.push(path);
            }
        }
        tree.root = Some(root_metadata);
        Ok(tree)
    }
}

/// Gives folders of a copy the rights they have in this tree, if `named` says so.
///
/// # Errors
/// Errors of the file system.
pub(super) fn copy_rights(tree: &Tree, copy: &Path, named: impl Fn(&Path) -> bool) -> Result<()> {
    let cannot = |path: &Path| message::cannot_set_rights(path.display());
    let usual = fs::symlink_metadata(copy).or_fail(|| cannot(copy))?.permissions();
    // Innermost first: a folder that may not be entered closes behind what is in it.
    for (path, metadata) in tree.folders.iter().rev() {
        if named(path) && metadata.permissions() != usual {
            let path = copy.join(path);
            fs::set_permissions(&path, metadata.permissions()).or_fail(|| cannot(&path))?;
        }
    }
    tree.root.as_ref().map_or(Ok(()), |root| {
        fs::set_permissions(copy, root.permissions()).or_fail(|| cannot(copy))
    })
}

/// Applies an action to folders, to those of one depth at the same time: outermost first, or innermost first.
///
/// # Errors
/// The first of those of the action.
pub(super) fn by_depth<'a>(
    folders: impl Iterator<Item = &'a Path>,
    innermost_first: bool,
    action: impl Fn(&Path) -> Result<()> + Sync,
) -> Result<()> {
    let mut levels: Vec<Vec<&Path>> = Vec::new();
    for folder in folders {
        let depth = folder.components().count();
        if levels.len() < depth {
            levels.resize_with(depth, Vec::new);
        }
        levels[depth - 1].push(folder);
    }
    if innermost_first {
        levels.reverse();
    }
    levels
        .iter()
        .try_for_each(|level| level.par_iter().try_for_each(|folder| action(folder)))
}

/// Removes a site that has been replaced and now stands at `old`, apart from files that nobody has seen yet: those are
/// brought over to the target.
///
/// # Errors
/// Errors of the file system; the rest is left for the next build. Also when a page has the place of an unseen file: that is
/// kept in the work folder.
pub(super) fn discard(old: &Path, output: &OutputFolder) -> Result<()> {
    // Without a readable list all else was removed before.
    let listed = Manifest::load(old).ok().flatten().unwrap_or_default();
    let tree = Tree::read(old)?;
    open_up(&tree, old)?;
    let now = Manifest::load(&output.path).ok().flatten().unwrap_or_default();
    let is_carried =
        |path: &Path| !now.has(path) && fs::symlink_metadata(output.path.join(path)).is_ok_and(|found| !found.is_dir());
    let (seen, unseen): (Vec<&PathBuf>, Vec<&PathBuf>) =
        tree.files.iter().partition(|path| listed.has(path) || is_carried(path));
    seen.par_iter()
        .try_for_each(|path| remove(fs::remove_file(old.join(path)), &old.join(path)))?;
    let kept = unseen
        .into_iter()
        .map(|path| bring_over(path, old, output))
        .collect::<Result<Vec<_>>>()?;
    by_depth(tree.folders.iter().map(|(path, _)| path.as_path()), true, |path| {
        remove(fs::remove_dir(old.join(path)), &old.join(path))
    })?;
    let list = old.join(manifest::NAME);
    remove(fs::remove_file(&list), &list)?;
    remove(fs::remove_dir(old), old)?;
    if let Some(kept) = kept.into_iter().flatten().next() {
        return Err(message::foreign_file_moved(output.path.display(), kept.display()).into());
    }
    Ok(())
}

/// Gives the owner all rights to folders, so that they can be emptied.
fn open_up(tree: &Tree, root: &Path) -> Result<()> {
    for (path, metadata) in &tree.folders {
        let mode = metadata.permissions().mode();
        if mode & 0o700 != 0o700 {
            let path = root.join(path);
            let open = fs::Permissions::from_mode(mode | 0o700);
            fs::set_permissions(&path, open).or_fail(|| message::cannot_open(path.display()))?;
        }
    }
    Ok(())
}

fn remove(done: io::Result<()>, path: &Path) -> Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.or_fail(|| message::cannot_remove(path.display())),
    }
}

/// Moves a file from the replaced site to its place in the new one; if that is taken, to the work folder: then gives its path
/// there.
fn bring_over(path: &Path, old: &Path, output: &OutputFolder) -> Result<Option<PathBuf>> {
    let moved = |root: &Path| {
        let to = root.join(path);
        fs::create_dir_all(to.parent().unwrap_or(root))?;
        fs::rename(old.join(path), &to).map(|()| to)
    };
    let is_free = output.path.is_dir() && fs::symlink_metadata(output.path.join(path)).is_err();
    if is_free && moved(&output.path).is_ok() {
        return Ok(None);
    }
    moved(&output.work_path("kept"))
        .map(Some)
        .or_fail(|| message::cannot_carry_over(old.join(path).display()))
}
