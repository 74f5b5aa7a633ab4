//! Targets: where the place wants to be.

use super::{Period, PeriodKind, Sex, Text};
use crate::source::Origin;

/// A target of an indicator within a set.
#[derive(Clone, Debug)]
pub struct Target {
    /// Kind of target.
    pub kind: TargetKind,
    /// The target in words, as decided.
    pub text: Text,
    /// Source of the decision, for readers; empty: none.
    pub source: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// Kinds of target.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetKind {
    /// A value by a period.
    Value {
        /// Base period; without one the development is counted from the first number of the report.
        from: Option<Period>,
        /// Period by which it is to be met.
        by: Period,
        /// In the indicator's unit.
        value: f64,
    },
    /// A change in per cent, negative for a decrease, since a base period.
    Change {
        /// Base period.
        from: Period,
        /// Period by which it is to be met.
        by: Period,
        /// Change in per cent.
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
        /// The two sexes.
        between: [Sex; 2],
        /// Since this period.
        from: Period,
    },
    /// It should go this way; no number is set.
    Direction {
        /// Up, down, or whichever is better.
        direction: Direction,
        /// Since this period; without one since the first number of the report.
        from: Option<Period>,
    },
}

impl TargetKind {
    /// As written in data files; also a key of the theme's words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            TargetKind::Value { .. } => "value",
            TargetKind::Change { .. } => "change",
            TargetKind::Peers { .. } => "peers",
            TargetKind::Gap { .. } => "gap",
            TargetKind::Direction { .. } => "direction",
        }
    }

    /// Base period and period of the target, by the keys they are written under.
    pub fn periods(&self) -> impl Iterator<Item = (&'static str, Period)> {
        let (from, by) = match self {
            TargetKind::Value { from, by, .. } => (*from, Some(*by)),
            TargetKind::Change { from, by, .. } => (Some(*from), Some(*by)),
            TargetKind::Peers {
                measure: PeerMeasure::Level,
                ..
            } => (None, None),
            TargetKind::Peers {
                measure: PeerMeasure::Growth(from),
                ..
            }
            | TargetKind::Direction { from, .. } => (*from, None),
            TargetKind::Gap { from, .. } => (Some(*from), None),
        };
        [("from", from), ("by", by)]
            .into_iter()
            .filter_map(|(key, period)| Some((key, period?)))
    }

    /// The target with periods of an indicator's kind: in a target's file the year of an election is a bare year.
    #[must_use]
    pub fn in_periods_of(&self, kind: PeriodKind) -> Self {
        let fit = |period: &mut Period| *period = Period::parse(&period.to_string(), kind).unwrap_or(*period);
        let mut target = self.clone();
        match &mut target {
            TargetKind::Value { from, by, .. } => from.iter_mut().chain([by]).for_each(fit),
            TargetKind::Change { from, by, .. } => [from, by].into_iter().for_each(fit),
            TargetKind::Gap { from, .. }
            | TargetKind::Direction { from: Some(from), .. }
            | TargetKind::Peers {
                measure: PeerMeasure::Growth(Some(from)),
                ..
            } => fit(from),
            TargetKind::Direction { from: None, .. } | TargetKind::Peers { .. } => {}
        }
        target
    }
}

/// Quantity that is compared with the peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerMeasure {
    /// The latest value.
    Level,
    /// Growth in per cent since a base period (the first of the report when none is given).
    Growth(Option<Period>),
}

/// Direction that a target asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More.
    Up,
    /// Less.
    Down,
    /// Whichever the indicator says is better.
    Better,
}
