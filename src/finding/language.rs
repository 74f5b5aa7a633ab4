//! The program's texts in one language: findings and other messages → sentences.
//!
//! Takes `messages/LANGUAGE.yaml`, which is part of the program; fills the placeholders of its texts. Of the several help texts of
//! a code the first is used whose placeholders are all filled, so that "did you mean …?" appears only when there is a near
//! miss. Where an argument of a finding is a [`Message`], `{problem}` stands for its text, and `{problem_help}` for its remedy if
//! it has one.

use super::message::{self, Message};
use super::{Argument, Code, Failure, Finding, REMEDY};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::io;

/// A language that the program itself speaks, as opposed to the sites it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 2] = [Language::Sv, Language::En];

    /// The code, such as `sv`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::Sv => "sv",
            Language::En => "en",
        }
    }
}

/// The texts of a code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeTexts {
    /// One clause: what is wrong.
    pub headline: String,
    /// Shown at the place itself: what was expected there; empty for none.
    #[serde(default)]
    pub label: String,
    /// The next thing to type; alternatives, most helpful first.
    #[serde(default)]
    pub help: Vec<String>,
    /// The meaning and why it matters, for `utsikt explain`.
    pub explain: String,
    /// A wrong example.
    pub wrong: String,
    /// The wrong example, mended.
    pub right: String,
}

/// The text of a key.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Text {
    Plain(String),
    /// A counted thing, in the singular and plural.
    Counted {
        one: String,
        many: String,
    },
    /// A phrase within a finding, with a remedy.
    Remedied {
        text: String,
        help: String,
    },
}

impl Text {
    fn text(&self) -> &str {
        match self {
            Text::Plain(text) | Text::Counted { many: text, .. } | Text::Remedied { text, .. } => text,
        }
    }

    fn help(&self) -> Option<&str> {
        match self {
            Text::Remedied { help, .. } => Some(help),
            Text::Plain(_) | Text::Counted { .. } => None,
        }
    }
}

/// All texts of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// Texts of messages, by key.
    texts: BTreeMap<String, Text>,
    /// Errors of the operating system, by their numbers. Without a text the system's own words are shown.
    #[serde(default)]
    system: BTreeMap<i32, String>,
    #[serde(rename = "findings")]
    by_code: BTreeMap<String, CodeTexts>,
}

impl Messages {
    /// The texts of this language.
    ///
    /// # Panics
    /// Never: a test reads both files.
    #[must_use]
    pub fn new(language: Language) -> Self {
        own_texts(match language {
            Language::Sv => include_str!("messages/sv.yaml"),
            Language::En => include_str!("messages/en.yaml"),
        })
    }

    /// A message in this language.
    #[must_use]
    pub fn text(&self, message: &Message) -> String {
        worded(self.find(message).text(), message)
    }

    /// A number and what is counted, in the singular or plural.
    #[must_use]
    pub fn count(&self, n: usize, counted: &Message) -> String {
        let text = match self.find(counted) {
            Text::Counted { one, .. } if n == 1 => one,
            text => text.text(),
        };
        format!("{n} {text}")
    }

    /// A failure with its causes, on one line.
    #[must_use]
    pub fn failure(&self, failure: &Failure) -> String {
        let mut line = self.failed(failure);
        for cause in failure.causes() {
            line.push_str(": ");
            line.push_str(&self.cause(cause));
        }
        line
    }

    /// A failure without its causes.
    fn failed(&self, failure: &Failure) -> String {
        let message = self.text(&failure.message);
        match &failure.hint {
            Some(hint) => format!("{message}. {}", self.text(hint)),
            None => message,
        }
    }

    fn cause(&self, cause: &(dyn Error + 'static)) -> String {
        if let Some(failure) = cause.downcast_ref() {
            return self.failed(failure);
        }
        let number = cause.downcast_ref().and_then(io::Error::raw_os_error);
        number
            .and_then(|number| self.system.get(&number))
            .map_or_else(|| cause.to_string(), Clone::clone)
    }

    /// The texts of this code.
    ///
    /// # Panics
    /// Never: a test looks for the texts of every code.
    #[must_use]
    pub fn code(&self, code: Code) -> &CodeTexts {
        self.by_code
            .get(code.name())
            .expect("every code has its texts: a test says so")
    }

    /// One clause that says what is wrong.
    #[must_use]
    pub fn headline(&self, finding: &Finding) -> String {
        let text = &self.code(finding.code).headline;
        self.filled(text, finding).unwrap_or_else(|| text.clone())
    }

    /// The text shown at the place of a finding; may be empty.
    #[must_use]
    pub fn label(&self, finding: &Finding) -> String {
        self.filled(&self.code(finding.code).label, finding).unwrap_or_default()
    }

    /// The first help text whose placeholders are all filled: the next thing to type.
    #[must_use]
    pub fn help(&self, finding: &Finding) -> Option<String> {
        let special = self.filled(&format!("{{{REMEDY}}}"), finding);
        let usual = || {
            let mut texts = self.code(finding.code).help.iter();
            texts.find_map(|text| self.filled(text, finding))
        };
        special.or_else(usual)
    }

    /// Says that the same fault stands in further places, if it does.
    #[must_use]
    pub fn more(&self, finding: &Finding) -> Option<String> {
        let count = finding.argument("more")?;
        Some(self.text(&message::more_places(count)))
    }

    fn find(&self, message: &Message) -> &Text {
        self.texts
            .get(message.key)
            .expect("every key has a text: a test says so")
    }

    /// The text with the arguments of a finding; `None` if one that it names is lacking.
    fn filled(&self, text: &str, finding: &Finding) -> Option<String> {
        fill(text, |placeholder| {
            let find = |name: &str| finding.arguments.iter().find(|(filled, _)| *filled == name);
            if let Some(name) = placeholder.strip_suffix("_help") {
                let (_, Argument::Message(message)) = find(name)? else {
                    return None;
                };
                return Some(Cow::Owned(worded(self.find(message).help()?, message)));
            }
            let (_, argument) = find(placeholder)?;
            Some(match argument {
                Argument::Text(text) => Cow::Borrowed(text.as_str()),
                Argument::Message(message) => Cow::Owned(self.text(message)),
            })
        })
    }
}

/// In English, for developers; `{:#}` with the causes. Users read [`Messages::failure`].
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let english = Messages::new(Language::En);
        f.write_str(&if f.alternate() {
            english.failure(self)
        } else {
            english.text(&self.message)
        })
    }
}

