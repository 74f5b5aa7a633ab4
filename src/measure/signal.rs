//! The two signals that need no target: against the country, and the direction of change.
//!
//! They are kept apart: a place may be below the country and improving. Both compare what is shown, so
//! numbers that round to the same are level.

use super::judgement::{LongView, TrendDoubt, doubt, long_view, span};
use super::{difference, latest, rounded, value};
use crate::model::{Better, Indicator, Part, Period, PlaceId};
use std::cmp::Ordering;

/// A place against the country, for the place's latest period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountrySignal {
    /// The period compared.
    pub period: Period,
    /// Place minus country in the unit, by [`difference`].
    pub difference: f64,
    /// Place compared with country, as shown.
    pub order: Ordering,
    /// `order` in terms of better (`Greater`) and worse (`Less`); `None` when neither way is better.
    pub better: Option<Ordering>,
}

/// A place's change within the report's period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendSignal {
    /// First and last period compared.
    pub periods: [Period; 2],
    /// Last number minus first in the unit, by [`difference`].
    pub difference: f64,
    /// Last compared with first, as shown.
    pub order: Ordering,
    /// `order` in terms of better (`Greater`) and worse (`Less`); `None` when neither way is better, and where there is a doubt.
    pub better: Option<Ordering>,
    /// Why the change is no verdict; `None`: it is one, or neither way is better.
    pub doubt: Option<TrendDoubt>,
    /// The change over all years that can be compared, where it goes the other way.
    pub long_view: Option<LongView>,
}

/// A place against the country, for the place's latest period. `None` where levels cannot be compared or one has no number.
#[must_use]
pub fn country_signal(indicator: &Indicator, place: PlaceId, country: PlaceId) -> Option<CountrySignal> {
    if !indicator.comparable {
        return None;
    }
    let newest = latest(indicator, place, Part::TOTAL, None)?;
    let place_value = newest.value.known()?;
    let country_value = value(indicator, country, Part::TOTAL, newest.period)?;
    let order = shown_order(indicator, place_value, country_value);
    Some(CountrySignal {
        period: newest.period,
        difference: difference(place_value, country_value, indicator.unit.decimals),
        order,
        better: better_order(indicator, order),
    })
}

/// First and last number within `years`, or within the indicator's own span, after the last break. `None` unless there are two.
#[must_use]
pub fn trend(
    indicator: &Indicator,
    place: PlaceId,
    part: Part,
    years: Option<(i32, i32)>,
) -> Option<[(Period, f64); 2]> {
    let span = span(indicator, place, part, years);
    let [first, last] = [span.first()?, span.last()?];
    let ends = [first, last].map(|observation| Some((observation.period, observation.value.known()?)));
    (first.period < last.period).then_some([ends[0]?, ends[1]?])
}

/// The last break not later than `until`: only from there on are figures comparable with that period's.
#[must_use]
pub fn last_break(indicator: &Indicator, place: PlaceId, part: Part, until: Period) -> Option<Period> {
    breaks(indicator, place, part)
        .into_iter()
        .rfind(|start| *start <= until)
}

/// The last break between two periods: the figures on its sides are not comparable. `None`: there is none.
#[must_use]
pub fn break_between(indicator: &Indicator, place: PlaceId, part: Part, first: Period, last: Period) -> Option<Period> {
    last_break(indicator, place, part, last).filter(|start| *start > first)
}

