//! Readers → what they ask for.
//!
//! Takes a reader; gives the shape of every value it looks at, with the keys it asks for under each circumstance. Where the
//! answer may change what is asked next (a word of a vocabulary, a key that is there or not, text or mapping) the reader is
//! run again with every other answer. How shapes become schemas is [`crate::read::schema`]'s.

use super::Node;
use crate::finding::Log;
use crate::source::Origin;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What every text and key of a probe says: at once an id, a code and a period.
pub(in crate::read) const WORD: &str = "2024";

/// Between the path of a mapping and that of its entries, whatever their keys.
const ENTRY: &str = "*";
/// Between the path of a list and that of its items.
const ITEM: &str = "-";

/// How a value is read.
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
    /// The same as at this path, which is one of its own forebears.
    Same(String),
}

/// How a key is asked for; of two ways the stricter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Asked {
    /// It may be absent or empty.
    Optional,
    /// It may be absent, but not empty.
    Present,
    /// It must be there.
    Required,
}

/// What is known of a value.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Shape {
    /// The ways in which it is read.
    pub(in crate::read) kinds: BTreeSet<Kind>,
    /// The words of its vocabulary, in their order.
    pub(in crate::read) words: Vec<String>,
    /// The keys asked for, under the answers given: `key` → a word, `key?` → `yes` or `no`.
    pub(in crate::read) variants: BTreeSet<(BTreeMap<String, String>, BTreeMap<String, Asked>)>,
}

/// Shapes by path.
pub(in crate::read) type Shapes = BTreeMap<String, Shape>;

/// One run of a reader.
#[derive(Default)]
struct Run {
    kinds: BTreeMap<String, BTreeSet<Kind>>,
    words: BTreeMap<String, Vec<String>>,
    keys: BTreeMap<String, BTreeMap<String, Asked>>,
    /// What was decided, and what might have been.
    decided: BTreeMap<String, (String, Vec<String>)>,
}

/// Answers for a reader without a file.
struct Probe {
    /// Whether optional keys are absent unless it is fixed otherwise.
    bare: bool,
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

    /// One of the answers to a question about this value: the one that is fixed, else the first.
    pub(super) fn decide<const N: usize>(&self, question: &str, answers: [&str; N]) -> String {
        self.probe.decide(format!("{}{question}", self.path), &answers, 0)
    }

    /// Whether the value is a mapping, in keeping with what was said of its being text.
    pub(super) fn is_mapping(&self) -> bool {
        let said = self
            .probe
            .run
            .borrow()
            .decided
            .get(&format!("{}~", self.path))
            .map(|(answer, _)| answer.clone());
        match said.as_deref() {
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

    /// The items of a list.
    pub(super) fn item(&self) -> Self {
        self.below(ITEM)
    }

    /// The entries of a mapping.
    pub(super) fn entry(&self) -> Self {
        self.below(ENTRY)
    }

    fn below(&self, part: &str) -> Self {
        Self {
            probe: self.probe,
            path: format!("{}/{part}", self.path),
        }
    }

    /// The value under a key, unless it is to be absent.
    pub(super) fn key(&self, key: &str, how: Asked) -> Option<Self> {
        let below = self.below(key);
        {
            let mut run = self.probe.run.borrow_mut();
            let known = run
                .keys
                .entry(self.path.clone())
                .or_default()
                .entry(key.to_owned())
                .or_insert(how);
            *known = how.max(*known);
        }
        // Children of children are read as children are: to go on would never end.
        if let Some(forebear) = self.path.strip_suffix(&format!("/{ITEM}"))
            && forebear.ends_with(&format!("/{key}"))
        {
            below.note(Kind::Same(forebear.to_owned()));
            return None;
        }
        let there = how == Asked::Required
            || self
                .probe
                .decide(format!("{}?", below.path), &["yes", "no"], usize::from(self.probe.bare))
                == "yes";
        there.then_some(below)
    }
}

impl Probe {
    fn decide(&self, question: String, answers: &[&str], usual: usize) -> String {
        let fixed = self
            .fixed
            .get(&question)
            .filter(|fixed| answers.contains(&fixed.as_str()))
            .cloned();
        let answer = fixed
            .or_else(|| answers.get(usual).map(|answer| (*answer).to_owned()))
            .unwrap_or_default();
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
        let (probe, log) = (
            Probe {
                bare,
                fixed: fixed.clone(),
                run: RefCell::default(),
            },
            Log::default(),
        );
        let top = Spot {
            probe: &probe,
            path: String::new(),
        };
        read(&Node {
            given: super::Given::Asked(top),
            origin: Origin::file(&"schema".into()),
            log: &log,
        });
        let run = probe.run.into_inner();
        for (question, (answer, _)) in &run.decided {
            seen.insert((bare, question.clone(), answer.clone()));
        }
        for (question, (_, answers)) in &run.decided {
            for other in answers {
                if seen.insert((bare, question.clone(), other.clone())) {
                    let mut fixed = fixed.clone();
                    fixed.insert(question.clone(), other.clone());
                    waiting.push((bare, fixed));
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
