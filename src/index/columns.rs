//! The figures of each leaf, slice by slice, as they enter the index.
//!
//! Takes the site's series; gives for each unit the figure of a slice's moment and sex, as published and as divided by
//! its denominator, and where it comes from.

use super::frame::{Column, Frame, Leaf, Provenance, Slice};
use crate::model::{BasePeriod, BaseSexes, Indicator, Moment, Observation, Part, Period, PlaceId, Series, Sex, Site};
use std::collections::BTreeSet;

impl Frame<'_> {
    /// Adds every slice that is scored, or that decides a scale, and has any figure.
    pub(super) fn add_slices(&mut self, site: &Site) {
        let index = self.index;
        let mut moments: BTreeSet<Moment> = index.lag.map(Moment::Lag).into_iter().collect();
        let bases = index.variation.base.iter().copied().chain([index.base.period]);
        for base in bases {
            match base {
                BasePeriod::Latest => {}
                BasePeriod::Year(year) => {
                    moments.insert(Moment::Year(year));
                }
                BasePeriod::All => moments.extend(self.years().into_iter().map(Moment::Year)),
            }
        }
        if index.yearly {
            moments.extend(self.years().into_iter().map(Moment::Year));
        }
        let sexes: &[Sex] = if index.by_sex || index.base.sexes != BaseSexes::Total {
            &[Sex::Total, Sex::Women, Sex::Men]
        } else {
            &[Sex::Total]
        };
        for moment in [Moment::Latest].into_iter().chain(moments) {
            for sex in sexes {
                let slice = Slice { moment, sex: *sex };
                let columns: Vec<Column> = self.leaves.iter().map(|leaf| self.column(site, leaf, slice)).collect();
                let any = columns.iter().any(|column| column.measured.iter().any(Option::is_some));
                if any || slice == Slice::LATEST {
                    self.slices.push(slice);
                    self.columns.push(columns);
                }
            }
        }
    }

    /// All years in which a unit has a figure.
    fn years(&self) -> BTreeSet<i32> {
        let mut years = BTreeSet::new();
        for indicator in self.leaves.iter().filter_map(|leaf| leaf.indicator) {
            for unit in &self.units {
                let observations = indicator.total(*unit).map_or(&[][..], |series| &series.observations);
                years.extend(
                    observations
                        .iter()
                        .filter(|observation| observation.value.known().is_some())
                        .map(|observation| observation.period.year()),
                );
            }
        }
        years
    }

    fn column(&self, site: &Site, leaf: &Leaf<'_>, slice: Slice) -> Column {
        let carry = i32::from(self.index.method.imputation.carry);
        let year = match (slice.moment, leaf.latest) {
            (Moment::Year(year), _) => Some(year),
            (_, None) => None,
            (Moment::Latest, Some(latest)) => Some(latest.year()),
            (Moment::Lag(years), Some(latest)) => Some(latest.year() - i32::from(years)),
        };
        let part = Part::of_sex(slice.sex);
        let pick = |indicator: &'_ Indicator, place: PlaceId, part: Part| -> Option<(Period, f64)> {
            let year = year?;
            let mut backwards = indicator
                .series(place, part)?
                .observations
                .iter()
                .rev()
                .filter_map(known);
            let last = backwards.find(|(period, _)| period.year() <= year);
            match slice.moment {
                // The nearest earlier year, or else the first there is.
                Moment::Lag(_) => last.or_else(|| indicator.series(place, part).and_then(first)),
                _ => last.filter(|(period, _)| period.year() + carry >= year),
            }
        };
        let divided = |place: PlaceId, figure: Option<(Period, f64)>| -> Option<f64> {
            let (period, number) = figure?;
            let Some(denominator) = leaf.denominator else {
                return Some(number);
            };
            let series = denominator.series(place, part).or_else(|| denominator.total(place))?;
            // The denominator of the same year, or the nearest before; where there is none so old, the first.
            let mut backwards = series.observations.iter().rev().filter_map(known);
            let nearest = backwards.find(|(other, _)| other.year() <= period.year());
            let divisor = nearest.or_else(|| first(series))?.1;
            Some(number / divisor).filter(|quotient| quotient.is_finite())
        };
        let figure = |place: PlaceId| pick(leaf.indicator?, place, part);
        let mut column = Column::default();
        for unit in &self.units {
            let observed = figure(*unit);
            column.measured.push(observed.map(|(_, number)| number));
            column.denominated.push(divided(*unit, observed));
            let parent = site.places[*unit].parent;
            column
                .parents
                .push(parent.and_then(|parent| divided(parent, figure(parent))));
            column.provenance.push(match observed {
                None => Provenance::Missing,
                Some((period, _)) if year.is_some_and(|year| period.year() < year) => Provenance::Carried(period),
                Some((period, _)) => Provenance::Observed(period),
            });
        }
        column.country = site
            .settings
            .country
            .and_then(|country| divided(country, figure(country)));
        column
    }
}

fn known(observation: &Observation) -> Option<(Period, f64)> {
    Some((observation.period, observation.value.known()?))
}

fn first(series: &Series) -> Option<(Period, f64)> {
    series.observations.iter().find_map(known)
}
