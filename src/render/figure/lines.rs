//! Lines of places over time: drawn, and told in a sentence each; breaks in series are marked and told.

use crate::chart::{BreakMark, Line, Role};
use crate::measure;
use crate::model::{ChartSpec, Indicator, Part, Period, PlaceId};
use crate::page::context::PageContext;
use crate::render::figure::select;

/// A line a place, with a value a period; provisional and estimated values are open marks.
pub(super) fn lines(
    page: PageContext<'_>,
    spec: &ChartSpec,
    indicator: &Indicator,
    places: &[PlaceId],
    periods: &[Period],
    part: Part,
) -> Vec<Line> {
    let mut others = 0;
    places
        .iter()
        .map(|place| {
            let role = select::role(page, spec, *place, others);
            others += u8::from(matches!(role, Role::Other(_)));
            let at = |period: &Period| indicator.at(*place, part, *period);
            let open = |period: &Period| {
                at(period).is_some_and(|observation| observation.flags.provisional || observation.flags.estimated)
            };
            Line {
                name: page.place_short(*place).to_owned(),
                role,
                values: periods.iter().map(|period| at(period)?.value.known()).collect(),
                open: periods.iter().map(open).collect(),
                cut: cuts(indicator, Some(*place), part, periods),
            }
        })
        .collect()
}

/// Periods before which a line stops: after a break, and after a period that is missing. Without a place, breaks of all
/// places together.
pub(super) fn cuts(indicator: &Indicator, place: Option<PlaceId>, part: Part, periods: &[Period]) -> Vec<bool> {
    let is_broken = |before: Period, period: Period| match place {
        Some(place) => measure::break_between(indicator, place, part, before, period).is_some(),
        None => indicator
            .breaks
            .iter()
            .any(|a_break| a_break.place.is_none() && before < a_break.period && a_break.period <= period),
    };
    let stops = |pair: &[Period]| !pair[1].follows(pair[0]) || is_broken(pair[0], pair[1]);
    let first = periods.first().map(|_| false);
    first.into_iter().chain(periods.windows(2).map(stops)).collect()
}

/// Where a place's line begins and ends; after a break in the series only the part after it, which alone can be compared.
pub(super) fn line_sentence(
    page: PageContext<'_>,
    indicator: &Indicator,
    place: PlaceId,
    periods: &[Period],
    part: Part,
) -> Option<String> {
    let format = &page.locale.format;
    let values: Vec<(Period, f64)> = periods
        .iter()
        .filter_map(|period| Some((*period, measure::value(indicator, place, part, *period)?)))
        .collect();
    let last = values.last()?;
    let start = measure::last_break(indicator, place, part, last.0);
    let first = values
        .iter()
        .find(|(period, _)| start.is_none_or(|start| *period >= start))?;
    let [from, to] = [first, last].map(|(period, value)| {
        (
            format.period(*period),
            format.value(*value, &indicator.unit, page.code()),
        )
    });
    let path = if first.0 == last.0 {
        "sentence.chart.single"
    } else {
        "sentence.chart.line"
    };
    let words = [
        ("place", page.place_name(place)),
        ("from", &from.0),
        ("first", &from.1),
        ("to", &to.0),
        ("last", &to.1),
    ];
    Some(page.fill(path, &words))
}

/// Breaks in the places' series within the periods, each once, in order.
pub(super) fn breaks(indicator: &Indicator, places: &[PlaceId], periods: &[Period], part: Part) -> Vec<Period> {
    let within = |start: &Period| {
        periods.first().is_some_and(|first| first < start) && periods.last().is_some_and(|last| start <= last)
    };
    let mut breaks: Vec<Period> = places
        .iter()
        .flat_map(|place| measure::breaks(indicator, *place, part))
        .filter(within)
        .collect();
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

/// A mark at the first period after each break.
pub(super) fn break_marks(page: PageContext<'_>, breaks: &[Period], periods: &[Period]) -> Vec<BreakMark> {
    let mark = |start: &Period| {
        let at = periods.iter().position(|period| period >= start)?;
        Some(BreakMark {
            at,
            text: page.word("flag.break").to_owned(),
        })
    };
    breaks.iter().filter_map(mark).collect()
}

/// A sentence for each break.
pub(super) fn break_sentences(page: PageContext<'_>, breaks: &[Period]) -> Vec<String> {
    let sentence = |start: &Period| {
        let period = page.locale.format.period_in_text(*start);
        page.fill("sentence.chart.break", &[("period", &period)])
    };
    breaks.iter().map(sentence).collect()
}
