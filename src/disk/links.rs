//! What earlier checks of external links gave, kept beside the output: a text, whole or not at all.

#![expect(clippy::disallowed_methods, reason = "keeps what links gave beside the output")]

use super::ground::{Ground, replace};
use super::lock::Lock;
use crate::finding::Result;
use std::fs;
use std::path::Path;

const NAME: &str = "links";

/// What was kept for this output folder; empty when nothing is there or it cannot be read.
#[must_use]
pub fn load_links(target: &Path) -> String {
    Ground::find(target)
        .ok()
        .and_then(|ground| fs::read_to_string(ground.at(NAME)).ok())
        .unwrap_or_default()
}

/// Keeps this text. Does nothing when it is kept already.
///
/// # Errors
/// When the folder may not be written to, a build holds it, or the disk refuses.
pub fn save_links(target: &Path, text: &str) -> Result<()> {
    if load_links(target) == text {
        return Ok(());
    }
    let ground = Ground::find(target)?;
    ground.open()?;
    let _lock = Lock::take(&ground)?;
    replace(&ground.at(NAME), &[text.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_whole_and_the_disk_is_left_in_peace_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        assert_eq!(load_links(&target), "");
        save_links(&target, "a\n").unwrap();
        assert_eq!(load_links(&target), "a\n");
        let kept = folder.path().join(".output.utsikt/links");
        let time = || fs::metadata(&kept).unwrap().modified().unwrap();
        let before = time();
        save_links(&target, "a\n").unwrap();
        assert_eq!(time(), before);
    }

    #[test]
    fn what_cannot_be_replaced_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        save_links(&target, "a\n").unwrap();
        fs::create_dir_all(folder.path().join(".output.utsikt/links.draft/x")).unwrap();
        assert!(save_links(&target, "b\n").is_err());
        assert_eq!(load_links(&target), "a\n");
    }
}
