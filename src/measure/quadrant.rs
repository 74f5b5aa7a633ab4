//! Level and change together: who is ahead or behind, and who gains or loses.
//!
//! Takes an indicator, two periods and places; gives each place's level in the last period and its change from the first,
//! and the quadrant of both, as seen from the country (or, where it has no numbers, from the places' mean). Numbers are
//! compared as they are shown: a place on a line as shown is in no quadrant.

use super::{breaks, difference, percent_change, rounded, value};
use crate::model::{Better, Indicator, Part, Period, PlaceId, UnitKind};
use std::cmp::Ordering;

/// Decimals with which changes in per cent are shown.
const PERCENT_DECIMALS: u8 = 1;

/// The four combinations of level and change. Better and worse follow the indicator's direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quadrant {
    /// Better level, better change: *drar ifrån*.
    PullingAhead,
    /// Better level, worse change: *tappar fart*.
    LosingPace,
    /// Worse level, better change: *kommer ikapp*.
    CatchingUp,
    /// Worse level, worse change: *halkar efter*.
    FallingBehind,
}

impl Quadrant {
    /// The quadrant of a level and a change, each better (`Greater`) or worse (`Less`) than its line; `None` on a line.
    #[must_use]
    pub fn from_orders(level: Ordering, change: Ordering) -> Option<Quadrant> {
        match (level, change) {
            (Ordering::Greater, Ordering::Greater) => Some(Quadrant::PullingAhead),
            (Ordering::Greater, Ordering::Less) => Some(Quadrant::LosingPace),
            (Ordering::Less, Ordering::Greater) => Some(Quadrant::CatchingUp),
            (Ordering::Less, Ordering::Less) => Some(Quadrant::FallingBehind),
            _ => None,
        }
    }

    /// Key of the theme's words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Quadrant::PullingAhead => "pulling_ahead",
            Quadrant::LosingPace => "losing_pace",
            Quadrant::CatchingUp => "catching_up",
            Quadrant::FallingBehind => "falling_behind",
        }
    }
}

/// Meaning of the lines that part the quadrants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// A place, the country.
    Place(PlaceId),
    /// The unweighted mean of the places.
    Mean,
}

/// A place's level and change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelAndChange {
    /// The place.
    pub place: PlaceId,
    /// Number in the first period.
    pub before: f64,
    /// Number in the last period.
    pub level: f64,
    /// Change from first to last: in per cent, or in the unit where [`change_is_in_unit`].
    pub change: f64,
    /// Quadrant of both; `None` on a line as shown.
    pub quadrant: Option<Quadrant>,
}

/// Places by level and change.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadrants {
    /// First and last period.
    pub periods: [Period; 2],
    /// Meaning of the lines.
    pub centre: Centre,
    /// Level and change at which the lines stand.
    pub lines: [f64; 2],
    /// Places that have both numbers, in the order given.
    pub places: Vec<LevelAndChange>,
}

/// Whether change is counted in the unit itself: of percentages and index scores, where a per cent of a per cent misleads.
#[must_use]
pub fn change_is_in_unit(indicator: &Indicator) -> bool {
    matches!(indicator.unit.kind, UnitKind::Percent | UnitKind::Index)
}

/// Periods for which most of the places have a number, in order.
#[must_use]
pub fn shared_periods(indicator: &Indicator, part: Part, places: &[PlaceId]) -> Vec<Period> {
    let places_with_number = |period: &Period| {
        places
            .iter()
            .filter(|place| value(indicator, **place, part, *period).is_some())
            .count()
    };
    let mut periods: Vec<Period> = places
        .iter()
        .filter_map(|place| indicator.series(*place, part))
        .flat_map(|series| series.observations.iter().map(|observation| observation.period))
        .collect();
    periods.sort_unstable();
    periods.dedup();
    periods.retain(|period| places_with_number(period) * 2 > places.len());
    periods
}

/// First and last period within `years` for which most of the places have a number, after their last break.
#[must_use]
pub fn quadrant_periods(
    indicator: &Indicator,
    part: Part,
    places: &[PlaceId],
    years: Option<(i32, i32)>,
) -> Option<[Period; 2]> {
    let inside = |period: &Period| years.is_none_or(|(from, to)| (from..=to).contains(&period.year()));
    let periods: Vec<Period> = shared_periods(indicator, part, places)
        .into_iter()
        .filter(inside)
        .collect();
    let last = *periods.last()?;
    let last_break = places
        .iter()
        .flat_map(|place| breaks(indicator, *place, part))
        .filter(|start| *start <= last)
        .max();
    let first = periods
        .into_iter()
        .find(|period| last_break.is_none_or(|start| *period >= start))?;
    (first < last).then_some([first, last])
}

