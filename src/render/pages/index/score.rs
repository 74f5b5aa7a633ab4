//! A node of an index that has no indicator of its own: a theme that is computed here.

use super::part;
use crate::finding::Log;
use crate::model::Index;
use crate::render::pages::Matter;
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use minijinja::context;

/// The page of a node; nothing when the index has no such node.
pub(crate) fn matter(standpoint: Standpoint<'_>, index: &Index, id: &str, log: &Log) -> Option<Matter> {
    let composite = standpoint.composite(&index.id)?;
    let node = composite.frame.nodes.iter().position(|node| node.score.id == id)?;
    let title = composite.frame.nodes[node]
        .score
        .name
        .in_language(standpoint.code())
        .to_owned();
    let name = index.name.in_language(standpoint.code());
    let view = context! {
        index => crate::theme::template_value(standpoint.link(name, &Reference::Index(index.id.clone()))),
        part => crate::theme::template_value(part::part(standpoint, composite, node, log)),
    };
    let description = standpoint.fill("sentence.pull.member", &[("name", &title), ("index", name)]);
    Some(Matter {
        title,
        description: Some(description),
        view,
        sample: false,
    })
}
