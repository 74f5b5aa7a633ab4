//! Status against a target, by one written rule a kind.
//!
//! - **Value or change by a period**: reached when the latest number is at the target or beyond; on track when it is at or
//!   beyond a straight line from the base to the target; else behind, or missed once the period has come. Without a base
//!   period the line starts at the first number of the report.
//! - **Peers**: reached when better than the unweighted mean of the group, in level or in growth; else behind.
//! - **Gap**: on track when the gap is smaller than in the base period, as shown; else behind.
//! - **Direction**: on track when it has moved that way since the base period, as shown; else behind.
//!
//! What cannot be judged says why.

use super::{latest, percent_change, rounded, trend, value};
use crate::model::{Better, Direction, Indicator, Part, PeerMeasure, Period, PlaceId, Site, TargetKind};

/// Where a place stands against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The target is met.
    Reached,
    /// Not met, but at least as far as a straight line asks.
    OnTrack,
    /// Less far than that, or not the way the target asks for.
    Behind,
    /// Not met, and the target's period has come.
    Missed,
    /// No number to judge by.
    NoValue,
    /// No number for the base period.
    NoBase,
    /// The peers have no numbers.
    NoPeers,
}

/// The number aimed at, where the target is a number.
#[must_use]
pub fn target_value(indicator: &Indicator, target: &TargetKind, place: PlaceId) -> Option<f64> {
    match target {
        TargetKind::Value { value, .. } => Some(*value),
        TargetKind::Change { from, percent, .. } => {
            Some(value(indicator, place, Part::TOTAL, *from)? * (1.0 + percent / 100.0))
        }
        _ => None,
    }
}

/// When the target is to be met, where it says so.
#[must_use]
pub fn target_period(target: &TargetKind) -> Option<Period> {
    match target {
        TargetKind::Value { by, .. } | TargetKind::Change { by, .. } => Some(*by),
        _ => None,
    }
}

/// The status of a place.
#[must_use]
pub fn status(site: &Site, indicator: &Indicator, target: &TargetKind, place: PlaceId) -> Status {
    let Some(own) = latest(indicator, place, Part::TOTAL, None) else { return Status::NoValue };
    let Some(number) = own.value.known() else { return Status::NoValue };
    match target {
        TargetKind::Value { by, .. } | TargetKind::Change { by, .. } => {
            let base = match target {
                TargetKind::Change { from, .. } => {
                    value(indicator, place, Part::TOTAL, *from).map(|base| (*from, base))
                }
                _ => trend(indicator, place, Part::TOTAL, site.settings.period).map(|[first, _]| first),
            };
            let (Some(base), Some(goal)) = (base, target_value(indicator, target, place)) else {
                return Status::NoBase;
            };
            straight_line(indicator, base, (*by, goal), (own.period, number))
        }
        TargetKind::Peers { group, measure } => peers(site, indicator, group, *measure, place),
        TargetKind::Gap { between, from } => {
            let gap = |period| {
                let [a, b] = between.map(|sex| value(indicator, place, Part::of_sex(sex), period));
                Some(rounded((a? - b?).abs(), indicator.unit.decimals))
            };
            match (gap(*from), gap(own.period)) {
                (Some(before), Some(now)) => verdict(now < before),
                (None, _) => Status::NoBase,
                (_, None) => Status::NoValue,
            }
        }
        TargetKind::Direction { direction, from } => {
            let base = match from {
                Some(from) => value(indicator, place, Part::TOTAL, *from),
                None => trend(indicator, place, Part::TOTAL, site.settings.period).map(|[first, _]| first.1),
            };
            let Some(base) = base else { return Status::NoBase };
            let (now, base) = (rounded(number, indicator.unit.decimals), rounded(base, indicator.unit.decimals));
            let up = match direction {
                Direction::Up => true,
                Direction::Down => false,
                Direction::Better => indicator.better != Better::Lower,
            };
            verdict(if up { now > base } else { now < base })
        }
    }
}

fn straight_line(indicator: &Indicator, base: (Period, f64), goal: (Period, f64), now: (Period, f64)) -> Status {
    let decimals = indicator.unit.decimals;
    let down = goal.1 < base.1;
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
    let whole = goal.0.position() - base.0.position();
    let passed = ((now.0.position() - base.0.position()) / whole).clamp(0.0, 1.0);
    verdict(beyond(base.1 + (goal.1 - base.1) * passed))
}

