//! Mean, spread, shape and quantiles of numbers.
//!
//! Takes plain slices of finite numbers; gives `None` where a figure is not defined for so few of them, or where they
//! do not vary. Leaves out correlation, which is [`crate::measure`]'s.

/// Arithmetic mean; `None` without numbers.
#[must_use]
pub fn mean(numbers: &[f64]) -> Option<f64> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / count(numbers))
}

/// Standard deviation of a sample (divided by n − 1); `None` for fewer than two.
#[must_use]
pub fn deviation(numbers: &[f64]) -> Option<f64> {
    let mean = mean(numbers).filter(|_| numbers.len() > 1)?;
    Some((power_sum(numbers, mean, 2) / (count(numbers) - 1.0)).sqrt())
}

/// Sample skewness, adjusted Fisher–Pearson (G1, as Excel's SKEW and SAS; Joanes & Gill 1998, type 2).
/// `None` for fewer than three numbers or when all are equal.
#[must_use]
pub fn skewness(numbers: &[f64]) -> Option<f64> {
    let n = count(numbers);
    let mean = mean(numbers).filter(|_| numbers.len() > 2)?;
    let (second, third) = (power_sum(numbers, mean, 2), power_sum(numbers, mean, 3));
    let plain = n.sqrt() * third / second.powf(1.5);
    Some(plain * (n * (n - 1.0)).sqrt() / (n - 2.0)).filter(|skewness| skewness.is_finite())
}

/// Sample excess kurtosis (G2, as Excel's KURT and SAS; Joanes & Gill 1998, type 2): 0 for a normal distribution.
/// `None` for fewer than four numbers or when all are equal.
#[must_use]
pub fn kurtosis(numbers: &[f64]) -> Option<f64> {
    let n = count(numbers);
    let mean = mean(numbers).filter(|_| numbers.len() > 3)?;
    let (second, fourth) = (power_sum(numbers, mean, 2), power_sum(numbers, mean, 4));
    let plain = n * fourth / second.powi(2) - 3.0;
    Some(((n + 1.0) * plain + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))).filter(|kurtosis| kurtosis.is_finite())
}

/// The middle number, or the mean of the two; `None` without numbers.
#[must_use]
pub fn median(numbers: &[f64]) -> Option<f64> {
    quantile(numbers, 0.5)
}

/// The number below which this share lies, by linear interpolation between order statistics (Hyndman & Fan 1996, type
/// 7); `None` without numbers.
#[must_use]
pub fn quantile(numbers: &[f64], share: f64) -> Option<f64> {
    let mut ascending = numbers.to_vec();
    ascending.sort_by(f64::total_cmp);
    let position = share.clamp(0.0, 1.0) * (count(numbers) - 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position within the list"
    )]
    let below = position.floor().max(0.0) as usize;
    let low = *ascending.get(below)?;
    let high = ascending.get(below + 1).copied().unwrap_or(low);
    Some(low + (high - low) * position.fract())
}

/// Lowest and highest number; `None` without numbers.
#[must_use]
pub fn extent(numbers: &[f64]) -> Option<[f64; 2]> {
    let low = numbers.iter().copied().reduce(f64::min)?;
    let high = numbers.iter().copied().reduce(f64::max)?;
    Some([low, high])
}

fn power_sum(numbers: &[f64], mean: f64, power: i32) -> f64 {
    numbers.iter().map(|number| (number - mean).powi(power)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "lists are far shorter than 2^52")]
fn count(numbers: &[f64]) -> f64 {
    numbers.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(actual: Option<f64>, expected: f64) {
        assert!(
            actual.is_some_and(|actual| (actual - expected).abs() < 1e-12),
            "{actual:?} is not {expected}"
        );
    }

    #[test]
    fn of_a_small_sample() {
        // Worked by hand: deviations −1.5 −0.5 −0.5 2.5, sums of powers 9, 12, 44.25.
        let sample = [1.0, 2.0, 2.0, 5.0];
        near(mean(&sample), 2.5);
        near(deviation(&sample), 3.0_f64.sqrt());
        near(skewness(&sample), 2.0 * 12.0 / 27.0 * 12.0_f64.sqrt() / 2.0);
        near(
            kurtosis(&sample),
            ((5.0 * (4.0 * 44.25 / 81.0 - 3.0)) + 6.0) * 3.0 / 2.0,
        );
        near(median(&sample), 2.0);
        near(quantile(&sample, 0.9), 4.1);
    }

    #[test]
    fn what_is_not_defined_is_not_given() {
        assert_eq!(mean(&[]), None);
        assert_eq!(deviation(&[1.0]), None);
        assert_eq!(skewness(&[1.0, 2.0]), None);
        assert_eq!(kurtosis(&[7.0; 5]), None);
        assert_eq!(quantile(&[], 0.5), None);
    }
}
