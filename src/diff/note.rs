//! Large revisions without a note.
//!
//! Takes a [`Difference`](super::Difference) and the limit in `data/site.yaml`; gives findings, since a reader who meets another
//! number than last year must be told why.

use super::{Difference, Figure};
use crate::finding::{Code, Finding};
use crate::measure::is_large_revision;
use crate::model::{Period, Site};
use std::collections::BTreeMap;

/// A finding for every indicator and period in which a figure was revised by more than the site's limit without a note: the
/// largest revision, and how many `places` share it. Nothing where the site states no limit.
#[must_use]
pub fn unexplained(difference: &Difference<'_>, site: &Site) -> Vec<Finding> {
    let Some(limit) = site.settings.note_above_percent else {
        return Vec::new();
    };
    difference
        .figures
        .iter()
        .flat_map(|change| {
            let mut by_period: BTreeMap<Period, Vec<&Figure<'_>>> = BTreeMap::new();
            let has_note =
                |figure: &Figure<'_>| figure.noted || has_recorded_note(site, &change.indicator.id, figure.period);
            for figure in change
                .revised
                .iter()
                .filter(|figure| !has_note(figure) && is_large(figure, limit))
            {
                by_period.entry(figure.period).or_default().push(figure);
            }
            by_period.into_values().filter_map(|figures| {
                let largest = figures.iter().copied().max_by(|a, b| size(a).total_cmp(&size(b)))?;
                let finding = Finding::new(Code::RevisionNote, change.indicator.origin.clone())
                    .with("indicator", &change.indicator.id)
                    .with("place", largest.name.all().next().unwrap_or(largest.place))
                    .with("period", largest.period)
                    .with("from", largest.was.unwrap_or_default())
                    .with("to", largest.now.unwrap_or_default())
                    .with("limit", limit);
                Some(if figures.len() > 1 {
                    finding.with("places", figures.len() - 1)
                } else {
                    finding
                })
            })
        })
        .collect()
}

/// Whether a recorded update has a note on revisions of this period.
fn has_recorded_note(site: &Site, indicator: &str, period: Period) -> bool {
    let revised = site
        .updates
        .iter()
        .filter_map(|update| update.figures_of(indicator))
        .flat_map(|figures| &figures.revised);
    revised
        .filter(|revision| !revision.note.is_empty())
        .any(|revision| revision.period.to_string() == period.to_string())
}

/// A number that was zero has no per cent; whatever it became is large.
fn size(figure: &Figure<'_>) -> f64 {
    figure.percent().map_or(f64::INFINITY, f64::abs)
}

fn is_large(figure: &Figure<'_>, limit: f64) -> bool {
    figure
        .was
        .zip(figure.now)
        .is_some_and(|(was, now)| is_large_revision(was, now, limit))
}
