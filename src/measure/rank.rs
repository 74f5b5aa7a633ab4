//! Ranks: 1 is best. Equals share a rank and the next is skipped (1 2 2 4).

use crate::model::{Better, Indicator, Part, Period, PlaceId};

/// A place's rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// From 1, the best; the highest when neither way is better.
    pub position: usize,
    /// Places with a value.
    pub of: usize,
    /// Whether another place has the same rank.
    pub shared: bool,
}

/// Places with a value, best first; equals in the order given.
#[must_use]
pub fn ranking(indicator: &Indicator, part: Part, period: Period, places: &[PlaceId]) -> Vec<(PlaceId, f64, usize)> {
    let known = |place: &PlaceId| Some((*place, indicator.at(*place, part, period)?.value.known()?));
    let mut ranked: Vec<(PlaceId, f64)> = places.iter().filter_map(known).collect();
    ranked.sort_by(|a, b| match indicator.better {
        Better::Lower => a.1.total_cmp(&b.1),
        Better::Higher | Better::Neither => b.1.total_cmp(&a.1),
    });
    let mut position = 0;
    let mut last = f64::NAN;
    ranked
        .into_iter()
        .enumerate()
        .map(|(index, (place, value))| {
            if !same(value, last) {
                position = index + 1;
                last = value;
            }
            (place, value, position)
        })
        .collect()
}

/// The rank of one place among others.
#[must_use]
pub fn rank(indicator: &Indicator, part: Part, period: Period, place: PlaceId, places: &[PlaceId]) -> Option<Rank> {
    let own = indicator.at(place, part, period)?.value.known()?;
    let others = places.iter().filter(|other| **other != place);
    let values: Vec<f64> = others.filter_map(|other| indicator.at(*other, part, period)?.value.known()).collect();
    let ahead = values.iter().filter(|value| {
        !same(**value, own)
            && match indicator.better {
                Better::Lower => **value < own,
                Better::Higher | Better::Neither => **value > own,
            }
    });
    let shared = values.iter().any(|value| same(*value, own));
    Some(Rank { position: ahead.count() + 1, of: values.len() + 1, shared })
}

/// Published scores carry up to 13 decimals and were computed in different orders: equal to 1e-9 is equal.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}
