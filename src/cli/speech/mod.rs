//! What the command line itself says, in the language of whoever types: help, usage errors, what the machine refuses.
//!
//! English stands in the code: doc comments of arguments, sentences of errors. `sv.yaml` has the Swedish beside the English
//! it stands for, so that neither changes without the other: tests here look for every English text in it. Findings and
//! what the commands tell of their work are `finding/messages`.

mod help;
mod refusal;
mod usage;

use crate::finding::{self, Language};
use clap::ValueEnum;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ffi::OsString;

/// A text as the code has it, in English, and how the language says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    said: String,
    text: String,
}

/// What the command line says in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Speech {
    /// Headings of the help, and sentences about what was typed.
    words: BTreeMap<String, String>,
    /// What stands for a value, such as DIR. Without a translation it stays.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// Texts of commands and arguments.
    #[serde(default)]
    help: Vec<Pair>,
    /// What the effect modules and readers of arguments say, with `{}` for what varies.
    #[serde(default)]
    refusals: Vec<Pair>,
    /// The same of libraries and the system.
    #[serde(default)]
    libraries: Vec<Pair>,
}

impl Speech {
    /// The speech of a language.
    pub(super) fn of(language: Language) -> Self {
        finding::own_words(match language {
            Language::Sv => include_str!("sv.yaml"),
            Language::En => include_str!("en.yaml"),
        })
    }

    fn word(&self, name: &str) -> &str {
        self.words.get(name).map_or("", String::as_str)
    }
}

/// The language that is wanted: the one said, else the environment's.
pub(super) fn language(said: Option<Language>) -> Language {
    said.unwrap_or_else(|| {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        if said.is_some_and(|said| said.starts_with("sv")) {
            Language::Sv
        } else {
            Language::En
        }
    })
}

/// Takes `--lang` out of a line: what it says last, and the rest. It is taken before the line is read, so that help and
/// errors speak it wherever it stands; one that says no language is left, to be told of.
pub(super) fn taken(line: impl Iterator<Item = OsString>) -> (Option<Language>, Vec<OsString>) {
    let known = |said: &str| Language::from_str(said, false).ok();
    let mut said = None;
    let mut rest: Vec<OsString> = Vec::new();
    let mut line = line.peekable();
    while let Some(word) = line.next() {
        if word == "--" {
            rest.push(word);
            rest.extend(line);
            break;
        }
        let beside = if word == "--lang" { line.peek() } else { None };
        let here = word
            .to_str()
            .and_then(|word| word.strip_prefix("--lang="))
            .and_then(known);
        match (beside.and_then(|next| next.to_str()).and_then(known), here) {
            (Some(language), _) => {
                line.next();
                said = Some(language);
            }
            (None, Some(language)) => said = Some(language),
            (None, None) => rest.push(word),
        }
    }
    (said, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_of(line: &str) -> (Option<Language>, String) {
        let (said, rest) = taken(line.split(' ').map(OsString::from));
        (said, rest.join(" ".as_ref()).into_string().expect("text"))
    }

    #[test]
    fn the_language_is_taken_from_wherever_it_stands() {
        for line in [
            "utsikt --lang sv help x",
            "utsikt help --lang=sv x",
            "utsikt --lang en help x --lang sv",
        ] {
            assert_eq!(
                taken_of(line),
                (Some(Language::Sv), "utsikt help x".to_owned()),
                "{line}"
            );
        }
        for line in [
            "utsikt",
            "utsikt build --lang",
            "utsikt --lang xx",
            "utsikt build -- --lang sv",
        ] {
            assert_eq!(taken_of(line), (None, line.to_owned()));
        }
    }

    #[test]
    fn both_languages_have_the_same_words() {
        let [sv, en] = [Language::Sv, Language::En].map(Speech::of);
        assert!(sv.words.keys().eq(en.words.keys()));
    }
}
