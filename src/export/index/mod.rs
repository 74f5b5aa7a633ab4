//! An index → all its numbers: a JSON document, one long CSV table, or text to read at a terminal.
//!
//! ```text
//! Request ──▶ Scope ──▶ Document ──▶ json, csv, text
//! ```
//!
//! Computes nothing itself: the numbers are [`crate::index`]'s. What is printed is the same on any number of threads.

mod coherence;
mod concern;
mod document;
mod pull;
mod request;
mod rows;
mod sure;
mod text;

pub use concern::concerning;
pub use document::{Document, FORMAT};
pub use request::{Request, Scope, Unknown, varied};
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
