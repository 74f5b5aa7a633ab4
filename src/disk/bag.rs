//! Bags on the disk: made whole beside their place and moved there in one step; read without following anything out of them.
//!
//! Takes an output folder and gives its state, to be archived; takes the files of a bag and writes them; takes a bag and gives
//! its inventory. A path in a list of a bag is never used as a path on the disk: the folder is walked, and only plain files in
//! it are opened.

#![expect(clippy::disallowed_methods, reason = "reads and writes the folders of bags")]

use super::draft::{Draft, has_files};
use super::manifest::Manifest;
use super::output_folder::{OutputFolder, write_new};
use super::tree::{Tree, by_depth};
use crate::archive::{BagFault, BagFaultKind, FileDigest, Inventory, LARGEST_TAG, PAYLOAD};
use crate::finding::{OrFail, Result, message};
use crate::source::Snapshot;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use walkdir::WalkDir;

/// The files of the last build in an output folder, as they are there now.
#[derive(Debug, Default)]
pub struct OutputState {
    /// Files that are as they were made: route and contents, by route.
    pub files: Vec<(String, Vec<u8>)>,
    /// Routes of files that were made and are gone.
    pub missing: Vec<String>,
    /// Routes of files that were made and have other contents now.
    pub altered: Vec<String>,
    /// Foreign files, and folders (with `/` last) with nothing else in them.
    pub foreign: Vec<String>,
}

/// The state of this output folder; `None` when no build has made it.
///
/// # Errors
/// When the list of files is damaged, or the folder cannot be looked through.
pub fn output_state(output: &Path) -> Result<Option<OutputState>> {
    let Some(list) = Manifest::load(output)? else {
        return Ok(None);
    };
    let mut state = OutputState::default();
    let entries = list.entries().par_iter();
    let files: Vec<_> = entries
        .map(|(route, hash)| (route, hash, read_plain_file(output, route)))
        .collect();
    for (route, hash, bytes) in files {
        match bytes {
            Ok(bytes) if blake3::hash(&bytes) == *hash => state.files.push((route.clone(), bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => state.missing.push(route.clone()),
            Ok(_) | Err(_) => state.altered.push(route.clone()),
        }
    }
    let tree = Tree::read(output)?;
    let foreign = tree.files.iter().filter(|path| !list.has(path));
    let foreign: BTreeSet<String> = foreign.map(|path| foreign_name(path, &list)).collect();
    state.foreign = foreign.into_iter().collect();
    Ok(Some(state))
}

/// The name of a foreign file: the outermost folder around it in which no build made anything, else its own path.
fn foreign_name(path: &Path, list: &Manifest) -> String {
    let around: Vec<&Path> = path
        .ancestors()
        .skip(1)
        .filter(|folder| *folder != Path::new(""))
        .collect();
    let outermost = around.into_iter().rev().find(|folder| !list.reaches_into(folder));
    outermost.map_or_else(|| path.display().to_string(), |folder| format!("{}/", folder.display()))
}

/// The contents of a file, if neither it nor a folder on the way is a link.
fn read_plain_file(root: &Path, route: &str) -> io::Result<Vec<u8>> {
    let path = root.join(route);
    let below = path.ancestors().take_while(|path| *path != root);
    for part in below {
        if fs::symlink_metadata(part)?.is_symlink() {
            return Err(io::Error::other("a link"));
        }
    }
    fs::read(path)
}

/// Writes a bag: files beside `data/` by name, files in it by route. The folder must be new or empty.
///
/// # Errors
/// When the folder has something in it, is a site's or among its sources; when it is being written by another process;
/// errors of the file system. Then the folder is as it was.
pub fn write_bag<'a>(
    target: &Path,
    tags: impl Iterator<Item = (&'a str, &'a [u8])>,
    payload: &[(&str, &[u8])],
) -> Result<()> {
    let target = OutputFolder::find(target)?.path;
    let shown = target.display().to_string();
    match has_files(&target) {
        Ok(true) => return Err(message::archive_has_files(shown).into()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).or_fail(|| message::cannot_look_at(shown));
        }
        Ok(false) | Err(_) => {}
    }
    let draft = Draft::open(&target)?;
    let files: Vec<(String, &[u8])> = tags
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .chain(
            payload
                .iter()
                .map(|(route, bytes)| (format!("{PAYLOAD}{route}"), *bytes)),
        )
        .collect();
    let folders: BTreeSet<&Path> = files
        .iter()
        .flat_map(|(path, _)| Path::new(path).ancestors().skip(1))
        .filter(|path| *path != Path::new(""))
        .collect();
    let filled = by_depth(folders.iter().copied(), false, |folder| {
        let folder = draft.path.join(folder);
        fs::create_dir(&folder).or_fail(|| message::cannot_make_folder(folder.display()))
    })
    .and_then(|()| {
        files
            .par_iter()
            .try_for_each(|(path, bytes)| write_new(&draft.path.join(path), bytes).map(drop))
    });
    draft.place(filled).or_fail(|| message::archive_not_written(shown))
}

