//! What respondents have written stands in no message: a word planted in every text of the answers is looked for in all that
//! is printed, in every format and language.

mod support;

use support::{options, path};
use utsikt::cache::Cache;
use utsikt::compile::compile;
use utsikt::finding::print::{Format, print};
use utsikt::finding::{Language, Messages};
use utsikt::read::locate;
use utsikt::source::Snapshot;

const SECRET: &str = "Hemlighet998";

/// Fields that point at something rather than say it: without them nobody could find the answer that is meant.
const REFERENCES: [&str; 5] = ["consultation", "format", "response", "question", "theme"];

fn results() -> Snapshot {
    support::laid_over(&path("tests/sites/base"), &path("tests/sites/results"))
}

/// All that is printed about a site, and the number of findings.
fn printed(snapshot: &Snapshot) -> (String, usize) {
    let findings = compile(snapshot, &options(), &Cache::default()).findings;
    let count = findings.len();
    let located = locate(findings, snapshot);
    let mut all = String::new();
    for language in [Language::Sv, Language::En] {
        let messages = Messages::new(language);
        for format in Format::ALL {
            all.push_str(&print(&located, &messages, format, false));
        }
    }
    (all, count)
}

/// Compiles the site with the file as it is changed; its findings must not hold the secret. Gives their number.
fn kept(what: &str, file: &str, text: String) -> usize {
    let mut snapshot = results();
    snapshot.insert(file, text.into_bytes());
    let (said, count) = printed(&snapshot);
    assert!(!said.contains(SECRET), "{what} of {file} is told:\n{said}");
    count
}

/// Every value of a JSON document that is text or a number, replaced in turn: what it was called, and the document.
fn planted_json(line: &str) -> Vec<(String, String)> {
    let value: serde_json::Value = serde_json::from_str(line).expect("a response");
    let mut paths = Vec::new();
    leaves(&value, String::new(), &mut paths);
    let is_reference = |path: &str| REFERENCES.iter().any(|name| path == format!("/{name}"));
    let planted = paths.into_iter().filter(|path| !is_reference(path)).map(|path| {
        let mut changed = value.clone();
        *changed.pointer_mut(&path).expect("a path that was found") = SECRET.into();
        (path, changed.to_string())
    });
    planted.collect()
}

fn leaves(value: &serde_json::Value, path: String, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                leaves(
                    value,
                    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        serde_json::Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                leaves(value, format!("{path}/{at}"), found);
            }
        }
        _ => found.push(path),
    }
}

#[test]
fn no_field_of_a_response_is_told() {
    let mut told = 0;
    for folder in ["enkat", "personer", "delresultat"] {
        let file = format!("answers/{folder}/responses.jsonl");
        let journal = results().find(&file).expect("the journal").bytes.to_vec();
        let journal = String::from_utf8(journal).expect("text");
        // The longest responses have a field of every kind.
        let mut lines: Vec<&str> = journal.lines().collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
        for line in lines.into_iter().take(2) {
            for (field, planted) in planted_json(line) {
                told += kept(&field, &file, journal.replacen(line, &planted, 1));
            }
            told += kept(
                "half a line",
                &file,
                journal.replacen(line, &format!("{{\"answers\": \"{SECRET}\""), 1),
            );
        }
    }
    assert!(told > 0, "some of it is found fault with");
}

#[test]
fn no_cell_of_a_coding_is_told() {
    let file = "answers/enkat/coding.csv";
    let table = String::from_utf8(results().find(file).expect("the codings").bytes.to_vec()).expect("text");
    let (headings, rows) = table.split_once('\n').expect("headings");
    assert!(headings.ends_with(",note"));
    let rows: String = rows.lines().flat_map(|row| [row, SECRET, "\n"]).collect();
    let noted = format!("{headings}\n{rows}");
    kept("a note", file, noted.clone());
    let broken = noted.replacen(SECRET, &format!("\"{SECRET}"), 1);
    assert!(kept("an open note", file, broken) > 0);
    let more_cells = noted.replacen(SECRET, &format!("x,{SECRET},y"), 1);
    kept("a cell too many", file, more_cells);
    let unknown = noted.replacen('\n', "\nnobody", 1);
    assert!(kept("a note beside an unknown response", file, unknown) > 0);
}

#[test]
fn no_value_of_a_quotation_is_told() {
    let file = "answers/enkat/quotes.yaml";
    let quotes = String::from_utf8(results().find(file).expect("the quotations").bytes.to_vec()).expect("text");
    let mut told = 0;
    for key in ["text", "approved", "naming", "reason"] {
        for value in [
            SECRET.to_owned(),
            format!("[{SECRET}]"),
            format!("\"{SECRET}"),
            format!("{SECRET}: x: {SECRET}"),
        ] {
            let quote = format!("  - {{ response: r1, question: x, theme: y, text: z }}\n    {key}: {value}\n");
            told += kept(key, file, format!("{quotes}{quote}"));
            let quote = format!("  - response: r1\n    question: x\n    theme: y\n    {key}: {value}\n");
            told += kept(key, file, format!("{quotes}{quote}"));
        }
    }
    told += kept("a key", file, format!("{quotes}    {SECRET}: x\n"));
    told += kept(
        "a person",
        file,
        quotes.replace("text: ", &format!("text: {SECRET} kim@{SECRET}.se 070-123 45 67 ")),
    );
    assert!(told > 0, "some of it is found fault with");
    let rulings = format!("withdrawn:\n  - {{ response: x, reason: {SECRET}, more: {SECRET} }}\n  - {SECRET}\n");
    assert!(kept("a reason", "answers/enkat/rulings.yaml", rulings) > 0);
}