fn peers(site: &Site, indicator: &Indicator, group: &str, measure: PeerMeasure, place: PlaceId) -> Status {
    let Some(group) = site.places.group(group) else { return Status::NoPeers };
    let measured = |place: PlaceId| match measure {
        PeerMeasure::Level => latest(indicator, place, Part::TOTAL, None)?.value.known(),
        PeerMeasure::Growth(from) => {
            let last = latest(indicator, place, Part::TOTAL, None)?;
            let base = match from {
                Some(from) => value(indicator, place, Part::TOTAL, from)?,
                None => trend(indicator, place, Part::TOTAL, site.settings.period)?[0].1,
            };
            percent_change(base, last.value.known()?)
        }
    };
    let Some(own) = measured(place) else { return Status::NoBase };
    let others: Vec<f64> =
        group.places.iter().filter(|other| **other != place).filter_map(|other| measured(*other)).collect();
    if others.is_empty() {
        return Status::NoPeers;
    }
    #[expect(clippy::cast_precision_loss, reason = "a group has a handful of places")]
    let mean = others.iter().sum::<f64>() / others.len() as f64;
    let better = if indicator.better == Better::Lower { own < mean } else { own > mean };
    if better { Status::Reached } else { Status::Behind }
}

fn verdict(on_track: bool) -> Status {
    if on_track { Status::OnTrack } else { Status::Behind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::example::indicator;
    use proptest::prelude::*;

    /// From 100 in 2020 to a goal in 2030, judged in a year between.
    fn judged(goal: f64, year: i32, now: f64) -> Status {
        let indicator = indicator(Better::Neither, &[]);
        straight_line(&indicator, (Period::Year(2020), 100.0), (Period::Year(2030), goal), (Period::Year(year), now))
    }

    #[test]
    fn the_line_is_straight() {
        assert_eq!(judged(40.0, 2025, 70.0), Status::OnTrack);
        assert_eq!(judged(40.0, 2025, 70.1), Status::Behind);
        assert_eq!(judged(40.0, 2025, 40.0), Status::Reached);
        assert_eq!(judged(160.0, 2025, 130.0), Status::OnTrack);
        assert_eq!(judged(160.0, 2025, 129.9), Status::Behind);
    }

    #[test]
    fn once_its_year_has_come_a_target_is_reached_or_missed() {
        assert_eq!(judged(40.0, 2029, 70.1), Status::Behind);
        assert_eq!(judged(40.0, 2030, 40.1), Status::Missed);
        assert_eq!(judged(40.0, 2035, 40.1), Status::Missed);
        assert_eq!(judged(40.0, 2035, 40.0), Status::Reached);
    }

    #[test]
    fn a_target_that_begins_where_it_ends_is_reached_or_missed() {
        let year = Period::Year(2020);
        let indicator = indicator(Better::Neither, &[]);
        assert_eq!(straight_line(&indicator, (year, 100.0), (year, 90.0), (year, 100.0)), Status::Missed);
        assert_eq!(straight_line(&indicator, (year, 100.0), (year, 100.0), (year, 100.0)), Status::Reached);
    }

    fn height(status: Status) -> u8 {
        match status {
            Status::Reached => 2,
            Status::OnTrack => 1,
            _ => 0,
        }
    }

    proptest! {
        #[test]
        fn nearer_the_goal_is_never_worse(goal in 0.0..200.0f64, year in 2020..2035, a in 0.0..200.0f64, b in 0.0..200.0f64) {
            let (less, more) = (a.min(b), a.max(b));
            let (worse, better) = if goal < 100.0 { (more, less) } else { (less, more) };
            prop_assert!(height(judged(goal, year, worse)) <= height(judged(goal, year, better)));
        }

        #[test]
        fn what_is_behind_today_is_behind_tomorrow(goal in 0.0..200.0f64, year in 2020..2034, now in 0.0..200.0f64) {
            prop_assert!(height(judged(goal, year + 1, now)) <= height(judged(goal, year, now)));
        }
    }
}
