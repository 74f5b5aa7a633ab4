//! Findings: what is wrong with the input, so that its author can mend it. Also all other messages of the program.
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

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site must not be published like this; `build` leaves the last good one in place.
    Error,
    /// The site can be published, but somebody should look.
    Warning,
}

/// The value of a placeholder in the texts of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// Text that is equal in every language: an id, a number, a quotation.
    Text(String),
    /// A phrase that each language words for itself.
    Message(Message),
}

/// Name of the argument whose message takes the place of a code's own remedies.
const REMEDY: &str = "remedy";

/// Names that are listed when none is near; of more, all would be no help.
const MOST_NAMES: usize = 20;

/// One fault of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind of fault.
    pub code: Code,
    /// The severity of the code, unless a release build has raised it.
    pub severity: Severity,
    /// The place; `None` when it concerns the site as a whole.
    pub origin: Option<Origin>,
    /// Values of the placeholders in the texts of the code, by name.
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
        let mut names: Vec<&str> = Vec::new();
        for candidate in candidates {
            if !candidate.is_empty() && !names.contains(&candidate) {
                names.push(candidate);
            }
        }
        let known = names.join(", ");
        self.suggesting(written, &names, &known)
    }

    fn suggesting(self, written: &str, names: &[&str], known: &str) -> Self {
        let near = nearest(written, names.iter().copied());
        let plain = written.trim_matches(near::TYPOGRAPHIC);
        let with_quotes = if plain == written || plain.is_empty() {
            self
        } else {
            self.with_message(REMEDY, message::smart_quotes(plain))
        };
        let with_names = if names.is_empty() || names.len() > MOST_NAMES {
            with_quotes
        } else {
            with_quotes.with("known", known)
        };
        match near {
            Some(near) => with_names.with("near", near),
            None => with_names,
        }
    }

    /// As [`Self::near`], of candidates with a name beside their id: what was written may be the name. Ids without a name are
    /// understood, and not offered.
    #[must_use]
    pub(crate) fn near_named<'a>(
        self,
        written: &str,
        candidates: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let (named, others): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|(_, name)| !name.is_empty());
        let plain = written.trim_matches(near::TYPOGRAPHIC).to_lowercase();
        if let Some((id, _)) = named.iter().find(|(_, name)| name.to_lowercase() == plain) {
            return self.with("near", id);
        }
        let ids: Vec<&str> = named.iter().chain(&others).map(|(id, _)| *id).collect();
        let known: Vec<String> = named.iter().map(|(id, name)| format!("{id} ({name})")).collect();
        self.suggesting(written, &ids, &known.join(", "))
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
        self.arguments.iter().find_map(|(filled, argument)| match argument {
            Argument::Text(text) if *filled == name => Some(text.as_str()),
            _ => None,
        })
    }
}
