//! The record of one evaluation: which figures an expression looked up, and what it claims.
//!
//! Functions give plain numbers to the expression; what they were asked for is written down here.

use crate::finding::Code;
use minijinja::value::Object;
use minijinja::{Error, ErrorKind, State};
use std::fmt;
use std::sync::Mutex;

/// Name of the record in the expression's context; no author can write it.
pub(super) const RECORD: &str = "\u{e000}record";

/// Figures that one evaluation looked up, and claims it made.
#[derive(Debug, Default)]
pub(super) struct Record(pub(super) Mutex<Entries>);

/// Entries of a record, in the order in which functions were called.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) calls: Vec<Call>,
    /// Sentences, and whether their conditions hold.
    pub(super) claims: Vec<(String, bool)>,
}

/// A figure that a function gave.
#[derive(Debug)]
pub(super) struct Call {
    /// What was asked for: `Befolkning, Örebro län, 2024`.
    pub(super) what: String,
    /// Id of the indicator; `None`: it was asked of answers to a consultation.
    pub(super) indicator: Option<String>,
    /// The number; not a number when it is missing.
    pub(super) number: f64,
    /// The number as read.
    pub(super) shown: String,
    /// Why there is none: a reason as written in data files, or a few English words that findings translate.
    pub(super) missing: Option<&'static str>,
}

impl Object for Record {}

impl Record {
    /// Writes down in the record of the running evaluation.
    pub(super) fn note(state: &State, write: impl FnOnce(&mut Entries)) {
        let Some(value) = state.lookup(RECORD) else { return };
        if let Some(record) = value.downcast_object_ref::<Record>()
            && let Ok(mut entries) = record.0.lock()
        {
            write(&mut entries);
        }
    }
}

/// A name that leads nowhere; carried through minijinja's error to become a finding.
#[derive(Debug)]
pub(super) struct UnknownName {
    pub(super) code: Code,
    pub(super) value: String,
    pub(super) known: Vec<String>,
    pub(super) expected: String,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.value)
    }
}

impl std::error::Error for UnknownName {}

impl UnknownName {
    pub(super) fn error(code: Code, value: &str, known: Vec<String>) -> Error {
        Self::expecting(code, value, known, "")
    }

    pub(super) fn expecting(code: Code, value: &str, known: Vec<String>, expected: &str) -> Error {
        let trouble = UnknownName {
            code,
            value: value.to_owned(),
            known,
            expected: expected.to_owned(),
        };
        Error::new(ErrorKind::InvalidOperation, trouble.to_string()).with_source(trouble)
    }
}
