//! The indices that an indicator is part of: its contribution to them, and its own parts.

use crate::index::Composite;
use crate::model::Indicator;
use crate::page::context::PageContext;
use crate::page::index_gap::{self, IndexGap};
use crate::page::routes::Reference;
use crate::page::view::Link;
use crate::render::index::tree::{self, Branch};
use serde::Serialize;

/// The membership of an indicator in an index.
#[derive(Serialize)]
pub(crate) struct Membership {
    /// The index; its address is empty when it has no page.
    index: Link,
    /// The node that the indicator is, and its contribution to the node above.
    sentences: Vec<String>,
    /// Nodes below it; empty at the end of the tree.
    branches: Vec<Branch>,
}

/// Every node of an index that has the indicator's scores or is scored by the indicator itself.
pub(crate) fn memberships(page: PageContext<'_>, indicator: &Indicator) -> Vec<Membership> {
    let composites = page.report.composites.iter();
    composites
        .flat_map(|composite| (0..composite.frame.nodes.len()).map(move |node| (composite, node)))
        .filter(|(composite, node)| {
            let node = &composite.frame.nodes[*node];
            node.score.indicator.as_ref() == Some(&indicator.id) && !node.below
        })
        .filter_map(|(composite, node)| membership(page, composite, node))
        .collect()
}

/// The membership at a node; nothing when the report has no place of its own.
fn membership(page: PageContext<'_>, composite: &Composite<'_>, at: usize) -> Option<Membership> {
    let code = page.code();
    let (index, node) = (composite.frame.index, &composite.frame.nodes[at]);
    let parent_name = match node.parent {
        Some(parent) => composite.frame.nodes[parent].score.name.in_language(code),
        None => index.name.in_language(code),
    };
    let names = [("name", node.score.name.in_language(code)), ("index", parent_name)];
    let mut sentences = vec![page.fill("sentence.pull.member", &names)];
    let gap = IndexGap::new(composite, node.parent.unwrap_or(at), page.home()?);
    let mut branches = Vec::new();
    if let Some(gap) = &gap {
        if node.parent.is_some() {
            sentences.extend(contribution(page, gap, at));
        } else {
            sentences.extend(gap.sentences(page));
        }
        branches = tree::branches(page, gap, at);
    }
    Some(Membership {
        index: Link {
            title: index.name.in_language(code).to_owned(),
            href: page.href(&Reference::Index(index.id.clone())).unwrap_or_default(),
            note: None,
        },
        sentences,
        branches,
    })
}

/// The points by which a part lifts the node above or pulls it down.
fn contribution(page: PageContext<'_>, gap: &IndexGap<'_>, node: usize) -> Option<String> {
    let part = gap.parts.iter().find(|part| part.node == node)?;
    let points = index_gap::as_written(part.contribution);
    let key = if points > 0.0 {
        "lifts_by"
    } else if points < 0.0 {
        "pulls_by"
    } else {
        "level_by"
    };
    let parent = gap.composite.frame.nodes[gap.node].score;
    let format = &page.locale.format;
    let points = format.value(points.abs(), &index_gap::score_unit(), page.code());
    let words = [
        ("place", page.place_name(gap.place)),
        ("whole", parent.name.in_language(page.code())),
        ("by", &points),
        (
            "country",
            page.country().map_or("", |country| page.place_in_text(country)),
        ),
    ];
    Some(page.fill(&format!("sentence.pull.{key}"), &words))
}
