//! The language of the user: `--lang`, else the environment's.

use crate::finding::Language;
use std::ffi::OsString;

/// The language that was asked for, else the environment's.
pub(super) fn language(asked: Option<Language>) -> Language {
    let set = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    };
    asked.unwrap_or_else(|| {
        if set().is_some_and(|locale| locale.starts_with("sv")) {
            Language::Sv
        } else {
            Language::En
        }
    })
}

/// Takes `--lang` out of a line: the language it names last, and the rest of the line. It is taken before the line is read, so
/// that help and errors speak it wherever it stands; one that names no language is left, to be reported.
pub(super) fn take(line: impl Iterator<Item = OsString>) -> (Option<Language>, Vec<OsString>) {
    let named = |code: &str| Language::ALL.into_iter().find(|language| language.code() == code);
    let mut asked = None;
    let mut rest: Vec<OsString> = Vec::new();
    let mut line = line.peekable();
    while let Some(word) = line.next() {
        if word == "--" {
            rest.push(word);
            rest.extend(line);
            break;
        }
        let next = if word == "--lang" { line.peek() } else { None };
        let joined = word.to_str().and_then(|word| word.strip_prefix("--lang="));
        if let Some(language) = next.and_then(|next| next.to_str()).and_then(named) {
            line.next();
            asked = Some(language);
        } else if let Some(language) = joined.and_then(named) {
            asked = Some(language);
        } else {
            rest.push(word);
        }
    }
    (asked, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take_from(line: &str) -> (Option<Language>, String) {
        let (asked, rest) = take(line.split(' ').map(OsString::from));
        (asked, rest.join(" ".as_ref()).into_string().expect("text"))
    }

    #[test]
    fn the_language_is_taken_from_wherever_it_stands() {
        for line in [
            "utsikt --lang sv help x",
            "utsikt help --lang=sv x",
            "utsikt --lang en help x --lang sv",
        ] {
            assert_eq!(
                take_from(line),
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
            assert_eq!(take_from(line), (None, line.to_owned()));
        }
    }
}
