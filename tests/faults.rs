//! A folder for every fault: the files that differ from `base`, and what is then printed.
//!
//! `tests/faults/CODE` (or `CODE-case`) is laid over `tests/faults/base`, compiled for one fixed day, and
//! its findings are compared with `expected.txt`, which is what an author reads. Every fault gives one
//! message. `ACCEPT=1 cargo test --test faults` writes what is printed.
//!
//! Two more files may stand beside it. `deleted.txt` lists files of `base` to leave out. `setup.txt` says what
//! files cannot: `denied PATH` (a file that the disk does not hand out), `outside PATH` (a link that leads out of the site),
//! `release` (a release build that is asked for drafts), `diff` (the files in `old` are laid over the site to make the one before it, and what is said
//! is about the difference), `import ID` (the files in `given` are imported by `mapping.yaml`, if there is one, and what is said
//! is the import's), `archive` (the files in `given` are an archive that is checked), `rebuild` (the site is built and compared
//! with an archive of it in which the files in `given` are others), `link ADDRESS VERDICT` (what a server is taken to have said
//! of an address that a page links to), `offline COUNT` (no host has answered), `unrecorded ID` (the ledger of the consultation
//! cannot be written), `forgotten ID` (the ledger of the consultation has lost lines), and
//! `figures FORMAT ID` (the files in `given` are read as figures for the indicator ID, with `new` at the
//! end for one that is to be made, and `kpi:ID` and `years:YEARS` for what was asked for).

#![expect(clippy::disallowed_methods, reason = "reads the folders of faults")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use utsikt::archive::{self, Inventory};
use utsikt::cache::Cache;
use utsikt::check::links::{self, Closed, Obstacle, Verdict};
use utsikt::compile::{Outcome, compile, forgotten, unrecorded};
use utsikt::diff::{self, Side};
use utsikt::finding::print::{self, Format as Printed, print};
use utsikt::finding::{Code, Finding, Language, Log, Messages};
use utsikt::import::figures::ask::Kolada;
use utsikt::import::figures::{self, Choice, Format, Question, TableColumns};
use utsikt::import::{self, Survey};
use utsikt::page::BuildOptions;
use utsikt::read::{self, locate};
use utsikt::source::{Snapshot, Unreadable, UnreadableReason};

/// Files of a fault's folder that are not files of the site.
const OWN_FILES: [&str; 3] = ["expected.txt", "deleted.txt", "setup.txt"];

/// Most faults leave most charts as they are, and charts are what takes time.
static DRAWINGS: LazyLock<Cache> = LazyLock::new(Cache::default);

#[test]
fn every_fault_is_said_as_expected() {
    let accept = std::env::var_os("ACCEPT").is_some();
    let mut differing = Vec::new();
    for fault in faults() {
        let (printed, findings) = said(&fault);
        let file = root().join(&fault).join("expected.txt");
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if accept && printed != expected {
            fs::write(&file, &printed).expect("the folder of a fault can be written to");
        } else if printed != expected {
            differing.push(format!(
                "{fault} {}\n{printed}",
                if expected.is_empty() { "is missing" } else { "differs" }
            ));
            continue;
        }
        if findings.len() != 1 || findings[0].code.name() != code_of(&fault) {
            let codes: Vec<&str> = findings.iter().map(|finding| finding.code.name()).collect();
            differing.push(format!("{fault} should give one finding of its code, not {codes:?}"));
        }
    }
    assert!(
        differing.is_empty(),
        "{}\n{} faults differ; ACCEPT=1 writes what is printed",
        differing.join("\n"),
        differing.len()
    );
}

#[test]
fn base_has_no_fault() {
    let (printed, findings) = said("base");
    assert!(findings.is_empty(), "{printed}");
}

#[test]
fn every_code_has_a_fault_and_every_fault_a_code() {
    let faults = faults();
    let covered: BTreeSet<&str> = faults.iter().map(|fault| code_of(fault)).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let without_fault: Vec<_> = codes.difference(&covered).collect();
    let without_code: Vec<_> = faults.iter().filter(|fault| code_of(fault).is_empty()).collect();
    assert!(
        without_fault.is_empty() && without_code.is_empty(),
        "without fault: {without_fault:?}, without code: {without_code:?}"
    );
}

#[test]
fn every_fault_is_said_in_english_too() {
    let messages = Messages::new(Language::En);
    for fault in faults() {
        let (snapshot, wanted) = snapshot(&fault);
        for finding in findings(&snapshot, &wanted) {
            let (headline, label) = (messages.headline(&finding), messages.label(&finding));
            let has_label = !messages.code(finding.code).label.is_empty();
            assert!(
                !headline.contains('{') && label.is_empty() != has_label,
                "{fault}: {headline}: {label}"
            );
            assert!(messages.help(&finding).is_some(), "{fault} has no remedy");
        }
    }
}

