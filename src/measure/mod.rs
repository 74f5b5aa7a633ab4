//! Series → figures: change, difference, rank, spread, signals, status against targets.
//!
//! Takes the model; gives numbers in the indicator's unit, unrounded, or `None` where they cannot be had.
//! Pure arithmetic: no words, no formats. Each rule stands once, here, and the method page tells it.
//!
//! **What is compared are figures as readers see them**: [`rounded`] to the digits that are shown, and of one period, which is
//! the latest unless an author names others. So two figures that are shown alike are equal, share a [`rank`], and have no
//! [`difference`]; signals, targets, the leads of charts and the claims of authors hold to the same rule.

mod correlation;
mod judgement;
mod quadrant;
mod rank;
mod signal;
mod spread;
mod status;

#[cfg(test)]
mod example;

pub use correlation::{correlation_interval, nearest_periods, pearson, spearman};
pub use judgement::{LongView, TrendDoubt};
pub use quadrant::{
    Centre, LevelAndChange, Quadrant, Quadrants, change_decimals, change_is_in_unit, quadrant_periods, quadrants,
    shared_periods,
};
pub use rank::{Rank, RankTable, rank, ranking};
pub use signal::{CountrySignal, TrendSignal, break_between, breaks, country_signal, last_break, trend, trend_signal};
pub use spread::{Spread, spread};
pub use status::{
    DatedValue, DirectionProgress, GapSides, Pace, PeerComparison, SexGap, Status, StatusBasis, TargetPath,
    TargetProgress, UnknownReason, progress,
};

use crate::model::{Indicator, Observation, Part, Period, PlaceId};

/// The last observation of a place with a number; where there is none, the last there is, which gives the reason. `None`: the
/// place has no series.
#[must_use]
pub fn newest(indicator: &Indicator, place: PlaceId, part: Part) -> Option<&Observation> {
    latest(indicator, place, part, None).or_else(|| indicator.series(place, part)?.observations.last())
}

/// The last observation of a place with a number, not later than `until`.
#[must_use]
pub fn latest(indicator: &Indicator, place: PlaceId, part: Part, until: Option<Period>) -> Option<&Observation> {
    indicator
        .series(place, part)?
        .observations
        .iter()
        .rev()
        .find(|observation| {
            observation.value.known().is_some() && until.is_none_or(|until| observation.period <= until)
        })
}

/// The number of a place, part and period.
#[must_use]
pub fn value(indicator: &Indicator, place: PlaceId, part: Part, period: Period) -> Option<f64> {
    indicator.at(place, part, period)?.value.known()
}

/// A number rounded half away from zero to so many decimals, as it is shown.
///
/// Decimal digits as written decide, not the binary number beneath: 35.65 becomes 35.7.
#[must_use]
pub fn rounded(number: f64, decimals: u8) -> f64 {
    let scale = 10f64.powi(i32::from(decimals));
    let result = scaled(number, scale) / scale;
    if number < 0.0 && result != 0.0 { -result } else { result }
}

/// The size of a number, [`rounded`], counted in units of its last decimal: 357 for −35.65 with one decimal. `None` where that
/// is more than a float can count exactly.
#[must_use]
pub fn rounded_units(number: f64, decimals: u8) -> Option<u64> {
    let count = scaled(number, 10f64.powi(i32::from(decimals)));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, and within the bounds"
    )]
    (count < 1e15).then_some(count as u64)
}

fn scaled(number: f64, scale: f64) -> f64 {
    let scaled = number.abs() * scale;
    // The nearest decimal of 12 significant digits is what was written; its half decides. Of huge numbers that would
    // be whole units.
    let nudged = scaled + (scaled.max(1.0) * 1e-12).min(1e-3);
    (nudged + 0.5).floor()
}

/// `a` minus `b`, as a reader subtracts them: of the numbers rounded to the digits that are shown. No difference on a page is
/// at odds with the numbers it stands beside.
#[must_use]
pub fn difference(a: f64, b: f64, decimals: u8) -> f64 {
    rounded(rounded(a, decimals) - rounded(b, decimals), decimals)
}

