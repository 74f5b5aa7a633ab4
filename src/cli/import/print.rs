//! Findings of an import, printed where its user reads them.

use super::super::site;
use crate::finding::print::Format;
use crate::finding::{Finding, Language, Messages, Result};
use crate::source::Snapshot;

/// Prints findings as a build does; gives whether there is an error among them.
pub(super) fn tell(findings: Vec<Finding>, snapshot: &Snapshot, language: Language, format: Format) -> Result<bool> {
    let has_errors = crate::finding::has_errors(&findings);
    site::print(findings, snapshot, &Messages::new(language), format)?;
    Ok(has_errors)
}
