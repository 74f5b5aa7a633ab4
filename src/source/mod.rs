//! Text as it came: the files of a site, and places in them.
//!
//! Takes bytes that somebody else has read; gives a [`Snapshot`], the whole input as one value, and
//! [`Origin`]s by which later stages name the place of a statement. Reads nothing itself. A snapshot knows which of its files
//! were opened, so that a file which no reader opens can be reported, and no reader can forget to say that it read one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Range};
use std::sync::{Arc, Mutex, PoisonError};

/// Path of a source file relative to the site's folder, with `/` between its parts.
pub type FilePath = Arc<str>;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative path.
    pub path: FilePath,
    /// Contents, unchanged.
    pub bytes: Arc<[u8]>,
}

impl SourceFile {
    /// The contents as UTF-8 without a byte-order mark.
    ///
    /// # Errors
    /// The offset of the first invalid byte.
    pub fn text(&self) -> Result<&str, usize> {
        std::str::from_utf8(&self.bytes)
            .map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
            .map_err(|error| error.valid_up_to())
    }
}

/// A file that could not be read, with the operating system's reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Relative path.
    pub path: FilePath,
    /// Message of the operating system.
    pub reason: UnreadableReason,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableReason {
    /// A link to something outside the site's folder.
    LinkLeadsOut,
    /// A link to a folder that it lies in itself.
    LinkInCircles,
    /// A link in a git revision, which is not followed there.
    LinkInRevision,
    /// A git repository within the repository.
    Repository,
    /// A file that git lists and does not have.
    NotInRepository,
    /// A name that is not UTF-8.
    NameEncoding,
    /// A name with a line break or another character that cannot stand in an address.
    NameCharacters,
    /// Neither a file nor a folder: a socket, a device.
    NeitherFileNorFolder,
    /// More bytes than are read.
    TooLarge,
    /// The kind of the operating system's error, and its own words.
    System(std::io::ErrorKind, String),
}

impl From<&std::io::Error> for UnreadableReason {
    fn from(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::FileTooLarge => UnreadableReason::TooLarge,
            kind => UnreadableReason::System(kind, error.to_string()),
        }
    }
}

/// The whole input as one value: all files under `content`, `data` and `themes`, and under `answers` what respondents have
/// sent, wherever that lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    files: BTreeMap<FilePath, SourceFile>,
    /// Files that exist but could not be read, or that lie outside the site.
    pub unreadable: Vec<Unreadable>,
    /// Targets of symbolic links among the files, as paths below the site's folder.
    pub link_targets: Vec<FilePath>,
    /// Path from the working directory to the site's folder, put before paths in findings; `/` last.
    pub prefix: String,
    /// Path from the working directory to the folder with the answers, `/` last; put in place of `answers/` in findings.
    /// Empty: the folder has not been looked for.
    pub answers: String,
    /// Whether that folder lies outside the site's.
    pub answers_outside: bool,
    /// Files that respondents' answers are imported from, wherever they lie.
    answer_exports: BTreeSet<FilePath>,
    /// Names of what lies beside `content`, `data` and `themes` in the site's folder; a folder's ends in `/`.
    pub beside: Vec<FilePath>,
    opened: Opened,
}

/// Paths of the files that somebody has opened. No part of the input: a copy of a snapshot has none, and all are equal.
#[derive(Debug, Default)]
struct Opened(Mutex<BTreeSet<FilePath>>);

impl Clone for Opened {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Opened {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Opened {}

impl Opened {
    fn note(&self, path: &FilePath) {
        let mut opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        opened.insert(path.clone());
    }
}

impl Snapshot {
    /// Adds a file; a file of the same path is replaced.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Arc<[u8]>>) {
        let path: FilePath = path.into();
        self.files.insert(
            path.clone(),
            SourceFile {
                path,
                bytes: bytes.into(),
            },
        );
    }

    /// Adds a file that answers are imported from: what stands in it is told to nobody.
    pub fn insert_answers(&mut self, path: &str, bytes: impl Into<Arc<[u8]>>) {
        self.insert(path, bytes);
        self.answer_exports.insert(path.into());
    }

    /// Whether a file holds what respondents have written, or the codes they were given. A mapping does not: it names columns.
    #[must_use]
    pub fn holds_answers(&self, path: &FilePath) -> bool {
        path.starts_with("answers/") && !path.ends_with("/mapping.yaml") || self.answer_exports.contains(path)
    }

    /// Removes a file; false where there was none.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }

    /// Adds a file that could not be read.
    pub fn add_unreadable(&mut self, path: &str, reason: UnreadableReason) {
        self.unreadable.push(Unreadable {
            path: path.into(),
            reason,
        });
    }

    /// Opens the file of this path; `None`: there is none.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path).inspect(|file| self.opened.note(&file.path))
    }

