//! Pages: narrative, and what they are about.

use super::Analysis;
use crate::source::{FilePath, Origin};
use std::sync::Arc;

/// A page written by an author.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path under the language's content folder, without ending: `om/metod`.
    pub id: String,
    /// Code of its language.
    pub language: String,
    /// Title; the page's only first-level heading.
    pub title: String,
    /// One sentence, for search engines and lists.
    pub description: String,
    /// Short title for navigation; the title when nothing shorter is given.
    pub menu: String,
    /// Layout; decides the template.
    pub layout: Layout,
    /// Place among its siblings; by title when not given.
    pub order: Option<i64>,
    /// Whether it is left out unless drafts are asked for.
    pub draft: bool,
    /// Subject, for layouts made from data; `None`: the narrative is all.
    pub about: Option<About>,
    /// The narrative.
    pub prose: Prose,
    /// Place of the front matter, for findings.
    pub origin: Origin,
}

impl Page {
    /// Whether an analysis stands in its text: the line of the block that shows it, which is asked of every page at every
    /// build and is therefore looked for rather than read.
    #[must_use]
    pub fn shows(&self, analysis: &Analysis) -> bool {
        let line_of_block = format!("analysis: {}", analysis.id);
        let narrative = self.prose.narrative();
        narrative.contains(&line_of_block) && narrative.lines().any(|line| line.trim() == line_of_block)
    }
}

/// Narrative as written; parsed when it is rendered.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The file, for findings.
    pub file: FilePath,
    /// The whole file, front matter included, so that places in the narrative are places in the file.
    pub bytes: Arc<[u8]>,
    /// Start of the narrative in the text, in bytes.
    pub start: usize,
}

impl Prose {
    /// The whole file's text.
    #[must_use]
    pub fn text(&self) -> &str {
        let text = std::str::from_utf8(&self.bytes).unwrap_or_default();
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    /// The narrative alone.
    #[must_use]
    pub fn narrative(&self) -> &str {
        self.text().get(self.start..).unwrap_or_default()
    }
}

/// Subject of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// An indicator, by id.
    Indicator(String),
    /// A set, by id.
    Set(String),
    /// A place, by code.
    Place(String),
    /// An index, by id.
    Index(String),
    /// A survey or consultation, by id.
    Consultation(String),
}

/// Layout of a page; decides its template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Narrative.
    Page,
    /// The front page.
    Front,
    /// The table of all indicators.
    Overview,
    /// The list of sets.
    Sets,
    /// The list of places.
    Places,
    /// An index.
    Index,
    /// All series to download.
    Data,
    /// Method and sources.
    Sources,
    /// The accessibility statement.
    Accessibility,
    /// The list of terms.
    Terms,
    /// "There is no such page".
    Missing,
    /// An indicator (made from data).
    Indicator,
    /// A set (made from data).
    Set,
    /// A place (made from data).
    Place,
    /// A node of an index (made from data).
    Score,
    /// The updates of the report.
    Updates,
    /// All surveys and consultations.
    Consultations,
    /// A survey or consultation (made from data).
    Consultation,
    /// Questions of a consultation, to be answered (made from data).
    Questions,
    /// The next steps, after an answer was sent (made from data).
    Thanks,
    /// A guide and a recording sheet for meetings (made from data).
    Meeting,
    /// One file to count hands with at a meeting, offline (made from data).
    Room,
    /// Results of a consultation (made from data).
    Results,
    /// Replies to a consultation, theme by theme and body by body (made from data).
    Replies,
    /// A draft section by section, with its evidence and what was answered (made from data).
    Draft,
    /// The adopted text section by section, with what the consultation changed (made from data).
    Adopted,
    /// Whole answers of bodies that are published by name (made from data).
    Statements,
    /// Commitments followed up until they are done (made from data).
    Commitments,
}

impl Layout {
    /// Layouts an author may ask for; the last four are made from data, as are those that are not here.
    pub const NAMES: &'static [(&'static str, Layout)] = &[
        ("page", Layout::Page),
        ("front", Layout::Front),
        ("overview", Layout::Overview),
        ("sets", Layout::Sets),
        ("places", Layout::Places),
        ("index", Layout::Index),
        ("data", Layout::Data),
        ("sources", Layout::Sources),
        ("accessibility", Layout::Accessibility),
        ("terms", Layout::Terms),
        ("missing", Layout::Missing),
        ("indicator", Layout::Indicator),
        ("set", Layout::Set),
        ("consultations", Layout::Consultations),
        ("updates", Layout::Updates),
        ("place", Layout::Place),
        ("consultation", Layout::Consultation),
    ];

    /// Name of the layout, and of its template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Layout::Score => "score",
            Layout::Questions => "questions",
            Layout::Thanks => "thanks",
            Layout::Meeting => "meeting",
            Layout::Room => "room",
            Layout::Results => "results",
            Layout::Replies => "replies",
            Layout::Draft => "draft",
            Layout::Adopted => "adopted",
            Layout::Statements => "statements",
            Layout::Commitments => "commitments",
            other => Self::NAMES
                .iter()
                .find(|(_, layout)| *layout == other)
                .map_or("page", |(name, _)| name),
        }
    }
}
