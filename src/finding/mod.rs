//! What is wrong with the input, said so that its author can mend it.
//!
//! A [`Finding`] is a [`Code`], the place, and the words that vary (names, numbers, a near miss). Its
//! sentences live in `messages/LANGUAGE.yaml`, one entry a code, so that all of them can be read
//! side by side and in another language. Printing is one file a format. Nothing here knows what
//! a site is.

mod code;
mod consequence;
mod log;
mod message;
mod near;
pub mod print;

pub use code::Code;
pub use log::{Log, has_errors};
pub(crate) use message::own_words;
pub use message::{Language, Message, Messages};
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

/// One fault of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind of fault.
    pub code: Code,
    /// How bad; the code's own severity unless a release build is stricter.
    pub severity: Severity,
    /// Where; `None` when it concerns the site as a whole.
    pub origin: Option<Origin>,
    /// What fills the message's placeholders, by name.
    pub arguments: Vec<(&'static str, String)>,
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

    /// Fills the placeholder `name` of the message.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over numbers and temporaries, which read better without `&`"
    )]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
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

    /// Makes an error of what may be put off in daily work but not past a release.
    pub fn tighten(&mut self) {
        if matches!(self.code, Code::ConsultationResults | Code::PictureText) {
            self.severity = Severity::Error;
        }
    }

    /// The words that fill `name`, if any.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    }
}
