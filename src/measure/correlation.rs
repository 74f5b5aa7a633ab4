//! Correlation of two indicators, of values and of ranks, and the periods to compare.
//!
//! Takes pairs of numbers; gives a number from −1 to 1, or `None` where none can be had. Correlation says nothing of causes.

use super::rank::same;
use crate::model::Period;

/// The 95 per cent confidence interval of Pearson's correlation of so many pairs, as if the places were a sample.
///
/// Fisher's transformation: tanh(artanh r ± 1.96/√(n − 3)) (R. A. Fisher, *Metron* 1, 1921, pp. 3–32). `None` for fewer than
/// four pairs.
#[must_use]
pub fn correlation_interval(coefficient: f64, pairs: usize) -> Option<[f64; 2]> {
    let free = u32::try_from(pairs).ok()?.checked_sub(3).filter(|free| *free > 0)?;
    let half = 1.96 / f64::from(free).sqrt();
    Some([-half, half].map(|step| (coefficient.atanh() + step).tanh()))
}

/// Pearson's product-moment correlation: how well the points lie on one straight line.
///
/// r = Σ(x−x̄)(y−ȳ) / √(Σ(x−x̄)² Σ(y−ȳ)²) (K. Pearson, *Proceedings of the Royal Society* 58, 1895, pp. 240–242). `None` for
/// fewer than three pairs, where one of the two does not vary, or where a number is not finite.
#[must_use]
pub fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    let scaled_deviations = |number: fn(&(f64, f64)) -> f64| -> Option<Vec<f64>> {
        let first = number(pairs.first()?);
        let varies = pairs.iter().any(|pair| !same(number(pair), first));
        let count = f64::from(u32::try_from(pairs.len()).ok()?);
        // Relative to the first, so that large numbers close together keep their digits.
        let mean = pairs.iter().map(|pair| number(pair) - first).sum::<f64>() / count;
        let deviations: Vec<f64> = pairs.iter().map(|pair| number(pair) - first - mean).collect();
        // Of unit length at most, so that no square runs over.
        let widest = deviations.iter().fold(0.0_f64, |widest, one| widest.max(one.abs()));
        (varies && widest.is_finite() && widest > 0.0).then(|| deviations.iter().map(|one| one / widest).collect())
    };
    let is_finite = pairs.iter().all(|(x, y)| x.is_finite() && y.is_finite());
    if pairs.len() < 3 || !is_finite {
        return None;
    }
    let (across, upright) = (scaled_deviations(|pair| pair.0)?, scaled_deviations(|pair| pair.1)?);
    let sum = |one: &[f64], two: &[f64]| one.iter().zip(two).map(|(a, b)| a * b).sum::<f64>();
    let coefficient = sum(&across, &upright) / (sum(&across, &across) * sum(&upright, &upright)).sqrt();
    Some(coefficient.clamp(-1.0, 1.0))
}

/// Spearman's rank correlation: how well the one rises (or falls) with the other, straight line or not.
///
/// Pearson's correlation of the ranks, where equals share the mean of their ranks (C. Spearman, *The American Journal of
/// Psychology* 15, 1904, pp. 72–101). `None` where [`pearson`] is.
#[must_use]
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.iter().any(|(x, y)| !x.is_finite() || !y.is_finite()) {
        return None;
    }
    let across = shared_ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<f64>>());
    let upright = shared_ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<f64>>());
    pearson(&across.into_iter().zip(upright).collect::<Vec<_>>())
}

/// Ranks from the lowest; equals share the mean of theirs.
fn shared_ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let mut ranks = vec![0.0; numbers.len()];
    let (mut start, mut before) = (0, 0.0);
    while start < order.len() {
        let alike = order[start..]
            .iter()
            .take_while(|at| same(numbers[**at], numbers[order[start]]))
            .count();
        let count = f64::from(u32::try_from(alike).unwrap_or(u32::MAX));
        for at in &order[start..start + alike] {
            ranks[*at] = before + f64::midpoint(1.0, count);
        }
        before += count;
        start += alike;
    }
    ranks
}

