//! How sure the ranks of an index are: the chart of intervals, and what was varied to get them.

use crate::finding::Log;
use crate::index::Composite;
use crate::measure;
use crate::model::{ChartKind, ChartSpec};
use crate::render::picture;
use crate::render::report::Standpoint;
use crate::render::view::Chart;

/// The chart of rank intervals at a top, titled by the own place's.
pub(super) fn intervals(standpoint: Standpoint<'_>, composite: &Composite<'_>, node: usize, log: &Log) -> Option<Chart> {
    let index = composite.frame.index;
    let home = standpoint.home()?;
    let unit = composite.frame.units.iter().position(|own| *own == home)?;
    let ranges = standpoint.ranges(composite, node)?;
    let [low, high] = ranges.units[unit].as_ref()?.interval.map(rank_text);
    let words = [
        ("place", standpoint.place_name(home)),
        ("low", &low),
        ("high", &high),
        ("n", if low == high { "1" } else { "2" }),
    ];
    let title = standpoint.fill("sentence.interval.title", &words);
    let spec = ChartSpec {
        index: Some((index.id.clone(), Some(composite.frame.nodes[node].score.id.clone()))),
        ..ChartSpec::made(ChartKind::Intervals, title, index.origin.clone())
    };
    picture::made(standpoint, &spec, log)
}

/// A rank of an interval, which may lie between two.
pub(super) fn rank_text(rank: f64) -> String {
    measure::rounded(rank, 0).to_string()
}

/// What was varied, and which choice moves ranks most.
pub(super) fn sentences(_standpoint: Standpoint<'_>, _composite: &Composite<'_>, _node: usize) -> Vec<String> {
    Vec::new()
}
