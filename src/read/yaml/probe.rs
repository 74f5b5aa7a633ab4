//! Readers → what they ask for.
//!
//! Takes a reader; gives the shape of every value it looks at, with the keys it asks for under each circumstance. Where the
//! answer may change what is asked next (a word of a vocabulary, a key that is there or not, text or mapping) the reader is
//! run again with every other answer. How shapes become schemas is [`crate::read::schema`]'s.

use super::Node;
use crate::finding::Log;
use crate::source::Origin;
use serde_yaml::{Mapping, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Every text and key of a probe: at once an id, a code and a period.
pub(in crate::read) const WORD: &str = "2024";

/// Between the path of a mapping and that of its entries, whatever their keys.
pub(super) const ENTRY: &str = "*";
/// Between the path of a list and that of its items.
pub(super) const ITEM: &str = "-";

/// A way in which a value is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Kind {
    /// Text.
    Text,
    /// One of the words of the shape.
    Word,
    /// Text, a number or a truth value.
    Scalar,
    /// A number.
    Number,
    /// A whole number of zero or more.
    Count,
    /// True or false.
    Truth,
    /// A list.
    List,
    /// A mapping with keys of the author's own.
    Entries,
    /// A mapping with known keys.
    Mapping,
    /// Anything.
    Any,
    /// As the value at this path, which holds this one.
    Same(String),
}

/// Whether a key must be there; of two demands the stricter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Presence {
    /// It may be absent or empty.
    Optional,
    /// It may be absent, but not empty.
    Present,
    /// It must be there.
    Required,
}

/// The ways in which a value is read, over all runs.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Shape {
    /// The ways in which it is read.
    pub(in crate::read) kinds: BTreeSet<Kind>,
    /// The words of its vocabulary, in their order.
    pub(in crate::read) words: Vec<String>,
    /// The keys asked for, under the answers given: `key` → a word, `key?` → `yes` or `no`.
    pub(in crate::read) variants: BTreeSet<(BTreeMap<String, String>, BTreeMap<String, Presence>)>,
}

/// Shapes by path.
pub(in crate::read) type Shapes = BTreeMap<String, Shape>;

/// One run of a reader.
#[derive(Default)]
struct Run {
    kinds: BTreeMap<String, BTreeSet<Kind>>,
    words: BTreeMap<String, Vec<String>>,
    keys: BTreeMap<String, BTreeMap<String, Presence>>,
    /// Questions, each with the answer it got and all it might have got.
    decided: BTreeMap<String, (String, Vec<String>)>,
}

/// Answers for a reader without a file.
struct Probe {
    /// Whether optional keys are absent unless `fixed` says otherwise.
    bare: bool,
    /// Answers by question.
    fixed: BTreeMap<String, String>,
    run: RefCell<Run>,
}

/// A place in a probe.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    probe: &'a Probe,
    path: String,
}

