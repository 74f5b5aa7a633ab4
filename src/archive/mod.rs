//! A published site as a bag that any archive can keep and check: `BagIt` 1.0 (RFC 8493) with SHA-256.
//!
//! Takes pages and what they were made of; gives the files around them. Takes the files of a bag; gives every fault of it.
//! Touches no disk: whoever reads a folder hands over what stands there.
//!
//! ```text
//! DIR/
//!   bagit.txt               which version of the format
//!   bag-info.txt            what it is, whose, of which day, of which case
//!   utsikt.json             program, sources, day and wishes, git revision; what a rebuild needs to know
//!   input-sha256.txt        the files of the site that went in, as `sha256sum` writes them
//!   manifest-sha256.txt     every file of `data/`, as `sha256sum` writes them
//!   tagmanifest-sha256.txt  the five files above
//!   data/                   the site as it was published
//! ```

mod about;
mod digest;
mod list;
mod markup;
mod rebuild;
mod verify;
mod whole;

use crate::finding::{Code, Finding};
use crate::source::Origin;

pub use about::{About, Told, input, tag_files};
pub use digest::Measured;
pub use markup::{Attribute, Tag, tags};
pub use rebuild::differences;
pub use verify::{Fault, FaultKind, Inventory, verify};
pub(crate) use whole::resolved;
pub use whole::{Reach, reaches};

/// Where the site stands in a bag.
pub const PAYLOAD: &str = "data/";
/// Largest tag file that is read, in bytes.
pub const LARGEST_TAG: u64 = 64 << 20;

/// The faults of a bag, as findings about its files.
#[must_use]
pub fn findings(faults: &[Fault]) -> Vec<Finding> {
    let finding = |fault: &Fault| {
        let file = Origin::file(&fault.path.as_str().into());
        let finding = Finding::new(Code::ArchiveDamaged, file).with_message("problem", fault.kind.message());
        if fault.detail.is_empty() {
            finding
        } else {
            finding.with("detail", &fault.detail)
        }
    };
    faults.iter().map(finding).collect()
}

const DECLARATION: &str = "bagit.txt";
const INFO: &str = "bag-info.txt";
const ABOUT: &str = "utsikt.json";
const INPUT: &str = "input-sha256.txt";
const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
