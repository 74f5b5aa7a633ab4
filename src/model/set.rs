//! Sets: ordered, grouped selections of indicators, with targets.

use super::{Target, Text};
use crate::source::Origin;

/// A set of indicators. The same indicator may stand in several.
#[derive(Clone, Debug)]
pub struct IndicatorSet {
    /// Id; also its address.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Short name.
    pub short: Text,
    /// What it is for.
    pub description: Text,
    /// Who chose it.
    pub source: Text,
    /// Groups, in order.
    pub groups: Vec<SetGroup>,
    /// Where it was defined.
    pub origin: Origin,
}

/// A heading within a set.
#[derive(Clone, Debug)]
pub struct SetGroup {
    /// Heading; may be empty.
    pub name: Text,
    /// Indicators, in order.
    pub entries: Vec<SetEntry>,
}

/// An indicator's place in a set.
#[derive(Clone, Debug)]
pub struct SetEntry {
    /// The indicator's id.
    pub indicator: String,
    /// Its target here.
    pub target: Option<Target>,
    /// What is missing before it can be used.
    pub needs: Text,
    /// Where it is written.
    pub origin: Origin,
}

impl IndicatorSet {
    /// All entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &SetEntry> {
        self.groups.iter().flat_map(|group| &group.entries)
    }
}
