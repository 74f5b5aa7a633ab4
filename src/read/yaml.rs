//! YAML text → [`Node`]s that know where they are.
//!
//! Takes the text of a file, of front matter or of a fenced block; gives a tree whose reading reports
//! every fault with its place: a key nobody reads, one that is missing, a value of another type.
//! The one module that names `serde_yaml`. Places are kept as pointers; [`super::outline`] turns
//! them into bytes, and only for files with findings.

use crate::finding::{Code, Finding, Log};
use crate::source::Origin;
use serde_yaml::Value;

/// Largest YAML text that is read, in bytes: far above any hand-kept file, far below what hurts.
const LARGEST: usize = 8 << 20;

/// Most values within values, as `serde_yaml` has it.
const DEEPEST: usize = 128;

/// The document in `text`, or `None` after a finding. An empty document is an empty mapping.
pub(crate) fn parse(text: &str, origin: &Origin, log: &Log) -> Option<Value> {
    if text.len() > LARGEST {
        log.add(Finding::new(Code::YamlLimit, origin.clone()).with("problem", format!("{} MB", text.len() >> 20)));
        return None;
    }
    let start = origin.block.map_or(0, |(start, _)| start);
    if let Some(at) = super::outline::too_deep(text, DEEPEST) {
        let place = Origin::span(&origin.file, start + at..start + at);
        log.add(Finding::new(Code::YamlLimit, place).with("problem", "recursion limit exceeded"));
        return None;
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => Some(Value::Mapping(serde_yaml::Mapping::new())),
        Ok(value) => Some(value),
        Err(error) => {
            report(&error, text, origin, log);
            None
        }
    }
}

fn report(error: &serde_yaml::Error, text: &str, origin: &Origin, log: &Log) {
    let message = error.to_string();
    if message.contains("duplicate entry") {
        let duplicates = super::outline::duplicate_keys(text, origin);
        if !duplicates.is_empty() {
            log.append(duplicates);
            return;
        }
    }
    let limit = message.contains("recursion limit") || message.contains("repetition limit");
    let code = if limit { Code::YamlLimit } else { Code::YamlSyntax };
    let offset = fault_offset(error, &message, text);
    let problem = match message.split(" at line ").next().unwrap_or(&message) {
        "found character that cannot start any token" if text[offset..].starts_with('\t') => "found a tab character",
        problem => problem,
    };
    let start = origin.block.map_or(0, |(start, _)| start);
    let place = Origin::span(&origin.file, start + offset..start + offset);
    log.add(Finding::new(code, place).with("problem", problem));
}

/// Byte at which the author should look. What is left open is shown where it begins, not where the parser gave up.
fn fault_offset(error: &serde_yaml::Error, message: &str, text: &str) -> usize {
    const LEFT_OPEN: [&str; 5] = [
        "parsing a flow sequence",
        "parsing a flow mapping",
        "scanning a quoted scalar",
        "scanning a simple key",
        "scanning an alias",
    ];
    let opened = LEFT_OPEN.iter().find_map(|context| message.split_once(&format!(", while {context} at line ")));
    let offset = match opened.and_then(|(_, place)| place.split_once(" column ")) {
        Some((line, column)) => offset_of(text, line.parse().unwrap_or(1), column.parse().unwrap_or(1)),
        None if message.contains("more than one document") => text.rfind("\n---").map_or(0, |at| at + 1),
        None => error.location().map_or(0, |location| location.index()),
    };
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Byte of a line and column, both counted from one, the column in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
}

/// A value of a document, with its place.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    value: &'a Value,
    /// Where it is.
    pub(crate) origin: Origin,
    log: &'a Log,
}

impl<'a> Node<'a> {
    pub(crate) fn new(value: &'a Value, origin: Origin, log: &'a Log) -> Self {
        Self { value, origin, log }
    }

    /// Adds a finding about this value.
    pub(crate) fn report(&self, finding: Finding) {
        self.log.add(finding);
    }

