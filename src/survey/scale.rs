//! Measures of a scale: the pieces of its diverging bar, the share at the top, the middle answer.
//!
//! Takes counts of points, lowest first; those without opinion are not among them. The layout is that of Heiberger and
//! Robbins (Design of diverging stacked bar charts for Likert scales, 2014): zero lies between the lower and the upper
//! half of a scale between opposites, and in the middle of its middle point when their number is odd. A scale from
//! nothing to much is no contest of two sides: its author says where zero lies, or it begins at zero.

use super::results::{Count, Tally};
use crate::model::Polarity;

/// How long the bars of a chart are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// As shares (−1 to 1) of those who chose, so that all bars are equally long.
    Share,
    /// As numbers of those who chose.
    Count,
}

/// Where the piece of each point begins and ends, zero being the scale's own; `None` when nobody chose or a count is hidden.
#[must_use]
pub fn pieces(tally: &Tally, polarity: Polarity, length: Length) -> Option<Vec<(f64, f64)>> {
    let counts = known_counts(tally)?;
    let all: u32 = counts.iter().sum();
    if all == 0 {
        return None;
    }
    let whole = match length {
        Length::Share => f64::from(all),
        Length::Count => 1.0,
    };
    let share = |count: f64| count / whole;
    let before = |points: usize| counts.iter().take(points).sum::<u32>();
    let zero = match polarity {
        Polarity::Unipolar { below } => f64::from(before(below.unwrap_or(0))),
        Polarity::Bipolar => {
            let half = counts.len() / 2;
            let middle = if counts.len().is_multiple_of(2) {
                0
            } else {
                counts[half]
            };
            f64::from(before(half)) + f64::from(middle) / 2.0
        }
    };
    let edge = |points: usize| share(f64::from(before(points)) - zero);
    Some((0..counts.len()).map(|point| (edge(point), edge(point + 1))).collect())
}

/// How many chose one of the two highest points; `None` when a count is hidden, nobody chose, or there are fewer than
/// four points, of which two are half or more.
#[must_use]
pub fn top_two(tally: &Tally) -> Option<u32> {
    let counts = known_counts(tally)?;
    (counts.len() >= 4 && counts.iter().any(|count| *count > 0)).then(|| counts.iter().rev().take(2).sum())
}

/// The middle answer: the point that the one in the middle chose when all stand in order; of an even number the points
/// of the two in the middle, which may be the same. `None` when nobody chose or a count is hidden.
#[must_use]
pub fn middle(tally: &Tally) -> Option<(usize, usize)> {
    let counts = known_counts(tally)?;
    let all: u32 = counts.iter().sum();
    let at = |place: u32| {
        let mut reached = 0;
        counts.iter().position(|count| {
            reached += count;
            reached > place
        })
    };
    Some((at(all.checked_sub(1)? / 2)?, at(all / 2)?))
}

fn known_counts(tally: &Tally) -> Option<Vec<u32>> {
    tally.options.iter().map(|count| Count::shown(*count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(counts: &[u32]) -> Tally {
        Tally {
            options: counts.iter().copied().map(Count::Shown).collect(),
            other: None,
            no_opinion: None,
            unanswered: Count::Shown(0),
            n: Count::Shown(counts.iter().sum()),
            weighted: None,
        }
    }

    /// Edges in hundredths of a per cent, as the reference rounds them.
    fn edges(counts: &[u32], polarity: Polarity) -> Vec<(f64, f64)> {
        let round = |share: f64| (share * 1e4).round() / 1e2;
        pieces(&tally(counts), polarity, Length::Share)
            .unwrap()
            .iter()
            .map(|(from, to)| (round(*from), round(*to)))
            .collect()
    }

    #[test]
    fn an_odd_scale_splits_its_middle() {
        let expected = [
            (-37.5, -29.17),
            (-29.17, -12.5),
            (-12.5, 12.5),
            (12.5, 45.83),
            (45.83, 62.5),
        ];
        assert_eq!(edges(&[1, 2, 3, 4, 2], Polarity::Bipolar), expected);
    }

    #[test]
    fn an_even_scale_has_zero_between_its_halves() {
        let expected = [(-33.33, -25.0), (-25.0, 0.0), (0.0, 41.67), (41.67, 66.67)];
        assert_eq!(edges(&[1, 3, 5, 3], Polarity::Bipolar), expected);
    }

    #[test]
    fn a_scale_of_degrees_has_the_zero_it_was_given() {
        let with = edges(&[1, 1, 2, 0], Polarity::Unipolar { below: Some(3) });
        assert_eq!(with, [(-100.0, -75.0), (-75.0, -50.0), (-50.0, 0.0), (0.0, 0.0)]);
        let without = edges(&[1, 1, 2, 0], Polarity::Unipolar { below: None });
        assert_eq!(without, [(0.0, 25.0), (25.0, 50.0), (50.0, 100.0), (100.0, 100.0)]);
    }

    #[test]
    fn the_top_is_two_of_four_points_or_more() {
        assert_eq!(top_two(&tally(&[1, 2, 3, 4, 2])), Some(6));
        assert_eq!((top_two(&tally(&[1, 2, 3])), top_two(&tally(&[0; 5]))), (None, None));
    }

    #[test]
    fn the_middle_of_an_even_number_may_be_two_points() {
        assert_eq!(middle(&tally(&[1, 2, 3, 4, 2])), Some((2, 3)));
        assert_eq!(middle(&tally(&[1, 0, 2])), Some((2, 2)));
        assert_eq!(middle(&tally(&[0, 0])), None);
    }

    #[test]
    fn bars_of_counts_are_as_long_as_their_numbers() {
        let bar = pieces(&tally(&[2, 1, 4]), Polarity::Bipolar, Length::Count);
        assert_eq!(bar, Some(vec![(-2.5, -0.5), (-0.5, 0.5), (0.5, 4.5)]));
    }

    proptest! {
        #[test]
        fn pieces_join_and_fill_the_whole(counts in prop::collection::vec(0..50u32, 1..9), below in 0..9usize) {
            for polarity in [Polarity::Bipolar, Polarity::Unipolar { below: Some(below) }] {
                let Some(pieces) = pieces(&tally(&counts), polarity, Length::Share) else {
                    prop_assert!(counts.iter().all(|count| *count == 0));
                    continue;
                };
                prop_assert!(pieces.windows(2).all(|pair| (pair[0].1 - pair[1].0).abs() < 1e-12));
                prop_assert!((pieces[pieces.len() - 1].1 - pieces[0].0 - 1.0).abs() < 1e-12);
                prop_assert!(pieces[0].0 <= 0.0 && pieces[pieces.len() - 1].1 >= 0.0);
            }
        }
    }
}
