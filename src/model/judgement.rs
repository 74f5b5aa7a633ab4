//! What an author says of how an indicator's development may be judged.

use super::names::names;
use super::{Period, Text};

/// Prices in which amounts of money are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prices {
    /// Those of each year: inflation is part of every change.
    Current,
    /// Those of one year.
    Constant,
}

names!(Prices {
    Current = "current",
    Constant = "constant",
});

/// Half the width of a figure's 95 per cent confidence interval, where a sample was asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Margin {
    /// In the indicator's unit.
    Known(f64),
    /// A sample was asked, and nobody has published how sure its figures are.
    Unknown,
}

/// An author's own span for the trend, with the reason.
#[derive(Clone, Debug)]
pub struct TrendRule {
    /// First period judged; `None`: that of the report.
    pub from: Option<Period>,
    /// Last period judged; `None`: that of the report.
    pub to: Option<Period>,
    /// Whether no verdict is given at all.
    pub withheld: bool,
    /// Why; shown to readers.
    pub reason: Text,
}
