//! `utsikt diff` as it is typed: between folders and between git revisions, in words and in JSON, in both languages.
//!
//! `ACCEPT=1 cargo test --test diff` writes the texts under `tests/cli`.

#![expect(
    clippy::disallowed_methods,
    reason = "runs the program and git in folders of its own"
)]

mod support;

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use support::{expect_file, path, read_tree, write_tree};
use tempfile::TempDir;

/// Two sites, `old` and `new`, in a folder of their own.
struct Fixture(TempDir);

impl Fixture {
    fn new() -> Self {
        let fixture = Self(TempDir::new().expect("a folder"));
        let base = read_tree(&path("tests/faults/base"));
        for side in ["old", "new"] {
            write_tree(&fixture.at(side), &base);
        }
        fixture
    }

    /// The same, with an update of every kind in `new`.
    fn updated() -> Self {
        let fixture = Self::new();
        let series = fixture.read("new/data/series/arbetsloshet.csv");
        let last = series.lines().last().expect("a row").to_owned();
        fixture.write("new/data/series/arbetsloshet.csv", &series.replace(&last, ""));
        fixture.edit(
            "new/data/indicators/behorighet.yaml",
            "82.3 }",
            "76.9, 2024/2025: 84.0 }",
        );
        fixture.edit("new/data/indicators/behorighet.yaml", "84.0, 2023", "84.1, 2023");
        fixture.write("new/content/ny.md", "---\ntitle: Ny\n---\nEn ny sida.\n");
        fixture.edit("old/content/om.md", "---\n", "---\nteaser: Om\n");
        fixture
    }

