//! Text in one or several languages.

/// Text in one language, or the same in several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<(String, String)>);

impl Text {
    /// Text that says no language: it is the site's first.
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

    /// The text in every language it is said in.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.as_str())
    }

    /// The text by language code; the code is empty where none is said.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(code, text)| (code.as_str(), text.as_str()))
    }

    /// Whether nothing is said in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.trim().is_empty())
    }
}
