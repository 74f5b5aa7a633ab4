//! What a page makes besides itself: files to download, and the ids it has given out.

use super::Output;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// One a page.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    outputs: RefCell<Vec<Output>>,
    ids: RefCell<BTreeSet<String>>,
}

impl Shelf {
    /// A shelf for a page on which these ids are taken.
    pub(crate) fn with_ids(ids: BTreeSet<String>) -> Self {
        Self { ids: RefCell::new(ids), ..Self::default() }
    }

    /// An id nothing else on the page has: the wanted one, or with a number behind.
    pub(crate) fn id(&self, wanted: &str) -> String {
        let mut ids = self.ids.borrow_mut();
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !ids.contains(id)).unwrap_or_default();
        ids.insert(free.clone());
        free
    }

    /// Adds a file.
    pub(crate) fn put(&self, route: String, bytes: Vec<u8>) {
        self.outputs.borrow_mut().push(Output { route, bytes: bytes.into() });
    }

    /// All files, and the ids that were given out.
    pub(crate) fn into_parts(self) -> (Vec<Output>, BTreeSet<String>) {
        (self.outputs.into_inner(), self.ids.into_inner())
    }
}
