//! The number that a development is counted from, and whether later numbers can be compared with it.

use super::verdict::UnknownReason;
use crate::measure::{break_between, last_break, latest, value};
use crate::model::{Indicator, Part, Period, PlaceId};

/// A period and the number of that period, in the indicator's unit.
pub type DatedValue = (Period, f64);

/// Start of a development.
#[derive(Clone, Copy)]
pub(super) enum BasePoint {
    /// A given period.
    At(Period),
    /// The first number of the report's years.
    First(Option<(i32, i32)>),
}

impl BasePoint {
    /// The stated base period, else the first number within the report's years.
    pub(super) fn new(from: Option<Period>, years: Option<(i32, i32)>) -> Self {
        from.map_or(BasePoint::First(years), BasePoint::At)
    }

    /// The number to count from; the first of the report only where it is comparable with the latest.
    pub(super) fn point(self, indicator: &Indicator, place: PlaceId) -> Option<DatedValue> {
        match self {
            BasePoint::At(period) => Some((period, value(indicator, place, Part::TOTAL, period)?)),
            BasePoint::First(years) => {
                let newest = latest(indicator, place, Part::TOTAL, None)?.period;
                let start = last_break(indicator, place, Part::TOTAL, newest);
                let is_inside = |period: Period| years.is_none_or(|(from, to)| (from..=to).contains(&period.year()));
                let counts = |period: Period| is_inside(period) && start.is_none_or(|start| period >= start);
                let mut numbers = indicator
                    .series(place, Part::TOTAL)?
                    .observations
                    .iter()
                    .filter_map(|observation| Some((observation.period, observation.value.known()?)));
                numbers.find(|(period, _)| counts(*period))
            }
        }
    }
}

/// Base and latest number, or why a development between them cannot be judged.
pub(super) fn comparable_ends(
    indicator: &Indicator,
    place: PlaceId,
    base: Option<DatedValue>,
    now: DatedValue,
) -> Result<(DatedValue, DatedValue), UnknownReason> {
    let base = base.ok_or(UnknownReason::NoBase)?;
    if base.0.position() >= now.0.position() {
        return Err(UnknownReason::Single);
    }
    if broken(indicator, place, Part::TOTAL, base.0, now.0) {
        Err(UnknownReason::Break)
    } else {
        Ok((base, now))
    }
}

/// Whether a break lies between two periods.
pub(super) fn broken(indicator: &Indicator, place: PlaceId, part: Part, first: Period, last: Period) -> bool {
    break_between(indicator, place, part, first, last).is_some()
}
