//! The sentences of findings, in the language of whoever reads them.
//!
//! Takes `messages/LANGUAGE.yaml`, which is part of the program; gives headline, label and help of a
//! finding with its placeholders filled. Of several help texts the first is used whose
//! placeholders are all filled, so that "did you mean …?" appears only when there is a near miss.
//!
//! A few arguments arrive as English words: kinds of thing (`expected`, `found`, `needs`) and what
//! libraries say (`problem`, `reason`). `kinds` and `problems` translate them, and may add a remedy, which
//! help texts name as `{expected_help}` or `{problem_help}`. What has no translation is shown as it came.

use super::{Code, Finding};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A language that the program itself speaks, as opposed to the sites it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// What a code says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// One clause: what is wrong.
    pub headline: String,
    /// What was expected at this very place.
    #[serde(default)]
    pub label: String,
    /// The next thing to type; alternatives, most helpful first.
    #[serde(default)]
    pub help: Vec<String>,
    /// What it means and why it matters, for `utsikt explain`.
    pub explain: String,
    /// A wrong example.
    pub wrong: String,
    /// The same, right.
    pub right: String,
}

/// How the language says an English argument.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    /// The same in this language, to stand within a sentence.
    text: String,
    /// What to do about it.
    help: Option<String>,
}

/// How the language says what a library says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Problem {
    /// A part of the library's words by which they are known.
    said: String,
    /// The same in this language.
    text: String,
    /// What to do about it.
    help: Option<String>,
}

/// All messages of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// Words of the printers: `error`, `warning`, and the closing lines.
    pub words: BTreeMap<String, String>,
    /// Kinds of value, by their English name.
    kinds: BTreeMap<String, Phrase>,
    /// What libraries say; the first that fits is used.
    problems: Vec<Problem>,
    #[serde(rename = "messages")]
    by_code: BTreeMap<String, Message>,
}

impl Messages {
    /// The messages of this language.
    ///
    /// # Panics
    /// Never: a test reads the program's own messages.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let text = match language {
            Language::Sv => include_str!("messages/sv.yaml"),
            Language::En => include_str!("messages/en.yaml"),
        };
        serde_yaml::from_str(text).expect("the program's own messages are valid: a test reads them")
    }

    /// What this code says.
    ///
    /// # Panics
    /// Never: a test looks for a message of every code.
    #[must_use]
    pub fn message(&self, code: Code) -> &Message {
        self.by_code
            .get(code.name())
            .expect("every code has a message: a test says so")
    }

    /// One clause: what is wrong.
    #[must_use]
    pub fn headline(&self, finding: &Finding) -> String {
        let text = &self.message(finding.code).headline;
        self.fill(text, finding).unwrap_or_else(|| text.clone())
    }

    /// What was expected at this place; may be empty.
    #[must_use]
    pub fn label(&self, finding: &Finding) -> String {
        self.fill(&self.message(finding.code).label, finding)
            .unwrap_or_default()
    }

    /// The next thing to type, if there is something to say.
    #[must_use]
    pub fn help(&self, finding: &Finding) -> Option<String> {
        self.message(finding.code)
            .help
            .iter()
            .find_map(|text| self.fill(text, finding))
    }

    /// That the same fault stands in further rows, if it does.
    #[must_use]
    pub fn more(&self, finding: &Finding) -> Option<String> {
        self.fill(self.word("more"), finding)
    }

    /// A number and what is counted, in the singular or plural.
    #[must_use]
    pub fn count(&self, n: usize, one: &str, many: &str) -> String {
        format!("{n} {}", self.word(if n == 1 { one } else { many }))
    }

    /// That there is no such thing, with the nearest that there is or all of them; `word` says which kind of thing.
    #[must_use]
    pub fn unknown<'k>(&self, word: &str, written: &str, known: impl IntoIterator<Item = &'k str>) -> String {
        let known: Vec<&str> = known.into_iter().collect();
        let said = format!("{} `{written}`", self.word(word));
        match super::nearest(written, known.iter().copied()) {
            Some(near) => format!("{said}. {}", self.word("did_you_mean").replace("{near}", near)),
            None if known.is_empty() => said,
            None => format!("{said}. {} {}", self.word("there_are"), known.join(", ")),
        }
    }

    /// A word of the printers.
    #[must_use]
    pub fn word(&self, key: &str) -> &str {
        self.words.get(key).map_or(key_name(key), String::as_str)
    }

    /// The text with `{name}` replaced by the finding's arguments and `{{` by `{`; `None` if an argument is lacking.
    fn fill(&self, text: &str, finding: &Finding) -> Option<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            filled.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(doubled) = ["{{", "}}"].iter().find(|doubled| rest.starts_with(**doubled)) {
                filled.push_str(&doubled[1..]);
                rest = &rest[2..];
            } else {
                let end = rest.find('}')?;
                filled.push_str(self.argument(rest.get(1..end)?, finding)?);
                rest = &rest[end + 1..];
            }
        }
        filled.push_str(rest);
        Some(filled)
    }

    /// What stands for a placeholder: the finding's own word, or this language's word for it.
    fn argument<'a>(&'a self, placeholder: &str, finding: &'a Finding) -> Option<&'a str> {
        let (name, help) = match placeholder.strip_suffix("_help") {
            Some(name) => (name, true),
            None => (placeholder, false),
        };
        let said = finding.argument(name)?;
        let translated = match name {
            "expected" | "found" | "needs" => self.kinds.get(said).map(|kind| (&kind.text, &kind.help)),
            "problem" | "reason" => self.problem(said).map(|problem| (&problem.text, &problem.help)),
            _ => None,
        };
        match translated {
            Some((_, remedy)) if help => remedy.as_deref(),
            Some((text, _)) => Some(text),
            None => (!help).then_some(said),
        }
    }

    fn problem(&self, said: &str) -> Option<&Problem> {
        self.problems.iter().find(|problem| said.contains(&problem.said))
    }
}

