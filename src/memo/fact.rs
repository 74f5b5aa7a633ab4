//! What work may look at, and what it has looked at.
//!
//! A [`Ledger`] names every fact of one build with the hash of what decides it; a [`Trace`] notes which of them a piece
//! of work asked for. Work is done again exactly when one of the facts it asked for has another hash. Facts are as coarse
//! as their use: all places are one, each indicator is one of its own.

use super::Key;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// A fact of this build, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact(u32);

/// Every fact of a build: its name, and the hash of what decides it.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<(Arc<str>, Key)>,
    numbers: HashMap<Arc<str>, Fact>,
}

impl Ledger {
    /// Enters a fact. One that is there already keeps its number and gets this hash.
    pub fn enter(&mut self, name: &str, hash: Key) -> Fact {
        if let Some(fact) = self.numbers.get(name) {
            self.entries[fact.0 as usize].1 = hash;
            return *fact;
        }
        let name: Arc<str> = name.into();
        let fact = Fact(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.numbers.insert(name.clone(), fact);
        self.entries.push((name, hash));
        fact
    }

    /// The fact of this name; `None` when this build has none such.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Fact> {
        self.numbers.get(name).copied()
    }

    /// What decides a fact, hashed.
    #[must_use]
    pub fn hash(&self, fact: Fact) -> Key {
        self.entries[fact.0 as usize].1
    }

    /// The facts that were asked for, by name, with their hashes; in the order of their numbers.
    #[must_use]
    pub fn seen(&self, trace: &Trace) -> Vec<(Arc<str>, Key)> {
        let marks = trace.marks.borrow();
        let set = |(number, _): &(usize, &(Arc<str>, Key))| {
            marks
                .get(number / 64)
                .is_some_and(|word| word & (1 << (number % 64)) != 0)
        };
        self.entries
            .iter()
            .enumerate()
            .filter(set)
            .map(|(_, entry)| entry.clone())
            .collect()
    }

    /// The first of these facts that is another now, or is no more.
    #[must_use]
    pub fn changed<'a>(&self, seen: &'a [(Arc<str>, Key)]) -> Option<&'a str> {
        let same = |(name, hash): &&(Arc<str>, Key)| self.find(name).is_some_and(|fact| self.hash(fact) == *hash);
        seen.iter().find(|entry| !same(entry)).map(|(name, _)| &**name)
    }
}

/// What one piece of work has asked for.
#[derive(Debug, Default)]
pub struct Trace {
    marks: RefCell<Vec<u64>>,
}

impl Trace {
    /// Notes that the work depends on a fact.
    pub fn note(&self, fact: Fact) {
        let number = fact.0 as usize;
        let mut marks = self.marks.borrow_mut();
        if marks.len() <= number / 64 {
            marks.resize(number / 64 + 1, 0);
        }
        marks[number / 64] |= 1 << (number % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, Trace};

    #[test]
    fn work_is_old_when_a_fact_it_asked_for_is_another() {
        let (mut before, trace) = (Ledger::default(), Trace::default());
        let asked = before.enter("places", [1; 32]);
        before.enter("sets", [1; 32]);
        trace.note(asked);
        let seen = before.seen(&trace);
        assert_eq!(before.changed(&seen), None);
        let mut after = Ledger::default();
        after.enter("sets", [2; 32]);
        assert_eq!(after.changed(&seen), Some("places"));
        after.enter("places", [1; 32]);
        assert_eq!(after.changed(&seen), None);
        after.enter("places", [2; 32]);
        assert_eq!(after.changed(&seen), Some("places"));
    }
}
