//! Whether what is in a bag came from some input: the pages made of it now, compared with those that were kept.

use super::{Inventory, Measured, PAYLOAD};
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding};
use crate::source::Origin;
use std::collections::BTreeMap;

/// Every file that a rebuild makes otherwise than it is in the bag, as findings about the files of the bag.
#[must_use]
pub fn differences<'a>(bag: &Inventory, made: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<Finding> {
    let kept: BTreeMap<&str, &Measured> = bag
        .files
        .iter()
        .filter_map(|(path, file)| Some((path.strip_prefix(PAYLOAD)?, file)))
        .collect();
    let mut made: BTreeMap<&str, &[u8]> = made.collect();
    let finding = |route: &str, problem: Message| {
        Finding::new(
            Code::ArchiveDiffers,
            Origin::file(&format!("{PAYLOAD}{route}").as_str().into()),
        )
        .with_message("problem", problem)
    };
    let mut found = Vec::new();
    for (route, file) in kept {
        match made.remove(route) {
            None => found.push(finding(route, message::rebuild_not_made())),
            Some(bytes) if Measured::of(bytes) != *file => found.push(finding(route, message::rebuild_other())),
            Some(_) => {}
        }
    }
    found.extend(made.into_keys().map(|route| finding(route, message::rebuild_new())));
    found
}
