//! The outcome of rendering a narrative, with what is checked or shown elsewhere.

use crate::page::view::Heading;
use crate::source::Origin;
use std::collections::BTreeSet;

/// A narrative as HTML, with what other pages need to know of it.
#[derive(Debug, Default)]
pub(crate) struct RenderedMarkdown {
    pub(crate) html: String,
    pub(crate) contents: Vec<Heading>,
    /// Ids of the indicators whose figures or names stand in it.
    pub(crate) uses: BTreeSet<String>,
    /// Whether it shows made-up figures.
    pub(crate) sample: bool,
    /// Links to anchors, which can be checked only when all pages are made.
    pub(crate) anchors: Vec<AnchorLink>,
}

/// A link to an anchor.
#[derive(Clone, Debug)]
pub(crate) struct AnchorLink {
    /// Address of the page that should have the anchor.
    pub(crate) route: String,
    pub(crate) anchor: String,
    /// Place of the link in its source.
    pub(crate) origin: Origin,
}
