//! Composite indices: an [`Index`] and the site's figures → scores, what they are made of, and how sure they are.
//!
//! ```text
//! Site + Index ──frame──▶ Frame ──score──▶ Sheet { figures, scores }   one for each moment and sex
//!                           │                 ├──profile, contribution──▶ what pulls a unit up and down
//!                           │                 ├──standing, what_if──▶ where it is strong and weak, what a gain is worth
//!                           │                 └──coherence─────▶ whether the parts belong together
//!                           └──variation──▶ scores under other choices ──▶ rank intervals, sensitivities
//! ```
//!
//! Takes the model; gives numbers on the index's own scale, unrounded. Knows no words, no YAML and no pages. Nothing is
//! random but what [`variation`] draws from the seed that the index states, and that is the same on any number of threads.
//!
//! Sources: OECD/JRC, *Handbook on Constructing Composite Indicators: Methodology and User Guide*, 2008 ("handbook");
//! Saltelli et al., *Global Sensitivity Analysis: The Primer*, 2008. Each formula names its own.

pub mod aggregate;
mod check;
pub mod choices;
pub mod coherence;
pub mod contribution;
pub mod draw;
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
pub mod standing;
pub mod statistics;
pub mod treat;
pub mod trials;
pub mod variation;
pub mod what_if;

#[cfg(test)]
mod example;
#[cfg(test)]
mod small;

pub use check::check;
pub use coherence::Coherence;
pub use contribution::{Contribution, Decomposition};
pub use frame::{Column, Frame, Leaf, Node, Provenance, Slice};
pub use profile::{Profile, Reference};
pub use score::{Figures, Numbers, Recipe, Sheet};
pub use standing::Standing;
pub use variation::{Range, Ranges};
pub use what_if::{Aim, WhatIf};

use crate::measure::{Rank, RankTable};
use crate::model::{Index, Site};

/// An index, computed.
#[derive(Clone, Debug)]
pub struct Composite<'a> {
    /// What it was computed from.
    pub frame: Frame<'a>,
    /// The author's own way of computing it.
    pub recipe: Recipe<'a>,
    /// Scores, one sheet for each of the frame's slices.
    pub sheets: Vec<Sheet>,
}

/// Every index of the site, computed as its author says.
#[must_use]
pub fn all(site: &Site) -> Vec<Composite<'_>> {
    site.indices.iter().map(|index| Composite::of(site, index)).collect()
}

impl<'a> Composite<'a> {
    /// The index computed as its author says.
    #[must_use]
    pub fn of(site: &'a Site, index: &'a Index) -> Self {
        let frame = Frame::of(site, index);
        let recipe = Recipe::own(&frame);
        let sheets = (0..frame.slices.len())
            .map(|slice| score::sheet(&frame, &recipe, slice))
            .collect();
        Self { frame, recipe, sheets }
    }

    /// The latest scores of both sexes.
    #[must_use]
    pub fn latest(&self) -> &Sheet {
        &self.sheets[0]
    }

    /// The rank of a unit at a node: 1 is the highest score. `None` without a score.
    #[must_use]
    pub fn rank(&self, sheet: &Sheet, node: usize, unit: usize) -> Option<Rank> {
        Some(RankTable::of_scores(&sheet.scores[node]).rank(sheet.scores[node][unit]?))
    }

    /// How many of a node's children have a score for this unit, and how many there are.
    #[must_use]
    pub fn present(&self, sheet: &Sheet, node: usize, unit: usize) -> (usize, usize) {
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
