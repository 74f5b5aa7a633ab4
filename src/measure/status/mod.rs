//! Status against a target, by one written rule a kind, and the figures it rests on.
//!
//! - **Value or change by a period** (`pace`): reached when the number is at the target or beyond; missed when the
//!   target's period has a number that is not; on track when it is at or beyond a straight line from the base to the target;
//!   else behind. Without a base period the line starts at the first number of the report.
//! - **Peers** (`peers`): reached when better than the unweighted mean of the group, in level or in growth; else behind.
//! - **Gap** (`gap`): on track when the gap is smaller than in the base period; else behind.
//! - **Direction**: on track when it has moved that way since the base period; else behind.
//!
//! Numbers are compared as they are shown. What cannot be judged says why: a [`Doubt`].

mod gap;
mod pace;
mod peers;

#[cfg(test)]
mod tests;

pub use gap::{Gap, Sides};
pub use pace::{Pace, Path, Way};
pub use peers::Comparison;

use super::{last_break, latest, rounded, value};
use crate::model::{Better, Indicator, Part, Period, PlaceId, Places, TargetKind};
use pace::Aim;

/// Where a place stands against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The target is met.
    Reached,
    /// Not met, but at least as far as the rule asks by now.
    OnTrack,
    /// Less far than that, or not the way the target asks for.
    Behind,
    /// Not met, and the outcome of the target's period is known.
    Missed,
    /// It cannot be judged.
    Unknown(Doubt),
}

impl Status {
    /// As programs and lists of words call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Reached => "reached",
            Status::OnTrack => "on_track",
            Status::Behind => "behind",
            Status::Missed => "missed",
            Status::Unknown(_) => "unknown",
        }
    }
}

/// Why a status cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The place has no number to judge by.
    NoValue,
    /// No number for the base period.
    NoBase,
    /// No number later than the base.
    Single,
    /// Figures before and after a break cannot be compared.
    Break,
    /// Some of the peers have no number for any period in which the place has one.
    NoPeers,
    /// The target's period has come, and its outcome is not known yet.
    Open,
    /// Nobody has said which way is better.
    NoDirection,
}

/// A place's way towards a target: its status and what that rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The verdict.
    pub status: Status,
    /// The figures behind it, as far as there are any.
    pub grounds: Grounds,
}

/// What a status rests on, by kind of target.
#[derive(Clone, Debug, PartialEq)]
pub enum Grounds {
    /// A value or a change by a period.
    Path(Path),
    /// Against peers.
    Peers(Comparison),
    /// Between two sexes.
    Gap(Gap),
    /// A direction.
    Way(Way),
}

/// A number and its period.
pub type Point = (Period, f64);

/// How a place does against a target, seen from the calendar year `this_year`, which decides whether a target's period has
/// come. Of the site no more counts than its groups of places and the report's years.
#[must_use]
pub fn progress(
    (places, years): (&Places, Option<(i32, i32)>),
    indicator: &Indicator,
    target: &TargetKind,
    place: PlaceId,
    this_year: i32,
) -> Progress {
    let (status, grounds) = match target.in_periods_of(indicator.period) {
        TargetKind::Value { from, by, value } => {
            let aim = Aim {
                by,
                goal: &|_| Some(value),
                down: wished(indicator.better),
                this_year,
            };
            let (status, path) = pace::towards(indicator, place, Base::of(from, years), &aim);
            (status, Grounds::Path(path))
        }
        TargetKind::Change { from, by, percent } => {
            let goal = |base: Option<f64>| Some(base? * (1.0 + percent / 100.0));
            let down = if percent == 0.0 {
                wished(indicator.better)
            } else {
                Some(percent < 0.0)
            };
            let (status, path) = pace::towards(
                indicator,
                place,
                Base::At(from),
                &Aim {
                    by,
                    goal: &goal,
                    down,
                    this_year,
                },
            );
            (status, Grounds::Path(path))
        }
        TargetKind::Peers { group, measure } => {
            let members = places.group(&group).map_or(&[][..], |group| &group.places);
            let peers = members.iter().copied().filter(|peer| *peer != place).collect();
            let (status, comparison) = peers::compared(indicator, place, peers, measure, years);
            (status, Grounds::Peers(comparison))
        }
        TargetKind::Gap { between, from } => {
            let (status, gap) = gap::narrowed(indicator, place, between, from);
            (status, Grounds::Gap(gap))
        }
        TargetKind::Direction { direction, from } => {
            let (status, way) = pace::moved(indicator, place, direction, Base::of(from, years));
            (status, Grounds::Way(way))
        }
    };
    Progress { status, grounds }
}

/// Where a development is counted from.
#[derive(Clone, Copy)]
enum Base {
    /// This period.
    At(Period),
    /// The first number of the report's years.
    First(Option<(i32, i32)>),
}

impl Base {
    fn of(from: Option<Period>, years: Option<(i32, i32)>) -> Self {
        from.map_or(Base::First(years), Base::At)
    }

    /// The number to count from; the first of the report only where it is comparable with the latest.
    fn point(self, indicator: &Indicator, place: PlaceId) -> Option<Point> {
        match self {
            Base::At(period) => Some((period, value(indicator, place, Part::TOTAL, period)?)),
            Base::First(years) => {
                let newest = latest(indicator, place, Part::TOTAL, None)?.period;
                let start = last_break(indicator, place, Part::TOTAL, newest);
                let inside = |period: Period| years.is_none_or(|(from, to)| (from..=to).contains(&period.year()));
                let counted = |period: Period| inside(period) && start.is_none_or(|start| period >= start);
                let mut known = indicator
                    .series(place, Part::TOTAL)?
                    .observations
                    .iter()
                    .filter_map(|observation| Some((observation.period, observation.value.known()?)));
                known.find(|(period, _)| counted(*period))
            }
        }
    }
}

/// Base and latest number, or why a development between them cannot be judged.
fn between(indicator: &Indicator, place: PlaceId, base: Option<Point>, now: Point) -> Result<(Point, Point), Doubt> {
    let base = base.ok_or(Doubt::NoBase)?;
    if base.0.position() >= now.0.position() {
        return Err(Doubt::Single);
    }
    if broken(indicator, place, Part::TOTAL, base.0, now.0) {
        Err(Doubt::Break)
    } else {
        Ok((base, now))
    }
}

/// Whether a break lies between two periods.
fn broken(indicator: &Indicator, place: PlaceId, part: Part, first: Period, last: Period) -> bool {
    last_break(indicator, place, part, last).is_some_and(|start| start > first)
}

/// Whether one number is better than another, as shown with so many decimals; nothing when neither way is better.
fn is_better(better: Better, own: f64, other: f64, decimals: u8) -> Option<bool> {
    let (own, other) = (rounded(own, decimals), rounded(other, decimals));
    match better {
        Better::Higher => Some(own > other),
        Better::Lower => Some(own < other),
        Better::Neither => None,
    }
}

/// Whether less is better; nothing when neither is.
fn wished(better: Better) -> Option<bool> {
    (better != Better::Neither).then_some(better == Better::Lower)
}

fn verdict(on_track: bool) -> Status {
    if on_track { Status::OnTrack } else { Status::Behind }
}
