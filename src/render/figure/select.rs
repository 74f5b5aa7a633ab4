//! Selects the places and periods of a chart by its specification.

use crate::chart::Role;
use crate::measure;
use crate::model::{ChartSpec, Indicator, Level, Part, Period, PlaceId};
use crate::page::context::PageContext;

/// Places that the specification names, its group included; empty when it names none.
pub(super) fn named_places(page: PageContext<'_>, spec: &ChartSpec) -> Vec<PlaceId> {
    let mut places = spec.selection.places.clone();
    if let Some(group) = spec.selection.group.as_ref().and_then(|id| page.site.places.group(id)) {
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

/// Places with a line of their own: the named ones, else the main place and the country, as far as they have figures.
pub(super) fn line_places(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator) -> Vec<PlaceId> {
    let mut places = named_places(page, spec);
    if places.is_empty() {
        places.extend(main_place(page, spec));
        let country = page.country().filter(|_| indicator.comparable);
        places.extend(country.filter(|country| !places.contains(country)));
    }
    places.retain(|place| measure::latest(indicator, *place, spec.selection.part(), None).is_some());
    places
}

/// All places of the specification's level, within its parent; without a level the counties, or the county's municipalities.
pub(super) fn places_of_level(page: PageContext<'_>, spec: &ChartSpec) -> Vec<PlaceId> {
    let parent = spec.selection.parent;
    let level = spec.selection.level.unwrap_or(match parent {
        Some(parent) if page.site.places[parent].level == Level::County => Level::Municipality,
        _ => Level::County,
    });
    page.site.places.at_level(level, parent).collect()
}

/// Places of a chart of many: the named ones, else those of the level (within the parent) that have figures.
pub(super) fn many_places(page: PageContext<'_>, spec: &ChartSpec, indicator: &Indicator) -> Vec<PlaceId> {
    let named_places = named_places(page, spec);
    if !named_places.is_empty() {
        return named_places;
    }
    let mut places = places_of_level(page, spec);
    // Places without a series at all were never part of the figures.
    places.retain(|place| indicator.series(*place, spec.selection.part()).is_some());
    places
}

/// The place that the chart is about: the one the specification says, else the report's own.
pub(super) fn main_place(page: PageContext<'_>, spec: &ChartSpec) -> Option<PlaceId> {
    spec.selection.place.or(page.home())
}

/// The period of a chart that shows one: the specification's, else the latest of those with numbers for many places, that
/// is at least half as many as the best covered period has.
pub(super) fn period(spec: &ChartSpec, indicator: &Indicator, places: &[PlaceId], part: Part) -> Option<Period> {
    if spec.selection.period.is_some() {
        return spec.selection.period.and_then(|period| in_kind(indicator, period));
    }
    let mut counts: Vec<(usize, Period)> = Vec::new();
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
            match counts.iter_mut().find(|(_, period)| *period == observation.period) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, observation.period)),
            }
        }
    }
    let most = counts.iter().map(|(count, _)| *count).max()?;
    counts
        .into_iter()
        .filter(|(count, _)| *count * 2 >= most)
        .map(|(_, period)| period)
        .max()
}

/// Periods with a number: between the specification's two years, else within the report's; all of them where those are fewer than
/// three.
pub(super) fn periods(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    places: &[PlaceId],
    part: Part,
) -> Vec<Period> {
    let all = periods_with_numbers(indicator, places, part);
    let (from, to) = (spec.selection.from, spec.selection.to);
    if from.is_some() || to.is_some() {
        let after = |period: &Period| from.is_none_or(|from| period.year() >= from.year());
        let before = |period: &Period| to.is_none_or(|to| period.year() <= to.year());
        return all
            .into_iter()
            .filter(|period| after(period) && before(period))
            .collect();
    }
    let in_report = periods_in_report(page, &all);
    if in_report.len() < 3 { all } else { in_report }
}

/// The periods within the report's years; all where the report has none.
pub(crate) fn periods_in_report(page: PageContext<'_>, periods: &[Period]) -> Vec<Period> {
    match page.site.settings.period {
        Some((from, to)) => periods
            .iter()
            .copied()
            .filter(|period| (from..=to).contains(&period.year()))
            .collect(),
        None => periods.to_vec(),
    }
}

/// Periods for which one of the places has a number, in order.
fn periods_with_numbers(indicator: &Indicator, places: &[PlaceId], part: Part) -> Vec<Period> {
    let of_places = indicator
        .series
        .iter()
        .filter(|series| series.part == part && places.contains(&series.place));
    let mut periods: Vec<Period> = of_places
        .flat_map(|series| &series.observations)
        .filter(|observation| observation.value.known().is_some())
        .map(|observation| observation.period)
        .collect();
    periods.sort_unstable();
    periods.dedup();
    periods
}

/// The period in the indicator's own kind, since an election year is written like a year; `None` where it is of another.
fn in_kind(indicator: &Indicator, period: Period) -> Option<Period> {
    Period::parse(&period.to_string(), indicator.period)
}

/// The role of a place in a chart; `nth` counts the others.
pub(super) fn role(page: PageContext<'_>, spec: &ChartSpec, place: PlaceId, nth: u8) -> Role {
    if main_place(page, spec) == Some(place) {
        Role::Home
    } else if page.country() == Some(place) {
        Role::Country
    } else {
        Role::Other(nth)
    }
}
