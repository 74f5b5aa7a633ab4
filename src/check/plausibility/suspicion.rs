//! Which figures of an indicator are improbable. Each rule is arithmetic on its series and knows nothing of what has been
//! accepted.

use crate::model::{Improbability, Indicator, Level, Part, Period, PlaceId, Series, Sex, Site, UnitKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many times larger than anything before a figure may be.
const JUMP: f64 = 10.0;
/// Round figures that stand for something else: nothing measured, everything, no answer.
const ROUND: [f64; 3] = [0.0, 100.0, 999.0];
/// Places with the same round figure that are many, and which part of all they must be: one in so many. Few are many when
/// they are most of all.
const MANY: [(usize, usize); 2] = [(5, 20), (3, 2)];
/// No statistics of ours are older.
const FIRST_YEAR: i32 = 1749;
/// How far a total may lie from the sum of its parts, of itself; beside what rounding explains.
const TOLERANCE: f64 = 0.005;

/// A figure that is improbable.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Suspicion {
    pub(super) improbability: Improbability,
    pub(super) place: PlaceId,
    pub(super) period: Period,
    pub(super) value: f64,
    /// What it is held against: the figure before, or the sum of the parts.
    pub(super) other: Option<f64>,
}

/// A number of a series.
#[derive(Clone, Copy)]
struct Number {
    place: PlaceId,
    part: Part,
    period: Period,
    value: f64,
    is_estimated: bool,
}

impl Number {
    fn suspicion(self, improbability: Improbability, other: Option<f64>) -> Suspicion {
        Suspicion {
            improbability,
            place: self.place,
            period: self.period,
            value: self.value,
            other,
        }
    }
}

/// The improbable figures of this indicator, on a day.
pub(super) fn suspicions(indicator: &Indicator, site: &Site, today: Date) -> Vec<Suspicion> {
    let all: Vec<Number> = indicator.series.iter().flat_map(numbers).collect();
    let mut found = Vec::new();
    if indicator.unit.kind == UnitKind::Percent {
        percentages(&all, &mut found);
    }
    repeated(&all, indicator, site, &mut found);
    years(&all, today, &mut found);
    // A figure that is improbable by itself is no history to hold others against.
    let is_suspected = |number: &Number| {
        found
            .iter()
            .any(|suspicion| suspicion.place == number.place && suspicion.period == number.period)
    };
    let histories: Vec<Vec<Number>> = indicator
        .series
        .iter()
        .map(|series| numbers(series).filter(|number| !is_suspected(number)).collect())
        .collect();
    for history in histories {
        jumps(&history, rounding(indicator), &mut found);
    }
    sums(&all, indicator, &mut found);
    if is_total(indicator) {
        sums_of_places(&all, indicator, site, &mut found);
    }
    found
}

fn numbers(series: &Series) -> impl Iterator<Item = Number> {
    let observations = series.observations.iter();
    observations.filter_map(|observation| {
        Some(Number {
            place: series.place,
            part: series.part,
            period: observation.period,
            value: observation.value.known()?,
            is_estimated: observation.flags.estimated,
        })
    })
}

fn percentages(all: &[Number], found: &mut Vec<Suspicion>) {
    let outside = all.iter().filter(|number| !(0.0..=100.0).contains(&number.value));
    found.extend(outside.map(|number| number.suspicion(Improbability::Percent, None)));
    let is_share = |number: &&Number| number.value.abs() < 1.0;
    let largest = all.iter().max_by(|a, b| a.value.abs().total_cmp(&b.value.abs()));
    if all.len() > 1 && all.iter().all(|number| is_share(&number)) {
        let largest = largest.filter(|number| number.value != 0.0);
        found.extend(largest.map(|number| number.suspicion(Improbability::Share, None)));
    }
}

/// Figures more than ten times all before them in the same series, or less than a tenth; small ones jump by rounding alone,
/// which moves them by a `step` at most.
fn jumps(series: &[Number], step: f64, found: &mut Vec<Suspicion>) {
    let mut range: Option<(f64, f64)> = None;
    for number in series {
        if let Some((least, most)) = range.filter(|_| number.value >= 0.0) {
            let rises = number.value > JUMP * (most + step);
            let falls = number.value + step < least / JUMP;
            if least > 0.0 && (rises || falls) {
                let other = if rises { most } else { least };
                found.push(number.suspicion(Improbability::Jump, Some(other)));
            }
        }
        let (least, most) = range.unwrap_or((number.value, number.value));
        range = Some((least.min(number.value), most.max(number.value)));
    }
}

/// Half of the last decimal that is shown: what rounding may hide.
fn rounding(indicator: &Indicator) -> f64 {
    0.5 * 10_f64.powi(-i32::from(indicator.unit.decimals))
}

/// Exactly the same round figure in many places of one level, in one period and part.
fn repeated(all: &[Number], indicator: &Indicator, site: &Site, found: &mut Vec<Suspicion>) {
    let mut groups: BTreeMap<(Level, Part, Period), Vec<Number>> = BTreeMap::new();
    for number in all {
        let level = site.places[number.place].level;
        groups
            .entry((level, number.part, number.period))
            .or_default()
            .push(*number);
    }
    for round in ROUND {
        // The base year of an index is a hundred everywhere.
        if indicator.unit.kind == UnitKind::Index && round.total_cmp(&100.0).is_eq() {
            continue;
        }
        for group in groups.values() {
            let same: Vec<&Number> = group
                .iter()
                .filter(|number| number.value.total_cmp(&round).is_eq())
                .collect();
            let are_many =
                |(least, one_in): &(usize, usize)| same.len() >= *least && same.len() * one_in >= group.len();
            if MANY.iter().any(are_many) {
                found.extend(
                    same.iter()
                        .map(|number| number.suspicion(Improbability::Repeated, None)),
                );
            }
        }
    }
}

