//! What is wrong with the input, said so that its author can mend it; and all else that the program says.
//!
//! A [`Finding`] is a [`Code`], the place, and what varies (names, numbers, a near miss). A [`Failure`] is what the machine could
//! not do. Both, and what the commands tell of their work ([`Message`]), are keys with arguments; [`Messages`] words them, from
//! `messages/LANGUAGE.yaml`, where all sentences can be read side by side and in another language. Printing findings is one
//! file a format. Nothing here knows what a site is.

mod code;
mod failure;
mod language;
mod log;
pub(crate) mod message;
mod near;
pub mod print;

pub use code::Code;
pub(crate) use failure::OrFail;
pub use failure::{Failure, Result};
pub(crate) use language::own_texts;
pub use language::{CodeTexts, Language, Messages};
pub use log::{Log, has_errors, sorted};
pub use message::Message;
pub use near::nearest;

use crate::source::Origin;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site must not be published like this; `build` leaves the last good one in place.
    Error,
    /// The site can be published, but somebody should look.
    Warning,
}

/// What fills a placeholder in the texts of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// The same in every language: an id, a number, what was written, what a library says.
    Text(String),
    /// Worded by each language.
    Message(Message),
}

/// One fault of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind of fault.
    pub code: Code,
    /// How bad; the code's own severity unless a release build is stricter.
    pub severity: Severity,
    /// Where; `None` when it concerns the site as a whole.
    pub origin: Option<Origin>,
    /// What fills the placeholders of its texts, by name.
    pub arguments: Vec<(&'static str, Argument)>,
    /// A second place worth showing (the first of two duplicates).
    pub other: Option<Origin>,
}

impl Finding {
    /// A finding of this code at this place.
    #[must_use]
    pub fn new(code: Code, origin: Origin) -> Self {
        Self {
            code,
            severity: code.severity(),
            origin: Some(origin),
            arguments: Vec::new(),
            other: None,
        }
    }

    /// A finding about the site as a whole.
    #[must_use]
    pub fn general(code: Code) -> Self {
        Self {
            code,
            severity: code.severity(),
            origin: None,
            arguments: Vec::new(),
            other: None,
        }
    }

    /// Fills the placeholder `name` with what is the same in every language.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over numbers and temporaries, which read better without `&`"
    )]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, Argument::Text(value.to_string())));
        self
    }

    /// Fills the placeholder `name` with what each language words for itself.
    #[must_use]
    pub(crate) fn with_message(mut self, name: &'static str, message: Message) -> Self {
        self.arguments.push((name, Argument::Message(message)));
        self
    }

    /// Fills the placeholder `name` with what a library says: in `known` words if there are any, else in its own.
    #[must_use]
    pub(crate) fn with_words(self, name: &'static str, known: Option<Message>, words: &str) -> Self {
        match known {
            Some(message) => self.with_message(name, message),
            None => self.with(name, words),
        }
    }

    /// Fills `{near}` with the candidate closest to what was written, if one is close, and `{known}`
    /// with the candidates themselves when they are few.
    #[must_use]
    pub fn near<'a>(self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        let mut candidates: Vec<&str> = candidates
            .into_iter()
            .filter(|candidate| !candidate.is_empty())
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        candidates.retain(|candidate| seen.insert(*candidate));
        let found = nearest(written, candidates.iter().copied()).map(ToOwned::to_owned);
        let known = (candidates.len() <= 20 && !candidates.is_empty()).then(|| candidates.join(", "));
        let with_known = match known {
            Some(known) => self.with("known", known),
            None => self,
        };
        match found {
            Some(near) => with_known.with("near", near),
            None => with_known,
        }
    }

    /// Shows a second place as well.
    #[must_use]
    pub fn beside(mut self, other: Origin) -> Self {
        self.other = Some(other);
        self
    }

    /// Raises a warning that blocks a release to an error.
    pub fn raise_for_release(&mut self) {
        if self.code.blocks_release() {
            self.severity = Severity::Error;
        }
    }

    /// The text that fills `name`, if any.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find_map(|(own, argument)| match argument {
            Argument::Text(text) if *own == name => Some(text.as_str()),
            _ => None,
        })
    }
}
