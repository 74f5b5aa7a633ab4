//! `utsikt import` as it is typed: what it writes, what it says, and that it is not done twice.

#![expect(clippy::disallowed_methods, reason = "runs the program in a folder of its own")]

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A site with answers beside it.
struct Ground {
    folder: TempDir,
}

impl Ground {
    fn new() -> Self {
        let ground = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let base = support::read_tree(&support::path("tests/import/base"));
        support::write_tree(&ground.at("site"), &base);
        let own = fs::read_to_string(ground.at("site/data/site.yaml")).expect("the settings");
        fs::write(ground.at("site/data/site.yaml"), own + "answers: ../svar\n").expect("the settings");
        ground
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_default()
    }

    /// Runs `utsikt import` in the site's folder; gives its exit code, what it printed, and what it complained of.
    fn import(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command.arg("import").args(arguments).current_dir(self.at("site"));
        let Output { status, stdout, stderr } =
            command.env("LC_ALL", "en_GB").env("SOURCE_DATE_EPOCH", "1774000000").output().expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it writes UTF-8");
        (status.code(), text(stdout), text(stderr))
    }
}

fn given(path: &str) -> String {
    support::path("tests/import").join(path).display().to_string()
}

#[test]
fn answers_come_in_once() {
    let ground = Ground::new();
    let file = given("files/given/a-nora.json");
    let (code, said, complaint) = ground.import(&["survey", "enkat", &file]);
    assert_eq!((code, said.lines().next()), (Some(0), Some("1 new response")), "{complaint}");
    let journal = ground.read("svar/enkat/responses.jsonl");
    assert_eq!(journal.lines().count(), 1);
    assert!(!journal.contains("nina@example.se") && !journal.contains("abcd-efgh"));
    assert!(ground.read("svar/enkat/import.log").starts_with("2026-03-20 "));
    let (_, said, _) = ground.import(&["survey", "enkat", &file]);
    assert_eq!(said.lines().next(), Some("0 new responses, 1 response was there already"));
    assert_eq!(ground.read("svar/enkat/responses.jsonl"), journal);
}

#[test]
fn a_dry_run_writes_nothing() {
    let ground = Ground::new();
    let (code, ..) = ground.import(&["survey", "enkat", &given("files/given/a-nora.json"), "--dry-run"]);
    assert_eq!(code, Some(0));
    assert!(!ground.at("svar").exists());
}

#[test]
fn what_is_wrong_is_told_and_the_rest_is_imported() {
    let ground = Ground::new();
    let (wrong, right) = (given("csv-form/given/table.csv"), given("files/given/a-nora.json"));
    let (code, _, complaint) = ground.import(&["survey", "enkat", &wrong, &right]);
    assert_eq!(code, Some(1));
    assert!(complaint.contains("error[import/column]"), "{complaint}");
    assert_eq!(ground.read("svar/enkat/responses.jsonl").lines().count(), 1);
}

#[test]
fn a_drafted_mapping_serves_once_a_human_has_gone_through_it() {
    let ground = Ground::new();
    let export = given("msforms/given/export.csv");
    let (code, draft, _) = ground.import(&["survey", "enkat", &export, "--preset", "msforms", "--draft-mapping"]);
    assert_eq!(code, Some(0));
    assert!(!ground.at("svar").exists());
    fs::create_dir_all(ground.at("svar/enkat")).unwrap();
    fs::write(ground.at("svar/enkat/mapping.yaml"), &draft).unwrap();
    let (code, _, complaint) = ground.import(&["survey", "enkat", &export]);
    assert_eq!(code, Some(1), "nobody has said what `Kommun` is");
    assert!(complaint.contains("`Kommun`"), "{complaint}");
    let seen = draft.replacen("\ncolumns:\n", "\ndates: month-first\ncolumns:\n  body: Kommun\n", 1);
    fs::write(ground.at("svar/enkat/mapping.yaml"), seen).unwrap();
    let (code, said, complaint) = ground.import(&["survey", "enkat", &export]);
    assert_eq!((code, said.starts_with("3 new responses")), (Some(0), true), "{said}{complaint}");
}

#[test]
fn every_invited_body_gets_a_code_and_keeps_it() {
    let ground = Ground::new();
    assert_eq!(ground.import(&["codes", "enkat"]).0, Some(0));
    let codes = ground.read("svar/enkat/codes.csv");
    assert_eq!(codes.lines().count(), 4);
    assert_eq!(ground.import(&["codes", "enkat"]).0, Some(0));
    assert_eq!(ground.read("svar/enkat/codes.csv"), codes);
}

#[test]
fn a_survey_that_is_not_there_could_not_run() {
    let (code, _, complaint) = Ground::new().import(&["survey", "enkt", "x.json"]);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("`enkat`"), "{complaint}");
}
