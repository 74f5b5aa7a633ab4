//! Whether a bag is intact: every file that is listed is there with the same contents, and no other is.
//!
//! Takes an inventory; gives faults in the order of their paths. A path in a list is never trusted: a listed file is looked up
//! among those that were found, never opened by its name.

use super::hash_list::{parse_hash_list, shortened};
use super::{BAG_INFO, DECLARATION, FileDigest, MANIFEST, PAYLOAD, TAG_MANIFEST};
use crate::finding::message::{self, Message};
use std::collections::{BTreeMap, BTreeSet};

/// The contents of a bag's folder.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Every file by its path, with `/` between the parts.
    pub files: BTreeMap<String, FileDigest>,
    /// Contents of the files that stand beside `data/`.
    pub tags: BTreeMap<String, Vec<u8>>,
    /// Faults found on the way: links, sockets, folders that cannot be entered.
    pub faults: Vec<BagFault>,
}

impl Inventory {
    /// The inventory of these files: path and contents.
    pub fn from_files<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut inventory = Self::default();
        for (path, bytes) in files {
            if !path.contains('/') {
                inventory.tags.insert(path.to_owned(), bytes.to_vec());
            }
            inventory.files.insert(path.to_owned(), FileDigest::of_bytes(bytes));
        }
        inventory
    }

    /// The text of a file beside `data/`; `None` when it is missing or not UTF-8.
    fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.tags.get(name)?).ok()
    }
}

/// A fault of a bag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BagFault {
    /// The file, as the bag calls it.
    pub path: String,
    /// Kind of fault.
    pub kind: BagFaultKind,
    /// A line, a number, an error of the system; may be empty.
    pub detail: String,
}

/// Kind of fault of a bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BagFaultKind {
    /// The folder is no bag.
    NoBag,
    /// A version of the format that is not known, or texts that are not UTF-8.
    Version,
    /// A line of a list that cannot be read. The detail is the line.
    Line,
    /// A list that names a file outside the bag, or where it does not belong. The detail is the line.
    Outside,
    /// A list that names a file twice. The detail is the line.
    Twice,
    /// A file that is listed is not there.
    Missing,
    /// A file is not as it was.
    Altered,
    /// A file that no list names.
    Extra,
    /// A link, or something else that is no file.
    Link,
    /// A folder with nothing in it, which no list can name.
    EmptyFolder,
    /// Something cannot be read. The detail is the system's error.
    Unreadable,
    /// The number of files and bytes is not as in `bag-info.txt`. The detail is both.
    Oxum,
    /// Parts of the bag are elsewhere, on the network.
    Fetch,
}

impl BagFaultKind {
    /// Every kind.
    pub const ALL: [BagFaultKind; 13] = [
        BagFaultKind::NoBag,
        BagFaultKind::Version,
        BagFaultKind::Line,
        BagFaultKind::Outside,
        BagFaultKind::Twice,
        BagFaultKind::Missing,
        BagFaultKind::Altered,
        BagFaultKind::Extra,
        BagFaultKind::Link,
        BagFaultKind::EmptyFolder,
        BagFaultKind::Unreadable,
        BagFaultKind::Oxum,
        BagFaultKind::Fetch,
    ];

    /// The problem in words, which the messages of findings translate.
    #[must_use]
    pub(crate) fn message(self) -> Message {
        match self {
            BagFaultKind::NoBag => message::bag_none(),
            BagFaultKind::Version => message::bag_version(),
            BagFaultKind::Line => message::bag_line(),
            BagFaultKind::Outside => message::bag_outside(),
            BagFaultKind::Twice => message::bag_twice(),
            BagFaultKind::Missing => message::bag_missing(),
            BagFaultKind::Altered => message::bag_altered(),
            BagFaultKind::Extra => message::bag_unlisted(),
            BagFaultKind::Link => message::bag_link(),
            BagFaultKind::EmptyFolder => message::bag_empty_folder(),
            BagFaultKind::Unreadable => message::bag_unreadable(),
            BagFaultKind::Oxum => message::bag_size(),
            BagFaultKind::Fetch => message::bag_elsewhere(),
        }
    }
}

impl BagFault {
    /// A fault of a file.
    #[must_use]
    pub fn new(kind: BagFaultKind, path: &str, detail: &str) -> Self {
        Self {
            path: shortened(path),
            kind,
            detail: detail.to_owned(),
        }
    }
}

