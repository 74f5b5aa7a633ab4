//! The guide for communications officers is right: its files have no faults on any day, and its tables name what there is.

use std::collections::BTreeSet;
use utsikt::cache::Cache;
use utsikt::compile::compile;
use utsikt::finding::{Code, Finding};
use utsikt::model::Outcome;
use utsikt::page::BuildOptions;
use utsikt::source::Snapshot;

mod support;

const GUIDE: &str = include_str!("../src/guide/consultations.md");

/// The consultation that the guide writes.
const EXAMPLE: &str = "data/consultations/vad-forst.yaml";

/// Files of the guide by path: fenced YAML whose first line is a comment with its path.
fn files() -> Vec<(&'static str, &'static str)> {
    let blocks = GUIDE
        .split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    blocks
        .map(|block| (block.lines().next().expect("a path").trim_start_matches("# "), block))
        .collect()
}

/// The text of one of its files, whose further lines stand where they are explained.
fn file(path: &str) -> String {
    let parts = files().into_iter().filter(|(own, _)| *own == path);
    parts.map(|(_, block)| block).collect()
}

/// A small site with the guide's files, and more in the consultation.
fn site_with(more: &str) -> Snapshot {
    let mut snapshot = Snapshot::default();
    let mut add = |path: &str, text: String| snapshot.insert(path, text.into_bytes());
    add(
        "data/site.yaml",
        "title: Prov\nlanguages: [sv]\ncountry: \"00\"\nplace_pages: []\n".to_owned(),
    );
    add(
        "data/places.yaml",
        "places:\n  - { code: \"00\", name: Riket, level: country }\n".to_owned(),
    );
    let indicator = "name: Behöriga\nunit: { kind: percent }\nbetter: higher\nsource: { publisher: X, licence: CC0 }\n\
                     values:\n  \"00\": { 2020: 85 }\n";
    add("data/indicators/exempel.yaml", indicator.to_owned());
    add("content/index.md", "---\ntitle: Start\n---\nHej!\n".to_owned());
    let paths: BTreeSet<&str> = files().into_iter().map(|(path, _)| path).collect();
    for path in paths.into_iter().filter(|path| path.starts_with("data/")) {
        let more = if path == EXAMPLE { more } else { "" };
        add(path, format!("{}{more}", file(path)));
    }
    snapshot
}

fn findings(snapshot: &Snapshot, options: &BuildOptions) -> Vec<Finding> {
    compile(snapshot, options, &Cache::default()).findings
}

/// What stands in backticks in the first column of the table with this heading.
fn first_column(heading: &str) -> Vec<&'static str> {
    let table = GUIDE
        .split(heading)
        .nth(1)
        .expect("the table")
        .split("\n\n")
        .next()
        .expect("rows");
    let cells = table.lines().skip(2).filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn its_files_have_no_faults_from_the_first_day_to_the_last() {
    assert_eq!(files().len(), 8);
    let snapshot = site_with("");
    let days = [
        (2026, 1, 1),
        (2026, 3, 1),
        (2026, 3, 18),
        (2026, 5, 4),
        (2026, 9, 1),
        (2027, 9, 1),
    ];
    for (year, month, day) in days {
        let options = BuildOptions {
            today: jiff::civil::date(year, month, day),
            release: true,
            ..support::options()
        };
        let mut found = findings(&snapshot, &options);
        // Its addresses are examples, and the site around it has no accessibility statement: a release is right to refuse them.
        found.retain(|finding| {
            let value = finding.argument("value").unwrap_or_default();
            let is_example = finding.code == Code::ReleasePlaceholder && ["example.se", "-00 00 00"].contains(&value);
            !is_example
                && !matches!(
                    finding.code,
                    Code::ReleaseAccessibility | Code::ReleaseAccessibilityPage
                )
        });
        assert!(found.is_empty(), "{}: {found:#?}", options.today);
    }
}

#[test]
fn every_key_of_the_table_is_known() {
    let keys = first_column("| key | what it is |\n");
    assert!(keys.len() > 20, "{keys:?}");
    for key in keys.iter().map(|key| key.split('.').next().expect("a first part")) {
        let is_written = file(EXAMPLE).lines().any(|line| line.starts_with(&format!("{key}:")));
        let more = if is_written { String::new() } else { format!("{key}:\n") };
        let found = findings(&site_with(&more), &support::options());
        assert!(
            found.iter().all(|finding| finding.code.name() != "yaml/key-unknown"),
            "{key}: {found:#?}"
        );
    }
}

#[test]
fn every_kind_of_question_is_told_and_asked() {
    let told: BTreeSet<&str> = first_column("| `kind` | what it asks |").into_iter().collect();
    let text = file(EXAMPLE);
    let asked = text.lines().filter_map(|line| line.trim().strip_prefix("kind: "));
    assert_eq!(told, asked.collect());
    assert_eq!(told.len(), 9);
}

#[test]
fn every_outcome_is_told_and_no_other() {
    let there_are: Vec<&str> = Outcome::NAMES.iter().map(|(name, _)| *name).collect();
    assert_eq!(first_column("| `outcome` | means |"), there_are);
}
