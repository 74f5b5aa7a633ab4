//! Targets by a period, and directions: how fast it has gone, how fast it must go, and where the pace leads.
//!
//! Takes an indicator, a place and an aim; gives the line from base to target and the status by it.
//!
//! **One rule for lines: a straight one**, so many units a year, from the base to the target. It is the path that the
//! European Environment Agency measures emissions against (the *distance to target* indicator of its reports on progress
//! towards Kyoto: the deviation of actual emissions from a linear path between base year and target), and a reader can check it with a
//! ruler. The pace so far is carried on along a straight line too, so that status and projection say the same: on the line or
//! beyond it means that the line through base and latest number ends at the target or beyond. Per cent a year is shown
//! beside the units but judges nothing: the same change every year in per cent would ask for more in the first years of a decrease.

use super::base::{BasePoint, DatedValue, comparable_ends};
use super::verdict::{Status, UnknownReason, verdict};
use crate::measure::{latest, rounded, value};
use crate::model::{Better, Direction, Indicator, Part, Period, PlaceId, UnitKind};

/// A change a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// First and last period it is counted between.
    pub periods: [Period; 2],
    /// In the indicator's unit a year; negative when it falls.
    pub per_year: f64,
    /// Constant growth, in per cent a year; `None` unless both ends are above zero.
    pub percent: Option<f64>,
}

impl Pace {
    /// From one number to a later one; `None` unless it is later.
    pub(super) fn between(first: DatedValue, last: DatedValue) -> Option<Self> {
        let years = last.0.position() - first.0.position();
        if years <= 0.0 {
            return None;
        }
        let growth = |from: f64, to: f64| ((to / from).powf(1.0 / years) - 1.0) * 100.0;
        Some(Self {
            periods: [first.0, last.0],
            per_year: (last.1 - first.1) / years,
            percent: (first.1 > 0.0 && last.1 > 0.0).then(|| growth(first.1, last.1)),
        })
    }
}

/// The line from a base to a target that has a number and a period, and how far a place has come.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetPath {
    /// Beginning of the line; `None` when the base has no number, or none comparable with the number judged.
    pub base: Option<DatedValue>,
    /// The number judged: that of the target's period once it is known, else the latest; `None`: there is none.
    pub latest: Option<DatedValue>,
    /// The number aimed at, in the unit; `None` when it follows from a base that is not known.
    pub goal: Option<f64>,
    /// Period by which it is to be met.
    pub by: Period,
    /// Change a year that is needed from the number judged on; `None` when the target is met or its time is up.
    pub needed: Option<Pace>,
    /// The pace from base to the number judged; `None` where they cannot be compared.
    pub so_far: Option<Pace>,
    /// The number of the target's period if the pace so far goes on; `None` when the time is up. A number that was never
    /// below zero stops there, and a share at a hundred per cent.
    pub projected: Option<f64>,
}

impl TargetPath {
    /// The line's number at a position in time, in years; `None` without base or goal, and outside of their span.
    #[must_use]
    pub fn at(&self, position: f64) -> Option<f64> {
        let (base, goal) = (self.base?, self.goal?);
        let (first, last) = (base.0.position(), self.by.position());
        (last > first && (first..=last).contains(&position))
            .then(|| base.1 + (goal - base.1) * (position - first) / (last - first))
    }
}

/// How far a place has moved since a base, for a target that names a direction and no number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectionProgress {
    /// Start of the development; `None` when it has no number, or none comparable with the latest.
    pub base: Option<DatedValue>,
    /// The latest number; `None`: there is none.
    pub latest: Option<DatedValue>,
    /// The pace from base to latest; `None` where they cannot be compared.
    pub so_far: Option<Pace>,
    /// Whether it should go up; `None` when the indicator says of neither way that it is better.
    pub up: Option<bool>,
}

/// A number to be reached by a period.
pub(super) struct Aim<'a> {
    /// The period.
    pub(super) by: Period,
    /// The number aimed at, given the base's number.
    pub(super) goal: &'a dyn Fn(Option<f64>) -> Option<f64>,
    /// Whether the number should fall; `None` when only the base can tell.
    pub(super) down: Option<bool>,
    /// The present calendar year.
    pub(super) this_year: i32,
}

