//! The report that `utsikt index` prints: all numbers of an index, as a JSON document, one long CSV table or text.
//!
//! ```text
//! Request ──▶ Scope ──▶ Document ──▶ json, csv, text
//! ```
//!
//! Computes nothing itself: the numbers are [`crate::index`]'s. The report is the same on any number of threads.

mod coherence;
mod document;
mod gap;
mod rank;
mod relevant;
mod request;
mod robustness;
mod rows;
mod text;

pub use document::{Document, FORMAT};
pub use relevant::relevant_findings;
pub use request::{NotFound, Request, Scope, with_variation};
pub use rows::csv;
pub use text::{list, text};

/// The document as JSON.
#[must_use]
pub fn json(document: &Document<'_>) -> String {
    // Keys are texts, and numbers that are none become null: it cannot fail.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
