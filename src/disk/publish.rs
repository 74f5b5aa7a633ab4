//! Outputs → files: a new site is made whole beside the last one, and then takes its place in one step, under a lock.
//!
//! Files that are still as they were made are linked, others written; nothing in the last site is changed. A build that
//! is killed at any moment leaves the last site or the new one, never a mixture. Where nothing changed, nothing is done.
//!
//! Nothing is forced out to the disk: after a power cut a file may be empty. The next build mends such a file; where it
//! is the list of files, it says that the folder must be deleted.

#![expect(clippy::disallowed_methods, reason = "writes the output folder")]

use super::build_tree::{BuildFile, BuildTree};
use super::foreign_files::ForeignFiles;
use super::lock::Lock;
use super::manifest;
use super::output_folder::{OutputFolder, check_target, write_new};
use super::stamps::{Stamp, Stamps};
use super::swap;
use super::tree::{Tree, by_depth, copy_rights};
use crate::finding::{OrFail, Result, message};
use crate::page::Output;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The work of one publication, in numbers of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New or changed, or restored.
    pub written: usize,
    /// As they were.
    pub unchanged: usize,
    /// Made by the last build and not by this one.
    pub removed: usize,
}

/// Makes the target a folder of these outputs and of the foreign files in it.
///
/// # Errors
/// When the target is not to be written to ([`check_target`]); when a route is none, or stands twice; when a foreign file
/// is in the way of an output; when another build is writing to the target for longer than ten seconds; when the disk
/// fails. The target then is as it was, unless the sentence says that the new site is in place.
pub fn publish(target: &Path, outputs: &[Output]) -> Result<Published> {
    let build = BuildTree::new(outputs)?;
    // Before the lock: where nothing may be written, not even a work folder is made.
    check_target(target)?;
    let output = OutputFolder::find(target)?;
    output.open()?;
    let _lock = Lock::take(&output)?;
    swap::recover(&output).or_fail(message::cannot_clear_away)?;

    let last = output.last()?.unwrap_or_default();
    let tree = Tree::read(&output.path)?;
    let foreign = ForeignFiles::find(&tree, &last);
    foreign.check(&build, &output.path)?;
    let stamps = Stamps::load(&output.work_path("stamps"));
    let kept: Vec<Option<Stamp>> = build
        .files
        .par_iter()
        .map(|file| still_there(file, &output.path, &stamps))
        .collect();

    let unchanged = kept.iter().flatten().count();
    let removed = tree
        .files
        .iter()
        .filter(|path| last.has(path) && !build.has_path(path))
        .count();
    let published = Published {
        written: kept.len() - unchanged,
        unchanged,
        removed,
    };
    let new_stamps = if published.written == 0 && build.manifest() == last {
        Stamps::from_routes(routes(&build).zip(kept.into_iter().flatten()))
    } else {
        let assembled = assemble(&output, &build, &kept, &tree, &foreign);
        let new_stamps = assembled
            .and_then(|new_stamps| swap::swap(&output).map(|()| new_stamps))
            .inspect_err(|_| {
                // What cannot be removed now, the next build removes.
                let _ = swap::purge(&output.work_path("next"));
            })?;
        swap::clear(&output).or_fail(message::cannot_clear_last)?;
        new_stamps
    };
    if new_stamps != stamps {
        // Without them the next build is slower, which is no reason to call this one failed.
        let _ = new_stamps.save(&output.work_path("stamps"));
    }
    Ok(published)
}

fn routes<'a>(build: &BuildTree<'a>) -> impl Iterator<Item = &'a str> {
    build.files.iter().map(|file| file.route)
}

/// The stamp of the file in the target that already is this output, if there is one.
fn still_there(file: &BuildFile<'_>, target: &Path, stamps: &Stamps) -> Option<Stamp> {
    let path = target.join(file.route);
    let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
    let stamp = Stamp::new(&metadata, file.hash);
    let same = || metadata.len() == file.bytes.len() as u64 && fs::read(&path).is_ok_and(|bytes| bytes == file.bytes);
    (stamps.find(file.route) == Some(&stamp) || same()).then_some(stamp)
}

/// Makes the whole new site in the work folder; the list comes last.
fn assemble(
    output: &OutputFolder,
    build: &BuildTree<'_>,
    kept: &[Option<Stamp>],
    tree: &Tree,
    foreign: &ForeignFiles<'_>,
) -> Result<Stamps> {
    let next = output.work_path("next");
    let make = |path: &Path| fs::create_dir(path).or_fail(|| message::cannot_make_folder(path.display()));
    make(&next)?;
    let folders: BTreeSet<&Path> = build
        .folders
        .iter()
        .map(Path::new)
        .chain(foreign.all_folders())
        .collect();
    by_depth(folders.iter().copied(), false, |folder| make(&next.join(folder)))?;
    let placed = |(file, kept): (&BuildFile<'_>, &Option<Stamp>)| {
        let path = next.join(file.route);
        match kept {
            Some(stamp) if fs::hard_link(output.path.join(file.route), &path).is_ok() => Ok(*stamp),
            _ => Ok(Stamp::new(&write_new(&path, file.bytes)?, file.hash)),
        }
    };
    let stamps: Vec<Stamp> = build.files.par_iter().zip(kept).map(placed).collect::<Result<_>>()?;
    foreign.carry(&output.path, &next)?;
    write_new(&next.join(manifest::NAME), build.manifest().to_text().as_bytes())?;
    copy_rights(tree, &next, |path| folders.contains(path))?;
    Ok(Stamps::from_routes(routes(build).zip(stamps)))
}