/// The line of a place towards a number, and its status by it.
pub(super) fn judge_path(
    indicator: &Indicator,
    place: PlaceId,
    base: BasePoint,
    aim: &Aim<'_>,
) -> (Status, TargetPath) {
    let part = Part::TOTAL;
    let from = base.point(indicator, place);
    let outcome = value(indicator, place, part, aim.by).map(|number| (aim.by, number));
    // A later figure is no outcome of the target's period.
    let judged = outcome.or_else(|| {
        let latest = latest(indicator, place, part, Some(aim.by))?;
        Some((latest.period, latest.value.known()?))
    });
    let development = judged.map(|now| comparable_ends(indicator, place, from, now));
    // A base on the other side of a break is none.
    let from = from.filter(|_| !matches!(development, Some(Err(UnknownReason::Break))));
    let mut path = TargetPath {
        base: from,
        latest: judged,
        goal: (aim.goal)(from.map(|(_, number)| number)),
        by: aim.by,
        needed: None,
        so_far: None,
        projected: None,
    };
    let (Some(now), Some(development)) = (judged, development) else {
        let has_later = latest(indicator, place, part, None).is_some();
        let reason = if has_later {
            UnknownReason::Open
        } else {
            UnknownReason::NoValue
        };
        return (Status::Unknown(reason), path);
    };
    path.so_far = development.ok().and_then(|(base, now)| Pace::between(base, now));
    let Some(goal) = path.goal else {
        return (
            Status::Unknown(development.err().unwrap_or(UnknownReason::NoBase)),
            path,
        );
    };
    let time_left = now.0.position() < aim.by.position();
    if time_left && aim.by.year() <= aim.this_year {
        return (Status::Unknown(UnknownReason::Open), path);
    }
    if time_left {
        path.projected = path
            .so_far
            .zip(path.base)
            .map(|(pace, base)| ahead(indicator, &pace, base, now, aim.by));
    }
    let status = judge(indicator, (aim.by, goal), aim.down, now, development);
    if time_left && status != Status::Reached {
        path.needed = Pace::between(now, (aim.by, goal));
    }
    (status, path)
}

/// The number at a later period if a pace goes on, within the bounds that the numbers have kept.
fn ahead(indicator: &Indicator, pace: &Pace, base: DatedValue, now: DatedValue, by: Period) -> f64 {
    let number = base.1 + pace.per_year * (by.position() - base.0.position());
    let (least, most) = (base.1.min(now.1), base.1.max(now.1));
    let floor = if least >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let ceiling = if indicator.unit.kind == UnitKind::Percent && most <= 100.0 {
        100.0
    } else {
        f64::INFINITY
    };
    number.clamp(floor, ceiling)
}

/// The rule. Where nobody has said which side of the target is the right one, it is the other than the base's.
fn judge(
    indicator: &Indicator,
    goal: DatedValue,
    down: Option<bool>,
    now: DatedValue,
    development: Result<(DatedValue, DatedValue), UnknownReason>,
) -> Status {
    let decimals = indicator.unit.decimals;
    let down = match (down, development) {
        (Some(down), _) => down,
        (None, Ok((base, _))) => goal.1 < base.1,
        (None, Err(doubt)) => return Status::Unknown(doubt),
    };
    let beyond = |limit: f64| {
        let (now, limit) = (rounded(now.1, decimals), rounded(limit, decimals));
        if down { now <= limit } else { now >= limit }
    };
    if beyond(goal.1) {
        return Status::Reached;
    }
    if now.0.position() >= goal.0.position() {
        return Status::Missed;
    }
    match development {
        Err(doubt) => Status::Unknown(doubt),
        Ok((base, _)) => {
            let whole = goal.0.position() - base.0.position();
            let passed = (now.0.position() - base.0.position()) / whole;
            verdict(beyond(base.1 + (goal.1 - base.1) * passed))
        }
    }
}

/// The development of a place since a base, and its status by the direction asked for.
pub(super) fn judge_direction(
    indicator: &Indicator,
    place: PlaceId,
    direction: Direction,
    base: BasePoint,
) -> (Status, DirectionProgress) {
    let up = match (direction, indicator.better) {
        (Direction::Up, _) | (Direction::Better, Better::Higher) => Some(true),
        (Direction::Down, _) | (Direction::Better, Better::Lower) => Some(false),
        (Direction::Better, Better::Neither) => None,
    };
    let newest = latest(indicator, place, Part::TOTAL, None);
    let now = newest.and_then(|newest| Some((newest.period, newest.value.known()?)));
    let base = base.point(indicator, place);
    let development = now
        .ok_or(UnknownReason::NoValue)
        .and_then(|now| comparable_ends(indicator, place, base, now));
    let so_far = development.ok().and_then(|(base, now)| Pace::between(base, now));
    let as_shown = |number| rounded(number, indicator.unit.decimals);
    let status = match (development, up) {
        (Err(doubt), _) => Status::Unknown(doubt),
        (_, None) => Status::Unknown(UnknownReason::NoDirection),
        (Ok((base, now)), Some(true)) => verdict(as_shown(now.1) > as_shown(base.1)),
        (Ok((base, now)), Some(false)) => verdict(as_shown(now.1) < as_shown(base.1)),
    };
    // A base on the other side of a break is none.
    let base = base.filter(|_| !matches!(development, Err(UnknownReason::Break)));
    (
        status,
        DirectionProgress {
            base,
            latest: now,
            so_far,
            up,
        },
    )
}
