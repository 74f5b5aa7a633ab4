//! The tree of an index, from a part down to the indicators, and how much of it is here.

use crate::index::{Composite, Node};
use crate::measure;
use crate::model::{Better, Part};
use crate::page::context::PageContext;
use crate::page::index_gap;
use crate::page::index_gap::IndexGap;
use crate::page::routes::Reference;
use serde::Serialize;

/// A node and what lies below it.
#[derive(Serialize)]
pub(crate) struct Branch {
    title: String,
    href: Option<String>,
    /// Its score at the place, and what it contributes to the whole.
    value: Option<String>,
    contribution: Option<String>,
    /// How many of the indicators below have figures here: `2 av 3 indikatorer`.
    present: Option<String>,
    /// Which way is better, of an indicator.
    better: Option<String>,
    /// Why that way, where the name suggests the other.
    because: Option<String>,
    /// Id at Kolada, of an indicator.
    kolada: Option<String>,
    children: Vec<Branch>,
}

/// What lies below a node, as the place has it.
pub(crate) fn branches(page: PageContext<'_>, gap: &IndexGap<'_>, node: usize) -> Vec<Branch> {
    let children = &gap.composite.frame.nodes[node].children;
    children.iter().map(|child| branch(page, gap, *child)).collect()
}

fn branch(page: PageContext<'_>, gap: &IndexGap<'_>, at: usize) -> Branch {
    let composite = gap.composite;
    let node = &composite.frame.nodes[at];
    let (code, score) = (page.code(), node.score);
    let number = |number: f64| page.locale.format.number(number, index_gap::DECIMALS);
    let own = gap.sheet.scores[at].get(gap.unit).copied().flatten();
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
        value: own.map(number),
        contribution: contribution
            .filter(|_| own.is_some())
            .map(|by| page.locale.format.signed(by, index_gap::DECIMALS)),
        present: (!is_end).then(|| present(page, gap, at)),
        better: is_end
            .then(|| better(composite, node))
            .flatten()
            .map(|way| page.word(way).to_owned()),
        because: text(&score.because),
        kolada: Some(score.kolada.clone()).filter(|id| !id.is_empty()),
        children: branches(page, gap, at),
    }
}

fn better(composite: &Composite<'_>, node: &Node<'_>) -> Option<&'static str> {
    let own = node
        .leaf
        .and_then(|leaf| composite.frame.leaves[leaf].indicator)
        .map(|indicator| indicator.better);
    match node.score.better.or(own)? {
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
            let known = |indicator| measure::latest(indicator, gap.place, Part::TOTAL, None).is_some();
            here += usize::from(indicator.is_some_and(known));
        }
        below.extend(&flat.children);
    }
    let words = [("n", all.to_string()), ("here", here.to_string())];
    let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
    page.fill("sentence.pull.present", &words)
}
