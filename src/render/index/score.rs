//! The page of a node of an index that has no indicator of its own, such as a theme computed here.

use crate::finding::Log;
use crate::model::Index;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::page::view::Link;
use crate::render::index::part::{self, PartView};
use serde::Serialize;

/// View of a node's page (`score.html`).
#[derive(Serialize)]
struct ScoreView {
    /// The index it is part of, if that has a page.
    index: Option<Link>,
    /// Absent when the report's own place has no score in it.
    part: Option<PartView>,
}

/// The page of a node; nothing when the index has no such node.
pub(crate) fn content(page: PageContext<'_>, index: &Index, id: &str, log: &Log) -> Option<PageContent> {
    let composite = page.composite(&index.id)?;
    let node = composite.frame.nodes.iter().position(|node| node.score.id == id)?;
    let title = composite.frame.nodes[node].score.name.in_language(page.code());
    let name = index.name.in_language(page.code());
    let view = ScoreView {
        index: page.link(name, &Reference::Index(index.id.clone())),
        part: part::part(page, composite, node, log),
    };
    let description = page.fill("sentence.pull.member", &[("name", title), ("index", name)]);
    Some(PageContent::new(title.to_owned(), Some(description), false, &view))
}
