//! Remembered drawings and pages, kept beside the output from one run to the next.
//!
//! A file that is missing, of another version, or damaged in any way is an empty memo: everything is made again. What
//! was not asked for in a run is forgotten with it. Pages are remembered for the program that made them, which is known by
//! its file's length and time, and only as long as all of them are no larger than [`LARGEST`]: beyond that it costs more
//! to read them than to make them.
//!
//! Shape: a version, a checksum of the rest, the program; then for each thing a letter (`t` a text, `p` a page), its key, its
//! length (four bytes, lowest first), itself.

#![expect(clippy::disallowed_methods, reason = "keeps the memo beside the output")]

use super::ground::{Ground, replace};
use super::lock::Lock;
use crate::finding::{OrFail, Result, message};
use crate::memo::{Key, Memo, Record};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

const NAME: &str = "memo";
const VERSION: &[u8] = b"utsikt memo 2\n";
/// Most bytes of pages that are kept.
const LARGEST: usize = 64 << 20;
/// Length of the version and the checksum.
const HEAD: usize = VERSION.len() + blake3::OUT_LEN;

/// What the last run for this output folder remembered; empty when nothing is there or it cannot be trusted.
#[must_use]
pub fn load_memo(target: &Path) -> Memo {
    let memo = Memo::default();
    for thing in things(target).unwrap_or_default() {
        match thing {
            Thing::Text(key, text) => memo.insert(key, text),
            Thing::Page(key, record) => memo.restore(key, record),
        }
    }
    memo
}

/// Keeps what was asked for in this run. Does nothing when that is nothing, or what is kept already.
///
/// # Errors
/// When the folder may not be written to, another build holds it, or the disk refuses.
pub fn save_memo(target: &Path, memo: &Memo) -> Result<()> {
    let ground = Ground::find(target)?;
    let (texts, records) = (memo.used(), memo.records());
    let mut body = Vec::new();
    if !(texts.is_empty() && records.is_empty()) {
        body.extend_from_slice(&program());
    }
    let mut put = |letter: u8, key: &Key, bytes: &[u8]| -> Result<()> {
        let length = u32::try_from(bytes.len()).or_fail(message::too_large_to_remember)?;
        body.push(letter);
        body.extend_from_slice(key);
        body.extend_from_slice(&length.to_le_bytes());
        body.extend_from_slice(bytes);
        Ok(())
    };
    for (key, text) in &texts {
        put(b't', key, text.as_bytes())?;
    }
    let size: usize = records
        .iter()
        .flat_map(|(_, record)| &record.files)
        .map(|(_, bytes)| bytes.len())
        .sum();
    for (key, record) in records.iter().filter(|_| size <= LARGEST) {
        put(b'p', key, &record.to_bytes())?;
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

/// What is kept.
enum Thing {
    Text(Key, Arc<str>),
    Page(Key, Arc<Record>),
}

/// The program that runs: length and time of its file. Another program may make other pages of the same input.
fn program() -> Key {
    let file = std::env::current_exe().and_then(fs::metadata);
    let told = file.map(|file| format!("{} {:?}", file.len(), file.modified().ok()));
    *blake3::hash(told.unwrap_or_default().as_bytes()).as_bytes()
}

fn things(target: &Path) -> Option<Vec<Thing>> {
    let path = Ground::find(target).ok()?.at(NAME);
    let (checksum, length) = head(&path)?;
    let bytes = fs::read(&path).ok()?;
    let body = bytes.get(HEAD..).filter(|body| body.len() == length)?;
    if blake3::hash(body).as_bytes() != &checksum {
        return None;
    }
    let (made_by, mut body) = body.split_first_chunk::<32>()?;
    let same_program = *made_by == program();
    let mut things = Vec::new();
    while !body.is_empty() {
        let (letter, rest) = body.split_first()?;
        let (key, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (bytes, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        match letter {
            b't' => things.push(Thing::Text(*key, std::str::from_utf8(bytes).ok()?.into())),
            b'p' if same_program => things.push(Thing::Page(*key, Record::from_bytes(bytes)?.into())),
            b'p' => {}
            _ => return None,
        }
        body = rest;
    }
    Some(things)
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
        assert_eq!(
            [1, 2, 3].map(|key| ask(&again, key)),
            [Ok("ett".into()), Ok("".into()), Err(())]
        );
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
        let time = || {
            fs::metadata(folder.path().join(".output.utsikt/memo"))
                .unwrap()
                .modified()
                .unwrap()
        };
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
