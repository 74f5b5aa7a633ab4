//! Text as it came: the files of a site, and places in them.
//!
//! Takes bytes that somebody else has read; gives a [`Snapshot`], the whole input as one value, and
//! [`Origin`]s by which later stages remember where a thing was said. Reads nothing itself.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::sync::Arc;

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
    /// The contents as UTF-8 without a byte-order mark, or the offset of the first byte that is not UTF-8.
    ///
    /// # Errors
    /// The offset of the first invalid byte.
    pub fn text(&self) -> Result<&str, usize> {
        std::str::from_utf8(&self.bytes)
            .map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
            .map_err(|error| error.valid_up_to())
    }
}

/// A file that could not be read, with the machine's own word on why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Relative path.
    pub path: FilePath,
    /// What the machine said.
    pub reason: String,
}

/// The whole input as one value: all files under `content`, `data` and `themes`, and under `answers` what respondents have
/// sent, wherever that lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    files: BTreeMap<FilePath, SourceFile>,
    /// Files that exist but could not be read, or that lie outside the site.
    pub unreadable: Vec<Unreadable>,
    /// Where links among the files lead, as paths below the site's folder.
    pub ends: Vec<FilePath>,
    /// How the site's folder is called from where the user stands; put before paths in findings.
    pub prefix: String,
    /// How the folder with the answers is called from where the user stands, `/` last; put in place of `answers/` in
    /// findings. Empty: nobody has looked for it.
    pub answers: String,
    /// Whether that folder lies outside the site's.
    pub answers_outside: bool,
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

    /// Takes a file away; whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }

    /// Adds a file that could not be read.
    pub fn add_unreadable(&mut self, path: &str, reason: &str) {
        self.unreadable.push(Unreadable {
            path: path.into(),
            reason: reason.to_owned(),
        });
    }

    /// The file of this path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// All files whose path starts with `folder` (which ends in `/`) and ends with `ending`, by path.
    pub fn under<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files
            .range::<str, _>((Bound::Included(folder), Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(_, file)| file)
            .filter(move |file| file.path.ends_with(ending))
    }
}

/// Where something was said: a file, perhaps a block within it, and the place in there.
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

    /// The bytes of the file it names, if it names bytes.
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

    fn pointer(&self) -> &str {
        match &self.at {
            At::Value(pointer) | At::Key(pointer) => pointer,
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
}
