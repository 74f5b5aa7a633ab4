//! A node of an index that has no indicator of its own: a theme that is computed here.

use crate::finding::Log;
use crate::model::Index;
use crate::page::content::PageContent;
use crate::page::context::PageContext;
use crate::page::routes::Reference;
use crate::render::index::part;
use minijinja::context;

/// The page of a node; nothing when the index has no such node.
pub(crate) fn content(page: PageContext<'_>, index: &Index, id: &str, log: &Log) -> Option<PageContent> {
    let composite = page.composite(&index.id)?;
    let node = composite.frame.nodes.iter().position(|node| node.score.id == id)?;
    let title = composite.frame.nodes[node]
        .score
        .name
        .in_language(page.code())
        .to_owned();
    let name = index.name.in_language(page.code());
    let view = context! {
        index => crate::theme::template_value(page.link(name, &Reference::Index(index.id.clone()))),
        part => crate::theme::template_value(part::part(page, composite, node, log)),
    };
    let description = page.fill("sentence.pull.member", &[("name", &title), ("index", name)]);
    Some(PageContent {
        title,
        description: Some(description),
        view,
        sample: false,
    })
}
