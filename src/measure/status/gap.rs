//! Targets that a gap between two sexes should shrink.
//!
//! Takes an indicator's figures by sex; gives both sides and the gap, then and now. The gap now is that of the newest period
//! for which both have a number. A gap has no line, since its target names no size and no period.

use super::base::broken;
use super::pace::Pace;
use super::verdict::{Status, UnknownReason, verdict};
use crate::measure::{difference, rounded, value};
use crate::model::{Indicator, Part, Period, PlaceId, Series, Sex};

/// A gap between two sexes, then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SexGap {
    /// The two sexes, in the target's order.
    pub between: [Sex; 2],
    /// In the base period; `None` when one of them has no number, or none comparable with those of now.
    pub before: Option<GapSides>,
    /// In the newest period for which both have a number; `None`: there is none.
    pub now: Option<GapSides>,
    /// Change of the gap a year; `None` where then and now cannot be compared.
    pub so_far: Option<Pace>,
}

/// Both sides of a gap in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GapSides {
    /// The period.
    pub period: Period,
    /// A number a side, in the unit.
    pub values: [f64; 2],
    /// The distance between them in the unit, never negative.
    pub gap: f64,
}

/// The gap of a place since a period, and whether it has shrunk.
pub(super) fn judge_gap(indicator: &Indicator, place: PlaceId, between: [Sex; 2], from: Period) -> (Status, SexGap) {
    let decimals = indicator.unit.decimals;
    let sides = |period: Period| {
        let [one, other] = between.map(|sex| value(indicator, place, Part::of_sex(sex), period));
        let (one, other) = (one?, other?);
        Some(GapSides {
            period,
            values: [one, other],
            gap: difference(one, other, decimals).abs(),
        })
    };
    let part = Part::of_sex(between[0]);
    let observations = indicator
        .series(place, part)
        .map_or(&[][..], |series: &Series| &series.observations);
    let now = observations.iter().rev().find_map(|newest| sides(newest.period));
    let mut gap = SexGap {
        between,
        before: sides(from),
        now,
        so_far: None,
    };
    let status = match (gap.before, gap.now) {
        (_, None) => Status::Unknown(UnknownReason::NoValue),
        (None, _) => Status::Unknown(UnknownReason::NoBase),
        (Some(before), Some(now)) if before.period.position() >= now.period.position() => {
            Status::Unknown(UnknownReason::Single)
        }
        (Some(before), Some(now)) => {
            let broken = |sex| broken(indicator, place, Part::of_sex(sex), before.period, now.period);
            if between.into_iter().any(broken) {
                gap.before = None;
                Status::Unknown(UnknownReason::Break)
            } else {
                let changed = Pace::between((before.period, before.gap), (now.period, now.gap));
                // A gap in per cent of a gap says nothing to anybody.
                gap.so_far = changed.map(|changed| Pace {
                    percent: None,
                    ..changed
                });
                verdict(rounded(now.gap, decimals) < rounded(before.gap, decimals))
            }
        }
    };
    (status, gap)
}
