//! Decomposes the gap between two profiles into the contribution of each node below.
//!
//! One rule for the three means, which are quasi-arithmetic (Kolmogorov, *Sur la notion de la moyenne*, 1930; Nagumo, *Über
//! eine Klasse der Mittelwerte*, 1930): M = φ⁻¹(Σ wᵢ φ(xᵢ)), where φ is the score itself, its logarithm or its reciprocal.
//! With σ(a, b) = (φ(a) − φ(b)) / (a − b), the slope of φ between two scores, child i of a node adds
//!
//! ```text
//! cᵢ = wᵢ · σ(xᵢ, yᵢ) / σ(M, N) · (xᵢ − yᵢ)
//! ```
//!
//! to the gap M − N, where x and M are the unit's scores, y and N the reference's, and w the unit's own effective weights.
//! If both have the same children and both means are made of them, then Σ cᵢ = M − N, with nothing left over. For
//! arithmetic means cᵢ = wᵢ (xᵢ − yᵢ); for geometric ones 1/σ is the logarithmic mean and the rule is the additive
//! LMDI-I of Ang (*Energy Policy* 32:9, 2004, pp. 1131–1139; 33:7, 2005, pp. 867–871); for harmonic ones
//! cᵢ = wᵢ M N / (xᵢ yᵢ) · (xᵢ − yᵢ). Down the tree the factors before the differences are multiplied.
//!
//! What the children do not explain is the node's residual: children that only one of the two has, or weights that
//! differ for that reason, or a reference that is not made of its children, such as medians. It is never shared out.

use super::{Composite, Frame, Profile, Recipe, Reference, ScoreSheet};

/// The gap between two profiles at a node, split over all nodes below it. All figures are in points of that node but
/// [`Contribution::difference`] and [`Contribution::share`].
#[derive(Clone, Debug, PartialEq)]
pub struct Decomposition {
    /// The node at which the gap is.
    pub node: usize,
    /// The unit's score less the reference's.
    pub gap: f64,
    /// Points that the children of the node do not explain.
    pub residual: f64,
    /// All nodes below, in the order of the tree, parents before children; not those below where figures enter.
    pub parts: Vec<Contribution>,
}

/// The contribution of a node to the gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The node.
    pub node: usize,
    /// The unit's effective weights along the path, multiplied; 0 when the unit has no score here.
    pub share: f64,
    /// The unit's score less the reference's, in points of this node; `None` when either is missing.
    pub difference: Option<f64>,
    /// Points of the gap; negative when it pulls the unit down. 0 when either score is missing, or cannot enter the mean:
    /// then the effect is part of the parent's residual.
    pub contribution: f64,
    /// The part of the contribution that the node's own children do not explain; 0 for a leaf.
    pub residual: f64,
}

impl Decomposition {
    /// The contribution of a node below.
    #[must_use]
    pub fn part(&self, node: usize) -> Option<&Contribution> {
        self.parts.iter().find(|part| part.node == node)
    }

    /// The nodes where figures enter: with [`Self::residuals`], they sum to the gap.
    pub fn leaves<'d>(&'d self, frame: &'d Frame<'_>) -> impl Iterator<Item = &'d Contribution> {
        self.parts.iter().filter(|part| frame.nodes[part.node].leaf.is_some())
    }

    /// The parts a node is made of: with its residual, they sum to its contribution, or to the gap at the node itself.
    pub fn children<'d>(&'d self, frame: &'d Frame<'_>, node: usize) -> impl Iterator<Item = &'d Contribution> {
        self.parts
            .iter()
            .filter(move |part| frame.nodes[part.node].parent == Some(node))
    }

    /// Everything that no leaf explains.
    #[must_use]
    pub fn residuals(&self) -> f64 {
        self.residual + self.parts.iter().map(|part| part.residual).sum::<f64>()
    }
}

/// The gap between a unit's profile and a reference's at a node, split. `None` when either has no score there.
#[must_use]
pub fn decompose(
    frame: &Frame<'_>,
    recipe: &Recipe<'_>,
    node: usize,
    unit: &Profile,
    reference: &Profile,
) -> Option<Decomposition> {
    let gap = unit.scores[node]? - reference.scores[node]?;
    let mut split = Split {
        frame,
        recipe,
        unit,
        reference,
        parts: Vec::new(),
    };
    let residual = split.down(node, 1.0, Some(1.0), gap);
    Some(Decomposition {
        node,
        gap,
        residual,
        parts: split.parts,
    })
}

struct Split<'s, 'a> {
    frame: &'s Frame<'a>,
    recipe: &'s Recipe<'a>,
    unit: &'s Profile,
    reference: &'s Profile,
    parts: Vec<Contribution>,
}

impl Split<'_, '_> {
    fn both(&self, node: usize) -> Option<(f64, f64)> {
        Some((self.unit.scores[node]?, self.reference.scores[node]?))
    }

