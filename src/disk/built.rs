//! For which day and with which wishes an output folder was last built, kept beside it.
//!
//! An archive of the folder is made for the same day, so that it can be compared with what the site gives. Without this file
//! whoever archives must say the day; nothing else depends on it.

#![expect(clippy::disallowed_methods, reason = "keeps a line of text beside the output")]

use super::ground::{Ground, replace};
use super::lock::Lock;
use crate::finding::Result;
use std::fs;
use std::path::Path;

const NAME: &str = "built";
/// First line of the file.
const HEADING: &str = "utsikt built 1";

/// What decided a build besides its input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The day it was for, as 2026-11-23.
    pub day: String,
    /// The absolute address that was given on the command line; `None`: the site's own.
    pub base_url: Option<String>,
    /// Whether drafts were shown.
    pub drafts: bool,
}

/// How this folder was last built; `None` when nobody knows.
#[must_use]
pub fn load_built(target: &Path) -> Option<Built> {
    let text = fs::read_to_string(Ground::find(target).ok()?.at(NAME)).ok()?;
    let mut lines = text.lines();
    (lines.next()? == HEADING).then_some(())?;
    let (day, drafts, base_url) = (lines.next()?.to_owned(), lines.next()? == "drafts", lines.next()?);
    Some(Built {
        day,
        base_url: base_url.strip_prefix("at ").map(ToOwned::to_owned),
        drafts,
    })
}

/// Keeps how this folder was built. Does nothing when that is what is kept.
///
/// # Errors
/// When the folder may not be written to, another build holds it, or the disk refuses.
pub fn save_built(target: &Path, built: &Built) -> Result<()> {
    if load_built(target).as_ref() == Some(built) {
        return Ok(());
    }
    let ground = Ground::find(target)?;
    ground.open()?;
    let _lock = Lock::take(&ground)?;
    let address = built
        .base_url
        .as_ref()
        .map_or("-".to_owned(), |address| format!("at {address}"));
    let drafts = if built.drafts { "drafts" } else { "-" };
    replace(
        &ground.at(NAME),
        &[format!("{HEADING}\n{}\n{drafts}\n{address}\n", built.day).as_bytes()],
    )
}
