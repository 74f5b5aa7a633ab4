//! Whether a change over time is a verdict: the span it is judged over, and what speaks against judging it.
//!
//! A change is told wherever there are two comparable figures. Better or worse is said only where all of this holds, in this
//! order, which is the order in which a doubt is told:
//!
//! 1. The author has not withheld the verdict.
//! 2. The figures are no money in the prices of each year, which inflation moves.
//! 3. There are three figures or more, and three years or more between the first and the last.
//! 4. Neither end is the year of the pandemic, unless the author chose the span.
//! 5. The figures of a sample differ by more than their 95 per cent intervals allow, and those intervals are known.
//!
//! A break ends the span: figures before it are never part of it.

use super::signal::{last_break, shown_order};
use super::{difference, rounded};
use crate::model::{Indicator, Margin, Observation, Part, Period, PlaceId};
use std::cmp::Ordering;

/// Fewest figures of a verdict.
const LEAST_FIGURES: usize = 3;
/// Fewest years between the first and the last figure of a verdict.
const LEAST_YEARS: f64 = 3.0;
/// The year of the pandemic, from or to which nothing is judged.
const PANDEMIC_YEAR: i32 = 2020;

/// Why a change is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrendDoubt {
    /// The author says that it should not be judged.
    Withheld,
    /// Money in the prices of each year.
    Prices,
    /// Too few figures.
    Few,
    /// Too few years.
    Short,
    /// It begins or ends in the year of the pandemic.
    Pandemic,
    /// Within what chance can do in a sample.
    Margin,
    /// Of a sample, and nobody knows what chance can do in it.
    Sample,
}

impl TrendDoubt {
    /// Key of the theme's words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TrendDoubt::Withheld => "withheld",
            TrendDoubt::Prices => "prices",
            TrendDoubt::Few => "few",
            TrendDoubt::Short => "short",
            TrendDoubt::Pandemic => "pandemic",
            TrendDoubt::Margin => "margin",
            TrendDoubt::Sample => "sample",
        }
    }
}

/// A change over all comparable years, that goes the other way than the change that is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongView {
    /// First and last period.
    pub periods: [Period; 2],
    /// Last number minus first in the unit, by [`difference`].
    pub difference: f64,
    /// Last compared with first, as shown.
    pub order: Ordering,
}

/// The figures that a trend is judged by: those with a number within the report's years or the author's span, after the last
/// break.
pub(super) fn span(indicator: &Indicator, place: PlaceId, part: Part, years: Option<(i32, i32)>) -> Vec<&Observation> {
    let rule = indicator.trend.as_ref();
    let (from, to) = (rule.and_then(|rule| rule.from), rule.and_then(|rule| rule.to));
    let is_inside = |period: Period| {
        let after = match from {
            Some(from) => period >= from,
            None => years.is_none_or(|(first, _)| period.year() >= first),
        };
        let before = match to {
            Some(to) => period <= to,
            None => years.is_none_or(|(_, last)| period.year() <= last),
        };
        after && before
    };
    comparable(indicator, place, part, is_inside)
}

/// Figures with a number in the periods asked for, after the last break before the last of them.
fn comparable(
    indicator: &Indicator,
    place: PlaceId,
    part: Part,
    is_inside: impl Fn(Period) -> bool,
) -> Vec<&Observation> {
    let series = indicator.series(place, part);
    let mut figures: Vec<&Observation> = series
        .into_iter()
        .flat_map(|series| &series.observations)
        .filter(|figure| is_inside(figure.period) && figure.value.known().is_some())
        .collect();
    if let Some(start) = figures
        .last()
        .and_then(|last| last_break(indicator, place, part, last.period))
    {
        figures.retain(|figure| figure.period >= start);
    }
    figures
}

/// What speaks against judging a change between the first and the last of these figures; `difference` in the unit.
pub(super) fn doubt(indicator: &Indicator, figures: &[&Observation], difference: f64) -> Option<TrendDoubt> {
    let [first, .., last] = figures else { return None };
    let rule = indicator.trend.as_ref();
    let is_chosen = rule.is_some_and(|rule| rule.from.is_some() || rule.to.is_some());
    let is_pandemic = |figure: &Observation| figure.period.year() == PANDEMIC_YEAR;
    if rule.is_some_and(|rule| rule.withheld) {
        Some(TrendDoubt::Withheld)
    } else if indicator.is_in_current_prices() {
        Some(TrendDoubt::Prices)
    } else if figures.len() < LEAST_FIGURES {
        Some(TrendDoubt::Few)
    } else if last.period.position() - first.period.position() < LEAST_YEARS {
        Some(TrendDoubt::Short)
    } else if !is_chosen && (is_pandemic(first) || is_pandemic(last)) {
        Some(TrendDoubt::Pandemic)
    } else {
        match chance(indicator, first, last) {
            Some(Margin::Unknown) => Some(TrendDoubt::Sample),
            Some(Margin::Known(chance)) if difference.abs() <= chance => Some(TrendDoubt::Margin),
            _ => None,
        }
    }
}

/// How much two figures of samples may differ by chance alone, at 95 per cent: the root of the sum of their squared
/// half-intervals, as of independent samples. `None` where everybody was counted.
fn chance(indicator: &Indicator, first: &Observation, last: &Observation) -> Option<Margin> {
    let half = |figure: &Observation| {
        let own = figure.bounds.map(|(low, high)| Margin::Known((high - low) / 2.0));
        own.or(indicator.margin)
    };
    match (half(first), half(last)) {
        (Some(Margin::Known(a)), Some(Margin::Known(b))) => Some(Margin::Known(a.hypot(b))),
        (None, None) => None,
        _ => Some(Margin::Unknown),
    }
}

