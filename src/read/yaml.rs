//! YAML text → [`Node`]s that know where they are.
//!
//! Takes the text of a file, of front matter or of a fenced block; gives a tree whose reading reports
//! every fault with its place: a key nobody reads, one that is missing, a value of another type.
//! The one module that names `serde_yaml`. Places are kept as pointers; [`super::outline`] turns
//! them into bytes, and only for files with findings.
//!
//! A tree may also have nothing written in it: then it is a [`Probe`], which answers whatever it is asked and remembers
//! the questions. Schemas are made of those, so that no list of keys stands beside the readers.

mod parse;
mod probe;

pub(crate) use parse::parse;
pub(super) use probe::{Asked, Kind, Shape, Shapes, WORD, explore};

use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::source::Origin;
use probe::Spot;
use serde_yaml::Value;

/// What a node stands for.
#[derive(Clone)]
enum Given<'a> {
    Written(&'a Value),
    /// Nothing is written: only what is asked for counts.
    Asked(Spot<'a>),
}

/// A value of a document, with its place.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    given: Given<'a>,
    /// Where it is.
    pub(crate) origin: Origin,
    log: &'a Log,
}

impl<'a> Node<'a> {
    pub(crate) fn new(value: &'a Value, origin: Origin, log: &'a Log) -> Self {
        Self {
            given: Given::Written(value),
            origin,
            log,
        }
    }

