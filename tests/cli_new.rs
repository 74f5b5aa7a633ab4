//! `utsikt new` and `utsikt schema` as they are typed: what they write, what they refuse, in both languages.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use support::read_tree;
use tempfile::TempDir;

const KINDS: [(&str, &str); 8] = [
    ("indicator", "data/indicators/prov.yaml"),
    ("set", "data/sets/prov.yaml"),
    ("chart", "data/charts/prov.yaml"),
    ("analysis", "data/analyses/prov.yaml"),
    ("index", "data/indices/prov.yaml"),
    ("survey", "data/surveys/prov.yaml"),
    ("consultation", "data/consultations/prov2.yaml"),
    ("page", "content/prov.md"),
];

/// Exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
    command.env_clear().current_dir(folder).args(arguments);
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

fn site(language: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let (code, out, err) = run(folder.path(), &["new", "site", "min-rapport", "--lang", language]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    folder
}

#[test]
fn a_new_site_builds_without_findings_in_both_languages() {
    let title = "<h1>Min rapport</h1>";
    for language in ["sv", "en"] {
        let folder = site(language);
        let made = [
            "build",
            "--site",
            "min-rapport",
            "--today",
            "2026-11-23",
            "--lang",
            language,
        ];
        let (code, _, err) = run(folder.path(), &made);
        assert_eq!((code, err.as_str()), (0, ""), "{language}");
        let page = fs::read_to_string(folder.path().join("min-rapport/output/index.html")).expect("a front page");
        assert!(page.contains(title), "{language}");
        for (file, bytes) in read_tree(&folder.path().join("min-rapport/content")) {
            assert!(!String::from_utf8(bytes).expect("UTF-8").contains("{title}"), "{file}");
        }
    }
}

#[test]
fn a_new_site_has_its_schemas_and_every_file_of_data_names_one() {
    let folder = site("sv");
    let site = folder.path().join("min-rapport");
    for (file, bytes) in read_tree(&site.join("data")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let named = text
            .lines()
            .next()
            .and_then(|line| line.split_once("$schema="))
            .expect("a schema is named")
            .1;
        let beside = site.join("data").join(&file);
        assert!(
            beside.parent().expect("a folder").join(named).is_file(),
            "{file}: {named}"
        );
    }
}

#[test]
fn a_release_does_not_publish_the_made_up_figures() {
    let folder = site("en");
    let (code, _, err) = run(
        folder.path(),
        &["check", "--site", "min-rapport", "--release", "--today", "2026-11-23"],
    );
    assert_eq!(code, 1, "{err}");
}

#[test]
fn every_skeleton_is_valid_as_it_stands() {
    for language in ["sv", "en"] {
        let folder = site(language);
        let site = folder.path().join("min-rapport");
        for (kind, file) in KINDS {
            let id = if kind == "consultation" { "prov2" } else { "prov" };
            let (code, out, err) = run(&site, &["new", kind, id, "--lang", language]);
            assert_eq!((code, err.as_str()), (0, ""), "{kind}");
            assert!(out.contains(file) && site.join(file).is_file(), "{kind}: {out}");
            let text = fs::read_to_string(site.join(file)).expect("a skeleton");
            assert!(
                !text.contains("{id}") && !text.contains("{indicator}") && !text.contains("{kind}"),
                "{kind}"
            );
        }
        let (code, _, err) = run(&site, &["check", "--today", "2026-11-23", "--format", "short"]);
        assert_eq!(code, 0, "{language}: {err}");
    }
}

#[test]
fn a_release_finds_what_is_left_to_write_in_every_skeleton() {
    for language in ["sv", "en"] {
        let folder = site(language);
        let site = folder.path().join("min-rapport");
        for (kind, _) in KINDS {
            let id = if kind == "consultation" { "prov2" } else { "prov" };
            run(&site, &["new", kind, id, "--lang", language]);
        }
        let (code, _, err) = run(
            &site,
            &["check", "--release", "--today", "2026-11-23", "--format", "short"],
        );
        assert_eq!(code, 1);
        for (kind, file) in KINDS {
            let left = err
                .lines()
                .any(|line| line.starts_with(file) && line.contains("release/placeholder"));
            assert!(left, "{language}, {kind}:\n{err}");
        }
        for file in ["content/index.md", "data/site.yaml", "data/places.yaml"] {
            assert!(
                err.lines().any(|line| line.starts_with(file)),
                "{language}, {file}:\n{err}"
            );
        }
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = site("sv");
    let before = read_tree(folder.path());
    let (code, _, err) = run(folder.path(), &["new", "site", "min-rapport", "--lang", "sv"]);
    assert_eq!(code, 2);
    assert!(err.contains("`min-rapport`") && err.contains("finns redan"), "{err}");
    let again = ["new", "indicator", "exempel", "--site", "min-rapport"];
    let (code, _, err) = run(folder.path(), &again);
    assert_eq!(code, 2);
    assert!(err.contains("exempel.yaml") && err.contains("there already"), "{err}");
    assert_eq!(read_tree(folder.path()), before);
}

#[test]
fn what_cannot_be_is_refused_with_a_remedy() {
    let folder = site("sv");
    let site = folder.path().join("min-rapport");
    for (arguments, sv, en) in [
        (
            ["new", "indikator", "prov"],
            "Menade du `indicator`?",
            "did you mean `indicator`?",
        ),
        (["new", "indicator", "Prov Å"], "små bokstäver", "lower-case"),
        (["new", "page", "../ute"], "små bokstäver", "lower-case"),
    ] {
        for (language, said) in [("sv", sv), ("en", en)] {
            let (code, _, err) = run(&site, &[&arguments[..], &["--lang", language]].concat());
            assert_eq!(code, 2);
            assert!(err.to_lowercase().contains(&said.to_lowercase()), "{err}");
        }
    }
    let (code, _, err) = run(folder.path(), &["new", "set", "prov", "--lang", "sv"]);
    assert!(code == 2 && err.contains("utsikt new site MAPP"), "{err}");
}

#[test]
fn schemas_are_listed_printed_and_written() {
    let folder = TempDir::new().expect("a folder");
    let (code, out, _) = run(folder.path(), &["schema"]);
    assert!(code == 0 && out.contains("data/indicators/*.yaml"), "{out}");
    let (code, out, _) = run(folder.path(), &["schema", "set"]);
    assert_eq!(
        (code, out),
        (
            0,
            fs::read_to_string(support::path("src/schema/set.json")).expect("kept")
        )
    );
    let (code, ..) = run(folder.path(), &["schema", "--output", "here"]);
    assert_eq!((code, read_tree(&folder.path().join("here")).len()), (0, 22));
    let (code, _, err) = run(folder.path(), &["schema", "sett", "--lang", "sv"]);
    assert!(code == 2 && err.contains("Menade du `set`?"), "{err}");
}

#[cfg(unix)]
#[test]
fn the_command_that_is_printed_can_be_copied() {
    let folder = TempDir::new().expect("a folder");
    for name in ["Min rapport", "it's $HOME", "-x"] {
        let (code, out, err) = run(folder.path(), &["new", "site", "--lang", "en", "--", name]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        let line = out
            .lines()
            .find_map(|line| line.strip_prefix("Build the site: utsikt "))
            .expect("what to do next");
        let typed = format!("'{}' {line}", env!("CARGO_BIN_EXE_utsikt"));
        let mut shell = Command::new("sh");
        let ran = shell
            .current_dir(folder.path())
            .arg("-c")
            .arg(&typed)
            .output()
            .expect("a shell");
        assert!(
            ran.status.success(),
            "{typed}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
    }
}

#[test]
fn a_site_is_made_in_the_empty_folder_one_stands_in() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path().join("min-rapport");
    fs::create_dir(&here).expect("a folder");
    let (code, out, err) = run(&here, &["new", "site", ".", "--lang", "sv"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let (code, _, err) = run(&here, &["build", "--lang", "sv"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let page = fs::read_to_string(here.join("output/index.html")).expect("a front page");
    assert!(page.contains("<h1>Min rapport</h1>"));
    let (code, ..) = run(&here, &["new", "site", "."]);
    assert_eq!(code, 2, "it is not empty any more");
}