/// Every fault of a bag; none when it is as it was made.
#[must_use]
pub fn verify(bag: &Inventory) -> Vec<BagFault> {
    let mut faults = bag.faults.clone();
    if !bag.files.contains_key(DECLARATION) {
        faults.push(BagFault::new(BagFaultKind::NoBag, DECLARATION, ""));
        return faults;
    }
    if !bag.text(DECLARATION).is_some_and(is_known) {
        faults.push(BagFault::new(BagFaultKind::Version, DECLARATION, ""));
    }
    if bag.files.contains_key("fetch.txt") {
        faults.push(BagFault::new(BagFaultKind::Fetch, "fetch.txt", ""));
    }
    check_list(bag, MANIFEST, PAYLOAD, &mut faults);
    check_list(bag, TAG_MANIFEST, "", &mut faults);
    if let Some((stated, actual)) = oxum(bag).filter(|(stated, actual)| stated != actual) {
        let detail = format!("{} ≠ {actual}", shortened(&stated));
        faults.push(BagFault::new(BagFaultKind::Oxum, BAG_INFO, &detail));
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Compares a list with what is there. The list of `data/` names all of it, the other all files beside it but itself.
fn check_list(bag: &Inventory, name: &str, folder: &str, faults: &mut Vec<BagFault>) {
    if !bag.files.contains_key(name) {
        if !faults.iter().any(|fault| fault.path == name) {
            faults.push(BagFault::new(BagFaultKind::Missing, name, ""));
        }
        return;
    }
    let Some(text) = bag.text(name) else {
        faults.push(BagFault::new(BagFaultKind::Line, name, "1: UTF-8"));
        return;
    };
    let listed = parse_hash_list(name, text, folder, faults);
    // Links and the like have a fault of their own already.
    let reported: BTreeSet<String> = faults.iter().map(|fault| fault.path.clone()).collect();
    for (path, hash) in &listed {
        match bag.files.get(path) {
            Some(found) if found.sha256 == *hash => {}
            Some(_) => faults.push(BagFault::new(BagFaultKind::Altered, path, "")),
            None if reported.contains(path) => {}
            None => faults.push(BagFault::new(BagFaultKind::Missing, path, "")),
        }
    }
    let is_own = |path: &&String| path.starts_with(PAYLOAD) != folder.is_empty() && *path != TAG_MANIFEST;
    for path in bag
        .files
        .keys()
        .filter(is_own)
        .filter(|path| !listed.contains_key(*path))
    {
        faults.push(BagFault::new(BagFaultKind::Extra, path, ""));
    }
}

/// Whether this is a version of the format that is checked here, with texts in UTF-8.
fn is_known(declaration: &str) -> bool {
    let fields: Vec<(&str, &str)> = fields(declaration).collect();
    matches!(
        fields[..],
        [
            ("BagIt-Version", "1.0" | "0.97"),
            ("Tag-File-Character-Encoding", "UTF-8")
        ]
    )
}

/// Bytes and number of files below `data/`: as stated in `bag-info.txt`, and as they are. `None` when nothing is stated.
fn oxum(bag: &Inventory) -> Option<(String, String)> {
    let stated = fields(bag.text(BAG_INFO)?)
        .find(|(label, _)| label.eq_ignore_ascii_case("Payload-Oxum"))?
        .1
        .to_owned();
    let payload = || bag.files.iter().filter(|(path, _)| path.starts_with(PAYLOAD));
    let bytes: u64 = payload().map(|(_, file)| file.size).sum();
    Some((stated, format!("{bytes}.{}", payload().count())))
}

/// Labels and values of a tag file.
fn fields(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .split(['\r', '\n'])
        .filter(|line| !line.is_empty());
    lines
        .filter_map(|line| line.split_once(':'))
        .map(|(label, value)| (label.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::RebuildInfo;
    use proptest::prelude::*;

    /// A bag with one file in it.
    fn bag() -> BTreeMap<String, Vec<u8>> {
        let hash = |bytes: &[u8]| FileDigest::of_bytes(bytes).sha256;
        let mut files = BTreeMap::from([
            (
                DECLARATION.to_owned(),
                b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec(),
            ),
            (BAG_INFO.to_owned(), b"Payload-Oxum: 3.1\n".to_vec()),
            (MANIFEST.to_owned(), format!("{}  data/a\n", hash(b"abc")).into_bytes()),
        ]);
        let tags: String = files
            .iter()
            .map(|(name, bytes)| super::super::hash_list::hash_line(name, &hash(bytes)))
            .collect();
        files.insert(TAG_MANIFEST.to_owned(), tags.into_bytes());
        files.insert("data/a".to_owned(), b"abc".to_vec());
        files
    }

    fn faults(files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, BagFaultKind)> {
        let inventory = Inventory::from_files(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
        verify(&inventory)
            .into_iter()
            .map(|fault| (fault.path, fault.kind))
            .collect()
    }

    #[test]
    fn a_whole_bag_has_no_faults() {
        assert_eq!(faults(&bag()), []);
    }

    #[test]
    fn every_file_that_is_gone_or_other_is_told() {
        for path in bag().keys() {
            let mut files = bag();
            files.insert(path.clone(), b"other".to_vec());
            assert!(faults(&files).iter().any(|(other, _)| other == path), "{path}");
            files.remove(path);
            assert!(faults(&files).iter().any(|(other, _)| other == path), "{path}");
        }
    }

    #[test]
    fn other_versions_and_parts_elsewhere_are_told() {
        let mut files = bag();
        let later = b"BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n".to_vec();
        files.insert(DECLARATION.to_owned(), later);
        files.insert("fetch.txt".to_owned(), b"https://example.se/a - data/a\n".to_vec());
        let found = faults(&files);
        for (path, kind) in [(DECLARATION, BagFaultKind::Version), ("fetch.txt", BagFaultKind::Fetch)] {
            assert!(found.contains(&(path.to_owned(), kind)), "{found:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_file_the_check_comes_to_its_end(at in 0..5_usize, bytes: Vec<u8>, text: String) {
            for bytes in [bytes, text.into_bytes()] {
                let mut files = bag();
                let path = files.keys().nth(at).cloned().expect("five files");
                files.insert(path, bytes.clone());
                prop_assert!(!faults(&files).is_empty());
                let _ = RebuildInfo::read(|_| Some(bytes.as_slice()));
            }
        }
    }
}
