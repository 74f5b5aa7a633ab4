//! Faults that leave nothing to import.

use crate::finding::message::Message;
use crate::finding::{Code, Finding};
use crate::source::{FilePath, Origin};

/// A fault that leaves nothing to import.
pub type Fault = Box<Finding>;

/// Figures beyond this in one table are not a series for a report.
pub(super) const MOST_CELLS: usize = 5_000_000;

/// A file that is not what its format says: what and where in it.
pub(super) fn malformed(path: &FilePath, problem: Message, place: impl ToString) -> Fault {
    malformed_at(Origin::file(path), problem, place)
}

/// A table of somebody's that is not what it should be: what, where, and the words concerned.
pub(super) fn malformed_at(origin: Origin, problem: Message, words: impl ToString) -> Fault {
    let finding = Finding::new(Code::FiguresForm, origin).with_message("problem", problem);
    Box::new(finding.with("value", words))
}

/// A table larger than is reasonable.
pub(super) fn too_large(path: &FilePath, found: impl ToString) -> Fault {
    let finding = Finding::new(Code::FiguresLimit, Origin::file(path)).with("found", found);
    Box::new(finding.with("limit", MOST_CELLS))
}
