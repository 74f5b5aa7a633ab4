//! One index under many recipes → the scores of its top under each.
//!
//! Recipes that differ in weights or in the leaf that is left out only share the scores of their leaves, which cost far
//! more than adding them up. These are computed when first asked for and kept, so a run costs one aggregation. What comes
//! out is what [`score::scores`] gives for the same recipe.

use super::choices::Choices;
use super::frame::Frame;
use super::score::{self, Numbers, Recipe};
use std::sync::OnceLock;

/// An index to be computed again and again.
#[derive(Debug)]
pub struct Trials<'f, 'a> {
    /// What is varied.
    pub choices: Choices,
    frame: &'f Frame<'a>,
    leaf_scores: Vec<OnceLock<Vec<Numbers>>>,
}

impl<'f, 'a> Trials<'f, 'a> {
    /// Trials of one top of an index; `None` when nothing is varied.
    #[must_use]
    pub fn of(frame: &'f Frame<'a>, top: usize) -> Option<Self> {
        let choices = Choices::of(frame, top);
        let leaf_scores = vec![OnceLock::new(); choices.cells()];
        (!choices.factors.is_empty()).then_some(Self {
            choices,
            frame,
            leaf_scores,
        })
    }

    /// How many numbers a trial takes.
    #[must_use]
    pub fn factors(&self) -> usize {
        self.choices.factors.len()
    }

    /// The top's scores by unit under the choices that these numbers make, and the recipe.
    #[must_use]
    pub fn run(&self, u: &[f64]) -> (Numbers, Recipe<'a>) {
        let recipe = self.choices.recipe(self.frame, u);
        let leaf_scores = self.leaf_scores[self.choices.cell(u)].get_or_init(|| {
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
        (scores.swap_remove(self.choices.top), recipe)
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
            let trials = Trials::of(&composite.frame, 0).expect("something is varied");
            for run in 0..100 {
                let u = Draw::new(1, Purpose::Ranges, run).shares(trials.factors());
                let (scores, recipe) = trials.run(&u);
                assert_eq!(scores, score::scores(&composite.frame, &recipe, 0)[0], "{u:?}");
            }
        });
    }
}
