//! Words → ids: exact apart from case, spaces and how letters are composed. Never by guess.

use crate::model::{Item, Question, QuestionKind, Text};
use unicode_normalization::UnicodeNormalization;

/// What the form calls the three ways of a direction question.
const WAYS_IN_WORDS: [[&str; 4]; 3] = [
    ["Prioritera mer", "Prioritera upp", "Higher priority", "▲"],
    ["Som i dag", "Som idag", "As today", "–"],
    ["Prioritera mindre", "Prioritera ned", "Lower priority", "▼"],
];

/// Separators that an option's own text may hold.
const REACH: usize = 12;

/// The words as they are compared: composed letters, lower case, single spaces of the plain kind, no ends.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace() || c == '\u{feff}')
        .filter(|word| !word.is_empty())
    {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.nfc().flat_map(char::to_lowercase));
    }
    plain
}

/// Words and the ids that they stand for.
#[derive(Debug, Default)]
pub(super) struct Labels {
    known: Vec<(String, String)>,
    /// As they were written, for near misses.
    written: Vec<String>,
}

impl Labels {
    /// Adds words for an id; those that came first win.
    pub(super) fn add(&mut self, words: &str, id: &str) {
        let plain_words = plain(words);
        if !plain_words.is_empty() && !self.known.iter().any(|(known, _)| *known == plain_words) {
            self.known.push((plain_words, id.to_owned()));
            self.written.push(words.trim().to_owned());
        }
    }

    fn add_items(&mut self, items: &[Item]) {
        for item in items {
            item.text
                .all()
                .chain(item.short.all())
                .for_each(|words| self.add(words, &item.id));
        }
        // Ids last: where a text is also another option's id, people have chosen the text.
        for item in items {
            self.add(&item.id, &item.id);
        }
    }

    /// What can be chosen in answer to a question: options, points, the three ways of a direction question, and for
    /// rankings the items; "no opinion" where it can be chosen. The mapping's words come first.
    pub(super) fn new(question: &Question, mapped: &[(String, String)], no_opinion: &[String]) -> Self {
        let mut labels = Self::default();
        for (words, id) in mapped {
            labels.add(words, id);
        }
        let kind = &question.kind;
        if kind.has_no_opinion() {
            let own_words = match kind {
                QuestionKind::Scale(scale) | QuestionKind::Grid { scale, .. } => scale.no_opinion.as_ref(),
                _ => None,
            };
            let no_opinions = own_words
                .into_iter()
                .flat_map(Text::all)
                .chain(no_opinion.iter().map(String::as_str));
            no_opinions
                .chain([super::NO_OPINION])
                .for_each(|words| labels.add(words, super::NO_OPINION));
        }
        match kind {
            QuestionKind::Direction { .. } => {
                for (way, words) in super::WAYS.iter().zip(WAYS_IN_WORDS) {
                    for words in words {
                        labels.add(words, way);
                    }
                    labels.add(way, way);
                }
            }
            QuestionKind::Ranking { items, .. } => labels.add_items(items),
            kind => labels.add_items(kind.options()),
        }
        labels
    }

    /// The id that the words stand for.
    pub(super) fn find(&self, words: &str) -> Option<&str> {
        let plain_words = plain(words);
        self.known
            .iter()
            .find(|(known, _)| *known == plain_words)
            .map(|(_, id)| id.as_str())
    }

    /// All words, as they were written.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(String::as_str)
    }

    /// Several answers in one cell: the ids, and what stands for none. Words may hold the separator themselves, so the
    /// longest that fit are taken.
    pub(super) fn split<'c>(&self, cell: &'c str, separator: &str) -> (Vec<&str>, Vec<&'c str>) {
        let separator = if separator.trim().is_empty() {
            separator
        } else {
            separator.trim()
        };
        let ends: Vec<usize> = cell
            .match_indices(separator)
            .map(|(at, _)| at)
            .chain([cell.len()])
            .collect();
        let (mut found, mut left, mut start, mut next) = (Vec::new(), Vec::new(), 0, 0);
        while next < ends.len() {
            let reach = (next + REACH).min(ends.len());
            let longest = (next..reach)
                .rev()
                .find_map(|end| Some((end, self.find(&cell[start..ends[end]])?)));
            let end = if let Some((end, id)) = longest {
                found.push(id);
                end
            } else {
                left.extend(Some(cell[start..ends[next]].trim()).filter(|rest| !rest.is_empty()));
                next
            };
            start = (ends[end] + separator.len()).min(cell.len());
            next = end + 1;
        }
        (found, left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        let mut labels = Labels::default();
        labels.add("Bostäder, mark och vatten", "bostader");
        labels.add("Mark", "mark");
        labels.add("Kompetens", "kompetens");
        labels
    }

    #[test]
    fn spaces_case_and_composition_make_no_difference() {
        assert_eq!(plain(" O\u{308}rebro\u{a0}\nLÄN "), "örebro län");
        assert_eq!(labels().find("kompetens "), Some("kompetens"));
        assert_eq!(labels().find("Kompetenser"), None);
    }

    #[test]
    fn options_that_hold_the_separator_are_found_whole() {
        let labels = labels();
        let (found, left) = labels.split("Kompetens, Bostäder, mark och vatten, Annat, Mark", ", ");
        assert_eq!(found, ["kompetens", "bostader", "mark"]);
        assert_eq!(left, ["Annat"]);
        assert_eq!(
            labels.split("Mark;Kompetens;", ";"),
            (vec!["mark", "kompetens"], vec![])
        );
        assert_eq!(labels.split("", ";"), (vec![], vec![]));
    }
}
