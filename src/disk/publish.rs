//! Outputs as files: a new site is made whole beside the last one, and then takes its place.
//!
//! Files that are still as they were made are linked, others written; nothing in the last site is changed. A build that
//! is stopped at any moment leaves the last site or the new one. Where nothing changed, nothing is done.
//!
//! Nothing is forced out to the disk: after a power cut a file may be empty. The next build mends such a file; where it
//! is the list of what was made, it says that the folder must be deleted.

#![expect(clippy::disallowed_methods, reason = "writes the output folder")]

use super::edition::{Edition, Sheet};
use super::ground::{Ground, check_target, write_new};
use super::guests::Guests;
use super::lock::Lock;
use super::manifest;
use super::stamps::{Stamp, Stamps};
use super::swap;
use super::tree::{Tree, by_depth, lend_rights};
use crate::finding::{OrFail, Result, message};
use crate::render::Output;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What a build did to its output folder, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New or changed, or restored.
    pub written: usize,
    /// As they were.
    pub unchanged: usize,
    /// Made by the last build and not by this one.
    pub removed: usize,
}

/// Makes the target a folder of these outputs, and of the files in it that were not made here.
///
/// # Errors
/// When the target is not to be written to ([`check_target`]); when a route is none, or stands twice; when a file that
/// was not made here is in the way of an output; when another build is writing to the target for longer than ten
/// seconds; when the disk refuses. The target then is as it was, unless the sentence says that the new site is in place.
pub fn publish(target: &Path, outputs: &[Output]) -> Result<Published> {
    let edition = Edition::of(outputs)?;
    // Before the lock: where nothing may be written, not even a work folder is made.
    check_target(target)?;
    let ground = Ground::find(target)?;
    ground.open()?;
    let _lock = Lock::take(&ground)?;
    swap::recover(&ground).or_fail(message::cannot_clear_away)?;

    let last = ground.last()?.unwrap_or_default();
    let tree = Tree::of(&ground.target)?;
    let guests = Guests::of(&tree, &last);
    guests.check(&edition, &ground.target)?;
    let stamps = Stamps::load(&ground.at("stamps"));
    let kept: Vec<Option<Stamp>> = edition
        .sheets
        .par_iter()
        .map(|sheet| still_there(sheet, &ground.target, &stamps))
        .collect();

    let unchanged = kept.iter().flatten().count();
    let removed = tree
        .files
        .iter()
        .filter(|path| last.has(path) && !edition.has_path(path))
        .count();
    let published = Published {
        written: kept.len() - unchanged,
        unchanged,
        removed,
    };
    let next = if published.written == 0 && edition.manifest() == last {
        Stamps::of(routes(&edition).zip(kept.into_iter().flatten()))
    } else {
        let made = assemble(&ground, &edition, &kept, &tree, &guests);
        let next = made
            .and_then(|next| swap::swap(&ground).map(|()| next))
            .inspect_err(|_| {
                // What cannot be removed now, the next build removes.
                let _ = swap::purge(&ground.at("next"));
            })?;
        swap::clear(&ground).or_fail(message::cannot_clear_last)?;
        next
    };
    if next != stamps {
        // Without them the next build is slower, which is no reason to call this one failed.
        let _ = next.save(&ground.at("stamps"));
    }
    Ok(published)
}

fn routes<'a>(edition: &Edition<'a>) -> impl Iterator<Item = &'a str> {
    edition.sheets.iter().map(|sheet| sheet.route)
}

/// The stamp of the file in the target that already is this output, if there is one.
fn still_there(sheet: &Sheet<'_>, target: &Path, stamps: &Stamps) -> Option<Stamp> {
    let path = target.join(sheet.route);
    let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
    let stamp = Stamp::of(&metadata, sheet.hash);
    let same = || metadata.len() == sheet.bytes.len() as u64 && fs::read(&path).is_ok_and(|bytes| bytes == sheet.bytes);
    (stamps.find(sheet.route) == Some(&stamp) || same()).then_some(stamp)
}

/// Makes the whole new site in the work folder; the list comes last.
fn assemble(
    ground: &Ground,
    edition: &Edition<'_>,
    kept: &[Option<Stamp>],
    tree: &Tree,
    guests: &Guests<'_>,
) -> Result<Stamps> {
    let next = ground.at("next");
    let make = |path: &Path| fs::create_dir(path).or_fail(|| message::cannot_make_folder(path.display()));
    make(&next)?;
    let folders: BTreeSet<&Path> = edition
        .folders
        .iter()
        .map(Path::new)
        .chain(guests.all_folders())
        .collect();
    by_depth(folders.iter().copied(), false, |folder| make(&next.join(folder)))?;
    let placed = |(sheet, kept): (&Sheet<'_>, &Option<Stamp>)| {
        let path = next.join(sheet.route);
        match kept {
            Some(stamp) if fs::hard_link(ground.target.join(sheet.route), &path).is_ok() => Ok(*stamp),
            _ => Ok(Stamp::of(&write_new(&path, sheet.bytes)?, sheet.hash)),
        }
    };
    let stamps: Vec<Stamp> = edition.sheets.par_iter().zip(kept).map(placed).collect::<Result<_>>()?;
    guests.carry(&ground.target, &next)?;
    write_new(&next.join(manifest::NAME), edition.manifest().to_text().as_bytes())?;
    lend_rights(tree, &next, |path| folders.contains(path))?;
    Ok(Stamps::of(routes(edition).zip(stamps)))
}
