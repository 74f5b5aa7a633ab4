//! Imports of figures from files that are not as they seem, each a folder: what is typed, and what comes of it.
//!
//! `tests/figures/cases/NAME/commands.txt` has a command a line: the words after `utsikt import`, or `cp FROM TO`. The files in
//! `given` lie beside the site of `tests/figures/cases/base`. What is printed, with the exit code, is `expected.txt`; the
//! series that are there in the end are `expected/ID.csv`. `ACCEPT=1 cargo test --test figures_cases` writes both.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Tree, path, read_tree, write_tree};

fn cases() -> Vec<String> {
    let entries = fs::read_dir(path("tests/figures/cases")).expect("a folder of cases");
    let names = entries.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a plain name")
    });
    let mut names: Vec<String> = names.filter(|name| name != "base").collect();
    names.sort();
    names
}

/// The words of a line; those within quotation marks are one.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in line.trim().chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().expect("there is one").push(c),
        }
    }
    words
}

/// Does what one line says; gives what is printed.
fn run(line: &str, site: &Path) -> String {
    let words = words(line);
    if let [copy, from, to] = &words[..]
        && copy == "cp"
    {
        fs::copy(site.join(from), site.join(to)).expect("a file to copy");
        return String::new();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_utsikt"))
        .current_dir(site)
        .env_clear()
        .arg("import")
        .args(&words)
        .args(["--today", "2026-11-23", "--lang", "sv"])
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
    let code = output.status.code().expect("it ended by itself");
    format!(
        "$ utsikt import {line}\n{}{}-> {code}\n\n",
        text(&output.stdout),
        text(&output.stderr)
    )
}

#[test]
fn every_case_is_read_or_told_as_it_should() {
    let mut differing = Vec::new();
    for case in cases() {
        let folder = path("tests/figures/cases").join(&case);
        let site = tempfile::tempdir().expect("a temporary folder");
        let mut tree = read_tree(&path("tests/figures/cases/base"));
        tree.extend(
            read_tree(&folder.join("given"))
                .into_iter()
                .map(|(name, bytes)| (format!("given/{name}"), bytes)),
        );
        write_tree(&site.path().join("site"), &tree);
        let commands = fs::read_to_string(folder.join("commands.txt")).expect("commands");
        let mut printed = String::new();
        for line in commands.lines() {
            let _ = write!(printed, "{}", run(line, &site.path().join("site")));
        }
        let series: Tree = read_tree(&site.path().join("site/data/series"))
            .into_iter()
            .filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "csv"))
            .collect();
        let made: Tree = series
            .into_iter()
            .map(|(name, bytes)| (format!("expected/{name}"), bytes))
            .chain([("expected.txt".to_owned(), printed.into_bytes())])
            .collect();
        let is_expected = |name: &String| name == "expected.txt" || name.starts_with("expected/");
        let expected: Tree = read_tree(&folder)
            .into_iter()
            .filter(|(name, _)| is_expected(name))
            .collect();
        if made == expected {
            continue;
        }
        if support::accepting() {
            accept(&folder, &made);
        } else {
            differing.push(format!("{case}\n{}", support::differences(&expected, &made).join("\n")));
        }
    }
    assert!(
        differing.is_empty(),
        "{}\nACCEPT=1 writes what is made",
        differing.join("\n")
    );
}

fn accept(folder: &Path, made: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder.join("expected"));
    for (name, bytes) in made {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(file, bytes).expect("the file can be written");
    }
}
