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
    /// Places of its headings, those in HTML too, in order.
    pub(crate) headings: Vec<HeadingPlace>,
    /// What its HTML loads or runs, which the policy of the finished page allows or not.
    pub(crate) loads: Vec<Load>,
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

/// A heading that an author wrote.
#[derive(Clone, Debug)]
pub(crate) struct HeadingPlace {
    /// Level, from 1.
    pub(crate) level: u8,
    /// Id in the finished page; headings in HTML may have none.
    pub(crate) id: Option<String>,
    pub(crate) origin: Origin,
}

/// Something that an author's HTML loads or runs.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    pub(crate) kind: LoadKind,
    pub(crate) source: LoadSource,
    /// The element or attribute.
    pub(crate) element: String,
    pub(crate) origin: Origin,
}

/// Where what a page loads comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LoadSource {
    /// The page itself: a script or style between its tags or in an attribute.
    Inline,
    /// A file of the site.
    Site,
    /// An address outside the site.
    Outside(String),
}

/// A kind of what a page loads, each with a directive of its own in the page's policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoadKind {
    Script,
    Style,
    Image,
    Media,
    Frame,
    Object,
    Form,
}
