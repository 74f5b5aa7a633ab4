//! Every site of the tests, damaged at random: whatever is done to its files, the program comes to its end and says where the
//! damage is.
//!
//! A run damages one to four files of a site (content, data, themes, answers), compiles it and prints what is found in every
//! format. Nothing may panic or take longer than [`LONGEST`], and every finding has a place. Runs are numbered, and a number
//! always does the same damage. `MUTATIONS=10000 cargo test --test mutations` makes so many runs, `FIRST=77` begins with
//! number 77; `tests/run mutations` is the long form.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the sites of the tests and the number of runs"
)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;
use support::{options, path};
use utsikt::cache::Cache;
use utsikt::compile::compile;
use utsikt::finding::print::{Format, print};
use utsikt::finding::{Code, Language, Messages};
use utsikt::page::BuildOptions;
use utsikt::read::locate;
use utsikt::source::Snapshot;

/// Runs of an ordinary test.
const USUAL: u64 = 300;
/// Time that a run may take, many times what it takes on a busy machine without optimisation.
const LONGEST: Duration = Duration::from_mins(1);
/// Findings about the site as a whole: there is no file to point at.
const WITHOUT_PLACE: [Code; 1] = [Code::SiteMissing];

/// Most damage leaves most charts as they are, and charts are what takes time.
static DRAWINGS: LazyLock<Cache> = LazyLock::new(Cache::default);

#[test]
fn no_damage_is_too_much() {
    let number = |name: &str, usual| {
        std::env::var(name)
            .ok()
            .map_or(usual, |text| text.parse().expect("a number"))
    };
    let (first, count) = (number("FIRST", 0), number("MUTATIONS", USUAL));
    let sites = sites();
    let next = AtomicU64::new(first);
    let (faults, received) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..2 {
            let (faults, sites, next) = (faults.clone(), &sites, &next);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= first + count {
                        break;
                    }
                    if let Some(fault) = run(number, sites) {
                        faults.send(fault).expect("the test waits for faults");
                    }
                }
            });
        }
        drop(faults);
    });
    let faults: Vec<String> = received.into_iter().collect();
    assert!(
        faults.is_empty(),
        "{} of {count} runs:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Every site of the tests with its name.
fn sites() -> Vec<(String, Snapshot)> {
    let folders = fs::read_dir(path("tests/sites"))
        .expect("the sites")
        .filter_map(Result::ok);
    let mut names: Vec<String> = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let base = path("tests/sites/base");
    names
        .into_iter()
        .map(|name| {
            let snapshot = support::laid_over(&base, &path("tests/sites").join(&name));
            (name, snapshot)
        })
        .collect()
}

/// Damages a site and compiles it; what went wrong, if anything did.
fn run(number: u64, sites: &[(String, Snapshot)]) -> Option<String> {
    let mut random = Random(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed);
    let (site, whole) = &sites[random.below(sites.len())];
    let mut snapshot = whole.clone();
    let mut damage = String::new();
    for _ in 0..=random.below(4) {
        let _ = write!(damage, " {}", damage_one(&mut snapshot, whole, &mut random));
    }
    let build = BuildOptions {
        release: random.below(4) == 0,
        drafts: random.below(4) == 0,
        ..options()
    };
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| problem(&snapshot, &build)));
        let _ = send.send(outcome.unwrap_or_else(|_| Some("panics".to_owned())));
    });
    let problem = match receive.recv_timeout(LONGEST) {
        Ok(problem) => problem?,
        Err(RecvTimeoutError::Timeout) => "does not come to its end".to_owned(),
        Err(RecvTimeoutError::Disconnected) => "ends without a word".to_owned(),
    };
    Some(format!("run {number} of {site} {problem}; damaged:{damage}"))
}

/// Compiles a site and prints its findings; what is wrong with them, if anything is.
fn problem(snapshot: &Snapshot, build: &BuildOptions) -> Option<String> {
    let findings = compile(snapshot, build, &DRAWINGS).findings;
    let without_place = findings
        .iter()
        .find(|finding| finding.origin.is_none() && !WITHOUT_PLACE.contains(&finding.code))
        .map(|finding| finding.code.name());
    let elsewhere = findings.iter().find(|finding| {
        let file = finding.origin.as_ref().map(|origin| &origin.file);
        file.is_some_and(|file| file.is_empty())
    });
    let located = locate(findings.clone(), snapshot);
    for language in [Language::Sv, Language::En] {
        let messages = Messages::new(language);
        for format in Format::ALL {
            let _ = print(&located, &messages, format, false);
        }
    }
    match (without_place, elsewhere) {
        (Some(code), _) => Some(format!("gives {code} without a place")),
        (None, Some(finding)) => Some(format!("gives {} in no file", finding.code.name())),
        (None, None) => None,
    }
}

