//! Spread of points and numbers: mean, quartiles, extremes.
//!
//! Takes one number from each who gave one. Quartiles by linear interpolation between order statistics (Hyndman & Fan
//! 1996, type 7), as spreadsheets reckon them (`QUARTILE.INC`).

use super::base::number;
use super::results::Spread;
use crate::index::statistics::{mean, quantile};

/// The spread of these numbers, one from each respondent.
pub(super) fn spread(numbers: impl Iterator<Item = f64>) -> Spread {
    let mut numbers: Vec<f64> = numbers.collect();
    // In order, so that the sum does not depend on who answered first.
    numbers.sort_by(f64::total_cmp);
    Spread {
        n: Some(number(numbers.len())),
        mean: mean(&numbers),
        five: [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(&numbers, share)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_their_neighbours() {
        let spread = spread([40.0, 10.0, 30.0, 20.0].into_iter());
        assert_eq!(spread.five, [10.0, 17.5, 25.0, 32.5, 40.0].map(Some));
        assert_eq!((spread.n, spread.mean), (Some(4), Some(25.0)));
    }

    #[test]
    fn nobody_has_no_mean() {
        assert_eq!(
            spread([].into_iter()),
            Spread {
                n: Some(0),
                mean: None,
                five: [None; 5]
            }
        );
    }
}
