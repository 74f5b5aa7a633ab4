//! How sure the ranks of an index are: the chart of intervals, and what was varied to get them.

use crate::finding::Log;
use crate::index::Composite;
use crate::index::sensitivity::Sensitivity;
use crate::measure;
use crate::model::{ChartKind, ChartSpec};
use crate::page::context::PageContext;
use crate::page::factor;
use crate::page::view::Chart;
use crate::render::figure;

/// The chart of rank intervals at a top, titled by the own place's.
pub(super) fn intervals(page: PageContext<'_>, composite: &Composite<'_>, node: usize, log: &Log) -> Option<Chart> {
    let index = composite.frame.index;
    let home = page.home()?;
    let unit = composite.frame.units.iter().position(|own| *own == home)?;
    let ranges = page.rank_intervals(composite, node)?;
    let [low, high] = ranges.units[unit]?.likely.map(rank_text);
    let words = [
        ("place", page.place_name(home)),
        ("low", &low),
        ("high", &high),
        ("n", if low == high { "1" } else { "2" }),
    ];
    let title = page.fill("sentence.interval.title", &words);
    let spec = ChartSpec {
        index: Some((index.id.clone(), Some(composite.frame.nodes[node].score.id.clone()))),
        ..ChartSpec::new(ChartKind::Intervals, title, index.origin.clone())
    };
    figure::page_chart(page, &spec, log)
}

/// A rank of an interval, which may lie between two.
pub(super) fn rank_text(rank: f64) -> String {
    measure::rounded(rank, 0).to_string()
}

/// What was varied, and which choice moves ranks most.
pub(super) fn sentences(page: PageContext<'_>, composite: &Composite<'_>, node: usize) -> Vec<String> {
    let Some(ranges) = page.rank_intervals(composite, node) else {
        return Vec::new();
    };
    let runs = page.locale.format.number(f64::from(ranges.runs), 0);
    let choices: Vec<String> = ranges
        .factors
        .iter()
        .map(|factor| factor::in_words(page.locale, factor))
        .collect();
    let words = [("runs", runs.as_str()), ("choices", &choices.join("; "))];
    let mut sentences = vec![page.fill("sentence.interval.varied", &words)];
    let sensitivity = Sensitivity::compute(composite, node, ranges.runs);
    let most = sensitivity.as_ref().and_then(|all| all.most(all.shift.as_ref()?));
    sentences.extend(most.filter(|_| ranges.factors.len() > 1).map(|factor| {
        let name = page.word(&format!("sentence.interval.short.{}", factor.name()));
        page.fill("sentence.interval.most", &[("choice", name)])
    }));
    sentences
}