    /// A finding of this code at this value.
    pub(crate) fn finding(&self, code: Code) -> Finding {
        Finding::new(code, self.origin.clone())
    }

    fn mismatch<T>(&self, expected: &str) -> Option<T> {
        let finding = self.finding(Code::ValueType).with("expected", expected).with("found", kind(self.value));
        self.report(match self.value {
            // A code that was typed as a number is one pair of quotation marks away from right.
            Value::Number(number) if expected == "text" && number.is_u64() => {
                finding.with("near", format!("\"{number}\""))
            }
            _ => finding,
        });
        None
    }

    /// The keys of a mapping, to be read one by one.
    pub(crate) fn fields(&self) -> Option<Fields<'a>> {
        match self.value {
            Value::Mapping(map) => Some(Fields { map, origin: self.origin.clone(), log: self.log, read: Vec::new() }),
            _ => self.mismatch("mapping"),
        }
    }

    /// Text; a bare number is a finding, since `18` and `"018"` are different codes.
    pub(crate) fn string(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.clone()),
            _ => self.mismatch("text"),
        }
    }

    /// Text, a number or a truth value, as it would be typed: for periods, versions, dates.
    pub(crate) fn scalar(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(yes) => Some(yes.to_string()),
            _ => self.mismatch("text"),
        }
    }

    /// The text, when it is text; no finding otherwise.
    pub(crate) fn peek_text(&self) -> Option<&'a str> {
        self.value.as_str()
    }

    /// A finite number.
    pub(crate) fn number(&self) -> Option<f64> {
        self.number_or(|finding| finding)
    }

    /// A finite number; `explain` may add to the finding that says it is none.
    pub(crate) fn number_or(&self, explain: impl Fn(Finding) -> Finding) -> Option<f64> {
        let fault = match self.value {
            Value::Number(number) => match number.as_f64().filter(|number| number.is_finite()) {
                Some(number) => return Some(number),
                None => self.finding(Code::NumberInfinite).with("value", number),
            },
            Value::String(text) => super::number::fault(text, &self.origin),
            _ => return self.mismatch("number"),
        };
        self.report(explain(fault));
        None
    }

    /// A whole number of zero or more.
    pub(crate) fn count(&self) -> Option<u64> {
        match self.value {
            Value::Number(number) if number.as_u64().is_some() => number.as_u64(),
            _ => self.mismatch("whole number"),
        }
    }

    /// True or false.
    pub(crate) fn truth(&self) -> Option<bool> {
        match self.value {
            Value::Bool(yes) => Some(*yes),
            _ => self.mismatch("true or false"),
        }
    }

    /// One of a closed vocabulary.
    pub(crate) fn choice<T: Copy>(&self, vocabulary: &[(&str, T)]) -> Option<T> {
        let text = self.string()?;
        let found = vocabulary.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words = vocabulary.iter().map(|(word, _)| *word);
            self.report(self.finding(Code::ValueChoice).with("value", &text).near(&text, words));
        }
        found
    }

    /// The items of a list; each that fails is left out after its finding.
    pub(crate) fn list<T>(&self, item: impl Fn(&Node<'a>) -> Option<T>) -> Option<Vec<T>> {
        match self.value {
            Value::Sequence(items) => Some(
                items
                    .iter()
                    .enumerate()
                    .filter_map(|(index, value)| item(&Node::new(value, self.origin.at(&index.to_string()), self.log)))
                    .collect(),
            ),
            _ => self.mismatch("list"),
        }
    }

    /// The entries of a mapping in the order written, keys as text; each that fails is left out.
    pub(crate) fn entries<T>(&self, item: impl Fn(&str, &Node<'a>) -> Option<T>) -> Option<Vec<T>> {
        match self.value {
            Value::Mapping(map) => Some(
                map.iter()
                    .filter_map(|(key, value)| {
                        let key = key_text(key);
                        item(&key, &Node::new(value, self.origin.at(&key), self.log))
                    })
                    .collect(),
            ),
            _ => self.mismatch("mapping"),
        }
    }

    /// A number with a decimal comma between braces, of which YAML makes a number and a key: `{ 2023: 78,1 }`.
    pub(crate) fn split_number(&self, key: &str) -> Option<Finding> {
        self.value.as_mapping().and_then(|map| split_number(map, &self.origin, key))
    }

    /// Whether it is a mapping.
    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.value, Value::Mapping(_))
    }

    /// The value as JSON, for options handed on as they are.
    pub(crate) fn json(&self) -> Option<serde_json::Value> {
        match serde_json::to_value(self.value) {
            Ok(value) => Some(value),
            Err(_) => self.mismatch("plain values with text keys"),
        }
    }

    /// The findings of this reading.
    pub(crate) fn log(&self) -> &'a Log {
        self.log
    }
}