/// The two periods, one of each list, that lie nearest to each other in time; of equally near ones the latest. `None` where a
/// list is empty.
#[must_use]
pub fn nearest_periods(one: &[Period], other: &[Period]) -> Option<[Period; 2]> {
    let both = one.iter().flat_map(|a| other.iter().map(move |b| [*a, *b]));
    let distance = |[a, b]: &[Period; 2]| (a.position() - b.position()).abs();
    let latest = |[a, b]: &[Period; 2]| a.position() + b.position();
    both.min_by(|a, b| {
        distance(a)
            .total_cmp(&distance(b))
            .then_with(|| latest(b).total_cmp(&latest(a)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(coefficient: Option<f64>, expected: f64) {
        let coefficient = coefficient.expect("enough pairs");
        assert!((coefficient - expected).abs() < 1e-9, "{coefficient} is not {expected}");
    }

    #[test]
    fn worked_by_hand() {
        // Deviations −2 −1 0 1 2 and −2 0 −1 2 1: products sum to 8, squares to 10 each.
        near(
            pearson(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0), (4.0, 5.0), (5.0, 4.0)]),
            0.8,
        );
        // Ranks are the same numbers.
        near(
            spearman(&[(10.0, 1.0), (20.0, 30.0), (30.0, 20.0), (40.0, 500.0), (50.0, 400.0)]),
            0.8,
        );
        // Ranks 1 2.5 2.5 4 against 1 2 3 4: 4.5 / √(4.5 · 5).
        near(
            spearman(&[(1.0, 1.0), (2.0, 2.0), (2.0, 3.0), (9.0, 4.0)]),
            4.5 / 22.5_f64.sqrt(),
        );
    }

    #[test]
    fn a_curve_that_only_rises_is_perfect_by_rank_alone() {
        let pairs = [(1.0, 1.0), (2.0, 8.0), (3.0, 27.0), (4.0, 64.0)];
        near(spearman(&pairs), 1.0);
        assert!(pearson(&pairs).is_some_and(|r| r < 0.98));
    }

    #[test]
    fn too_few_or_too_even_give_nothing() {
        assert_eq!(pearson(&[(1.0, 2.0), (2.0, 1.0)]), None);
        assert_eq!(pearson(&[(1.0, 2.0), (1.0, 3.0), (1.0, 4.0)]), None);
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 2.0), (3.0, 2.0)]), None);
        assert_eq!(pearson(&[(1.0, f64::NAN), (2.0, 1.0), (3.0, 4.0)]), None);
        assert_eq!(spearman(&[(1.0, f64::INFINITY), (2.0, 1.0), (3.0, 4.0)]), None);
        assert_eq!(pearson(&[]), None);
    }

    #[test]
    fn few_pairs_have_a_wide_interval() {
        let interval = |r: f64, pairs: usize| {
            correlation_interval(r, pairs).map(|ends| ends.map(|end| (end * 100.0).round() / 100.0))
        };
        // Worked by hand: artanh 0.34 = 0.354, 1.96/√9 = 0.653; artanh 0.53 = 0.590, 1.96/√18 = 0.462.
        assert_eq!(interval(0.34, 12), Some([-0.29, 0.76]));
        assert_eq!(interval(0.53, 21), Some([0.13, 0.78]));
        assert_eq!(interval(1.0, 21), Some([1.0, 1.0]));
        assert_eq!(interval(0.5, 3), None);
    }

    #[test]
    fn a_common_period_comes_first_and_then_the_nearest() {
        let years = |years: &[i32]| years.iter().map(|year| Period::Year(*year)).collect::<Vec<_>>();
        let nearest = |one: &[i32], other: &[i32]| nearest_periods(&years(one), &years(other));
        assert_eq!(
            nearest(&[2018, 2022], &[2020, 2021, 2022]),
            Some([Period::Year(2022); 2])
        );
        assert_eq!(
            nearest(&[2018, 2022, 2023], &[2018, 2022]),
            Some([Period::Year(2022); 2])
        );
        assert_eq!(
            nearest(&[2018], &[2022, 2025]),
            Some([Period::Year(2018), Period::Year(2022)])
        );
        assert_eq!(
            nearest(&[2020], &[2019, 2021]),
            Some([Period::Year(2020), Period::Year(2021)])
        );
        assert_eq!(nearest(&[], &[2018]), None);
    }

    fn pairs() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((-1e4..1e4f64, -1e4..1e4f64), 3..25)
    }

    proptest! {
        #[test]
        fn never_beyond_one(pairs in pairs()) {
            for coefficient in [pearson(&pairs), spearman(&pairs)].into_iter().flatten() {
                prop_assert!((-1.0..=1.0).contains(&coefficient));
            }
        }

        #[test]
        fn the_same_whichever_comes_first(pairs in pairs()) {
            let turned: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (*y, *x)).collect();
            for (one, other) in [(pearson(&pairs), pearson(&turned)), (spearman(&pairs), spearman(&turned))] {
                prop_assert_eq!(one.is_some(), other.is_some());
                prop_assert!((one.unwrap_or_default() - other.unwrap_or_default()).abs() < 1e-9);
            }
        }

        #[test]
        fn another_unit_changes_nothing_and_another_sign_the_sign(pairs in pairs(), scale in 0.1..50.0f64, shift in -1e3..1e3f64) {
            let moved: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (*x, shift - y * scale)).collect();
            for (one, other) in [(pearson(&pairs), pearson(&moved)), (spearman(&pairs), spearman(&moved))] {
                prop_assert!((one.unwrap_or_default() + other.unwrap_or_default()).abs() < 1e-6);
            }
        }

        #[test]
        fn points_on_a_line_go_together_wholly(across in prop::collection::btree_set(-500i32..500, 3..20), slope in 0.1..9.0f64) {
            let pairs: Vec<(f64, f64)> = across.iter().map(|x| (f64::from(*x), f64::from(*x) * slope + 7.0)).collect();
            prop_assert!((pearson(&pairs).unwrap_or_default() - 1.0).abs() < 1e-9);
            prop_assert!((spearman(&pairs).unwrap_or_default() - 1.0).abs() < 1e-9);
        }
    }
}
