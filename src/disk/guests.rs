//! Files in an output folder that were not made here: a `CNAME`, a `.well-known`, a `.git`.
//!
//! They are carried over to every new site as they are, and never stand back for a page: one that is in the way stops
//! the build.

#![expect(
    clippy::disallowed_methods,
    reason = "carries files over from one output folder to the next"
)]

use super::edition::Edition;
use super::manifest::Manifest;
use super::tree::Tree;
use crate::finding::{Failure, OrFail, Result, message};
use rayon::prelude::*;
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;

/// What stands in an output folder without having been made here.
pub(super) struct Guests<'a> {
    /// Files and links.
    files: Vec<&'a Path>,
    /// Folders in which nothing was made here, each before those in it.
    folders: Vec<&'a Path>,
}

impl<'a> Guests<'a> {
    /// The guests in a tree of which the last build made what is listed.
    pub(super) fn of(tree: &'a Tree, last: &Manifest) -> Self {
        let files = tree
            .files
            .iter()
            .map(AsRef::as_ref)
            .filter(|path| !last.has(path))
            .collect();
        let folders = tree
            .folders
            .iter()
            .map(|(path, _)| path.as_path())
            .filter(|path| !last.reaches_into(path))
            .collect();
        Self { files, folders }
    }

    /// Whether the next edition leaves the guests where they are.
    ///
    /// # Errors
    /// A guest where a file or folder of the edition belongs; or a site's sources, which means a wrong folder.
    pub(super) fn check(&self, edition: &Edition<'_>, target: &Path) -> Result<()> {
        if let Some(site) = self.files.iter().find(|path| path.ends_with("data/site.yaml")) {
            return Err(message::output_holds_site(target.join(site).display()).into());
        }
        let is_folder = |path: &Path| path.to_str().is_some_and(|path| edition.folders.contains(path));
        let needs = |path: &&Path| path.ancestors().any(|path| edition.has_path(path));
        let file = self.files.iter().find(|path| needs(path) || is_folder(path));
        if let Some(guest) = file.or_else(|| self.folders.iter().find(|path| needs(path))) {
            return Err(message::foreign_file_in_way(target.join(guest).display()).into());
        }
        Ok(())
    }

    /// The folders that must be there before the guests can be carried over.
    pub(super) fn all_folders(&self) -> impl Iterator<Item = &'a Path> {
        let around = self
            .files
            .iter()
            .flat_map(|path| path.ancestors().skip(1))
            .filter(|path| *path != Path::new(""));
        around.chain(self.folders.iter().copied())
    }

    /// Carries the guests over to a folder in which all their folders exist.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(super) fn carry(&self, from: &Path, to: &Path) -> Result<()> {
        let cannot = |path: &Path| message::cannot_carry_over(from.join(path).display());
        self.files
            .par_iter()
            .try_for_each(|path| carried(&from.join(path), &to.join(path)).or_fail(|| cannot(path)))
    }
}

/// The same file under a second name, or where the disk has no such thing, a copy with the same time.
fn carried(from: &Path, to: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return Ok(std::os::unix::fs::symlink(fs::read_link(from)?, to)?);
    }
    if !metadata.is_file() {
        return Err(Failure::from(message::neither_file_nor_link()).into());
    }
    fs::copy(from, to)?;
    Ok(File::open(to)?.set_modified(metadata.modified()?)?)
}
