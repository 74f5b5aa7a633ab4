//! Aggregation: the mean of children's scores as the score of their parent.
//!
//! All three means are of one kind: a function of each score, its weighted arithmetic mean, and the way back
//! (quasi-arithmetic or Kolmogorov means; Hardy, Littlewood & Pólya, *Inequalities*, 1934, ch. 3). What is known of one
//! of them, such as how a difference splits over the children, then holds for all.
//! Formulas: OECD/JRC, *Handbook on Constructing Composite Indicators*, 2008, from p. 102.

use crate::model::Aggregation;

impl Aggregation {
    /// Whether a score can enter this mean.
    #[must_use]
    pub fn admits(self, score: f64) -> bool {
        self == Aggregation::Arithmetic || score > 0.0
    }

    /// The function whose arithmetic mean is taken: the score itself, its logarithm, its reciprocal.
    #[must_use]
    pub fn transform(self, score: f64) -> f64 {
        match self {
            Aggregation::Arithmetic => score,
            Aggregation::Geometric => score.ln(),
            Aggregation::Harmonic => score.recip(),
        }
    }

    /// The inverse of [`Self::transform`].
    #[must_use]
    pub fn inverse(self, number: f64) -> f64 {
        match self {
            Aggregation::Arithmetic => number,
            Aggregation::Geometric => number.exp(),
            Aggregation::Harmonic => number.recip(),
        }
    }

    /// How steep the function is between two scores: the difference it makes, by the difference of the scores; where they
    /// are equal, its derivative.
    #[must_use]
    #[expect(
        clippy::float_cmp,
        reason = "only where they are the very same number is there no quotient"
    )]
    pub fn slope(self, a: f64, b: f64) -> f64 {
        match self {
            Aggregation::Arithmetic => 1.0,
            // ln(a/b) loses its digits when a is near b; ln(1 + d) does not.
            Aggregation::Geometric if a == b => a.recip(),
            Aggregation::Geometric => ((a - b) / b).ln_1p() / (a - b),
            Aggregation::Harmonic => -(a * b).recip(),
        }
    }

    /// The weighted mean of weights and scores; weights are rescaled to sum to 1. `None` without scores or when one of
    /// them cannot enter.
    #[must_use]
    pub fn mean(self, parts: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
        let (mut weights, mut sum) = (0.0, 0.0);
        for (weight, score) in parts {
            if !self.admits(score) {
                return None;
            }
            weights += weight;
            sum += weight * self.transform(score);
        }
        (weights > 0.0).then(|| self.inverse(sum / weights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_means_of_four_and_nine() {
        let mean = |kind: Aggregation| kind.mean([(1.0, 4.0), (1.0, 9.0)].into_iter()).expect("a mean");
        assert!((mean(Aggregation::Arithmetic) - 6.5).abs() < 1e-12);
        assert!((mean(Aggregation::Geometric) - 6.0).abs() < 1e-12);
        assert!((mean(Aggregation::Harmonic) - 72.0 / 13.0).abs() < 1e-12);
    }

    #[test]
    fn zero_and_below_have_no_geometric_or_harmonic_mean() {
        for kind in [Aggregation::Geometric, Aggregation::Harmonic] {
            assert_eq!(kind.mean([(1.0, 4.0), (1.0, 0.0)].into_iter()), None);
            assert_eq!(kind.mean([(1.0, 4.0), (1.0, -1.0)].into_iter()), None);
        }
        assert_eq!(
            Aggregation::Arithmetic.mean([(1.0, 4.0), (1.0, -4.0)].into_iter()),
            Some(0.0)
        );
    }

    proptest! {
        #[test]
        fn the_less_is_made_up_for_the_lower_the_mean(scores in prop::collection::vec((0.1..5.0f64, 0.1..100.0f64), 1..8)) {
            let mean = |kind: Aggregation| kind.mean(scores.iter().copied()).expect("a mean");
            prop_assert!(mean(Aggregation::Harmonic) <= mean(Aggregation::Geometric) * (1.0 + 1e-12));
            prop_assert!(mean(Aggregation::Geometric) <= mean(Aggregation::Arithmetic) * (1.0 + 1e-12));
        }

        #[test]
        fn the_slope_gives_back_the_difference(a in 0.1..100.0f64, b in 0.1..100.0f64) {
            for (_, kind) in Aggregation::NAMES {
                prop_assert!((kind.slope(a, b) * (a - b) - (kind.transform(a) - kind.transform(b))).abs() < 1e-9);
            }
        }
    }
}
