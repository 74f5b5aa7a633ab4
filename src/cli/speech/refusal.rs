//! What the machine refuses: an error of the effect modules, which speak English → the same in the user's language.

use super::{Pair, Speech};

impl Speech {
    /// An error with its causes, on one line.
    pub(in crate::cli) fn refusal(&self, error: &anyhow::Error) -> String {
        error
            .chain()
            .map(|cause| self.refused(&cause.to_string()))
            .collect::<Vec<_>>()
            .join(": ")
    }

    /// What a module within says, in this language. What has no translation stays as it came: what a library says, or what is translated
    /// already.
    pub(in crate::cli) fn refused(&self, said: &str) -> String {
        let own = |pair: &Pair| {
            let varying = matched(&pair.said, said)?;
            let mut told = String::new();
            let mut varying = varying.into_iter();
            for (at, literal) in literals(&pair.text).into_iter().enumerate() {
                if at > 0 {
                    told.push_str(&self.refused(varying.next().unwrap_or_default()));
                }
                told.push_str(literal);
            }
            Some(told)
        };
        self.refusals
            .iter()
            .chain(&self.libraries)
            .find_map(own)
            .unwrap_or_else(|| said.to_owned())
    }
}

/// What stands for each `{}` of a form.
fn matched<'s>(form: &str, said: &'s str) -> Option<Vec<&'s str>> {
    let literals = literals(form);
    let (first, rest) = literals.split_first()?;
    let mut left = said.strip_prefix(first)?;
    let Some((last, between)) = rest.split_last() else {
        return left.is_empty().then(Vec::new);
    };
    let mut varying = Vec::new();
    for literal in between {
        let (before, after) = left.split_once(literal)?;
        varying.push(before);
        left = after;
    }
    varying.push(left.strip_suffix(last)?);
    Some(varying)
}

fn literals(form: &str) -> Vec<&str> {
    form.split("{}").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Language;
    use anyhow::anyhow;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn forms_are_recognised() {
        assert_eq!(matched("cannot read `{}`", "cannot read `a b`"), Some(vec!["a b"]));
        assert_eq!(matched("move `{}` to `{}`", "move `a` to `b`"), Some(vec!["a", "b"]));
        assert_eq!(matched("cannot read `{}`", "cannot write `a`"), None);
        assert_eq!(matched("git stopped", "git stopped now"), None);
    }

    #[test]
    fn an_error_is_told_with_its_causes() {
        let cause = std::io::Error::from_raw_os_error(2);
        let error = anyhow!(cause).context("cannot read `a.csv`");
        let told = Speech::of(Language::Sv).refusal(&error);
        assert_eq!(told, "`a.csv` går inte att läsa: filen eller mappen finns inte");
        assert_eq!(Speech::of(Language::En).refusal(&error), format!("{error:#}"));
    }

    /// Where sentences stand, and what opens them: errors, and the names of what pages look at (`--explain`).
    const SAID: [(&[&str], &[&str]); 2] = [
        (
            &["disk", "clock.rs", "fetch", "serve", "watch.rs", "cli"],
            &[
                "context(",
                "bail!(",
                "ensure!(",
                "anyhow!(",
                "map_err(",
                "ok_or_else(",
                "Err(",
            ],
        ),
        (&["render"], &[".enter("]),
    ];

    /// Sentences in those places, with `{}` for what varies.
    fn sentences() -> BTreeSet<String> {
        SAID.iter()
            .flat_map(|(places, openings)| sentences_in(places, openings))
            .collect()
    }

    fn sentences_in(places: &[&str], openings: &[&str]) -> BTreeSet<String> {
        let source = |place: &&str| Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(place);
        let files = places
            .iter()
            .map(source)
            .flat_map(|folder| walkdir::WalkDir::new(folder).into_iter().flatten());
        let files = files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
        let mut found = BTreeSet::new();
        for entry in files {
            let text = std::fs::read_to_string(entry.path()).expect("a source file");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for opening in openings {
                for (at, _) in code.match_indices(opening) {
                    found.extend(
                        strings(call(&code[at + opening.len()..]))
                            .into_iter()
                            .filter(|own| is_sentence(own)),
                    );
                }
            }
        }
        found
    }

    /// What stands between a bracket that is open and its end.
    fn call(code: &str) -> &str {
        let mut depth = 1;
        let mut quoted = false;
        let mut last = ' ';
        for (at, c) in code.char_indices() {
            match c {
                '"' if last != '\\' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return &code[..at];
            }
            last = c;
        }
        code
    }

    fn strings(code: &str) -> Vec<String> {
        let quoted = code.split('"').skip(1).step_by(2);
        quoted.map(form).collect()
    }

    /// `cannot read {shown:?}` → `cannot read {}`.
    fn form(text: &str) -> String {
        let mut parts = text.split('{');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |form, part| {
            form + "{}" + part.split_once('}').map_or(part, |(_, rest)| rest)
        })
    }

    /// Whether it is English rather than names put together.
    fn is_sentence(form: &str) -> bool {
        let words = form.replace("{}", " ");
        words
            .split_whitespace()
            .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == ','))
            .count()
            > 1
    }

    /// A sentence is added to `sv.yaml` as two lines, `said` and `text`, with `{}` for what varies, in the same order.
    #[test]
    fn every_refusal_has_its_swedish_and_nothing_else_does() {
        let speech = Speech::of(Language::Sv);
        let said = sentences();
        assert!(said.len() > 50, "the search for sentences no longer finds them");
        let written: BTreeSet<String> = speech.refusals.iter().map(|pair| pair.said.clone()).collect();
        let lacking = said
            .difference(&written)
            .map(|text| format!("- said: {text:?}\n  text: "))
            .collect::<Vec<_>>();
        assert!(
            lacking.is_empty(),
            "these lack their Swedish in src/cli/speech/sv.yaml, under `refusals`:\n{}",
            lacking.join("\n")
        );
        let left: Vec<&String> = written.difference(&said).collect();
        assert!(
            left.is_empty(),
            "nobody says these any longer; take them out of src/cli/speech/sv.yaml: {left:#?}"
        );
        for pair in speech.refusals.iter().chain(&speech.libraries) {
            assert_eq!(literals(&pair.said).len(), literals(&pair.text).len(), "{}", pair.said);
        }
    }
}
