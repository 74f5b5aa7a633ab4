//! Units: what a number counts, and with how many decimals it is shown.

use super::Text;

/// A unit. Values are stored in it and formatted only by the theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// Kind.
    pub kind: UnitKind,
    /// Decimals shown.
    pub decimals: u8,
    /// The unit in words after a value, when the kind's own word does not do ("ton per invånare").
    pub label: Text,
    /// The same for axes and table heads ("ton/inv.").
    pub short: Text,
}

/// Kinds of unit the program knows words for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitKind {
    /// Per cent; differences are in percentage points.
    Percent,
    /// A bare number.
    #[default]
    Number,
    /// Points of an index.
    Index,
    /// People.
    Persons,
    /// Swedish kronor.
    Sek,
    /// Thousands of kronor.
    Ksek,
    /// Tonnes.
    Tonnes,
    /// Thousands of tonnes.
    Kilotonnes,
}

impl UnitKind {
    /// As written in data files; also the keys of the theme's words.
    pub const NAMES: &'static [(&'static str, UnitKind)] = &[
        ("percent", UnitKind::Percent),
        ("number", UnitKind::Number),
        ("index", UnitKind::Index),
        ("persons", UnitKind::Persons),
        ("sek", UnitKind::Sek),
        ("ksek", UnitKind::Ksek),
        ("tonnes", UnitKind::Tonnes),
        ("kilotonnes", UnitKind::Kilotonnes),
    ];

    /// As written in data files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("number", |(name, _)| name)
    }
}