/// Periods from which figures are not comparable with those before, in order, each once.
#[must_use]
pub fn breaks(indicator: &Indicator, place: PlaceId, part: Part) -> Vec<Period> {
    let stated = indicator
        .breaks
        .iter()
        .filter(|a_break| a_break.place.is_none_or(|only| only == place))
        .map(|a_break| a_break.period);
    let flagged = indicator
        .series(place, part)
        .into_iter()
        .flat_map(|series| &series.observations);
    let mut all: Vec<Period> = stated
        .chain(flagged.filter(|newer| newer.flags.breaks).map(|newer| newer.period))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Direction of change within the report's years, and whether it is judged; `None` where there is no [`trend`].
#[must_use]
pub fn trend_signal(indicator: &Indicator, place: PlaceId, years: Option<(i32, i32)>) -> Option<TrendSignal> {
    let [first, last] = trend(indicator, place, Part::TOTAL, years)?;
    let order = shown_order(indicator, last.1, first.1);
    let difference = difference(last.1, first.1, indicator.unit.decimals);
    let doubt = doubt(indicator, &span(indicator, place, Part::TOTAL, years), difference)
        .filter(|_| indicator.better != Better::Neither);
    Some(TrendSignal {
        periods: [first.0, last.0],
        difference,
        order,
        better: better_order(indicator, order).filter(|_| doubt.is_none()),
        doubt,
        long_view: long_view(indicator, place, [first.0, last.0], order),
    })
}

pub(super) fn shown_order(indicator: &Indicator, a: f64, b: f64) -> Ordering {
    let decimals = indicator.unit.decimals;
    rounded(a, decimals).total_cmp(&rounded(b, decimals))
}

/// More or less in terms of better or worse; `None` when neither way is better.
fn better_order(indicator: &Indicator, order: Ordering) -> Option<Ordering> {
    match indicator.better {
        Better::Higher => Some(order),
        Better::Lower => Some(order.reverse()),
        Better::Neither => None,
    }
}

#[cfg(test)]
#[expect(
    clippy::float_cmp,
    reason = "what is rounded, copied or turned round is the very number"
)]
mod tests {
    use super::*;
    use crate::measure::example::{break_in, indicator};
    use proptest::prelude::*;

    const HOME: PlaceId = PlaceId(0);
    const COUNTRY: PlaceId = PlaceId(1);

    #[test]
    fn numbers_that_look_the_same_are_level() {
        let indicator = indicator(Better::Higher, &[&[79.98, 80.04], &[80.0, 79.96]]);
        let against = country_signal(&indicator, HOME, COUNTRY).expect("both have numbers");
        assert_eq!(
            (against.order, against.better),
            (Ordering::Equal, Some(Ordering::Equal))
        );
        assert_eq!(against.difference, 0.0);
        assert_eq!(
            trend_signal(&indicator, HOME, None).expect("two years").order,
            Ordering::Equal
        );
    }

    #[test]
    fn a_change_begins_after_the_last_break() {
        let mut indicator = indicator(Better::Higher, &[&[90.0, 70.0, 75.0]]);
        indicator.breaks.push(break_in(None, 2021));
        assert_eq!(
            trend(&indicator, HOME, Part::TOTAL, None),
            Some([(Period::Year(2021), 70.0), (Period::Year(2022), 75.0)])
        );
        indicator.breaks.push(break_in(None, 2022));
        assert_eq!(trend(&indicator, HOME, Part::TOTAL, None), None);
    }

    #[test]
    fn a_break_elsewhere_is_no_break_here() {
        let mut indicator = indicator(Better::Higher, &[&[90.0, 70.0]]);
        indicator.breaks.push(break_in(Some(COUNTRY), 2021));
        assert_eq!(
            trend(&indicator, HOME, Part::TOTAL, None).map(|[first, _]| first.1),
            Some(90.0)
        );
    }

    proptest! {
        #[test]
        fn home_and_country_see_each_other_the_other_way_round(own in 0u16..500, theirs in 0u16..500) {
            let (own, theirs) = (f64::from(own) / 20.0, f64::from(theirs) / 20.0);
            for better in [Better::Higher, Better::Lower, Better::Neither] {
                let indicator = indicator(better, &[&[own], &[theirs]]);
                let there = country_signal(&indicator, HOME, COUNTRY).expect("both have numbers");
                let back = country_signal(&indicator, COUNTRY, HOME).expect("both have numbers");
                prop_assert_eq!(there.order, back.order.reverse());
                prop_assert_eq!(there.better, back.better.map(Ordering::reverse));
                prop_assert_eq!(there.difference, -back.difference);
            }
        }

        #[test]
        fn what_is_better_one_way_is_worse_the_other(first in 0u16..500, last in 0u16..500) {
            let numbers: &[f64] = &[f64::from(first) / 20.0, f64::from(last) / 20.0];
            let judged = |better| trend_signal(&indicator(better, &[numbers]), HOME, None).expect("two years").better;
            prop_assert_eq!(judged(Better::Higher), judged(Better::Lower).map(Ordering::reverse));
            prop_assert_eq!(judged(Better::Neither), None);
        }
    }
}
