//! YAML text → plain values, or a finding at the byte of the fault.
//!
//! Takes the text of a document; gives `serde_yaml`'s tree. What the values mean is left to whoever walks them.

use crate::finding::message::{self, Key, Message};
use crate::finding::{Code, Finding, Log};
use crate::read::outline;
use crate::source::Origin;
use serde_yaml::Value;
use std::ops::Range;

/// Largest YAML text that is read, in bytes: far above any hand-kept file, far below what hurts.
const LARGEST: usize = 8 << 20;

/// Most values within values, as `serde_yaml` has it.
const DEEPEST: usize = 128;

/// The document in `text`, or `None` after a finding. An empty document is an empty mapping.
pub(crate) fn parse(text: &str, origin: &Origin, log: &Log) -> Option<Value> {
    if text.len() > LARGEST {
        log.add(Finding::new(Code::YamlLimit, origin.clone()).with_message("problem", message::yaml_large()));
        return None;
    }
    let start = origin.block.map_or(0, |(start, _)| start);
    if let Some(at) = outline::too_deep(text, DEEPEST) {
        let place = Origin::span(&origin.file, start + at..start + at);
        log.add(Finding::new(Code::YamlLimit, place).with_message("problem", message::yaml_depth()));
        return None;
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::String(_)) if let Some(key) = key_without_space(text, text.len()) => {
            report_key_without_space(key, origin, log);
            None
        }
        Ok(Value::Null) => Some(Value::Mapping(serde_yaml::Mapping::new())),
        Ok(value) => Some(value),
        Err(error) => {
            report(&error, text, origin, log);
            None
        }
    }
}

fn report(error: &serde_yaml::Error, text: &str, origin: &Origin, log: &Log) {
    let sentence = error.to_string();
    if sentence.contains("duplicate entry") {
        let duplicates = outline::duplicate_keys(text, origin);
        if !duplicates.is_empty() {
            log.append(duplicates);
            return;
        }
    }
    let is_colon = ["mapping values are not allowed", "could not find expected ':'"]
        .iter()
        .any(|part| sentence.contains(part));
    if is_colon && let Some(key) = key_without_space(text, fault_offset(error, &sentence, text)) {
        report_key_without_space(key, origin, log);
        return;
    }
    let limit = sentence.contains("recursion limit") || sentence.contains("repetition limit");
    let code = if limit { Code::YamlLimit } else { Code::YamlSyntax };
    let offset = fault_offset(error, &sentence, text);
    let problem = sentence.split(" at line ").next().unwrap_or(&sentence);
    let is_tab = text[offset..].starts_with('\t');
    let start = origin.block.map_or(0, |(start, _)| start);
    let place = Origin::span(&origin.file, start + offset..start + offset);
    log.add(Finding::new(code, place).with_words("problem", known(problem, is_tab), problem));
}

/// The key (`kind:trend`) that lacks the space behind its colon on the line of this byte or on those just before: YAML takes such
/// a line for text, and is surprised only by what comes after it.
fn key_without_space(text: &str, at: usize) -> Option<Range<usize>> {
    let mut end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let mut first = None;
    let mut is_own_line = true;
    loop {
        let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        let line = &text[start..end];
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let written = line[indent..].trim_end();
        let name = written.find(|character: char| !(character.is_alphanumeric() || "_-".contains(character)));
        let lacks_space = name.is_some_and(|length| {
            let rest = &written[length..];
            length > 0 && rest.starts_with(':') && rest.len() > 1 && !rest.starts_with("://") && !rest.starts_with(": ")
        });
        if lacks_space {
            first = Some(start + indent..start + indent + written.len());
        } else if !is_own_line {
            return first;
        }
        if start == 0 {
            return first;
        }
        is_own_line = false;
        end = start - 1;
    }
}

fn report_key_without_space(key: Range<usize>, origin: &Origin, log: &Log) {
    let start = origin.block.map_or(0, |(start, _)| start);
    let place = Origin::span(&origin.file, start + key.start..start + key.end);
    log.add(Finding::new(Code::YamlSyntax, place).with_message("problem", message::yaml_no_space()));
}

/// Parts of libyaml's sentences, and our own words for them; the first that fits is used.
const KNOWN: &[(&str, Key)] = &[
    ("mapping values are not allowed", message::yaml_colon),
    ("found character that cannot start any token", message::yaml_start),
    ("while scanning a quoted scalar", message::yaml_quote),
    ("found unexpected end of stream", message::yaml_quote),
    ("found unexpected document indicator", message::yaml_quote_document),
    ("found unknown escape character", message::yaml_escape),
    ("did not find expected ',' or '}'", message::yaml_brace),
    ("did not find expected ',' or ']'", message::yaml_bracket),
    ("did not find expected '-' indicator", message::yaml_dash),
    ("block sequence entries are not allowed", message::yaml_list),
    ("did not find expected key", message::yaml_line),
    ("could not find expected ':'", message::yaml_no_colon),
    ("found undefined tag handle", message::yaml_tag),
    ("unknown anchor", message::yaml_reference),
    ("found duplicate anchor", message::yaml_anchor_twice),
    (
        "did not find expected alphabetic or numeric character",
        message::yaml_reference_name,
    ),
    ("control characters are not allowed", message::yaml_control),
    ("more than one document", message::yaml_documents),
    ("did not find expected <document start>", message::yaml_rest),
    ("recursion limit exceeded", message::yaml_depth),
    ("repetition limit exceeded", message::yaml_growth),
];

/// Our words for what libyaml says, if there are any; `is_tab`: the place is a tab, which it takes for any character.
fn known(sentence: &str, is_tab: bool) -> Option<Message> {
    let find = || KNOWN.iter().find(|(part, _)| sentence.contains(part));
    match find()? {
        ("found character that cannot start any token", _) if is_tab => Some(message::yaml_tab()),
        (_, message) => Some(message()),
    }
}

/// Byte at which the author should look. What is left open is shown where it begins, not where the parser gave up.
fn fault_offset(error: &serde_yaml::Error, sentence: &str, text: &str) -> usize {
    const LEFT_OPEN: [&str; 5] = [
        "parsing a flow sequence",
        "parsing a flow mapping",
        "scanning a quoted scalar",
        "scanning a simple key",
        "scanning an alias",
    ];
    let opened = LEFT_OPEN
        .iter()
        .find_map(|context| sentence.split_once(&format!(", while {context} at line ")));
    let offset = match opened.and_then(|(_, place)| place.split_once(" column ")) {
        Some((line, column)) => offset_of(text, line.parse().unwrap_or(1), column.parse().unwrap_or(1)),
        None if sentence.contains("more than one document") => text.rfind("\n---").map_or(0, |at| at + 1),
        None => error.location().map_or(0, |location| location.index()),
    };
    (0..=offset.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Byte of a line and column, both counted from one, the column in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    text[start..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(text.len(), |(at, _)| start + at)
}
