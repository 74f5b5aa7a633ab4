//! What the disk says of a file that has not been touched since it was made: inode, size, time.
//!
//! A file whose stamp is still the same need not be read to be known. Stamps are a help only: without them files are
//! read and compared, so losing them costs time and nothing else.

#![expect(clippy::disallowed_methods, reason = "keeps the stamps beside the output")]

use super::ground::replace;
use crate::finding::Result;
use blake3::Hash;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// First line of the file.
const HEADING: &str = "utsikt stamps 1\n";

/// What the disk says of a file with these contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    hash: Hash,
    inode: u64,
    size: u64,
    /// Last change of the contents, in seconds and nanoseconds.
    time: (i64, i64),
}

impl Stamp {
    /// The stamp of a file of which the disk says this.
    pub(super) fn of(metadata: &Metadata, hash: Hash) -> Self {
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
    /// These stamps.
    pub(super) fn of<'a>(stamps: impl Iterator<Item = (&'a str, Stamp)>) -> Self {
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
    /// What the disk refuses.
    pub(super) fn save(&self, path: &Path) -> Result<()> {
        let mut text = HEADING.to_owned();
        for (
            route,
            Stamp {
                hash,
                inode,
                size,
                time,
            },
        ) in &self.0
        {
            let _ = writeln!(text, "{} {inode} {size} {} {} {route}", hash.to_hex(), time.0, time.1);
        }
        replace(path, &[text.as_bytes()])
    }
}

fn entry(line: &str) -> Option<(String, Stamp)> {
    let mut parts = line.splitn(6, ' ');
    let hash = Hash::from_hex(parts.next()?).ok()?;
    let (inode, size) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let time = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((
        parts.next()?.to_owned(),
        Stamp {
            hash,
            inode,
            size,
            time,
        },
    ))
}
