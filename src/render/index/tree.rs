//! The tree of an index, from a part down to the indicators, with scores and contributions at a place.

use crate::index::{Composite, Node};
use crate::measure;
use crate::model::{Better, Part};
use crate::page::context::PageContext;
use crate::page::index_gap::{self, IndexGap};
use crate::page::routes::Reference;
use serde::Serialize;

/// A node with the nodes below it.
#[derive(Serialize)]
pub(crate) struct Branch {
    title: String,
    /// The page of the node, if it has one.
    href: Option<String>,
    /// Score of the place.
    value: Option<String>,
    /// Contribution to the top, signed; absent without a score.
    contribution: Option<String>,
    /// How many of the indicators below have figures for the place: `2 av 3 indikatorer`. Absent at the end of the tree.
    present: Option<String>,
    /// Direction that is better, in words; at the end of the tree only.
    better: Option<String>,
    /// Why that direction is better, where the name suggests the other.
    because: Option<String>,
    /// Id of the indicator at Kolada.
    kolada: Option<String>,
    /// Nodes below; empty at the end of the tree.
    children: Vec<Branch>,
}

/// The branches right below a node.
pub(crate) fn branches(page: PageContext<'_>, gap: &IndexGap<'_>, node: usize) -> Vec<Branch> {
    let children = &gap.composite.frame.nodes[node].children;
    children.iter().map(|child| branch(page, gap, *child)).collect()
}

fn branch(page: PageContext<'_>, gap: &IndexGap<'_>, at: usize) -> Branch {
    let composite = gap.composite;
    let node = &composite.frame.nodes[at];
    let (code, score) = (page.code(), node.score);
    let number = |number: f64| page.locale.format.number(number, index_gap::DECIMALS);
    let score_here = gap.sheet.scores[at].get(gap.unit).copied().flatten();
    let contribution = gap.decomposition.part(at).map(|part| part.contribution);
    let is_end = node.children.is_empty();
    let text = |text: &crate::model::Text| Some(text.in_language(code).to_owned()).filter(|text| !text.is_empty());
    Branch {
        title: score.name.in_language(code).to_owned(),
        href: match page.site.scored(score) {
            Some(indicator) => page.href(&Reference::Indicator(indicator.id.clone())),
            None if node.below => None,
            None => page.score_href(&composite.frame.index.id, score),
        },
        value: score_here.map(number),
        contribution: contribution
            .filter(|_| score_here.is_some())
            .map(|points| page.locale.format.signed(points, index_gap::DECIMALS)),
        present: (!is_end).then(|| present(page, gap, at)),
        better: is_end
            .then(|| better(composite, node))
            .flatten()
            .map(|word| page.word(word).to_owned()),
        because: text(&score.because),
        kolada: Some(score.kolada.clone()).filter(|id| !id.is_empty()),
        children: branches(page, gap, at),
    }
}

/// Key of the words for the better direction: the node's own, else its indicator's; nothing when neither is better.
fn better(composite: &Composite<'_>, node: &Node<'_>) -> Option<&'static str> {
    let of_indicator = node
        .leaf
        .and_then(|leaf| composite.frame.leaves[leaf].indicator)
        .map(|indicator| indicator.better);
    match node.score.better.or(of_indicator)? {
        Better::Higher => Some("sentence.pull.better.higher"),
        Better::Lower => Some("sentence.pull.better.lower"),
        Better::Neither => None,
    }
}

/// How many of the indicators at the ends below a node have figures for the place.
fn present(page: PageContext<'_>, gap: &IndexGap<'_>, at: usize) -> String {
    let composite = gap.composite;
    let (mut here, mut all) = (0_usize, 0_usize);
    let mut below = composite.frame.nodes[at].children.clone();
    while let Some(node) = below.pop() {
        let flat = &composite.frame.nodes[node];
        if flat.children.is_empty() {
            all += 1;
            let indicator = page.site.scored(flat.score);
            let has_value = |indicator| measure::latest(indicator, gap.place, Part::TOTAL, None).is_some();
            here += usize::from(indicator.is_some_and(has_value));
        }
        below.extend(&flat.children);
    }
    let words = [("n", &*all.to_string()), ("here", &*here.to_string())];
    page.fill("sentence.pull.present", &words)
}
