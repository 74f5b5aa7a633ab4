//! The keys of a mapping, read one by one.
//!
//! Every key that is asked for is remembered, so that [`Fields::done`] can report the rest.

use super::Node;
use super::node::key_text;
use super::probe::{Presence, Spot};
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding, Log};
use crate::model::Text;
use crate::read::expressions::Expressions;
use crate::source::Origin;
use serde_yaml::{Mapping, Value};

/// The keys of a mapping. Every key that is asked for is known; [`Fields::done`] reports the rest.
pub(crate) struct Fields<'a> {
    /// As written; of a probe's mapping empty.
    map: &'a Mapping,
    spot: Option<Spot<'a>>,
    /// The mapping's place.
    pub(crate) origin: Origin,
    expressions: Expressions<'a>,
    log: &'a Log,
    /// Keys that have been asked for.
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        map: &'a Mapping,
        spot: Option<Spot<'a>>,
        origin: Origin,
        (expressions, log): (Expressions<'a>, &'a Log),
    ) -> Self {
        Self {
            map,
            spot,
            origin,
            expressions,
            log,
            known: Vec::new(),
        }
    }

    /// The node under this key; `None` when it is absent or null.
    pub(crate) fn find(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.ask(key, Presence::Optional).filter(|node| !node.is_null())
    }

    /// The node under this key, even when it is null; `None` when the key is absent.
    pub(crate) fn present(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.ask(key, Presence::Present)
    }

    /// The node under a key that must be there.
    pub(crate) fn require(&mut self, key: &'static str) -> Option<Node<'a>> {
        // A key without a value is a value of the wrong type, which whoever reads the node will say.
        let node = self.ask(key, Presence::Required);
        if node.is_none() && !self.has_misspelling_of(key) {
            self.log
                .add(Finding::new(Code::KeyMissing, self.origin.clone()).with("key", key));
        }
        node
    }

    fn ask(&mut self, key: &'static str, presence: Presence) -> Option<Node<'a>> {
        self.known.push(key);
        let origin = self.origin.at(key);
        match &self.spot {
            None => Some(Node::new(self.map.get(key)?, origin, self.expressions, self.log)),
            Some(spot) => Some(Node::probe(spot.key(key, presence)?, origin, self.log)),
        }
    }

    /// Whether another key may be meant as this one. Then it is one fault, not two: the unknown key will be reported with
    /// this one as its near miss.
    pub(crate) fn has_misspelling_of(&self, key: &str) -> bool {
        self.map
            .keys()
            .filter_map(Value::as_str)
            .any(|written| !self.known.contains(&written) && crate::finding::nearest(written, [key]).is_some())
    }

    /// The value under a key that may be absent or null; also `None` when `read` has reported it.
    pub(crate) fn optional<T>(&mut self, key: &'static str, read: impl FnOnce(&Node<'a>) -> Option<T>) -> Option<T> {
        self.find(key).and_then(|node| read(&node))
    }

    /// The value under a key that must be there; `None` after a finding.
    pub(crate) fn required<T>(&mut self, key: &'static str, read: impl FnOnce(&Node<'a>) -> Option<T>) -> Option<T> {
        self.require(key).and_then(|node| read(&node))
    }

    /// A list under a key; empty when absent.
    pub(crate) fn list<T>(&mut self, key: &'static str, item: impl Fn(&Node<'a>) -> Option<T>) -> Vec<T> {
        self.optional(key, |node| node.list(item)).unwrap_or_default()
    }

    /// A list under a key that must be there; empty after a finding.
    pub(crate) fn required_list<T>(&mut self, key: &'static str, item: impl Fn(&Node<'a>) -> Option<T>) -> Vec<T> {
        self.required(key, |node| node.list(item)).unwrap_or_default()
    }

    /// The entries of a mapping under a key; empty when absent.
    pub(crate) fn entries<T>(&mut self, key: &'static str, item: impl Fn(&str, &Node<'a>) -> Option<T>) -> Vec<T> {
        self.optional(key, |node| node.entries(item)).unwrap_or_default()
    }

    /// Text in one language or several; empty when absent.
    pub(crate) fn text(&mut self, key: &'static str) -> Text {
        self.optional(key, Node::text).unwrap_or_default()
    }

    /// Text in one language or several; `usual` when absent or empty.
    pub(crate) fn text_or(&mut self, key: &'static str, usual: &Text) -> Text {
        let text = self.text(key);
        if text.is_empty() { usual.clone() } else { text }
    }

    /// A name in one language or several; `usual` when absent or empty.
    pub(crate) fn name_or(&mut self, key: &'static str, usual: &Text) -> Text {
        let name = self.name(key);
        if name.is_empty() { usual.clone() } else { name }
    }

    /// A name in one language or several, without expressions; empty when absent.
    pub(crate) fn name(&mut self, key: &'static str) -> Text {
        self.optional(key, Node::name).unwrap_or_default()
    }

    /// Text of no language, a number or a truth value, as it is typed; empty when absent.
    pub(crate) fn string(&mut self, key: &'static str) -> String {
        self.optional(key, Node::scalar).unwrap_or_default()
    }

    /// True or false; false when absent.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        self.optional(key, Node::truth).unwrap_or(false)
    }

    /// Reports keys of which exactly one must be there, when none or several are. A misspelt one is reported by itself.
    pub(crate) fn exactly_one(&self, found: &[(&str, &Option<Node<'a>>)], none: Message) {
        let keys: Vec<String> = found.iter().map(|(key, _)| format!("`{key}`")).collect();
        let fault = |at: &Origin, number: Message| {
            let finding = Finding::new(Code::KeyChoice, at.clone());
            finding.with("keys", keys.join(", ")).with_message("found", number)
        };
        let present: Vec<&Node<'_>> = found.iter().filter_map(|(_, node)| node.as_ref()).collect();
        match &present[..] {
            [_] => {}
            [] if found.iter().any(|(key, _)| self.has_misspelling_of(key)) => {}
            [] => self.report(fault(&self.origin, none)),
            [first, second, ..] => {
                self.report(fault(&second.origin, message::several_given()).beside(first.origin.clone()));
            }
        }
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
            } else if !self.known.contains(&key.as_str()) {
                let absent = self
                    .known
                    .iter()
                    .copied()
                    .filter(|known| !self.map.contains_key(*known));
                let finding = Finding::new(Code::KeyUnknown, self.origin.key(&key)).with("key", &key);
                self.log.add(finding.near(&key, absent));
            }
        }
    }
}

/// The finding about a key without a value that is the decimals of the number before it.
pub(super) fn split_number(map: &Mapping, origin: &Origin, key: &str) -> Option<Finding> {
    if !key.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let entries = || map.iter().map(|(key, value)| (key_text(key), value));
    let ((before, Value::Number(whole)), _) = entries()
        .zip(entries().skip(1))
        .find(|(_, (other, value))| other == key && value.is_null())?
    else {
        return None;
    };
    let number = format!("{whole},{key}");
    Some(crate::read::number::fault(&number, &origin.at(&before)))
}
