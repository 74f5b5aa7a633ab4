//! A language of the site: its words, its formats of numbers and days, the folder of its pages.
//!
//! Feeds and files to download need a locale alone, without the context of a page.

use crate::model::Site;
use crate::theme::{Format, ThemeLanguage, Words};

/// A language of the site, with everything needed to write in it.
#[derive(Debug)]
pub(crate) struct Locale<'a> {
    /// Position among the languages; 0 is the site's first.
    pub(crate) number: usize,
    /// Language code, such as `sv`.
    pub(crate) code: &'a str,
    pub(crate) words: &'a Words,
    /// Numbers, periods, days.
    pub(crate) format: &'a Format,
    /// Folder of the language's pages, ending in `/`; empty for the site's first language.
    pub(crate) prefix: String,
    /// Whether the whole site exists in this language; otherwise only the pages needed to answer consultations do.
    pub(crate) is_full: bool,
}

impl<'a> Locale<'a> {
    /// The locales of a site, in the order of the theme's languages: the site's own, then those of consultations.
    pub(crate) fn all(site: &Site, voices: &'a [ThemeLanguage]) -> Vec<Self> {
        let locale = |(number, voice)| Self {
            is_full: number < site.settings.languages.len(),
            ..Self::new(number, voice)
        };
        voices.iter().enumerate().map(locale).collect()
    }

    /// The locale of the language at this position.
    pub(crate) fn new(number: usize, voice: &'a ThemeLanguage) -> Self {
        Self {
            number,
            code: &voice.code,
            words: &voice.words,
            format: &voice.format,
            prefix: language_prefix(number == 0, &voice.code),
            is_full: true,
        }
    }

    /// A word of the language; a missing word is reported by [`Words`].
    pub(crate) fn word(&self, key: &str) -> &'a str {
        self.words.text(key)
    }

    /// A word with its placeholders filled.
    pub(crate) fn fill(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.words.fill(key, arguments)
    }

    /// Address of a file for pages of this language.
    pub(crate) fn file_route(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

/// Folder of a language's pages: the site's first language has none.
pub(crate) fn language_prefix(is_first: bool, code: &str) -> String {
    if is_first { String::new() } else { format!("{code}/") }
}

/// A sort key by which å, ä and ö come after z, as they do in Swedish.
pub(crate) fn alphabetical(text: &str) -> Vec<u32> {
    let place = |c: char| match c {
        'å' => u32::from('z') + 1,
        'ä' => u32::from('z') + 2,
        'ö' => u32::from('z') + 3,
        c => u32::from(c),
    };
    text.to_lowercase().chars().map(place).collect()
}