fn years(all: &[Number], today: Date, found: &mut Vec<Suspicion>) {
    let this_year = i32::from(today.year());
    let outside = all.iter().filter(|number| {
        let year = number.period.year();
        year < FIRST_YEAR || year > this_year && !number.is_estimated
    });
    found.extend(outside.map(|number| number.suspicion(Improbability::Year, None)));
}

/// Totals unlike their parts: the sum of women and men, or of all categories, where the figures are totals; where they are
/// percentages, something between women and men.
fn sums(all: &[Number], indicator: &Indicator, found: &mut Vec<Suspicion>) {
    let mut by_place: BTreeMap<(PlaceId, Period), BTreeMap<Part, Number>> = BTreeMap::new();
    for number in all {
        by_place
            .entry((number.place, number.period))
            .or_default()
            .insert(number.part, *number);
    }
    let is_sum = is_total(indicator);
    let is_mean = indicator.unit.kind == UnitKind::Percent;
    let categories = indicator
        .breakdown
        .as_ref()
        .map_or(0, |breakdown| breakdown.categories.len());
    let step = rounding(indicator);
    for parts in by_place.values() {
        let Some(total) = parts.get(&Part::TOTAL) else { continue };
        let sexes: Vec<f64> = [Sex::Women, Sex::Men]
            .into_iter()
            .filter_map(|sex| parts.get(&Part::of_sex(sex)).map(|number| number.value))
            .collect();
        let of_breakdown: Vec<f64> = parts
            .iter()
            .filter(|(part, _)| part.category.is_some() && part.sex == Sex::Total)
            .map(|(_, number)| number.value)
            .collect();
        if let [women, men] = sexes[..]
            && is_mean
            && !(women.min(men) - step..=women.max(men) + step).contains(&total.value)
        {
            found.push(total.suspicion(Improbability::Sum, Some(women)));
        }
        let whole = [(sexes, 2), (of_breakdown, categories)];
        let sums = whole
            .into_iter()
            .filter(|(parts, count)| is_sum && *count > 1 && parts.len() == *count);
        for (parts, count) in sums {
            let sum: f64 = parts.iter().sum();
            let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
            let allowed = step * (count + 1.0) + TOLERANCE * total.value.abs();
            if (total.value - sum).abs() > allowed {
                found.push(total.suspicion(Improbability::Sum, Some(sum)));
            }
        }
    }
}

/// Whether the figures are totals, which add up.
fn is_total(indicator: &Indicator) -> bool {
    match indicator.unit.kind {
        UnitKind::Persons | UnitKind::Tonnes | UnitKind::Kilotonnes => true,
        UnitKind::Percent | UnitKind::Index => false,
        _ => !indicator.comparable,
    }
}

/// Places whose total is less than the sum of the places that lie in them. More it may be: a site need not list them all.
fn sums_of_places(all: &[Number], indicator: &Indicator, site: &Site, found: &mut Vec<Suspicion>) {
    let mut sums: BTreeMap<(PlaceId, Part, Period), f64> = BTreeMap::new();
    for number in all {
        if let Some(parent) = site.places[number.place].parent {
            *sums.entry((parent, number.part, number.period)).or_default() += number.value;
        }
    }
    let children = i32::try_from(site.places.len()).unwrap_or(i32::MAX);
    for number in all {
        let sum = sums.get(&(number.place, number.part, number.period));
        let allowed = rounding(indicator) * f64::from(children) + TOLERANCE * number.value.abs();
        if let Some(sum) = sum.filter(|sum| **sum > number.value + allowed) {
            found.push(number.suspicion(Improbability::Sum, Some(*sum)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Vec<Number> {
        (2015..)
            .zip(values)
            .map(|(year, value)| Number {
                place: PlaceId(0),
                part: Part::TOTAL,
                period: Period::Year(year),
                value: *value,
                is_estimated: false,
            })
            .collect()
    }

    fn jumps_of(values: &[f64]) -> Vec<f64> {
        let mut found = Vec::new();
        jumps(&of(values), 0.05, &mut found);
        found.iter().map(|suspicion| suspicion.value).collect()
    }

    #[test]
    fn a_tenfold_jump_is_improbable_either_way() {
        assert_eq!(jumps_of(&[12.0, 13.0, 131.0, 14.0]), [131.0]);
        assert_eq!(jumps_of(&[120.0, 130.0, 1.3]), [1.3]);
        assert!(jumps_of(&[12.0, 60.0, 300.0, 1500.0]).is_empty());
        // From nothing to something, or by rounding.
        assert!(jumps_of(&[0.0, 13.0]).is_empty());
    }

    #[test]
    fn percentages_are_between_nothing_and_all() {
        let mut found = Vec::new();
        percentages(&of(&[50.0, 101.0, -1.0]), &mut found);
        assert_eq!(found.len(), 2);
        found.clear();
        percentages(&of(&[0.5, 0.9]), &mut found);
        assert_eq!((found[0].improbability, found[0].value), (Improbability::Share, 0.9));
    }

    #[test]
    fn years_that_have_not_been_are_estimates() {
        let mut found = Vec::new();
        let mut numbers = of(&[1.0, 2.0, 3.0]);
        numbers[2].is_estimated = true;
        years(&numbers, jiff::civil::date(2015, 6, 1), &mut found);
        assert_eq!(found.len(), 1);
    }
}
