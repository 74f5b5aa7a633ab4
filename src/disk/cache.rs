//! The cache of drawings, kept beside the output from one run to the next.
//!
//! A file that is missing, of another version, or damaged in any way is an empty cache: everything is drawn again.
//!
//! Shape: a version, a checksum of the rest; then for each text its key, the run that last asked for it, its length (both
//! four bytes, lowest first), itself.

#![expect(clippy::disallowed_methods, reason = "keeps the cache beside the output")]

use super::lock::Lock;
use super::output_folder::{OutputFolder, replace};
use crate::cache::{Cache, Entry, Key};
use crate::finding::{OrFail, Result, message};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const NAME: &str = "cache";
const VERSION: &[u8] = b"utsikt cache 1\n";

/// What earlier runs for this output folder drew; empty when nothing is there or it cannot be trusted.
#[must_use]
pub fn load_cache(target: &Path) -> Cache {
    Cache::new(entries(target).unwrap_or_default())
}

/// Keeps what is remembered. Does nothing when that is what is kept already.
///
/// # Errors
/// When the folder may not be written to, another build holds it, or the disk refuses.
pub fn save_cache(target: &Path, cache: &Cache) -> Result<()> {
    if !cache.is_changed() {
        return Ok(());
    }
    let mut body = Vec::new();
    for (key, entry) in cache.entries() {
        let length = u32::try_from(entry.text.len()).or_fail(message::too_large_to_remember)?;
        body.extend_from_slice(&key);
        body.extend_from_slice(&entry.run.to_le_bytes());
        body.extend_from_slice(&length.to_le_bytes());
        body.extend_from_slice(entry.text.as_bytes());
    }
    let output = OutputFolder::find(target)?;
    output.open()?;
    let _lock = Lock::take(&output)?;
    replace(
        &output.work_path(NAME),
        &[VERSION, blake3::hash(&body).as_bytes(), &body],
    )
}

fn entries(target: &Path) -> Option<BTreeMap<Key, Entry>> {
    let bytes = fs::read(OutputFolder::find(target).ok()?.work_path(NAME)).ok()?;
    let (checksum, mut body) = bytes
        .strip_prefix(VERSION)?
        .split_first_chunk::<{ blake3::OUT_LEN }>()?;
    if blake3::hash(body).as_bytes() != checksum {
        return None;
    }
    let mut entries = BTreeMap::new();
    while !body.is_empty() {
        let (key, rest) = body.split_first_chunk()?;
        let (run, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (text, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let entry = Entry {
            text: std::str::from_utf8(text).ok()?.into(),
            run: u32::from_le_bytes(*run),
        };
        entries.insert(*key, entry);
        body = rest;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(cache: &Cache, key: u8, text: &str) {
        let drawn = cache.get_or_make([key; 32], || Ok::<_, ()>(text.to_owned()));
        assert!(drawn.is_ok());
    }

    #[test]
    fn what_was_drawn_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        let cache = load_cache(&target);
        for (key, text) in [(1, "ett"), (2, ""), (3, "tre å")] {
            draw(&cache, key, text);
        }
        save_cache(&target, &cache).unwrap();
        assert_eq!(load_cache(&target).entries(), cache.entries());
    }

    #[test]
    fn nothing_is_written_when_nothing_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        save_cache(&target, &Cache::default()).unwrap();
        assert!(!folder.path().join(".output.utsikt").exists());
        let cache = Cache::default();
        draw(&cache, 1, "ett");
        save_cache(&target, &cache).unwrap();
        let path = folder.path().join(".output.utsikt/cache");
        let time = || fs::metadata(&path).unwrap().modified().unwrap();
        let before = time();
        let again = load_cache(&target);
        draw(&again, 1, "ett");
        again.end_run();
        save_cache(&target, &again).unwrap();
        assert_eq!(time(), before);
    }

    #[test]
    fn a_damaged_cache_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("output");
        let cache = Cache::default();
        draw(&cache, 1, "ett");
        save_cache(&target, &cache).unwrap();
        let path = folder.path().join(".output.utsikt/cache");
        let whole = fs::read(&path).unwrap();
        for place in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 1;
            fs::write(&path, &damaged).unwrap();
            assert!(load_cache(&target).entries().is_empty(), "byte {place}");
            fs::write(&path, &whole[..place]).unwrap();
            assert!(load_cache(&target).entries().is_empty(), "length {place}");
        }
    }
}
