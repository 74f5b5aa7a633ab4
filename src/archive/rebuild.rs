//! Whether the pages in a bag came from some input: those that a build makes of it now, compared with those in the bag.
//!
//! Takes an inventory and outputs; gives a finding for every file that is missing, other, or too many.

use super::{FileDigest, Inventory, PAYLOAD};
use crate::finding::message::{self, Message};
use crate::finding::{Code, Finding};
use crate::source::Origin;
use std::collections::BTreeMap;

/// Every file that a rebuild makes otherwise than it is in the bag, as findings about the files of the bag.
#[must_use]
pub fn rebuild_differences<'a>(bag: &Inventory, rebuilt: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<Finding> {
    let kept: BTreeMap<&str, &FileDigest> = bag
        .files
        .iter()
        .filter_map(|(path, file)| Some((path.strip_prefix(PAYLOAD)?, file)))
        .collect();
    let mut rebuilt: BTreeMap<&str, &[u8]> = rebuilt.collect();
    let finding = |route: &str, problem: Message| {
        Finding::new(
            Code::ArchiveDiffers,
            Origin::file(&format!("{PAYLOAD}{route}").as_str().into()),
        )
        .with_message("problem", problem)
    };
    let mut findings = Vec::new();
    for (route, file) in kept {
        match rebuilt.remove(route) {
            None => findings.push(finding(route, message::rebuild_not_made())),
            Some(bytes) if FileDigest::of_bytes(bytes) != *file => {
                findings.push(finding(route, message::rebuild_other()));
            }
            Some(_) => {}
        }
    }
    findings.extend(rebuilt.into_keys().map(|route| finding(route, message::rebuild_new())));
    findings
}
