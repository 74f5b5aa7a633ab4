//! Targets relative to a group of peers, in level or in growth.
//!
//! Takes the figures of a place and of its peers; gives each one's and the peers' mean, in which every place weighs the
//! same whatever its size. All are taken from the same period: the newest for which the place and all its peers have numbers. A
//! mean of some of the peers would be another target than the one decided, so then there is none.

use super::base::{BasePoint, broken};
use super::verdict::{Status, UnknownReason, is_better};
use crate::measure::{percent_change, value};
use crate::model::{Indicator, Part, PeerMeasure, Period, PlaceId};

/// Decimals in which growth is shown and compared.
const GROWTH_DECIMALS: u8 = 1;

/// A place beside its peers.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerComparison {
    /// Whether growth since a base is compared; else the level.
    pub growth: bool,
    /// The base period of growth; `None` for a level, and where there is no base.
    pub from: Option<Period>,
    /// The period compared: the newest that all have, else the place's own newest; `None` when it has no number.
    pub to: Option<Period>,
    /// The place's level in the unit, or growth in per cent.
    pub own: Option<f64>,
    /// Level or growth of each peer, in the group's order, without the place itself.
    pub peers: Vec<(PlaceId, Option<f64>)>,
    /// Unweighted mean of the peers; `None` unless all of them have a number.
    pub mean: Option<f64>,
    /// Decimals of all these numbers.
    pub decimals: u8,
}

/// A place against the mean of its peers, and its status.
pub(super) fn judge_peers(
    indicator: &Indicator,
    place: PlaceId,
    peers: Vec<PlaceId>,
    measure: PeerMeasure,
    years: Option<(i32, i32)>,
) -> (Status, PeerComparison) {
    let (growth, from) = match measure {
        PeerMeasure::Level => (false, None),
        PeerMeasure::Growth(Some(from)) => (true, Some(from)),
        PeerMeasure::Growth(None) => {
            let first = BasePoint::First(years).point(indicator, place);
            (true, first.map(|(period, _)| period))
        }
    };
    let quantity = |place: PlaceId, to: Period| {
        let last = value(indicator, place, Part::TOTAL, to)?;
        if !growth {
            return Some(last);
        }
        let from =
            from.filter(|from| from.position() < to.position() && !broken(indicator, place, Part::TOTAL, *from, to))?;
        percent_change(value(indicator, place, Part::TOTAL, from)?, last)
    };
    let observations = indicator
        .series(place, Part::TOTAL)
        .map_or(&[][..], |series| &series.observations);
    let periods: Vec<Period> = observations
        .iter()
        .rev()
        .filter(|observation| observation.value.known().is_some())
        .map(|observation| observation.period)
        .collect();
    let all_have = |to: &Period| {
        peers
            .iter()
            .chain([&place])
            .all(|other| quantity(*other, *to).is_some())
    };
    let to = periods.iter().copied().find(all_have).or(periods.first().copied());
    let decimals = if growth {
        GROWTH_DECIMALS
    } else {
        indicator.unit.decimals
    };
    let mut comparison = PeerComparison {
        growth,
        from,
        to,
        own: to.and_then(|to| quantity(place, to)),
        peers: peers
            .into_iter()
            .map(|peer| (peer, to.and_then(|to| quantity(peer, to))))
            .collect(),
        mean: None,
        decimals,
    };
    comparison.mean = mean(&comparison.peers);
    (judge(indicator, place, &comparison), comparison)
}

fn judge(indicator: &Indicator, place: PlaceId, comparison: &PeerComparison) -> Status {
    let Some(to) = comparison.to else {
        return Status::Unknown(UnknownReason::NoValue);
    };
    let Some(own) = comparison.own else {
        // Only growth can lack a number where there is a latest one.
        let Some(from) = comparison.from else {
            return Status::Unknown(UnknownReason::NoBase);
        };
        return Status::Unknown(if from.position() >= to.position() {
            UnknownReason::Single
        } else if broken(indicator, place, Part::TOTAL, from, to) {
            UnknownReason::Break
        } else {
            UnknownReason::NoBase
        });
    };
    let Some(mean) = comparison.mean else {
        return Status::Unknown(UnknownReason::NoPeers);
    };
    match is_better(indicator.better, own, mean, comparison.decimals) {
        None => Status::Unknown(UnknownReason::NoDirection),
        Some(true) => Status::Reached,
        Some(false) => Status::Behind,
    }
}

