//! Scores of one unit, or of a benchmark, at every node of the tree.
//!
//! A [`Profile`] is a point; [`super::contribution`] splits the way from one to another. Where scores come from is told by
//! the [`ScoreSheet`].

use super::statistics::{mean, median};
use super::{Composite, Frame, Numbers, Recipe, ScoreSheet};
use crate::measure::RankTable;

/// A score at every node, to be compared with another profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Scores by node; `None` where there is none.
    pub scores: Numbers,
    /// Each node's weight by node, as a share of the weights of those siblings that have a score: they sum to 1 under
    /// each parent. 0 for a node without a score, 1 for a top.
    pub weights: Vec<f64>,
    /// Whether every inner node's score is the mean of its children's. So it is for a unit; not for medians, nor for the
    /// mean of units of which some lack a figure. Where it is not, the split of a gap leaves a residual.
    pub is_made_of_parts: bool,
}

/// Benchmark that a unit is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The country, as the sheet has it: the unweighted mean of the units, or its own published scores.
    Country,
    /// The middle of the units, at each node for itself: there is no unit that has all these scores.
    Median,
    /// The unit with the highest score at the top; of equals the first in the order of the frame.
    Best,
    /// Another unit, by its number in the frame.
    Unit(usize),
    /// The unweighted mean, at each node, of those places of a group that are scored at the top. The group is what its
    /// author made it: a unit that is compared with its own group is not taken out of it.
    Group(String),
}

impl Profile {
    /// The profile that these scores make, by node.
    #[must_use]
    pub fn new(frame: &Frame<'_>, recipe: &Recipe<'_>, scores: Numbers) -> Self {
        let mut weights: Vec<f64> = scores
            .iter()
            .map(|score| if score.is_some() { 1.0 } else { 0.0 })
            .collect();
        let mut is_made_of_parts = true;
        for (at, node) in frame.nodes.iter().enumerate() {
            let present = || node.children.iter().copied().filter(|child| scores[*child].is_some());
            let whole: f64 = present().map(|child| recipe.weights[child]).sum();
            for child in present() {
                weights[child] = if whole > 0.0 {
                    recipe.weights[child] / whole
                } else {
                    0.0
                };
            }
            if let (Some(score), None) = (scores[at], node.leaf) {
                let kind = recipe.method.aggregation(node.depth);
                let mean = kind.mean(present().filter_map(|child| Some((recipe.weights[child], scores[child]?))));
                is_made_of_parts &= mean.is_some_and(|mean| (mean - score).abs() <= 1e-9 * score.abs().max(1.0));
            }
        }
        Self {
            scores,
            weights,
            is_made_of_parts,
        }
    }

    /// The profile of a unit, by its number in the frame.
    #[must_use]
    pub fn unit(composite: &Composite<'_>, sheet: &ScoreSheet, unit: usize) -> Self {
        let scores = sheet
            .scores
            .iter()
            .map(|scores| scores.get(unit).copied().flatten())
            .collect();
        Self::new(&composite.frame, &composite.recipe, scores)
    }
}

impl Composite<'_> {
    /// The profile of a reference. `None` when it has no score at this top: no such group, none of it scored, no score.
    #[must_use]
    pub fn reference(&self, sheet: &ScoreSheet, top: usize, reference: &Reference) -> Option<Profile> {
        let over = |members: &[usize], centre: fn(&[f64]) -> Option<f64>| -> Numbers {
            let known = |scores: &Numbers| members.iter().filter_map(|unit| scores[*unit]).collect::<Vec<f64>>();
            sheet.scores.iter().map(|scores| centre(&known(scores))).collect()
        };
        let units = || 0..self.frame.units.len();
        let scored = |unit: &usize| sheet.scores[top][*unit].is_some();
        let profile = |scores: Numbers| Profile::new(&self.frame, &self.recipe, scores);
        let benchmark = match reference {
            Reference::Country => profile(sheet.country.clone()),
            Reference::Median => profile(over(&units().collect::<Vec<_>>(), median)),
            Reference::Best => {
                let standings = RankTable::of_scores(&sheet.scores[top]);
                let best = |score: f64| standings.rank(score).position == 1;
                Profile::unit(
                    self,
                    sheet,
                    units().find(|unit| sheet.scores[top][*unit].is_some_and(best))?,
                )
            }
            Reference::Unit(unit) => Profile::unit(self, sheet, *unit),
            Reference::Group(id) => {
                let group = self.frame.places.group(id)?;
                let is_member = |unit: &usize| group.places.contains(&self.frame.units[*unit]);
                profile(over(
                    &units().filter(is_member).filter(scored).collect::<Vec<_>>(),
                    mean,
                ))
            }
        };
        benchmark.scores[top].map(|_| benchmark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::example::{composite, index, leaf, node, places};
    use crate::model::{Aggregation, Index};

    /// top = (a + 2b + c) / 4, of four units; the last lacks b, the first and third are a group.
    fn four() -> (Index, Vec<Numbers>) {
        let tree = node("top", 1.0, vec![leaf("a", 1.0), leaf("b", 2.0), leaf("c", 1.0)]);
        let scores = vec![
            vec![Some(10.0), Some(20.0), Some(30.0), Some(50.0)],
            vec![Some(40.0), Some(60.0), Some(20.0), None],
            vec![Some(30.0), Some(20.0), Some(90.0), Some(20.0)],
        ];
        (index(Aggregation::Arithmetic, vec![tree]), scores)
    }

    fn reference(benchmark: &Reference) -> Option<Profile> {
        let (index, scores) = four();
        let places = places();
        let composite = composite(&index, &places, &scores);
        composite.reference(composite.latest(), 0, benchmark)
    }

    #[test]
    fn weights_are_shared_by_those_present() {
        assert_eq!(
            reference(&Reference::Unit(0)).expect("scored").weights,
            [1.0, 0.25, 0.5, 0.25]
        );
        assert_eq!(
            reference(&Reference::Unit(3)).expect("scored").weights,
            [1.0, 0.5, 0.0, 0.5]
        );
    }

    #[test]
    fn references_by_hand() {
        let scores = |benchmark| reference(&benchmark).expect("scored").scores;
        // Tops: 30, 40, 40, 35.
        assert_eq!(
            scores(Reference::Country),
            [Some(36.25), Some(27.5), Some(40.0), Some(40.0)]
        );
        assert_eq!(
            scores(Reference::Median),
            [Some(37.5), Some(25.0), Some(40.0), Some(25.0)]
        );
        assert_eq!(
            scores(Reference::Best),
            [Some(40.0), Some(20.0), Some(60.0), Some(20.0)]
        );
        assert_eq!(
            scores(Reference::Group("pair".to_owned())),
            [Some(35.0), Some(20.0), Some(30.0), Some(60.0)]
        );
    }

    #[test]
    fn a_unit_is_made_of_its_parts_and_a_median_is_not() {
        let is_made_of_parts = |benchmark| reference(&benchmark).expect("scored").is_made_of_parts;
        assert!(is_made_of_parts(Reference::Best) && is_made_of_parts(Reference::Group("pair".to_owned())));
        assert!(
            !is_made_of_parts(Reference::Median) && !is_made_of_parts(Reference::Country),
            "one of the four lacks a score"
        );
    }

    #[test]
    fn what_is_not_scored_is_no_reference() {
        assert_eq!(reference(&Reference::Group("nobody".to_owned())), None);
        assert_eq!(reference(&Reference::Unit(7)), None);
    }
}
