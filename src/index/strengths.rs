//! A unit's strengths and weaknesses: by its rank in each indicator, and by the contribution of each to a gap.
//!
//! The two answer different questions. A rank says how rare the figure is; a contribution says what it does to the index.

use super::contribution::{Contribution, Decomposition};
use super::{Composite, Frame, ScoreSheet};
use crate::measure::{Rank, RankTable};

/// A unit's rank among the units in the figures of one leaf.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeafRank {
    /// The leaf.
    pub leaf: usize,
    /// The leaf's node.
    pub node: usize,
    /// 1 is best, whichever way that is; equals share a rank (1 2 2 4).
    pub rank: Rank,
    /// The figure as published, in the indicator's unit.
    pub figure: f64,
    /// Whether no unit has a better figure, or none a worse one.
    best: bool,
    worst: bool,
}

impl Composite<'_> {
    /// A unit's rank in every figure it has below a node, best first, equals in the order of the tree. Figures are those
    /// published: neither divided, imputed nor treated.
    #[must_use]
    pub fn leaf_ranks(&self, sheet: &ScoreSheet, top: usize, unit: usize) -> Vec<LeafRank> {
        let Some(slice) = self.frame.slice(sheet.slice) else {
            return Vec::new();
        };
        let leaf_rank = |at: usize| {
            let leaf = &self.frame.leaves[at];
            let figures = &self.frame.columns[slice][at].measured;
            // Published scores are scores: more is better.
            let sign = if leaf.lower_is_better && !leaf.published {
                -1.0
            } else {
                1.0
            };
            let turned: Vec<Option<f64>> = figures
                .iter()
                .map(|figure| figure.map(|figure| figure * sign))
                .collect();
            let figure = figures[unit]?;
            let standings = RankTable::of_scores(&turned);
            let rank = standings.rank(figure * sign);
            let lowest = turned.iter().copied().flatten().reduce(f64::min)?;
            let worst = standings.rank(lowest).position == rank.position;
            Some(LeafRank {
                leaf: at,
                node: leaf.node,
                rank,
                figure,
                best: rank.position == 1,
                worst,
            })
        };
        let mut ranks: Vec<LeafRank> = self.frame.leaves_below(top).filter_map(leaf_rank).collect();
        ranks.sort_by_key(|leaf| leaf.rank.position);
        ranks
    }

    /// The best ranks of a unit, at most so many, best first. A figure that no unit has a worse one than is no strength,
    /// though its rank be 1.
    #[must_use]
    pub fn strengths(&self, sheet: &ScoreSheet, top: usize, unit: usize, count: usize) -> Vec<LeafRank> {
        let ranks = self.leaf_ranks(sheet, top, unit).into_iter();
        ranks.filter(|leaf| !leaf.worst).take(count).collect()
    }

    /// The worst ranks of a unit, at most so many, worst last. A figure that no unit has a better one than is no weakness.
    #[must_use]
    pub fn weaknesses(&self, sheet: &ScoreSheet, top: usize, unit: usize, count: usize) -> Vec<LeafRank> {
        let ranks = self.leaf_ranks(sheet, top, unit).into_iter();
        let mut weaknesses: Vec<LeafRank> = ranks.filter(|leaf| !leaf.best).collect();
        weaknesses.split_off(weaknesses.len().saturating_sub(count))
    }
}

/// Points of a gap that are nothing but the dust of binary arithmetic.
const DUST: f64 = 1e-9;

impl Decomposition {
    /// The leaves that lift the unit most, at most so many, largest first; equals in the order of the tree.
    #[must_use]
    pub fn lifting(&self, frame: &Frame<'_>, count: usize) -> Vec<Contribution> {
        self.outermost(frame, count, 1.0)
    }

    /// The leaves that pull the unit down most, at most so many, largest first; equals in the order of the tree.
    #[must_use]
    pub fn pulling(&self, frame: &Frame<'_>, count: usize) -> Vec<Contribution> {
        self.outermost(frame, count, -1.0)
    }

    fn outermost(&self, frame: &Frame<'_>, count: usize, sign: f64) -> Vec<Contribution> {
        let has_sign = |part: &&Contribution| part.contribution * sign > DUST;
        let mut parts: Vec<Contribution> = self.leaves(frame).filter(has_sign).copied().collect();
        parts.sort_by(|a, b| (b.contribution * sign).total_cmp(&(a.contribution * sign)));
        parts.truncate(count);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Reference;
    use crate::index::example::{composite, index, leaf, node, places};
    use crate::model::Aggregation;

    /// Of four units: a 3 1 2 4, b equal for all, c 7 7 9 1 of which less is better, d −.
    fn ranks(list: impl Fn(&Composite<'_>) -> Vec<LeafRank>) -> Vec<(usize, usize, bool)> {
        let leaves = vec![leaf("a", 1.0), leaf("b", 1.0), leaf("c", 1.0), leaf("d", 1.0)];
        let index = index(Aggregation::Arithmetic, vec![node("top", 1.0, leaves)]);
        let places = places();
        let figures = [[3.0, 1.0, 2.0, 4.0], [5.0; 4], [7.0, 7.0, 9.0, 1.0]];
        let mut scores: Vec<Vec<Option<f64>>> = figures.iter().map(|row| row.map(Some).to_vec()).collect();
        scores.push(vec![None, Some(1.0), Some(1.0), Some(2.0)]);
        let mut composite = composite(&index, &places, &scores);
        composite.frame.leaves[2].lower_is_better = true;
        list(&composite)
            .iter()
            .map(|leaf| (leaf.leaf, leaf.rank.position, leaf.rank.shared))
            .collect()
    }

    #[test]
    fn ranks_by_hand() {
        let ranks = ranks(|composite| composite.leaf_ranks(composite.latest(), 0, 0));
        assert_eq!(ranks, [(1, 1, true), (0, 2, false), (2, 2, true)]);
    }

    #[test]
    fn what_all_have_is_neither_strength_nor_weakness() {
        assert_eq!(
            ranks(|composite| composite.strengths(composite.latest(), 0, 0, 9)),
            [(0, 2, false), (2, 2, true)]
        );
        assert_eq!(
            ranks(|composite| composite.weaknesses(composite.latest(), 0, 0, 1)),
            [(2, 2, true)]
        );
        // The last is a weakness, and no strength.
        assert_eq!(
            ranks(|composite| composite.weaknesses(composite.latest(), 0, 2, 1)),
            [(2, 4, false)]
        );
        assert_eq!(
            ranks(|composite| composite.strengths(composite.latest(), 0, 2, 9)),
            [(0, 3, false)]
        );
    }

    #[test]
    fn contributions_are_ordered_by_size_on_their_side_of_nothing() {
        let leaves = vec![leaf("a", 1.0), leaf("b", 1.0), leaf("c", 1.0), leaf("d", 1.0)];
        let index = index(Aggregation::Arithmetic, vec![node("top", 1.0, leaves)]);
        let places = places();
        let rows = [[1.0, 5.0], [9.0, 1.0], [4.0, 4.0], [0.0, 8.0]].map(|row| row.map(Some).to_vec());
        let composite = composite(&index, &places, &rows);
        let decomposition = composite
            .decompose(composite.latest(), 0, 0, &Reference::Unit(1))
            .expect("both are scored");
        let nodes = |parts: Vec<Contribution>| parts.iter().map(|part| part.node).collect::<Vec<_>>();
        assert_eq!(nodes(decomposition.pulling(&composite.frame, 5)), [4, 1]);
        assert_eq!(nodes(decomposition.lifting(&composite.frame, 5)), [2]);
    }
}
