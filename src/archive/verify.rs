//! Whether a bag is whole: every file that is listed is there as it was, and no other is.
//!
//! Takes what stands in a folder; gives faults in the order of their paths. Believes nothing that a list says about places:
//! a listed file is looked up among those that were found, never opened by its name.

use super::list::{parsed, shortened};
use super::{DECLARATION, INFO, MANIFEST, Measured, PAYLOAD, TAG_MANIFEST};
use crate::finding::message::{self, Message};
use std::collections::BTreeMap;

/// What stands in the folder of a bag.
#[derive(Debug, Default)]
pub struct Inventory {
    /// Every file by its path, with `/` between the parts.
    pub files: BTreeMap<String, Measured>,
    /// Contents of the files that stand beside `data/`.
    pub tags: BTreeMap<String, Vec<u8>>,
    /// What is no file, or cannot be read: links, sockets, folders that are closed.
    pub faults: Vec<Fault>,
}

impl Inventory {
    /// Of these files.
    pub fn of<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut inventory = Self::default();
        for (path, bytes) in files {
            if !path.contains('/') {
                inventory.tags.insert(path.to_owned(), bytes.to_vec());
            }
            inventory.files.insert(path.to_owned(), Measured::of(bytes));
        }
        inventory
    }

    /// The text of a file beside `data/`; `None` when it is missing or not UTF-8.
    fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.tags.get(name)?).ok()
    }
}

/// Something that is wrong with a bag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as the bag calls it.
    pub path: String,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// What varies: a line, a number, the machine's own words. May be empty.
    pub detail: String,
}

/// Kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
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
    /// Something cannot be read. The detail is the machine's word.
    Unreadable,
    /// The number of files and bytes is not what `bag-info.txt` says. The detail is what is there.
    Oxum,
    /// Parts of the bag are elsewhere, on the network.
    Fetch,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: [FaultKind; 12] = [
        FaultKind::NoBag,
        FaultKind::Version,
        FaultKind::Line,
        FaultKind::Outside,
        FaultKind::Twice,
        FaultKind::Missing,
        FaultKind::Altered,
        FaultKind::Extra,
        FaultKind::Link,
        FaultKind::Unreadable,
        FaultKind::Oxum,
        FaultKind::Fetch,
    ];

    /// What is wrong, as a phrase within a finding.
    pub(crate) fn message(self) -> Message {
        match self {
            FaultKind::NoBag => message::bag_none(),
            FaultKind::Version => message::bag_version(),
            FaultKind::Line => message::bag_line(),
            FaultKind::Outside => message::bag_outside(),
            FaultKind::Twice => message::bag_twice(),
            FaultKind::Missing => message::bag_missing(),
            FaultKind::Altered => message::bag_altered(),
            FaultKind::Extra => message::bag_unlisted(),
            FaultKind::Link => message::bag_link(),
            FaultKind::Unreadable => message::bag_unreadable(),
            FaultKind::Oxum => message::bag_size(),
            FaultKind::Fetch => message::bag_elsewhere(),
        }
    }
}

impl Fault {
    /// A fault of a file.
    #[must_use]
    pub fn new(kind: FaultKind, path: &str, detail: &str) -> Self {
        Self {
            path: shortened(path),
            kind,
            detail: detail.to_owned(),
        }
    }
}

