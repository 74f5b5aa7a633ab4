//! The program as it is typed: exit codes, what goes where. What it says, in both languages, is `tests/spoken.rs`.
//!
//! Every test has a small site of its own and a bare environment. `ACCEPT=1 cargo test --test cli` writes the texts under `tests/cli`.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A small site in a folder of its own.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        let site = Self(TempDir::new().expect("a folder"));
        site.write("data/site.yaml", "title: Prov\nhome: \"18\"\n");
        site.write(
            "data/places.yaml",
            "places: [ { code: \"18\", name: Örebro län, level: county } ]\n",
        );
        site.write("content/index.md", "---\ntitle: Start\n---\nHej.\n");
        site
    }

    /// A site with an error, in line 2 of its settings.
    fn broken() -> Self {
        let site = Self::new();
        site.write("data/site.yaml", "title: Prov\nhome: \"81\"\n");
        site
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.path().join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file of the site");
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap_or_default()
    }

    fn has(&self, file: &str) -> bool {
        self.path().join(file).exists()
    }

    /// Runs the program in the site's folder.
    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = program();
        command
            .current_dir(self.path())
            .args(arguments)
            .envs(environment.iter().copied());
        Ran::of(&command.output().expect("the program runs"))
    }
}

/// The program, in an environment that says nothing.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
    command.env_clear();
    command
}

