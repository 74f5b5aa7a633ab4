//! Coherence of the parts of an index: correlations, effective weights, Cronbach's alpha.
//!
//! Takes the scores of one sheet; every figure is over those units that have both scores (or, for alpha, all of them).
//! With few units, such as 21 counties, correlations are rough; nothing here is a test of significance.

use super::statistics::deviation;
use super::{Composite, Frame, ScoreSheet};
use crate::measure::pearson;

/// Two leaves of the same branch that correlate at least so closely, either way, say nearly the same thing twice.
///
/// A convention and no test: it takes a little more to be flagged here than by `get_corr_flags` and `plot_corr` of
/// `COINr`, which begin at 0.9 unless told otherwise.
pub const REDUNDANT: f64 = 0.92;

/// A node that correlates with its own parent at most so much pulls against it: what is gained in one is lost in the other.
/// A convention too, the same as that of `plot_corr`.
pub const TRADE_OFF: f64 = -0.4;

/// Correlations between the parts of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Coherence {
    /// Every scored node but the tops, in the order of the tree.
    pub fits: Vec<Fit>,
    /// Every two leaves, in the order of the tree; also of different tops.
    pub pairs: Vec<Pair>,
    /// Every scored inner node, with Cronbach's alpha of its children.
    pub alphas: Vec<(usize, Option<f64>)>,
}

/// Correlations of a node with its parent and its top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The node.
    pub node: usize,
    /// Correlation with its parent, of which it is itself a part; `None` when it cannot be had (see [`pearson`]).
    pub parent: Option<f64>,
    /// Correlation with its top; the same as with the parent right below it.
    pub top: Option<f64>,
    /// The weight its author gave it, as a share of its siblings.
    pub nominal: f64,
    /// The weight it really has, as a share of its siblings: its squared correlation with the parent, scaled so that
    /// siblings sum to 1. Paruolo, Saisana & Saltelli (*Ratings and rankings: voodoo or science?*, JRSS A 176:3, 2013, pp.
    /// 609–634) measure a part's importance by the correlation ratio Sᵢ = V(E(y | xᵢ)) / V(y); here the expectation is
    /// taken to be a straight line, which makes Sᵢ the squared correlation. A bent relation is thereby understated, and
    /// a part that goes against its parent counts like one that goes with it: look at the sign of `parent` too.
    /// `None` without a correlation.
    pub effective: Option<f64>,
}

impl Fit {
    /// Whether it pulls against its parent.
    #[must_use]
    pub fn trade_off(&self) -> bool {
        self.parent.is_some_and(|correlation| correlation <= TRADE_OFF)
    }
}

/// Correlation of two leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Their nodes.
    pub nodes: [usize; 2],
    /// Whether they have the same parent: siblings, or else across branches.
    pub siblings: bool,
    /// Correlation; `None` when it cannot be had (see [`pearson`]).
    pub correlation: Option<f64>,
}

impl Pair {
    /// Whether they are siblings and say nearly the same thing.
    #[must_use]
    pub fn redundant(&self) -> bool {
        self.siblings
            && self
                .correlation
                .is_some_and(|correlation| correlation.abs() >= REDUNDANT)
    }
}

impl Composite<'_> {
    /// Correlations between the parts of the index in one sheet.
    #[must_use]
    pub fn coherence(&self, sheet: &ScoreSheet) -> Coherence {
        let frame = &self.frame;
        let alpha = |node: usize| (node, alpha(sheet, &frame.nodes[node].children));
        Coherence {
            fits: fits(frame, sheet),
            pairs: pairs(frame, sheet),
            alphas: frame.computed_nodes().map(alpha).collect(),
        }
    }
}

/// Pearson's correlation of the scores of two nodes, over the units that have both.
#[must_use]
pub fn correlation(sheet: &ScoreSheet, a: usize, b: usize) -> Option<f64> {
    let both = sheet.scores[a].iter().zip(&sheet.scores[b]);
    pearson(&both.filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect::<Vec<_>>())
}

fn fits(frame: &Frame<'_>, sheet: &ScoreSheet) -> Vec<Fit> {
    let fit = |node: usize| {
        let parent = frame.nodes[node].parent?;
        let top = frame.path(node).last()?;
        Some(Fit {
            node,
            parent: correlation(sheet, node, parent),
            top: correlation(sheet, node, top),
            nominal: frame.nodes[node].weight,
            effective: None,
        })
    };
    let mut fits: Vec<Fit> = frame.scored_nodes().filter_map(fit).collect();
    let mut whole = vec![0.0; frame.nodes.len()];
    let squared = |fit: &Fit| Some((frame.nodes[fit.node].parent?, fit.parent?.powi(2)));
    for (parent, square) in fits.iter().filter_map(squared) {
        whole[parent] += square;
    }
    for fit in &mut fits {
        fit.effective = squared(fit)
            .map(|(parent, square)| square / whole[parent])
            .filter(|share| share.is_finite());
    }
    fits
}

fn pairs(frame: &Frame<'_>, sheet: &ScoreSheet) -> Vec<Pair> {
    let leaves = || frame.leaves.iter().map(|leaf| leaf.node);
    let with_later = |(at, a): (usize, usize)| leaves().skip(at + 1).map(move |b| [a, b]);
    let siblings = |[a, b]: [usize; 2]| {
        let parent = frame.nodes[a].parent;
        parent.is_some() && parent == frame.nodes[b].parent
    };
    let pair = |nodes: [usize; 2]| Pair {
        nodes,
        siblings: siblings(nodes),
        correlation: correlation(sheet, nodes[0], nodes[1]),
    };
    leaves().enumerate().flat_map(with_later).map(pair).collect()
}

