//! What a page makes besides itself: files to download, the ids it has given out, and the note of what it looked at.

use super::Output;
use crate::memo::Trace;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// One a page.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    outputs: RefCell<Vec<Output>>,
    ids: RefCell<BTreeSet<String>>,
    /// What the page has looked at.
    pub(super) trace: Trace,
    /// Files of series it offers: language and indicator.
    pub(super) series: RefCell<BTreeSet<(usize, String)>>,
}

impl Shelf {
    /// A shelf for a page on which these ids are taken.
    pub(crate) fn with_ids(ids: BTreeSet<String>) -> Self {
        Self {
            ids: RefCell::new(ids),
            ..Self::default()
        }
    }

    /// An id nothing else on the page has: the wanted one, or with a number behind.
    pub(crate) fn id(&self, wanted: &str) -> String {
        let mut ids = self.ids.borrow_mut();
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.to_owned())
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

    /// The files it has made so far, taken from it.
    pub(crate) fn take(&self) -> Vec<Output> {
        self.outputs.take()
    }

    /// All files, and the ids that were given out.
    pub(crate) fn into_parts(self) -> (Vec<Output>, BTreeSet<String>) {
        (self.outputs.into_inner(), self.ids.into_inner())
    }
}
