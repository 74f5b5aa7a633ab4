//! What an audit of a publication tells: numbers that could be worked out.

use super::cells::CellKey;

/// A number of too few respondents that can be worked out of what is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The cell it is the number of.
    pub key: CellKey,
    /// From what the number can be had.
    pub source: LeakSource,
    /// The least the number can be; of growth, negative when it may have fallen.
    pub low: i64,
    /// The most the number can be.
    pub high: i64,
}

/// From what a number can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeakSource {
    /// It is shown.
    Shown,
    /// It is hidden, and sums tell it.
    Sums,
    /// It is written nowhere: those who are in none of a breakdown's groups.
    Rest,
    /// It was hidden in an earlier publication.
    Earlier,
    /// It is the difference from an earlier publication.
    Growth,
}