/// Cronbach's alpha: how far the children measure one thing, k / (k − 1) · (1 − Σ V(xᵢ) / V(Σ xᵢ)) for k children
/// (Cronbach, *Coefficient alpha and the internal structure of tests*, Psychometrika 16:3, 1951, pp. 297–334). 1 when
/// they all move as one, 0 when they have nothing in common, negative when they go against each other.
///
/// Over the units that have all of them. `None` for fewer than two children or three such units, or when their sum does
/// not vary.
fn alpha(sheet: &ScoreSheet, children: &[usize]) -> Option<f64> {
    let units = 0..sheet.scores.first()?.len();
    let whole = |unit: usize| {
        children
            .iter()
            .map(|child| sheet.scores[*child][unit])
            .collect::<Option<Vec<f64>>>()
    };
    let complete: Vec<Vec<f64>> = units.filter_map(whole).collect();
    if children.len() < 2 || complete.len() < 3 {
        return None;
    }
    let variance = |numbers: Vec<f64>| deviation(&numbers).map(|deviation| deviation.powi(2));
    let of_child = |child: usize| variance(complete.iter().map(|scores| scores[child]).collect());
    let of_children: f64 = (0..children.len()).map(of_child).sum::<Option<f64>>()?;
    let sum = variance(complete.iter().map(|scores| scores.iter().sum()).collect())?;
    #[expect(clippy::cast_precision_loss, reason = "children are few")]
    let k = children.len() as f64;
    Some(k / (k - 1.0) * (1.0 - of_children / sum)).filter(|alpha| alpha.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::example::{composite, index, leaf, node, places};
    use crate::model::Aggregation;

    fn near(actual: Option<f64>, expected: f64) {
        assert!(
            actual.is_some_and(|actual| (actual - expected).abs() < 1e-9),
            "{actual:?} is not {expected}"
        );
    }

    /// top = mean of p (of a and b) and c.
    fn coherence(rows: &[Vec<Option<f64>>]) -> Coherence {
        let branch = node("p", 1.0, vec![leaf("a", 1.0), leaf("b", 1.0)]);
        let index = index(
            Aggregation::Arithmetic,
            vec![node("top", 1.0, vec![branch, leaf("c", 1.0)])],
        );
        let places = places();
        let composite = composite(&index, &places, rows);
        composite.coherence(composite.latest())
    }

    fn rows(rows: [[f64; 3]; 3]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.map(Some).to_vec()).collect()
    }

    #[test]
    fn correlations_and_weights_by_hand() {
        // a 1 2 3, b 2 4 3: p 1.5 3 3. With p, of deviations −1 1/2 1/2 (squares 1.5): a 1.5/√3, b 1.5/√3 too.
        let coherence = coherence(&rows([[1.0, 2.0, 3.0], [2.0, 4.0, 3.0], [9.0, 9.0, 9.0]]));
        assert_eq!(
            coherence.fits.iter().map(|fit| fit.node).collect::<Vec<_>>(),
            [1, 2, 3, 4]
        );
        near(coherence.fits[1].parent, 0.75_f64.sqrt());
        near(coherence.fits[2].parent, 0.75_f64.sqrt());
        near(coherence.fits[1].effective, 0.5);
        near(coherence.fits[0].effective, 1.0);
        assert_eq!(
            (coherence.fits[3].parent, coherence.fits[3].effective),
            (None, None),
            "all have the same"
        );
        assert!((coherence.fits[3].nominal - 0.5).abs() < 1e-12);
        near(coherence.pairs[0].correlation, 0.5);
    }

    #[test]
    fn flags() {
        let coherence = coherence(&rows([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [9.0, 3.0, 1.0]]));
        let redundant: Vec<[usize; 2]> = coherence
            .pairs
            .iter()
            .filter(|pair| pair.redundant())
            .map(|pair| pair.nodes)
            .collect();
        assert_eq!(
            redundant,
            [[2, 3]],
            "c goes with them as closely, but in another branch"
        );
        let against: Vec<usize> = coherence
            .fits
            .iter()
            .filter(|fit| fit.trade_off())
            .map(|fit| fit.node)
            .collect();
        assert_eq!(against, [1], "c moves most, so that the top moves with it");
        // The leaves go with p, though p goes against the top.
        near(coherence.fits[1].parent, 1.0);
        assert!(coherence.fits[1].top.is_some_and(|top| top < TRADE_OFF));
    }

    #[test]
    fn alpha_by_hand() {
        // Variances 1 and 1, of the sums 3 6 6 three: 2 · (1 − 2/3).
        let coherence = coherence(&rows([[1.0, 2.0, 3.0], [2.0, 4.0, 3.0], [9.0, 9.0, 9.0]]));
        near(
            coherence
                .alphas
                .iter()
                .find(|(node, _)| *node == 1)
                .and_then(|(_, alpha)| *alpha),
            2.0 / 3.0,
        );
    }

    #[test]
    fn only_complete_units_count_for_alpha() {
        let mut lacking = rows([[1.0, 2.0, 3.0], [2.0, 4.0, 3.0], [9.0, 8.0, 9.0]]);
        lacking[1][2] = None;
        let coherence = coherence(&lacking);
        assert_eq!(coherence.alphas[1], (1, None));
        assert!(coherence.alphas[0].1.is_some(), "p has a score for all three");
    }
}
