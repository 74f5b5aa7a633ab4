//! An index, computed as its author says.

use super::frame::Frame;
use super::score::{self, Recipe, ScoreSheet};
use crate::measure::{Rank, RankTable};
use crate::model::{Index, Site};

/// An index, computed.
#[derive(Clone, Debug)]
pub struct Composite<'a> {
    /// Its units, tree and figures.
    pub frame: Frame<'a>,
    /// The author's own recipe.
    pub recipe: Recipe<'a>,
    /// Scores, one sheet for each of the frame's slices.
    pub sheets: Vec<ScoreSheet>,
}

/// Every index of the site, computed as its author says.
#[must_use]
pub fn all(site: &Site) -> Vec<Composite<'_>> {
    site.indices.iter().map(|index| Composite::new(site, index)).collect()
}

impl<'a> Composite<'a> {
    /// The index computed as its author says.
    #[must_use]
    pub fn new(site: &'a Site, index: &'a Index) -> Self {
        let frame = Frame::new(site, index);
        let recipe = Recipe::nominal(&frame);
        let sheets = (0..frame.slices.len())
            .map(|slice| score::sheet(&frame, &recipe, slice))
            .collect();
        Self { frame, recipe, sheets }
    }

    /// The latest scores of both sexes.
    #[must_use]
    pub fn latest(&self) -> &ScoreSheet {
        &self.sheets[0]
    }

    /// The rank of a unit at a node: 1 is the highest score. `None` without a score.
    #[must_use]
    pub fn rank(&self, sheet: &ScoreSheet, node: usize, unit: usize) -> Option<Rank> {
        Some(RankTable::of_scores(&sheet.scores[node]).rank(sheet.scores[node][unit]?))
    }

    /// How many of a node's children have a score for this unit, and how many there are.
    #[must_use]
    pub fn present(&self, sheet: &ScoreSheet, node: usize, unit: usize) -> (usize, usize) {
        let children = &self.frame.nodes[node].children;
        (
            children
                .iter()
                .filter(|child| sheet.scores[**child][unit].is_some())
                .count(),
            children.len(),
        )
    }
}
