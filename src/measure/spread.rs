//! The spread of many places: lowest, highest, median.

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
    /// How many places it rests on.
    pub count: usize,
}

/// The spread in a period; nothing when no place has a value.
#[must_use]
pub fn spread(indicator: &Indicator, part: Part, period: Period, places: &[PlaceId]) -> Option<Spread> {
    let known = places.iter().filter_map(|place| indicator.at(*place, part, period)?.value.known());
    let mut values: Vec<f64> = known.collect();
    values.sort_by(f64::total_cmp);
    let (low, high) = (*values.first()?, *values.last()?);
    let middle = values.len() / 2;
    let median = if values.len() % 2 == 0 { f64::midpoint(values[middle - 1], values[middle]) } else { values[middle] };
    Some(Spread { low, high, median, count: values.len() })
}
