//! The day and options of the last build, kept beside the output folder.
//!
//! An archive of the folder is made for the same day and options, so that it can be compared with what the site gives. Without
//! this file whoever archives must state the day; nothing else depends on it.

#![expect(clippy::disallowed_methods, reason = "keeps a line of text beside the output")]

use super::lock::Lock;
use super::output_folder::{OutputFolder, replace};
use crate::finding::Result;
use std::fs;
use std::path::Path;

const NAME: &str = "built";
/// First line of the file.
const HEADING: &str = "utsikt built 1";

/// Everything that decides a build besides its input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildRecord {
    /// The day it was for, as 2026-11-23.
    pub day: String,
    /// The absolute address that was given on the command line; `None`: the site's own.
    pub base_url: Option<String>,
    /// Whether drafts were shown.
    pub drafts: bool,
}

/// The record of the last build of this folder; `None` when there is none that can be read.
#[must_use]
pub fn load_build_record(target: &Path) -> Option<BuildRecord> {
    let text = fs::read_to_string(OutputFolder::find(target).ok()?.work_path(NAME)).ok()?;
    let mut lines = text.lines();
    (lines.next()? == HEADING).then_some(())?;
    let (day, drafts, base_url) = (lines.next()?.to_owned(), lines.next()? == "drafts", lines.next()?);
    Some(BuildRecord {
        day,
        base_url: base_url.strip_prefix("at ").map(ToOwned::to_owned),
        drafts,
    })
}

/// Keeps the record of a build. Does nothing when the same is kept already.
///
/// # Errors
/// When the folder may not be written to, another build holds it, or the file system fails.
pub fn save_build_record(target: &Path, built: &BuildRecord) -> Result<()> {
    if load_build_record(target).as_ref() == Some(built) {
        return Ok(());
    }
    let output = OutputFolder::find(target)?;
    output.open()?;
    let _lock = Lock::take(&output)?;
    let address = built
        .base_url
        .as_ref()
        .map_or("-".to_owned(), |address| format!("at {address}"));
    let drafts = if built.drafts { "drafts" } else { "-" };
    replace(
        &output.work_path(NAME),
        &[format!("{HEADING}\n{}\n{drafts}\n{address}\n", built.day).as_bytes()],
    )
}
