//! Ranks: 1 is best. Equals share a rank and the next is skipped (1 2 2 4). Figures that are shown alike are equals: no reader
//! could tell why one of them stands before the other.

use super::{rounded, value};
use crate::model::{Better, Indicator, Part, Period, PlaceId};

/// A place's rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// From 1, the best; the highest when neither way is better.
    pub position: usize,
    /// Number of places with a value.
    pub of: usize,
    /// Whether another place has the same rank.
    pub shared: bool,
}

/// Places with a value, best first; equals in the order given.
#[must_use]
pub fn ranking(indicator: &Indicator, part: Part, period: Period, places: &[PlaceId]) -> Vec<(PlaceId, f64, usize)> {
    let number = |place: &PlaceId| Some((*place, value(indicator, *place, part, period)?));
    let shown = |(_, number): &(PlaceId, f64)| rounded(*number, indicator.unit.decimals);
    let mut ranked: Vec<(PlaceId, f64)> = places.iter().filter_map(number).collect();
    ranked.sort_by(|a, b| match indicator.better {
        Better::Lower => shown(a).total_cmp(&shown(b)),
        Better::Higher | Better::Neither => shown(b).total_cmp(&shown(a)),
    });
    let mut position = 0;
    let mut last = f64::NAN;
    ranked
        .into_iter()
        .enumerate()
        .map(|(index, entry)| {
            if !same(shown(&entry), last) {
                position = index + 1;
                last = shown(&entry);
            }
            (entry.0, entry.1, position)
        })
        .collect()
}

/// The numbers of many places in one period, sorted, so that the rank of any of them is found by binary search.
#[derive(Clone, Debug)]
pub struct RankTable {
    ascending: Vec<f64>,
    better: Better,
    /// Digits to which numbers are rounded before they are compared; `None` for scores, which are ranked as computed.
    decimals: Option<u8>,
}

impl RankTable {
    /// The numbers of these places; those without one are left out.
    #[must_use]
    pub fn new(indicator: &Indicator, part: Part, period: Period, places: &[PlaceId]) -> Self {
        let decimals = indicator.unit.decimals;
        let number = |place: &PlaceId| Some(rounded(value(indicator, *place, part, period)?, decimals));
        let mut ascending: Vec<f64> = places.iter().filter_map(number).collect();
        ascending.sort_by(f64::total_cmp);
        Self {
            ascending,
            better: indicator.better,
            decimals: Some(decimals),
        }
    }

    /// Scores, of which more is better; those that are missing are left out.
    #[must_use]
    pub fn of_scores(scores: &[Option<f64>]) -> Self {
        let mut ascending: Vec<f64> = scores.iter().copied().flatten().collect();
        ascending.sort_by(f64::total_cmp);
        Self {
            ascending,
            better: Better::Higher,
            decimals: None,
        }
    }

    /// The rank of a number that is one of them.
    #[must_use]
    pub fn rank(&self, number: f64) -> Rank {
        let number = self.decimals.map_or(number, |decimals| rounded(number, decimals));
        let below = self
            .ascending
            .partition_point(|other| *other < number && !same(*other, number));
        let within = self
            .ascending
            .partition_point(|other| *other < number || same(*other, number));
        let ahead = if self.better == Better::Lower {
            below
        } else {
            self.ascending.len() - within
        };
        Rank {
            position: ahead + 1,
            of: self.ascending.len().max(1),
            shared: within - below > 1,
        }
    }
}

/// The rank of one place among others; the place itself is counted once whether it stands among them or not.
#[must_use]
pub fn rank(indicator: &Indicator, part: Part, period: Period, place: PlaceId, places: &[PlaceId]) -> Option<Rank> {
    let number = value(indicator, place, part, period)?;
    let mut all: Vec<PlaceId> = places.iter().copied().filter(|other| *other != place).collect();
    all.push(place);
    Some(RankTable::new(indicator, part, period, &all).rank(number))
}

