//! Texts that are commented section by section: the draft of a strategy, and the text that was adopted.

use super::Evidence;
use crate::source::Origin;

/// `data/drafts/ID.md`: a text in numbered sections.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Id; name of the file.
    pub id: String,
    /// Markdown before the first section; empty: none.
    pub introduction: String,
    /// Sections in reading order; chapters that hold only other sections among them.
    pub sections: Vec<Section>,
    /// Fingerprint of the text as the author has written it down; empty: not yet.
    pub stated_fingerprint: String,
    /// Fingerprint of the text as it is: of its words, not of line ends.
    pub fingerprint: String,
    /// Its file, for findings.
    pub origin: Origin,
}

/// A section of a draft. Its id stays when its number, title or text changes.
#[derive(Clone, Debug)]
pub struct Section {
    /// Id, unique in the draft.
    pub id: String,
    /// Ids it had in earlier versions.
    pub formerly: Vec<String>,
    /// Number by its place: `2.1`.
    pub number: String,
    /// Heading, as plain text.
    pub title: String,
    /// Depth among the headings, 1 for the highest.
    pub depth: usize,
    /// Markdown up to the next heading; empty: it is the heading of a chapter.
    pub body: String,
    /// Whether its words differ from an earlier version's while it is still about the same thing.
    pub reworded: bool,
    /// Related indicators, page and area.
    pub evidence: Evidence,
    /// Place of its heading, for findings.
    pub origin: Origin,
}

impl Section {
    /// Number and title, as it is called in headings.
    #[must_use]
    pub fn heading(&self) -> String {
        format!("{} {}", self.number, self.title)
    }
}

impl Draft {
    /// The section of this id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }
}