/// As a sentence with its causes, for tests and panics.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:#}")
    }
}

/// The text with the arguments of the message.
fn worded(text: &str, message: &Message) -> String {
    let argument = |name: &str| {
        let (_, value) = message.arguments.iter().find(|(filled, _)| *filled == name)?;
        Some(Cow::Borrowed(value.as_str()))
    };
    fill(text, argument).expect("every placeholder of a text is one of its key: a test says so")
}

/// The text with each `{name}` replaced by its argument and `{{` by `{`; `None` if an argument is lacking.
fn fill<'a>(text: &str, argument: impl Fn(&str) -> Option<Cow<'a, str>>) -> Option<String> {
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
            filled.push_str(&argument(rest.get(1..end)?)?);
            rest = &rest[end + 1..];
        }
    }
    filled.push_str(rest);
    Some(filled)
}

/// A file of the program's own texts, such as those of the command line.
///
/// # Panics
/// When the file is not valid, which a test of it says.
pub(crate) fn own_texts<T: DeserializeOwned>(text: &str) -> T {
    serde_yaml::from_str(text).expect("the program's own texts are valid: a test reads them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Origin;
    use std::collections::BTreeSet;

    fn languages() -> [Messages; 2] {
        Language::ALL.map(Messages::new)
    }

    /// The names in braces.
    fn placeholders(text: &str) -> BTreeSet<String> {
        let names = std::cell::RefCell::new(BTreeSet::new());
        let filled = fill(text, |name| {
            names.borrow_mut().insert(name.to_owned());
            Some(Cow::Borrowed(""))
        });
        assert!(filled.is_some(), "a brace is not closed: {text}");
        names.into_inner()
    }

    #[test]
    fn every_code_has_its_texts_in_every_language_and_nothing_else_does() {
        let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        codes.sort_unstable();
        for messages in languages() {
            assert_eq!(messages.by_code.keys().map(String::as_str).collect::<Vec<_>>(), codes);
        }
    }

    #[test]
    fn every_key_has_a_text_with_its_placeholders_in_every_language_and_nothing_else_does() {
        let keys: BTreeMap<&str, BTreeSet<String>> = message::KEYS
            .iter()
            .map(|(key, names)| (*key, names.iter().map(|name| (*name).to_owned()).collect()))
            .collect();
        assert_eq!(keys.len(), message::KEYS.len(), "a key stands twice");
        for messages in languages() {
            let texts: BTreeSet<&str> = messages.texts.keys().map(String::as_str).collect();
            assert_eq!(texts, keys.keys().copied().collect());
            for (key, text) in &messages.texts {
                let mut names = placeholders(text.text());
                names.extend(text.help().map(placeholders).unwrap_or_default());
                assert_eq!(names, keys[key.as_str()], "{key}");
            }
        }
    }

    #[test]
    fn texts_have_the_same_form_in_both_languages() {
        let forms = languages().map(|messages| {
            let form = |(key, text): (String, Text)| (key, std::mem::discriminant(&text));
            messages.texts.into_iter().map(form).collect::<Vec<_>>()
        });
        assert_eq!(forms[0], forms[1]);
    }

    #[test]
    fn texts_of_codes_keep_their_form() {
        for messages in languages() {
            for (name, texts) in &messages.by_code {
                let headline = &texts.headline;
                assert!(
                    !headline.ends_with('.') && !headline.contains('\n'),
                    "{name}: {headline}"
                );
                let capital = headline.starts_with(char::is_uppercase) && !headline.starts_with("YAML");
                assert!(!capital, "{name}: {headline}");
                assert!(!texts.help.is_empty() && texts.explain.ends_with('.'), "{name}");
                assert!(!texts.wrong.trim().is_empty() && texts.wrong != texts.right, "{name}");
            }
        }
    }

    #[test]
    fn placeholders_are_filled_with_text_and_messages() {
        let messages = Messages::new(Language::En);
        let finding = Finding::new(Code::YamlSyntax, Origin::file(&"x".into()))
            .with_message("problem", message::yaml_colon())
            .with_message("expected", message::nothing())
            .with("value", "18");
        let filled = |text| messages.filled(text, &finding);
        assert_eq!(filled("`{value}` {{#{value}}}").as_deref(), Some("`18` {#18}"));
        assert_eq!(filled("{problem}").as_deref(), Some("a colon that may not stand here"));
        assert!(filled("{problem_help}").is_some());
        assert_eq!(filled("{expected}").as_deref(), Some("nothing"));
        assert_eq!(filled("{expected_help}"), None);
        assert_eq!(filled("{value_help}"), None);
        assert_eq!(filled("{near}"), None);
    }

    #[test]
    fn one_is_counted_in_the_singular() {
        let messages = Messages::new(Language::En);
        let counted = [0, 1, 2].map(|n| messages.count(n, &message::pages()));
        assert_eq!(counted, ["0 pages", "1 page", "2 pages"]);
    }
}