/// Published scores carry up to 13 decimals and were computed in different orders: equal to 1e-9 is equal.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

#[cfg(test)]
#[expect(
    clippy::float_cmp,
    reason = "what is rounded, copied or turned round is the very number"
)]
mod tests {
    use super::*;
    use crate::measure::example::indicator;
    use proptest::prelude::*;

    const NOW: Period = Period::Year(2020);

    fn positions(better: Better, numbers: &[f64]) -> Vec<usize> {
        let rows: Vec<&[f64]> = numbers.iter().map(std::slice::from_ref).collect();
        let indicator = indicator(better, &rows);
        let places = places(numbers.len());
        places
            .iter()
            .map(|place| {
                rank(&indicator, Part::TOTAL, NOW, *place, &places)
                    .expect("a number")
                    .position
            })
            .collect()
    }

    fn places(count: usize) -> Vec<PlaceId> {
        (0..).map(PlaceId).take(count).collect()
    }

    #[test]
    fn equals_share_a_rank_and_the_next_is_skipped() {
        assert_eq!(positions(Better::Higher, &[9.0, 7.0, 7.0, 3.0]), [1, 2, 2, 4]);
        assert_eq!(positions(Better::Lower, &[9.0, 7.0, 7.0, 3.0]), [4, 2, 2, 1]);
        assert_eq!(positions(Better::Neither, &[9.0, 7.0, 7.0, 3.0]), [1, 2, 2, 4]);
    }

    #[test]
    fn thirteenth_decimals_do_not_part_equals() {
        assert_eq!(
            positions(Better::Higher, &[33.870_967_741_935, 33.870_967_741_936]),
            [1, 1]
        );
    }

    #[test]
    fn figures_that_are_shown_alike_share_a_rank() {
        assert_eq!(positions(Better::Higher, &[73.54, 73.46, 73.44]), [1, 1, 3]);
        assert_eq!(positions(Better::Lower, &[73.54, 73.46, 73.44]), [2, 2, 1]);
    }

    #[test]
    fn a_place_that_is_not_among_the_others_is_ranked_with_them() {
        let indicator = indicator(Better::Higher, &[&[5.0], &[6.0], &[4.0]]);
        let rank = rank(&indicator, Part::TOTAL, NOW, PlaceId(0), &[PlaceId(1), PlaceId(2)]);
        assert_eq!(
            rank,
            Some(Rank {
                position: 2,
                of: 3,
                shared: false
            })
        );
    }

    proptest! {
        #[test]
        fn a_place_has_one_rank_however_it_is_asked_for(numbers in prop::collection::vec(0u8..6, 1..9)) {
            let numbers: Vec<f64> = numbers.into_iter().map(f64::from).collect();
            let rows: Vec<&[f64]> = numbers.iter().map(std::slice::from_ref).collect();
            for better in [Better::Higher, Better::Lower, Better::Neither] {
                let indicator = indicator(better, &rows);
                let places = places(numbers.len());
                for (place, _, position) in ranking(&indicator, Part::TOTAL, NOW, &places) {
                    let found = rank(&indicator, Part::TOTAL, NOW, place, &places).expect("a number");
                    prop_assert_eq!(found.position, position);
                    let alike = numbers.iter().filter(|number| **number == numbers[usize::from(place.0)]).count();
                    prop_assert_eq!(found.shared, alike > 1);
                    prop_assert_eq!(found.of, numbers.len());
                }
            }
        }

        #[test]
        fn ranks_depend_on_no_order(numbers in prop::collection::vec(0u8..6, 1..9)) {
            let numbers: Vec<f64> = numbers.into_iter().map(f64::from).collect();
            let backwards: Vec<f64> = numbers.iter().rev().copied().collect();
            let mut turned = positions(Better::Lower, &backwards);
            turned.reverse();
            prop_assert_eq!(positions(Better::Lower, &numbers), turned);
        }
    }
}
