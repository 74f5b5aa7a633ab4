//! The tree of an index, from a part down to the indicators, with scores and contributions at a place.

use crate::index::{Composite, Node};
use crate::measure;
use crate::model::{Better, Indicator, Part, PlaceId};
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
    /// Level, rank and change of the indicator at the place, beside the country's level: what lies behind a score and is not
    /// part of it. At the end of the tree, below where scores enter.
    behind: Option<String>,
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
        behind: is_end
            .then(|| page.site.scored(score))
            .flatten()
            .filter(|_| node.below)
            .and_then(|indicator| behind(page, indicator, gap.place)),
        better: is_end
            .then(|| better(composite, node))
            .flatten()
            .map(|word| page.word(word).to_owned()),
        because: text(&score.because),
        kolada: Some(score.kolada.clone()).filter(|id| !id.is_empty()),
        children: branches(page, gap, at),
    }
}

/// What is measured behind a score: the latest level, the country's of the same period, the rank, and the change.
fn behind(page: PageContext<'_>, indicator: &Indicator, place: PlaceId) -> Option<String> {
    let format = &page.locale.format;
    let latest = measure::latest(indicator, place, Part::TOTAL, None)?;
    let number = |number: f64| format.value(number, &indicator.unit, page.code());
    let value = number(latest.value.known()?);
    let period = format.period_in_text(latest.period);
    let mut facts = vec![page.fill("sentence.pull.behind.value", &[("value", &value), ("period", &period)])];
    let country = page
        .country()
        .filter(|country| *country != place && indicator.comparable)
        .and_then(|country| measure::value(indicator, country, Part::TOTAL, latest.period).zip(Some(country)));
    facts.extend(country.map(|(value, country)| {
        let words = [("country", page.place_in_text(country)), ("value", &*number(value))];
        page.fill("sentence.pull.behind.country", &words)
    }));
    facts.extend(page.rank(indicator, place).map(|rank| {
        let words = [("n", &*rank.position.to_string()), ("total", &rank.of.to_string())];
        page.fill("sentence.pull.behind.rank", &words)
    }));
    let trend = measure::trend_signal(indicator, place, page.site.settings.period);
    facts.extend(trend.map(|trend| {
        let change = format.difference(trend.difference, &indicator.unit, page.code());
        let words = [
            ("change", &*change),
            ("period", &format.period_in_text(trend.periods[0])),
        ];
        page.fill("sentence.pull.behind.change", &words)
    }));
    Some(facts.join("; "))
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
