//! Which places and periods a chart shows.

use crate::chart::Role;
use crate::model::{ChartSpec, Indicator, Level, Part, Period, PlaceId};
use crate::render::report::Standpoint;

/// Places named by the specification, its group included; empty when it names none.
pub(super) fn named(standpoint: Standpoint<'_>, spec: &ChartSpec) -> Vec<PlaceId> {
    let mut places = spec.selection.places.clone();
    if let Some(group) = spec
        .selection
        .group
        .as_ref()
        .and_then(|id| standpoint.site().places().group(id))
    {
        places.extend(
            group
                .places
                .iter()
                .copied()
                .filter(|place| !spec.selection.places.contains(place)),
        );
    }
    places
}

/// Places of a chart of many: named ones, else all of the level (within the parent), else the municipalities or counties that have figures.
pub(super) fn many(standpoint: Standpoint<'_>, spec: &ChartSpec, indicator: &Indicator) -> Vec<PlaceId> {
    let named = named(standpoint, spec);
    if !named.is_empty() {
        return named;
    }
    let level = spec.selection.level.unwrap_or(match spec.selection.parent {
        Some(parent) if standpoint.site().places()[parent].level == Level::County => Level::Municipality,
        _ => Level::County,
    });
    let places: Vec<PlaceId> = standpoint
        .site()
        .places()
        .at_level(level, spec.selection.parent)
        .collect();
    // Places without a series at all were never part of the figures.
    places
        .into_iter()
        .filter(|place| indicator.series(*place, spec.selection.part()).is_some())
        .collect()
}

/// Whose chart it is.
pub(super) fn subject(standpoint: Standpoint<'_>, spec: &ChartSpec) -> Option<PlaceId> {
    spec.selection.place.or(standpoint.home())
}

/// The single period of a chart: the one asked for, else the latest for which most of the places have a number.
pub(super) fn period(spec: &ChartSpec, indicator: &Indicator, places: &[PlaceId], part: Part) -> Option<Period> {
    if spec.selection.period.is_some() {
        return spec.selection.period.and_then(|period| in_kind(indicator, period));
    }
    let mut counted: Vec<(usize, Period)> = Vec::new();
    for series in indicator
        .series
        .iter()
        .filter(|series| series.part == part && places.contains(&series.place))
    {
        for observation in series
            .observations
            .iter()
            .filter(|observation| observation.value.known().is_some())
        {
            match counted.iter_mut().find(|(_, period)| *period == observation.period) {
                Some((count, _)) => *count += 1,
                None => counted.push((1, observation.period)),
            }
        }
    }
    let most = counted.iter().map(|(count, _)| *count).max()?;
    counted
        .into_iter()
        .filter(|(count, _)| *count * 2 >= most)
        .map(|(_, period)| period)
        .max()
}

/// Periods between two, those of the report unless the specification says otherwise. With fewer than three in the report, all there are.
pub(super) fn periods(
    standpoint: Standpoint<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    places: &[PlaceId],
    part: Part,
) -> Vec<Period> {
    let known = known_periods(indicator, places, part);
    let (from, to) = (spec.selection.from, spec.selection.to);
    if from.is_some() || to.is_some() {
        let after = |period: &Period| from.is_none_or(|from| period.year() >= from.year());
        let before = |period: &Period| to.is_none_or(|to| period.year() <= to.year());
        return known
            .into_iter()
            .filter(|period| after(period) && before(period))
            .collect();
    }
    let inside = periods_in_report(standpoint, &known);
    if inside.len() < 3 { known } else { inside }
}

/// Those of the periods that lie in the report's years.
pub(crate) fn periods_in_report(standpoint: Standpoint<'_>, periods: &[Period]) -> Vec<Period> {
    match standpoint.site().settings().period {
        Some((from, to)) => periods
            .iter()
            .copied()
            .filter(|period| (from..=to).contains(&period.year()))
            .collect(),
        None => periods.to_vec(),
    }
}

/// Periods for which one of the places has a number, in order.
fn known_periods(indicator: &Indicator, places: &[PlaceId], part: Part) -> Vec<Period> {
    let of_places = indicator
        .series
        .iter()
        .filter(|series| series.part == part && places.contains(&series.place));
    let known = of_places
        .flat_map(|series| &series.observations)
        .filter(|observation| observation.value.known().is_some());
    let mut periods: Vec<Period> = known.map(|observation| observation.period).collect();
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// A period as written, in the indicator's own kind (an election year is written like a year).
fn in_kind(indicator: &Indicator, period: Period) -> Option<Period> {
    Period::parse(&period.to_string(), indicator.period)
}

/// Who a place is in a chart; `nth` counts the others.
pub(super) fn role(standpoint: Standpoint<'_>, spec: &ChartSpec, place: PlaceId, nth: u8) -> Role {
    if subject(standpoint, spec) == Some(place) {
        Role::Home
    } else if standpoint.country() == Some(place) {
        Role::Country
    } else {
        Role::Other(nth)
    }
}
