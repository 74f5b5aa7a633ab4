//! The record of one evaluation: which figures an expression looked up, and what it claims.
//!
//! Functions give plain numbers to the expression; what they were asked for is written down here.

use crate::finding::Code;
use crate::finding::message::Message;
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
    /// Why there is none.
    pub(super) missing: Option<Message>,
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

/// A fault of a call; carried through minijinja's error to become a finding.
#[derive(Debug)]
pub(super) enum CallProblem {
    /// A name that leads nowhere.
    Name {
        code: Code,
        value: String,
        known: Vec<String>,
        expected: String,
    },
    /// The site does not say something that the call needs.
    Setting(Message),
}

impl fmt::Display for CallProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallProblem::Name { code, value, .. } => write!(f, "{}: {value}", code.name()),
            CallProblem::Setting(message) => write!(f, "{message:?}"),
        }
    }
}

impl std::error::Error for CallProblem {}

impl From<CallProblem> for Error {
    fn from(problem: CallProblem) -> Self {
        Error::new(ErrorKind::InvalidOperation, problem.to_string()).with_source(problem)
    }
}

impl CallProblem {
    pub(super) fn error(code: Code, value: &str, known: Vec<String>) -> Error {
        Self::expecting(code, value, known, "")
    }

    pub(super) fn expecting(code: Code, value: &str, known: Vec<String>, expected: &str) -> Error {
        CallProblem::Name {
            code,
            value: value.to_owned(),
            known,
            expected: expected.to_owned(),
        }
        .into()
    }
}
