//! Errors of the rim of the program (disk, network, clock, command line): what the machine could not do, and why.
//!
//! Utsikt's own words are a [`Message`], worded in the language of the reader only when it is printed. The words of the
//! operating system or of a library are kept as the cause.

use super::message::{self, Message};
use super::nearest;
use std::error::Error;

/// The result of what may fail at the rim.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// Says what could not be done, with the cause.
pub struct Failure {
    pub(super) message: Message,
    /// Proposes what to type instead.
    pub(super) hint: Option<Message>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// Says why it could not be done.
    #[must_use]
    pub(crate) fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Adds what to type instead of `written`: the nearest of the names there are, or all of them.
    #[must_use]
    pub(crate) fn near<'n>(self, written: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        match nearest(written, names.iter().copied()) {
            Some(near) => self.hint(message::did_you_mean(near)),
            None if names.is_empty() => self,
            None => self.hint(message::there_are(names.join(", "))),
        }
    }

    /// Adds what to type instead.
    #[must_use]
    pub(crate) fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The failure without hint and cause.
    pub(crate) fn message(&self) -> &Message {
        &self.message
    }

    /// The failures and foreign errors that led to this one, the nearest first.
    pub(crate) fn causes(&self) -> impl Iterator<Item = &(dyn Error + 'static)> {
        std::iter::successors(self.source(), |cause: &&(dyn Error + 'static)| (*cause).source())
    }
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Self {
            message,
            hint: None,
            cause: None,
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}

/// Makes a failure of what did not work, with a message that says what was to be done.
pub(crate) trait OrFail<T> {
    /// The value, or the message with the error as its cause.
    fn or_fail(self, message: impl FnOnce() -> Message) -> Result<T>;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> OrFail<T> for std::result::Result<T, E> {
    fn or_fail(self, message: impl FnOnce() -> Message) -> Result<T> {
        self.map_err(|cause| Failure::from(message()).because(cause))
    }
}

impl<T> OrFail<T> for Option<T> {
    fn or_fail(self, message: impl FnOnce() -> Message) -> Result<T> {
        self.ok_or_else(|| message().into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Messages};
    use super::*;

    #[test]
    fn a_failure_is_told_with_its_causes() {
        let cause = std::io::Error::from_raw_os_error(2);
        let failure = Failure::from(message::cannot_read("a.csv")).because(cause);
        let outer = Failure::from(message::archive_not_written("ut")).because(failure);
        assert!(
            outer
                .to_string()
                .starts_with("the archive was not written; make room or choose")
        );
        assert!(
            format!("{outer:#}").ends_with("than `ut`: cannot read `a.csv`: No such file or directory (os error 2)")
        );
        let swedish = Messages::new(Language::Sv).failure(&outer);
        assert!(
            swedish.ends_with("än `ut`: `a.csv` går inte att läsa: filen eller mappen finns inte"),
            "{swedish}"
        );
    }

    #[test]
    fn a_near_name_is_proposed_and_few_names_are_listed() {
        let worded = |written, names: &[&str]| {
            let failure = Failure::from(message::no_index(written)).near(written, names.iter().copied());
            Messages::new(Language::En).failure(&failure)
        };
        assert_eq!(
            worded("bpr", &["brp", "x"]),
            "there is no index `bpr`. Did you mean `brp`?"
        );
        assert_eq!(
            worded("zzz", &["brp", "x"]),
            "there is no index `zzz`. There are: brp, x"
        );
        assert_eq!(worded("zzz", &[]), "there is no index `zzz`");
    }
}