/// What a run left behind.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        Self {
            code: output.status.code().expect("it ended by itself"),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    fn succeeded(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

fn run(arguments: &[&str]) -> Ran {
    Ran::of(&program().args(arguments).output().expect("the program runs"))
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(
        run(&["--version"]).succeeded().out,
        format!("utsikt {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn nothing_typed_is_answered_with_help() {
    let ran = run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Usage: utsikt"), "{ran:?}");
}

#[test]
fn an_unknown_argument_could_not_run() {
    let ran = run(&["build", "--sitte", "x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`--site`"), "{ran:?}");
}

#[test]
fn a_site_is_built_where_one_stands() {
    let site = Site::new();
    let ran = site.run(&["build"]).succeeded();
    assert!(site.read("output/index.html").contains("<p>Hej.</p>"));
    assert!(
        ran.out.starts_with("./output (1 page, ") || ran.out.starts_with("output (1 "),
        "{ran:?}"
    );
    assert_eq!(ran.err, "");
}

#[test]
fn a_second_build_changes_nothing() {
    let site = Site::new();
    let first = site.run(&["build"]).succeeded();
    let second = site.run(&["build"]).succeeded();
    assert!(
        second.out.contains("0 ") && first.out != second.out,
        "{first:?} {second:?}"
    );
}

#[test]
fn site_and_output_are_where_they_are_said() {
    let (site, elsewhere) = (Site::new(), TempDir::new().expect("a folder"));
    let folder = site.path().to_str().expect("UTF-8");
    let target = elsewhere.path().join("ut");
    let ran = Ran::of(
        &program()
            .args(["build", "--site", folder, "--output"])
            .arg(&target)
            .output()
            .expect("it runs"),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(target.join("index.html").exists() && !site.has("output"));
}

#[test]
fn a_folder_that_is_not_there_could_not_run() {
    let ran = run(&["build", "--site", "/nowhere/at/all"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("utsikt: ") && ran.err.contains("/nowhere/at/all"),
        "{ran:?}"
    );
}

#[test]
fn an_output_that_is_not_ours_could_not_run() {
    let site = Site::new();
    site.write("ut/brev.txt", "mitt");
    let ran = site.run(&["build", "--output", "ut"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(site.has("ut/brev.txt") && !site.has("ut/index.html"));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_kept_for_the_next_build_is_no_fault_of_this_one() {
    let site = Site::new();
    site.run(&["build"]).succeeded();
    // A folder stands where a file belongs that makes the next preview quicker.
    let kept = site.path().join(".output.utsikt/built");
    fs::remove_file(&kept).expect("a build keeps a record of itself");
    fs::create_dir_all(kept.join("in-the-way")).expect("a folder");
    site.write("content/om.md", "---\ntitle: Om\n---\nNytt.\n");
    let ran = site.run(&["build", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("the site is in place"), "{}", ran.err);
    assert!(site.read("output/om.html").contains("Nytt."));
}

#[test]
fn a_language_is_known_by_its_name() {
    let ran = run(&["build", "--lang", "svenska"]);
    assert!(
        ran.code == 2 && ran.err.contains("`sv`") && !ran.err.contains("`en`"),
        "{}",
        ran.err
    );
}

#[test]
fn errors_are_findings() {
    let ran = Site::broken().run(&["build"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(
        ran.err.contains("error[unknown/place]") && ran.err.contains("data/site.yaml:2:7"),
        "{ran:?}"
    );
}

#[test]
fn an_error_leaves_the_last_good_site() {
    let site = Site::new();
    site.run(&["build"]).succeeded();
    let before = site.read("output/index.html");
    site.write("content/index.md", "---\ntitle: Start\n---\n[Bort](page:borta)\n");
    assert_eq!(site.run(&["build"]).code, 1);
    assert_eq!(site.read("output/index.html"), before);
}

#[test]
fn warnings_do_not_stop_a_build() {
    let site = Site::new();
    site.write(
        "content/index.md",
        "---\ntitle: Start\n---\n```chrat\nkind: trend\n```\n",
    );
    let ran = site.run(&["build"]).succeeded();
    assert!(ran.err.contains("warning[unknown/directive]"), "{ran:?}");
    assert!(site.has("output/index.html"));
}

#[test]
fn check_writes_nothing() {
    let site = Site::new();
    site.run(&["check"]).succeeded();
    let names: Vec<String> = fs::read_dir(site.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        names.iter().all(|name| name == "content" || name == "data"),
        "{names:?}"
    );
}

#[test]
fn check_finds_what_build_finds() {
    let site = Site::broken();
    let ran = site.run(&["check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("unknown/place"), "{ran:?}");
    assert!(!site.has("output"));
}

#[test]
fn short_is_a_line_a_finding() {
    let ran = Site::broken().run(&["check", "--format", "short"]);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert!(
        lines[0].starts_with("data/site.yaml:2:7: error[unknown/place]"),
        "{ran:?}"
    );
    assert_eq!(ran.out, "");
}

#[test]
fn json_is_for_programs() {
    let ran = Site::broken().run(&["check", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let said: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let [finding] = said["findings"].as_array().expect("a list").as_slice() else {
        panic!("{ran:?}")
    };
    assert_eq!(
        (&finding["code"], &finding["severity"]),
        (&"unknown/place".into(), &"error".into())
    );
    assert_eq!(
        (&finding["file"], &finding["line"], &finding["column"]),
        (&"data/site.yaml".into(), &2.into(), &7.into())
    );
}

#[test]
fn github_gets_its_own_lines() {
    let ran = Site::broken().run(&["check", "--format", "github"]);
    assert!(ran.out.starts_with("::error file=data/site.yaml,line=2,"), "{ran:?}");
    assert_eq!(ran.err, "");
}

#[test]
fn a_code_quality_report_is_for_gitlab() {
    let ran = Site::broken().run(&["check", "--format", "gitlab", "--lang", "sv"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let entries: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let [entry] = entries.as_array().expect("a list").as_slice() else {
        panic!("{ran:?}")
    };
    assert_eq!(
        (&entry["check_name"], &entry["severity"]),
        (&"unknown/place".into(), &"major".into())
    );
    assert_eq!(
        entry["location"],
        serde_json::json!({ "path": "data/site.yaml", "lines": { "begin": 2 } })
    );
    assert!(
        entry["fingerprint"]
            .as_str()
            .is_some_and(|mark| mark.starts_with("unknown/place data/site.yaml "))
    );
}

#[test]
fn sarif_is_for_code_hosts() {
    let ran = Site::broken().run(&["check", "--format", "sarif", "--lang", "sv"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let log: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        (&log["version"], log["runs"].as_array().map(Vec::len)),
        (&"2.1.0".into(), Some(1))
    );
    let (run, result) = (&log["runs"][0], &log["runs"][0]["results"][0]);
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(
        (&run["tool"]["driver"]["name"], &run["columnKind"]),
        (&"utsikt".into(), &"unicodeCodePoints".into())
    );
    assert_eq!((&result["ruleId"], &result["ruleIndex"]), (&rule["id"], &0.into()));
    assert_eq!(
        (&result["level"], &rule["defaultConfiguration"]["level"]),
        (&"error".into(), &"error".into())
    );
    for text in [
        &result["message"]["text"],
        &rule["help"]["text"],
        &rule["shortDescription"]["text"],
    ] {
        assert!(
            text.as_str()
                .is_some_and(|text| !text.is_empty() && !text.contains("{value}")),
            "{log:#}"
        );
    }
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "data/site.yaml");
    assert_eq!(
        place["region"],
        serde_json::json!({ "startLine": 2, "startColumn": 7, "endColumn": 11 })
    );
}

#[test]
fn sarif_of_a_sound_site_has_no_results() {
    let ran = Site::new().run(&["build", "--format", "sarif"]).succeeded();
    let log: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn machines_get_findings_and_nothing_else() {
    let ran = Site::new().run(&["build", "--format", "json"]).succeeded();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&ran.out).expect("JSON"),
        serde_json::json!({ "findings": [] })
    );
    assert_eq!(ran.err, "");
}

#[test]
fn an_unknown_format_could_not_run() {
    assert_eq!(run(&["check", "--format", "xml"]).code, 2);
}

#[test]
fn the_day_is_the_one_said() {
    let site = Site::new();
    let environment = [("SOURCE_DATE_EPOCH", "0")];
    site.run_with(&["build", "--today", "2026-11-23"], &environment)
        .succeeded();
    assert!(site.read("output/index.html").contains("23\u{a0}november 2026"));
}

#[test]
fn else_the_day_is_that_of_source_date_epoch() {
    let site = Site::new();
    site.run_with(&["build"], &[("SOURCE_DATE_EPOCH", "86400")]).succeeded();
    assert!(site.read("output/index.html").contains("2\u{a0}januari 1970"));
}

#[test]
fn a_day_that_does_not_exist_could_not_run() {
    let ran = Site::new().run(&["build", "--today", "2026-02-30"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`2026-02-30`"), "{ran:?}");
}

#[test]
fn an_epoch_that_is_no_number_could_not_run() {
    assert_eq!(
        Site::new().run_with(&["build"], &[("SOURCE_DATE_EPOCH", "igår")]).code,
        2
    );
}

#[test]
fn the_address_is_the_one_said() {
    let site = Site::new();
    site.run(&["build", "--base-url", "https://example.se/rapport"])
        .succeeded();
    assert!(
        site.read("output/index.html")
            .contains("<link rel=\"canonical\" href=\"https://example.se/rapport/\">")
    );
    assert!(
        site.read("output/sitemap.xml")
            .contains("<loc>https://example.se/rapport/")
    );
}

#[test]
fn drafts_are_built_when_asked_for() {
    let site = Site::new();
    site.write("content/utkast.md", "---\ntitle: Utkast\ndraft: true\n---\n");
    site.run(&["build"]).succeeded();
    assert!(!site.has("output/utkast.html"));
    site.run(&["build", "--drafts"]).succeeded();
    assert!(site.has("output/utkast.html"));
}

#[test]
fn a_release_refuses_drafts() {
    let site = Site::new();
    site.write("content/utkast.md", "---\ntitle: Utkast\ndraft: true\n---\n");
    let statement = "{ status: full, tested: 2026-11-02, method: Prövad., contact: Ring., supervisor: Digg. }";
    let settings = format!("publisher: {{ name: Regionen }}\nfooter: [om]\naccessibility: {statement}\n");
    site.write("data/site.yaml", &format!("title: Prov\nhome: \"18\"\n{settings}"));
    site.write(
        "content/om.md",
        "---\ntitle: Tillgänglighet\nlayout: accessibility\n---\n",
    );
    site.run(&["build", "--release"]).succeeded();
    let ran = site.run(&["build", "--release", "--drafts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("release/refused"), "{ran:?}");
}

#[test]
fn timings_name_the_stages_in_order() {
    let ran = Site::new().run(&["build", "--timings"]).succeeded();
    let stages: Vec<&str> = ran
        .err
        .lines()
        .filter_map(|line| line.split_whitespace().last())
        .collect();
    assert_eq!(
        stages,
        [
            "gather", "read", "bind", "survey", "theme", "index", "render", "export", "publish", "total"
        ]
    );
}

#[test]
fn a_build_says_when_it_must_be_repeated() {
    let site = Site::new();
    let questions = "steps: [ { title: A, questions: [ { id: a, kind: text, text: Varför? } ] } ]";
    site.write(
        "data/surveys/enkat.yaml",
        &format!(
            "title: Enkät\nrespondents: bodies\ndates: {{ opens: 2026-02-02, closes: 2026-03-17 }}\n\
             channels: {{ file: true }}\nquestionnaire: {{ {questions} }}\n"
        ),
    );
    let said = |day: &str| site.run(&["build", "--lang", "sv", "--today", day]).succeeded().out;
    assert!(said("2026-02-01").ends_with("Bygg om den 2026-02-02 (enkat: öppnar)\n"));
    assert!(said("2026-03-17").ends_with("Bygg om den 2026-03-18 (enkat: har stängt)\n"));
    assert!(!said("2026-03-18").contains("Bygg om"));
}

#[test]
fn one_job_is_enough() {
    Site::new().run(&["build", "--jobs", "1"]).succeeded();
}

#[test]
fn a_path_alone_is_the_folder_of_the_site() {
    let site = Site::new();
    site.run(&["build", "."]).succeeded();
    assert!(site.has("output/index.html"));
    let folder = site.path().to_str().expect("UTF-8");
    assert_eq!(run(&["check", folder]).succeeded().out, "Nothing wrong.\n");
    assert_eq!(site.run(&["check", "content/index.md"]).code, 2);
}

#[test]
fn a_guide_is_printed_as_it_is() {
    let text = fs::read_to_string(support::path("src/guide/report.md")).expect("a guide");
    assert_eq!(run(&["guide", "report"]).succeeded().out, text);
}

/// Whoever reads the output may have seen enough, as in `utsikt explain | head -1`.
#[test]
fn a_reader_who_goes_away_is_no_fault() {
    let site = Site::new();
    for line in [
        &["explain"][..],
        &["explain", "yaml/syntax"],
        &["guide"],
        &["guide", "report"],
        &["schema"],
        &["schema", "page"],
        &["index"],
        &["build"],
        &["check"],
        &["check", "--format", "json"],
        &["new", "site", "ny"],
        &["archive", "arkiv"],
        &["--help"],
    ] {
        let mut command = program();
        command.current_dir(site.path()).args(line);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        drop(child.stdout.take());
        let ran = Ran::of(&child.wait_with_output().expect("it ends"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line:?}");
    }
}

#[test]
fn explain_tells_a_code_with_examples() {
    let said = run(&["explain", "yaml/key-unknown", "--lang", "sv"]).succeeded().out;
    support::expect_file(&support::path("tests/cli/explain.txt"), &said);
}

#[test]
fn explain_alone_lists_every_code() {
    let ran = run(&["explain"]).succeeded();
    assert_eq!(ran.out.lines().count(), utsikt::finding::Code::ALL.len());
}

#[test]
fn a_code_nearly_right_gets_a_suggestion() {
    let ran = run(&["explain", "yaml/key-unknwon"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`yaml/key-unknown`"), "{ran:?}");
}

#[test]
fn a_code_of_nowhere_gets_none() {
    let ran = run(&["explain", "zzz"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.matches('`').count(), 2, "{ran:?}");
}

#[test]
fn messages_are_in_the_language_said() {
    let site = Site::broken();
    let (swedish, english) = (
        site.run(&["check", "--lang", "sv"]).err,
        site.run(&["check", "--lang", "en"]).err,
    );
    assert!(
        swedish.contains("platsen") && !english.contains("platsen"),
        "{swedish}\n{english}"
    );
}

#[test]
fn else_messages_are_in_the_language_of_the_environment() {
    let site = Site::broken();
    let said = |environment: &[(&str, &str)]| site.run_with(&["check"], environment).err;
    let (swedish, english) = (
        site.run(&["check", "--lang", "sv"]).err,
        site.run(&["check", "--lang", "en"]).err,
    );
    assert_eq!(said(&[("LANG", "sv_SE.UTF-8")]), swedish);
    assert_eq!(said(&[("LC_ALL", "sv_SE"), ("LANG", "en_GB")]), swedish);
    assert_eq!(said(&[("LC_ALL", ""), ("LANG", "C")]), english);
    assert_eq!(said(&[]), english);
}

#[test]
fn nothing_is_coloured_where_no_one_looks() {
    assert!(!Site::broken().run(&["check"]).err.contains('\u{1b}'));
}
