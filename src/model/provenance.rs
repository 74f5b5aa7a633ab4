//! Where an imported series comes from.

use crate::source::Origin;

/// What is kept of an import beside the series it made. Empty text means that the source did not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Id of the indicator; the name of the file.
    pub indicator: String,
    /// Who answers for the figures.
    pub publisher: String,
    /// The publisher's id of the table.
    pub table: String,
    /// Its title.
    pub title: String,
    /// What was taken of a table with several contents.
    pub measure: String,
    /// What exactly is counted.
    pub definition: String,
    /// Unit, in the publisher's words.
    pub unit: String,
    /// Day the figures were fetched, as written.
    pub fetched: String,
    /// Fingerprint of the series as it was written.
    pub hash: String,
    /// What was typed after `utsikt import`.
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