    /// Splits what a node adds over its children; gives what they leave. `factor` turns a point of this node into points
    /// of the first; `None` where that cannot be said, so that nothing below is explained.
    fn down(&mut self, node: usize, share: f64, factor: Option<f64>, contribution: f64) -> f64 {
        let frame = self.frame;
        let flat = &frame.nodes[node];
        if flat.leaf.is_some() {
            return 0.0;
        }
        let kind = self.recipe.method.aggregation(flat.depth);
        let enters = |(unit, other): &(f64, f64)| kind.admits(*unit) && kind.admits(*other);
        let whole = self
            .both(node)
            .filter(enters)
            .map(|(unit, other)| kind.slope(unit, other));
        let mut left = contribution;
        for child in flat.children.iter().copied() {
            let share = share * self.unit.weights[child];
            let scores = self.both(child);
            let difference = scores.map(|(unit, other)| unit - other);
            let factor = scores.filter(enters).and_then(|(unit, other)| {
                let factor = factor? * self.unit.weights[child] * kind.slope(unit, other) / whole?;
                Some(factor).filter(|factor| factor.is_finite())
            });
            let contribution = factor.unwrap_or(0.0) * difference.unwrap_or(0.0);
            let at = self.parts.len();
            self.parts.push(Contribution {
                node: child,
                share,
                difference,
                contribution,
                residual: 0.0,
            });
            self.parts[at].residual = self.down(child, share, factor, contribution);
            left -= contribution;
        }
        left
    }
}