    /// Opens all files whose path starts with `folder` (which ends in `/`) and ends with `ending`, by path.
    pub fn under<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.list(folder, ending).inspect(|file| self.opened.note(&file.path))
    }

    /// The same files, looked at without being opened: whoever reads one afterwards opens it by [`Snapshot::find`].
    pub fn list<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files
            .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(_, file)| file)
            .filter(move |file| file.path.ends_with(ending))
    }

    /// The files below `folder` that nobody has opened since this snapshot was made or copied, by path.
    #[must_use]
    pub fn unopened<'a>(&'a self, folder: &'a str) -> Vec<&'a SourceFile> {
        let opened = self.opened.0.lock().unwrap_or_else(PoisonError::into_inner);
        self.list(folder, "")
            .filter(|file| !opened.contains(&file.path))
            .collect()
    }
}

/// Place of a statement: a file, perhaps a block within it, and the place in there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file.
    pub file: FilePath,
    /// The part of the file that is YAML (front matter, a fenced block), in bytes; `None`: all of it.
    pub block: Option<(usize, usize)>,
    /// The place.
    pub at: At,
}

/// A place in a file or block.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file or block as such.
    Whole,
    /// Bytes of the file, from and up to.
    Span(usize, usize),
    /// Row and column of a workbook's sheet, from 1.
    Cell(usize, usize),
    /// The value at this JSON pointer of the YAML document.
    Value(String),
    /// Text within the value at this JSON pointer: the first that reads so.
    Within(String, String),
    /// The key at the end of this JSON pointer.
    Key(String),
}

impl Origin {
    /// The file as a whole.
    #[must_use]
    pub fn file(path: &FilePath) -> Self {
        Self {
            file: path.clone(),
            block: None,
            at: At::Whole,
        }
    }

    /// Bytes of a file.
    #[must_use]
    pub fn span(path: &FilePath, span: Range<usize>) -> Self {
        Self {
            file: path.clone(),
            block: None,
            at: At::Span(span.start, span.end),
        }
    }

    /// A cell of a workbook's sheet; row and column from 1.
    #[must_use]
    pub fn cell(path: &FilePath, row: usize, column: usize) -> Self {
        Self {
            file: path.clone(),
            block: None,
            at: At::Cell(row, column),
        }
    }

    /// The bytes of the file it names; `None`: it names no bytes.
    #[must_use]
    pub fn bytes(&self) -> Option<(usize, usize)> {
        match self.at {
            At::Span(start, end) => Some((start, end)),
            _ => None,
        }
    }

    /// A YAML block of a file, as a whole.
    #[must_use]
    pub fn block(path: &FilePath, span: Range<usize>) -> Self {
        Self {
            file: path.clone(),
            block: Some((span.start, span.end)),
            at: At::Whole,
        }
    }

    /// The value below this one, under `part` (a key or an index).
    #[must_use]
    pub fn at(&self, part: &str) -> Self {
        let pointer = format!("{}/{}", self.pointer(), part.replace('~', "~0").replace('/', "~1"));
        Self {
            at: At::Value(pointer),
            ..self.clone()
        }
    }

    /// The key below this one.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        match self.at(key).at {
            At::Value(pointer) => Self {
                at: At::Key(pointer),
                ..self.clone()
            },
            _ => self.clone(),
        }
    }

    /// Text within this value of YAML; any other place is left as it is.
    #[must_use]
    pub fn within(&self, text: &str) -> Self {
        match &self.at {
            At::Value(pointer) => Self {
                at: At::Within(pointer.clone(), text.to_owned()),
                ..self.clone()
            },
            _ => self.clone(),
        }
    }

    fn pointer(&self) -> &str {
        match &self.at {
            At::Value(pointer) | At::Key(pointer) | At::Within(pointer, _) => pointer,
            At::Whole | At::Span(..) | At::Cell(..) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_slashes() {
        let origin = Origin::file(&"data/x.yaml".into()).at("values").at("2018/2019");
        assert_eq!(origin.at, At::Value("/values/2018~12019".into()));
    }

    #[test]
    fn a_folder_lists_its_files_only() {
        let mut snapshot = Snapshot::default();
        for path in ["data/a.yaml", "data/sets/b.yaml", "data/sets/c.csv", "data2/d.yaml"] {
            snapshot.insert(path, Vec::new());
        }
        let found: Vec<_> = snapshot.under("data/sets/", ".yaml").map(|file| &*file.path).collect();
        assert_eq!(found, ["data/sets/b.yaml"]);
    }

    #[test]
    fn a_snapshot_knows_which_files_nobody_has_opened() {
        let mut snapshot = Snapshot::default();
        for path in ["data/a.yaml", "data/b.yaml", "data/sets/c.yaml", "data/sets/d.csv"] {
            snapshot.insert(path, Vec::new());
        }
        let unopened = |snapshot: &Snapshot| -> Vec<String> {
            let files = snapshot.unopened("data/");
            files.iter().map(|file| file.path.to_string()).collect()
        };
        let _ = (
            snapshot.find("data/a.yaml"),
            snapshot.under("data/sets/", ".yaml").count(),
        );
        let _ = snapshot.list("data/", "").count();
        assert_eq!(unopened(&snapshot), ["data/b.yaml", "data/sets/d.csv"]);
        assert_eq!(unopened(&snapshot.clone()).len(), 4);
    }
}
