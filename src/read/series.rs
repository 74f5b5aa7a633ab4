//! Observations in any order → series.
//!
//! Takes observations of a table, or those under an indicator's own `values:`; gives a series for each place and part, in
//! order of period. Of two observations for the same period the first is kept and the second reported.

use super::values::period_fault;
use super::yaml::Node;
use crate::finding::{Code, Finding, Log};
use crate::model::{Flags, Observation, Part, Period, PeriodKind, PlaceId, Places, Reason, Series, Value};
use crate::source::Origin;

/// An observation as it was written, not yet in a series.
pub(super) struct WrittenObservation {
    pub(super) place: PlaceId,
    pub(super) part: Part,
    pub(super) observation: Observation,
    /// A number by which `origin` in [`gather`] finds the place again.
    pub(super) at: usize,
}

/// Series by place and part. `origin` is asked about duplicates alone.
pub(super) fn gather(mut written: Vec<WrittenObservation>, origin: impl Fn(usize) -> Origin, log: &Log) -> Vec<Series> {
    written.sort_by_key(|entry| (entry.place, entry.part, entry.observation.period));
    let mut series: Vec<Series> = Vec::new();
    let mut last_at = 0;
    for entry in written {
        match series.last_mut() {
            Some(open) if open.place == entry.place && open.part == entry.part => {
                let last = open.observations.last();
                if last.is_some_and(|last| last.period == entry.observation.period) {
                    let finding = Finding::new(Code::DuplicateObservation, origin(entry.at));
                    log.add(finding.with("value", entry.observation.period).beside(origin(last_at)));
                    continue;
                }
                open.observations.push(entry.observation);
            }
            _ => series.push(Series {
                place: entry.place,
                part: entry.part,
                observations: vec![entry.observation],
            }),
        }
        last_at = entry.at;
    }
    series
}

/// `values:` in the indicator's own file: place → period → number or reason.
pub(super) fn inline(by_place: &Node<'_>, kind: PeriodKind, places: &Places) -> Vec<Series> {
    let written = by_place.entries(|code, by_period| {
        let Some(place) = places.find(code) else {
            let finding = Finding::new(Code::UnknownPlace, by_place.origin.key(code)).with("value", code);
            by_place.report(places.suggest(finding, code));
            return None;
        };
        by_period.entries(|text, node| {
            let Some(period) = Period::parse(text, kind) else {
                let torn = by_period.split_number(text);
                node.report(torn.unwrap_or_else(|| period_fault(text, Some(kind), &by_period.origin.key(text))));
                return None;
            };
            Some((place, period, value(node)?, node.origin.clone()))
        })
    });
    let written: Vec<_> = written.into_iter().flatten().flatten().collect();
    let observations = written
        .iter()
        .zip(0..)
        .map(|((place, period, value, _), at)| WrittenObservation {
            place: *place,
            part: Part::TOTAL,
            observation: Observation {
                period: *period,
                value: *value,
                bounds: None,
                flags: Flags::default(),
                note: String::new(),
            },
            at,
        });
    let origin = |at: usize| written[at].3.clone();
    gather(observations.collect(), origin, by_place.log())
}

/// A number, or the name of a reason.
fn value(node: &Node<'_>) -> Option<Value> {
    if node.is_near(Reason::NAMES) {
        return node.choice(Reason::NAMES).map(Value::Missing);
    }
    node.number_or(|finding| finding.with("instead", Reason::NotPublished.name()))
        .map(Value::Known)
}
