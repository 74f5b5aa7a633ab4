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
    /// Its purpose, for readers.
    pub description: Text,
    /// Source of the selection, for readers; empty: none.
    pub source: Text,
    /// Groups, in order.
    pub groups: Vec<SetGroup>,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

/// A heading within a set.
#[derive(Clone, Debug)]
pub struct SetGroup {
    /// Heading; empty: none.
    pub name: Text,
    /// Indicators, in order.
    pub entries: Vec<SetEntry>,
}

/// An indicator's place in a set.
#[derive(Clone, Debug)]
pub struct SetEntry {
    /// The indicator's id.
    pub indicator: String,
    /// Target of the indicator in this set; `None`: none.
    pub target: Option<Target>,
    /// Conditions to be met before the indicator can be used; empty: none.
    pub needs: Text,
    /// Place of the definition in the source, for findings.
    pub origin: Origin,
}

impl IndicatorSet {
    /// All entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &SetEntry> {
        self.groups.iter().flat_map(|group| &group.entries)
    }
}
