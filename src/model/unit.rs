//! Units: what a number counts, and with how many decimals it is shown.

use super::Text;
use super::names::names;

/// A unit. Values are stored in it and formatted only by the theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// Kind; decides words and the unit of differences.
    pub kind: UnitKind,
    /// Decimals shown.
    pub decimals: u8,
    /// The unit in words after a value ("ton per invånare"); empty: the kind's own word.
    pub label: Text,
    /// The unit for axes and table heads ("ton/inv."); empty: the kind's own word.
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

names!(UnitKind {
    Percent = "percent",
    Number = "number",
    Index = "index",
    Persons = "persons",
    Sek = "sek",
    Ksek = "ksek",
    Tonnes = "tonnes",
    Kilotonnes = "kilotonnes",
});