impl Composite<'_> {
    /// The gap of a unit to a benchmark at a node, split. `None` when either has no score there.
    #[must_use]
    pub fn decompose(
        &self,
        sheet: &ScoreSheet,
        node: usize,
        unit: usize,
        reference: &Reference,
    ) -> Option<Decomposition> {
        let reference = self.reference(sheet, node, reference)?;
        decompose(
            &self.frame,
            &self.recipe,
            node,
            &Profile::unit(self, sheet, unit),
            &reference,
        )
    }

    /// The change of a unit at a node from one sheet to another, such as from an earlier moment, split by the weights it
    /// has now. `None` when either has no score there.
    #[must_use]
    pub fn change(&self, before: &ScoreSheet, now: &ScoreSheet, node: usize, unit: usize) -> Option<Decomposition> {
        let [before, now] = [before, now].map(|sheet| Profile::unit(self, sheet, unit));
        decompose(&self.frame, &self.recipe, node, &now, &before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::example::{composite, index, leaf, node, places};
    use crate::model::{Aggregation, Score};
    use proptest::prelude::*;

    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
    }

    /// Of two units, the first compared with the second: a top of `p` (of a and b) and c.
    fn two(kind: Aggregation, [a, b, c]: [[Option<f64>; 2]; 3]) -> Decomposition {
        let branch = node("p", 1.0, vec![leaf("a", 3.0), leaf("b", 1.0)]);
        let index = index(kind, vec![node("top", 1.0, vec![branch, leaf("c", 1.0)])]);
        let places = places();
        let composite = composite(&index, &places, &[a.to_vec(), b.to_vec(), c.to_vec()]);
        composite
            .decompose(composite.latest(), 0, 0, &Reference::Unit(1))
            .expect("both are scored")
    }

    #[test]
    fn arithmetic_by_hand() {
        // p: 25 and 50; top: 42.5 and 45.
        let decomposition = two(
            Aggregation::Arithmetic,
            [
                [Some(20.0), Some(60.0)],
                [Some(40.0), Some(20.0)],
                [Some(60.0), Some(40.0)],
            ],
        );
        near(decomposition.gap, -2.5);
        let contributions: Vec<f64> = decomposition.parts.iter().map(|part| part.contribution).collect();
        for (contribution, expected) in contributions
            .into_iter()
            .zip([-12.5, 0.375 * -40.0, 0.125 * 20.0, 10.0])
        {
            near(contribution, expected);
        }
        near(decomposition.parts[1].share, 0.375);
        near(decomposition.residuals(), 0.0);
    }

    #[test]
    fn a_missing_child_stands_in_the_residual() {
        // The reference lacks b: p is 25 and 60, of which a explains 3/4 of −40 and 5 is left; in points of the top, half.
        let decomposition = two(
            Aggregation::Arithmetic,
            [[Some(20.0), Some(60.0)], [Some(40.0), None], [Some(60.0), Some(40.0)]],
        );
        near(decomposition.gap, -7.5);
        near(decomposition.parts[0].contribution, -17.5);
        near(decomposition.parts[0].residual, -2.5);
        near(decomposition.parts[1].contribution, -15.0);
        assert_eq!(
            (decomposition.parts[2].difference, decomposition.parts[2].contribution),
            (None, 0.0)
        );
    }

    #[test]
    fn geometric_by_hand() {
        // √(a·c) where b is missing: √(4·9) = 6 and √(1·9) = 3; all of the gap is a's.
        let decomposition = two(
            Aggregation::Geometric,
            [[Some(4.0), Some(1.0)], [None, None], [Some(9.0), Some(9.0)]],
        );
        near(decomposition.gap, 3.0);
        near(decomposition.parts[1].contribution, 3.0);
        near(decomposition.parts[3].contribution, 0.0);
        // Both grow fourfold, so each has half.
        let decomposition = two(
            Aggregation::Geometric,
            [[Some(4.0), Some(1.0)], [None, None], [Some(8.0), Some(2.0)]],
        );
        near(decomposition.parts[1].contribution, decomposition.gap / 2.0);
    }

    #[test]
    fn harmonic_by_hand() {
        // 2/(1/6 + 1/3) = 4 and 2/(1/2 + 1/2) = 2: 1/2 · 4·2/(6·2) · 4 and 1/2 · 4·2/(3·2) · 1.
        let decomposition = two(
            Aggregation::Harmonic,
            [[Some(6.0), Some(2.0)], [None, None], [Some(3.0), Some(2.0)]],
        );
        near(decomposition.gap, 2.0);
        near(decomposition.parts[1].contribution, 4.0 / 3.0);
        near(decomposition.parts[3].contribution, 2.0 / 3.0);
    }

    /// Trees of any shape with weights, at most four levels deep.
    fn trees() -> impl Strategy<Value = Score> {
        let end = (0.1..3.0f64).prop_map(|weight| leaf("x", weight));
        let inner = end.prop_recursive(4, 40, 4, |inner| {
            (0.1..3.0f64, prop::collection::vec(inner, 1..5)).prop_map(|(weight, children)| node("x", weight, children))
        });
        prop::collection::vec(inner, 1..5).prop_map(|children| node("top", 1.0, children))
    }

    /// Scores of four units; a fifth of them missing.
    fn scores() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
        let score = prop::option::weighted(0.8, 0.5..100.0f64);
        prop::collection::vec(prop::collection::vec(score, 4), 200)
    }

    fn references() -> [Reference; 4] {
        [
            Reference::Country,
            Reference::Median,
            Reference::Best,
            Reference::Unit(1),
        ]
    }

    proptest! {
        #[test]
        fn leaves_and_residuals_sum_to_the_gap(tree in trees(), scores in scores()) {
            let places = places();
            for (_, kind) in Aggregation::NAMES {
                let index = index(*kind, vec![tree.clone()]);
                let count = index.nodes().filter(|score| score.children.is_empty()).count();
                prop_assume!(count <= scores.len());
                let composite = composite(&index, &places, &scores[..count]);
                let frame = &composite.frame;
                for reference in references() {
                    let Some(decomposition) = composite.decompose(composite.latest(), 0, 0, &reference) else { continue };
                    let leaves: f64 = decomposition.leaves(frame).map(|part| part.contribution).sum();
                    prop_assert!((leaves + decomposition.residuals() - decomposition.gap).abs() < 1e-9);
                    // At any depth: nodes there, leaves above it, and what was left on the way.
                    for depth in 1..6 {
                        let above = |part: &&Contribution| frame.nodes[part.node].depth < depth;
                        let cut = |part: &&Contribution| {
                            let node = &frame.nodes[part.node];
                            node.depth == depth || node.depth < depth && node.leaf.is_some()
                        };
                        let nodes: f64 = decomposition.parts.iter().filter(cut).map(|part| part.contribution).sum();
                        let left: f64 = decomposition.parts.iter().filter(above).map(|part| part.residual).sum();
                        prop_assert!((nodes + left + decomposition.residual - decomposition.gap).abs() < 1e-9);
                    }
                }
            }
        }

        #[test]
        fn nothing_is_left_when_nothing_is_missing(tree in trees(), scores in scores()) {
            let places = places();
            let full: Vec<Vec<Option<f64>>> =
                scores.into_iter().map(|row| row.into_iter().map(|score| score.or(Some(50.0))).collect()).collect();
            for (_, kind) in Aggregation::NAMES {
                let index = index(*kind, vec![tree.clone()]);
                let count = index.nodes().filter(|score| score.children.is_empty()).count();
                prop_assume!(count <= full.len());
                let composite = composite(&index, &places, &full[..count]);
                let decomposition = composite.decompose(composite.latest(), 0, 0, &Reference::Unit(1)).expect("complete");
                prop_assert!(decomposition.residual.abs() < 1e-9);
                prop_assert!(decomposition.parts.iter().all(|part| part.residual.abs() < 1e-9));
                let shares: f64 = decomposition.leaves(&composite.frame).map(|part| part.share).sum();
                prop_assert!((shares - 1.0).abs() < 1e-9);
            }
        }
    }
}
