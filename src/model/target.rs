//! Targets: where the place wants to be.

use super::{Period, Sex, Text};

/// A target of an indicator within a set.
#[derive(Clone, Debug)]
pub struct Target {
    /// What kind.
    pub kind: TargetKind,
    /// The target in words, as decided.
    pub text: Text,
    /// Who decided it.
    pub source: Text,
}

/// Kinds of target.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetKind {
    /// A value by a period.
    Value {
        /// When.
        by: Period,
        /// In the indicator's unit.
        value: f64,
    },
    /// So many per cent more (or fewer, when negative) than in a base period.
    Change {
        /// Base period.
        from: Period,
        /// When.
        by: Period,
        /// Per cent.
        percent: f64,
    },
    /// Better than a group of peers.
    Peers {
        /// Id of the group.
        group: String,
        /// In level, or in growth since a base period.
        measure: PeerMeasure,
    },
    /// The gap between two sexes should shrink.
    Gap {
        /// Between these.
        between: [Sex; 2],
        /// Since this period.
        from: Period,
    },
    /// It should go this way; no number is set.
    Direction {
        /// Up, down, or whichever is better.
        direction: Direction,
        /// Since this period.
        from: Option<Period>,
    },
}

/// What is compared with the peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerMeasure {
    /// The latest value.
    Level,
    /// Growth in per cent since a base period (the first of the report when none is given).
    Growth(Option<Period>),
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More.
    Up,
    /// Less.
    Down,
    /// Whichever the indicator says is better.
    Better,
}
