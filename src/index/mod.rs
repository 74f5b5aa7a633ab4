//! Composite indices: computes the scores of an [`Index`], their contributions, and how robust they are.
//!
//! ```text
//! Site + Index ──frame──▶ Frame ──score──▶ ScoreSheet { figures, scores }   one for each moment and sex
//!                           │                 ├──profile, contribution──▶ gap to a benchmark, split
//!                           │                 ├──strengths, what_if──▶ strengths and weaknesses, worth of a gain
//!                           │                 └──coherence──▶ whether the parts belong together
//!                           └──factors──▶ other recipes ──variation, sensitivity──▶ rank intervals, Sobol' indices
//! ```
//!
//! Takes the model; gives numbers on the index's own scale, unrounded. Knows no words, no YAML and no pages. Nothing is
//! random but what [`variation`] draws from the seed that the index states, and that is the same on any number of threads.
//!
//! Sources: OECD/JRC, *Handbook on Constructing Composite Indicators: Methodology and User Guide*, 2008 ("handbook");
//! Saltelli et al., *Global Sensitivity Analysis: The Primer*, 2008. Each formula names its own.

pub mod aggregate;
mod alternatives;
mod check;
pub mod coherence;
mod columns;
pub mod contribution;
pub mod draw;
pub mod factors;
pub mod frame;
/// For the analyst who builds an index.
#[doc = include_str!("../guide/indices.md")]
pub mod guide {}
pub mod leave_out;
pub mod normalise;
pub mod other_base;
pub mod profile;
pub mod ranks;
pub mod score;
pub mod sensitivity;
pub mod sobol;
pub mod statistics;
pub mod strengths;
pub mod treat;
mod tree;
pub mod trials;
pub mod variation;
pub mod what_if;

#[cfg(test)]
mod example;
#[cfg(test)]
mod small;

pub use check::check;
pub use coherence::Coherence;
pub use columns::{Column, Provenance};
pub use contribution::{Contribution, Decomposition};
pub use frame::{Frame, Leaf, Slice};
pub use profile::{Profile, Reference};
pub use score::{LeafFigures, Numbers, Recipe, ScoreSheet};
pub use strengths::LeafRank;
pub use tree::Node;
pub use variation::{RankInterval, RankIntervals};
pub use what_if::{Aim, WhatIf};

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
