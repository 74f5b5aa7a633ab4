//! Krippendorff's alpha for nominal data: how far several coders agree on the same answers.
//!
//! Any number of coders, and gaps: an answer that only one has coded says nothing of agreement. Formula: Krippendorff,
//! Computing Krippendorff's Alpha-Reliability (2011), section C: one minus the disagreement observed over the
//! disagreement expected by chance.

use std::collections::BTreeMap;

/// Alpha of units, each with the values that its coders gave it. 1 is full agreement, 0 what chance would give; below 0
/// coders disagree more than by chance. `None`: no unit has two values, or all values are one and the same, so that
/// nothing can be said.
#[must_use]
pub(super) fn alpha<V: Ord>(units: &[Vec<V>]) -> Option<f64> {
    let mut totals: BTreeMap<&V, u64> = BTreeMap::new();
    let mut observed = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut counts: BTreeMap<&V, u64> = BTreeMap::new();
        for value in unit {
            *counts.entry(value).or_default() += 1;
            *totals.entry(value).or_default() += 1;
        }
        let size: u64 = counts.values().sum();
        observed += number(differing(&counts)) / number(size - 1);
    }
    let values: u64 = totals.values().sum();
    let expected = number(differing(&totals)) / number(values.checked_sub(1)?);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// How many ordered pairs of values differ.
fn differing<V: Ord>(counts: &BTreeMap<&V, u64>) -> u64 {
    let all: u64 = counts.values().sum();
    all * all - counts.values().map(|count| count * count).sum::<u64>()
}

#[expect(clippy::cast_precision_loss, reason = "far fewer pairs than 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Coders as rows of digits, a dot where one has not coded; alpha in thousandths.
    fn thousandths(coders: &[&str]) -> Option<f64> {
        let length = coders[0].len();
        let unit = |at: usize| {
            coders
                .iter()
                .map(|coder| coder.as_bytes()[at])
                .filter(|value| *value != b'.')
                .collect()
        };
        alpha(&(0..length).map(unit).collect::<Vec<Vec<u8>>>()).map(|alpha| (alpha * 1e3).round())
    }

    #[test]
    fn two_coders_and_two_values() {
        // Krippendorff 2011, section A: 0.095.
        assert_eq!(thousandths(&["0100000010", "1110010000"]), Some(95.0));
    }

    #[test]
    fn four_coders_five_values_and_gaps() {
        // Krippendorff 2011, section C: 0.743.
        let coders = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        assert_eq!(thousandths(&coders), Some(743.0));
    }

    #[test]
    fn nothing_to_compare() {
        assert_eq!(thousandths(&["12..", "..12"]), None);
        assert_eq!(thousandths(&["1111", "1111"]), None);
    }

    proptest! {
        #[test]
        fn full_agreement_is_one(values in prop::collection::vec(0..4u8, 2..20)) {
            prop_assume!(values.iter().any(|value| *value != values[0]));
            let units: Vec<Vec<u8>> = values.into_iter().map(|value| vec![value; 3]).collect();
            prop_assert_eq!(alpha(&units), Some(1.0));
        }
    }
}
