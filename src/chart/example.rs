//! A way to write numbers, for tests.

use super::picture::{NumberStyle, ValueAxis};

/// Numbers as Swedish writes them.
pub(super) fn swedish() -> NumberStyle {
    NumberStyle {
        decimal: ',',
        group: '\u{a0}',
        minus: '\u{2212}',
        percent_space: Some('\u{a0}'),
    }
}

/// Per cent with one decimal, the unit behind each value.
pub(super) fn per_cent() -> ValueAxis {
    ValueAxis {
        unit: "%".to_owned(),
        decimals: 1,
        unit_in_labels: true,
        signed: false,
        numbers: swedish(),
    }
}
