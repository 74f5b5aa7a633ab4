//! The places of the parts of a YAML text: pointers → bytes.
//!
//! A second, lazy pass with saphyr-parser, made only over texts with findings. Knows nothing of what the
//! document means; a text that cannot be parsed to its end gives the places up to the fault.

use crate::finding::{Code, Finding};
use crate::source::{At, Origin};
use saphyr_parser::{Event, Parser, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Places by pointer.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    values: BTreeMap<String, Range<usize>>,
    /// Values that are neither mappings nor lists, as parsed: without quotation marks, comments and escapes.
    texts: BTreeMap<String, String>,
    keys: BTreeMap<String, Range<usize>>,
    duplicates: Vec<(String, String, Range<usize>, Range<usize>)>,
}

impl Outline {
    /// The outline of this text.
    pub(crate) fn of(text: &str) -> Self {
        Builder::new(text).build()
    }

    /// Bytes of this place; of the nearest thing around it when it does not exist (a missing key).
    pub(crate) fn find(&self, at: &At) -> Range<usize> {
        let (pointer, is_key) = match at {
            At::Value(pointer) | At::Within(pointer, _) => (pointer.as_str(), false),
            At::Key(pointer) => (pointer.as_str(), true),
            At::Whole | At::Cell(..) => ("", false),
            At::Span(start, end) => return *start..*end,
        };
        if is_key && let Some(span) = self.keys.get(pointer) {
            return span.clone();
        }
        let mut pointer = pointer;
        loop {
            // A mapping or list is shown by its key, or by where it begins, rather than by all its lines.
            if let Some(span) = self.keys.get(pointer).filter(|_| self.is_collection(pointer)) {
                return span.clone();
            }
            if let Some(span) = self.values.get(pointer) {
                return if pointer.is_empty() || self.is_collection(pointer) {
                    span.start..span.start
                } else {
                    span.clone()
                };
            }
            match pointer.rfind('/') {
                Some(at) => pointer = &pointer[..at],
                None => return 0..0,
            }
        }
    }

    fn is_collection(&self, pointer: &str) -> bool {
        let below = format!("{pointer}/");
        self.values
            .range(below.clone()..)
            .next()
            .is_some_and(|(next, _)| next.starts_with(&below))
    }
}

/// A value of a YAML text that is neither a mapping nor a list.
#[derive(Clone, Debug)]
pub(crate) struct YamlValue {
    /// Place in the document, as a JSON pointer.
    pub(crate) pointer: String,
    /// The value as parsed: without quotation marks, comments and escapes.
    pub(crate) text: String,
    /// Bytes of the text that it takes.
    pub(crate) span: Range<usize>,
}

/// The values of a YAML text that are no mappings or lists, in their order; keys and comments are left out.
pub(crate) fn yaml_values(text: &str) -> Vec<YamlValue> {
    let outline = Outline::of(text);
    let texts = outline.texts.into_iter();
    let mut values: Vec<YamlValue> = texts
        .filter_map(|(pointer, text)| {
            let span = outline.values.get(&pointer)?.clone();
            Some(YamlValue { pointer, text, span })
        })
        .collect();
    values.sort_by_key(|value| value.span.start);
    values
}

/// A finding for every key that stands twice in one mapping.
pub(crate) fn duplicate_keys(text: &str, origin: &Origin) -> Vec<Finding> {
    let start = origin.block.map_or(0, |(start, _)| start);
    let shift = |span: &Range<usize>| Origin::span(&origin.file, start + span.start..start + span.end);
    let mut findings = Vec::new();
    for (_, key, first, second) in Outline::of(text).duplicates {
        match (comma_number(text, &first), comma_number(text, &second)) {
            (None, None) => {
                findings.push(
                    Finding::new(Code::KeyDuplicate, shift(&second))
                        .with("key", key)
                        .beside(shift(&first)),
                );
            }
            split => {
                let numbers = [split.0, split.1].into_iter().flatten();
                findings.extend(numbers.map(|number| super::number::fault(&text[number.clone()], &shift(&number))));
            }
        }
    }
    findings
}

/// Bytes of a number with a decimal comma whose decimals YAML takes for this key, as in `{ 2023: 78,1 }`.
fn comma_number(text: &str, key: &Range<usize>) -> Option<Range<usize>> {
    let whole = text[..key.start]
        .strip_suffix(',')?
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '-')
        .len();
    let digits = text[key.clone()].bytes().all(|byte| byte.is_ascii_digit());
    (digits && whole + 1 < key.start).then_some(whole..key.end)
}

/// Byte of the first value that lies deeper than `deepest`.
///
/// The parser behind `serde_yaml` takes time in the square of the depth before it refuses, so a text with
/// many brackets is measured first; other texts cannot be that deep at that cost.
pub(crate) fn too_deep(text: &str, deepest: usize) -> Option<usize> {
    if text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() <= deepest {
        return None;
    }
    let mut depth = 0;
    for event in Parser::new_from_str(text) {
        let mark = match event {
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), span)) => {
                depth += 1;
                span.start
            }
            Ok((event, span)) => {
                depth -= usize::from(matches!(event, Event::MappingEnd | Event::SequenceEnd));
                span.start
            }
            Err(error) if error.info() == "recursion limit exceeded" => {
                depth = deepest + 1;
                *error.marker()
            }
            Err(_) => return None,
        };
        if depth > deepest {
            return text
                .char_indices()
                .nth(mark.index())
                .map(|(at, _)| at)
                .or(Some(text.len()));
        }
    }
    None
}