    fn at(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.at(file)).expect("a file of the site")
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.at(file), text).expect("a file of the site");
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no {from}");
        self.write(file, &text.replacen(from, to, 1));
    }

    /// Runs `utsikt diff` in the folder; gives its exit code, what it printed, and what it complained of.
    fn diff(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command
            .current_dir(self.0.path())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        run(command
            .env("SOURCE_DATE_EPOCH", "1795400000")
            .arg("diff")
            .args(arguments))
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command
            .current_dir(self.0.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        command.args([
            "-c",
            "user.name=Prov",
            "-c",
            "user.email=prov@example.se",
            "-c",
            "init.defaultBranch=main",
        ]);
        let (code, _, complaint) = run(command.args(arguments));
        assert_eq!(code, 0, "{complaint}");
    }
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it writes UTF-8");
    (status.code().expect("it ended by itself"), text(stdout), text(stderr))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_same_site_does_not_differ() {
    let (code, output, complaint) = Fixture::new().diff(&["old", "new", "--lang", "en"]);
    assert_eq!(
        (code, output.as_str(), complaint.as_str()),
        (0, "How new differs from old\nNothing differs.\n", "")
    );
}

#[test]
fn an_update_is_told_in_swedish() {
    let (code, output, complaint) = Fixture::updated().diff(&["old", "new", "--lang", "sv"]);
    assert_eq!(code, 0, "{complaint}");
    expect_file(&path("tests/cli/diff-sv.txt"), &output);
}

#[test]
fn an_update_is_told_in_english() {
    let (_, output, _) = Fixture::updated().diff(&["old", "new", "--lang", "en"]);
    expect_file(&path("tests/cli/diff-en.txt"), &output);
}

#[test]
fn programs_get_every_figure() {
    let (_, output, _) = Fixture::updated().diff(&["old", "new", "--format", "json", "--lang", "en"]);
    let figures = &json(&output)["figures"];
    let eligible = figures
        .as_array()
        .expect("a list")
        .iter()
        .find(|it| it["indicator"] == "behorighet");
    let revised = &eligible.expect("it was updated")["revised"];
    assert_eq!(revised.as_array().expect("a list").len(), 2, "{revised}");
    assert_eq!(
        (&revised[0]["place"], &revised[0]["was"], &revised[0]["now"]),
        (&"18".into(), &82.3.into(), &76.9.into())
    );
}

#[test]
fn a_claim_that_no_longer_holds_is_an_error() {
    let fixture = Fixture::new();
    let claim = "\n{{ claim(\"Fler än 80 procent är behöriga\", value(\"behorighet\") > 80) }}\n";
    for side in ["old", "new"] {
        let page = fixture.read(&format!("{side}/content/om.md"));
        fixture.write(&format!("{side}/content/om.md"), &(page + claim));
    }
    fixture.edit("new/data/indicators/behorighet.yaml", "82.3", "76.9");
    let (code, output, complaint) = fixture.diff(&["old", "new", "--lang", "en"]);
    assert_eq!(code, 1, "{complaint}");
    assert!(
        output.contains("Claims that no longer hold\n  content/om.md: the claim “Fler än 80 procent"),
        "{output}"
    );
    let (_, output, _) = fixture.diff(&["new", "old", "--lang", "en"]);
    assert!(
        !output.contains("no longer hold") && output.contains("1 earlier finding is gone."),
        "{output}"
    );
}

#[test]
fn ranks_that_moved_are_told_with_their_period() {
    let fixture = Fixture::new();
    let missing = "\"1814\": { 2023/2024: suppressed }";
    for (side, lekeberg) in [("old", 80), ("new", 60)] {
        let known = format!("\"1814\": {{ 2023/2024: {lekeberg} }}\n  \"1880\": {{ 2023/2024: 70 }}");
        fixture.edit(&format!("{side}/data/indicators/behorighet.yaml"), missing, &known);
    }
    let (_, output, _) = fixture.diff(&["old", "new", "--format", "json", "--lang", "sv"]);
    let ranks = json(&output)["ranks"].clone();
    let moved = |at: usize| {
        (
            ranks[at]["place"].clone(),
            ranks[at]["was"]["position"].clone(),
            ranks[at]["now"].clone(),
        )
    };
    let now = |position: u8| serde_json::json!({ "period": "2023/2024", "position": position, "of": 2 });
    assert_eq!(moved(0), ("1814".into(), 1.into(), now(2)));
    assert_eq!(moved(1), ("1880".into(), 2.into(), now(1)));
}

#[test]
fn a_large_revision_wants_a_note() {
    let fixture = Fixture::updated();
    let settings = fixture.read("new/data/site.yaml") + "revisions: { note_above_percent: 5 }\n";
    fixture.write("new/data/site.yaml", &settings);
    let (code, _, complaint) = fixture.diff(&["old", "new", "--lang", "en"]);
    assert_eq!(code, 0);
    assert!(
        complaint.contains("warning[revision/note]") && complaint.contains("82.3 to 76.9"),
        "{complaint}"
    );
    let indicator = fixture.read("new/data/indicators/behorighet.yaml");
    let note = "notes: [ { period: 2023/2024, text: Omräknat. } ]\n";
    fixture.write("new/data/indicators/behorighet.yaml", &(indicator + note));
    assert_eq!(fixture.diff(&["old", "new"]).2, "");
}

/// The record of the day that `SOURCE_DATE_EPOCH` stands for.
const RECORD: &str = "new/data/changes/2026-11-23.yaml";

impl Fixture {
    fn publish(&self, more: &[&str]) -> (i32, String, String) {
        self.diff(&[&["old", "--site", "new", "--publish", "--lang", "sv"], more].concat())
    }

    /// Finds nothing wrong with the new site but what is expected, and gives what was complained of.
    fn checked(&self) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command
            .current_dir(self.at("new"))
            .env("SOURCE_DATE_EPOCH", "1795400000");
        let (code, output, complaint) = run(command.args(["check", "--lang", "en"]));
        assert_eq!(code, 0, "{complaint}");
        output + &complaint
    }
}

