//! Figures of one series on both sides of a break, which no expression may reckon with or compare.

use super::record::{FigureTime, Lookup};
use crate::finding::{Code, Finding};
use crate::measure;
use crate::model::{Period, Site};
use crate::source::Origin;

/// The finding of the first break that lies between figures of one series; `None` where they can be compared.
pub(super) fn finding(site: &Site, lookups: &[Lookup], place: &Origin) -> Option<Finding> {
    let times: Vec<(&Lookup, &FigureTime)> = lookups
        .iter()
        .filter_map(|lookup| Some((lookup, lookup.time.as_ref()?)))
        .collect();
    let within = times
        .iter()
        .find_map(|(lookup, time)| Some((*lookup, break_between(site, time, time.periods)?)));
    let between = || {
        let pairs = times
            .iter()
            .enumerate()
            .flat_map(|(at, one)| times[at + 1..].iter().map(move |other| (one, other)));
        pairs
            .filter(|((_, one), (_, other))| one.same_series(other))
            .find_map(|((lookup, one), (_, other))| {
                let ends = [
                    one.periods[1].min(other.periods[1]),
                    one.periods[1].max(other.periods[1]),
                ];
                Some((*lookup, break_between(site, one, ends)?))
            })
    };
    let (lookup, start) = within.or_else(between)?;
    Some(
        Finding::new(Code::ExpressionBreak, place.clone())
            .with("what", &lookup.figure)
            .with("period", start.to_string()),
    )
}

/// The first period after a break of the figure's series between two periods.
fn break_between(site: &Site, time: &FigureTime, [first, last]: [Period; 2]) -> Option<Period> {
    let indicator = site.indicator(&time.indicator)?;
    measure::break_between(indicator, time.place, time.part, first, last)
}
