//! The record of one evaluation: figures that an expression looked up, and statements that it quotes.
//!
//! Functions give plain numbers, so that expressions can compare and reckon with them: **the numbers as readers see them**,
//! rounded to the digits that are shown. The record keeps unit, digits and place of each, so that a number that is printed
//! alone has them, and findings can quote the figures.

use crate::finding::Code;
use crate::finding::message::Message;
use crate::model::{Part, Period, PlaceId};
use minijinja::value::Object;
use minijinja::{Error, ErrorKind, State};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Name of the record among an expression's variables; no author can write it.
pub(super) const RECORD: &str = "\u{e000}record";

/// The record; functions find it among the expression's variables.
#[derive(Debug, Default)]
pub(super) struct Record {
    entries: Mutex<Entries>,
    /// What figures are taken to be, other than they are.
    assumption: Option<Assumption>,
}

/// Other figures than there are, to see what depends on them. In different rounds every figure is another, and so is every sum,
/// difference, product and ratio of different figures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assumption {
    /// From 1.
    pub(super) round: u8,
}

impl Assumption {
    /// The number in place of the figure that was looked up at this position among different ones.
    #[expect(clippy::cast_precision_loss, reason = "an expression has few figures")]
    fn number(self, position: usize) -> f64 {
        let position = position as f64;
        (3.7 * f64::from(self.round)).powf(1.0 + 0.31 * position) + 11.3 * position
    }
}

/// Entries of a record, in the order in which functions were called.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) lookups: Vec<Lookup>,
    /// Statements of others among the claims.
    pub(super) statements: Vec<Statement>,
}

/// A figure that a function looked up.
#[derive(Debug)]
pub(super) struct Lookup {
    /// Indicator, place and period, or title and question: `Befolkning, Örebro län, 2024`.
    pub(super) figure: String,
    /// Id of the indicator; `None` for a number of answers to a consultation.
    pub(super) indicator: Option<String>,
    /// As readers see it, rounded. Not a number when the figure is missing, and for functions that give text.
    pub(super) number: f64,
    /// Unrounded.
    pub(super) exact: f64,
    /// The figure as readers see it.
    pub(super) text: String,
    /// Why the figure is missing; `None` where there is one.
    pub(super) missing: Option<Message>,
    /// Time and series of the figure; `None` for answers to a consultation.
    pub(super) time: Option<FigureTime>,
}

impl Lookup {
    /// Whether both are the same figure.
    fn is_of_same(&self, other: &Self) -> bool {
        (&self.figure, &self.indicator, &self.time) == (&other.figure, &other.indicator, &other.time)
    }
}

/// What a figure is about and from when, so that comparisons of different times are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FigureTime {
    /// Name of the function that asked.
    pub(super) function: &'static str,
    pub(super) indicator: String,
    pub(super) place: PlaceId,
    pub(super) part: Part,
    /// First and last period; the same for a figure of one period.
    pub(super) periods: [Period; 2],
    /// Whether the author named the periods, rather than taking the latest.
    pub(super) is_named: bool,
}

impl FigureTime {
    /// Whether two figures are of the same series, perhaps of different periods.
    pub(super) fn same_series(&self, other: &Self) -> bool {
        (&self.indicator, self.place, self.part) == (&other.indicator, other.place, other.part)
    }
}

/// A sentence that is marked as the statement of somebody else.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) sentence: String,
    /// Whose statement it is and of which day, and whether the figures were asked.
    pub(super) note: String,
}

impl Statement {
    /// The statement as plain text, with its source behind it.
    pub(super) fn text(&self) -> String {
        format!("{} {}", self.sentence, self.note)
    }
}

impl Object for Record {}

impl Record {
    /// A record under an assumption.
    pub(super) fn assuming(assumption: Assumption) -> Self {
        Self {
            entries: Mutex::default(),
            assumption: Some(assumption),
        }
    }

    /// What has been entered, which is empty afterwards.
    pub(super) fn take(&self) -> Entries {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *entries)
    }

    /// Enters a figure in the record of the running evaluation; gives the number that it is assumed to be, if another.
    pub(super) fn enter(state: &State, lookup: Lookup) -> Option<f64> {
        Self::write(state, |entries, assumption| {
            let position = entries.lookups.iter().position(|earlier| earlier.is_of_same(&lookup));
            let assumed = assumption
                .filter(|_| lookup.number.is_finite())
                .map(|assumption| assumption.number(position.unwrap_or(entries.lookups.len())));
            entries.lookups.push(lookup);
            assumed
        })
        .flatten()
    }

    /// Enters a statement of somebody else.
    pub(super) fn quote(state: &State, statement: Statement) {
        Self::write(state, |entries, _| entries.statements.push(statement));
    }

    fn write<T>(state: &State, write: impl FnOnce(&mut Entries, Option<Assumption>) -> T) -> Option<T> {
        let value = state.lookup(RECORD)?;
        let record = value.downcast_object_ref::<Record>()?;
        let mut entries = record.entries.lock().ok()?;
        Some(write(&mut entries, record.assumption))
    }
}

/// A problem of a function's arguments; carried through minijinja's error to become a finding.
#[derive(Debug)]
pub(super) enum CallProblem {
    /// An argument that names nothing.
    Name {
        code: Code,
        value: String,
        /// Names that exist, for a near miss.
        known: Vec<String>,
        /// An example of what is expected; empty where near misses say enough.
        expected: String,
    },
    /// A code that no place has.
    Place(String),
    /// The site lacks a setting that the call needs.
    Setting(Message),
}

impl fmt::Display for CallProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallProblem::Name { code, value, .. } => write!(f, "{}: {value}", code.name()),
            CallProblem::Place(value) => write!(f, "{value}"),
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
    /// The error of a name that is none of the known ones.
    pub(super) fn error(code: Code, value: &str, known: Vec<String>) -> Error {
        Self::expecting(code, value, known, "")
    }

    /// The error of a name, with an example of what is expected.
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
