//! Ids of a page's elements, each once.

use std::collections::{BTreeMap, BTreeSet};

/// The ids that are taken on a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct UniqueIds {
    taken: BTreeSet<String>,
    /// Number of the last id that was made of a wish: thousands of equal headings must not be counted through each time.
    numbers: BTreeMap<String, u32>,
}

impl UniqueIds {
    /// Takes an id: the wish, with a number behind where it is taken already.
    pub(crate) fn take(&mut self, wish: &str) -> String {
        if self.taken.insert(wish.to_owned()) {
            return wish.to_owned();
        }
        let number = self.numbers.entry(wish.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let id = format!("{wish}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// All ids that are taken.
    pub(crate) fn into_taken(self) -> BTreeSet<String> {
        self.taken
    }
}

impl From<BTreeSet<String>> for UniqueIds {
    fn from(taken: BTreeSet<String>) -> Self {
        Self {
            taken,
            numbers: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_wishes_are_numbered_and_no_id_is_given_twice() {
        let mut ids = UniqueIds::default();
        let taken = ["a", "a-2", "a", "a", "a-2"].map(|wish| ids.take(wish));
        assert_eq!(taken, ["a", "a-2", "a-3", "a-4", "a-2-2"]);
    }
}
