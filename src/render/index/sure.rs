//! Uncertainty of the ranks of an index: the chart of intervals, and the factors that were varied to get them.

use crate::finding::Log;
use crate::index::Composite;
use crate::index::sensitivity::Sensitivity;
use crate::measure;
use crate::model::{ChartKind, ChartSpec};
use crate::page::context::PageContext;
use crate::page::factor;
use crate::page::view::Chart;
use crate::render::figure;

/// The chart of rank intervals at a top, titled by the interval of the report's own place.
pub(super) fn intervals(page: PageContext<'_>, composite: &Composite<'_>, node: usize, log: &Log) -> Option<Chart> {
    let index = composite.frame.index;
    let home = page.home()?;
    let unit = composite.frame.units.iter().position(|unit| *unit == home)?;
    let intervals = page.rank_intervals(composite, node)?;
    let [low, high] = intervals.units[unit]?.likely.map(rank_text);
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

/// An end of an interval as a rank; it may lie between two ranks.
fn rank_text(rank: f64) -> String {
    measure::rounded(rank, 0).to_string()
}

/// The factors that were varied, and the one that moves ranks most; empty when nothing was.
pub(super) fn sentences(page: PageContext<'_>, composite: &Composite<'_>, node: usize) -> Vec<String> {
    let Some(intervals) = page.rank_intervals(composite, node) else {
        return Vec::new();
    };
    let runs = page.locale.format.number(f64::from(intervals.runs), 0);
    let factors: Vec<String> = intervals
        .factors
        .iter()
        .map(|factor| factor::in_words(page.locale, factor))
        .collect();
    let words = [("runs", runs.as_str()), ("choices", &factors.join("; "))];
    let mut sentences = vec![page.fill("sentence.interval.varied", &words)];
    let sensitivity = Sensitivity::compute(composite, node, intervals.runs);
    let most = sensitivity
        .as_ref()
        .and_then(|sensitivity| sensitivity.most(sensitivity.shift.as_ref()?));
    sentences.extend(most.filter(|_| intervals.factors.len() > 1).map(|factor| {
        let name = page.word(&format!("sentence.interval.short.{}", factor.name()));
        page.fill("sentence.interval.most", &[("choice", name)])
    }));
    sentences
}