impl Spot<'_> {
    /// A value that can be read in this way.
    pub(super) fn value(kind: &Kind) -> &'static Value {
        static TEXT: LazyLock<Value> = LazyLock::new(|| Value::from(WORD));
        static NUMBER: LazyLock<Value> = LazyLock::new(|| Value::from(1));
        static TRUTH: Value = Value::Bool(true);
        static LIST: LazyLock<Value> = LazyLock::new(|| Value::Sequence(vec![Value::from(WORD)]));
        static ENTRIES: LazyLock<Value> = LazyLock::new(|| {
            let entry = (Value::from(WORD), Value::from(WORD));
            Value::Mapping([entry].into_iter().collect())
        });
        static NO_KEYS: LazyLock<Value> = LazyLock::new(|| Value::Mapping(Mapping::new()));
        static NOTHING: Value = Value::Null;
        match kind {
            Kind::Text | Kind::Word | Kind::Scalar | Kind::Same(_) => &TEXT,
            Kind::Number | Kind::Count => &NUMBER,
            Kind::Truth => &TRUTH,
            Kind::List => &LIST,
            Kind::Entries => &ENTRIES,
            Kind::Mapping => &NO_KEYS,
            Kind::Any => &NOTHING,
        }
    }

    /// Notes how the value is read.
    pub(super) fn note(&self, kind: Kind) {
        self.probe
            .run
            .borrow_mut()
            .kinds
            .entry(self.path.clone())
            .or_default()
            .insert(kind);
    }

    /// The text, if the value is taken to be text.
    pub(super) fn peek_text(&self) -> Option<&'static str> {
        (self.decide("~", ["text", "other"]) == "text").then_some(WORD)
    }

    /// One of the answers to a question about this value: the one that is fixed, else the first.
    fn decide<const N: usize>(&self, question: &str, answers: [&str; N]) -> String {
        self.probe.decide(format!("{}{question}", self.path), &answers, 0)
    }

    /// Whether the value is a mapping, in keeping with the answer to whether it is text.
    pub(super) fn is_mapping(&self) -> bool {
        let run = self.probe.run.borrow();
        let text_answer = run.decided.get(&format!("{}~", self.path));
        let text_answer = text_answer.map(|(answer, _)| answer.clone());
        drop(run);
        match text_answer.as_deref() {
            Some("text") => false,
            Some(_) => self.decide("~{", ["yes", "no"]) == "yes",
            None => self.decide("{", ["yes", "no"]) == "yes",
        }
    }

    /// One of the words.
    pub(super) fn choose<'w>(&self, words: impl Iterator<Item = &'w str>) -> String {
        self.note(Kind::Word);
        let words: Vec<&str> = words.collect();
        let mut run = self.probe.run.borrow_mut();
        let known = run.words.entry(self.path.clone()).or_default();
        known.extend(
            words
                .iter()
                .filter(|word| !known.iter().any(|known| known == *word))
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>(),
        );
        drop(run);
        self.probe.decide(format!("{}=", self.path), &words, 0)
    }

    /// The value at a step below this one: a key, [`ITEM`] or [`ENTRY`].
    pub(super) fn below(&self, step: &str) -> Self {
        Self {
            probe: self.probe,
            path: format!("{}/{step}", self.path),
        }
    }

    /// The value under a key, unless it is to be absent.
    pub(super) fn key(&self, key: &str, presence: Presence) -> Option<Self> {
        let below = self.below(key);
        {
            let mut run = self.probe.run.borrow_mut();
            let known = run
                .keys
                .entry(self.path.clone())
                .or_default()
                .entry(key.to_owned())
                .or_insert(presence);
            *known = presence.max(*known);
        }
        // Children of children are read as children are: to go on would never end.
        if let Some(list) = self.path.strip_suffix(&format!("/{ITEM}"))
            && list.ends_with(&format!("/{key}"))
        {
            below.note(Kind::Same(list.to_owned()));
            return None;
        }
        let is_there = presence == Presence::Required
            || self
                .probe
                .decide(format!("{}?", below.path), &["yes", "no"], usize::from(self.probe.bare))
                == "yes";
        is_there.then_some(below)
    }
}

impl Probe {
    /// The answer to a question: the one that is fixed, else the usual one.
    fn decide(&self, question: String, answers: &[&str], usual: usize) -> String {
        let fixed = self.fixed.get(&question).map(String::as_str);
        let answer = fixed
            .filter(|fixed| answers.contains(fixed))
            .or_else(|| answers.get(usual).copied())
            .unwrap_or_default()
            .to_owned();
        let all = answers.iter().map(|answer| (*answer).to_owned()).collect();
        self.run.borrow_mut().decided.insert(question, (answer.clone(), all));
        answer
    }
}

/// Everything a reader may ask for. It is run with all keys there and with only those that must be, and from both with
/// every other answer to every question.
pub(in crate::read) fn explore(read: impl Fn(&Node<'_>)) -> Shapes {
    let mut shapes = Shapes::new();
    let mut seen: BTreeSet<(bool, String, String)> = BTreeSet::new();
    let mut waiting = vec![(false, BTreeMap::new()), (true, BTreeMap::new())];
    while let Some((bare, fixed)) = waiting.pop() {
        let probe = Probe {
            bare,
            fixed: fixed.clone(),
            run: RefCell::default(),
        };
        let log = Log::default();
        let top = Spot {
            probe: &probe,
            path: String::new(),
        };
        read(&Node::probe(top, Origin::file(&"schema".into()), &log));
        let run = probe.run.into_inner();
        for (question, (answer, _)) in &run.decided {
            seen.insert((bare, question.clone(), answer.clone()));
        }
        for (question, (_, answers)) in &run.decided {
            for other in answers {
                if seen.insert((bare, question.clone(), other.clone())) {
                    let mut answers = fixed.clone();
                    answers.insert(question.clone(), other.clone());
                    waiting.push((bare, answers));
                }
            }
        }
        merge(&mut shapes, run);
    }
    shapes
}

fn merge(shapes: &mut Shapes, run: Run) {
    for (path, keys) in run.keys {
        let mut answers = BTreeMap::new();
        for key in keys.keys() {
            for (mark, name) in [("?", format!("{key}?")), ("=", key.clone())] {
                if let Some((answer, _)) = run.decided.get(&format!("{path}/{key}{mark}")) {
                    answers.insert(name, answer.clone());
                }
            }
        }
        shapes.entry(path).or_default().variants.insert((answers, keys));
    }
    for (path, kinds) in run.kinds {
        shapes.entry(path).or_default().kinds.extend(kinds);
    }
    for (path, words) in run.words {
        let known = &mut shapes.entry(path).or_default().words;
        for word in words {
            if !known.contains(&word) {
                known.push(word);
            }
        }
    }
}