/// The change over all comparable years up to the end of a span, where it is long enough to be judged and goes the other way.
/// Money in the prices of each year has none, since over many years inflation alone decides it.
pub(super) fn long_view(indicator: &Indicator, place: PlaceId, span: [Period; 2], order: Ordering) -> Option<LongView> {
    let figures = comparable(indicator, place, Part::TOTAL, |period| period <= span[1]);
    let [first, .., last] = figures.as_slice() else {
        return None;
    };
    let is_long = figures.len() >= LEAST_FIGURES && last.period.position() - first.period.position() >= LEAST_YEARS;
    let (before, now) = (first.value.known()?, last.value.known()?);
    let long = shown_order(indicator, now, before);
    let decimals = indicator.unit.decimals;
    let turns = long != Ordering::Equal && order != Ordering::Equal && long != order;
    (is_long && turns && first.period < span[0] && !indicator.is_in_current_prices()).then(|| LongView {
        periods: [first.period, last.period],
        difference: rounded(difference(now, before, decimals), decimals),
        order: long,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::example::{break_in, indicator};
    use crate::measure::{TrendSignal, trend_signal};
    use crate::model::{Better, Prices, Text, TrendRule};

    const HOME: PlaceId = PlaceId(0);
    /// Figures from 2020, of which the first is left out by the span.
    const FIGURES: &[f64] = &[1.0, 5.0, 6.0, 7.0, 9.0];
    const AFTER_THE_PANDEMIC: Option<(i32, i32)> = Some((2021, 2030));

    fn judged(change: impl FnOnce(&mut Indicator), years: Option<(i32, i32)>) -> TrendSignal {
        let mut indicator = indicator(Better::Higher, &[FIGURES]);
        change(&mut indicator);
        trend_signal(&indicator, HOME, years).expect("several figures")
    }

    fn rule(from: Option<i32>, withheld: bool) -> TrendRule {
        let (from, to) = (from.map(Period::Year), None);
        let reason = Text::plain("Därför");
        TrendRule {
            from,
            to,
            withheld,
            reason,
        }
    }

    /// What is said of the indicator, the report's years, and the doubt that follows.
    type Case = (fn(&mut Indicator), Option<(i32, i32)>, TrendDoubt);

    #[test]
    fn three_years_and_three_figures_are_judged() {
        let signal = judged(|_| (), AFTER_THE_PANDEMIC);
        assert_eq!((signal.doubt, signal.better), (None, Some(Ordering::Greater)));
    }

    #[test]
    fn each_rule_withholds_the_verdict_but_not_the_change() {
        let cases: [Case; 8] = [
            (|_| (), Some((2023, 2030)), TrendDoubt::Few),
            (|_| (), Some((2022, 2030)), TrendDoubt::Short),
            (
                |indicator| indicator.breaks.push(break_in(None, 2022)),
                AFTER_THE_PANDEMIC,
                TrendDoubt::Short,
            ),
            (|_| (), None, TrendDoubt::Pandemic),
            (
                |indicator| indicator.prices = Some(Prices::Current),
                AFTER_THE_PANDEMIC,
                TrendDoubt::Prices,
            ),
            (
                |indicator| indicator.margin = Some(Margin::Unknown),
                AFTER_THE_PANDEMIC,
                TrendDoubt::Sample,
            ),
            // 4 is less than √(3² + 3²).
            (
                |indicator| indicator.margin = Some(Margin::Known(3.0)),
                AFTER_THE_PANDEMIC,
                TrendDoubt::Margin,
            ),
            (
                |indicator| indicator.trend = Some(rule(None, true)),
                AFTER_THE_PANDEMIC,
                TrendDoubt::Withheld,
            ),
        ];
        for (change, years, doubt) in cases {
            let signal = judged(change, years);
            assert_eq!((signal.doubt, signal.better), (Some(doubt), None));
            assert_eq!(signal.order, Ordering::Greater, "the change is told all the same");
        }
    }

    #[test]
    fn a_change_beyond_the_margin_is_judged() {
        let signal = judged(
            |indicator| indicator.margin = Some(Margin::Known(2.0)),
            AFTER_THE_PANDEMIC,
        );
        assert_eq!(signal.better, Some(Ordering::Greater));
    }

    #[test]
    fn an_author_may_choose_the_span_with_a_reason() {
        let signal = judged(
            |indicator| indicator.trend = Some(rule(Some(2020), false)),
            AFTER_THE_PANDEMIC,
        );
        assert_eq!(signal.periods[0], Period::Year(2020));
        assert_eq!(signal.better, Some(Ordering::Greater));
    }

    #[test]
    fn neither_way_is_better_needs_no_excuse() {
        let signal = judged(|indicator| indicator.better = Better::Neither, None);
        assert_eq!((signal.doubt, signal.better), (None, None));
    }

    #[test]
    fn the_long_view_is_told_where_it_turns_the_other_way() {
        let figures: &[f64] = &[9.0, 3.0, 4.0, 4.5, 5.0];
        let mut turning = indicator(Better::Lower, &[figures]);
        let long = |indicator: &Indicator| {
            let signal = trend_signal(indicator, HOME, AFTER_THE_PANDEMIC).expect("figures");
            signal.long_view.map(|long| (long.periods[0], long.difference))
        };
        assert_eq!(long(&turning), Some((Period::Year(2020), -4.0)));
        turning.breaks.push(break_in(None, 2021));
        assert_eq!(long(&turning), None);
        assert_eq!(long(&indicator(Better::Lower, &[FIGURES])), None);
    }
}