/// What means something to one of the languages that are read.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "```",
    "```chart\n",
    "```note\n",
    "---\n",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "|",
    "#",
    "\"",
    "'",
    "\n",
    "\n\n",
    "\t",
    "    ",
    ",",
    ";",
    "&a ",
    "*a ",
    "!x ",
    "<script>",
    "</div>",
    "<!--",
    "![",
    "](",
    "[^1]",
    "\\",
    "NaN",
    "1e999",
    "-1",
    "0",
    "99999999999999999999",
    "1,5",
    "2024-13-45",
    "9999",
    "K1",
    "true",
    "null",
    "..",
    "å",
    "\u{e000}",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "“",
    "value(\"",
    "claim(\"x\", ",
    "|format(1)",
    "range(9)",
    " * 99999999",
    "page:",
    "place:",
    "javascript:",
    "../../x",
    "C:\\x",
    "option: { series: 1 }\n",
    "kind: map\n",
    "draft: true\n",
    "<<: *a\n",
];

/// Damages a file; says which, and how.
fn damage_one(snapshot: &mut Snapshot, whole: &Snapshot, random: &mut Random) -> String {
    let files: Vec<_> = whole.under("", "").map(|file| file.path.clone()).collect();
    let path = &files[random.below(files.len())];
    let Some(file) = snapshot.find(path) else {
        return String::new();
    };
    let mut bytes = file.bytes.to_vec();
    let (from, to) = {
        let (one, other) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
        let most = if random.below(4) == 0 { bytes.len() } else { 24 };
        (one.min(other), one.max(other).min(one.min(other) + most))
    };
    let word = |bytes: &[u8], random: &mut Random| -> Vec<u8> {
        let words: Vec<&[u8]> = bytes
            .split(|byte| !byte.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            Vec::new()
        } else {
            words[random.below(words.len())].to_vec()
        }
    };
    let how = match random.below(10) {
        0 => {
            bytes.drain(from..to);
            "cut"
        }
        1 => {
            let part = bytes[from..to].to_vec();
            let times = 1 + random.below(3);
            bytes.splice(to..to, part.repeat(times));
            "repeated"
        }
        2 => {
            bytes.truncate(from);
            "ended"
        }
        3 => {
            let byte = u8::try_from(random.below(256)).expect("a byte");
            if let Some(place) = bytes.get_mut(from) {
                *place = byte;
            }
            "flipped"
        }
        4 => {
            // A word in the place of another: ids that do not fit, values under other keys.
            let new = word(&bytes, random);
            let end = bytes[from..]
                .iter()
                .position(|byte| !byte.is_ascii_alphanumeric())
                .map_or(bytes.len(), |at| from + at);
            bytes.splice(from..end, new);
            "reworded"
        }
        5 => {
            let other = &files[random.below(files.len())];
            let other = whole.find(other).map(|file| file.bytes.to_vec()).unwrap_or_default();
            let start = random.below(other.len() + 1);
            let part = other[start..(start + 200).min(other.len())].to_vec();
            bytes.splice(from..to, part);
            "mixed"
        }
        6 => {
            let mut lines: Vec<Vec<u8>> = bytes
                .split_inclusive(|byte| *byte == b'\n')
                .map(<[u8]>::to_vec)
                .collect();
            if !lines.is_empty() {
                let (one, other) = (random.below(lines.len()), random.below(lines.len()));
                lines.swap(one, other);
                if random.below(2) == 0 {
                    lines.remove(one);
                }
            }
            bytes = lines.concat();
            "reordered"
        }
        _ => {
            let piece = PIECES[random.below(PIECES.len())];
            let end = if random.below(2) == 0 { from } else { to };
            bytes.splice(from..end, piece.bytes());
            "pieced"
        }
    };
    // Now and then a file is found under another name.
    if random.below(40) == 0 {
        snapshot.insert(&path.replace('-', "\n"), bytes.clone());
    }
    snapshot.insert(path, bytes);
    format!("{path} ({how} at {from})")
}

/// `SplitMix64`, which has no state but a number.
struct Random(u64);

impl Random {
    /// A whole number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bound = u64::try_from(bound.max(1)).expect("a usize has at most 64 bits");
        usize::try_from((mixed ^ (mixed >> 31)) % bound).expect("it is below a usize")
    }
}
