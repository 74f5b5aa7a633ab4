//! Stamps of the files that a build made: inode, size and time, with the hash of the contents.
//!
//! A file whose stamp is still the same need not be read to be known. Stamps are a help only: without them files are
//! read and compared, so losing them costs time and nothing else.

#![expect(clippy::disallowed_methods, reason = "keeps the stamps beside the output")]

use super::output_folder::replace;
use crate::finding::Result;
use blake3::Hash;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// First line of the file.
const HEADING: &str = "utsikt stamps 1\n";

/// The metadata of a file with these contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    hash: Hash,
    inode: u64,
    size: u64,
    /// Last change of the contents, in seconds and nanoseconds.
    time: (i64, i64),
}

impl Stamp {
    /// The stamp of a file with this metadata.
    pub(super) fn new(metadata: &Metadata, hash: Hash) -> Self {
        Self {
            hash,
            inode: metadata.ino(),
            size: metadata.size(),
            time: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

/// Stamps by route.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stamps(BTreeMap<String, Stamp>);

impl Stamps {
    /// Stamps and the routes they belong to.
    pub(super) fn from_routes<'a>(stamps: impl Iterator<Item = (&'a str, Stamp)>) -> Self {
        Self(stamps.map(|(route, stamp)| (route.to_owned(), stamp)).collect())
    }

    /// The stamps kept in this file; none when it is missing or not as it was written.
    ///
    /// A file that changed in the same tick of the clock as this one may have changed again in it, unseen: its stamp is
    /// left out.
    pub(super) fn load(path: &Path) -> Self {
        let Ok(written) = fs::symlink_metadata(path).map(|found| (found.mtime(), found.mtime_nsec())) else {
            return Self::default();
        };
        let text = fs::read_to_string(path).unwrap_or_default();
        let lines = text.strip_prefix(HEADING).unwrap_or_default().lines();
        Self(
            lines
                .map_while(entry)
                .filter(|(_, stamp)| stamp.time < written)
                .collect(),
        )
    }

    /// The stamp of this route.
    pub(super) fn find(&self, route: &str) -> Option<&Stamp> {
        self.0.get(route)
    }

    /// Keeps the stamps in this file.
    ///
    /// # Errors
    /// Errors of the file system.
    pub(super) fn save(&self, path: &Path) -> Result<()> {
        let mut text = HEADING.to_owned();
        for (route, stamp) in &self.0 {
            let (hash, (seconds, nanoseconds)) = (stamp.hash.to_hex(), stamp.time);
            let _ = writeln!(
                text,
                "{hash} {} {} {seconds} {nanoseconds} {route}",
                stamp.inode, stamp.size
            );
        }
        replace(path, &[text.as_bytes()])
    }
}

fn entry(line: &str) -> Option<(String, Stamp)> {
    let mut parts = line.splitn(6, ' ');
    let stamp = Stamp {
        hash: Hash::from_hex(parts.next()?).ok()?,
        inode: parts.next()?.parse().ok()?,
        size: parts.next()?.parse().ok()?,
        time: (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
    };
    Some((parts.next()?.to_owned(), stamp))
}
