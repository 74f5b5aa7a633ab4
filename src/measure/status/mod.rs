//! Status against a target, by one written rule a kind, and the figures it rests on.
//!
//! - **Value or change by a period** (`pace`): reached when the number is at the target or beyond; missed when the
//!   target's period has a number that is not; on track when it is at or beyond a straight line from the base to the target;
//!   else behind. Without a base period the line starts at the first number of the report.
//! - **Peers** (`peers`): reached when better than the unweighted mean of the group, in level or in growth; else behind.
//! - **Gap** (`gap`): on track when the gap is smaller than in the base period; else behind.
//! - **Direction**: on track when it has moved that way since the base period; else behind.
//!
//! Numbers are compared as they are shown. What cannot be judged says why: an [`UnknownReason`].

mod base;
mod gap;
mod pace;
mod peers;
mod verdict;

#[cfg(test)]
mod tests;

pub use base::DatedValue;
pub use gap::{GapSides, SexGap};
pub use pace::{DirectionProgress, Pace, TargetPath};
pub use peers::PeerComparison;
pub use verdict::{Status, UnknownReason};

use crate::model::{Indicator, PlaceId, Places, TargetKind};
use base::BasePoint;
use pace::Aim;
use verdict::is_less_better;

/// Status of a place against a target, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetProgress {
    /// By the rule of the target's kind.
    pub status: Status,
    /// The figures behind it, as far as there are any.
    pub basis: StatusBasis,
}

/// Figures that a status rests on, by kind of target.
#[derive(Clone, Debug, PartialEq)]
pub enum StatusBasis {
    /// A value or a change by a period.
    Path(TargetPath),
    /// Against peers.
    Peers(PeerComparison),
    /// Between two sexes.
    Gap(SexGap),
    /// A direction.
    Direction(DirectionProgress),
}

/// Status of a place against a target, seen from the calendar year `this_year`, which decides whether a target's period has
/// come. `years` are the first and the last of the report; `None`: all count.
#[must_use]
pub fn progress(
    (places, years): (&Places, Option<(i32, i32)>),
    indicator: &Indicator,
    target: &TargetKind,
    place: PlaceId,
    this_year: i32,
) -> TargetProgress {
    let (status, basis) = match target.in_periods_of(indicator.period) {
        TargetKind::Value { from, by, value } => {
            let aim = Aim {
                by,
                goal: &|_| Some(value),
                down: is_less_better(indicator.better),
                this_year,
            };
            let (status, path) = pace::judge_path(indicator, place, BasePoint::new(from, years), &aim);
            (status, StatusBasis::Path(path))
        }
        TargetKind::Change { from, by, percent } => {
            let goal = |base: Option<f64>| Some(base? * (1.0 + percent / 100.0));
            let down = if percent == 0.0 {
                is_less_better(indicator.better)
            } else {
                Some(percent < 0.0)
            };
            let (status, path) = pace::judge_path(
                indicator,
                place,
                BasePoint::At(from),
                &Aim {
                    by,
                    goal: &goal,
                    down,
                    this_year,
                },
            );
            (status, StatusBasis::Path(path))
        }
        TargetKind::Peers { group, measure } => {
            let members = places.group(&group).map_or(&[][..], |group| &group.places);
            let peers = members.iter().copied().filter(|peer| *peer != place).collect();
            let (status, comparison) = peers::judge_peers(indicator, place, peers, measure, years);
            (status, StatusBasis::Peers(comparison))
        }
        TargetKind::Gap { between, from } => {
            let (status, gap) = gap::judge_gap(indicator, place, between, from);
            (status, StatusBasis::Gap(gap))
        }
        TargetKind::Direction { direction, from } => {
            let (status, progress) = pace::judge_direction(indicator, place, direction, BasePoint::new(from, years));
            (status, StatusBasis::Direction(progress))
        }
    };
    TargetProgress { status, basis }
}