/// Faults whose remedy names something that does not stand in the place of what is underlined, with the reason.
const NOT_FOLLOWED: [(&str, &str); 0] = [];

#[test]
fn a_remedy_that_names_something_works_when_followed() {
    let messages = Messages::new(Language::Sv);
    let mut unhelpful = Vec::new();
    let mut followed = 0;
    for fault in faults() {
        let (mut snapshot, wanted) = snapshot(&fault);
        let found = findings(&snapshot, &wanted);
        let located = locate(found, &snapshot);
        let Some((print::Located { finding, place, .. }, near)) = located
            .first()
            .and_then(|located| Some((located, located.finding.argument("near")?)))
        else {
            continue;
        };
        let help = messages.help(finding).unwrap_or_default();
        if !help.contains(&format!("`{near}`")) || NOT_FOLLOWED.iter().any(|(other, _)| *other == fault) {
            continue;
        }
        let (Some(origin), Some(place)) = (&finding.origin, place) else {
            // What was typed is no file that could be mended.
            continue;
        };
        let file = &origin.file;
        let text = snapshot
            .find(file)
            .and_then(|file| file.text().ok())
            .map(ToOwned::to_owned);
        let Some(text) = text else {
            unhelpful.push(format!("{fault}: its file is not there"));
            continue;
        };
        // A byte-order mark is no part of the text that places are in.
        let offset = text.len() - text.trim_start_matches('\u{feff}').len();
        let underlined = place.span.start + offset..place.span.end + offset;
        let written = &text[underlined.clone()];
        if underlined.is_empty() {
            // The file itself is called wrongly or lies in the wrong place.
            let bytes = text.into_bytes();
            snapshot.remove(file);
            snapshot.insert(near, bytes);
            followed += 1;
            let is_again = |after: &Finding| after.code == finding.code && after.argument("near") == Some(near);
            if findings(&snapshot, &wanted).iter().any(is_again) {
                unhelpful.push(format!("{fault}: it is told again in `{near}`"));
            }
            continue;
        }
        let names = ["value", "key", "column", "path", "text"].map(|name| finding.argument(name));
        let wrong = names
            .into_iter()
            .flatten()
            .find(|wrong| written.contains(wrong))
            // What is right apart from its quotation marks takes their place too.
            .filter(|wrong| *wrong != near)
            .unwrap_or(written);
        let mended = [
            &text[..underlined.start],
            &written.replacen(wrong, near, 1),
            &text[underlined.end..],
        ]
        .concat();
        let file = file.clone();
        let before = finding.clone();
        snapshot.insert(&file, mended.into_bytes());
        followed += 1;
        let same = |after: &Finding| {
            after.code == before.code
                && after.origin.as_ref().map(|origin| &origin.file) == Some(&file)
                && after.argument("near") == Some(near)
        };
        if let Some(after) = findings(&snapshot, &wanted).iter().find(|after| same(after)) {
            unhelpful.push(format!(
                "{fault}: `{wrong}` → `{near}` is told again: {}",
                messages.headline(after)
            ));
        }
    }
    assert!(unhelpful.is_empty(), "{}", unhelpful.join("\n"));
    assert!(followed > 50, "only {followed} remedies were followed");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults")
}

