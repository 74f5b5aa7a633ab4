//! What several tests share: one fixed day, folders as trees of files, and how two trees differ.

#![allow(dead_code, reason = "each test program uses its own part")]
#![expect(clippy::disallowed_methods, reason = "tests read and write their own folders")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use utsikt::page::{BuildOptions, Output};
use utsikt::source::Snapshot;

/// Files by path, with `/` between its parts.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A path of the repository.
pub(crate) fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// Nothing special, on a day that never changes.
pub(crate) fn options() -> BuildOptions {
    BuildOptions {
        today: jiff::civil::date(2026, 11, 23),
        base_url: None,
        drafts: false,
        embargoed: false,
        release: false,
    }
}

/// Whether what is made is to be written down as what is expected.
pub(crate) fn accepting() -> bool {
    std::env::var_os("ACCEPT").is_some()
}

/// A site's folder, with another laid over it.
pub(crate) fn laid_over(below: &Path, above: &Path) -> Snapshot {
    let mut snapshot = utsikt::disk::gather(below).expect("the folder below can be read");
    let over = utsikt::disk::gather(above).expect("the folder above can be read");
    for file in over.under("", "") {
        snapshot.insert(&file.path, file.bytes.clone());
    }
    let answers = above.join("answers");
    if answers.is_dir() {
        utsikt::disk::gather_answers(&mut snapshot, above, &answers);
        "answers/".clone_into(&mut snapshot.answers);
    }
    let editions = utsikt::read::edition_folders(&snapshot);
    utsikt::disk::gather_editions(&mut snapshot, above, &editions);
    snapshot.prefix.clear();
    snapshot
}

/// The files of a site by their routes.
pub(crate) fn tree(outputs: &[Output]) -> Tree {
    outputs
        .iter()
        .map(|output| (output.route.clone(), output.bytes.to_vec()))
        .collect()
}

/// All files below a folder; none when there is no folder.
pub(crate) fn read_tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            (
                below(folder, entry.path()),
                fs::read(entry.path()).expect("a file that was listed"),
            )
        })
        .collect()
}

fn below(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).expect("it was found below the folder").iter();
    parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Makes the folder hold these files and no others.
pub(crate) fn write_tree(folder: &Path, files: &Tree) {
    let _ = fs::remove_dir_all(folder);
    for (name, bytes) in files {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder for what is expected");
        fs::write(file, bytes).expect("what is expected can be written");
    }
}

/// How what was made differs from what is expected: a line or three a file.
pub(crate) fn differences(expected: &Tree, made: &Tree) -> Vec<String> {
    let missing = expected
        .keys()
        .filter(|name| !made.contains_key(*name))
        .map(|name| format!("missing     {name}"));
    let others = made.iter().filter_map(|(name, bytes)| match expected.get(name) {
        None => Some(format!("unexpected  {name}")),
        Some(same) if same == bytes => None,
        Some(other) => Some(format!("differs     {name}{}", first_difference(other, bytes))),
    });
    missing.chain(others).collect()
}

/// Text with no-break spaces as `⍽` and narrow ones as `⎵`, so that they are told from others.
pub(crate) fn visible(text: &str) -> String {
    text.replace('\u{a0}', "⍽").replace('\u{202f}', "⎵")
}

/// The first line that differs, as expected and as made.
fn first_difference(expected: &[u8], made: &[u8]) -> String {
    let [expected, made] = [expected, made].map(|bytes| visible(&String::from_utf8_lossy(bytes)));
    let lines = |text: &str| {
        text.split('\n')
            .map(ToOwned::to_owned)
            .chain(["(end)".to_owned()])
            .collect::<Vec<_>>()
    };
    let pairs = lines(&expected).into_iter().zip(lines(&made)).zip(1..);
    let shown = |((expected, made), number): ((String, String), usize)| {
        format!(":{number}\n  expected  {expected}\n  made      {made}")
    };
    pairs
        .into_iter()
        .find(|((expected, made), _)| expected != made)
        .map(shown)
        .unwrap_or_default()
}

/// Compares a text with a file; with `ACCEPT=1` the file is written instead.
pub(crate) fn expect_file(file: &Path, made: &str) {
    if accepting() {
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder for what is expected");
        fs::write(file, made).expect("what is expected can be written");
        return;
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    let difference = first_difference(expected.as_bytes(), made.as_bytes());
    assert!(
        expected == made,
        "{}{difference}\nACCEPT=1 writes what is made:\n{made}",
        file.display()
    );
}
