//! How closely two sets of numbers follow each other.

/// Pearson's correlation of pairs: from −1 to 1. `None` for fewer than three pairs, or when either number does not vary.
#[must_use]
pub fn pearson(points: &[(f64, f64)]) -> Option<f64> {
    // By the numbers themselves: the mean of equal numbers may lie a bit beside them.
    let varies = |number: fn(&(f64, f64)) -> f64| {
        points.iter().any(|point| number(point).total_cmp(&number(&points[0])).is_ne())
    };
    if points.len() < 3 || !varies(|point| point.0) || !varies(|point| point.1) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "lists are far shorter than 2^52")]
    let n = points.len() as f64;
    let mean = |number: fn(&(f64, f64)) -> f64| points.iter().map(number).sum::<f64>() / n;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let sum = |product: &dyn Fn(f64, f64) -> f64| points.iter().map(|(a, b)| product(a - x, b - y)).sum::<f64>();
    let correlation = sum(&|a, b| a * b) / (sum(&|a, _| a * a).sqrt() * sum(&|_, b| b * b).sqrt());
    Some(correlation.clamp(-1.0, 1.0)).filter(|it| it.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Deviations −1 0 1 and −1 1 0: 1 / 2.
        let found = pearson(&[(1.0, 2.0), (2.0, 4.0), (3.0, 3.0)]).expect("three that vary");
        assert!((found - 0.5).abs() < 1e-12);
        let line = pearson(&[(1.0, 9.0), (2.0, 7.0), (4.0, 3.0)]).expect("three that vary");
        assert!((line + 1.0).abs() < 1e-12);
    }

    #[test]
    fn few_pairs_and_constants_have_none() {
        assert_eq!(pearson(&[(1.0, 2.0), (2.0, 4.0)]), None);
        assert_eq!(pearson(&[(0.1, 2.0), (0.1, 4.0), (0.1, 5.0)]), None);
    }
}
