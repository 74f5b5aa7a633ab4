//! Files of the finished site, and those that one page adds to it.

use super::ids::UniqueIds;
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

/// Files that one page adds to the site, and the ids of its elements.
#[derive(Debug, Default)]
pub(crate) struct PageFiles {
    outputs: RefCell<Vec<Output>>,
    ids: RefCell<UniqueIds>,
}

impl PageFiles {
    /// Files of a page on which these ids are taken.
    pub(crate) fn with_ids(ids: BTreeSet<String>) -> Self {
        Self {
            ids: RefCell::new(ids.into()),
            ..Self::default()
        }
    }

    /// Takes an id for an element: this one, with a number behind where it is taken already.
    pub(crate) fn id(&self, id: &str) -> String {
        self.ids.borrow_mut().take(id)
    }

    /// Adds a file to the site.
    pub(crate) fn put(&self, route: String, bytes: Vec<u8>) {
        self.outputs.borrow_mut().push(Output {
            route,
            bytes: bytes.into(),
        });
    }

    /// All files, and the ids that are taken.
    pub(crate) fn into_parts(self) -> (Vec<Output>, BTreeSet<String>) {
        (self.outputs.into_inner(), self.ids.into_inner().into_taken())
    }
}
