//! Leaving one out: how far ranks and scores move without each of the leaves.

use super::Composite;
use super::ranks::{mean_shift, ranks};
use super::score::{Numbers, Recipe, aggregate};

/// An index without one of its leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The leaf.
    pub leaf: usize,
    /// By unit, the change of its rank, in steps: below zero is nearer the top. `None` unless it has both ranks.
    pub rank_shifts: Vec<Option<i32>>,
    /// By unit, the change of its score, in points. `None` unless it has both scores.
    pub score_shifts: Numbers,
    /// The mean of how many steps units move, up or down; `None` when no unit has both ranks.
    pub mean_shift: Option<f64>,
}

/// One top of an index without each of its leaves in turn, in the order of the tree; empty when it has but one.
#[must_use]
pub fn leave_out(composite: &Composite<'_>, top: usize) -> Vec<LeftOut> {
    let sheet = composite.latest();
    let before = &sheet.scores[top];
    let ranks_before = ranks(before);
    let without = |leaf: usize| {
        let recipe = Recipe {
            left_out: Some(leaf),
            ..composite.recipe.clone()
        };
        let mut scores = aggregate(&composite.frame, &recipe, |leaf| &sheet.figures[leaf].scores);
        let after = scores.swap_remove(top);
        let ranks_after = ranks(&after);
        let steps = |(before, after): (&Option<u16>, &Option<u16>)| Some(i32::from((*after)?) - i32::from((*before)?));
        LeftOut {
            leaf,
            rank_shifts: ranks_before.iter().zip(&ranks_after).map(steps).collect(),
            score_shifts: before
                .iter()
                .zip(&after)
                .map(|(before, after)| Some((*after)? - (*before)?))
                .collect(),
            mean_shift: mean_shift(&ranks_before, &ranks_after),
        }
    };
    let leaves = composite.frame.leaves_with_figures(top);
    if leaves.len() > 1 {
        leaves.into_iter().map(without).collect()
    } else {
        Vec::new()
    }
}

/// The leaf without which ranks move most; the first of several, `None` when ranks do not move.
#[must_use]
pub fn most(all: &[LeftOut]) -> Option<&LeftOut> {
    let moving = all
        .iter()
        .filter(|left| left.mean_shift.is_some_and(|shift| shift > 0.0));
    moving.reduce(|most, left| if left.mean_shift > most.mean_shift { left } else { most })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::small;

    #[test]
    fn without_each_of_three_by_hand() {
        // Scores of the leaves: A 100 100 100, B 80 50 20, C 40 60 80, D 0 0 0; the index is their mean.
        small::composite("{}", |composite| {
            let all = leave_out(composite, 0);
            assert_eq!(all.iter().map(|left| left.leaf).collect::<Vec<_>>(), [0, 1, 2]);
            let without_first = &all[0];
            let near =
                |actual: Option<f64>, expected: f64| actual.is_some_and(|actual| (actual - expected).abs() < 1e-9);
            assert!(
                near(without_first.score_shifts[1], 35.0 - 50.0),
                "{:?}",
                without_first.score_shifts
            );
            assert!(
                near(without_first.score_shifts[2], 70.0 - 60.0),
                "{:?}",
                without_first.score_shifts
            );
            assert_eq!(without_first.rank_shifts, [Some(0); 4]);
            // Without the last, B has 65 and C 50: they change places.
            assert_eq!(all[2].rank_shifts, [Some(0), Some(-1), Some(1), Some(0)]);
            assert_eq!(all[2].mean_shift, Some(0.5));
            assert_eq!(most(&all).map(|left| left.leaf), Some(2));
        });
    }
}
