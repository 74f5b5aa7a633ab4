//! Recorded updates: a large revision needs a note, since a reader who meets another number than last year must be told why.
//!
//! Takes the site; adds findings. How large is the site's own choice.

use crate::finding::{Code, Finding, Log};
use crate::measure::is_large_revision;
use crate::model::{Indicator, Revision, Site};

/// A finding for every period with a revision above the site's limit that nobody has explained, neither in the update nor
/// in the indicator's file. Nothing where the site states no limit.
pub(super) fn check(site: &Site, log: &Log) {
    let Some(limit) = site.settings.note_above_percent else {
        return;
    };
    for figures in site.updates.iter().flat_map(|update| &update.figures) {
        let indicator = site.indicator(&figures.indicator);
        for revision in figures.revised.iter().filter(|revision| revision.note.is_empty()) {
            let mut values = revision.values.iter();
            let large = values.find(|value| is_large_revision(value.was, value.now, limit));
            let is_explained = indicator.is_some_and(|indicator| explains(indicator, revision));
            let Some(large) = large.filter(|_| !is_explained) else {
                continue;
            };
            let finding = Finding::new(Code::UpdateNote, revision.origin.clone())
                .with("indicator", &figures.indicator)
                .with("place", site.places[large.place].name.all().next().unwrap_or_default())
                .with("period", revision.period)
                .with("from", large.was)
                .with("to", large.now)
                .with("limit", limit);
            log.add(finding);
        }
    }
}

/// Whether a note in the indicator's file is about the period.
fn explains(indicator: &Indicator, revision: &Revision) -> bool {
    indicator.notes.iter().any(|note| {
        note.period
            .is_some_and(|period| period.to_string() == revision.period.to_string())
    })
}
