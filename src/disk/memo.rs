//! Remembered drawings, kept beside the output from one run to the next.
//!
//! A file that is missing, of another version, or damaged in any way is an empty memo: the drawings are made again. What
//! was not asked for in a run is forgotten with it.
//!
//! Shape: a version, a checksum of the rest, then for each text its key, its length (four bytes, lowest first), itself.

#![expect(clippy::disallowed_methods, reason = "keeps the memo beside the output")]

use super::ground::{Ground, replace};
use super::lock::Lock;
use crate::memo::{Key, Memo};
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

const NAME: &str = "memo";
const VERSION: &[u8] = b"utsikt memo 1\n";
/// Length of the version and the checksum.
const HEAD: usize = VERSION.len() + blake3::OUT_LEN;

/// What the last run for this output folder remembered; empty when nothing is there or it cannot be trusted.
#[must_use]
pub fn load_memo(target: &Path) -> Memo {
    let memo = Memo::default();
    for (key, text) in texts(target).unwrap_or_default() {
        memo.insert(key, text);
    }
    memo
}

/// Keeps what was asked for in this run. Does nothing when that is nothing, or what is kept already.
///
/// # Errors
/// When the folder may not be written to, another build holds it, or the disk refuses.
pub fn save_memo(target: &Path, memo: &Memo) -> Result<()> {
    let ground = Ground::find(target)?;
    let mut body = Vec::new();
    for (key, text) in memo.used() {
        let length = u32::try_from(text.len()).context("a drawing is larger than 4 GiB")?;
        body.extend_from_slice(&key);
        body.extend_from_slice(&length.to_le_bytes());
        body.extend_from_slice(text.as_bytes());
    }
    let checksum = blake3::hash(&body);
    let path = ground.at(NAME);
    if body.is_empty()
        || head(&path).is_some_and(|(found, length)| found == *checksum.as_bytes() && length == body.len())
    {
        return Ok(());
    }
    ground.open()?;
    let _lock = Lock::take(&ground)?;
    replace(&path, &[VERSION, checksum.as_bytes(), &body])
}

/// Checksum and length of what is kept.
fn head(path: &Path) -> Option<([u8; blake3::OUT_LEN], usize)> {
    let mut head = [0; HEAD];
    let length = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?.len();
    File::open(path).ok()?.read_exact(&mut head).ok()?;
    let checksum = head.strip_prefix(VERSION)?.try_into().ok()?;
    Some((checksum, usize::try_from(length).ok()?.checked_sub(HEAD)?))
}

fn texts(target: &Path) -> Option<Vec<(Key, Arc<str>)>> {
    let path = Ground::find(target).ok()?.at(NAME);
    let (checksum, length) = head(&path)?;
    let bytes = fs::read(&path).ok()?;
    let mut body = bytes.get(HEAD..).filter(|body| body.len() == length)?;
    if blake3::hash(body).as_bytes() != &checksum {
        return None;
    }
    let mut texts = Vec::new();
    while !body.is_empty() {
        let (key, rest) = body.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (text, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        texts.push((*key, std::str::from_utf8(text).ok()?.into()));
        body = rest;
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(memo: &Memo, key: u8) -> Result<Arc<str>, ()> {
        memo.recall([key; 32], || Err(()))
    }

    #[test]
    fn what_was_asked_for_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        let memo = load_memo(&target);
        for (key, text) in [(1, "ett"), (2, ""), (3, "tre å")] {
            memo.insert([key; 32], text.into());
        }
        assert!(ask(&memo, 1).is_ok() && ask(&memo, 2).is_ok());
        save_memo(&target, &memo).unwrap();
        let again = load_memo(&target);
        assert_eq!([1, 2, 3].map(|key| ask(&again, key)), [Ok("ett".into()), Ok("".into()), Err(())]);
    }

    #[test]
    fn nothing_is_written_when_nothing_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        save_memo(&target, &Memo::default()).unwrap();
        assert!(!folder.path().join(".output.utsikt").exists());
        let memo = Memo::default();
        memo.recall([1; 32], || Ok::<_, ()>("ett".to_owned())).unwrap();
        save_memo(&target, &memo).unwrap();
        let time = || fs::metadata(folder.path().join(".output.utsikt/memo")).unwrap().modified().unwrap();
        let before = time();
        save_memo(&target, &memo).unwrap();
        save_memo(&target, &load_memo(&target)).unwrap();
        assert_eq!(time(), before);
    }

    #[test]
    fn a_damaged_memo_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        let memo = Memo::default();
        memo.recall([1; 32], || Ok::<_, ()>("ett".to_owned())).unwrap();
        save_memo(&target, &memo).unwrap();
        let path = folder.path().join(".output.utsikt/memo");
        let whole = fs::read(&path).unwrap();
        for place in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 1;
            fs::write(&path, &damaged).unwrap();
            assert!(ask(&load_memo(&target), 1).is_err(), "byte {place}");
            fs::write(&path, &whole[..place]).unwrap();
            assert!(ask(&load_memo(&target), 1).is_err(), "length {place}");
        }
    }
}
