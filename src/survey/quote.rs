//! Quotes of results.

use serde::{Deserialize, Serialize};

/// A quote that may be shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShownQuote {
    /// Id of the question.
    pub question: String,
    /// Id of the theme.
    pub theme: String,
    /// The words.
    pub text: String,
    /// The author, as far as named.
    pub by: QuotedBy,
}

/// The author of a quote, as far as named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuotedBy {
    /// A body, by id.
    Body(String),
    /// One of a group, by position.
    Group(usize),
    /// Not named.
    Nobody,
}
