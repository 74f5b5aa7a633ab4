//! Imports, each a folder: the files that are given, and the journal and the words that come of them.
//!
//! `tests/import/NAME/given` holds what is imported, in the order of the names, into the consultation of
//! `tests/import/base`; beside it there may be `mapping.yaml`, `codes.csv`, `responses.jsonl` (the journal before) and
//! `setup.txt` (`preset NAME`, `sheet RELATION`, `draft`). What comes of it is `expected.jsonl` and `expected.txt`; `ACCEPT=1 cargo test
//! --test import` writes them. Every export here is made up, in the shape that its tool gives.

#![expect(clippy::disallowed_methods, reason = "reads its own folders")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use utsikt::finding::print::{Format, print};
use utsikt::finding::{Language, Log, Messages};
use utsikt::import::{self, Imported, SheetRelation, Survey};
use utsikt::model::{Answers, Mapping, Site, Tool};
use utsikt::read;
use utsikt::source::{Snapshot, SourceFile};

/// One import, ready to be done.
struct Case {
    site: Site,
    snapshot: Snapshot,
    files: Vec<SourceFile>,
    mapping: Option<Mapping>,
    codes: Option<Vec<(String, String)>>,
    journal: String,
    tool: Option<Tool>,
    relation: Option<SheetRelation>,
    is_draft: bool,
    log: Log,
}

impl Case {
    fn of(name: &str) -> Self {
        let folder = support::path("tests/import").join(name);
        let mut snapshot = utsikt::disk::gather(&support::path("tests/import/base")).expect("the base can be read");
        snapshot.prefix.clear();
        let log = Log::default();
        let site = read::site(&snapshot, &log).expect("the base is a site");
        assert!(log.is_empty(), "{}", said(read::findings(log), &snapshot));
        let mut files = Vec::new();
        for (path, bytes) in support::read_tree(&folder.join("given")) {
            snapshot.insert_answers(&path, bytes);
            files.extend(snapshot.find(&path).cloned());
        }
        let log = Log::default();
        let mut own = |name: &str| {
            let bytes = fs::read(folder.join(name)).ok()?;
            snapshot.insert(name, bytes);
            snapshot.find(name).cloned()
        };
        let mapping = own("mapping.yaml").and_then(|file| read::mapping(&file, &log));
        let codes = own("codes.csv").map(|file| read::codes(&file, &log));
        let journal = fs::read_to_string(folder.join("responses.jsonl")).unwrap_or_default();
        let setup = fs::read_to_string(folder.join("setup.txt")).unwrap_or_default();
        let preset = setup.lines().find_map(|line| line.strip_prefix("preset "));
        let tool = preset
            .and_then(|name| Tool::NAMES.iter().find(|(own, _)| *own == name))
            .map(|(_, tool)| *tool);
        let stated = setup.lines().find_map(|line| line.strip_prefix("sheet "));
        let relation = stated
            .and_then(|name| SheetRelation::NAMES.iter().find(|(own, _)| *own == name))
            .map(|(_, relation)| *relation);
        let is_draft = setup.lines().any(|line| line == "draft");
        Self {
            site,
            snapshot,
            files,
            mapping,
            codes,
            journal,
            tool,
            relation,
            is_draft,
            log,
        }
    }

    fn survey<'a>(&'a self, journal: &'a str) -> Survey<'a> {
        Survey {
            consultation: &self.site.consultations[0],
            journal,
            codes: self.codes.as_deref(),
            mapping: self.mapping.as_ref(),
            tool: self.tool,
            today: None,
            relation: self.relation,
        }
    }

    /// The journal after the import, and what it did.
    fn imported(&self, files: &[SourceFile], journal: &str) -> (String, Imported) {
        let imported = import::survey(&self.survey(journal), files, &self.log);
        (format!("{journal}{}", imported.added), imported)
    }

    /// What counts of a journal, and what its reader finds.
    fn answers(&self, journal: &str) -> (Answers, String) {
        let mut snapshot = self.snapshot.clone();
        snapshot.insert("answers/enkat/responses.jsonl", journal.as_bytes().to_vec());
        let log = Log::default();
        let answers = read::answers(&self.site, &snapshot, &log)
            .into_iter()
            .next()
            .unwrap_or_default();
        (answers, said(read::findings(log), &snapshot))
    }
}

fn said(findings: Vec<utsikt::finding::Finding>, snapshot: &Snapshot) -> String {
    print(
        &read::locate(findings, snapshot),
        &Messages::new(Language::Sv),
        Format::Human,
        false,
    )
}

fn cases() -> Vec<String> {
    let entries = fs::read_dir(support::path("tests/import")).expect("a folder of imports");
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name != "base")
        .collect();
    names.sort();
    names
}

fn expect(case: &str, name: &str, made: &str) {
    support::expect_file(&Path::new(&support::path("tests/import")).join(case).join(name), made);
}

#[test]
fn every_import_gives_what_is_expected() {
    for name in cases() {
        let case = Case::of(&name);
        if case.is_draft {
            let draft = import::draft(&case.survey(""), &case.files[0], &case.log).expect("a draft");
            expect(&name, "expected.yaml", &draft);
            continue;
        }
        let (journal, imported) = case.imported(&case.files, &case.journal);
        let mut text = format!("{:#?}\n\n", imported.report);
        let (answers, found) = case.answers(&journal);
        let counting = answers.responses.iter().filter(|own| own.replaced.is_none());
        for own in counting {
            let _ = writeln!(text, "counts: {} {:?} {:?}", own.id, own.body, own.answers);
        }
        let Case { log, snapshot, .. } = case;
        let _ = write!(
            text,
            "\nimport:\n{}\njournal:\n{found}",
            said(read::findings(log), &snapshot)
        );
        expect(&name, "expected.txt", &text);
        expect(&name, "expected.jsonl", &journal);
    }
}

#[test]
fn importing_twice_is_importing_once() {
    for name in cases() {
        let case = Case::of(&name);
        let (once, _) = case.imported(&case.files, &case.journal);
        let (twice, again) = case.imported(&case.files, &once);
        assert_eq!(twice, once, "{name}");
        assert_eq!(
            again.report.new + again.report.replaced.len() + again.report.older.len(),
            0,
            "{name}"
        );
    }
}

#[test]
fn the_order_of_files_makes_no_difference_to_what_counts() {
    let counting = |case: &Case, files: &[SourceFile]| {
        let (answers, _) = case.answers(&case.imported(files, "").0);
        let own = answers.responses.into_iter().filter(|own| own.replaced.is_none());
        let mut own: Vec<String> = own
            .map(|own| format!("{} {:?} {:?}", own.id, own.body, own.answers))
            .collect();
        own.sort();
        own
    };
    for name in ["files", "conflict"] {
        let case = Case::of(name);
        let mut files = case.files.clone();
        let expected = counting(&case, &files);
        files.reverse();
        assert_eq!(counting(&case, &files), expected, "{name}");
    }
}

#[test]
fn a_draft_can_be_read_back_and_used() {
    for name in cases().into_iter().filter(|name| name.ends_with("-draft")) {
        let case = Case::of(&name);
        let draft = import::draft(&case.survey(""), &case.files[0], &case.log).expect("a draft");
        let file = SourceFile {
            path: "mapping.yaml".into(),
            bytes: draft.as_bytes().into(),
        };
        let log = Log::default();
        let mapping = read::mapping(&file, &log);
        assert!(mapping.is_some() && log.is_empty(), "{name}: {draft}");
    }
}
