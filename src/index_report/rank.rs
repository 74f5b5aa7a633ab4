//! A rank, as it is printed.

use crate::measure;
use serde::Serialize;

/// A rank among the units that have one.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Rank {
    /// From 1, the best.
    pub position: usize,
    /// How many units have a rank.
    pub of: usize,
    /// Whether another unit has the same.
    pub shared: bool,
}

impl From<measure::Rank> for Rank {
    fn from(measure::Rank { position, of, shared }: measure::Rank) -> Self {
        Self { position, of, shared }
    }
}
