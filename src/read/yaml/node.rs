//! A value of a document, and the ways in which readers look at it.
//!
//! Takes a value as parsed, or a spot of a probe; gives text, numbers, lists and so on, or `None` after a finding.

use super::probe::{ENTRY, ITEM, Kind, Spot};
use super::{Fields, fields::split_number};
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::Text;
use crate::read::expressions::{Expressions, has_braces};
use crate::read::text_links::lost_links;
use crate::source::Origin;
use serde_yaml::Value;

/// A value of a document, with its place.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    /// As written; of a probe's node a text of no meaning.
    value: &'a Value,
    /// Present when nothing is written and only what is asked for counts.
    spot: Option<Spot<'a>>,
    /// The value's place.
    pub(crate) origin: Origin,
    expressions: Expressions<'a>,
    log: &'a Log,
}

impl<'a> Node<'a> {
    pub(crate) fn new(value: &'a Value, origin: Origin, expressions: Expressions<'a>, log: &'a Log) -> Self {
        Self {
            value,
            spot: None,
            origin,
            expressions,
            log,
        }
    }

    /// A node where nothing is written.
    pub(super) fn probe(spot: Spot<'a>, origin: Origin, log: &'a Log) -> Self {
        Self {
            value: Spot::value(&Kind::Text),
            spot: Some(spot),
            origin,
            expressions: Expressions::Unread,
            log,
        }
    }

