//! The memory of the check of external links, kept beside the output: a text of [`crate::check::links`], whole or not at all.

#![expect(clippy::disallowed_methods, reason = "keeps the memory of links beside the output")]

use super::lock::Lock;
use super::output_folder::{OutputFolder, replace};
use crate::finding::Result;
use std::fs;
use std::path::Path;

const NAME: &str = "links";

/// The text kept for this output folder; empty when there is none that can be read.
#[must_use]
pub fn load_links(target: &Path) -> String {
    OutputFolder::find(target)
        .ok()
        .and_then(|output| fs::read_to_string(output.work_path(NAME)).ok())
        .unwrap_or_default()
}

/// Keeps this text. Does nothing when it is kept already.
///
/// # Errors
/// When the folder may not be written to, a build holds it, or the file system fails.
pub fn save_links(target: &Path, text: &str) -> Result<()> {
    if load_links(target) == text {
        return Ok(());
    }
    let output = OutputFolder::find(target)?;
    output.open()?;
    let _lock = Lock::take(&output)?;
    replace(&output.work_path(NAME), &[text.as_bytes()])
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
