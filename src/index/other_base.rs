//! Ranks on the scales of other base periods: how they depend on the year that figures are compared with.
//!
//! Scales that move with the data may turn the order of two units without either of them having changed; for BRP+ this
//! has been held against the choice of comparison year.

use super::Composite;
use super::frame::{Frame, Slice};
use super::ranks::{Ranks, Reversals, mean_shift, ranks};
use super::score::{Numbers, aggregate, figures_on};
use crate::model::{BasePeriod, BaseSexes, Index, Moment, Normalisation, Sex, Site};

/// The figures that decide a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Those of this period.
    Period(BasePeriod),
    /// Those of so many years before each indicator's latest.
    Lag(u16),
}

/// An index on the scale of another base.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherBase {
    /// The figures that decide the scale.
    pub basis: Basis,
    /// Scores by unit, on that scale.
    pub scores: Numbers,
    /// Ranks by unit.
    pub ranks: Ranks,
    /// The mean of how many steps units are from their ranks by the author's own base; `None` without ranks.
    pub mean_shift: Option<f64>,
    /// Pairs of units whose order is reversed.
    pub reversals: Reversals,
}

/// One top of an index by each other base that the data allow: periods in which every leaf has figures that differ. None
/// for published scores and fixed goalposts, whose scale no base decides.
#[must_use]
pub fn other_bases(site: &Site, composite: &Composite<'_>, top: usize) -> Vec<OtherBase> {
    let index = composite.frame.index;
    let has_fixed_scale = matches!(
        index.method.normalisation,
        Normalisation::None | Normalisation::Goalposts
    );
    let mut leaves = composite.frame.leaves_with_figures(top);
    leaves.retain(|leaf| !composite.frame.leaves[*leaf].published);
    if leaves.is_empty() || has_fixed_scale && index.method.treatment.is_none() {
        return Vec::new();
    }
    // The index itself need not hold every year.
    let yearly = Index {
        yearly: true,
        ..index.clone()
    };
    let frame = Frame::new(site, &yearly);
    let sexes = index.base.sexes;
    let own_slices = frame.base_slices(Slice::LATEST, index.base.period, sexes);
    let before = ranks(&composite.latest().scores[top]);
    let mut bases: Vec<OtherBase> = Vec::new();
    for basis in candidates(&frame) {
        let slices = slices(&frame, basis, sexes);
        if basis == Basis::Period(index.base.period)
            || !frame.has_variation(&leaves, &slices)
            || frame.same_values(&leaves, &slices, &own_slices)
        {
            continue;
        }
        let figures = figures_on(&frame, &composite.recipe, 0, &slices);
        let scores = aggregate(&frame, &composite.recipe, |leaf| &figures[leaf].scores).swap_remove(top);
        let ranks = ranks(&scores);
        let (mean_shift, reversals) = (mean_shift(&before, &ranks), Reversals::between(&before, &ranks));
        bases.push(OtherBase {
            basis,
            scores,
            ranks,
            mean_shift,
            reversals,
        });
    }
    bases
}

fn candidates(frame: &Frame<'_>) -> Vec<Basis> {
    let year = |slice: &Slice| match slice.moment {
        Moment::Year(year) if slice.sex == Sex::Total => Some(Basis::Period(BasePeriod::Year(year))),
        _ => None,
    };
    let years: Vec<Basis> = frame.slices.iter().filter_map(year).collect();
    let all = (years.len() > 1).then_some(Basis::Period(BasePeriod::All));
    let lag = frame.index.lag.map(Basis::Lag);
    [Basis::Period(BasePeriod::Latest)]
        .into_iter()
        .chain(lag)
        .chain(all)
        .chain(years)
        .collect()
}

fn slices(frame: &Frame<'_>, basis: Basis, sexes: BaseSexes) -> Vec<usize> {
    match basis {
        Basis::Period(period) => frame.base_slices(Slice::LATEST, period, sexes),
        Basis::Lag(years) => frame.slices_of(Sex::Total, |moment| moment == Moment::Lag(years), sexes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::small;

    #[test]
    fn a_base_of_ten_years_ago_turns_one_pair() {
        let site = small::site("{}");
        let composite = Composite::new(&site, &site.indices[0]);
        let others = other_bases(&site, &composite, 0);
        // 2020 is the latest of all, so it is no other base.
        let year = Basis::Period(BasePeriod::Year(2010));
        let all = Basis::Period(BasePeriod::All);
        assert_eq!(
            others.iter().map(|other| other.basis).collect::<Vec<_>>(),
            [Basis::Lag(10), all, year]
        );
        // On the scale of 2010, 80 and 40 are 400 and 200 points: B has 470/3 and C 340/3.
        let scores = &others[2].scores;
        assert!(
            scores[1].is_some_and(|score| (score - 470.0 / 3.0).abs() < 1e-9),
            "{scores:?}"
        );
        assert!(
            scores[2].is_some_and(|score| (score - 340.0 / 3.0).abs() < 1e-9),
            "{scores:?}"
        );
        assert_eq!(others[2].ranks, [Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(
            (others[2].reversals, others[2].mean_shift),
            (Reversals { turned: 1, pairs: 6 }, Some(0.5))
        );
        // Both years together make the scale of the later, whose extremes are wider.
        assert_eq!((others[1].reversals.turned, others[1].mean_shift), (0, Some(0.0)));
    }
}
