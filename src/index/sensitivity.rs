//! Sensitivity analysis: which factor moves the ranks of an index most.
//!
//! As in Saisana, Saltelli & Tarantola 2005 (J. R. Stat. Soc. A 168) and handbook, step 7, pp. 117–131: the outputs are the mean
//! shift of all units' ranks from those by the author's own choices, and the rank of each unit. The estimators are those
//! of [`super::sobol`].

use super::Composite;
use super::factors::Factor;
use super::ranks::{Ranks, mean_shift, ranks};
use super::sobol::{Effect, Runs};
use super::trials::Trials;
use rayon::prelude::*;

/// How much of the variation in ranks each factor makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The top.
    pub top: usize,
    /// The factors that were varied.
    pub factors: Vec<Factor>,
    /// How many rows the design has.
    pub rows: usize,
    /// How many times the index was computed: rows × (factors + 2).
    pub runs: usize,
    /// By factor, for the mean shift of ranks; `None` when it does not vary.
    pub shift: Option<Vec<Effect>>,
    /// By unit and factor, for its rank; `None` when that does not vary, or is missing in some run.
    pub ranks: Vec<Option<Vec<Effect>>>,
}

impl Sensitivity {
    /// Analyses one top of an index, in about `runs` runs: as many whole rows as fit, at least two. `None` when nothing is
    /// varied.
    #[must_use]
    pub fn compute(composite: &Composite<'_>, top: usize, runs: u32) -> Option<Self> {
        let trials = Trials::new(&composite.frame, top)?;
        let seed = composite.frame.index.variation.seed;
        let points = trials.dimensions() + 2;
        let rows = (usize::try_from(runs).unwrap_or(usize::MAX) / points).max(2);
        let done: Runs<Ranks> = Runs::evaluate(trials.dimensions(), rows, seed, |u| ranks(&trials.run(u).0));
        let nominal = ranks(&composite.latest().scores[top]);
        let rank = |unit: usize| done.number(|ranks| ranks[unit].map(f64::from))?.effects(seed);
        Some(Self {
            top,
            rows,
            runs: rows * points,
            shift: done
                .number(|ranks| mean_shift(&nominal, ranks))
                .and_then(|shifts| shifts.effects(seed)),
            ranks: (0..nominal.len()).into_par_iter().map(rank).collect(),
            factors: trials.factors.factors,
        })
    }

    /// The factor that makes most of these effects' variance, with all its interactions.
    #[must_use]
    pub fn most(&self, effects: &[Effect]) -> Option<&Factor> {
        let totals = self
            .factors
            .iter()
            .zip(effects)
            .map(|(factor, effect)| (factor, effect.total.value));
        totals
            .max_by(|one, other| one.1.total_cmp(&other.1))
            .map(|(factor, _)| factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::small;

    #[test]
    fn the_only_factor_makes_all() {
        small::composite("{ weights: 0.9, leave_out: false }", |composite| {
            let sensitivity = Sensitivity::compute(composite, 0, 3000).expect("something is varied");
            assert_eq!(
                (sensitivity.rows, sensitivity.runs, sensitivity.factors.len()),
                (1000, 3000, 1)
            );
            let shift = sensitivity.shift.as_ref().expect("it varies");
            assert!((shift[0].total.value - 1.0).abs() < 0.1, "{shift:?}");
            assert_eq!(sensitivity.most(shift), Some(&Factor::Weights { spread: 0.9 }));
            // The best at everything has the same rank whatever is chosen.
            assert_eq!(sensitivity.ranks[0], None);
            assert!(sensitivity.ranks[1].is_some());
        });
    }

    #[test]
    fn threads_do_not_matter() {
        small::composite("{ normalisation: [rank] }", |composite| {
            let on = |threads| {
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .expect("threads");
                pool.install(|| Sensitivity::compute(composite, 0, 100))
            };
            assert_eq!(on(1), on(4));
        });
    }
}
