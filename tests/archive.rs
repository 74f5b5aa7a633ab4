//! `utsikt archive` as it is typed: what is kept, what is refused, what a check finds, and older editions made of archives.

#![expect(clippy::disallowed_methods, reason = "runs the program and makes sites for it")]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;
use support::read_tree;
use tempfile::TempDir;

/// The English front page, which links to a file.
const WITH_FILE: &str = "---\ntitle: Start\n---\nHello. [A file](../100%25.txt)\n";

/// A small site that has been built, and what is beside it.
struct Fixture(TempDir);

/// Exit code, standard output, standard error.
type RunResult = (i32, String, String);

impl Fixture {
    fn new() -> Self {
        let fixture = Self(TempDir::new().expect("a folder"));
        let settings = "title: Prov\nlanguages: [sv, en]\npublisher: { name: Regionen, email: a@example.se }\n\
                        case_number: RS 2026/12\nbase_url: https://example.se/\n";
        fixture.write("site/data/site.yaml", settings);
        fixture.write("site/content/index.md", "---\ntitle: Start\n---\nHej. [Om](page:om)\n");
        fixture.write("site/content/om.md", "---\ntitle: Om\n---\nOm oss.\n");
        fixture.write("site/content/en/index.md", WITH_FILE);
        fixture.write("site/content/100%.txt", "en fil\n");
        fixture
    }

    fn built() -> Self {
        let fixture = Self::new();
        fixture.build();
        fixture
    }

    /// One with an archive in `bag`.
    fn archived() -> Self {
        let fixture = Self::built();
        let (code, _, err) = fixture.run("archive ../bag --today 2026-12-01");
        assert_eq!((code, err.as_str()), (0, ""));
        fixture
    }

    fn build(&self) {
        let (code, _, err) = self.run("build --today 2026-11-23");
        assert_eq!((code, err.as_str()), (0, ""));
    }