    /// The value, to be read in this way; a probe notes the way and gives a value that can be.
    fn value(&self, kind: Kind) -> &'a Value {
        match &self.spot {
            None => self.value,
            Some(spot) => {
                let value = Spot::value(&kind);
                spot.note(kind);
                value
            }
        }
    }

    /// Whether it is a key without a value.
    pub(super) fn is_null(&self) -> bool {
        self.value.is_null()
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
            .with_message("found", type_name(value));
        self.report(match value {
            // A code that was typed as a number is one pair of quotation marks away from right.
            Value::Number(number) if is_text && number.is_u64() => finding.with("near", format!("\"{number}\"")),
            _ => finding,
        });
        None
    }

    /// The keys of a mapping, to be read one by one.
    pub(crate) fn fields(&self) -> Option<Fields<'a>> {
        match self.value(Kind::Mapping) {
            Value::Mapping(map) => Some(Fields::new(
                map,
                self.spot.clone(),
                self.origin.clone(),
                (self.expressions, self.log),
            )),
            value => self.mismatch(value, message::a_mapping()),
        }
    }

    /// Text that is no running text, such as an id; a bare number is a finding, since `18` and `"018"` are different codes.
    pub(crate) fn string(&self) -> Option<String> {
        match self.value(Kind::Text) {
            Value::String(text) => self.without_expressions(text.clone()),
            value => self.mismatch(value, message::a_text()),
        }
    }

    /// Running text in this language, with its expressions evaluated; the language is empty where the author named none.
    pub(crate) fn prose(&self, language: &str) -> Option<String> {
        match self.value(Kind::Text) {
            Value::String(text) => {
                for (target, _) in lost_links(text) {
                    self.report(self.finding(Code::LinkText).with("target", target));
                }
                Some(self.expressions.text(text, language, &self.origin, self.log))
            }
            value => self.mismatch(value, message::a_text()),
        }
    }

    /// The text, unless it holds expressions, which are not evaluated here.
    fn without_expressions(&self, text: String) -> Option<String> {
        if !has_braces(&text) {
            return Some(text);
        }
        self.report(
            self.finding(Code::ExpressionHere)
                .with("value", text.replace(['{', '}'], "").trim()),
        );
        None
    }

    /// Text, a number or a truth value, as it would be typed: for periods, versions, dates.
    pub(crate) fn scalar(&self) -> Option<String> {
        match self.value(Kind::Scalar) {
            Value::String(text) => self.without_expressions(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(yes) => Some(yes.to_string()),
            value => self.mismatch(value, message::a_text()),
        }
    }

    /// Running text in one language or several, with its expressions evaluated.
    pub(crate) fn text(&self) -> Option<Text> {
        self.in_languages(|language, node| node.prose(language))
    }

    /// A name in one language or several: it serves to find and to compare, so it holds no expressions.
    pub(crate) fn name(&self) -> Option<Text> {
        self.in_languages(|_, node| node.string())
    }

    fn in_languages(&self, read: impl Fn(&str, &Node<'a>) -> Option<String>) -> Option<Text> {
        if self.is_mapping() {
            self.entries(|language, node| Some((language.to_owned(), read(language, node)?)))
                .map(Text::by_language)
        } else {
            read("", self).map(Text::plain)
        }
    }

    /// The id of another thing, and where it stands.
    pub(crate) fn reference(&self) -> Option<(String, Origin)> {
        Some((self.string()?, self.origin.clone()))
    }

    /// The text, when it is text; no finding otherwise.
    pub(crate) fn peek_text(&self) -> Option<&'a str> {
        match &self.spot {
            None => self.value.as_str(),
            Some(spot) => spot.peek_text(),
        }
    }

    /// A finite number.
    pub(crate) fn number(&self) -> Option<f64> {
        self.number_or(|finding| finding)
    }

    /// A finite number; `explain` may add to the finding that says it is none.
    pub(crate) fn number_or(&self, explain: impl Fn(Finding) -> Finding) -> Option<f64> {
        let fault = match self.value(Kind::Number) {
            Value::Number(number) => match number.as_f64().filter(|number| number.is_finite()) {
                Some(number) => return Some(number),
                None => self.finding(Code::NumberInfinite).with("value", number),
            },
            Value::String(text) => crate::read::number::fault(text, &self.origin),
            value => return self.mismatch(value, message::a_number()),
        };
        self.report(explain(fault));
        None
    }

    /// A whole number of zero or more.
    pub(crate) fn count(&self) -> Option<u64> {
        match self.value(Kind::Count) {
            Value::Number(number) if number.as_u64().is_some() => number.as_u64(),
            value => self.mismatch(value, message::a_whole_number()),
        }
    }

    /// True or false.
    pub(crate) fn truth(&self) -> Option<bool> {
        match self.value(Kind::Truth) {
            Value::Bool(yes) => Some(*yes),
            value => self.mismatch(value, message::true_or_false()),
        }
    }

    /// One of a closed vocabulary.
    pub(crate) fn choice<T: Copy>(&self, vocabulary: &[(&str, T)]) -> Option<T> {
        let words = vocabulary.iter().map(|(word, _)| *word);
        let text = match &self.spot {
            None => self.string()?,
            Some(spot) => spot.choose(words.clone()),
        };
        let choice = vocabulary
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value);
        if choice.is_none() {
            self.report(self.finding(Code::ValueChoice).with("value", &text).near(&text, words));
        }
        choice
    }

    /// Whether this is text that is meant as a word of the vocabulary, well or badly spelt.
    pub(crate) fn is_near<T>(&self, vocabulary: &[(&str, T)]) -> bool {
        let words = vocabulary.iter().map(|(word, _)| *word);
        self.peek_text()
            .is_some_and(|text| self.spot.is_some() || crate::finding::nearest(text, words).is_some())
    }

    /// The items of a list; each that fails is left out after its finding.
    pub(crate) fn list<T>(&self, item: impl Fn(&Node<'a>) -> Option<T>) -> Option<Vec<T>> {
        let Value::Sequence(items) = self.value(Kind::List) else {
            return self.mismatch(self.value, message::a_list());
        };
        let nodes = items
            .iter()
            .enumerate()
            .map(|(index, value)| self.below(value, &index.to_string(), ITEM));
        Some(nodes.filter_map(|node| item(&node)).collect())
    }

    /// The entries of a mapping in the order written, keys as text; each that fails is left out.
    pub(crate) fn entries<T>(&self, item: impl Fn(&str, &Node<'a>) -> Option<T>) -> Option<Vec<T>> {
        let Value::Mapping(map) = self.value(Kind::Entries) else {
            return self.mismatch(self.value, message::a_mapping());
        };
        let entries = map.iter().filter_map(|(key, value)| {
            let key = key_text(key);
            item(&key, &self.below(value, &key, ENTRY))
        });
        Some(entries.collect())
    }

    /// A value in this list or mapping; `part` is its place there, `step` how a probe calls it.
    fn below(&self, value: &'a Value, part: &str, step: &str) -> Node<'a> {
        Node {
            value,
            spot: self.spot.as_ref().map(|spot| spot.below(step)),
            origin: self.origin.at(part),
            expressions: self.expressions,
            log: self.log,
        }
    }

    /// A number with a decimal comma between braces, of which YAML makes a number and a key: `{ 2023: 78,1 }`.
    pub(crate) fn split_number(&self, key: &str) -> Option<Finding> {
        split_number(self.value.as_mapping()?, &self.origin, key)
    }

    /// Whether it is a mapping.
    pub(crate) fn is_mapping(&self) -> bool {
        self.spot.as_ref().map_or(self.value.is_mapping(), Spot::is_mapping)
    }

    /// The value as JSON, for options handed on as they are.
    pub(crate) fn json(&self) -> Option<serde_json::Value> {
        let value = self.value(Kind::Any);
        match serde_json::to_value(value) {
            Ok(value) => match first_expression(&value) {
                Some(text) => self.without_expressions(text.to_owned()).map(|_| value),
                None => Some(value),
            },
            Err(_) => self.mismatch(value, message::plain_values()),
        }
    }

    /// The findings of this reading.
    pub(crate) fn log(&self) -> &'a Log {
        self.log
    }
}

/// The first text in a value of JSON that holds an expression. Charts have braces of their own, which end as `}}` too.
fn first_expression(value: &serde_json::Value) -> Option<&str> {
    match value {
        serde_json::Value::String(text) => {
            Some(text.as_str()).filter(|text| text.contains("{{") || text.contains("{%"))
        }
        serde_json::Value::Array(items) => items.iter().find_map(first_expression),
        serde_json::Value::Object(entries) => entries.values().find_map(first_expression),
        _ => None,
    }
}

/// A key as its author sees it: `18` and `true` are keys too.
pub(super) fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => "?".to_owned(),
    }
}

fn type_name(value: &Value) -> Message {
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
