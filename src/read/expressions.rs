//! Expressions in texts of data files and front matter: where they are evaluated, and where their braces are refused.
//!
//! Every text that readers see comes in through [`Node::text`] or [`Node::prose`], which evaluate; names, ids and addresses come
//! in through [`Node::name`], [`Node::string`] and their like, which refuse. So no reader of a file can forget either. What an
//! expression asks for is known only when all figures are read; so a site whose texts hold expressions is read a second time.
//!
//! [`Node::text`]: super::Node::text
//! [`Node::prose`]: super::Node::prose
//! [`Node::name`]: super::Node::name
//! [`Node::string`]: super::Node::string

use crate::finding::Log;
use crate::source::Origin;
use std::sync::atomic::{AtomicBool, Ordering};

/// Evaluates expressions in an author's texts.
pub(crate) trait TextEvaluator: Sync {
    /// The text with the results of its expressions, as plain text. `language` is empty where the author named none; `origin` is
    /// the text's place, for findings.
    fn evaluated_text(&self, text: &str, language: &str, origin: &Origin, log: &Log) -> String;
}

/// What becomes of expressions in texts.
#[derive(Clone, Copy)]
pub(crate) enum Expressions<'a> {
    /// Left as written, and noted that there are some.
    Noted(&'a AtomicBool),
    Evaluated(&'a dyn TextEvaluator),
    /// Left as written: no reader of pages sees these texts.
    Unread,
}

impl Expressions<'_> {
    /// A text that readers see.
    pub(super) fn text(self, text: &str, language: &str, origin: &Origin, log: &Log) -> String {
        match self {
            Self::Evaluated(evaluator) if has_braces(text) => {
                return evaluator.evaluated_text(text, language, origin, log);
            }
            Self::Noted(noted) if has_braces(text) => noted.store(true, Ordering::Relaxed),
            _ => {}
        }
        text.to_owned()
    }
}

/// Whether a text has braces that begin or end an expression or a statement.
pub(crate) fn has_braces(text: &str) -> bool {
    ["{{", "}}", "{%", "%}"].iter().any(|braces| text.contains(braces))
}