/// The number without the noise of binary arithmetic: twelve significant digits.
#[must_use]
pub fn without_float_noise(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

/// Change in per cent from one number to another; `None` when the first is zero.
#[must_use]
pub fn percent_change(from: f64, to: f64) -> Option<f64> {
    (from != 0.0).then(|| (to - from) / from.abs() * 100.0)
}

/// Whether a figure was revised by more than so many per cent of its old value. Of zero there is no per cent: any revision of
/// it is large.
#[must_use]
pub fn is_large_revision(was: f64, now: f64, percent: f64) -> bool {
    percent_change(was, now).map_or(f64::INFINITY, f64::abs) > percent
}

#[cfg(test)]
#[expect(
    clippy::float_cmp,
    reason = "what is rounded, copied or turned round is the very number"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_as_written_are_rounded_away_from_zero() {
        assert_eq!(rounded(35.65, 1), 35.7);
        assert_eq!(rounded(-0.04, 1), 0.0);
        assert_eq!(rounded(-2.5, 0), -3.0);
        assert_eq!(rounded(1_900_171.4, 0), 1_900_171.0);
        assert_eq!(rounded(98_765_432_109_876.0, 0), 98_765_432_109_876.0);
    }

    proptest! {
        #[test]
        fn rounding_stays_within_half_a_step(number in -1e6..1e6f64, decimals in 0u8..4) {
            let step = 10f64.powi(-i32::from(decimals));
            prop_assert!((rounded(number, decimals) - number).abs() <= step * 0.5 + 1e-5);
        }

        #[test]
        fn rounding_is_even_handed(number in -1e6..1e6f64, decimals in 0u8..4) {
            prop_assert_eq!(rounded(-number, decimals), -rounded(number, decimals));
        }

        #[test]
        fn what_is_rounded_stays(number in -1e6..1e6f64, decimals in 0u8..4) {
            let once = rounded(number, decimals);
            prop_assert_eq!(rounded(once, decimals), once);
        }

        #[test]
        fn more_is_never_rounded_to_less(a in -1e6..1e6f64, b in -1e6..1e6f64, decimals in 0u8..4) {
            prop_assert!(rounded(a.min(b), decimals) <= rounded(a.max(b), decimals));
        }

        #[test]
        fn a_change_in_per_cent_leads_from_first_to_last(from in 0.1..1e6f64, to in -1e6..1e6f64) {
            for sign in [1.0, -1.0] {
                let percent = percent_change(from * sign, to).expect("not from zero");
                prop_assert!((from * sign + from * percent / 100.0 - to).abs() < 1e-6 * (1.0 + to.abs() + from));
            }
        }
    }

    #[test]
    fn a_difference_is_that_of_the_numbers_as_shown() {
        assert_eq!(difference(80.04, 79.96, 1), 0.0);
        assert_eq!(difference(35.5, 33.0, 1), 2.5);
        assert_eq!(difference(80.06, 80.04, 1), 0.1);
        // 18.15 unrounded, and yet a reader of 33.9 and 52.0 counts to 18.1.
        assert_eq!(difference(33.870_967, 52.022_529, 1), -18.1);
    }

    proptest! {
        #[test]
        fn a_reader_who_subtracts_finds_the_same(a in -1e4..1e4f64, b in -1e4..1e4f64, decimals in 0u8..4) {
            let by_hand = rounded(a, decimals) - rounded(b, decimals);
            prop_assert!((difference(a, b, decimals) - by_hand).abs() < 1e-6);
            prop_assert_eq!(difference(a, b, decimals), -difference(b, a, decimals));
        }
    }

    #[test]
    fn float_noise_is_removed() {
        assert_eq!(without_float_noise(76.2 - 78.1), -1.9);
        assert_eq!(without_float_noise(1_900_171.0), 1_900_171.0);
        assert_eq!(without_float_noise(0.0), 0.0);
    }

    #[test]
    fn there_is_no_change_in_per_cent_from_nothing() {
        assert_eq!(percent_change(0.0, 5.0), None);
    }
}