/// The keys of a mapping. Every key that is asked for is known; [`Fields::done`] reports the rest.
pub(crate) struct Fields<'a> {
    map: &'a serde_yaml::Mapping,
    /// The mapping's place.
    pub(crate) origin: Origin,
    log: &'a Log,
    read: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The node under this key; `None` when it is absent or null.
    pub(crate) fn find(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.read.push(key);
        match self.map.get(key) {
            None | Some(Value::Null) => None,
            Some(value) => Some(Node::new(value, self.origin.at(key), self.log)),
        }
    }

    /// The node under this key, even when it is null; `None` when the key is absent.
    pub(crate) fn present(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.read.push(key);
        self.map.get(key).map(|value| Node::new(value, self.origin.at(key), self.log))
    }

    /// The node under a key that must be there.
    pub(crate) fn require(&mut self, key: &'static str) -> Option<Node<'a>> {
        // A key without a value is a value of the wrong type, which whoever reads the node will say.
        let node = self.present(key);
        if node.is_none() && !self.has_misspelling_of(key) {
            self.log.add(Finding::new(Code::KeyMissing, self.origin.clone()).with("key", key));
        }
        node
    }

    /// Whether another key may be meant as this one. Then it is one fault, not two: the unknown key will be reported with
    /// this one as its near miss.
    pub(crate) fn has_misspelling_of(&self, key: &str) -> bool {
        self.map
            .keys()
            .filter_map(Value::as_str)
            .any(|written| !self.read.contains(&written) && crate::finding::nearest(written, [key]).is_some())
    }

    /// A list under a key; empty when absent.
    pub(crate) fn list<T>(&mut self, key: &'static str, item: impl Fn(&Node<'a>) -> Option<T>) -> Vec<T> {
        self.find(key).and_then(|node| node.list(item)).unwrap_or_default()
    }

    /// Adds a finding.
    pub(crate) fn report(&self, finding: Finding) {
        self.log.add(finding);
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn done(self) {
        for key in self.map.keys() {
            let key = key_text(key);
            if let Some(finding) = split_number(self.map, &self.origin, &key) {
                self.log.add(finding);
            } else if !self.read.contains(&key.as_str()) {
                let absent = self.read.iter().copied().filter(|known| !self.map.contains_key(*known));
                let finding = Finding::new(Code::KeyUnknown, self.origin.key(&key)).with("key", &key);
                self.log.add(finding.near(&key, absent));
            }
        }
    }
}

/// The finding about a key without a value that is the decimals of the number before it.
fn split_number(map: &serde_yaml::Mapping, origin: &Origin, key: &str) -> Option<Finding> {
    if !key.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let entries = || map.iter().map(|(key, value)| (key_text(key), value));
    let ((before, Value::Number(whole)), _) =
        entries().zip(entries().skip(1)).find(|(_, (own, value))| own == key && value.is_null())?
    else {
        return None;
    };
    Some(super::number::fault(&format!("{whole},{key}"), &origin.at(&before)))
}

/// A key as its author sees it: `18` and `true` are keys too.
fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => "?".to_owned(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Sequence(_) => "list",
        Value::Mapping(_) => "mapping",
        Value::Tagged(_) => "tag",
    }
}
