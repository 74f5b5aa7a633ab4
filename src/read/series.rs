//! Observations → series, and observations written in place.

use super::{period_fault, yaml::Node};
use crate::finding::{Code, Finding, Log};
use crate::model::{Flags, Observation, Part, Period, PeriodKind, PlaceId, Places, Reason, Series, Value};
use crate::source::Origin;

/// An observation and where it was written.
pub(super) struct Entry {
    pub(super) place: PlaceId,
    pub(super) part: Part,
    pub(super) observation: Observation,
    /// A number by which `origin` in [`gather`] finds the place again.
    pub(super) at: usize,
}

/// Series by place and part, observations by period. Of two for the same period the first is kept and the second reported.
pub(super) fn gather(mut entries: Vec<Entry>, origin: impl Fn(usize) -> Origin, log: &Log) -> Vec<Series> {
    entries.sort_by_key(|entry| (entry.place, entry.part, entry.observation.period));
    let mut series: Vec<Series> = Vec::new();
    let mut last_at = 0;
    for entry in entries {
        match series.last_mut() {
            Some(open) if open.place == entry.place && open.part == entry.part => {
                if open
                    .observations
                    .last()
                    .is_some_and(|last| last.period == entry.observation.period)
                {
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

/// `values:` written in the indicator's own file: place → period → number or reason.
pub(super) fn inline(node: &Node<'_>, kind: PeriodKind, places: &Places) -> Vec<Series> {
    let mut origins = Vec::new();
    let mut entries = Vec::new();
    let by_place = node;
    for (code, node) in node
        .entries(|code, node| Some((code.to_owned(), node.clone())))
        .unwrap_or_default()
    {
        let Some(place) = places.find(&code) else {
            let finding = Finding::new(Code::UnknownPlace, by_place.origin.key(&code)).with("value", &code);
            node.report(finding.near(&code, places.codes()));
            continue;
        };
        let by_period = &node;
        for (written, node) in node
            .entries(|period, node| Some((period.to_owned(), node.clone())))
            .unwrap_or_default()
        {
            let Some(period) = Period::parse(&written, kind) else {
                let key = by_period.origin.key(&written);
                node.report(
                    by_period
                        .split_number(&written)
                        .unwrap_or_else(|| period_fault(&written, Some(kind), &key)),
                );
                continue;
            };
            let Some(value) = value(&node) else { continue };
            origins.push(node.origin.clone());
            let observation = Observation {
                period,
                value,
                bounds: None,
                flags: Flags::default(),
                note: String::new(),
            };
            entries.push(Entry {
                place,
                part: Part::TOTAL,
                observation,
                at: origins.len() - 1,
            });
        }
    }
    gather(entries, |at| origins[at].clone(), node.log())
}

/// A number, or the name of a reason.
fn value(node: &Node<'_>) -> Option<Value> {
    if node.is_near(Reason::NAMES) {
        return node.choice(Reason::NAMES).map(Value::Missing);
    }
    node.number_or(|finding| finding.with("instead", Reason::NotPublished.name()))
        .map(Value::Known)
}
