//! Numbers on drawings: written as the language writes them, and round ones for axes.
//!
//! Takes values and a [`ValueAxis`]; gives labels and scales. It knows neither place nor period, and rounds only what it
//! writes, never what is drawn.

use super::picture::{NumberStyle, ValueAxis};
use crate::measure::{rounded, rounded_units};
use std::fmt::Write as _;

/// An axis' range and the distance of its lines.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AxisScale {
    /// Lower end.
    pub(crate) low: f64,
    /// Upper end.
    pub(crate) high: f64,
    /// Distance between lines.
    pub(crate) step: f64,
}

impl AxisScale {
    /// A scale of round numbers around the values, with about `lines` lines.
    ///
    /// Equal values get a little room on both sides; no values give 0 to 1.
    pub(crate) fn around(values: impl Iterator<Item = f64>, from_zero: bool, lines: f64) -> AxisScale {
        let finite = values.filter(|value| value.is_finite());
        let (mut low, mut high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        if low > high {
            return AxisScale {
                low: 0.0,
                high: 1.0,
                step: 1.0,
            };
        }
        if from_zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if high - low <= high.abs().max(low.abs()) * 1e-9 {
            let room = if high == 0.0 { 1.0 } else { high.abs() * 0.05 };
            (low, high) = if from_zero {
                (low, high + room)
            } else {
                (low - room, high + room)
            };
        }
        let step = round_step((high - low) / lines);
        let places = decimals_of(step);
        let line = |count: f64| rounded(count * step, places);
        AxisScale {
            low: line((low / step + 1e-9).floor()),
            high: line((high / step - 1e-9).ceil()),
            step,
        }
    }

    /// Values of the lines, lowest first, without the noise of binary arithmetic.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        // A hundred lines are a grey area; no scale made here has more than ten.
        let count = ((self.high - self.low) / self.step).round().clamp(1.0, 100.0);
        let places = decimals_of(self.step);
        let mut ticks = Vec::new();
        let mut index = 0.0;
        while index <= count {
            ticks.push(rounded(self.low + index * self.step, places));
            index += 1.0;
        }
        ticks
    }

    /// The part of the range below a value, 0 to 1.
    pub(crate) fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

/// The nearest of 1, 2, 5, 10 … times a power of ten, as ratios go.
fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let lead = rough / power;
    let nearest = [(1.0, 1.42), (2.0, 3.17), (5.0, 7.08)]
        .into_iter()
        .find(|(_, limit)| lead < *limit);
    nearest.map_or(10.0, |(round, _)| round) * power
}

/// Decimals a step needs to be written exactly, at most 6.
fn decimals_of(step: f64) -> u8 {
    (0..6)
        .find(|&places| (rounded(step, places) - step).abs() < step * 1e-6)
        .unwrap_or(6)
}

/// A value as labelled, with its unit where the axis says so.
pub(crate) fn label(value: f64, axis: &ValueAxis) -> String {
    let number = signed_number(value, axis);
    if axis.unit_in_labels {
        append_unit(number, axis)
    } else {
        number
    }
}

/// A value with its unit, for texts that stand alone.
pub(crate) fn full_label(value: f64, axis: &ValueAxis) -> String {
    append_unit(signed_number(value, axis), axis)
}

/// A value with the axis' decimals; a difference with its sign.
fn signed_number(value: f64, axis: &ValueAxis) -> String {
    let number = write(value, axis.decimals, &axis.numbers);
    let is_positive = value > 0.0 && number.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    if axis.signed && is_positive {
        format!("+{number}")
    } else {
        number
    }
}

fn append_unit(number: String, axis: &ValueAxis) -> String {
    let unit = axis.unit.as_str();
    match (unit, axis.numbers.percent_space) {
        ("", _) => number,
        ("%", None) => format!("{number}%"),
        ("%", Some(space)) => format!("{number}{space}%"),
        _ => format!("{number}\u{a0}{unit}"),
    }
}

/// Labels for an axis' lines, with only as many decimals as its step needs.
pub(crate) fn tick_labels(scale: &AxisScale, axis: &ValueAxis) -> Vec<(f64, String)> {
    let places = decimals_of(scale.step);
    scale
        .ticks()
        .into_iter()
        .map(|tick| (tick, write(tick, places, &axis.numbers)))
        .collect()
}

/// A number in the language's style: `−1 234,5`.
#[must_use]
pub fn write(value: f64, decimals: u8, style: &NumberStyle) -> String {
    let decimals = if value.is_finite() { decimals } else { 0 };
    let mut digits = String::with_capacity(24);
    // As a whole number of the smallest unit shown, which takes a fraction of the time; huge ones are written in full.
    // Writing to memory cannot fail.
    let _ = match rounded_units(value, decimals) {
        Some(units) => write!(digits, "{units:0width$}", width = usize::from(decimals) + 1),
        None => write!(digits, "{:.*}", usize::from(decimals), rounded(value.abs(), decimals)),
    };
    if digits.contains('.') {
        digits.retain(|digit| digit != '.');
    }
    let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
    let mut text = String::with_capacity(digits.len() + 12);
    if value < 0.0 && digits.bytes().any(|digit| digit != b'0') {
        text.push(style.minus);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(style.group);
        }
        text.push(digit);
    }
    if !part.is_empty() {
        text.push(style.decimal);
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::example::swedish;
    use super::*;

    #[test]
    fn numbers_read_as_swedish() {
        assert_eq!(write(-1_234.56, 1, &swedish()), "\u{2212}1\u{a0}234,6");
        assert_eq!(write(-0.04, 1, &swedish()), "0,0");
        assert_eq!(write(0.05, 2, &swedish()), "0,05");
        assert_eq!(
            write(1e17, 1, &swedish()),
            "100\u{a0}000\u{a0}000\u{a0}000\u{a0}000\u{a0}000,0"
        );
        assert_eq!(write(1_900_171.0, 0, &swedish()), "1\u{a0}900\u{a0}171");
    }

    #[test]
    fn scales_are_round_and_hold_the_values() {
        let scale = AxisScale::around([0.31, 0.58].into_iter(), false, 3.0);
        assert_eq!(scale.ticks(), [0.3, 0.4, 0.5, 0.6]);
        assert_eq!(
            AxisScale::around([5.0, 9.0].into_iter(), true, 4.0).ticks(),
            [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
        );
        let level = AxisScale::around([7.0, 7.0].into_iter(), false, 4.0);
        assert!(level.low < 7.0 && level.high > 7.0);
        assert_eq!(AxisScale::around(std::iter::empty(), false, 4.0).ticks(), [0.0, 1.0]);
    }
}
