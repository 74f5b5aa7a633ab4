//! What a PX file says of its symbols (`DATASYMBOL1` to `6`, `DATASYMBOLNIL`).
//!
//! Figures that do not exist stand as dots in the data; the file says what is shown instead, in words or as a symbol of its
//! office. Words are understood by their stems, or by the note about the symbol; a symbol that stands for another one is
//! left to the user, since offices do not agree on them.

use super::super::model::Symbol;
use super::statement::Document;
use std::collections::BTreeMap;

/// Stems by which words are known, and the word of data files that they mean; the first that fits is taken.
const STEMS: [(&str, &[&str]); 5] = [
    (
        "suppressed",
        &[
            "konfid",
            "sekret",
            "confid",
            "secre",
            "suppress",
            "vises ikke",
            "fortrolig",
            "skydd",
            "salass",
        ],
    ),
    ("not_published", &["foreløpig", "ännu", "not yet", "senare", "later"]),
    (
        "not_applicable",
        &[
            "förekomma",
            "forekomme",
            "tillämp",
            "applicable",
            "relevan",
            "aktuel",
            "logisk",
            "logical",
            "cannot occur",
        ],
    ),
    (
        "unavailable",
        &[
            "sakna",
            "mangler",
            "missing",
            "available",
            "tillgäng",
            "tilgjeng",
            "tilgæng",
            "osäk",
            "uncertain",
            "finns inte",
        ],
    ),
    ("zero", &["noll", "nil", "nothing", "inget", "intet", "zero", "null"]),
];

/// The symbols that this file gives a meaning of its own.
pub(super) fn symbols(document: &Document<'_>) -> BTreeMap<String, Symbol> {
    let dots = (1..=6).map(|count| (format!("DATASYMBOL{count}"), ".".repeat(count)));
    let all = dots.chain([("DATASYMBOLNIL".to_owned(), "-".to_owned())]);
    let mut symbols = BTreeMap::new();
    for (keyword, symbol) in all {
        let text = document.list(&keyword).join(" ");
        if !text.is_empty() && text != symbol {
            let note = document.for_part("NOTE", &text).join(" ");
            let word = meaning(&text).or_else(|| meaning(&note));
            symbols.insert(symbol, Symbol { text, word });
        }
    }
    symbols
}

/// The word of data files that these words mean.
fn meaning(words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    let is_meant = |stems: &[&str]| stems.iter().any(|stem| words.contains(stem));
    STEMS.iter().find(|(_, stems)| is_meant(stems)).map(|(word, _)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_their_stems() {
        let known = [
            ("Kan inte förekomma", Some("not_applicable")),
            ("Konfidentiell uppgift", Some("suppressed")),
            ("Vises ikke av konfidensialitetshensyn", Some("suppressed")),
            ("Uppgift saknas", Some("unavailable")),
            ("Data not available", Some("unavailable")),
            ("Oppgave mangler foreløpig", Some("not_published")),
            ("..", None),
        ];
        for (words, word) in known {
            assert_eq!(meaning(words), word, "{words}");
        }
    }
}
