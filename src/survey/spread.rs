//! Points and numbers → mean, quartiles, extremes.
//!
//! Takes one number from each who gave one. Quartiles by linear interpolation between order statistics (Hyndman & Fan
//! 1996, type 7), as spreadsheets reckon them (`QUARTILE.INC`). Extremes of persons are left out: they are one person's.

use super::results::Spread;
use crate::index::statistics::{mean, quantile};

/// How these numbers spread.
pub(super) fn spread(numbers: &[f64], persons: bool) -> Spread {
    let mut five = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| quantile(numbers, share));
    if persons {
        (five[0], five[4]) = (None, None);
    }
    let n = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    Spread {
        n: Some(n),
        mean: mean(&ascending(numbers)),
        five,
    }
}

/// In order, so that a sum does not depend on who answered first.
fn ascending(numbers: &[f64]) -> Vec<f64> {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_their_neighbours() {
        let spread = spread(&[40.0, 10.0, 30.0, 20.0], false);
        assert_eq!(spread.five, [10.0, 17.5, 25.0, 32.5, 40.0].map(Some));
        assert_eq!((spread.n, spread.mean), (Some(4), Some(25.0)));
    }

    #[test]
    fn extremes_of_persons_are_left_out() {
        assert_eq!(
            spread(&[1.0, 2.0, 3.0], true).five,
            [None, Some(1.5), Some(2.0), Some(2.5), None]
        );
    }

    #[test]
    fn nobody_has_no_mean() {
        assert_eq!(
            spread(&[], false),
            Spread {
                n: Some(0),
                mean: None,
                five: [None; 5]
            }
        );
    }
}
