//! Composite indices: computes the scores of an [`Index`](crate::model::Index), their contributions, and how robust they are.
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
mod composite;
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
pub use composite::{Composite, all};
pub use contribution::{Contribution, Decomposition};
pub use frame::{Column, Frame, Leaf, Provenance, Slice};
pub use profile::{Profile, Reference};
pub use score::{LeafFigures, Numbers, Recipe, ScoreSheet};
pub use strengths::LeafRank;
pub use tree::Node;
pub use variation::{RankInterval, RankIntervals};
pub use what_if::{Aim, WhatIf};