/// Everything that is wrong with a bag; nothing, when it is as it was made.
#[must_use]
pub fn verify(bag: &Inventory) -> Vec<Fault> {
    let mut faults = bag.faults.clone();
    if !bag.files.contains_key(DECLARATION) {
        faults.push(Fault::new(FaultKind::NoBag, DECLARATION, ""));
        return faults;
    }
    if !bag.text(DECLARATION).is_some_and(is_known) {
        faults.push(Fault::new(FaultKind::Version, DECLARATION, ""));
    }
    if bag.files.contains_key("fetch.txt") {
        faults.push(Fault::new(FaultKind::Fetch, "fetch.txt", ""));
    }
    check_list(bag, MANIFEST, PAYLOAD, &mut faults);
    check_list(bag, TAG_MANIFEST, "", &mut faults);
    if let Some((said, found)) = oxum(bag).filter(|(said, found)| said != found) {
        faults.push(Fault::new(
            FaultKind::Oxum,
            INFO,
            &format!("{} ≠ {found}", shortened(&said)),
        ));
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Compares a list with what is there. The list of `data/` names all of it, the other all files beside it but itself.
fn check_list(bag: &Inventory, name: &str, folder: &str, faults: &mut Vec<Fault>) {
    if !bag.files.contains_key(name) {
        if !faults.iter().any(|fault| fault.path == name) {
            faults.push(Fault::new(FaultKind::Missing, name, ""));
        }
        return;
    }
    let Some(text) = bag.text(name) else {
        faults.push(Fault::new(FaultKind::Line, name, "1: UTF-8"));
        return;
    };
    let listed = parsed(name, text, folder, faults);
    // Links and the like have been told of already.
    let told: Vec<String> = faults.iter().map(|fault| fault.path.clone()).collect();
    for (path, hash) in &listed {
        match bag.files.get(path) {
            Some(found) if found.sha256 == *hash => {}
            Some(_) => faults.push(Fault::new(FaultKind::Altered, path, "")),
            None if told.contains(path) => {}
            None => faults.push(Fault::new(FaultKind::Missing, path, "")),
        }
    }
    let is_own = |path: &&String| path.starts_with(PAYLOAD) != folder.is_empty() && *path != TAG_MANIFEST;
    for path in bag
        .files
        .keys()
        .filter(is_own)
        .filter(|path| !listed.contains_key(*path))
    {
        faults.push(Fault::new(FaultKind::Extra, path, ""));
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

/// Bytes and number of files below `data/`: as `bag-info.txt` says, if it does, and as they are.
fn oxum(bag: &Inventory) -> Option<(String, String)> {
    let said = fields(bag.text(INFO)?)
        .find(|(label, _)| label.eq_ignore_ascii_case("Payload-Oxum"))?
        .1
        .to_owned();
    let payload = || bag.files.iter().filter(|(path, _)| path.starts_with(PAYLOAD));
    let bytes: u64 = payload().map(|(_, file)| file.size).sum();
    Some((said, format!("{bytes}.{}", payload().count())))
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
    use crate::archive::Told;
    use proptest::prelude::*;

    /// A bag with one file in it.
    fn bag() -> BTreeMap<String, Vec<u8>> {
        let hash = |bytes: &[u8]| Measured::of(bytes).sha256;
        let mut files = BTreeMap::from([
            (
                DECLARATION.to_owned(),
                b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec(),
            ),
            (INFO.to_owned(), b"Payload-Oxum: 3.1\n".to_vec()),
            (MANIFEST.to_owned(), format!("{}  data/a\n", hash(b"abc")).into_bytes()),
        ]);
        let tags: String = files
            .iter()
            .map(|(name, bytes)| super::super::list::line(name, &hash(bytes)))
            .collect();
        files.insert(TAG_MANIFEST.to_owned(), tags.into_bytes());
        files.insert("data/a".to_owned(), b"abc".to_vec());
        files
    }

    fn faults(files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, FaultKind)> {
        let inventory = Inventory::of(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
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
            assert!(faults(&files).iter().any(|(own, _)| own == path), "{path}");
            files.remove(path);
            assert!(faults(&files).iter().any(|(own, _)| own == path), "{path}");
        }
    }

    #[test]
    fn other_versions_and_parts_elsewhere_are_told() {
        let mut files = bag();
        let later = b"BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n".to_vec();
        files.insert(DECLARATION.to_owned(), later);
        files.insert("fetch.txt".to_owned(), b"https://example.se/a - data/a\n".to_vec());
        let found = faults(&files);
        for (path, kind) in [(DECLARATION, FaultKind::Version), ("fetch.txt", FaultKind::Fetch)] {
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
                let _ = Told::of(|_| Some(bytes.as_slice()));
            }
        }
    }
}