#[test]
fn an_update_is_recorded_for_readers() {
    let fixture = Fixture::updated();
    fixture.write(
        "new/data/site.yaml",
        &(fixture.read("new/data/site.yaml") + "revisions: { note_above_percent: 5 }\n"),
    );
    let (code, _, complaint) = fixture.publish(&[]);
    assert_eq!(code, 0, "{complaint}");
    assert!(
        complaint.contains("Uppdateringen står i data/changes/2026-11-23.yaml."),
        "{complaint}"
    );
    expect_file(&path("tests/cli/diff-record.txt"), &fixture.read(RECORD));
    assert!(fixture.at("new/.utsikt/schema/update.json").is_file());
    assert!(!fixture.at("new/data/.import").exists());
    let complaint = fixture.checked();
    assert!(
        complaint.contains("warning[update/note]") && complaint.contains("82.3 to 76.9"),
        "{complaint}"
    );
    fixture.edit(RECORD, "        note:\n", "        note: Omräknat.\n");
    assert_eq!(fixture.checked(), "Nothing wrong.\n");
    assert_eq!(fixture.diff(&["old", "new"]).2, "", "a note in the update is a note");
}

#[test]
fn what_a_person_has_written_into_a_record_is_kept() {
    let fixture = Fixture::updated();
    assert_eq!(fixture.publish(&[]).0, 0);
    fixture.edit(RECORD, "title:", "title: Hösten");
    fixture.edit(
        RECORD,
        "      - period: 2023/2024\n",
        "      - period: 2023/2024\n        note: Omräknat.\n",
    );
    let before = fixture.read(RECORD);
    let (code, _, complaint) = fixture.publish(&[]);
    assert_eq!(code, 2);
    assert!(
        complaint.contains("det finns redan en från samma dag: `data/changes/2026-11-23.yaml`"),
        "{complaint}"
    );
    assert_eq!(fixture.read(RECORD), before);
    fixture.edit("new/data/indicators/behorighet.yaml", "76.9", "76.8");
    assert_eq!(fixture.publish(&["--replace"]).0, 0);
    let after = fixture.read(RECORD);
    for kept in ["title: \"Hösten\"\n", "        note: \"Omräknat.\"\n", "now: 76.8 }"] {
        assert!(after.contains(kept), "{after}");
    }
}

#[test]
fn what_no_reader_would_notice_is_not_recorded() {
    let fixture = Fixture::new();
    let (code, _, complaint) = fixture.publish(&[]);
    assert_eq!(code, 0);
    assert!(complaint.contains("Ingen uppdatering skrevs ned"), "{complaint}");
    // Made-up figures are no news.
    for side in ["old", "new"] {
        let file = format!("{side}/data/indicators/behorighet.yaml");
        fixture.write(&file, &(fixture.read(&file) + "sample: true\n"));
    }
    fixture.edit("new/data/indicators/behorighet.yaml", "82.3", "76.9");
    assert!(fixture.publish(&[]).2.contains("Ingen uppdatering skrevs ned"));
    assert!(!fixture.at(RECORD).exists());
}

#[test]
fn a_site_with_errors_is_not_recorded_unless_they_are_claims() {
    let fixture = Fixture::updated();
    let claim = "\n{{ claim(\"Fler än 80 procent är behöriga\", value(\"behorighet\", period=\"2023/2024\") > 80) }}\n";
    for side in ["old", "new"] {
        let page = fixture.read(&format!("{side}/content/om.md"));
        fixture.write(&format!("{side}/content/om.md"), &(page + claim));
    }
    let (code, _, complaint) = fixture.publish(&[]);
    assert_eq!(code, 1, "{complaint}");
    let record = fixture.read(RECORD);
    assert!(
        record.ends_with("claims:\n  - text: \"Fler än 80 procent är behöriga\"\n    page: \"om\"\n"),
        "{record}"
    );
    fs::remove_file(fixture.at(RECORD)).expect("it was recorded");
    fixture.edit("new/data/indicators/arbetsloshet.yaml", "better:", "bettre:");
    let (code, _, complaint) = fixture.publish(&[]);
    assert_eq!(code, 1);
    assert!(complaint.contains("Uppdateringen skrevs inte ned"), "{complaint}");
    assert!(!fixture.at(RECORD).exists());
}

