//! Foreign files in the output folder: a `CNAME`, a `.well-known`, a `.git`, which no build made.
//!
//! They are carried over unchanged to every new site. A page with the same path is an error, and stops the build.

#![expect(
    clippy::disallowed_methods,
    reason = "carries files over from one output folder to the next"
)]

use super::build_tree::BuildTree;
use super::manifest::Manifest;
use super::tree::Tree;
use crate::finding::{Failure, OrFail, Result, message};
use rayon::prelude::*;
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;

/// Everything in an output folder that no build made.
pub(super) struct ForeignFiles<'a> {
    /// Files and links.
    files: Vec<&'a Path>,
    /// Folders in which no build made anything, each before those in it.
    folders: Vec<&'a Path>,
}

impl<'a> ForeignFiles<'a> {
    /// Everything in a tree that is not on the list of the last build.
    pub(super) fn find(tree: &'a Tree, last: &Manifest) -> Self {
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

    /// Whether the next build leaves the foreign files where they are.
    ///
    /// # Errors
    /// A foreign file where a file or folder of the build belongs; or a site's sources, which means a wrong folder.
    pub(super) fn check(&self, build: &BuildTree<'_>, target: &Path) -> Result<()> {
        if let Some(site) = self.files.iter().find(|path| path.ends_with("data/site.yaml")) {
            return Err(message::output_holds_site(target.join(site).display()).into());
        }
        let is_folder = |path: &Path| path.to_str().is_some_and(|path| build.folders.contains(path));
        let is_below_file = |path: &&Path| path.ancestors().any(|path| build.has_path(path));
        let file = self.files.iter().find(|path| is_below_file(path) || is_folder(path));
        let in_the_way = file.or_else(|| self.folders.iter().find(|path| is_below_file(path)));
        if let Some(foreign_file) = in_the_way {
            return Err(message::foreign_file_in_way(target.join(foreign_file).display()).into());
        }
        Ok(())
    }

    /// The folders that must be there before the foreign files can be carried over.
    pub(super) fn all_folders(&self) -> impl Iterator<Item = &'a Path> {
        let around = self
            .files
            .iter()
            .flat_map(|path| path.ancestors().skip(1))
            .filter(|path| *path != Path::new(""));
        around.chain(self.folders.iter().copied())
    }

    /// Carries the foreign files over to a folder in which all their folders exist.
    ///
    /// # Errors
    /// Errors of the file system.
    pub(super) fn carry(&self, from: &Path, to: &Path) -> Result<()> {
        let cannot = |path: &Path| message::cannot_carry_over(from.join(path).display());
        self.files
            .par_iter()
            .try_for_each(|path| carry_file(&from.join(path), &to.join(path)).or_fail(|| cannot(path)))
    }
}

/// Gives the file a second name, or where the disk knows no hard links, makes a copy with the same time.
fn carry_file(from: &Path, to: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
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