/// A file of the program's own words, such as those of the command line.
///
/// # Panics
/// When it is not valid, which a test of it says.
pub(crate) fn own_words<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_yaml::from_str(text).expect("the program's own words are valid: a test reads them")
}

/// Without a word for it, a key is shown as it is: better than nothing, and a test forbids it.
fn key_name(_key: &str) -> &'static str {
    "?"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;

    const LANGUAGES: [Language; 2] = [Language::Sv, Language::En];

    #[test]
    fn every_code_has_a_message_in_every_language_and_nothing_else_does() {
        for language in LANGUAGES {
            let messages = Messages::of(language);
            let written: Vec<&str> = messages.by_code.keys().map(String::as_str).collect();
            let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
            codes.sort_unstable();
            assert_eq!(written, codes, "{language:?}");
        }
    }

    #[test]
    fn languages_have_the_same_words() {
        let [sv, en] = LANGUAGES.map(Messages::of);
        assert!(sv.words.keys().eq(en.words.keys()));
        assert!(sv.kinds.keys().eq(en.kinds.keys()));
        let said = |messages: &Messages| {
            messages
                .problems
                .iter()
                .map(|problem| problem.said.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(said(&sv), said(&en));
    }

    #[test]
    fn messages_keep_their_form() {
        for language in LANGUAGES {
            for (name, message) in &Messages::of(language).by_code {
                let headline = &message.headline;
                assert!(
                    !headline.ends_with('.') && !headline.contains('\n'),
                    "{name}: {headline}"
                );
                let capital = headline.starts_with(char::is_uppercase) && !headline.starts_with("YAML");
                assert!(!capital, "{name}: {headline}");
                assert!(!message.help.is_empty() && message.explain.ends_with('.'), "{name}");
                assert!(
                    !message.wrong.trim().is_empty() && message.wrong != message.right,
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn placeholders_are_filled_and_translated() {
        let messages = Messages::of(Language::En);
        let finding = Finding::new(Code::YamlSyntax, Origin::file(&"x".into()))
            .with("problem", "mapping values are not allowed in this context")
            .with("expected", "list")
            .with("value", "18");
        let fill = |text| messages.fill(text, &finding);
        assert_eq!(fill("`{value}` {{#{value}}}").as_deref(), Some("`18` {#18}"));
        assert_eq!(fill("{expected}").as_deref(), Some("a list"));
        assert!(fill("{problem_help}").is_some());
        assert_eq!(fill("{value_help}"), None);
        assert_eq!(fill("{near}"), None);
    }
}
