//! Indices: trees of scores.

use super::{Source, Text};
use crate::source::Origin;

/// A composite index over published scores.
#[derive(Clone, Debug)]
pub struct Index {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Short name.
    pub short: Text,
    /// What it measures.
    pub description: Text,
    /// What the ends of the scale mean.
    pub scale: Text,
    /// Where it comes from.
    pub source: Source,
    /// Top of the tree.
    pub tree: Vec<Score>,
    /// Where it was defined.
    pub origin: Origin,
}

/// A node of an index.
#[derive(Clone, Debug)]
pub struct Score {
    /// Id within the index.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The indicator that holds its published scores.
    pub indicator: Option<String>,
    /// What it is made of.
    pub children: Vec<Score>,
    /// Where it is written.
    pub origin: Origin,
}

impl Score {
    /// This node and all below it, in order.
    #[must_use]
    pub fn walk(&self) -> Vec<&Score> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Score::walk));
        all
    }
}
