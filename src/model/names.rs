//! The words of closed vocabularies in data files.

/// Gives an enum its words: `NAMES`, in the order in which they are offered; `name`; and `from_name`.
macro_rules! names {
    ($kind:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $kind {
            /// The words of data files, and the values they stand for.
            pub const NAMES: &'static [(&'static str, $kind)] = &[$(($word, $kind::$variant)),+];

            /// The word in data files; also the key of the theme's words.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $($kind::$variant => $word),+
                }
            }

            /// The value of a word; `None`: it is no word of this vocabulary.
            #[must_use]
            pub fn from_name(word: &str) -> Option<$kind> {
                Self::NAMES.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
            }
        }
    };
}

pub(super) use names;
