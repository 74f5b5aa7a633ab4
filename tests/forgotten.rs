//! The ledger of what was published is not lost in silence: without it a later build could tell what one person answered.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{path, read_tree, write_tree};
use tempfile::TempDir;

const LEDGER: &str = "answers/personer/published.jsonl";

/// A site with results of persons, in a folder of its own.
fn site() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let site = folder.path().join("site");
    let mut files = read_tree(&path("tests/sites/base"));
    files.extend(read_tree(&path("tests/sites/results")));
    files.retain(|path, _| !path.starts_with("golden/"));
    let settings = files.entry("data/site.yaml".to_owned()).or_default();
    settings.extend(b"\nanswers: answers\n");
    files.insert(
        "content/index.md".to_owned(),
        b"---\ntitle: Start\n---\nHej.\n".to_vec(),
    );
    // What is made up tells nothing of anybody, and is not written down.
    let survey = files.get_mut("data/consultations/personer.yaml").expect("it is there");
    *survey = String::from_utf8_lossy(survey).replace("sample: true", "").into_bytes();
    write_tree(&site, &files);
    (folder, site)
}

/// Exit code and standard error of a build.
fn build(site: &Path) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
    command
        .env_clear()
        .current_dir(site)
        .args(["build", "--today", "2026-11-23", "--format", "short"]);
    let output = command.output().expect("the program runs");
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code().unwrap_or(-1), text)
}

/// Builds, does something to the ledger, and builds again.
fn after(change: impl Fn(&Path)) -> (i32, String) {
    let (_folder, site) = site();
    let (code, text) = build(&site);
    assert_eq!(code, 0, "{text}");
    let ledger = site.join(LEDGER);
    assert!(ledger.is_file(), "results of persons are written down");
    change(&ledger);
    build(&site)
}

#[test]
fn a_ledger_that_is_there_is_no_fault() {
    let (code, text) = after(|_| {});
    assert!(code == 0 && !text.contains("answers/forgotten"), "{text}");
}

#[test]
fn a_ledger_that_was_deleted_is_told() {
    let (code, text) = after(|ledger| fs::remove_file(ledger).expect("it can be deleted"));
    assert!(code == 1 && text.contains("answers/forgotten"), "{text}");
}

#[test]
fn a_ledger_that_lost_its_last_line_is_told() {
    let (code, text) = after(|ledger| {
        let lines = fs::read_to_string(ledger).expect("the ledger");
        let kept = lines.trim_end().rfind('\n').map_or(0, |end| end + 1);
        fs::write(ledger, &lines[..kept]).expect("it can be written");
    });
    assert!(code == 1 && text.contains("answers/forgotten"), "{text}");
}