/// Plain files below a folder by path, and everything else, as faults. Links are not followed.
fn walk(folder: &Path) -> (Vec<String>, Vec<BagFault>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    // Folders in which nothing has been found so far.
    let mut empty_folders = BTreeSet::new();
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let (path, found) = match &entry {
            Ok(entry) => (Some(entry.path()), Some(entry.file_type())),
            Err(error) => (error.path(), None),
        };
        let below = path
            .and_then(|path| path.strip_prefix(folder).ok())
            .unwrap_or(Path::new(""));
        if let Some(around) = below.parent() {
            empty_folders.remove(around);
        }
        let name: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let shown = below.display().to_string();
        match (found, name, &entry) {
            (Some(found), Some(_), _) if found.is_dir() => drop(empty_folders.insert(below.to_owned())),
            (Some(found), Some(name), _) if found.is_file() => files.push(name.join("/")),
            (Some(_), ..) => faults.push(BagFault::new(BagFaultKind::Link, &shown, "")),
            (None, _, Err(error)) => {
                let reason = error.io_error().map(ToString::to_string).unwrap_or_default();
                faults.push(BagFault::new(BagFaultKind::Unreadable, &shown, &reason));
            }
            (None, ..) => {}
        }
    }
    let empty = empty_folders.iter().map(|path| path.display().to_string());
    faults.extend(empty.map(|path| BagFault::new(BagFaultKind::EmptyFolder, &path, "")));
    (files, faults)
}

/// The inventory of a bag in this folder.
///
/// # Errors
/// When there is no such folder.
pub fn inventory(folder: &Path) -> Result<Inventory> {
    let cannot = || message::cannot_find_folder(folder.display());
    // The folder itself may be called by a link; nothing in it may be one.
    let home = fs::canonicalize(folder).or_fail(cannot)?;
    fs::read_dir(&home).or_fail(cannot)?;
    let (files, faults) = walk(&home);
    let mut inventory = Inventory {
        faults,
        ..Inventory::default()
    };
    let measured: Vec<_> = files
        .par_iter()
        .map(|path| (path, File::open(home.join(path)).and_then(FileDigest::of_reader)))
        .collect();
    for (path, measured) in measured {
        match measured {
            Ok(measured) => {
                let is_tag = !path.contains('/') && measured.size <= LARGEST_TAG;
                let tag = is_tag.then(|| read_tag(&home.join(path))).and_then(Result::ok);
                inventory.tags.extend(tag.map(|bytes| (path.clone(), bytes)));
                inventory.files.insert(path.clone(), measured);
            }
            Err(error) => inventory
                .faults
                .push(BagFault::new(BagFaultKind::Unreadable, path, &error.to_string())),
        }
    }
    Ok(inventory)
}

/// The beginning of a tag file, up to the largest that is read.
fn read_tag(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_TAG).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Adds the files of older editions to a snapshot, as `editions/ID/…`. `editions` are ids, each with the folder of its bag as
/// seen from the site. What is no plain file is left out; the bag's own lists tell that it is missing.
pub fn gather_editions(snapshot: &mut Snapshot, site: &Path, editions: &[(String, String)]) {
    for (id, path) in editions {
        let Ok(home) = fs::canonicalize(site.join(path)) else {
            continue;
        };
        let (files, _) = walk(&home);
        for (path, bytes) in super::gather::read_all(&home, &files) {
            if let Ok(bytes) = bytes {
                snapshot.insert(&format!("editions/{id}/{path}"), bytes);
            }
        }
    }
}
