//! Targets relative to a group of peers, in level or in growth.
//!
//! Takes the figures of a place and of its peers; gives each one's and the peers' mean, in which every place weighs the
//! same whatever its size. All are taken from the same period: the newest for which the place and all its peers have numbers. A
//! mean of some of the peers would be another target than the one decided, so then there is none.

use super::{Base, Doubt, Status, broken, is_better};
use crate::measure::{percent_change, value};
use crate::model::{Indicator, Part, PeerMeasure, Period, PlaceId};

/// Decimals in which growth is shown and compared.
const GROWTH_DECIMALS: u8 = 1;

/// A place beside its peers.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Whether growth since a base is compared; else the level.
    pub growth: bool,
    /// The base period of growth; nothing for a level.
    pub from: Option<Period>,
    /// The period compared: the newest that all have, else the place's own newest; nothing when it has no number.
    pub to: Option<Period>,
    /// The place's level in the unit, or growth in per cent.
    pub own: Option<f64>,
    /// The same a peer, in the group's order, without the place itself.
    pub peers: Vec<(PlaceId, Option<f64>)>,
    /// Unweighted mean of the peers; nothing unless all of them have a number.
    pub mean: Option<f64>,
    /// Decimals of all these numbers.
    pub decimals: u8,
}

/// A place against the mean of its peers, and its status.
pub(super) fn compared(
    indicator: &Indicator,
    place: PlaceId,
    peers: Vec<PlaceId>,
    measure: PeerMeasure,
    years: Option<(i32, i32)>,
) -> (Status, Comparison) {
    let (growth, from) = match measure {
        PeerMeasure::Level => (false, None),
        PeerMeasure::Growth(Some(from)) => (true, Some(from)),
        PeerMeasure::Growth(None) => {
            let first = Base::First(years).point(indicator, place);
            (true, first.map(|(period, _)| period))
        }
    };
    let measured = |of: PlaceId, to: Period| {
        let last = value(indicator, of, Part::TOTAL, to)?;
        if !growth {
            return Some(last);
        }
        let from =
            from.filter(|from| from.position() < to.position() && !broken(indicator, of, Part::TOTAL, *from, to))?;
        percent_change(value(indicator, of, Part::TOTAL, from)?, last)
    };
    let observations = indicator
        .series(place, Part::TOTAL)
        .map_or(&[][..], |series| &series.observations);
    let known: Vec<Period> = observations
        .iter()
        .rev()
        .filter(|it| it.value.known().is_some())
        .map(|it| it.period)
        .collect();
    let all = |to: &Period| peers.iter().chain([&place]).all(|of| measured(*of, *to).is_some());
    let to = known.iter().copied().find(all).or(known.first().copied());
    let decimals = if growth {
        GROWTH_DECIMALS
    } else {
        indicator.unit.decimals
    };
    let mut comparison = Comparison {
        growth,
        from,
        to,
        own: to.and_then(|to| measured(place, to)),
        peers: peers
            .into_iter()
            .map(|peer| (peer, to.and_then(|to| measured(peer, to))))
            .collect(),
        mean: None,
        decimals,
    };
    comparison.mean = mean(&comparison.peers);
    (judge(indicator, place, &comparison), comparison)
}

fn judge(indicator: &Indicator, place: PlaceId, comparison: &Comparison) -> Status {
    let Some(to) = comparison.to else {
        return Status::Unknown(Doubt::NoValue);
    };
    let Some(own) = comparison.own else {
        // Only growth can lack a number where there is a latest one.
        let Some(from) = comparison.from else {
            return Status::Unknown(Doubt::NoBase);
        };
        return Status::Unknown(if from.position() >= to.position() {
            Doubt::Single
        } else if broken(indicator, place, Part::TOTAL, from, to) {
            Doubt::Break
        } else {
            Doubt::NoBase
        });
    };
    let Some(mean) = comparison.mean else {
        return Status::Unknown(Doubt::NoPeers);
    };
    match is_better(indicator.better, own, mean, comparison.decimals) {
        None => Status::Unknown(Doubt::NoDirection),
        Some(true) => Status::Reached,
        Some(false) => Status::Behind,
    }
}

/// Of all numbers; nothing when one is lacking or there are none.
fn mean(numbers: &[(PlaceId, Option<f64>)]) -> Option<f64> {
    let known: Vec<f64> = numbers.iter().map(|(_, number)| *number).collect::<Option<_>>()?;
    #[expect(clippy::cast_precision_loss, reason = "a group has a handful of places")]
    let count = known.len() as f64;
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / count)
}