/// Unweighted mean of all numbers; `None` when one is missing or there are none.
fn mean(numbers: &[(PlaceId, Option<f64>)]) -> Option<f64> {
    let numbers: Vec<f64> = numbers.iter().map(|(_, number)| *number).collect::<Option<_>>()?;
    #[expect(clippy::cast_precision_loss, reason = "a group has a handful of places")]
    let count = numbers.len() as f64;
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / count)
}

#[cfg(test)]
mod tests {
    use super::super::{StatusBasis, progress};
    use super::*;
    use crate::measure::example::indicator;
    use crate::model::{Better, PlaceGroup, Places, TargetKind, Text};

    const HOME: PlaceId = PlaceId(0);

    /// The own place and two peers, with these numbers from 2020.
    fn among_peers(better: Better, numbers: &[&[f64]], measure: PeerMeasure) -> (Status, PeerComparison) {
        let mut places = Places::default();
        let ids: Vec<PlaceId> = (0..3).map(PlaceId).collect();
        let group = PlaceGroup {
            id: "g".to_owned(),
            name: Text::default(),
            places: ids,
            source: Text::default(),
        };
        places.groups.push(group);
        let target = TargetKind::Peers {
            group: "g".to_owned(),
            measure,
        };
        let progress = progress((&places, None), &indicator(better, numbers), &target, HOME, 2026);
        let StatusBasis::Peers(comparison) = progress.basis else {
            panic!("peers")
        };
        (progress.status, comparison)
    }

    #[test]
    fn peers_weigh_the_same_and_the_place_is_not_its_own_peer() {
        let (status, level) = among_peers(Better::Higher, &[&[70.0], &[60.0], &[79.0]], PeerMeasure::Level);
        assert_eq!(
            (status, level.own, level.mean, level.peers.len()),
            (Status::Reached, Some(70.0), Some(69.5), 2)
        );
        assert_eq!(
            among_peers(Better::Lower, &[&[70.0], &[60.0], &[79.0]], PeerMeasure::Level).0,
            Status::Behind
        );
        // As good as the mean is no better.
        assert_eq!(
            among_peers(Better::Higher, &[&[69.5], &[60.0], &[79.0]], PeerMeasure::Level).0,
            Status::Behind
        );
    }

    #[test]
    fn growth_is_in_per_cent_since_the_base() {
        let near = |number: Option<f64>, expected: f64| (number.expect("grown") - expected).abs() < 1e-9;
        // +10 %, +5 %, +20 %.
        let numbers: &[&[f64]] = &[&[100.0, 110.0], &[200.0, 210.0], &[50.0, 60.0]];
        let (status, growth) = among_peers(Better::Higher, numbers, PeerMeasure::Growth(Some(Period::Year(2020))));
        assert_eq!(status, Status::Behind);
        assert!(near(growth.own, 10.0) && near(growth.mean, 12.5));
        let (status, _) = among_peers(Better::Higher, numbers, PeerMeasure::Growth(Some(Period::Year(2019))));
        assert_eq!(status, Status::Unknown(UnknownReason::NoBase));
    }

    #[test]
    fn all_peers_are_compared_for_the_newest_year_that_all_have() {
        let (status, level) = among_peers(
            Better::Higher,
            &[&[70.0, 71.0], &[60.0, 65.0], &[72.0]],
            PeerMeasure::Level,
        );
        assert_eq!(
            (status, level.to, level.mean),
            (Status::Reached, Some(Period::Year(2020)), Some(66.0))
        );
        let (status, level) = among_peers(Better::Higher, &[&[70.0], &[60.0], &[]], PeerMeasure::Level);
        assert_eq!((status, level.mean), (Status::Unknown(UnknownReason::NoPeers), None));
    }
}