    /// The value; nothing but a note of what was asked where nothing is written.
    fn value(&self, asked: Kind) -> Option<&'a Value> {
        match &self.given {
            Given::Written(value) => Some(value),
            Given::Asked(spot) => {
                spot.note(asked);
                None
            }
        }
    }

    /// Adds a finding about this value.
    pub(crate) fn report(&self, finding: Finding) {
        self.log.add(finding);
    }

    /// A finding of this code at this value.
    pub(crate) fn finding(&self, code: Code) -> Finding {
        Finding::new(code, self.origin.clone())
    }

    fn mismatch<T>(&self, value: &Value, expected: Message) -> Option<T> {
        let is_text = expected == message::a_text();
        let finding = self
            .finding(Code::ValueType)
            .with_message("expected", expected)
            .with_message("found", kind(value));
        self.report(match value {
            // A code that was typed as a number is one pair of quotation marks away from right.
            Value::Number(number) if is_text && number.is_u64() => finding.with("near", format!("\"{number}\"")),
            _ => finding,
        });
        None
    }

    /// The keys of a mapping, to be read one by one.
    pub(crate) fn fields(&self) -> Option<Fields<'a>> {
        let given = match &self.given {
            Given::Written(Value::Mapping(map)) => Keys::Written(map),
            Given::Written(value) => return self.mismatch(value, message::a_mapping()),
            Given::Asked(spot) => {
                spot.note(Kind::Mapping);
                Keys::Asked(spot.clone())
            }
        };
        Some(Fields {
            given,
            origin: self.origin.clone(),
            log: self.log,
            read: Vec::new(),
        })
    }

    /// Text; a bare number is a finding, since `18` and `"018"` are different codes.
    pub(crate) fn string(&self) -> Option<String> {
        match self.value(Kind::Text) {
            None => Some(WORD.to_owned()),
            Some(Value::String(text)) => Some(text.clone()),
            Some(value) => self.mismatch(value, message::a_text()),
        }
    }

    /// Text, a number or a truth value, as it would be typed: for periods, versions, dates.
    pub(crate) fn scalar(&self) -> Option<String> {
        match self.value(Kind::Scalar) {
            None => Some(WORD.to_owned()),
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(Value::Bool(yes)) => Some(yes.to_string()),
            Some(value) => self.mismatch(value, message::a_text()),
        }
    }

    /// The text, when it is text; no finding otherwise.
    pub(crate) fn peek_text(&self) -> Option<&'a str> {
        match &self.given {
            Given::Written(value) => value.as_str(),
            Given::Asked(spot) => spot.decide("~", ["text", "other"]).eq("text").then_some(WORD),
        }
    }

    /// A finite number.
    pub(crate) fn number(&self) -> Option<f64> {
        self.number_or(|finding| finding)
    }

    /// A finite number; `explain` may add to the finding that says it is none.
    pub(crate) fn number_or(&self, explain: impl Fn(Finding) -> Finding) -> Option<f64> {
        let fault = match self.value(Kind::Number) {
            None => return Some(1.0),
            Some(Value::Number(number)) => match number.as_f64().filter(|number| number.is_finite()) {
                Some(number) => return Some(number),
                None => self.finding(Code::NumberInfinite).with("value", number),
            },
            Some(Value::String(text)) => super::number::fault(text, &self.origin),
            Some(value) => return self.mismatch(value, message::a_number()),
        };
        self.report(explain(fault));
        None
    }

    /// A whole number of zero or more.
    pub(crate) fn count(&self) -> Option<u64> {
        match self.value(Kind::Count) {
            None => Some(1),
            Some(Value::Number(number)) if number.as_u64().is_some() => number.as_u64(),
            Some(value) => self.mismatch(value, message::a_whole_number()),
        }
    }

    /// True or false.
    pub(crate) fn truth(&self) -> Option<bool> {
        match self.value(Kind::Truth) {
            None => Some(true),
            Some(Value::Bool(yes)) => Some(*yes),
            Some(value) => self.mismatch(value, message::true_or_false()),
        }
    }

    /// One of a closed vocabulary.
    pub(crate) fn choice<T: Copy>(&self, vocabulary: &[(&str, T)]) -> Option<T> {
        let words = vocabulary.iter().map(|(word, _)| *word);
        let text = match &self.given {
            Given::Written(_) => self.string()?,
            Given::Asked(spot) => spot.choose(words.clone()),
        };
        let found = vocabulary
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value);
        if found.is_none() {
            self.report(self.finding(Code::ValueChoice).with("value", &text).near(&text, words));
        }
        found
    }

    /// Whether this is text that is meant as a word of the vocabulary, well or badly spelt.
    pub(crate) fn is_near<T>(&self, vocabulary: &[(&str, T)]) -> bool {
        match &self.given {
            Given::Asked(_) => self.peek_text().is_some(),
            Given::Written(value) => {
                let words = vocabulary.iter().map(|(word, _)| *word);
                value
                    .as_str()
                    .is_some_and(|text| crate::finding::nearest(text, words).is_some())
            }
        }
    }

    /// The items of a list; each that fails is left out after its finding.
    pub(crate) fn list<T>(&self, item: impl Fn(&Node<'a>) -> Option<T>) -> Option<Vec<T>> {
        match &self.given {
            Given::Written(Value::Sequence(items)) => Some(
                items
                    .iter()
                    .enumerate()
                    .filter_map(|(index, value)| item(&Node::new(value, self.origin.at(&index.to_string()), self.log)))
                    .collect(),
            ),
            Given::Written(value) => self.mismatch(value, message::a_list()),
            Given::Asked(spot) => {
                spot.note(Kind::List);
                Some(item(&self.asked(spot.item())).into_iter().collect())
            }
        }
    }

    /// The entries of a mapping in the order written, keys as text; each that fails is left out.
    pub(crate) fn entries<T>(&self, item: impl Fn(&str, &Node<'a>) -> Option<T>) -> Option<Vec<T>> {
        match &self.given {
            Given::Written(Value::Mapping(map)) => Some(
                map.iter()
                    .filter_map(|(key, value)| {
                        let key = key_text(key);
                        item(&key, &Node::new(value, self.origin.at(&key), self.log))
                    })
                    .collect(),
            ),
            Given::Written(value) => self.mismatch(value, message::a_mapping()),
            Given::Asked(spot) => {
                spot.note(Kind::Entries);
                Some(item(WORD, &self.asked(spot.entry())).into_iter().collect())
            }
        }
    }

    /// A node at a spot below this one.
    fn asked(&self, spot: Spot<'a>) -> Node<'a> {
        Node {
            given: Given::Asked(spot),
            origin: self.origin.clone(),
            log: self.log,
        }
    }

    /// A number with a decimal comma between braces, of which YAML makes a number and a key: `{ 2023: 78,1 }`.
    pub(crate) fn split_number(&self, key: &str) -> Option<Finding> {
        match &self.given {
            Given::Written(value) => value.as_mapping().and_then(|map| split_number(map, &self.origin, key)),
            Given::Asked(_) => None,
        }
    }

    /// Whether it is a mapping.
    pub(crate) fn is_mapping(&self) -> bool {
        match &self.given {
            Given::Written(value) => value.is_mapping(),
            Given::Asked(spot) => spot.is_mapping(),
        }
    }

    /// The value as JSON, for options handed on as they are.
    pub(crate) fn json(&self) -> Option<serde_json::Value> {
        let Some(value) = self.value(Kind::Any) else {
            return Some(serde_json::Value::Null);
        };
        match serde_json::to_value(value) {
            Ok(value) => Some(value),
            Err(_) => self.mismatch(value, message::plain_values()),
        }
    }

    /// The findings of this reading.
    pub(crate) fn log(&self) -> &'a Log {
        self.log
    }
}

/// The keys of a mapping. Every key that is asked for is known; [`Fields::done`] reports the rest.
pub(crate) struct Fields<'a> {
    given: Keys<'a>,
    /// The mapping's place.
    pub(crate) origin: Origin,
    log: &'a Log,
    read: Vec<&'static str>,
}

