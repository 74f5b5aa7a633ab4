//! What is remembered of a page.

use super::Key;
use std::sync::Arc;

/// Facts that work asked for, by name, with their hashes then.
pub type Seen = Vec<(Arc<str>, Key)>;

/// A page as it was made, and everything that decided it.
///
/// A page is made in two steps: its narrative, which says what it uses and links to, and the page around it, which needs
/// what all narratives said. Each step has a hash of what it was given and the facts it asked for.
#[derive(Debug, Default)]
pub struct Record {
    /// What the page is, and its own text.
    pub text: Key,
    /// The theme, the day, the wishes.
    pub around: Key,
    /// What the narrative asked for.
    pub narrative_seen: Seen,
    /// The pages before, after and about it.
    pub beside: Key,
    /// What the page around the narrative asked for.
    pub page_seen: Seen,
    /// Ids of the indicators that the narrative shows.
    pub uses: Vec<String>,
    /// Links to anchors.
    pub anchors: Vec<Anchor>,
    /// Files made: the page and what it offers; address and contents.
    pub files: Vec<(String, Arc<[u8]>)>,
    /// Files of series that it offers: language, indicator and contents.
    pub series: Vec<(usize, String, Arc<[u8]>)>,
}

/// A link to an anchor of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Address of the page.
    pub route: String,
    /// The anchor.
    pub anchor: String,
    /// Bytes of the page's own file in which the link stands.
    pub span: (usize, usize),
}
