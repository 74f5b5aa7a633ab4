//! Trials: one top of an index computed again and again, under many recipes.
//!
//! Recipes that differ in weights or in the leaf that is left out only share the scores of their leaves, which cost far
//! more than adding them up. These are computed when first asked for and kept, so a run costs one aggregation. What comes
//! out is what [`score::scores`] gives for the same recipe.

use super::factors::Factors;
use super::frame::Frame;
use super::score::{self, Numbers, Recipe};
use std::sync::OnceLock;

/// An index to be computed again and again.
#[derive(Debug)]
pub struct Trials<'f, 'a> {
    /// The factors that are varied.
    pub factors: Factors,
    frame: &'f Frame<'a>,
    /// Scores of leaves by combination of alternatives, once they have been asked for.
    leaf_scores: Vec<OnceLock<Vec<Numbers>>>,
}

impl<'f, 'a> Trials<'f, 'a> {
    /// Trials of one top of an index; `None` when nothing is varied.
    #[must_use]
    pub fn new(frame: &'f Frame<'a>, top: usize) -> Option<Self> {
        let factors = Factors::new(frame, top);
        let leaf_scores = vec![OnceLock::new(); factors.leaf_combinations()];
        (!factors.factors.is_empty()).then_some(Self {
            factors,
            frame,
            leaf_scores,
        })
    }

    /// How many numbers a trial takes.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.factors.factors.len()
    }

    /// The top's scores by unit under the choices that these numbers make, and the recipe.
    #[must_use]
    pub fn run(&self, u: &[f64]) -> (Numbers, Recipe<'a>) {
        let recipe = self.factors.recipe(self.frame, u);
        let leaf_scores = self.leaf_scores[self.factors.leaf_combination(u)].get_or_init(|| {
            let whole = Recipe {
                left_out: None,
                ..recipe.clone()
            };
            score::figures(self.frame, &whole, 0)
                .into_iter()
                .map(|figures| figures.scores)
                .collect()
        });
        let mut scores = score::aggregate(self.frame, &recipe, |leaf| &leaf_scores[leaf]);
        (scores.swap_remove(self.factors.top), recipe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::draw::{Draw, Purpose};
    use crate::index::small;

    #[test]
    fn what_is_kept_changes_nothing() {
        let all = "{ normalisation: [rank, goalposts], aggregation: [harmonic], base: [2010, all] }";
        small::composite(all, |composite| {
            let trials = Trials::new(&composite.frame, 0).expect("something is varied");
            for run in 0..100 {
                let u = Draw::new(1, Purpose::Ranges, run).shares(trials.dimensions());
                let (scores, recipe) = trials.run(&u);
                assert_eq!(scores, score::scores(&composite.frame, &recipe, 0)[0], "{u:?}");
            }
        });
    }
}