/// Folders of faults as `category/name`, in order.
fn faults() -> Vec<String> {
    let folders = |path: &Path| {
        let entries = fs::read_dir(path).expect("a folder of faults");
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let categories = folders(&root()).into_iter().filter(|category| category != "base");
    categories
        .flat_map(|category| {
            folders(&root().join(&category))
                .into_iter()
                .map(move |name| format!("{category}/{name}"))
        })
        .collect()
}

/// The longest code by which the folder's name begins; empty when there is none.
fn code_of(fault: &str) -> &'static str {
    let begins = |code: &&str| {
        fault
            .strip_prefix(*code)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(begins)
        .max_by_key(|code| code.len())
        .unwrap_or("")
}

/// What is printed about a fault, and the findings themselves.
fn said(fault: &str) -> (String, Vec<Finding>) {
    let (snapshot, wanted) = snapshot(fault);
    let findings = findings(&snapshot, &wanted);
    let located = locate(findings.clone(), &snapshot);
    (
        print(&located, &Messages::new(Language::Sv), Printed::Human, false),
        findings,
    )
}

/// What is done with the files of a fault.
enum Wanted {
    Build { release: bool },
    Diff,
    Import(String),
    Figures(String),
    Link(String),
    Offline(usize),
    Unrecorded(String),
    Forgotten(String),
    Archive,
    Rebuild,
}

fn findings(snapshot: &Snapshot, wanted: &Wanted) -> Vec<Finding> {
    let release = match wanted {
        Wanted::Build { release } => *release,
        Wanted::Diff => return diff_findings(snapshot),
        Wanted::Import(id) => return import_findings(snapshot, id),
        Wanted::Figures(words) => return figures_findings(snapshot, words),
        Wanted::Link(words) => return link_findings(snapshot, words),
        Wanted::Unrecorded(id) => return vec![unrecorded(id, "det går inte att skriva där")],
        Wanted::Forgotten(id) => return vec![forgotten(id, ".output.utsikt/built")],
        Wanted::Offline(count) => return vec![links::offline(*count)],
        Wanted::Archive => {
            let given = snapshot
                .under("given/", "")
                .map(|file| (&file.path["given/".len()..], &*file.bytes));
            return archive::findings(&archive::verify(&Inventory::from_files(given)));
        }
        Wanted::Rebuild => return rebuild_findings(snapshot),
    };
    let today = jiff::civil::date(2026, 11, 23);
    let options = BuildOptions {
        today,
        base_url: None,
        drafts: release,
        embargoed: false,
        release,
    };
    compile(snapshot, &options, &DRAWINGS).findings
}

fn link_findings(snapshot: &Snapshot, words: &str) -> Vec<Finding> {
    let (address, said) = words.split_once(' ').expect("an address and a verdict");
    let verdict = match said {
        "gone" => Verdict::Gone(404),
        "moved" => Verdict::Moved("https://www.scb.se/ny-sida".to_owned()),
        "closed" => Verdict::Closed(Closed::Robots),
        "private" => Verdict::Private,
        _ => Verdict::Unsure(Obstacle::Late),
    };
    let options = BuildOptions {
        today: jiff::civil::date(2026, 11, 23),
        base_url: None,
        drafts: false,
        embargoed: false,
        release: false,
    };
    let outcome = compile(snapshot, &options, &DRAWINGS);
    assert!(outcome.findings.is_empty(), "{:?}", outcome.findings);
    let link = links::links(&outcome.outputs, "")
        .into_iter()
        .find(|link| link.address == address);
    links::finding(&link.expect("a page has this link"), &verdict, snapshot)
        .into_iter()
        .collect()
}

fn rebuild_findings(snapshot: &Snapshot) -> Vec<Finding> {
    let options = BuildOptions {
        today: jiff::civil::date(2026, 11, 23),
        base_url: None,
        drafts: false,
        embargoed: false,
        release: false,
    };
    let outputs = compile(snapshot, &options, &DRAWINGS).outputs;
    let routes: Vec<String> = outputs.iter().map(|output| format!("data/{}", output.route)).collect();
    let kept = routes
        .iter()
        .zip(&outputs)
        .map(|(route, output)| (route.as_str(), &*output.bytes));
    let given = snapshot
        .under("given/", "")
        .map(|file| (&file.path["given/".len()..], &*file.bytes));
    let bag = Inventory::from_files(kept.chain(given));
    archive::rebuild_differences(&bag, outputs.iter().map(|output| (&*output.route, &*output.bytes)))
}

fn diff_findings(snapshot: &Snapshot) -> Vec<Finding> {
    let mut old = snapshot.clone();
    for file in snapshot.under("old/", "") {
        old.insert(&file.path["old/".len()..], file.bytes.clone());
    }
    let options = BuildOptions {
        today: jiff::civil::date(2026, 11, 23),
        base_url: None,
        drafts: false,
        embargoed: false,
        release: false,
    };
    let [old, new] = [&old, snapshot].map(|snapshot| compile(snapshot, &options, &DRAWINGS));
    let site = |outcome: &Outcome| outcome.site.clone().expect("both are sites");
    let sites = (site(&old), site(&new));
    let pair = (
        Side {
            site: &sites.0,
            outcome: &old,
        },
        Side {
            site: &sites.1,
            outcome: &new,
        },
    );
    diff::unexplained(&diff::between(pair.0, pair.1, 2026), &sites.1)
}

fn import_findings(snapshot: &Snapshot, id: &str) -> Vec<Finding> {
    let site = read::site(snapshot, &Log::default()).expect("the base is a site");
    let consultation = site
        .consultations
        .iter()
        .find(|own| own.id == id)
        .expect("the base has it");
    let log = Log::default();
    let mapping = snapshot.find("mapping.yaml").and_then(|file| read::mapping(file, &log));
    let survey = Survey {
        consultation,
        journal: "",
        codes: None,
        mapping: mapping.as_ref(),
        tool: None,
        today: None,
        relation: None,
    };
    let files: Vec<_> = snapshot.under("given/", "").cloned().collect();
    let _ = import::survey(&survey, &files, &log);
    read::findings(log)
}

fn figures_findings(snapshot: &Snapshot, words: &str) -> Vec<Finding> {
    let words: Vec<&str> = words.split(' ').collect();
    let format = Format::NAMES
        .iter()
        .find(|(name, _)| *name == words[0])
        .expect("a format")
        .1;
    let site = read::site(snapshot, &Log::default()).expect("the base is a site");
    let log = Log::default();
    let is_new = words.contains(&"new");
    if let Some(finding) = figures::obstacle(words[1], is_new, &site.indicators, snapshot) {
        return vec![finding];
    }
    if let Some(finding) = figures::unused(words[1], snapshot) {
        log.add(finding);
    }
    let files: Vec<_> = snapshot.under("given/", "").cloned().collect();
    let choice = Choice {
        wheres: words
            .iter()
            .filter_map(|word| figures::parse_where(word).ok())
            .collect(),
        ..Choice::default()
    };
    if let Some(table) = figures::read(format, &files, &TableColumns::default(), &log) {
        let context = figures::SiteContext {
            places: &site.places,
            language: "sv",
            path: &files[0].path,
        };
        let listed = |key: &str| -> Vec<String> {
            let list = words.iter().find_map(|word| word.strip_prefix(key));
            list.into_iter()
                .flat_map(|list| list.split(','))
                .map(ToOwned::to_owned)
                .collect()
        };
        let asked = Kolada {
            kpis: listed("kpi:"),
            places: Vec::new(),
            years: listed("years:"),
        };
        Question::kolada(&asked, &[]).check(&table, &files[0].path, &log);
        let _ = figures::map(&table, &choice, context, &log);
    }
    read::findings(log)
}

/// `base` with the fault's files laid over it, and what is done with them.
fn snapshot(fault: &str) -> (Snapshot, Wanted) {
    let folder = root().join(fault);
    let lines = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    };
    let mut left_out = lines("deleted.txt");
    let mut unreadable = Vec::new();
    let mut wanted = Wanted::Build { release: false };
    for line in lines("setup.txt") {
        let denied = || UnreadableReason::from(&std::io::ErrorKind::PermissionDenied.into());
        let refused = match line.split_once(' ') {
            Some(("denied", path)) => Some((path, denied())),
            Some(("outside", path)) => Some((path, UnreadableReason::LinkLeadsOut)),
            _ => None,
        };
        if let Some((path, reason)) = refused {
            left_out.push(path.to_owned());
            unreadable.push(Unreadable {
                path: path.into(),
                reason,
            });
        } else if line == "diff" {
            wanted = Wanted::Diff;
        } else if line == "archive" {
            wanted = Wanted::Archive;
        } else if line == "rebuild" {
            wanted = Wanted::Rebuild;
        } else if let Some(id) = line.strip_prefix("import ") {
            wanted = Wanted::Import(id.to_owned());
        } else if let Some(words) = line.strip_prefix("figures ") {
            wanted = Wanted::Figures(words.to_owned());
        } else if let Some(words) = line.strip_prefix("link ") {
            wanted = Wanted::Link(words.to_owned());
        } else if let Some(id) = line.strip_prefix("unrecorded ") {
            wanted = Wanted::Unrecorded(id.to_owned());
        } else if let Some(id) = line.strip_prefix("forgotten ") {
            wanted = Wanted::Forgotten(id.to_owned());
        } else if let Some(count) = line.strip_prefix("offline ") {
            wanted = Wanted::Offline(count.parse().expect("a number"));
        } else {
            assert_eq!(line, "release", "setup.txt of {fault} says something else");
            wanted = Wanted::Build { release: true };
        }
    }
    let mut snapshot = Snapshot::default();
    snapshot.unreadable = unreadable;
    for folder in [root().join("base"), folder] {
        for (path, bytes) in files(&folder) {
            if !OWN_FILES.contains(&path.as_str()) && !left_out.contains(&path) {
                if matches!(wanted, Wanted::Import(_)) && path.starts_with("given/") {
                    snapshot.insert_answers(&path, bytes);
                } else {
                    snapshot.insert(&path, bytes);
                }
            }
        }
    }
    (snapshot, wanted)
}

/// All files below a folder: path with `/`, and contents.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry
                .path()
                .strip_prefix(folder)
                .expect("it was found below the folder");
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            (
                parts.join("/"),
                fs::read(entry.path()).expect("a file of a fault can be read"),
            )
        })
        .collect()
}
