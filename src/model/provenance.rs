//! Origin of an imported series.

use crate::source::Origin;

/// Record of an import, kept beside the series it made. Empty texts: not stated by the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Id of the indicator; the name of the file.
    pub indicator: String,
    /// Organisation that answers for the figures.
    pub publisher: String,
    /// The publisher's id of the table.
    pub table: String,
    /// Title of the table.
    pub title: String,
    /// Measure taken from a table with several.
    pub measure: String,
    /// The publisher's definition of what is counted.
    pub definition: String,
    /// Unit, in the publisher's words.
    pub unit: String,
    /// Day the figures were fetched, as written.
    pub fetched: String,
    /// Fingerprint of the series as it was written.
    pub hash: String,
    /// Arguments of `utsikt import`.
    pub command: Vec<String>,
    /// Remarks of the source.
    pub notes: Vec<String>,
    /// What the source calls places and categories: dimension, code, name.
    pub names: Vec<(String, String, String)>,
    /// Earlier imports whose figures the series still has.
    pub earlier: Vec<EarlierImport>,
    /// Its file.
    pub origin: Origin,
}

/// An import before the last one, some figures of which are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierImport {
    /// Day it was fetched, as written.
    pub fetched: String,
    /// What was typed after `utsikt import`.
    pub command: Vec<String>,
}
