//! Placeholders, such as `Lorem ipsum` or `TODO`, that an author meant to replace.
//!
//! Takes a text; gives the bytes of each placeholder. The words are in `placeholders.txt`, which says how they are found. The
//! caller chooses the texts.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The list, by the first word of each phrase, in small letters.
struct List {
    phrases: BTreeMap<String, Vec<&'static str>>,
    /// Phrases that begin with a sign rather than a letter.
    signs: Vec<&'static str>,
    /// Words that count only as a whole value.
    values: Vec<&'static str>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List {
        phrases: BTreeMap::new(),
        signs: Vec::new(),
        values: Vec::new(),
    };
    let lines = include_str!("placeholders.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(value) = line.strip_prefix("= ") {
            list.values.push(value);
        } else {
            match word_at(line, 0).to_lowercase() {
                first if first.is_empty() => list.signs.push(line),
                first => list.phrases.entry(first).or_default().push(line),
            }
        }
    }
    list
});

/// Bytes of the placeholders in this text, in its order. Where several begin the longest is taken.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let list = &*LIST;
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let word = word_at(text, at);
        let phrases = match list.phrases.get(&word.to_lowercase()) {
            _ if word.is_empty() => &list.signs,
            Some(phrases) => phrases,
            None => {
                at += word.len();
                continue;
            }
        };
        let length = phrases.iter().filter_map(|phrase| length_of(phrase, &text[at..])).max();
        spans.extend(length.map(|length| at..at + length));
        at += length.unwrap_or(if word.is_empty() { letter.len_utf8() } else { word.len() });
    }
    spans
}

/// Whether the whole of a value is a placeholder.
pub(super) fn is_whole(value: &str) -> bool {
    LIST.values.contains(&value.trim().trim_matches(['"', '\'']).trim())
}

/// The letters and digits that begin here; empty when there is another sign.
fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Bytes of the text that the phrase takes, if the text begins with it.
fn length_of(phrase: &str, text: &str) -> Option<usize> {
    let is_capitals = phrase.chars().any(char::is_alphabetic) && !phrase.chars().any(char::is_lowercase);
    let mut rest = text;
    for expected in phrase.chars() {
        if expected == ' ' {
            let after = rest.trim_start();
            rest = (after.len() < rest.len()).then_some(after)?;
            continue;
        }
        let mut chars = rest.chars();
        let letter = chars.next()?;
        let is_same = letter == expected || !is_capitals && letter.to_lowercase().eq(expected.to_lowercase());
        rest = is_same.then_some(chars.as_str())?;
    }
    // `TODO` is not found in `TODOS`.
    let is_within_word = phrase.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
    (!is_within_word).then_some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn phrases_are_found_over_lines_and_in_capitals() {
        assert_eq!(
            found("Se. Skriv\n  källan. Lorem ipsum"),
            ["Skriv\n  källan", "Lorem ipsum"]
        );
    }

    #[test]
    fn only_whole_words_are_found() {
        assert_eq!(
            found("TODOS XXXL metod todo example.community myexample.com"),
            Vec::<&str>::new()
        );
        assert_eq!(found("(TODO) a@example.com"), ["TODO", "example.com"]);
    }

    #[test]
    fn signs_and_numbers_are_found() {
        assert_eq!(
            found("ring 010-000 00 00 eller 019-00 00 00"),
            ["000 00 00", "-00 00 00"]
        );
        assert_eq!(found("1 000 000 kronor, 50 000 personer"), Vec::<&str>::new());
    }

    #[test]
    fn names_are_found_as_whole_values_alone() {
        assert!(is_whole("Ny analys") && is_whole("\"Ny analys\"") && !is_whole("Ny analys av läget"));
        assert_eq!(found("En ny analys visar att […] minskar"), Vec::<&str>::new());
        assert!(is_whole("[…]"));
    }
}
