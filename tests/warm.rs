//! What is remembered changes nothing: after any edit a warm build gives what a cold one gives, byte for byte.
//!
//! Every file of every site under `tests/sites` is edited in one of five ways, in turn: a number made another, a word made
//! another, a line taken out, an empty line added, the file taken away. Each edit is compiled with a memo that remembers
//! the edit before it (which is taken back at the same time) and with one that remembers no page.

#![expect(clippy::disallowed_methods, reason = "tests read their own folders")]

mod support;

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use support::{differences, path, tree, wishes};
use utsikt::compile::{Outcome, compile};
use utsikt::memo::Memo;
use utsikt::render::Cause;
use utsikt::source::Snapshot;

fn sites() -> Vec<String> {
    let folders = fs::read_dir(path("tests/sites"))
        .expect("the sites")
        .filter_map(Result::ok);
    let folders = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let names: BTreeSet<String> = folders.filter(|name| name != "base").collect();
    names.into_iter().collect()
}

fn snapshot(name: &str) -> Snapshot {
    support::laid_over(&path("tests/sites/base"), &path("tests/sites").join(name))
}

/// The same files with this one as told; `None` takes it away.
fn edited(snapshot: &Snapshot, path: &str, text: Option<&str>) -> Snapshot {
    let mut edited = Snapshot::default();
    for file in snapshot.under("", "") {
        match text {
            _ if *file.path != *path => edited.insert(&file.path, file.bytes.clone()),
            Some(text) => edited.insert(path, text.as_bytes().to_vec()),
            None => {}
        }
    }
    edited
}

/// A text edited in the way of this number: its last digit, its longest word, its middle line, its end; `None` is no text.
fn edit(text: &str, way: usize) -> Option<String> {
    match way % 5 {
        0 => text.rfind(|c: char| c.is_ascii_digit()).map_or(edit(text, 1), |at| {
            let other = if &text[at..=at] == "7" { "8" } else { "7" };
            Some(format!("{}{other}{}", &text[..at], &text[at + 1..]))
        }),
        1 => {
            let word = text
                .split(|c: char| !c.is_alphabetic())
                .max_by_key(|word| word.len())
                .unwrap_or_default();
            Some(text.replacen(word, &format!("{word}x"), 1))
        }
        2 => {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            Some(
                [
                    &lines[..lines.len() / 2],
                    &lines[(lines.len() / 2 + 1).min(lines.len())..],
                ]
                .concat()
                .concat(),
            )
        }
        3 => Some(format!("{text}\n")),
        _ => None,
    }
}

fn same(what: &str, cold: &Outcome, warm: &Outcome) {
    let differences = differences(&tree(&cold.outputs), &tree(&warm.outputs));
    assert!(
        differences.is_empty(),
        "{what}: {} files\n{}",
        differences.len(),
        differences[0]
    );
    assert_eq!(cold.findings, warm.findings, "{what}");
}

#[test]
fn after_every_edit_of_every_site_warm_is_as_cold() {
    sites().par_iter().enumerate().for_each(|(number, name)| {
        let original = snapshot(name);
        let (memo, drawings) = (Memo::default(), Memo::default());
        let _ = compile(&original, &wishes(), &memo);
        let files = original
            .under("", "")
            .filter(|file| !file.path.starts_with("themes/") || name == "theme");
        for (way, file) in files.enumerate() {
            let Ok(text) = file.text() else { continue };
            let text = edit(text, number + way);
            let edited = edited(&original, &file.path, text.as_deref());
            drawings.settle(true);
            let cold = compile(&edited, &wishes(), &drawings);
            same(
                &format!("{name}, {} as {text:?}", file.path),
                &cold,
                &compile(&edited, &wishes(), &memo),
            );
        }
    });
}

/// The pages made again after an edit of one file, and why.
fn made(name: &str, path: &str, edit: impl Fn(&str) -> String) -> Vec<(String, Cause)> {
    let original = snapshot(name);
    let memo = Memo::default();
    let _ = compile(&original, &wishes(), &memo);
    let text = original.find(path).expect("the file").text().expect("text").to_owned();
    compile(&edited(&original, path, Some(&edit(&text))), &wishes(), &memo).made
}

#[test]
fn nothing_is_made_when_nothing_changed() {
    for name in sites() {
        let memo = Memo::default();
        let first = compile(&snapshot(&name), &wishes(), &memo);
        let again = compile(&snapshot(&name), &wishes(), &memo);
        let reported = again.made.iter().all(|(_, cause)| *cause == Cause::New);
        assert!(
            again.made.len() < first.made.len() || first.made.is_empty() || !again.findings.is_empty(),
            "{name}"
        );
        assert!(
            again.made.is_empty() || reported && !again.findings.is_empty(),
            "{name}: {:?}",
            again.made
        );
    }
}

#[test]
fn an_edit_of_a_text_makes_its_page_alone() {
    let made = made("frame", "content/om/metod.md", |text| format!("{text}\nMer.\n"));
    assert_eq!(made, [("om/metod.html".to_owned(), Cause::Text)]);
}

#[test]
fn pages_that_tell_where_an_analysis_stands_follow_it_when_it_moves() {
    let settings = "title: Prov\nhome: \"18\"\ncountry: \"00\"\n";
    let site = edited(&snapshot("analysis"), "data/site.yaml", Some(settings));
    let front = site
        .find("content/index.md")
        .expect("the front page")
        .text()
        .expect("text")
        .to_owned();
    let (above, analysis) = front.split_at(front.find("```").expect("the analysis"));
    // The heads of both pages stay as they are.
    let with = |first: &str, second: &str| {
        let mut site = edited(&site, "content/index.md", Some(&format!("{above}{first}")));
        site.insert("content/om.md", format!("---\ntitle: Om\n---\n{second}").into_bytes());
        site
    };
    let (before, after) = (with(analysis, ""), with("", analysis));
    let memo = Memo::default();
    let _ = compile(&before, &wishes(), &memo);
    let warm = compile(&after, &wishes(), &memo);
    same(
        "the analysis on another page",
        &compile(&after, &wishes(), &Memo::default()),
        &warm,
    );
    let page = warm
        .outputs
        .iter()
        .find(|output| output.route == "indikatorer/andel.html")
        .expect("its page");
    assert!(String::from_utf8_lossy(&page.bytes).contains("om.html#diagram-kedja"));
}
