//! The day and options of the last build, and what had been published of answers by then, kept beside the output folder.
//!
//! An archive of the folder is made for the same day and options, so that it can be compared with what the site gives. Without
//! this file whoever archives must state the day. A ledger of publications only grows: one that no longer begins as it was when
//! the folder was built has been lost, or lines of it have.

#![expect(clippy::disallowed_methods, reason = "keeps a line of text beside the output")]

use super::lock::Lock;
use super::output_folder::{OutputFolder, replace};
use crate::finding::Result;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

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
    /// By id of a consultation, the beginning that its ledger of publications must have.
    pub ledgers: BTreeMap<String, LedgerMark>,
}

/// How a ledger begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerMark {
    bytes: usize,
    digest: String,
}

impl LedgerMark {
    /// The mark of a ledger that has been written so far.
    #[must_use]
    pub fn of(ledger: &[u8]) -> LedgerMark {
        LedgerMark {
            bytes: ledger.len(),
            digest: blake3::hash(ledger).to_hex().to_string(),
        }
    }

    /// Whether a ledger begins as this one did.
    #[must_use]
    pub fn begins(&self, ledger: &[u8]) -> bool {
        ledger
            .get(..self.bytes)
            .is_some_and(|beginning| LedgerMark::of(beginning) == *self)
    }

    fn read(line: &str) -> Option<(String, LedgerMark)> {
        let mut words = line.strip_prefix("ledger ")?.split(' ');
        let (id, bytes, digest) = (words.next()?, words.next()?.parse().ok()?, words.next()?.to_owned());
        Some((id.to_owned(), LedgerMark { bytes, digest }))
    }
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
        ledgers: lines.filter_map(LedgerMark::read).collect(),
    })
}

/// Where the record of a folder's last build lies.
#[must_use]
pub fn build_record_path(target: &Path) -> Option<PathBuf> {
    Some(OutputFolder::find(target).ok()?.work_path(NAME))
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
    let mut text = format!("{HEADING}\n{}\n{drafts}\n{address}\n", built.day);
    for (id, LedgerMark { bytes, digest }) in &built.ledgers {
        let line = format!("ledger {id} {bytes} {digest}\n");
        text.push_str(&line);
    }
    replace(&output.work_path(NAME), &[text.as_bytes()])
}
