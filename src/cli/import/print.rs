//! Findings of an import, printed where its user reads them.

use super::super::build;
use crate::finding::print::Format;
use crate::finding::{Finding, Language, Messages};
use crate::source::Snapshot;

/// Prints findings as a build does; gives whether there is an error among them.
pub(super) fn tell(findings: Vec<Finding>, snapshot: &Snapshot, language: Language, format: Format) -> bool {
    let has_errors = crate::finding::has_errors(&findings);
    build::print(findings, snapshot, &Messages::of(language), format);
    has_errors
}