/// Places by level and change between two periods. `None` where neither way is better, where levels cannot be compared,
/// or where fewer than three places have both numbers.
#[must_use]
pub fn quadrants(
    indicator: &Indicator,
    part: Part,
    periods: [Period; 2],
    places: &[PlaceId],
    country: Option<PlaceId>,
) -> Option<Quadrants> {
    if !indicator.comparable || indicator.better == Better::Neither {
        return None;
    }
    let ends = |place: PlaceId| {
        let [before, level] = periods.map(|period| value(indicator, place, part, period));
        let (before, level) = (before?, level?);
        Some((before, level, change(indicator, before, level)?))
    };
    let numbers: Vec<(PlaceId, (f64, f64, f64))> = places
        .iter()
        .filter_map(|place| Some((*place, ends(*place)?)))
        .collect();
    if numbers.len() < 3 {
        return None;
    }
    let mean = |number: fn(&(f64, f64, f64)) -> f64| {
        let count = f64::from(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
        numbers.iter().map(|(_, ends)| number(ends)).sum::<f64>() / count
    };
    let of_country = country.and_then(|country| Some((country, ends(country)?)));
    let (centre, lines) = match of_country {
        Some((country, (_, level, change))) => (Centre::Place(country), [level, change]),
        None => (Centre::Mean, [mean(|ends| ends.1), mean(|ends| ends.2)]),
    };
    let decimals = [indicator.unit.decimals, change_decimals(indicator)];
    let against_line = |which: usize, number: f64| {
        let order = rounded(number, decimals[which]).total_cmp(&rounded(lines[which], decimals[which]));
        if indicator.better == Better::Lower {
            order.reverse()
        } else {
            order
        }
    };
    let in_quadrant = |(place, (before, level, change)): &(PlaceId, (f64, f64, f64))| LevelAndChange {
        place: *place,
        before: *before,
        level: *level,
        change: *change,
        quadrant: Quadrant::from_orders(against_line(0, *level), against_line(1, *change)),
    };
    Some(Quadrants {
        periods,
        centre,
        lines,
        places: numbers.iter().map(in_quadrant).collect(),
    })
}

/// Decimals with which a change of this indicator is shown.
#[must_use]
pub fn change_decimals(indicator: &Indicator) -> u8 {
    if change_is_in_unit(indicator) {
        indicator.unit.decimals
    } else {
        PERCENT_DECIMALS
    }
}

fn change(indicator: &Indicator, before: f64, level: f64) -> Option<f64> {
    if change_is_in_unit(indicator) {
        Some(difference(level, before, indicator.unit.decimals))
    } else {
        percent_change(before, level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::example::{break_in, indicator};
    use proptest::prelude::*;

    const COUNTRY: PlaceId = PlaceId(0);
    const PERIODS: [Period; 2] = [Period::Year(2020), Period::Year(2021)];

    fn in_quadrants(better: Better, numbers: &[&[f64]], country: Option<PlaceId>) -> Option<Quadrants> {
        let places: Vec<PlaceId> = (1..).map(PlaceId).take(numbers.len() - 1).collect();
        quadrants(&indicator(better, numbers), Part::TOTAL, PERIODS, &places, country)
    }

    fn names(better: Better, numbers: &[&[f64]]) -> Vec<Option<Quadrant>> {
        let found = in_quadrants(better, numbers, Some(COUNTRY)).expect("enough places");
        found.places.iter().map(|place| place.quadrant).collect()
    }

    #[test]
    fn level_and_change_give_the_quadrant() {
        use Quadrant::{CatchingUp, FallingBehind, LosingPace, PullingAhead};
        // The country goes from 100 to 110, that is +10 per cent.
        let numbers: &[&[f64]] = &[
            &[100.0, 110.0],
            &[100.0, 120.0],
            &[118.0, 120.0],
            &[80.0, 100.0],
            &[99.0, 100.0],
        ];
        assert_eq!(
            names(Better::Higher, numbers),
            [PullingAhead, LosingPace, CatchingUp, FallingBehind].map(Some)
        );
        assert_eq!(
            names(Better::Lower, numbers),
            [FallingBehind, CatchingUp, LosingPace, PullingAhead].map(Some)
        );
    }

    #[test]
    fn change_is_in_per_cent_but_of_percentages_change_is_in_unit() {
        let numbers: &[&[f64]] = &[&[50.0, 50.0], &[50.0, 60.0], &[40.0, 50.0], &[20.0, 10.0]];
        let changes = |kind| {
            let mut indicator = indicator(Better::Higher, numbers);
            indicator.unit.kind = kind;
            let places = [1, 2, 3].map(PlaceId);
            let found = quadrants(&indicator, Part::TOTAL, PERIODS, &places, None).expect("three places");
            found.places.iter().map(|place| place.change).collect::<Vec<f64>>()
        };
        assert_eq!(changes(UnitKind::Number), [20.0, 25.0, -50.0]);
        assert_eq!(changes(UnitKind::Percent), [10.0, 10.0, -10.0]);
        assert_eq!(changes(UnitKind::Index), [10.0, 10.0, -10.0]);
    }

    #[test]
    fn without_a_country_the_lines_stand_at_the_mean() {
        let found = in_quadrants(
            Better::Higher,
            &[&[], &[10.0, 10.0], &[20.0, 30.0], &[20.0, 20.0]],
            Some(COUNTRY),
        );
        let found = found.expect("three places");
        assert_eq!((found.centre, found.lines), (Centre::Mean, [20.0, 50.0 / 3.0]));
    }

    #[test]
    fn on_a_line_as_shown_is_in_no_quadrant() {
        let found = names(
            Better::Higher,
            &[&[80.0, 82.0], &[79.0, 82.04], &[70.0, 76.0], &[70.0, 70.0]],
        );
        assert_eq!(found[0], None);
        assert!(found[1].is_some());
    }

    #[test]
    fn there_is_nothing_to_say_without_direction_or_with_two_places() {
        let numbers: &[&[f64]] = &[&[1.0, 2.0], &[2.0, 3.0], &[3.0, 3.0], &[4.0, 1.0]];
        assert!(in_quadrants(Better::Neither, numbers, Some(COUNTRY)).is_none());
        assert!(in_quadrants(Better::Higher, &numbers[..3], Some(COUNTRY)).is_none());
    }

    #[test]
    fn periods_are_the_first_and_last_that_most_places_have() {
        let gap = f64::NAN;
        let mut indicator = indicator(
            Better::Higher,
            &[&[1.0, 2.0, 3.0, 4.0], &[gap, 2.0, 3.0, 4.0], &[gap, 2.0, 3.0, gap]],
        );
        for series in &mut indicator.series {
            series
                .observations
                .retain(|observation| observation.value.known().is_some_and(f64::is_finite));
        }
        let places = [0, 1, 2].map(PlaceId);
        let first_and_last = |indicator: &Indicator, years| quadrant_periods(indicator, Part::TOTAL, &places, years);
        let years = |from, to| Some([Period::Year(from), Period::Year(to)]);
        assert_eq!(first_and_last(&indicator, None), years(2021, 2023));
        assert_eq!(first_and_last(&indicator, Some((2020, 2022))), years(2021, 2022));
        assert_eq!(first_and_last(&indicator, Some((2023, 2024))), None);
        indicator.breaks.push(break_in(Some(PlaceId(2)), 2022));
        assert_eq!(first_and_last(&indicator, None), years(2022, 2023));
    }

    fn numbers() -> impl Strategy<Value = Vec<[f64; 2]>> {
        prop::collection::vec(
            (1u16..900, 1u16..900).prop_map(|(a, b)| [f64::from(a) / 10.0, f64::from(b) / 10.0]),
            4..15,
        )
    }

    proptest! {
        #[test]
        fn turning_the_direction_turns_every_place_to_the_opposite_quadrant(numbers in numbers()) {
            let rows: Vec<&[f64]> = numbers.iter().map(<[f64; 2]>::as_slice).collect();
            let opposite = |quadrant| match quadrant {
                Quadrant::PullingAhead => Quadrant::FallingBehind,
                Quadrant::FallingBehind => Quadrant::PullingAhead,
                Quadrant::LosingPace => Quadrant::CatchingUp,
                Quadrant::CatchingUp => Quadrant::LosingPace,
            };
            let turned: Vec<_> = names(Better::Lower, &rows).into_iter().map(|found| found.map(opposite)).collect();
            prop_assert_eq!(names(Better::Higher, &rows), turned);
        }

        #[test]
        fn every_place_has_the_quadrant_its_numbers_say(numbers in numbers()) {
            let rows: Vec<&[f64]> = numbers.iter().map(<[f64; 2]>::as_slice).collect();
            let found = in_quadrants(Better::Higher, &rows, Some(COUNTRY)).expect("enough places");
            prop_assert_eq!(found.places.len(), numbers.len() - 1);
            for place in found.places {
                let [level, change] = found.lines;
                let above = |a: f64, b: f64| rounded(a, 1) > rounded(b, 1);
                match place.quadrant {
                    Some(Quadrant::PullingAhead) => prop_assert!(above(place.level, level) && above(place.change, change)),
                    Some(Quadrant::FallingBehind) => prop_assert!(above(level, place.level) && above(change, place.change)),
                    Some(Quadrant::LosingPace) => prop_assert!(above(place.level, level) && above(change, place.change)),
                    Some(Quadrant::CatchingUp) => prop_assert!(above(level, place.level) && above(place.change, change)),
                    None => {}
                }
            }
        }

        #[test]
        fn lines_at_the_mean_leave_somebody_on_both_sides(numbers in numbers()) {
            let rows: Vec<&[f64]> = numbers.iter().map(<[f64; 2]>::as_slice).collect();
            let found = in_quadrants(Better::Higher, &rows, None).expect("enough places");
            for (which, line) in found.lines.into_iter().enumerate() {
                let number = |place: &LevelAndChange| if which == 0 { place.level } else { place.change };
                prop_assert!(found.places.iter().any(|place| number(place) <= line + 1e-9));
                prop_assert!(found.places.iter().any(|place| number(place) >= line - 1e-9));
            }
        }
    }
}