/// An open mapping or sequence.
struct Open {
    pointer: String,
    start: usize,
    /// Key waiting for its value (mappings) or the next index (sequences).
    slot: Slot,
    seen: BTreeMap<String, Range<usize>>,
}

enum Slot {
    Key,
    Value(String),
    Index(usize),
}

struct Builder<'t> {
    text: &'t str,
    /// Byte offset of every character, since the parser counts characters.
    offsets: Vec<usize>,
    open: Vec<Open>,
    outline: Outline,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self {
            text,
            offsets,
            open: Vec::new(),
            outline: Outline::default(),
        }
    }

    fn build(mut self) -> Outline {
        let text = self.text;
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            let bytes = self.bytes(span);
            match event {
                Event::Scalar(value, ..) => self.scalar(&value, bytes),
                Event::Alias(_) => self.scalar("", bytes),
                Event::MappingStart(..) => self.start(bytes.start, true),
                Event::SequenceStart(..) => self.start(bytes.start, false),
                Event::MappingEnd | Event::SequenceEnd => self.end(bytes.end),
                _ => {}
            }
        }
        while !self.open.is_empty() {
            self.end(text.len());
        }
        self.outline
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let at = |index: usize| self.offsets[index.min(self.offsets.len() - 1)];
        at(span.start.index())..at(span.end.index())
    }

    /// Pointer of the value that comes next, moving on to the slot after it.
    fn next_pointer(&mut self) -> String {
        match self.open.last_mut() {
            None => String::new(),
            Some(open) => match &mut open.slot {
                Slot::Index(index) => {
                    *index += 1;
                    format!("{}/{}", open.pointer, *index - 1)
                }
                Slot::Value(key) => {
                    let pointer = format!("{}/{key}", open.pointer);
                    open.slot = Slot::Key;
                    pointer
                }
                Slot::Key => format!("{}/?", open.pointer),
            },
        }
    }

    fn scalar(&mut self, value: &str, bytes: Range<usize>) {
        if let Some(open) = self.open.last_mut()
            && matches!(open.slot, Slot::Key)
        {
            let key = value.replace('~', "~0").replace('/', "~1");
            let pointer = format!("{}/{key}", open.pointer);
            if let Some(first) = open.seen.insert(key.clone(), bytes.clone()) {
                self.outline
                    .duplicates
                    .push((pointer.clone(), value.to_owned(), first, bytes.clone()));
            }
            open.slot = Slot::Value(key);
            self.outline.keys.insert(pointer, bytes);
            return;
        }
        let pointer = self.next_pointer();
        self.outline.texts.insert(pointer.clone(), value.to_owned());
        self.outline.values.insert(pointer, bytes);
    }

    fn start(&mut self, start: usize, mapping: bool) {
        let pointer = self.next_pointer();
        let slot = if mapping { Slot::Key } else { Slot::Index(0) };
        self.open.push(Open {
            pointer,
            start,
            slot,
            seen: BTreeMap::new(),
        });
    }

    fn end(&mut self, end: usize) {
        if let Some(open) = self.open.pop() {
            let end = self.text[..end].trim_end().len().max(open.start);
            self.outline.values.insert(open.pointer, open.start..end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'t>(text: &'t str, at: &At) -> &'t str {
        &text[Outline::of(text).find(at)]
    }

    #[test]
    fn values_and_keys_are_found_in_bytes() {
        let text = "namn: Örebro\nvärden:\n  - { år: 2020, v: tjugo }\n";
        assert_eq!(find(text, &At::Value("/namn".into())), "Örebro");
        assert_eq!(find(text, &At::Value("/värden/0/v".into())), "tjugo");
        assert_eq!(find(text, &At::Key("/värden/0/år".into())), "år");
    }

    #[test]
    fn a_missing_key_is_shown_at_what_should_hold_it() {
        assert_eq!(
            find("unit:\n  kind: percent\n", &At::Value("/unit/decimals".into())),
            "unit"
        );
    }

    #[test]
    fn values_are_given_as_parsed() {
        let text = "a: \"\u{2026}\"  # why\nb: { c: 'it''s', d: [x] }\ne: >-\n  one\n  two\n";
        let found: Vec<_> = yaml_values(text)
            .into_iter()
            .map(|value| (value.pointer, value.text))
            .collect();
        let expected = [("/a", "…"), ("/b/c", "it's"), ("/b/d/0", "x"), ("/e", "one two")];
        assert_eq!(
            found,
            expected.map(|(pointer, text)| (pointer.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn every_duplicate_is_found() {
        let origin = Origin::file(&"x".into());
        assert_eq!(duplicate_keys("a: 1\nb: { c: 1, c: 2 }\na: 3\n", &origin).len(), 2);
    }

    #[test]
    fn depth_is_measured_without_reading_on() {
        assert_eq!(too_deep("[[a]]", 2), None);
        assert_eq!(too_deep("- {a: [[b]]}", 2), Some(6));
        assert!(too_deep(&"[".repeat(4 << 20), 128).is_some());
    }

    #[test]
    fn decimals_are_not_taken_for_keys() {
        let text = "{ 2023: 78,1, 2024: 79,1 }";
        let findings = duplicate_keys(text, &Origin::file(&"x".into()));
        assert_eq!(
            findings
                .iter()
                .filter_map(|finding| finding.argument("value"))
                .collect::<Vec<_>>(),
            ["78,1", "79,1"]
        );
    }
}