enum Keys<'a> {
    Written(&'a serde_yaml::Mapping),
    Asked(Spot<'a>),
}

impl<'a> Fields<'a> {
    /// The node under this key; `None` when it is absent or null.
    pub(crate) fn find(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.ask(key, Asked::Optional)
            .filter(|node| !matches!(node.given, Given::Written(Value::Null)))
    }

    /// The node under this key, even when it is null; `None` when the key is absent.
    pub(crate) fn present(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.ask(key, Asked::Present)
    }

    /// The node under a key that must be there.
    pub(crate) fn require(&mut self, key: &'static str) -> Option<Node<'a>> {
        // A key without a value is a value of the wrong type, which whoever reads the node will say.
        let node = self.ask(key, Asked::Required);
        if node.is_none() && !self.has_misspelling_of(key) {
            self.log
                .add(Finding::new(Code::KeyMissing, self.origin.clone()).with("key", key));
        }
        node
    }

    fn ask(&mut self, key: &'static str, how: Asked) -> Option<Node<'a>> {
        self.read.push(key);
        let given = match &self.given {
            Keys::Written(map) => Given::Written(map.get(key)?),
            Keys::Asked(spot) => Given::Asked(spot.key(key, how)?),
        };
        Some(Node {
            given,
            origin: self.origin.at(key),
            log: self.log,
        })
    }

    /// Whether another key may be meant as this one. Then it is one fault, not two: the unknown key will be reported with
    /// this one as its near miss.
    pub(crate) fn has_misspelling_of(&self, key: &str) -> bool {
        let Keys::Written(map) = self.given else { return false };
        map.keys()
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
        let Keys::Written(map) = self.given else { return };
        for key in map.keys() {
            let key = key_text(key);
            if let Some(finding) = split_number(map, &self.origin, &key) {
                self.log.add(finding);
            } else if !self.read.contains(&key.as_str()) {
                let absent = self.read.iter().copied().filter(|known| !map.contains_key(*known));
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
    let ((before, Value::Number(whole)), _) = entries()
        .zip(entries().skip(1))
        .find(|(_, (own, value))| own == key && value.is_null())?
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

fn kind(value: &Value) -> Message {
    match value {
        Value::Null => message::nothing(),
        Value::Bool(_) => message::true_or_false(),
        Value::Number(_) => message::a_number(),
        Value::String(_) => message::a_text(),
        Value::Sequence(_) => message::a_list(),
        Value::Mapping(_) => message::a_mapping(),
        Value::Tagged(_) => message::a_tag(),
    }
}
