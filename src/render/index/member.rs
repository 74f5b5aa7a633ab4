//! Where an indicator stands in the indices: what it lifts or pulls down, and what it is made of.

use crate::measure;
use crate::model::Indicator;
use crate::page::context::PageContext;
use crate::page::index_gap;
use crate::page::index_gap::IndexGap;
use crate::page::routes::Reference;
use crate::page::view::Link;
use crate::render::index::tree;
use crate::render::index::tree::Branch;
use serde::Serialize;

/// An indicator's place in an index.
#[derive(Serialize)]
pub(crate) struct Member {
    /// The index.
    index: Link,
    sentences: Vec<String>,
    /// What it is made of; empty at the end of the tree.
    branches: Vec<Branch>,
}

/// Every index in which an indicator holds the scores of a node or is scored itself.
pub(crate) fn members(page: PageContext<'_>, indicator: &Indicator) -> Vec<Member> {
    let composites = page.report.composites.iter();
    let nodes = composites.flat_map(|composite| {
        let own = composite.frame.nodes.iter().enumerate();
        let own = own.filter(|(_, node)| node.score.indicator.as_ref() == Some(&indicator.id) && !node.below);
        own.map(move |(at, _)| (composite, at))
    });
    nodes
        .filter_map(|(composite, at)| {
            let (index, node) = (composite.frame.index, &composite.frame.nodes[at]);
            let code = page.code();
            let href = page.href(&Reference::Index(index.id.clone())).unwrap_or_default();
            let whole = match node.parent {
                Some(parent) => composite.frame.nodes[parent].score.name.in_language(code),
                None => index.name.in_language(code),
            };
            let names = [("name", node.score.name.in_language(code)), ("index", whole)];
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
            Some(Member {
                index: Link {
                    title: index.name.in_language(code).to_owned(),
                    href,
                    note: None,
                },
                sentences,
                branches,
            })
        })
        .collect()
}

/// By how much a part lifts its whole or pulls it down.
fn contribution(page: PageContext<'_>, gap: &IndexGap<'_>, node: usize) -> Option<String> {
    let part = gap.parts.iter().find(|part| part.node == node)?;
    let shown = index_gap::as_written(part.contribution);
    let key = if shown > 0.0 {
        "lifts_by"
    } else if shown < 0.0 {
        "pulls_by"
    } else {
        "level_by"
    };
    let whole = gap.composite.frame.nodes[gap.node].score.name.in_language(page.code());
    let by = page.locale.format.value(
        measure::rounded(shown.abs(), index_gap::DECIMALS),
        &index_gap::score_unit(),
        page.code(),
    );
    let country = page.country().map_or("", |country| page.place_in_text(country));
    let words = [
        ("place", page.place_name(gap.place)),
        ("whole", whole),
        ("by", &by),
        ("country", country),
    ];
    Some(page.fill(&format!("sentence.pull.{key}"), &words))
}
