//! Uncertainty analysis: the intervals of ranks when the author's choices are varied at random.
//!
//! Monte Carlo over all [`Factors`](super::factors::Factors) at once, in runs that are independent of each
//! other (handbook, step 7, pp. 117–131). Run i draws from a stream of its own, so the result depends on the seed alone.

use super::Composite;
use super::draw::{Draw, Purpose};
use super::factors::{Factor, UnusableAlternative};
use super::ranks::{Ranks, mean_shift, ranks};
use super::score::Numbers;
use super::statistics::{mean, median, quantile};
use super::trials::Trials;
use rayon::prelude::*;

/// The intervals of the ranks of one top.
#[derive(Clone, Debug, PartialEq)]
pub struct RankIntervals {
    /// The top.
    pub top: usize,
    /// The factors that were varied.
    pub factors: Vec<Factor>,
    /// Alternatives that the index asks for and its data do not allow.
    pub unusable: Vec<UnusableAlternative>,
    /// How many times the index was computed.
    pub runs: u32,
    /// The seed of it all.
    pub seed: u64,
    /// The mean over all runs and units of how many steps a unit is from its own rank; `None` without ranks.
    pub mean_shift: Option<f64>,
    /// By unit; `None` for one that has no rank by the author's own choices, or in no run.
    pub units: Vec<Option<RankInterval>>,
}

/// The ranks and scores that a unit may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankInterval {
    /// Its rank by the author's own choices.
    pub nominal: u16,
    /// In how many runs it has a rank; its intervals are over these.
    pub runs: usize,
    /// The mean rank.
    pub mean: f64,
    /// The middle rank.
    pub median: f64,
    /// 5th and 95th percentile of its rank, by linear interpolation: the ends may lie between two ranks.
    pub likely: [f64; 2],
    /// Its best and its worst rank.
    pub extent: [u16; 2],
    /// Its scores; `None` when it has none on the author's own scale.
    pub scores: Option<ScoreInterval>,
}

/// The scores that a unit may have, over the runs that give scores on the author's own scale: z-scores, ranks and what was
/// brought to 1–100 are not points of the index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreInterval {
    /// How many runs give such scores.
    pub runs: usize,
    /// The mean score.
    pub mean: f64,
    /// 5th and 95th percentile of its score.
    pub likely: [f64; 2],
}

/// One run: ranks by unit, and scores where they are on the author's own scale.
struct Run {
    ranks: Ranks,
    scores: Option<Numbers>,
}

impl RankIntervals {
    /// Computes one top of an index in as many runs as it states; `None` when nothing is varied.
    #[must_use]
    pub fn compute(composite: &Composite<'_>, top: usize) -> Option<Self> {
        let trials = Trials::new(&composite.frame, top)?;
        let variation = &composite.frame.index.variation;
        let run = |run: u32| {
            let mut draw = Draw::new(variation.seed, Purpose::Ranges, u64::from(run));
            let (scores, recipe) = trials.run(&draw.shares(trials.dimensions()));
            Run {
                ranks: ranks(&scores),
                scores: Some(scores).filter(|_| recipe.is_on_nominal_scale()),
            }
        };
        let runs: Vec<Run> = (0..variation.runs).into_par_iter().map(run).collect();
        let nominal = ranks(&composite.latest().scores[top]);
        let shifts: Vec<f64> = runs.iter().filter_map(|run| mean_shift(&nominal, &run.ranks)).collect();
        Some(Self {
            top,
            runs: variation.runs,
            seed: variation.seed,
            mean_shift: mean(&shifts),
            units: (0..nominal.len())
                .into_par_iter()
                .map(|unit| interval(nominal[unit]?, unit, &runs))
                .collect(),
            factors: trials.factors.factors,
            unusable: trials.factors.unusable,
        })
    }
}

fn interval(nominal: u16, unit: usize, runs: &[Run]) -> Option<RankInterval> {
    let known: Vec<u16> = runs.iter().filter_map(|run| run.ranks[unit]).collect();
    let numbers: Vec<f64> = known.iter().copied().map(f64::from).collect();
    let scores: Vec<f64> = runs.iter().filter_map(|run| run.scores.as_ref()?[unit]).collect();
    Some(RankInterval {
        nominal,
        runs: known.len(),
        mean: mean(&numbers)?,
        median: median(&numbers)?,
        likely: likely(&numbers)?,
        extent: [*known.iter().min()?, *known.iter().max()?],
        scores: score_interval(&scores),
    })
}

fn score_interval(scores: &[f64]) -> Option<ScoreInterval> {
    Some(ScoreInterval {
        runs: scores.len(),
        mean: mean(scores)?,
        likely: likely(scores)?,
    })
}

fn likely(numbers: &[f64]) -> Option<[f64; 2]> {
    Some([quantile(numbers, 0.05)?, quantile(numbers, 0.95)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::small;

    #[test]
    fn a_unit_that_is_best_at_everything_is_always_first() {
        small::composite(
            "{ runs: 200, weights: 0.5, normalisation: [rank], aggregation: [geometric] }",
            |composite| {
                let intervals = RankIntervals::compute(composite, 0).expect("something is varied");
                let first = intervals.units[0].expect("an interval");
                assert_eq!(
                    (first.nominal, first.extent, first.likely, first.runs),
                    (1, [1, 1], [1.0, 1.0], 200)
                );
                let scores = first.scores.expect("scores").likely;
                assert!(scores.iter().all(|end| (end - 100.0).abs() < 1e-9), "{scores:?}");
                // The middle two take turns.
                assert_eq!(intervals.units[1].expect("an interval").extent, [2, 3]);
                assert_eq!(intervals.units[3].expect("an interval").extent, [4, 4]);
                assert!(
                    intervals.mean_shift.is_some_and(|shift| shift > 0.0 && shift < 1.0),
                    "{:?}",
                    intervals.mean_shift
                );
            },
        );
    }

    #[test]
    fn scores_are_only_of_runs_on_the_authors_scale() {
        small::composite(
            "{ runs: 200, weights: 0, leave_out: false, normalisation: [z_score] }",
            |composite| {
                let scores = RankIntervals::compute(composite, 0).expect("varied").units[1]
                    .expect("an interval")
                    .scores
                    .expect("scores");
                let own = composite.latest().scores[0][1].expect("a score");
                assert!(
                    (80..120).contains(&scores.runs),
                    "about half of 200, not {}",
                    scores.runs
                );
                assert!(scores.likely.iter().all(|end| (end - own).abs() < 1e-9));
            },
        );
    }

    #[test]
    fn the_seed_decides_and_threads_do_not() {
        small::composite("{ runs: 50, normalisation: [rank] }", |composite| {
            let on = |threads| {
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .expect("threads");
                pool.install(|| RankIntervals::compute(composite, 0))
            };
            assert_eq!(on(1), on(4));
        });
    }

    #[test]
    fn where_nothing_is_varied_nothing_is_said() {
        small::composite("{ weights: 0, leave_out: false }", |composite| {
            assert_eq!(RankIntervals::compute(composite, 0), None);
        });
    }
}
