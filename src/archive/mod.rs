//! A published site as a bag that any archive can keep and check: `BagIt` 1.0 (RFC 8493) with SHA-256.
//!
//! Takes pages and a description of how they were made; gives the files around them. Takes the files of a bag; gives every
//! fault of it. Touches no disk: `disk/bag` writes and reads the folders.
//!
//! `utsikt archive` takes the output folder only if it is as the last build made it and as the site gives it for that day:
//! only then is the bag an archive of *this* site. Bags of older editions are checked at every build and shown again under
//! `editions/ID/`. The guide is `src/guide/keeping.md`.
//!
//! ```text
//! DIR/
//!   bagit.txt               which version of the format
//!   bag-info.txt            what it is, whose, of which day, of which case
//!   utsikt.json             program, sources, day and options, git revision: for a rebuild
//!   input-sha256.txt        the files of the site that went in, as `sha256sum` writes them
//!   manifest-sha256.txt     every file of `data/`, as `sha256sum` writes them
//!   tagmanifest-sha256.txt  the five files above
//!   data/                   the site as it was published
//! ```

mod description;
mod digest;
mod hash_list;
mod rebuild;
mod self_contained;
mod verify;

use crate::finding::{Code, Finding};
use crate::source::Origin;
use std::collections::BTreeMap;

pub use description::{BagDescription, RebuildInfo, input_hashes, tag_files};
pub use digest::FileDigest;
pub use rebuild::rebuild_differences;
pub(crate) use self_contained::resolve;
pub use self_contained::{OutsideReference, local_references, outside_references};
pub use verify::{BagFault, BagFaultKind, Inventory, verify};

/// Folder of the site in a bag.
pub const PAYLOAD: &str = "data/";
/// Largest tag file that is read, in bytes.
pub const LARGEST_TAG: u64 = 64 << 20;

/// Faults of one kind that are told one by one: a bag may be wrong in every line of its lists.
const MOST_OF_A_KIND: usize = 50;

/// The faults of a bag, as findings about its files; of many of one kind only the first, with the number of the rest.
#[must_use]
pub fn findings(faults: &[BagFault]) -> Vec<Finding> {
    let finding = |fault: &BagFault| {
        let file = Origin::file(&fault.path.as_str().into());
        let finding = Finding::new(Code::ArchiveDamaged, file).with_message("problem", fault.kind.message());
        if fault.detail.is_empty() {
            finding
        } else {
            finding.with("detail", &fault.detail)
        }
    };
    let mut counts = BTreeMap::new();
    for fault in faults {
        *counts.entry(fault.kind).or_insert(0) += 1;
    }
    let mut kept = BTreeMap::new();
    let mut findings = Vec::new();
    for fault in faults {
        let number = kept.entry(fault.kind).or_insert(0);
        *number += 1;
        let more = counts[&fault.kind] - MOST_OF_A_KIND.min(counts[&fault.kind]);
        match *number {
            MOST_OF_A_KIND if more > 0 => findings.push(finding(fault).with("more", more)),
            1..=MOST_OF_A_KIND => findings.push(finding(fault)),
            _ => {}
        }
    }
    findings
}

const DECLARATION: &str = "bagit.txt";
const BAG_INFO: &str = "bag-info.txt";
const REBUILD_INFO: &str = "utsikt.json";
const INPUT: &str = "input-sha256.txt";
const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
