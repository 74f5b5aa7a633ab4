//! Where an indicator stands in the indices: what it lifts or pulls down, and what it is made of.

use super::tree::{self, Branch};
use crate::measure;
use crate::model::Indicator;
use crate::render::pull::{self, Pull};
use crate::render::report::Standpoint;
use crate::render::routes::Reference;
use crate::render::view::Link;
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
pub(crate) fn members(standpoint: Standpoint<'_>, indicator: &Indicator) -> Vec<Member> {
    let composites = standpoint.composites().iter();
    let nodes = composites.flat_map(|composite| {
        let own = composite.frame.nodes.iter().enumerate();
        let own = own.filter(|(_, node)| node.score.indicator.as_ref() == Some(&indicator.id) && !node.below);
        own.map(move |(at, _)| (composite, at))
    });
    nodes
        .filter_map(|(composite, at)| {
            let (index, node) = (composite.frame.index, &composite.frame.nodes[at]);
            let code = standpoint.code();
            let href = standpoint.href(&Reference::Index(index.id.clone())).unwrap_or_default();
            let whole = match node.parent {
                Some(parent) => composite.frame.nodes[parent].score.name.in_language(code),
                None => index.name.in_language(code),
            };
            let names = [("name", node.score.name.in_language(code)), ("index", whole)];
            let mut sentences = vec![standpoint.fill("sentence.pull.member", &names)];
            let pull = Pull::of(composite, node.parent.unwrap_or(at), standpoint.home()?);
            let mut branches = Vec::new();
            if let Some(pull) = &pull {
                if node.parent.is_some() {
                    sentences.extend(contribution(standpoint, pull, at));
                } else {
                    sentences.extend(pull.sentences(standpoint));
                }
                branches = tree::branches(standpoint, pull, at);
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
fn contribution(standpoint: Standpoint<'_>, pull: &Pull<'_>, node: usize) -> Option<String> {
    let part = pull.parts.iter().find(|part| part.node == node)?;
    let shown = pull::shown(part.contribution);
    let key = if shown > 0.0 {
        "lifts_by"
    } else if shown < 0.0 {
        "pulls_by"
    } else {
        "level_by"
    };
    let whole = pull.composite.frame.nodes[pull.node]
        .score
        .name
        .in_language(standpoint.code());
    let by = standpoint.voice().format.value(
        measure::rounded(shown.abs(), pull::DECIMALS),
        &pull::unit(),
        standpoint.code(),
    );
    let country = standpoint
        .country()
        .map_or("", |country| standpoint.place_in_text(country));
    let words = [
        ("place", standpoint.place_name(pull.place)),
        ("whole", whole),
        ("by", &by),
        ("country", country),
    ];
    Some(standpoint.fill(&format!("sentence.pull.{key}"), &words))
}