    /// Takes away the file and the link to it.
    fn remove_file(&self) {
        self.write("site/content/en/index.md", "---\ntitle: Start\n---\nHello.\n");
        fs::remove_file(self.at("site/content/100%.txt")).expect("it is there");
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the program in the site's folder.
    fn run(&self, words: &str) -> RunResult {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utsikt"));
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        // Whatever repository the temporary folder may lie in is none of this test's.
        command.env("GIT_CEILING_DIRECTORIES", self.0.path());
        let output = command
            .current_dir(self.at("site"))
            .args(words.split_whitespace())
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (
            output.status.code().unwrap_or(-1),
            text(output.stdout),
            text(output.stderr),
        )
    }

    /// What is refused, in both languages: nothing is written.
    fn refused(&self, words: &str, sv: &str, en: &str) {
        for (language, sentence) in [("sv", sv), ("en", en)] {
            let (code, _, err) = self.run(&format!("archive ../bag --lang {language} {words}"));
            assert!(code == 2 && err.contains(sentence), "{code} {err}");
            assert!(!self.at("bag").exists() && !self.at(".bag.utsikt-new").exists());
        }
    }

    /// What a check of the bag says in one line each, without the folder's name.
    fn faults(&self) -> Vec<String> {
        let (code, out, err) = self.run("archive ../bag --verify --format short --lang en");
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        err.lines()
            .filter(|line| line.contains("archive/damaged"))
            .map(|line| line.replace("../bag/", ""))
            .collect()
    }
}

#[test]
fn an_archive_holds_the_site_as_it_is_published() {
    let fixture = Fixture::archived();
    let mut site = read_tree(&fixture.at("site/output"));
    site.remove(".utsikt-manifest");
    assert_eq!(read_tree(&fixture.at("bag/data")), site);
    assert!(!fixture.at(".bag.utsikt-new").exists());
}

#[test]
fn an_archive_says_what_it_is_and_what_it_was_made_of() {
    let fixture = Fixture::archived();
    let info = fixture.read("bag/bag-info.txt");
    for line in [
        "Source-Organization: Regionen",
        "Contact-Email: a@example.se",
        "Title: Prov",
        "External-Identifier: RS 2026/12",
        "Bagging-Date: 2026-12-01",
        concat!("Bag-Software-Agent: utsikt ", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(info.lines().any(|written| written == line), "{line}\n{info}");
    }
    let about: serde_json::Value = serde_json::from_str(&fixture.read("bag/utsikt.json")).expect("JSON");
    assert_eq!(
        (&about["built_for"], &about["archived"]),
        (&"2026-11-23".into(), &"2026-12-01".into())
    );
    assert_eq!(about["base_url"], "https://example.se/");
    assert_eq!(about["revision"], serde_json::Value::Null);
    assert_eq!(about["input"]["files"], 5);
}

#[test]
fn nothing_tells_what_answers_say() {
    let fixture = Fixture::new();
    fixture.write("site/data/answers/anteckning.txt", "hemligt");
    fixture.build();
    assert_eq!(fixture.run("archive ../bag").0, 0);
    for (file, bytes) in read_tree(&fixture.at("bag")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("hemligt") && !text.contains("anteckning"), "{file}");
    }
    let about: serde_json::Value = serde_json::from_str(&fixture.read("bag/utsikt.json")).expect("JSON");
    assert_eq!(about["input"]["files_of_answers"], 1);
}

#[test]
fn everybodys_own_tools_can_check_it() {
    let fixture = Fixture::archived();
    // Names with a percent sign are written otherwise than `sha256sum` expects them; it finds all others.
    fixture.remove_file();
    fs::remove_dir_all(fixture.at("bag")).expect("it is there");
    fixture.build();
    assert_eq!(fixture.run("archive ../bag").0, 0);
    let check = |folder: &str, list: &str| {
        let mut command = Command::new("sha256sum");
        command
            .current_dir(fixture.at(folder))
            .args(["--check", "--strict", "--quiet"])
            .arg(fixture.at("bag").join(list));
        assert!(command.status().expect("coreutils are here").success(), "{list}");
    };
    check("bag", "manifest-sha256.txt");
    check("bag", "tagmanifest-sha256.txt");
    check("site", "input-sha256.txt");
}

#[test]
fn the_same_site_and_days_give_the_same_archive() {
    let (one, other) = (Fixture::archived(), Fixture::archived());
    assert_eq!(read_tree(&one.at("bag")), read_tree(&other.at("bag")));
}

#[test]
fn a_revision_is_told_with_whether_it_is_clean() {
    let fixture = Fixture::new();
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        command
            .current_dir(fixture.at("site"))
            .args(["-c", "user.name=a", "-c", "user.email=a@example.se"])
            .args(words);
        assert!(command.output().expect("git is here").status.success(), "{words:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "a"]);
    for (text, clean) in [("Om oss.\n", true), ("Om er.\n", false)] {
        fixture.write("site/content/om.md", &format!("---\ntitle: Om\n---\n{text}"));
        fixture.build();
        let (code, out, _) = fixture.run("archive ../bag --lang en");
        assert_eq!(
            (code, out.contains("differ from the last commit")),
            (0, !clean),
            "{out}"
        );
        let about: serde_json::Value = serde_json::from_str(&fixture.read("bag/utsikt.json")).expect("JSON");
        assert_eq!(about["revision"]["clean"], clean);
        assert_eq!(about["revision"]["commit"].as_str().map(str::len), Some(40));
        fs::remove_dir_all(fixture.at("bag")).expect("it is there");
    }
}

#[test]
fn what_is_not_built_is_not_archived() {
    Fixture::new().refused("", "kör `utsikt build`", "run `utsikt build`");
}

#[test]
fn what_was_altered_by_hand_is_not_archived() {
    let fixture = Fixture::built();
    fixture.write("site/output/om.html", "annat");
    fixture.refused(
        "",
        "inte som de byggdes: `om.html`",
        "not as they were built: `om.html`",
    );
    fs::remove_file(fixture.at("site/output/om.html")).expect("it is there");
    fixture.refused(
        "",
        "inte som de byggdes: `om.html`",
        "not as they were built: `om.html`",
    );
}

#[test]
fn what_was_built_from_other_input_is_not_archived() {
    let fixture = Fixture::built();
    fixture.write("site/content/om.md", "---\ntitle: Om\n---\nNågot nytt.\n");
    fixture.refused("", "ger för 2026-11-23: `om.html`", "give for 2026-11-23: `om.html`");
    let fixture = Fixture::built();
    fixture.refused("--built-for 2026-11-24", "ger för 2026-11-24", "give for 2026-11-24");
}

#[test]
fn the_day_of_the_build_may_be_said_where_it_is_not_known() {
    let fixture = Fixture::built();
    fs::remove_dir_all(fixture.at("site/.output.utsikt")).expect("it is there");
    fixture.refused("--today 2026-12-01", "--built-for", "--built-for");
    assert_eq!(
        fixture
            .run("archive ../bag --today 2026-12-01 --built-for 2026-11-23")
            .0,
        0
    );
}

#[test]
fn a_site_with_errors_is_not_archived() {
    let fixture = Fixture::built();
    fixture.write("site/content/om.md", "---\ntitle: Om\n---\n{{ value(\"nej\") }}\n");
    let (code, _, err) = fixture.run("archive ../bag --lang en");
    assert!(
        code == 1 && err.contains("unknown/indicator") && err.contains("Nothing was archived"),
        "{err}"
    );
    assert!(!fixture.at("bag").exists());
}

#[test]
fn pages_that_need_something_from_elsewhere_are_not_archived() {
    let fixture = Fixture::new();
    fixture.write("site/themes/own/theme.yaml", "name: own\nparent: base\n");
    let page = "<!doctype html><title>x</title><img src=\"https://example.se/x.png\" alt=\"\">{{ page.title }}";
    fixture.write("site/themes/own/templates/page.html", page);
    fixture.remove_file();
    let settings = fixture.read("site/data/site.yaml") + "theme: own\n";
    fixture.write("site/data/site.yaml", &settings);
    fixture.build();
    fixture.refused(
        "",
        "`om.html → https://example.se/x.png`",
        "`om.html → https://example.se/x.png`",
    );
}

#[test]
fn what_was_not_made_here_is_left_out_and_told_of() {
    let fixture = Fixture::built();
    fixture.write("site/output/CNAME", "example.se");
    fixture.write("site/output/.well-known/security.txt", "mejla");
    let (code, out, _) = fixture.run("archive ../bag --lang sv");
    assert!(
        code == 0 && out.contains("Följde inte med") && out.contains("`.well-known/`, `CNAME`"),
        "{out}"
    );
    assert!(!fixture.at("bag/data/CNAME").exists());
}

#[test]
fn an_archive_goes_into_a_folder_of_its_own() {
    let fixture = Fixture::archived();
    let before = read_tree(&fixture.at("bag"));
    let (code, _, err) = fixture.run("archive ../bag");
    assert!(code == 2 && err.contains("choose a new or empty folder"), "{err}");
    assert_eq!(read_tree(&fixture.at("bag")), before);
    for (folder, sentence) in [
        ("output/bag", "which is published"),
        ("output/new/bag", "which is published"),
        ("data/bag", "among the sources"),
        (".", "of a site"),
    ] {
        let (code, _, err) = fixture.run(&format!("archive {folder} --lang en"));
        assert!(code == 2 && err.contains(sentence), "{folder}: {err}");
    }
    fs::create_dir(fixture.at("empty")).expect("a folder");
    assert_eq!(fixture.run("archive ../empty").0, 0);
}

#[test]
fn an_empty_folder_is_no_part_of_an_archive() {
    let fixture = Fixture::archived();
    fs::create_dir_all(fixture.at("bag/data/tom/tommare")).expect("folders");
    let (code, _, err) = fixture.run("archive --verify ../bag --lang sv");
    assert!(
        code == 1 && err.contains("data/tom/tommare") && err.contains("inte ligger något i"),
        "{err}"
    );
}

#[test]
fn a_whole_archive_is_called_whole() {
    let fixture = Fixture::archived();
    for (language, sentence) in [("sv", "arkivet är helt"), ("en", "the archive is whole")] {
        let (code, out, err) = fixture.run(&format!("archive --verify ../bag --lang {language}"));
        assert!(code == 0 && out.contains(sentence) && err.is_empty(), "{out}{err}");
    }
    let (code, out, _) = fixture.run("archive --verify ../bag --format json");
    assert_eq!(
        (code, serde_json::from_str::<serde_json::Value>(&out).is_ok()),
        (0, true),
        "{out}"
    );
}

#[test]
fn every_fault_is_told_with_its_place() {
    let fixture = Fixture::archived();
    fixture.write("bag/data/index.html", "annat");
    fs::remove_file(fixture.at("bag/data/om.html")).expect("it is there");
    fixture.write("bag/data/extra.html", "mer");
    fs::remove_file(fixture.at("bag/data/404.html")).ok();
    let faults = fixture.faults().join("\n");
    for sentence in ["data/index.html", "data/om.html", "data/extra.html", "bag-info.txt"] {
        assert!(faults.contains(sentence), "{sentence}\n{faults}");
    }
    let (_, _, err) = fixture.run("archive --verify ../bag --lang sv");
    assert!(err.contains("hjälp: hämta filen ur en annan kopia av arkivet"), "{err}");
}

#[test]
fn tag_files_are_guarded_too() {
    let fixture = Fixture::archived();
    fixture.write("bag/utsikt.json", "{}\n");
    fixture.write("bag/own.txt", "");
    let faults = fixture.faults();
    assert_eq!(faults.len(), 2, "{faults:?}");
    let fixture = Fixture::archived();
    fs::remove_file(fixture.at("bag/tagmanifest-sha256.txt")).expect("it is there");
    assert_eq!(fixture.faults().len(), 1);
    fs::remove_file(fixture.at("bag/manifest-sha256.txt")).expect("it is there");
    assert_eq!(fixture.faults().len(), 2);
    fs::remove_file(fixture.at("bag/bagit.txt")).expect("it is there");
    assert!(fixture.faults().concat().contains("no archive here"));
}

#[test]
fn links_are_never_followed_out_of_the_folder() {
    let fixture = Fixture::archived();
    let secret = fixture.read("bag/data/om.html");
    fixture.write("outside.html", &secret);
    fs::remove_file(fixture.at("bag/data/om.html")).expect("it is there");
    symlink(fixture.at("outside.html"), fixture.at("bag/data/om.html")).expect("a link");
    symlink("/", fixture.at("bag/data/root")).expect("a link");
    let faults = fixture.faults();
    assert_eq!(
        faults.iter().filter(|line| line.contains("a link")).count(),
        2,
        "{faults:?}"
    );
}

#[test]
fn hostile_lists_are_faults_and_nothing_more() {
    let fixture = Fixture::archived();
    let list = fixture.read("bag/manifest-sha256.txt");
    let hash = "0".repeat(64);
    let long = "a/".repeat(100_000);
    for line in [
        format!("{hash}  ../../../../etc/passwd"),
        format!("{hash}  /etc/passwd"),
        format!("{hash}  data/%0A%0d%25%zz%"),
        format!("{hash}  data/{long}"),
        format!("{hash}  data/\u{1b}[2J\u{7}"),
        "\0\0\0".to_owned(),
        hash.clone(),
        " ".repeat(1000) + "x",
    ] {
        fixture.write("bag/manifest-sha256.txt", &format!("{list}{line}\n"));
        let faults = fixture.faults();
        assert!(faults.iter().any(|fault| !fault.contains("tagmanifest")), "{faults:?}");
        assert!(
            faults
                .iter()
                .all(|fault| fault.len() < 1000 && !fault.contains('\u{1b}')),
            "{line:.80}"
        );
    }
    fs::write(fixture.at("bag/manifest-sha256.txt"), [0xff, 0xfe, 0x00]).expect("a file");
    assert!(!fixture.faults().is_empty());
    fixture.write("bag/manifest-sha256.txt", &list.replace('\n', "\r\n"));
    assert_eq!(
        fixture.faults().len(),
        1,
        "other line ends are fine, but the file is not as it was"
    );
}

#[test]
fn a_folder_that_is_not_there_cannot_be_checked() {
    let (code, _, err) = Fixture::new().run("archive --verify ../nowhere");
    assert!(code == 2 && err.contains("../nowhere"), "{err}");
}

#[test]
fn the_same_input_gives_the_same_pages() {
    let fixture = Fixture::archived();
    for (language, sentence) in [("sv", "byte för byte"), ("en", "byte for byte")] {
        let (code, out, err) = fixture.run(&format!("archive --verify ../bag --site . --lang {language}"));
        assert!(code == 0 && out.contains(sentence), "{out}{err}");
    }
}

#[test]
fn other_input_is_told_apart_page_by_page() {
    let fixture = Fixture::archived();
    fixture.write("site/content/om.md", "---\ntitle: Om\n---\nNågot nytt.\n");
    fixture.remove_file();
    let (code, _, err) = fixture.run("archive --verify ../bag --site . --lang en");
    assert_eq!(code, 1);
    for sentence in [
        "../bag/data/om.html",
        "../bag/data/100%.txt",
        "`content/100%.txt`, `content/en/index.md`, `content/om.md`",
    ] {
        assert!(err.contains(sentence), "{sentence}\n{err}");
    }
    assert!(!err.contains("data/index.html"), "{err}");
}

#[test]
fn an_older_edition_stays_with_a_banner_that_leads_to_the_newest() {
    let fixture = Fixture::archived();
    let edition = "editions: [ { id: \"2026\", title: Rapporten 2026, date: 2026-11-23, archive: ../bag } ]\n";
    let settings = fixture.read("site/data/site.yaml") + edition;
    fixture.write("site/data/site.yaml", &settings);
    fs::remove_file(fixture.at("site/content/om.md")).expect("it is there");
    fixture.write("site/content/index.md", "---\ntitle: Start\n---\nNytt.\n");
    let bag = read_tree(&fixture.at("bag"));
    let (code, _, err) = fixture.run("build --today 2027-06-01");
    assert_eq!((code, err.as_str()), (0, ""));
    let front = fixture.read("site/output/2026/index.html");
    assert!(
        front.contains("Hej.") && front.contains("href=\"../index.html\">Se samma sida"),
        "{front}"
    );
    assert!(
        front.contains("<link rel=\"canonical\" href=\"https://example.se/2026/\">"),
        "{front}"
    );
    let about = fixture.read("site/output/2026/om.html");
    assert!(
        about.contains("href=\"../index.html\">Gå till den senaste utgåvan"),
        "{about}"
    );
    let english = fixture.read("site/output/2026/en/index.html");
    assert!(
        english.contains("href=\"../../en/index.html\">See the same page"),
        "{english}"
    );
    let sheet = front
        .split("href=\"../")
        .find(|rest| rest.starts_with("assets/css/edition."))
        .expect("a style");
    assert!(
        fixture
            .at("site/output")
            .join(sheet.split('"').next().expect("an address"))
            .is_file()
    );
    assert!(!fixture.at("site/output/2026/sitemap.xml").exists() && !fixture.at("site/output/2026/404.html").exists());
    assert!(
        fixture
            .read("site/output/sitemap.xml")
            .contains("<loc>https://example.se/2026/</loc>")
    );
    let newest = fixture.read("site/output/index.html");
    assert!(
        newest.contains("href=\"2026/index.html\">Rapporten 2026</a>"),
        "{newest}"
    );
    assert_eq!(read_tree(&fixture.at("bag")), bag);
    let (_, out, _) = fixture.run("build --today 2027-06-01 --lang en");
    assert!(out.contains(" 0 files written"), "{out}");

    // The next archive holds it, and the edition made of that has it only once.
    assert_eq!(fixture.run("archive ../bag2 --today 2027-06-01").0, 0);
    let both = edition.replace(
        "editions: [",
        "editions: [ { id: \"2027\", title: Rapporten 2027, date: 2027-06-01, archive: ../bag2 },",
    );
    fixture.write("site/data/site.yaml", &settings.replace(edition, &both));
    assert_eq!(fixture.run("build --today 2028-06-01").0, 0);
    assert!(!fixture.at("site/output/2027/2026").exists());
    assert!(
        fixture
            .read("site/output/2027/index.html")
            .contains("href=\"../2026/index.html\">Rapporten 2026</a>")
    );
    assert_eq!(
        fixture.run("archive ../bag3 --today 2028-06-01").0,
        0,
        "every link still leads somewhere"
    );
}

const GUIDE: &str = include_str!("../src/guide/keeping.md");

#[test]
fn what_the_guide_says_can_be_done() {
    let fixture = Fixture::new();
    let blocks: Vec<&str> = GUIDE
        .split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(blocks.len(), 2);
    let settings = fixture
        .read("site/data/site.yaml")
        .replace("case_number: RS 2026/12\n", blocks[0]);
    fixture.write("site/data/site.yaml", &settings);
    for (line, more) in [("utsikt build", ""), ("utsikt archive ../arkiv/rapport-2026", "")] {
        assert!(GUIDE.contains(&format!("\n{line} ")), "{line}");
        let (code, _, err) = fixture.run(&format!("{}{more}", line.trim_start_matches("utsikt ")));
        assert_eq!((code, err.as_str()), (0, ""), "{line}");
    }
    assert!(fixture.read("arkiv/rapport-2026/bag-info.txt").contains("RS 2026/1234"));
    for (line, site) in [
        ("archive --verify ../arkiv/rapport-2026", ""),
        ("archive --verify ../arkiv/rapport-2026 --site ../da", "."),
    ] {
        assert!(GUIDE.contains(line), "{line}");
        assert_eq!(
            fixture
                .run(&if site.is_empty() {
                    line.to_owned()
                } else {
                    line.replace("../da", site)
                })
                .0,
            0,
            "{line}"
        );
    }
    fixture.write("site/data/site.yaml", &(settings + blocks[1]));
    assert_eq!(fixture.run("build").0, 0);
    assert!(
        fixture
            .read("site/output/2026/index.html")
            .contains("Indikatorrapport 2026")
    );
}
