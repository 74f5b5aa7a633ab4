//! Files of the finished site, and those that one page makes beside itself.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A file of the finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Path below the output folder, with `/`.
    pub route: String,
    /// Contents.
    pub bytes: Arc<[u8]>,
}

/// Files that a page offers, and the ids of its elements. One a page.
#[derive(Debug, Default)]
pub(crate) struct PageFiles {
    outputs: RefCell<Vec<Output>>,
    ids: RefCell<BTreeSet<String>>,
}

impl PageFiles {
    /// For a page on which these ids are taken.
    pub(crate) fn with_ids(ids: BTreeSet<String>) -> Self {
        Self {
            ids: RefCell::new(ids),
            ..Self::default()
        }
    }

    /// An id that no other element of the page has: this one, with a number behind where it is taken.
    pub(crate) fn id(&self, id: &str) -> String {
        let mut ids = self.ids.borrow_mut();
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let free = std::iter::once(id.to_owned())
            .chain(numbered)
            .find(|id| !ids.contains(id))
            .unwrap_or_default();
        ids.insert(free.clone());
        free
    }

    /// Adds a file.
    pub(crate) fn put(&self, route: String, bytes: Vec<u8>) {
        self.outputs.borrow_mut().push(Output {
            route,
            bytes: bytes.into(),
        });
    }

    /// All files, and the ids that are taken.
    pub(crate) fn into_parts(self) -> (Vec<Output>, BTreeSet<String>) {
        (self.outputs.into_inner(), self.ids.into_inner())
    }
}
