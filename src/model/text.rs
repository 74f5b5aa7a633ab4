//! Text in one or several languages.

/// Text in one language, or the same in several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<(String, String)>);

impl Text {
    /// Text without a language code: it is in the site's first language.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![(String::new(), text.into())])
    }

    /// Text by language code.
    #[must_use]
    pub fn by_language(entries: Vec<(String, String)>) -> Self {
        Self(entries)
    }

    /// The text in this language, or the first there is; empty when there is none.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        self.0
            .iter()
            .find(|(code, _)| code == language)
            .or_else(|| self.0.first())
            .map_or("", |(_, text)| text)
    }

    /// The language of what [`Text::in_language`] gives: its code, empty for [`Text::plain`].
    #[must_use]
    pub fn language_of(&self, language: &str) -> &str {
        let own = self.0.iter().find(|(code, _)| code == language);
        own.or_else(|| self.0.first()).map_or("", |(code, _)| code)
    }

    /// The text in each of its languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.as_str())
    }

    /// Pairs of language code and text; the code is empty for [`Text::plain`].
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(code, text)| (code.as_str(), text.as_str()))
    }

    /// Whether it is empty in every language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.trim().is_empty())
    }
}
