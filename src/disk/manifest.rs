//! The list of files that a build made in its output folder: a hash and a route a line.
//!
//! It lies in the folder itself and so is exchanged together with it, copied with it and deleted with it; a folder
//! without one is not a build's. It holds nothing that the site does not show, and is the same on every machine.

#![expect(clippy::disallowed_methods, reason = "reads the list of an output folder")]

use crate::finding::message::{self, Message};
use crate::finding::{OrFail, Result};
use blake3::Hash;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Name of the list within the output folder.
pub(super) const NAME: &str = ".utsikt-manifest";

/// Before the number of lines on the first line.
const HEADING: &str = "utsikt 1, files: ";

/// The files that a build made: route and hash, by route.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    entries: Vec<(String, Hash)>,
}

impl Manifest {
    /// A list of these files, which come by route.
    pub(super) fn new(entries: impl Iterator<Item = (String, Hash)>) -> Self {
        Self {
            entries: entries.collect(),
        }
    }

    /// The list of this folder; `None` when it has none.
    ///
    /// # Errors
    /// When it cannot be read, or is not as it was written.
    pub(super) fn load(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(NAME);
        let shown = path.display();
        // A link is not followed: what it leads to was not written here.
        if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
            return Ok(None);
        }
        let bytes = fs::read(&path).or_fail(|| message::cannot_read(&shown))?;
        let entries = std::str::from_utf8(&bytes).ok().and_then(parse);
        let Some(entries) = entries else {
            return Err(message::output_list_damaged(shown).into());
        };
        Ok(Some(Self { entries }))
    }

    /// Route and hash of each file, by route.
    pub(super) fn entries(&self) -> &[(String, Hash)] {
        &self.entries
    }

    /// Whether this file, or link in a file's place, is on the list.
    pub(super) fn has(&self, path: &Path) -> bool {
        path.to_str()
            .is_some_and(|route| self.entries.binary_search_by_key(&route, |(route, _)| route).is_ok())
    }

    /// Whether a file on the list stands somewhere below this folder.
    pub(super) fn reaches_into(&self, folder: &Path) -> bool {
        let Some(start) = folder.to_str().map(|folder| format!("{folder}/")) else {
            return false;
        };
        let after = self.entries.partition_point(|(route, _)| *route < start);
        self.entries
            .get(after)
            .is_some_and(|(route, _)| route.starts_with(&start))
    }

    /// The list as it is written.
    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{HEADING}{}\n", self.entries.len());
        for (route, hash) in &self.entries {
            let _ = writeln!(text, "{} {route}", hash.to_hex());
        }
        text
    }
}

fn parse(text: &str) -> Option<Vec<(String, Hash)>> {
    let (count, text) = text.strip_prefix(HEADING)?.split_once('\n')?;
    let entries = text.lines().map(entry).collect::<Option<Vec<_>>>()?;
    // The number tells a list that was cut off; looking up relies on the order.
    let is_whole = count.parse() == Ok(entries.len()) && entries.is_sorted_by(|(a, _), (b, _)| a < b);
    is_whole.then_some(entries)
}

fn entry(line: &str) -> Option<(String, Hash)> {
    let (hash, route) = line.split_once(' ')?;
    fault(route)
        .is_none()
        .then_some((route.to_owned(), Hash::from_hex(hash).ok()?))
}

/// Why a file cannot have this route, if it cannot.
pub(super) fn fault(route: &str) -> Option<Message> {
    if route.is_empty() {
        Some(message::route_empty())
    } else if route == NAME {
        Some(message::route_of_list())
    } else if route.contains('\\') || route.contains(char::is_control) {
        Some(message::route_characters())
    } else if route.split('/').any(|part| matches!(part, "" | "." | "..")) {
        Some(message::route_parts())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Manifest {
        Manifest::new(
            ["a-b", "a/b", "a/c/d", "b"]
                .into_iter()
                .map(|route| (route.to_owned(), blake3::hash(route.as_bytes()))),
        )
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(parse(&list().to_text()), Some(list().entries));
    }

    #[test]
    fn a_list_that_was_cut_off_is_not_believed() {
        let text = list().to_text();
        for end in 0..text.len() - 1 {
            assert_eq!(parse(&text[..end]), None, "{end}");
        }
    }

    #[test]
    fn a_list_that_leads_out_is_not_believed() {
        assert_eq!(parse(&list().to_text().replace(" b\n", " ../b\n")), None);
    }

    #[test]
    fn folders_are_known_by_what_stands_in_them() {
        let reached = ["a", "a/c", "a/b", "a-", "c"].map(|folder| list().reaches_into(Path::new(folder)));
        assert_eq!(reached, [true, true, false, false, false]);
    }
}
