//! The spread of many places: lowest, highest, median.

use super::value;
use crate::model::{Indicator, Part, Period, PlaceId};

/// Spread of the places that have a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
    /// Median; of an even number the mean of the two in the middle.
    pub median: f64,
    /// Number of places with a value.
    pub count: usize,
}

/// The spread in a period; `None` when no place has a value.
#[must_use]
pub fn spread(indicator: &Indicator, part: Part, period: Period, places: &[PlaceId]) -> Option<Spread> {
    let mut values: Vec<f64> = places
        .iter()
        .filter_map(|place| value(indicator, *place, part, period))
        .collect();
    values.sort_by(f64::total_cmp);
    let (low, high) = (*values.first()?, *values.last()?);
    let middle = values.len() / 2;
    let median = if values.len().is_multiple_of(2) {
        f64::midpoint(values[middle - 1], values[middle])
    } else {
        values[middle]
    };
    Some(Spread {
        low,
        high,
        median,
        count: values.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::example::indicator;
    use crate::model::Better;
    use proptest::prelude::*;

    fn spread_of(numbers: &[f64]) -> Option<Spread> {
        let rows: Vec<&[f64]> = numbers.iter().map(std::slice::from_ref).collect();
        let places: Vec<PlaceId> = (0..).map(PlaceId).take(numbers.len()).collect();
        spread(
            &indicator(Better::Higher, &rows),
            Part::TOTAL,
            Period::Year(2020),
            &places,
        )
    }

    #[test]
    fn the_median_stands_in_the_middle() {
        assert_eq!(spread_of(&[5.0, 1.0, 2.0]).map(|spread| spread.median), Some(2.0));
        assert_eq!(spread_of(&[5.0, 1.0, 2.0, 3.0]).map(|spread| spread.median), Some(2.5));
        assert_eq!(spread_of(&[]), None);
    }

    proptest! {
        #[test]
        fn half_of_the_places_stand_on_each_side(numbers in prop::collection::vec(-1e6..1e6f64, 1..12)) {
            let spread = spread_of(&numbers).expect("numbers");
            prop_assert!(spread.low <= spread.median && spread.median <= spread.high);
            prop_assert!(numbers.iter().all(|number| (spread.low..=spread.high).contains(number)));
            let below = numbers.iter().filter(|number| **number < spread.median).count();
            let above = numbers.iter().filter(|number| **number > spread.median).count();
            prop_assert!(below.abs_diff(above) <= 1 && spread.count == numbers.len());
        }
    }
}
