//! What if one figure were better: one leaf of a unit is raised, and its scores and rank are computed anew.
//!
//! Everything else stays as it is: the unit's other scores, the other units, the country, and the scale. The scale is held
//! because the question is what a better figure is worth on the scale that the reader sees; under min-max, raising the
//! lowest unit would otherwise stretch the scale for all the others, and the gain could not be told from the stretching.
//! So a gain is a step on today's scale. It is no forecast, and gains of several leaves at once need not add up.

use super::score::together;
use super::{Composite, ScoreSheet};
use crate::measure::{Rank, RankTable};

/// How far a leaf is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// To the country's score at the leaf.
    Country,
    /// To the highest score that a unit has at the leaf.
    Best,
}

/// The gain from raising one leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The leaf.
    pub leaf: usize,
    /// The leaf's node.
    pub node: usize,
    /// How far it is raised.
    pub aim: Aim,
    /// The leaf, and each node above it up to the top: scores before and after.
    pub steps: Vec<Step>,
    /// Points gained at the top.
    pub gain: f64,
    /// The rank at the top before.
    pub before: Rank,
    /// The rank that follows.
    pub after: Rank,
}

/// A node's score now and with the gain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The node.
    pub node: usize,
    /// Its score now.
    pub from: f64,
    /// Its score with the gain.
    pub to: f64,
}

impl Composite<'_> {
    /// The gain when one leaf of a unit is raised. `None` when there is nothing to raise it to: the unit or the
    /// country has no score, or the unit is there already; and when the leaf is not below the top.
    #[must_use]
    pub fn what_if(&self, sheet: &ScoreSheet, top: usize, unit: usize, leaf: usize, aim: Aim) -> Option<WhatIf> {
        let node = self.frame.leaves.get(leaf)?.node;
        let now = |node: usize| sheet.scores[node][unit];
        let to = match aim {
            Aim::Country => sheet.country[node]?,
            Aim::Best => sheet.scores[node].iter().copied().flatten().reduce(f64::max)?,
        };
        // Published scores were computed in different orders: equal to 1e-9 is equal.
        now(node).filter(|from| to - from > 1e-9 * to.abs().max(1.0))?;
        let mut steps: Vec<Step> = Vec::new();
        for at in self.frame.path(node) {
            let to = match steps.last().copied() {
                None => to,
                Some(below) => {
                    let kind = self.recipe.method.aggregation(self.frame.nodes[at].depth);
                    let score = |child: usize| {
                        if child == below.node {
                            Some(below.to)
                        } else {
                            now(child)
                        }
                    };
                    together(kind, &self.frame.nodes[at].children, &self.recipe, score)?
                }
            };
            steps.push(Step {
                node: at,
                from: now(at)?,
                to,
            });
            if at == top {
                break;
            }
        }
        let last = *steps.last().filter(|step| step.node == top)?;
        let mut scores = sheet.scores[top].clone();
        let before = RankTable::of_scores(&scores).rank(last.from);
        scores[unit] = Some(last.to);
        let after = RankTable::of_scores(&scores).rank(last.to);
        Some(WhatIf {
            leaf,
            node,
            aim,
            steps,
            gain: last.to - last.from,
            before,
            after,
        })
    }

    /// Every leaf of a unit below the top, one at a time, raised to either aim where it lies lower; the largest gain first,
    /// equals in the order of the tree.
    #[must_use]
    pub fn what_ifs(&self, sheet: &ScoreSheet, top: usize, unit: usize) -> Vec<WhatIf> {
        let both = |leaf: usize| [Aim::Country, Aim::Best].map(|aim| self.what_if(sheet, top, unit, leaf, aim));
        let mut all: Vec<WhatIf> = self.frame.leaves_below(top).flat_map(both).flatten().collect();
        all.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::example::{composite, index, leaf, node, places};
    use crate::model::Aggregation;

    fn three(examine: impl Fn(&Composite<'_>)) {
        let branch = node("p", 1.0, vec![leaf("a", 1.0), leaf("b", 1.0)]);
        let index = index(
            Aggregation::Arithmetic,
            vec![node("top", 1.0, vec![branch, leaf("c", 1.0)])],
        );
        let places = places();
        let rows = [[20.0, 50.0, 80.0], [40.0, 40.0, 40.0], [50.0, 40.0, 30.0]].map(|row| row.map(Some).to_vec());
        // Tops: 40, 42.5, 45.
        examine(&composite(&index, &places, &rows));
    }

    #[test]
    fn raised_to_the_country_and_to_the_best() {
        three(|composite| {
            let gains = composite
                .what_if(composite.latest(), 0, 0, 0, Aim::Country)
                .expect("it lies lower");
            let steps: Vec<(usize, f64, f64)> =
                gains.steps.iter().map(|step| (step.node, step.from, step.to)).collect();
            assert_eq!(steps, [(2, 20.0, 50.0), (1, 30.0, 45.0), (0, 40.0, 47.5)]);
            assert_eq!((gains.before.position, gains.after.position), (3, 1));
            let best = composite
                .what_if(composite.latest(), 0, 1, 2, Aim::Best)
                .expect("it lies lower");
            assert!((best.gain - 5.0).abs() < 1e-12);
            assert_eq!((best.before.position, best.after.position), (2, 1));
        });
    }

    #[test]
    fn nothing_is_lowered() {
        three(|composite| {
            assert_eq!(composite.what_if(composite.latest(), 0, 2, 0, Aim::Best), None);
            assert_eq!(composite.what_if(composite.latest(), 0, 2, 0, Aim::Country), None);
            assert_eq!(
                composite.what_if(composite.latest(), 0, 0, 1, Aim::Best),
                None,
                "all have the same"
            );
        });
    }

    #[test]
    fn the_largest_gain_comes_first() {
        three(|composite| {
            let gains = composite.what_ifs(composite.latest(), 0, 1);
            let order: Vec<(usize, Aim)> = gains.iter().map(|gain| (gain.leaf, gain.aim)).collect();
            assert_eq!(order, [(0, Aim::Best), (2, Aim::Best)]);
            assert!(gains.windows(2).all(|pair| pair[0].gain >= pair[1].gain));
        });
    }
}