#[test]
fn a_disk_that_refuses_leaves_the_data_as_they_were() {
    let fixture = Fixture::updated();
    fixture.write("new/data/changes", "in the way");
    let before = read_tree(&fixture.at("new"));
    let (code, _, complaint) = fixture.publish(&[]);
    assert_eq!(code, 2);
    assert!(complaint.contains("går inte att skriva"), "{complaint}");
    assert_eq!(read_tree(&fixture.at("new")), before);
}

#[test]
fn only_the_site_as_it_is_now_can_be_recorded() {
    let fixture = Fixture::updated();
    let (code, _, complaint) = fixture.diff(&["old", "new", "--publish"]);
    assert_eq!(code, 2);
    assert!(complaint.contains("cannot be used together"), "{complaint}");
    let (code, _, complaint) = fixture.diff(&["old", "--site", "new", "--replace"]);
    assert_eq!(code, 2);
    assert!(complaint.contains("--publish"), "{complaint}");
}

#[test]
fn an_update_is_told_in_a_comment() {
    let fixture = Fixture::updated();
    fixture.edit(
        "new/data/indicators/behorighet.yaml",
        "name: Behöriga",
        "name: <b>@alla</b> Behöriga",
    );
    let (code, output, complaint) = fixture.diff(&["old", "new", "--format", "markdown", "--lang", "sv"]);
    assert_eq!((code, complaint.as_str()), (0, ""));
    expect_file(&path("tests/cli/diff-markdown.txt"), &output);
}

#[test]
fn revisions_are_compared_without_being_checked_out() {
    let fixture = Fixture::updated();
    fixture.git(&["init", "--quiet"]);
    let stored = read_tree(&fixture.at("old"));
    let update = read_tree(&fixture.at("new"));
    write_tree(&fixture.at("site"), &stored);
    fixture.git(&["add", "site"]);
    fixture.git(&["commit", "--quiet", "--message", "Before"]);
    write_tree(&fixture.at("site"), &update);
    let figures = |arguments: &[&str]| {
        let (code, output, complaint) = fixture.diff(&[arguments, &["--site", "site", "--format", "json"]].concat());
        assert_eq!(code, 0, "{complaint}");
        json(&output)["figures"].clone()
    };
    let expected = json(&fixture.diff(&["old", "new", "--format", "json"]).1)["figures"].clone();
    assert_eq!(figures(&["HEAD"]), expected, "against the files as they are");
    fixture.git(&["commit", "--quiet", "--all", "--message", "After"]);
    let before = read_tree(&fixture.at("site"));
    assert_eq!(figures(&["HEAD~1", "HEAD"]), expected, "between two commits");
    assert_eq!(read_tree(&fixture.at("site")), before);
}

#[test]
fn what_is_neither_folder_nor_revision_could_not_run() {
    let fixture = Fixture::new();
    fixture.git(&["init", "--quiet"]);
    for name in ["nowhere", "--output=x", "old/content"] {
        let (code, output, complaint) = fixture.diff(&["--site", "old", "--", name]);
        assert_eq!((code, output.as_str()), (2, ""), "{complaint}");
        assert!(complaint.contains(&format!("`{name}` is neither")), "{complaint}");
    }
}

#[test]
fn a_broken_site_is_told_of() {
    let fixture = Fixture::new();
    fixture.write("new/data/site.yaml", "title: [\n");
    let (code, output, complaint) = fixture.diff(&["old", "new"]);
    assert_eq!((code, output.as_str()), (1, ""), "{complaint}");
    assert!(
        complaint.contains("error[yaml/syntax]") && complaint.contains("new/data/site.yaml"),
        "{complaint}"
    );
}
