//! Messages of the program before they are worded: a key, and what fills the placeholders of its text.
//!
//! A message is made by the function of its key, [`cannot_read`]`(path)`, and worded by
//! [`Messages::text`](super::Messages::text) in the language of the reader. Texts stand in `finding/messages/LANGUAGE.yaml`
//! under the same keys. A test compares keys and placeholders with both files; the compiler warns of a key that nobody uses.

/// Declares messages: for each key a function whose parameters are the placeholders of the text.
macro_rules! messages {
    ($($key:ident($($placeholder:ident),*);)*) => {
        $(pub(crate) fn $key($($placeholder: impl ToString),*) -> super::Message {
            super::Message {
                key: stringify!($key),
                arguments: vec![$((stringify!($placeholder), $placeholder.to_string())),*],
            }
        })*

        /// The keys with their placeholders.
        #[cfg(test)]
        pub(super) const KEYS: &[super::Declared] = &[$((stringify!($key), &[$(stringify!($placeholder)),*])),*];
    };
}

mod failures;
mod phrases;
mod usage;
mod words;

pub(crate) use failures::*;
pub(crate) use phrases::*;
pub(crate) use usage::*;
pub(crate) use words::*;

/// The key of a message without arguments: the function that makes it.
pub(crate) type Key = fn() -> Message;

/// The name of a key, and those of its placeholders.
#[cfg(test)]
pub(super) type Declared = (&'static str, &'static [&'static str]);

/// Something that the program says, not yet in any language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    pub(super) key: &'static str,
    /// Values of the placeholders, by their names.
    pub(super) arguments: Vec<(&'static str, String)>,
}

/// Every key.
#[cfg(test)]
pub(super) fn keys() -> impl Iterator<Item = &'static Declared> {
    [failures::KEYS, phrases::KEYS, usage::KEYS, words::KEYS]
        .into_iter()
        .flatten()
}
